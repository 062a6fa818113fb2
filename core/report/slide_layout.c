/* Layout of a slide: a title over the whole width, findings in two columns, the table below them,
 * the source at the bottom. */
#include "core/report/slide_layout.h"

#include "core/report/slide_measure.h"

#include <math.h>

#define MARGIN   44.0
#define CONTENT  (SLIDE_WIDTH - 2 * MARGIN)
#define GUTTER   36.0  /* between the columns of findings */
#define FIGURE   100.0 /* width of the large number */
#define TITLE_Y  50.0
#define TITLE_H  70.0
#define BODY_Y   131.0
#define SOURCE_Y 509.0
#define BODY_END 496.0 /* of the findings, or of the table */
#define SPACE    10.0  /* between findings and the table */
#define PAD      6.0   /* below the line above a finding, and below its text */
#define CAP_TOP  0.23  /* from the top of a line to that of its capitals, in sizes */

static char *copy(const char *text)
{
  return text ? g_strdup(text) : NULL;
}

/* --- title and source ------------------------------------------------------------------------- */

static void lay_title(const SlideModel *m, SlideLayout *l)
{
  static const double sizes[] = {28, 26, 24};
  enum { LINES = 2 };
  SlideBox *b = &l->title;
  l->accent = (SlideRect){MARGIN, 34, 56, 5};
  b->rect = (SlideRect){MARGIN, TITLE_Y, CONTENT, TITLE_H};
  for (guint i = 0; i < m->titles->len && !b->text; i++) {
    const char *title = g_ptr_array_index(m->titles, i);
    for (guint s = 0; s < G_N_ELEMENTS(sizes) && !b->text; s++) {
      b->size = sizes[s];
      if (slide_lines(title, b->size, TRUE, CONTENT) <= LINES)
        b->text = g_strdup(title);
    }
  }
  if (!b->text)
    b->text = slide_cut(g_ptr_array_index(m->titles, 0), b->size, TRUE, CONTENT, LINES);
}

static void lay_source(const SlideModel *m, SlideLayout *l)
{
  l->source = (SlideBox){{MARGIN, SOURCE_Y, CONTENT, 16}, 11, NULL};
  if (slide_width(m->source, l->source.size, FALSE) > CONTENT)
    l->source.size = 10;
  l->source.text = slide_cut(m->source, l->source.size, FALSE, CONTENT, 1);
}

/* --- the table -------------------------------------------------------------------------------- */

static double cell_width(const SlideCell *c, double size, double number_size, gboolean bold)
{
  double width = c->name ? slide_width(c->name, size, bold) : 0;
  return c->number ? width + slide_width("   ", number_size, FALSE) +
                         slide_width(c->number, number_size, FALSE)
                   : width;
}

/* The cell in so much room: the name gives way, its number stays. */
static SlideCell fit_cell(const SlideCell *c, double size, double number_size, gboolean bold,
                          double width)
{
  SlideCell only_number = {NULL, c->number};
  double number = c->number ? cell_width(&only_number, size, number_size, bold) : 0;
  return (SlideCell){c->name ? slide_cut_middle(c->name, size, bold, width - number) : NULL,
                     copy(c->number)};
}

/* Sets the widths to what the columns need, and returns their sum. */
static double need_widths(const SlideModel *m, SlideLayout *l)
{
  double sum = 0;
  for (guint c = 0; c < m->columns->len; c++) {
    const SlideColumn *column = &g_array_index(m->columns, SlideColumn, c);
    double width = cell_width(&column->head, l->head_size, l->number_size, TRUE);
    for (guint i = 0; i < m->n_programs; i++)
      width = MAX(width, cell_width(&column->cells[i], l->cell_size, l->number_size, c == 0));
    l->widths[c] = width + 2 * SLIDE_CELL_PAD;
    sum += l->widths[c];
  }
  return sum;
}

/* What is left over goes to all alike; where there is too little, all give way by their widths. */
static void share_widths(const SlideModel *m, SlideLayout *l)
{
  guint n = m->columns->len;
  l->cell_size = 15;
  double sum;
  do {
    l->cell_size--;
    sum = need_widths(m, l);
  } while (sum > CONTENT && l->cell_size > 12);
  for (guint c = 0; c < n; c++)
    l->widths[c] =
        sum > CONTENT ? l->widths[c] * CONTENT / sum : l->widths[c] + (CONTENT - sum) / n;
}

static void lay_table(const SlideModel *m, SlideLayout *l)
{
  l->head_height = 20;
  l->row_height = 24;
  double height = m->columns->len ? l->head_height + m->n_programs * l->row_height : 0;
  l->table = (SlideRect){MARGIN, BODY_END - height, CONTENT, height};
  l->head_size = l->number_size = 12;
  if (m->columns->len)
    share_widths(m, l);
  for (guint c = 0; c < m->columns->len; c++) {
    const SlideColumn *column = &g_array_index(m->columns, SlideColumn, c);
    double room = l->widths[c] - 2 * SLIDE_CELL_PAD + 1e-6;
    l->cells[0][c] = fit_cell(&column->head, l->head_size, l->number_size, TRUE, room);
    for (guint i = 0; i < m->n_programs; i++)
      l->cells[1 + i][c] = fit_cell(&column->cells[i], l->cell_size, l->number_size, c == 0, room);
  }
}

