/* Cell styles: how the numbers of a column are shown, and what they are a part of. One table each;
 * commands, screens, sessions and help read them. */
#ifndef TUI_MODEL_CELL_STYLE_H
#define TUI_MODEL_CELL_STYLE_H

#include "tui/model/column.h"

typedef enum { STYLE_NUMBER, STYLE_BAR, STYLE_HEAT, STYLE_SPARK, N_STYLES } CellStyle;

typedef enum {
  BASE_NONE,
  BASE_COLUMN, /* the same of the whole scope */
  BASE_ROW,    /* the same of the row in the whole log */
  BASE_USER,   /* users of the row */
  N_BASES
} CellBase;

typedef struct {
  const char *name;       /* in commands: `base column` */
  const char *title;      /* behind the name of a column: "% of column"; "" for the first */
  const char *suffix;     /* at the head of a column: "%" */
  const char *definition; /* one sentence */
} CellStyleInfo;

const CellStyleInfo *cell_style_info(CellStyle s);
const CellStyleInfo *cell_base_info(CellBase b);
/* FALSE when unknown. */
gboolean cell_style_parse(const char *name, CellStyle *ret);
gboolean cell_base_parse(const char *name, CellBase *ret);
/* Whether it makes sense for a column of a pane. The first of each always does. */
gboolean cell_style_applies(CellStyle s, ColumnId c);
gboolean cell_base_applies(CellBase b, ColumnId c, PaneId pane);
/* The next one that applies, round the end. */
CellStyle cell_style_next(CellStyle s, ColumnId c);
CellBase cell_base_next(CellBase b, ColumnId c, PaneId pane);
/* Cells that a column takes in a style, of which the graphic is drawn behind the number.
 * `wide`: there is room for long sparks. */
int cell_style_width(CellStyle s, CellBase b, ColumnId c, gboolean wide);
/* Length of a bar, level of a shade or height of a spark, 0 to 1: value / max; with `log` three
 * decades below the maximum, log(1 + 1000 value / max) / log(1001). 0 for NaN and without a
 * maximum. */
double cell_style_scaled(double value, double max, gboolean log);

#endif
