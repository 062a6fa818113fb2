/* Columns of the linked panes: one table; screens, help, sorting, copying and the column chooser
 * read it. */
#ifndef TUI_MODEL_COLUMN_H
#define TUI_MODEL_COLUMN_H

#include "core/query/rank.h"
#include "tui/model/chips.h"

typedef enum {
  COLUMN_LABEL, /* the key itself; always shown first */
  COLUMN_COHORT,
  COLUMN_PROGRAM,
  COLUMN_KIND,
  COLUMN_HITS,
  COLUMN_USERS,
  COLUMN_PER_USER,
  COLUMN_LESSONS,
  COLUMN_SHARE,
  COLUMN_LIFT,
  COLUMN_DAYS,
  COLUMN_IPS,
  COLUMN_COHORTS,
  COLUMN_START,
  COLUMN_END,
  COLUMN_FIRST,
  COLUMN_LAST,
  COLUMN_QUIET,
  COLUMN_WEEK,
  COLUMN_CLASS_WEEK,
  COLUMN_EARLIER,
  COLUMN_SPARK,
  N_COLUMNS
} ColumnId;

typedef enum {
  COLUMN_IS_TEXT,
  COLUMN_IS_COUNT,
  COLUMN_IS_REAL,
  COLUMN_IS_SHARE,
  COLUMN_IS_DATE,
  COLUMN_IS_SPARK
} ColumnType;

typedef struct {
  const char *name;  /* in commands: `sort hits` */
  const char *title; /* column head */
  ColumnType type;
  guint8 width;   /* in cells */
  guint8 measure; /* Measure, or N_MEASURES when it is none */
  /* Order in which columns give way on narrow screens, per pane: 1 stays longest, 0 = not shown
   * unless asked for. In the order of PaneId. */
  guint8 priority[N_PANES];
  const char *definition;
} ColumnInfo;

const ColumnInfo *column_info(ColumnId c);
gboolean column_parse(const char *name, ColumnId *ret);
/* Panes on which a column makes sense at all. */
gboolean column_applies(ColumnId c, PaneId pane);

/* Cells that a column wants, and with which it still can be read. */
typedef struct {
  guint8 wanted, least;
} ColumnWidth;

/* The column at place `i` from the left, as they come; 0 is COLUMN_LABEL. */
ColumnId column_at(guint i);

#define COLUMN_LEAST_WIDTH 3
#define COLUMN_MOST_WIDTH  60

/* The columns of `pane` that fit `width` cells, in display order, COLUMN_LABEL first with at
 * least `label_width`. `shown` and `hidden` are bit sets (1 << ColumnId) of what the user asked
 * for and put away. `widths`: by ColumnId (NULL: as in the table). Returns the number written to
 * `ret`, and to `ret_widths` (or NULL) what each got; both have room for N_COLUMNS. */
guint columns_fit(PaneId pane, int width, int label_width, guint32 shown, guint32 hidden,
                  const ColumnWidth *widths, ColumnId *ret, guint8 *ret_widths);

#endif
