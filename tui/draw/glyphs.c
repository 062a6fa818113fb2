/* Glyphs: see glyphs.h. */
#include "tui/draw/glyphs.h"

#include <langinfo.h>
#include <math.h>
#include <string.h>

static const gunichar spark_utf8[] = {0x2581, 0x2582, 0x2583, 0x2584,
                                      0x2585, 0x2586, 0x2587, 0x2588};
static const gunichar spark_ascii[] = {'_', '.', ':', '|', '#'};
static const gunichar bar_utf8[] = {0x258f, 0x258e, 0x258d, 0x258c, 0x258b, 0x258a, 0x2589, 0x2588};
static const gunichar bar_ascii[] = {'#'};
static const gunichar heat_utf8[] = {' ', 0x00b7, ':', '-', '=', '+', '*', '#', '%', '@'};
static const gunichar heat_ascii[] = {' ', '.', ':', '-', '=', '+', '*', '#', '%', '@'};

G_STATIC_ASSERT(G_N_ELEMENTS(heat_utf8) == GLYPH_HEAT_MAX + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(heat_ascii) == GLYPH_HEAT_MAX + 1);

/* One line per glyph: field, UTF-8, ASCII. */
#define GLYPH_TABLE(X)                                                                             \
  X(hline, 0x2500, '-')                                                                            \
  X(hline_focus, 0x2501, '=')                                                                      \
  X(vline, 0x2502, '|')                                                                            \
  X(corner_tl, 0x250c, '+')                                                                        \
  X(corner_tr, 0x2510, '+')                                                                        \
  X(corner_bl, 0x2514, '+')                                                                        \
  X(corner_br, 0x2518, '+')                                                                        \
  X(cursor, '>', '>')                                                                              \
  X(sort_down, 0x2193, 'v')                                                                        \
  X(sort_up, 0x2191, '^')                                                                          \
  X(check, 0x2713, 'x')                                                                            \
  X(uncheck, 0x00b7, ' ')                                                                          \
  X(mark, '*', '*')                                                                                \
  X(flag, '!', '!')                                                                                \
  X(note, 0x00b6, 'n')                                                                             \
  X(pin, '^', '^')                                                                                 \
  X(folded, '+', '+')                                                                              \
  X(unfolded, '-', '-')                                                                            \
  X(gap, '~', '~')                                                                                 \
  X(crumb, 0x203a, '>')                                                                            \
  X(more_up, 0x2191, '^')                                                                          \
  X(more_down, 0x2193, 'v')                                                                        \
  X(bullet, 0x2022, '*')

#define GLYPH_UTF8(field, utf8, ascii)  .field = (utf8),
#define GLYPH_ASCII(field, utf8, ascii) .field = (ascii),

const Glyphs glyphs_utf8 = {
    .name = "utf8",
    .cut = "\xe2\x80\xa6",
    .cut_width = 1,
    GLYPH_TABLE(GLYPH_UTF8).n_spark = G_N_ELEMENTS(spark_utf8),
    .spark = spark_utf8,
    .n_bar = G_N_ELEMENTS(bar_utf8),
    .bar = bar_utf8,
    .heat = heat_utf8,
};

const Glyphs glyphs_ascii = {
    .name = "ascii",
    .cut = "..",
    .cut_width = 2,
    GLYPH_TABLE(GLYPH_ASCII).n_spark = G_N_ELEMENTS(spark_ascii),
    .spark = spark_ascii,
    .n_bar = G_N_ELEMENTS(bar_ascii),
    .bar = bar_ascii,
    .heat = heat_ascii,
};

/* --- choice ------------------------------------------------------------------------------- */

/* Terminals whose fonts lack eighth blocks and most arrows even when they speak UTF-8. */
static const char *const poor_fonts[] = {"linux", "vt", "dumb", "ansi", "cons", "sun", "wsvt"};

const Glyphs *glyphs_choose(const char *codeset, const char *term)
{
  gboolean utf8 = codeset && (g_ascii_strcasecmp(codeset, "UTF-8") == 0 ||
                              g_ascii_strcasecmp(codeset, "UTF8") == 0);
  for (guint i = 0; utf8 && term && i < G_N_ELEMENTS(poor_fonts); i++)
    if (g_str_has_prefix(term, poor_fonts[i]) && !g_str_has_prefix(term, "vte"))
      utf8 = FALSE;
  return utf8 ? &glyphs_utf8 : &glyphs_ascii;
}

const Glyphs *glyphs_for_locale(void)
{
  return glyphs_choose(nl_langinfo(CODESET), g_getenv("TERM"));
}

/* --- values ------------------------------------------------------------------------------- */

/* Step 0..steps of a value: 0 only for zero and below, `steps` from the maximum on, in between
 * evenly spaced and never 0. -1 when there is nothing to show. */
static int value_step(double value, double max, int steps)
{
  if (isnan(value) || isnan(max) || max <= 0)
    return -1;
  if (value <= 0)
    return 0;
  double share = isinf(max) ? (isinf(value) ? 1 : 0) : value / max;
  return share >= 1 ? steps : CLAMP((int)ceil(share * steps), 1, steps);
}

gunichar glyph_spark(const Glyphs *g, double value, double max)
{
  int step = value_step(value, max, (int)g->n_spark - 1);
  return step < 0 ? ' ' : g->spark[step];
}

/* First value of column i when n values are spread over w columns. */
static guint spread(guint i, guint n, guint w)
{
  return (guint)((guint64)i * n / w);
}

/* Sum of the values of one column; NaN when all of them are. */
static double column_value(const double *values, guint n, guint i, guint w)
{
  double sum = 0;
  gboolean any = FALSE;
  guint from = n > w ? spread(i, n, w) : i, to = n > w ? spread(i + 1, n, w) : i + 1;
  for (guint v = from; v < to && v < n; v++)
    if (!isnan(values[v]))
      sum += values[v], any = TRUE;
  return any ? sum : NAN;
}

void glyph_spark_line(const Glyphs *g, const double *values, guint n, double max, gunichar *out,
                      guint width)
{
  double top = max > 0 ? max : 0;
  for (guint i = 0; !(max > 0) && i < width; i++) {
    double value = column_value(values, n, i, width);
    if (value > top)
      top = value;
  }
  for (guint i = 0; i < width; i++)
    out[i] = glyph_spark(g, column_value(values, n, i, width), top > 0 ? top : 1);
}

guint glyph_bar(const Glyphs *g, double value, double max, gunichar *out, guint width)
{
  guint parts = (guint)MAX(value_step(value, max, (int)(MIN(width, 100000) * g->n_bar)), 0);
  guint used = 0;
  for (guint i = 0; i < width; i++) {
    guint part = MIN(parts, g->n_bar);
    out[i] = part ? g->bar[part - 1] : ' ';
    used += part > 0;
    parts -= part;
  }
  return used;
}

int glyph_heat_level(double value, double max)
{
  return MAX(value_step(value, max, GLYPH_HEAT_MAX), 0);
}

gunichar glyph_heat(const Glyphs *g, int level)
{
  return g->heat[CLAMP(level, 0, GLYPH_HEAT_MAX)];
}
