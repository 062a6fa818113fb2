/* Panes: the five linked rankings. Model and cursor of one pane; no drawing.
 *
 * What a pane shows is derived from (dataset, scope, settings) by its task and kept until one
 * of them changes. The cursor is kept by the id of the row under it, so that it survives sorting,
 * filtering and new data. */
#ifndef TUI_MODEL_PANE_H
#define TUI_MODEL_PANE_H

#include "core/casebook/entity.h"
#include "core/flags/quiet.h"
#include "core/query/series.h"
#include "tui/model/cell_style.h"
#include "tui/model/task.h"

#define PANE_PINS_MAX 12

typedef struct {
  ColumnId column;
  gboolean ascending;
} PaneSort;

/* Students of running classes, found by user. */
typedef struct {
  Quiet *quiet;
  guint32 n_users;
  guint32 *place; /* in quiet->students, or G_MAXUINT32 */
} QuietIndex;

/* Takes over `quiet` (NULL gives NULL). */
QuietIndex *quiet_index_new(Quiet *quiet, guint32 n_users);
void quiet_index_free(QuietIndex *q);

typedef struct {
  PaneId id;
  Dimension dim;
  /* chosen by the user */
  PaneSort sort[4];
  guint n_sort;
  gboolean sorted;         /* by the user; else the order that suits what is shown */
  guint32 shown, hidden;   /* bit sets of ColumnId */
  char *filter;            /* while it is typed: rows whose label holds it, or NULL */
  gboolean all_kinds;      /* lessons: list every kind */
  ColumnId column;         /* column cursor */
  guint8 style[N_COLUMNS]; /* CellStyle */
  guint8 base[N_COLUMNS];  /* CellBase */
  gint8 extra[N_COLUMNS];  /* cells by which a column is wider than it comes */
  guint8 order[N_COLUMNS]; /* ColumnId, from the left */
  guint n_order;           /* 0: as they come */
  guint32 displayed;       /* bit set of ColumnId: those that had room in the last frame */
  gboolean log_scale;      /* of bars, shades and sparks */
  Bucket bucket;           /* of trends: day, week, month or course week */
  GPtrArray *pins;         /* of char*: ids of rows that stay above the others, "" = without one */
  const QuietIndex *quiet; /* of the state; NULL until computed */
  const QuietClass *running; /* the running class that the list is of, or NULL */
  char *cursor_id;           /* id of the row under the cursor, or NULL: the first */
  /* places in `visible`: pinned rows first; `top` is where the first line would be without pins */
  guint cursor, top;
  /* derived */
  Ranking *ranking;
  Ranking *baseline; /* for lift, or NULL: no filter that makes a difference */
  guint32 *visible;  /* places in ranking->rows, sorted, filtered */
  guint n_visible, n_pinned;
  guint n_fixed;       /* pinned rows that do not scroll: all, where the list has room for them */
  guint32 *spark;      /* hits: rows in sight and some around them x n_spark */
  guint32 *spark_slot; /* ranking->n: which of them, or G_MAXUINT32 */
  guint n_spark;
  char *spark_stamp, *spark_wanted;
  RankRow totals;       /* of the scope: of what % of column is */
  Ranking *whole;       /* the rows in the whole log, for % of row; or NULL */
  guint32 *whole_place; /* by key, in whole->rows */
  char *whole_stamp;
  double scale[N_COLUMNS]; /* largest of the list, for columns with bars or shades */
  guint64 unlisted_hits;   /* hits of rows that are not listed because of their kind */
  guint32 unlisted[N_KINDS];
  char *stamp;  /* what the derived part was made from */
  char *wanted; /* what it should be made from */
  gboolean has_lift;
  gboolean missing; /* the last pane_ask asked for a task: */
  char *task_stamp; /* this one */
  gboolean late;    /* which is still being computed */
  GError *error;    /* why there is no derived part, or NULL */
  char *sort_stamp;
} Pane;

void pane_init(Pane *p, PaneId id);
void pane_clear(Pane *p);
/* Forgets what was derived: the dataset is about to change. */
void pane_drop(Pane *p);
const char *pane_name(PaneId id);  /* "cohorts" */
const char *pane_title(PaneId id); /* "COHORTS" */
gboolean pane_parse(const char *name, PaneId *ret);
Dimension pane_dimension(PaneId id);
/* What its rows are for notes, marks and cases. */
EntityType pane_entity_type(PaneId id);

/* Asks for what is shown of `scope`, unless it is at hand. `generation` changes with the dataset.
 * `columns` are those that will be shown: only their measures are computed. */
void pane_ask(Pane *p, Work *w, WorkPart part, guint64 generation, const Scope *scope,
              const ColumnId *columns, guint n_columns);
/* Takes what was asked for, if it is there: else the pane stays as it was and is `late`. Lists it
 * anew where needed. FALSE with an error when the scope does not resolve (then it is empty). */
