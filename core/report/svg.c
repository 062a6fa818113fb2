/* Drawing of charts: scales, axes, bars, lines and grids. Units are pixels at full width. */
#include "core/report/svg.h"

#include "core/base/text.h"

#include <math.h>
#include <string.h>

#define WIDTH      720.0
#define GLYPH      6.7 /* a letter of the labels, about */
#define BAR        18.0
#define BAR_STEP   25.0
#define PLOT_LEFT  62.0
#define PLOT_RIGHT 14.0
#define LABEL_MOST 40u /* letters of a label; longer ones are cut */
#define TICKS_MOST 13u
#define AXIS_LINES 5.0

/* --- pieces ---------------------------------------------------------------------------------- */

/* A length without trailing zeros; at most two decimals. */
static void append_number(GString *out, double v)
{
  char buf[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(buf, sizeof buf, "%.2f", v);
  gsize len = strlen(buf);
  while (buf[len - 1] == '0')
    buf[--len] = '\0';
  if (buf[len - 1] == '.')
    buf[--len] = '\0';
  g_string_append(out, strcmp(buf, "-0") == 0 ? "0" : buf);
}

static void append_attribute(GString *out, const char *name, double v)
{
  g_string_append_printf(out, " %s=\"", name);
  append_number(out, v);
  g_string_append_c(out, '"');
}

static void append_rect(GString *out, const char *class, double x, double y, double w, double h)
{
  g_string_append_printf(out, "<rect class=\"%s\"", class);
  append_attribute(out, "x", x);
  append_attribute(out, "y", y);
  append_attribute(out, "width", w);
  append_attribute(out, "height", h);
}

static void append_line(GString *out, const char *class, double x1, double y1, double x2, double y2)
{
  g_string_append_printf(out, "<path class=\"%s\" d=\"M", class);
  append_number(out, x1);
  g_string_append_c(out, ' ');
  append_number(out, y1);
  g_string_append_c(out, 'L');
  append_number(out, x2);
  g_string_append_c(out, ' ');
  append_number(out, y2);
  g_string_append(out, "\" />\n");
}

static void append_label(GString *out, const char *class, double x, double y, const char *text)
{
  g_string_append(out, "<text");
  if (class)
    g_string_append_printf(out, " class=\"%s\"", class);
  append_attribute(out, "x", x);
  append_attribute(out, "y", y);
  g_string_append_c(out, '>');
  text_append_html(out, text, -1);
  g_string_append(out, "</text>\n");
}

/* A value in words: "1,234", "12.3 %", "0.25". */
static char *value_text(const Chart *c, double v)
{
  TableColumn column = {.type = c->share ? CELL_SHARE : CELL_REAL,
                        .decimals = c->share        ? v < 0.0995 && v > 0 ? 1 : 0
                                    : v == floor(v) ? 0
                                                    : 2};
  Cell cell = {.v.d = v};
  return cell_text(&column, &cell);
}

static const ChartLine *line_of(const Chart *c, guint i)
{
  return &g_array_index(c->lines, ChartLine, i);
}

static const char *label_of(const Chart *c, guint i)
{
  return g_ptr_array_index(c->labels, i);
}

static double largest(const Chart *c, guint *ret_line, guint *ret_label)
{
  double max = 0;
  *ret_line = *ret_label = 0;
  for (guint l = 0; l < c->lines->len; l++) {
    for (guint i = 0; i < c->labels->len; i++) {
      if (line_of(c, l)->values[i] > max) {
        max = line_of(c, l)->values[i];
        *ret_line = l;
        *ret_label = i;
      }
    }
  }
  return max;
}

/* The step between the lines of an axis: 1, 2, 2.5 or 5 times a power of ten, so that at most five
 * of them reach `max`. */
static double axis_step(double max)
{
  static const double steps[] = {1, 2, 2.5, 5, 10};
  if (!(max > 0))
    return 1;
  double power = pow(10, floor(log10(max / AXIS_LINES)));
  for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
    if (steps[i] * power * AXIS_LINES >= max * (1 - 1e-9))
      return steps[i] * power;
  return max / AXIS_LINES;
}

/* --- bars ------------------------------------------------------------------------------------ */

/* Cut in its middle: the end of a path tells as much as its beginning. Free with g_free. */
static char *short_label(const char *label)
{
  glong n = g_utf8_strlen(label, -1);
  if (n <= (glong)LABEL_MOST)
    return g_strdup(label);
  char *head = g_utf8_substring(label, 0, LABEL_MOST / 2 - 1);
  char *tail = g_utf8_substring(label, n - (glong)LABEL_MOST / 2 + 1, n);
  char *text = g_strconcat(head, "..", tail, NULL);
  g_free(head);
  g_free(tail);
  return text;
}

static double bars_height(const Chart *c)
{
  return c->labels->len * BAR_STEP + 4;
}

static void append_bars(GString *out, const Chart *c)
{
  guint l, i;
  double max = largest(c, &l, &i), widest = 0;
  for (i = 0; i < c->labels->len; i++)
    widest = MAX(widest, (double)MIN(g_utf8_strlen(label_of(c, i), -1), (glong)LABEL_MOST));
  double left = widest * GLYPH + 10, room = WIDTH - left - 80;
  for (i = 0; i < c->labels->len; i++) {
    double v = line_of(c, 0)->values[i], y = i * BAR_STEP + 2;
    double w = max > 0 && v > 0 ? v / max * room : 0;
    char *label = short_label(label_of(c, i)), *value = isnan(v) ? g_strdup("") : value_text(c, v);
    append_label(out, "e", left - 8, y + BAR - 5, label);
    append_rect(out, "f1", left, y, MAX(w, 1), BAR);
    g_string_append(out, " />\n");
    append_label(out, "s", left + w + 6, y + BAR - 5, value);
    g_free(label);
    g_free(value);
  }
}

/* --- a plot over labels: columns and lines --------------------------------------------------- */

typedef struct {
  double top, height; /* of the plotting area */
  double rise;        /* between two lines of the axis */
  guint lines;        /* of them, without that of zero */
  double step;        /* width of one label */
} Plot;

static double plot_x(const Plot *p, guint i)
{
  return PLOT_LEFT + (i + 0.5) * p->step;
}

static double plot_y(const Plot *p, double v)
{
  return p->top + p->height * (1 - v / (p->rise * p->lines));
}

/* The month of a label `2019-02`, or 0. */
static guint month_of(const char *label)
{
  guint64 month = 0;
  if (strlen(label) == 7 && label[4] == '-')
    g_ascii_string_to_unsigned(label + 5, 10, 1, 12, &month, NULL);
  return (guint)month;
}

static gboolean has_tick(const Chart *c, guint i)
{
  static const guint steps[] = {1, 2, 3, 6, 12};
  guint n = c->labels->len, month = month_of(label_of(c, i));
  if (month == 0 || month_of(label_of(c, 0)) == 0)
    return i % ((n + TICKS_MOST - 1) / TICKS_MOST) == 0;
  for (guint s = 0; s < G_N_ELEMENTS(steps); s++)
    if (n <= steps[s] * TICKS_MOST || s + 1 == G_N_ELEMENTS(steps))
      return (month - 1) % steps[s] == 0;
  return FALSE;
}

/* All numbers of an axis have the same decimals. */
static char *axis_text(const Chart *c, const Plot *p, double v)
{
  double rise = c->share ? p->rise * 100 : p->rise;
  gboolean whole = fabs(rise - round(rise)) < 1e-6;
  TableColumn column = {.type = c->share ? CELL_SHARE : CELL_REAL,
                        .decimals = whole       ? 0
                                    : rise >= 1 ? 1
                                                : 2};
  Cell cell = {.v.d = v};
  return cell_text(&column, &cell);
}

static void append_axes(GString *out, const Chart *c, const Plot *p)
{
  double right = WIDTH - PLOT_RIGHT, bottom = p->top + p->height;
  for (guint i = 0; i <= p->lines; i++) {
    double v = p->rise * i;
    char *text = axis_text(c, p, v);
    append_line(out, "axis", PLOT_LEFT, plot_y(p, v), right, plot_y(p, v));
    append_label(out, "s e", PLOT_LEFT - 8, plot_y(p, v) + 4, text);
    g_free(text);
  }
  for (guint i = 0; i < c->labels->len; i++) {
    if (!has_tick(c, i))
      continue;
    append_line(out, "axis", plot_x(p, i), bottom, plot_x(p, i), bottom + 4);
    append_label(out, "s m", plot_x(p, i), bottom + 18, label_of(c, i));
  }
}

/* A mark stands before its label. */
static void append_marks(GString *out, const Chart *c, const Plot *p)
{
  for (guint m = 0; m < c->marks->len; m++) {
    const ChartMark *mark = &g_array_index(c->marks, ChartMark, m);
    double x = plot_x(p, mark->label) - p->step / 2;
    gboolean to_the_left = x > WIDTH * 0.6;
    append_line(out, "mark", x, p->top - 4, x, p->top + p->height);
    append_label(out, to_the_left ? "marktext e" : "marktext", x + (to_the_left ? -6 : 6),
                 p->top + 8, mark->text);
  }
}

static void append_columns(GString *out, const Chart *c, const Plot *p)
{
  for (guint i = 0; i < c->labels->len; i++) {
    double v = line_of(c, 0)->values[i];
    if (!(v > 0))
      continue;
    append_rect(out, "f1", plot_x(p, i) - p->step * 0.4, plot_y(p, v), p->step * 0.8,
                p->top + p->height - plot_y(p, v));
    char *text = value_text(c, v);
    g_string_append(out, "><title>");
    text_append_html(out, label_of(c, i), -1);
    g_string_append_printf(out, ": %s</title></rect>\n", text);
    g_free(text);
  }
}

/* One line, with a gap where there is no value and a dot where a value stands alone. */
static void append_polyline(GString *out, const Chart *c, const Plot *p, guint l)
{
  const double *v = line_of(c, l)->values;
  guint n = c->labels->len;
  g_string_append_printf(out, "<path class=\"l%u\" d=\"", l % 4 + 1);
  for (guint i = 0; i < n; i++) {
    if (isnan(v[i]))
      continue;
    gboolean starts = i == 0 || isnan(v[i - 1]);
    g_string_append_c(out, starts ? 'M' : 'L');
    append_number(out, plot_x(p, i));
    g_string_append_c(out, ' ');
    append_number(out, plot_y(p, v[i]));
    if (starts && (i + 1 == n || isnan(v[i + 1])))
      g_string_append(out, "h1");
  }
  g_string_append(out, "\" />\n");
}

static void append_legend(GString *out, const Chart *c)
{
  double x = PLOT_LEFT;
  for (guint l = 0; l < c->lines->len; l++) {
    char class[4] = {'l', (char)('1' + l % 4), '\0'};
    append_line(out, class, x, 10, x + 26, 10);
    append_label(out, NULL, x + 32, 14, line_of(c, l)->name);
    x += 32 + (double)g_utf8_strlen(line_of(c, l)->name, -1) * GLYPH + 20;
  }
}

static gboolean has_legend(const Chart *c)
{
  return c->kind == CHART_LINES && c->lines->len > 1;
}

static double plot_height(const Chart *c)
{
  return (c->kind == CHART_LINES ? 230 : 180) + (has_legend(c) ? 28 : 12) + 26;
}

static void append_plot(GString *out, const Chart *c)
{
  guint l, i;
  Plot p = {.top = has_legend(c) ? 28 : 12, .height = c->kind == CHART_LINES ? 230 : 180};
  double max = largest(c, &l, &i);
  p.rise = axis_step(max);
  p.lines = (guint)MAX(ceil(max / p.rise * (1 - 1e-9)), 1);
  p.step = (WIDTH - PLOT_LEFT - PLOT_RIGHT) / MAX(c->labels->len, 1);
  append_axes(out, c, &p);
  if (c->kind == CHART_COLUMNS)
    append_columns(out, c, &p);
  for (l = 0; c->kind == CHART_LINES && l < c->lines->len; l++)
    append_polyline(out, c, &p, l);
  append_marks(out, c, &p);
  if (has_legend(c))
    append_legend(out, c);
}

/* --- heat ------------------------------------------------------------------------------------ */

#define HEAT_LEFT   48.0
#define HEAT_ROW    22.0
#define HEAT_BOTTOM 22.0

static double heat_height(const Chart *c)
{
  return c->lines->len * HEAT_ROW + HEAT_BOTTOM;
}

static void append_heat(GString *out, const Chart *c)
{
  guint l, i, n = c->labels->len;
  double max = largest(c, &l, &i), step = (WIDTH - HEAT_LEFT - PLOT_RIGHT) / MAX(n, 1);
  for (l = 0; l < c->lines->len; l++) {
    append_label(out, "e", HEAT_LEFT - 8, l * HEAT_ROW + 15, line_of(c, l)->name);
    for (i = 0; i < n; i++) {
      double v = line_of(c, l)->values[i];
      append_rect(out, "h", HEAT_LEFT + i * step + 1, l * HEAT_ROW + 1, step - 2, HEAT_ROW - 2);
      append_attribute(out, "opacity", max > 0 && v > 0 ? 0.06 + 0.94 * v / max : 0.04);
      char *text = isnan(v) ? g_strdup("nothing known") : value_text(c, v);
      g_string_append(out, "><title>");
      text_append_html(out, line_of(c, l)->name, -1);
      g_string_append_c(out, ' ');
      text_append_html(out, label_of(c, i), -1);
      g_string_append_printf(out, ": %s</title></rect>\n", text);
      g_free(text);
    }
  }
  for (i = 0; i < n; i += (n + 11) / 12)
    append_label(out, "s m", HEAT_LEFT + (i + 0.5) * step, heat_height(c) - 6, label_of(c, i));
}

/* --- together -------------------------------------------------------------------------------- */

static const struct {
  double (*height)(const Chart *c);
  void (*append)(GString *out, const Chart *c);
} kinds[] = {[CHART_BARS] = {bars_height, append_bars},
             [CHART_COLUMNS] = {plot_height, append_plot},
             [CHART_LINES] = {plot_height, append_plot},
             [CHART_HEAT] = {heat_height, append_heat}};

char *svg_describe(const Chart *c)
{
  guint line, label, n = c->labels->len;
  double max = largest(c, &line, &label);
  char *value = value_text(c, max);
  GString *out = g_string_new(NULL);
  const char *unit = c->unit && !c->share ? c->unit : "";
  if (c->kind == CHART_HEAT || (c->kind == CHART_LINES && c->lines->len > 1))
    g_string_append_printf(out, "%s: the largest value is %s%s%s, for %s at %s.", c->title, value,
                           *unit ? " " : "", unit, line_of(c, line)->name, label_of(c, label));
  else
    g_string_append_printf(out, "%s: the largest value is %s%s%s, for %s.", c->title, value,
                           *unit ? " " : "", unit, label_of(c, label));
  if (c->kind != CHART_BARS && n > 1)
    g_string_append_printf(out, " From %s to %s.", label_of(c, 0), label_of(c, n - 1));
  for (guint m = 0; m < c->marks->len; m++)
    g_string_append_printf(out, " Marked: %s.", g_array_index(c->marks, ChartMark, m).text);
  g_string_append(out, " The tables below have the numbers.");
  g_free(value);
  return g_string_free(out, FALSE);
}

void svg_append_chart(GString *out, const Chart *c, guint id)
{
  char *description = svg_describe(c);
  g_string_append_printf(out,
                         "<svg role=\"img\" aria-labelledby=\"t%u d%u\" viewBox=\"0 0 %.0f %.0f\" "
                         "xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"t%u\">",
                         id, id, WIDTH, ceil(kinds[c->kind].height(c)), id);
  text_append_html(out, c->title, -1);
  g_string_append_printf(out, "</title>\n<desc id=\"d%u\">", id);
  text_append_html(out, description, -1);
  g_string_append(out, "</desc>\n");
  kinds[c->kind].append(out, c);
  g_string_append(out, "</svg>");
  g_free(description);
}
