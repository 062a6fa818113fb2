/* Cell styles: how the numbers of a column are shown, and what they are a part of. */
#include "tui/model/cell_style.h"

#include <math.h>
#include <string.h>

#define GRAPHIC_BAR   8
#define GRAPHIC_HEAT  2
#define GRAPHIC_SPARK 12
#define DECADES_TOP   1000.0

static const CellStyleInfo styles[N_STYLES] = {
    [STYLE_NUMBER] = {"number", "", "", "The number alone."},
    [STYLE_BAR] = {"bar", "bar", "", "A bar: its length against the largest of the list."},
    [STYLE_HEAT] = {"heat", "heat", "", "A shade: against the largest of the list."},
    [STYLE_SPARK] = {"spark", "spark", "",
                     "Hits over the time range of the scope, oldest at the left; each row on its "
                     "own scale."},
};

static const CellStyleInfo bases[N_BASES] = {
    [BASE_NONE] = {"none", "", "", "The number itself."},
    [BASE_COLUMN] = {"column", "% of column", "%",
                     "As a share of the same number for the whole scope: all its hits, all its "
                     "distinct users, ..."},
    [BASE_ROW] = {"row", "% of row", "%r",
                  "As a share of the same number of this row in the whole log, no filters."},
    [BASE_USER] = {"user", "per user", "/u", "Divided by the distinct users of the row."},
};

const CellStyleInfo *cell_style_info(CellStyle s)
{
  return &styles[s];
}

const CellStyleInfo *cell_base_info(CellBase b)
{
  return &bases[b];
}

static gboolean parse(const CellStyleInfo *table, int n, const char *name, int *ret)
{
  for (int i = 0; i < n; i++)
    if (g_ascii_strcasecmp(table[i].name, name) == 0) {
      *ret = i;
      return TRUE;
    }
  return FALSE;
}

gboolean cell_style_parse(const char *name, CellStyle *ret)
{
  int i;
  if (!parse(styles, N_STYLES, name, &i))
    return FALSE;
  *ret = (CellStyle)i;
  return TRUE;
}

gboolean cell_base_parse(const char *name, CellBase *ret)
{
  int i;
  if (!parse(bases, N_BASES, name, &i))
    return FALSE;
  *ret = (CellBase)i;
  return TRUE;
}

gboolean cell_style_applies(CellStyle s, ColumnId c)
{
  ColumnType type = column_info(c)->type;
  switch (s) {
  case STYLE_NUMBER:
    return TRUE;
  case STYLE_BAR:
  case STYLE_HEAT:
    return type == COLUMN_IS_COUNT || type == COLUMN_IS_REAL || type == COLUMN_IS_SHARE;
  default:
    return c == COLUMN_HITS; /* what is drawn is hits over time */
  }
}

gboolean cell_base_applies(CellBase b, ColumnId c, PaneId pane)
{
  switch (b) {
  case BASE_NONE:
    return TRUE;
  case BASE_USER:
    /* distinct lessons or days of a row, divided by its users, are those of nobody */
    return c == COLUMN_HITS && pane != PANE_USERS;
  default:
    return c == COLUMN_HITS || c == COLUMN_USERS || c == COLUMN_LESSONS || c == COLUMN_DAYS ||
           c == COLUMN_IPS || c == COLUMN_COHORTS;
  }
}

CellStyle cell_style_next(CellStyle s, ColumnId c)
{
  do
    s = (CellStyle)((s + 1) % N_STYLES);
  while (!cell_style_applies(s, c));
  return s;
}

CellBase cell_base_next(CellBase b, ColumnId c, PaneId pane)
{
  do
    b = (CellBase)((b + 1) % N_BASES);
  while (!cell_base_applies(b, c, pane));
  return b;
}

static int graphic_width(CellStyle s, gboolean wide)
{
  switch (s) {
  case STYLE_BAR:
    return GRAPHIC_BAR;
  case STYLE_HEAT:
    return GRAPHIC_HEAT;
  case STYLE_SPARK:
    return wide ? 2 * GRAPHIC_SPARK : GRAPHIC_SPARK;
  default:
    return 0;
  }
}

int cell_style_width(CellStyle s, CellBase b, ColumnId c, gboolean wide)
{
  const ColumnInfo *info = column_info(c);
  int w = info->width;
  if (b != BASE_NONE) /* the head says so, and the arrow of sorting follows */
    w = MAX(w, (int)(strlen(info->title) + strlen(bases[b].suffix)) + 1);
  return s == STYLE_NUMBER ? w : w + 1 + graphic_width(s, wide);
}

double cell_style_scaled(double value, double max, gboolean log)
{
  if (isnan(value) || !(max > 0) || value <= 0)
    return 0;
  double part = MIN(value / max, 1);
  return log ? log1p(DECADES_TOP * part) / log1p(DECADES_TOP) : part;
}
