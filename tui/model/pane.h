/* Panes: the five linked rankings. Model and cursor of one pane; no drawing.
 *
 * What a pane shows is derived from (dataset, scope, settings) by pane_refresh and kept until one
 * of them changes. The cursor is kept by the id of the row under it, so that it survives sorting,
 * filtering and new data. */
#ifndef TUI_MODEL_PANE_H
#define TUI_MODEL_PANE_H

#include "core/flags/quiet.h"
#include "tui/model/column.h"

#define PANE_SPARK_MAX 24 /* points of a trend */

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
  guint32 shown, hidden;   /* bit sets of ColumnId */
  char *filter;            /* rows whose label holds it (smart-case), or NULL */
  gboolean all_kinds;      /* lessons: list every kind */
  ColumnId column;         /* column cursor */
  const QuietIndex *quiet; /* of the state; NULL until computed */
  char *cursor_id;         /* id of the row under the cursor, or NULL: the first */
  guint cursor, top;       /* places in `visible` */
  /* derived */
  Ranking *ranking;
  Ranking *baseline; /* for lift, or NULL: no filter that makes a difference */
  guint32 *visible;  /* places in ranking->rows, sorted, filtered */
  guint n_visible;
  guint16 *spark; /* ranking->n x n_spark, or NULL */
  guint n_spark;
  guint64 unlisted_hits; /* hits of rows that are not listed because of their kind */
  guint32 unlisted[N_KINDS];
  guint32 scope_hits;
  char *stamp; /* what the derived part was made from */
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

/* Brings the derived part up to date. `generation` changes with the dataset. `columns` are those
 * that will be shown: only their measures are computed. FALSE with an error when the scope does
 * not resolve (then the pane is empty). */
gboolean pane_refresh(Pane *p, const Dataset *ds, guint64 generation, const Scope *scope,
                      const ColumnId *columns, guint n_columns, GError **error);
/* Keeps the cursor inside and in view of a list of `height` rows. */
void pane_scroll(Pane *p, int height);
/* Moves the cursor to place `to` (clipped) and remembers the row. */
void pane_move_to(Pane *p, const Dataset *ds, gint64 to);
/* Key under the cursor; FALSE when the list is empty. */
gboolean pane_cursor_key(const Pane *p, guint32 *ret);
const RankRow *pane_row(const Pane *p, guint place);
/* Sorts by `column` first: again = the other direction. `add`: as a further key. */
void pane_sort_by(Pane *p, ColumnId column, gboolean add);
/* Text of a cell for people; free with g_free. Safe text. Trends give "". */
char *pane_cell(const Pane *p, const Dataset *ds, guint place, ColumnId column);
/* The same of a row of the ranking, listed or not. */
double pane_row_value(const Pane *p, const Dataset *ds, const RankRow *row, ColumnId column);
/* Number behind a cell, NaN when it has none. */
double pane_value(const Pane *p, const Dataset *ds, guint place, ColumnId column);
/* Place of the next row from `from` (exclusive, wrapping) whose label holds `text`; -1 when none.
 * Smart-case: upper case in `text` makes the search exact. */
gint64 pane_search(const Pane *p, const Dataset *ds, const char *text, guint from, gboolean back,
                   gboolean inclusive);
/* Distinct users of a selection. */
guint32 pane_count_users(const Dataset *ds, const Selection *sel);
/* Smart-case containment, shared by every search and filter. */
gboolean text_matches(const char *haystack, const char *needle);

#endif