gboolean pane_take(Pane *p, Work *w, WorkPart part, const Dataset *ds, guint64 generation,
                   GError **error);
/* Filters and sorts again, where what is chosen has changed. */
void pane_list(Pane *p, const Dataset *ds);
/* Forgets what belongs to one scope. */
void pane_drop_scope(Pane *p);
/* Keeps the cursor inside and in view of a list of `height` rows. */
void pane_scroll(Pane *p, int height);
/* The place that line `line` of the list shows; it may be n_visible or beyond. */
static inline guint pane_place_of_line(const Pane *p, guint line)
{
  return line < p->n_fixed ? line : p->top + line;
}
/* Moves the cursor to place `to` (clipped) and remembers the row. */
void pane_move_to(Pane *p, const Dataset *ds, gint64 to);
/* Key under the cursor; FALSE when the list is empty. */
gboolean pane_cursor_key(const Pane *p, guint32 *ret);
const RankRow *pane_row(const Pane *p, guint place);
/* Sorts by `column` first: again = the other direction. `add`: as a further key. */
void pane_sort_by(Pane *p, ColumnId column, gboolean add);
/* Text of a cell for people, as a part of its base; free with g_free. Safe text. Trends give "". */
char *pane_cell(const Pane *p, const Dataset *ds, guint place, ColumnId column);
/* The same of a row of the ranking, listed or not. */
double pane_row_value(const Pane *p, const Dataset *ds, const RankRow *row, ColumnId column);
/* Number behind a cell, whatever its base; NaN when it has none. */
double pane_value(const Pane *p, const Dataset *ds, guint place, ColumnId column);
/* Place of the next row from `from` (exclusive, wrapping) whose label holds `text`; -1 when none.
 * Smart-case: upper case in `text` makes the search exact. */
gint64 pane_search(const Pane *p, const Dataset *ds, const char *text, guint from, gboolean back,
                   gboolean inclusive);
/* --- styles and bases (pane_style.c) -----------------------------------------------------------
 * What is chosen is read from the pane; the functions that refresh are for pane_list. */

/* The value as a part of its base; NaN when it has none. */
double pane_shown_value(const Pane *p, const Dataset *ds, const RankRow *row, ColumnId column);
/* The type of that. */
ColumnType pane_shown_type(const Pane *p, ColumnId column);
/* What stands at the head of a column ("hits%"); free with g_free. */
char *pane_column_title(const Pane *p, ColumnId column);
/* "hits % of column, bar, log"; NULL when the column shows its plain number. Free with g_free. */
char *pane_style_text(const Pane *p, ColumnId column);
/* "hits:bar users:heat": for sessions; free with g_free. */
char *pane_styles_print(const Pane *p);
char *pane_bases_print(const Pane *p);
/* The other way round; what is not known is left out. */
void pane_styles_restore(Pane *p, const char *styles, const char *bases);
guint pane_base_measures(const Pane *p);
/* Measures of the columns that are shown as a part of `base`. */
guint pane_measures_with_base(const Pane *p, CellBase base);
/* What Pane.whole is made from, for % of row: it outlives changes of the scope. */
char *pane_whole_stamp(guint64 generation, guint measures);
void pane_scales_refresh(Pane *p, const Dataset *ds);
void pane_whole_drop(Pane *p);

/* --- trends (pane_spark.c) ---------------------------------------------------------------------
 */

/* Asks for the trends of the rows in sight of a list of `height` rows and of some around them,
 * unless they are counted. Call after pane_scroll; `scope` is that of pane_ask. */
void pane_sparks_ask(Pane *p, Work *w, const Dataset *ds, const Scope *scope, int height);
/* Takes them, if they are there; rows without stay blank. */
void pane_sparks_take(Pane *p, Work *w);
void pane_sparks_drop(Pane *p);
/* Weeks of the longest class: where course weeks end on strips and trends. At least 1. */
guint pane_class_weeks(const Dataset *ds);
/* Heights, 0 to 1 of the row's own maximum, of at most `width` cells; with more buckets than cells
 * each is the mean of its buckets. Returns how many: 0 when the row was not counted. */
guint pane_spark_values(const Pane *p, guint place, guint width, double *ret);

/* --- pins (pane_pin.c) -------------------------------------------------------------------------
 */

/* Pins the row under the cursor (1), or no longer (0); -1 without a row, -2 when there are
 * PANE_PINS_MAX. */
int pane_pin(Pane *p, const Dataset *ds);
void pane_unpin_all(Pane *p);
gboolean pane_is_pinned(const Pane *p, guint place);
/* Places of the pinned rows in the ranking (of guint32); rows without hits are added to it. */
GArray *pane_pin_places(Pane *p, const Dataset *ds);

/* Smart-case containment, shared by every search and filter. */
gboolean text_matches(const char *haystack, const char *needle);

#endif
