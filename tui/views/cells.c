/* Cells: the head and the rows of a list. */
#include "tui/views/cells.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/views/detail.h"

#define WIDE 80 /* a list with room for long trends */

static const int label_min[N_PANES] = {12, 11, 20, 8, 15};

/* --- which columns -----------------------------------------------------------------------------
 */

/* Within one class its name says nothing new; while it runs, who has gone quiet does, and comes
 * first. Readers of one lesson are another matter. */
static void choose_for_class(const State *s, Pane *p, guint32 *shown, guint32 *hidden)
{
  p->running = NULL;
  int at = chips_find_drill(s->chips, PANE_COHORTS);
  guint32 key = 0;
  if (at < 0 || !s->ds)
    return;
  const ScopeTerm *term = chips_get(s->chips, (guint)at)->term;
  if (!(*shown & (1u << COLUMN_COHORT)))
    *hidden |= 1u << COLUMN_COHORT;
  if (!s->quiet || term->values->len != 1 || chips_find_drill(s->chips, PANE_LESSONS) >= 0 ||
      !dimension_find(s->ds, DIM_COHORT, g_ptr_array_index(term->values, 0), &key))
    return;
  for (guint i = 0; i < s->quiet->quiet->n_classes; i++)
    if (s->quiet->quiet->running[i].in->cohort == key) {
      p->running = &s->quiet->quiet->running[i];
      *shown |= ~*hidden & ((1u << COLUMN_LAST) | (1u << COLUMN_QUIET) | (1u << COLUMN_WEEK) |
                            (1u << COLUMN_CLASS_WEEK) | (1u << COLUMN_EARLIER));
    }
}

/* The order that the user has not asked for. */
static void choose_order(Pane *p)
{
  ColumnId by = p->running ? COLUMN_QUIET : COLUMN_HITS;
  if (p->sorted || p->sort[0].column == by)
    return;
  if (p->column == p->sort[0].column)
    p->column = by;
  p->sort[0] = (PaneSort){by, FALSE};
}

/* Hits take no more than the log needs. */
static int hits_width(const State *s)
{
  g_autofree char *most = text_grouped(s->ds->log->n_rows);
  return CLAMP((int)strlen(most), 6, column_info(COLUMN_HITS)->width);
}

static guint8 widened(const Pane *p, ColumnId c, int width)
{
  return (guint8)CLAMP(width + p->extra[c], COLUMN_LEAST_WIDTH, COLUMN_MOST_WIDTH);
}

static guint rank_of(const Pane *p, ColumnId c)
{
  guint i = 0;
  while (i < p->n_order && p->order[i] != c)
    i++;
  return i;
}

/* From left to right as the user wants them; the name stays first. */
static void put_in_order(const Pane *p, CellColumns *columns, guint8 *widths)
{
  for (guint i = 2; p->n_order && i < columns->n; i++)
    for (guint k = i; k > 1; k--) {
      ColumnId a = columns->column[k - 1], b = columns->column[k];
      if (rank_of(p, a) <= rank_of(p, b))
        break;
      guint8 w = widths[k];
      columns->column[k - 1] = b;
      columns->column[k] = a;
      widths[k] = widths[k - 1];
      widths[k - 1] = w;
    }
}

