/* Cells: the head and the rows of a list, with numbers, bars, shades and trends. Parts of the panes
 * view. */
#ifndef TUI_VIEWS_CELLS_H
#define TUI_VIEWS_CELLS_H

#include "tui/draw/canvas.h"
#include "tui/model/state.h"

typedef struct {
  ColumnId column[N_COLUMNS];
  int width[N_COLUMNS];
  int number[N_COLUMNS]; /* of them for the number; behind it stands what is drawn */
  guint n;
} CellColumns;

/* The columns that fit a list in `r`, and the order of its rows unless the user chose one. */
void cells_fit(const State *s, Pane *p, Rect r, CellColumns *ret);
/* Whether any of them is a trend. */
gboolean cells_have_trend(const Pane *p, const CellColumns *columns);
/* Title line and heads of the columns, the first two lines of `r`. */
void cells_draw_head(Canvas *c, const Pane *p, const CellColumns *columns, Rect r,
                     gboolean focused);
/* One row, from `x` on. */
void cells_draw_row(const State *s, Canvas *c, const Pane *p, const CellColumns *columns,
                    guint place, int x, int y);

#endif