/* --- findings --------------------------------------------------------------------------------- */

static guint lines_within(double height, double size)
{
  return (guint)floor(height / (size * SLIDE_LINE) + 1e-9);
}

/* How findings are set: in one column when they are few. */
typedef struct {
  guint columns, rows;
  double column, text;  /* widths: of a column, and of the text in it */
  double pitch, height; /* from one finding to the next; of the text */
  double size, large;   /* of the text and of the number */
} Grid;

/* The text of a finding at a size: with everything, else shorter, else NULL. */
static const char *text_within(const SlideFinding *f, const Grid *g, double size, gboolean shorter)
{
  guint lines = lines_within(g->height, size);
  if (slide_lines(f->longer, size, FALSE, g->text) <= lines)
    return f->longer;
  return shorter && slide_lines(f->text, size, FALSE, g->text) <= lines ? f->text : NULL;
}

static gboolean all_within(const SlideModel *m, const Grid *g, double size, gboolean shorter)
{
  for (guint i = 0; i < m->findings->len; i++)
    if (!text_within(&g_array_index(m->findings, SlideFinding, i), g, size, shorter))
      return FALSE;
  return TRUE;
}

/* One size for all: the largest at which everything can be said, else the largest at which the
 * sentences can. */
static double finding_size(const SlideModel *m, const Grid *g)
{
  static const double sizes[] = {22, 20, 18, 17, 16, 15, SLIDE_SMALLEST};
  for (int shorter = 0; shorter < 2; shorter++)
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
      if (all_within(m, g, sizes[i], shorter))
        return sizes[i];
  return SLIDE_SMALLEST;
}

static double figure_size(const SlideModel *m)
{
  static const double sizes[] = {30, 28, 26, 24, 20};
  double size = 16;
  for (guint s = 0; s < G_N_ELEMENTS(sizes) && size == 16; s++) {
    gboolean fit = TRUE;
    for (guint i = 0; i < m->findings->len; i++) {
      const SlideFinding *f = &g_array_index(m->findings, SlideFinding, i);
      fit &= slide_width(f->answer->brief->figure, sizes[s], TRUE) <= FIGURE - 8;
    }
    if (fit)
      size = sizes[s];
  }
  return size;
}

static void lay_finding(SlideLayout *l, guint i, const SlideFinding *f, const Grid *g)
{
  guint row = i / g->columns, column = i % g->columns;
  double x = MARGIN + column * (g->column + GUTTER), y = BODY_Y + row * g->pitch;
  const char *text = text_within(f, g, g->size, TRUE);
  l->rules[i] = (SlideRect){x, y, g->column, 0};
  l->texts[i] = (SlideBox){
      {x + FIGURE, y + PAD, g->text, g->height},
      g->size,
      text ? g_strdup(text)
           : slide_cut(f->text, g->size, FALSE, g->text, lines_within(g->height, g->size))};
  l->figures[i] =
      (SlideBox){{x, y + PAD - (g->large - g->size) * CAP_TOP, FIGURE, g->large * SLIDE_LINE},
                 g->large,
                 slide_cut(f->answer->brief->figure, g->large, TRUE, FIGURE, 1)};
}

static void lay_findings(const SlideModel *m, SlideLayout *l)
{
  enum { FEW = 3 };
  guint n = m->findings->len;
  l->n_findings = n;
  if (n == 0) {
    l->nothing = (SlideBox){{MARGIN, BODY_Y, CONTENT, 40}, 18, g_strdup("Nothing was found.")};
    return;
  }
  double end = m->columns->len ? l->table.y - SPACE : BODY_END;
  Grid g = {.columns = n > FEW ? 2 : 1};
  g.rows = (n + g.columns - 1) / g.columns;
  g.column = (CONTENT - (g.columns - 1) * GUTTER) / g.columns;
  g.text = g.column - FIGURE;
  g.pitch = MIN((end - BODY_Y) / g.rows, n > FEW ? 120 : 96);
  g.height = g.pitch - 2 * PAD;
  g.size = finding_size(m, &g);
  g.large = figure_size(m);
  for (guint i = 0; i < n; i++)
    lay_finding(l, i, &g_array_index(m->findings, SlideFinding, i), &g);
}

/* --- all of it -------------------------------------------------------------------------------- */

void slide_layout(const SlideModel *m, SlideLayout *ret)
{
  *ret = (SlideLayout){.n_findings = 0};
  lay_title(m, ret);
  lay_source(m, ret);
  lay_table(m, ret);
  lay_findings(m, ret);
}

void slide_layout_clear(SlideLayout *l)
{
  g_free(l->title.text);
  g_free(l->source.text);
  g_free(l->nothing.text);
  for (guint i = 0; i < SLIDE_FINDINGS; i++) {
    g_free(l->figures[i].text);
    g_free(l->texts[i].text);
  }
  for (guint i = 0; i <= SLIDE_PROGRAMS; i++)
    for (guint c = 0; c < SLIDE_COLUMNS; c++) {
      g_free(l->cells[i][c].name);
      g_free(l->cells[i][c].number);
    }
  *l = (SlideLayout){.n_findings = 0};
}