void cells_fit(const State *s, Pane *p, Rect r, CellColumns *ret)
{
  int width = r.w - 2; /* the cursor mark at the left, what is more at the right */
  int label = MIN(label_min[p->id], MAX(width - 10, 4));
  if (width >= 60 && p->id == PANE_LESSONS)
    label = width * 2 / 5;
  guint32 shown = p->shown, hidden = p->hidden;
  if (p->id == PANE_USERS) {
    choose_for_class(s, p, &shown, &hidden);
    choose_order(p);
  }
  ColumnWidth wanted[N_COLUMNS];
  guint8 widths[N_COLUMNS];
  for (int c = 0; c < N_COLUMNS; c++) {
    CellBase base = (CellBase)p->base[c];
    wanted[c].wanted =
        (guint8)cell_style_width((CellStyle)p->style[c], base, (ColumnId)c, r.w >= WIDE);
    wanted[c].least = (guint8)cell_style_width(STYLE_NUMBER, base, (ColumnId)c, FALSE);
    wanted[c].wanted = widened(p, (ColumnId)c, wanted[c].wanted);
    wanted[c].least = widened(p, (ColumnId)c, wanted[c].least);
    if (p->style[c] || p->base[c]) /* it was there when it was chosen, and is wider now */
      shown |= (1u << c) & ~hidden;
  }
  label = CLAMP(label + p->extra[COLUMN_LABEL], 4, MAX(width - 4, 4));
  ret->n = columns_fit(p->id, width, label, shown, hidden, wanted, ret->column, widths);
  put_in_order(p, ret, widths);
  p->displayed = 0;
  int used = 0;
  for (guint i = 1; i < ret->n; i++) {
    ColumnId c = ret->column[i];
    p->displayed |= 1u << c;
    int spare =
        c == COLUMN_HITS && !p->base[c] && !p->extra[c] ? column_info(c)->width - hits_width(s) : 0;
    ret->width[i] = widths[i] - spare;
    ret->number[i] = wanted[c].least - spare;
    used += ret->width[i] + 1;
  }
  ret->width[0] = MAX(width - used, 1);
}

gboolean cells_have_trend(const Pane *p, const CellColumns *columns)
{
  for (guint i = 0; i < columns->n; i++)
    if (columns->column[i] == COLUMN_SPARK || p->style[columns->column[i]] == STYLE_SPARK)
      return TRUE;
  return FALSE;
}

/* --- head --------------------------------------------------------------------------------------
 */

/* What the title tells at its right, the first that fits: how the column under the cursor is shown,
 * what is not listed, the order. */
static char *right_text(const Pane *p, Rect r, gboolean focused)
{
  g_autofree char *style = focused ? pane_style_text(p, p->column) : NULL;
  if (style && p->column != COLUMN_SPARK)
    return g_strdup_printf(" %s ", style);
  if (p->unlisted_hits && r.w >= 44 && !style) {
    g_autofree char *n = text_grouped((gint64)p->unlisted_hits);
    return g_strdup_printf(" not listed: %s hits, * lists ", n);
  }
  if (style)
    return g_strdup_printf(" %s ", style);
  GString *right = g_string_new(NULL);
  if (p->n_sort && r.w >= 40) {
    char from[CIVIL_BUF];
    if (p->running)
      g_string_append_printf(right, " week %d from %s ", p->running->week,
                             civil_format_day(p->running->week_from, from));
    g_string_append(right, " sort");
    for (guint i = 0; i < p->n_sort; i++)
      g_string_append_printf(right, " %s", column_info(p->sort[i].column)->name);
    g_string_append_c(right, ' ');
  }
  return g_string_free(right, FALSE);
}

static void draw_title(Canvas *c, const Pane *p, Rect r, gboolean focused)
{
  const Glyphs *g = c->glyphs;
  Role role = focused ? ROLE_TITLE_FOCUS : ROLE_TITLE;
  canvas_hline(c, r.x, r.y, r.w, focused ? g->hline_focus : g->hline,
               focused ? ROLE_BORDER_FOCUS : ROLE_BORDER);
  int x = r.x + 1;
  x += canvas_printf(c, x, r.y, role, " %d %s ", (int)p->id + 1, pane_title(p->id));
  if (p->filter && *p->filter) {
    g_autofree char *filter = text_safe(p->filter, -1);
    x += canvas_printf(c, x, r.y, ROLE_CHIP, " & %s ", filter);
  }
  late_draw(c, x, r.y, p->late);
  g_autofree char *right = p->late ? g_strdup("") : right_text(p, r, focused);
  int w = canvas_text_width(right);
  if (x + w + 1 < r.x + r.w)
    canvas_text(c, r.x + r.w - w - 1, r.y, right, ROLE_TITLE);
}

