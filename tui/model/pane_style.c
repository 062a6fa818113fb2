/* Styles and bases of a pane: what a cell shows of its number. */
#include <math.h>
#include <string.h>

#include "tui/model/pane.h"

static Measure measure_of(ColumnId c)
{
  return (Measure)column_info(c)->measure;
}

guint pane_measures_with_base(const Pane *p, CellBase base)
{
  guint m = 0;
  for (int c = 0; c < N_COLUMNS; c++)
    if (p->base[c] == base && column_info((ColumnId)c)->measure < N_MEASURES)
      m |= MEASURE_BIT(measure_of((ColumnId)c));
  return m;
}

guint pane_base_measures(const Pane *p)
{
  guint m = 0;
  for (int c = 0; c < N_COLUMNS; c++)
    if (p->base[c] == BASE_USER)
      m |= MEASURE_BIT(MEASURE_USERS);
  return m | pane_measures_with_base(p, BASE_COLUMN) | pane_measures_with_base(p, BASE_ROW);
}

void pane_whole_drop(Pane *p)
{
  g_clear_pointer(&p->whole, ranking_free);
  g_clear_pointer(&p->whole_place, g_free);
  g_clear_pointer(&p->whole_stamp, g_free);
}

char *pane_whole_stamp(guint64 generation, guint measures)
{
  return g_strdup_printf("%" G_GUINT64_FORMAT "|%x", generation, measures);
}

double pane_shown_value(const Pane *p, const Dataset *ds, const RankRow *row, ColumnId column)
{
  double v = pane_row_value(p, ds, row, column), of = 1;
  switch (p->base[column]) {
  case BASE_COLUMN:
    of = rank_value(&p->totals, measure_of(column));
    break;
  case BASE_ROW:
    /* a pinned row that the log does not have in this scope has its numbers all the same */
    of = p->whole && p->whole->n
             ? rank_value(&p->whole->rows[p->whole_place[row->key]], measure_of(column))
             : NAN;
    break;
  case BASE_USER:
    of = row->users;
    break;
  default:
    return v;
  }
  return of > 0 ? v / of : NAN;
}

ColumnType pane_shown_type(const Pane *p, ColumnId column)
{
  switch (p->base[column]) {
  case BASE_COLUMN:
  case BASE_ROW:
    return COLUMN_IS_SHARE;
  case BASE_USER:
    return COLUMN_IS_REAL;
  default:
    return column_info(column)->type;
  }
}

/* What the longest bar stands for. */
void pane_scales_refresh(Pane *p, const Dataset *ds)
{
  for (int c = 0; c < N_COLUMNS; c++) {
    if (p->style[c] != STYLE_BAR && p->style[c] != STYLE_HEAT)
      continue;
    p->scale[c] = 0;
    for (guint i = 0; i < p->n_visible; i++) {
      double v = pane_shown_value(p, ds, pane_row(p, i), (ColumnId)c);
      if (v > p->scale[c])
        p->scale[c] = v;
    }
  }
}

char *pane_style_text(const Pane *p, ColumnId column)
{
  const char *title = column_info(column)->name;
  CellStyle style = (CellStyle)p->style[column];
  CellBase base = (CellBase)p->base[column];
  gboolean graphic = style != STYLE_NUMBER || column == COLUMN_SPARK;
  if (!graphic && base == BASE_NONE)
    return NULL;
  GString *s = g_string_new(title);
  if (base != BASE_NONE)
    g_string_append_printf(s, " %s", cell_base_info(base)->title);
  if (style == STYLE_SPARK || column == COLUMN_SPARK)
    g_string_append_printf(s, " per %s", bucket_name(p->bucket));
  else if (graphic)
    g_string_append_printf(s, ", %s", cell_style_info(style)->name);
  if (graphic && p->log_scale)
    g_string_append(s, ", log");
  return g_string_free(s, FALSE);
}

char *pane_column_title(const Pane *p, ColumnId column)
{
  return g_strconcat(column_info(column)->title, cell_base_info((CellBase)p->base[column])->suffix,
                     NULL);
}

/* --- as text, for sessions ---------------------------------------------------------------------
 */

static char *print_choices(const guint8 *chosen, gboolean style)
{
  GString *s = g_string_new(NULL);
  for (int c = 0; c < N_COLUMNS; c++)
    if (chosen[c])
      g_string_append_printf(s, "%s%s:%s", s->len ? " " : "", column_info((ColumnId)c)->name,
                             style ? cell_style_info((CellStyle)chosen[c])->name
                                   : cell_base_info((CellBase)chosen[c])->name);
  return g_string_free(s, FALSE);
}

char *pane_styles_print(const Pane *p)
{
  return print_choices(p->style, TRUE);
}

char *pane_bases_print(const Pane *p)
{
  return print_choices(p->base, FALSE);
}

/* Names of columns and choices; what is not known is left out. */
static void restore_choices(Pane *p, const char *text, gboolean style)
{
  g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);
  memset(style ? p->style : p->base, 0, sizeof p->style);
  for (guint i = 0; words[i]; i++) {
    g_auto(GStrv) pair = g_strsplit(words[i], ":", 2);
    ColumnId c;
    CellStyle s;
    CellBase b;
    if (!pair[0] || !pair[1] || !column_parse(pair[0], &c) || !column_applies(c, p->id))
      continue;
    if (style && cell_style_parse(pair[1], &s) && cell_style_applies(s, c))
      p->style[c] = (guint8)s;
    if (!style && cell_base_parse(pair[1], &b) && cell_base_applies(b, c, p->id))
      p->base[c] = (guint8)b;
  }
}

void pane_styles_restore(Pane *p, const char *styles, const char *bases)
{
  restore_choices(p, styles, TRUE);
  restore_choices(p, bases, FALSE);
}