void cells_draw_head(Canvas *c, const Pane *p, const CellColumns *columns, Rect r, gboolean focused)
{
  draw_title(c, p, r, focused);
  int x = r.x + 1;
  for (guint i = 0; p->ranking && i < columns->n; i++) {
    ColumnId column = columns->column[i];
    ColumnType type = column_info(column)->type;
    int w = columns->width[i];
    g_autofree char *title =
        i == 0 ? g_strdup(dimension_info(p->dim)->name) : pane_column_title(p, column);
    gboolean sorted = FALSE, ascending = FALSE;
    for (guint k = 0; k < p->n_sort; k++)
      if (p->sort[k].column == column) {
        sorted = TRUE;
        ascending = p->sort[k].ascending;
      }
    char mark[8] = "";
    if (sorted)
      mark[g_unichar_to_utf8(ascending ? c->glyphs->sort_up : c->glyphs->sort_down, mark)] = 0;
    g_autofree char *text = g_strconcat(title, mark, NULL);
    gboolean left = type == COLUMN_IS_TEXT || type == COLUMN_IS_SPARK;
    /* the head of a number stands above the number, not above its bar */
    int head_w = i > 0 && p->style[column] && w > columns->number[i] ? columns->number[i] : w;
    canvas_text_fit(c, x, r.y + 1, head_w, text,
                    focused && column == p->column ? ROLE_COLUMN : ROLE_HEADER,
                    left ? FIT_LEFT : FIT_RIGHT);
    x += w + 1;
  }
}

/* --- rows --------------------------------------------------------------------------------------
 */

static void draw_trend(Canvas *c, const Pane *p, guint place, int x, int y, int w)
{
  double values[CANVAS_MAX];
  guint n = pane_spark_values(p, place, (guint)CLAMP(w, 0, CANVAS_MAX), values);
  if (n)
    canvas_spark(c, x, y, w, values, n, 1, ROLE_SPARK);
}

/* What stands behind the number: a bar, a shade, a trend. */
static void draw_graphic(const State *s, Canvas *c, const Pane *p, guint place, ColumnId column,
                         int x, int y, int w)
{
  double v = pane_shown_value(p, s->ds, pane_row(p, place), column);
  double part = cell_style_scaled(v, p->scale[column], p->log_scale);
  switch (p->style[column]) {
  case STYLE_BAR:
    canvas_bar(c, x, y, w, part, 1, ROLE_BAR);
    break;
  case STYLE_HEAT:
    canvas_heat(c, x, y, w, glyph_heat_level(part, 1));
    break;
  case STYLE_SPARK:
    draw_trend(c, p, place, x, y, w);
    break;
  default:
    break;
  }
}

static void draw_cell(const State *s, Canvas *c, const Pane *p, guint place, ColumnId column, int x,
                      int y, int w, int number)
{
  if (column == COLUMN_SPARK) {
    draw_trend(c, p, place, x, y, w);
    return;
  }
  if (column != COLUMN_LABEL && p->style[column] && w > number + 1) {
    draw_graphic(s, c, p, place, column, x + number + 1, y, w - number - 1);
    w = number;
  }
  int measure = column_info(column)->measure;
  if (p->late && measure < N_MEASURES && measure != MEASURE_LIFT &&
      !(p->ranking->measures & MEASURE_BIT(measure)))
    return; /* a column that has just come in */
  g_autofree char *text = pane_cell(p, s->ds, place, column);
  gboolean none = column == COLUMN_LABEL && text[0] == '(';
  Role role = none || (column == COLUMN_LABEL && !pane_row(p, place)->hits) ? ROLE_DIM
              : column == COLUMN_LABEL || column == COLUMN_HITS             ? ROLE_NORMAL
                                                                            : ROLE_NUMBER;
  if (s->search && *s->search && column == COLUMN_LABEL && text_matches(text, s->search) &&
      s->prompt.active && s->prompt.live)
    role = ROLE_MATCH;
  FitFlags fit = column_info(column)->type == COLUMN_IS_TEXT ? FIT_LEFT : FIT_RIGHT;
  if (column == COLUMN_LABEL && p->id == PANE_LESSONS)
    fit |= FIT_CUT_MIDDLE;
  canvas_text_fit(c, x, y, w, text, role, fit);
}

void cells_draw_row(const State *s, Canvas *c, const Pane *p, const CellColumns *columns,
                    guint place, int x, int y)
{
  for (guint i = 0; i < columns->n; i++) {
    draw_cell(s, c, p, place, columns->column[i], x, y, columns->width[i], columns->number[i]);
    x += columns->width[i] + 1;
  }
}
