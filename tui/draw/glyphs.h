/* Glyphs: the one table of what is drawn besides letters and digits, in two sets.
 *
 * The ASCII set is chosen before anything is drawn when the terminal or its locale cannot show the
 * other. Both sets have one column per glyph, so that the layout is the same. */
#ifndef TUI_DRAW_GLYPHS_H
#define TUI_DRAW_GLYPHS_H

#include <glib.h>

#define GLYPH_HEAT_MAX 9 /* levels of heat above blank */

typedef struct {
  const char *name; /* "utf8", "ascii" */
  const char *cut;  /* mark of a cut text: one or two columns */
  int cut_width;
  gunichar hline, hline_focus, vline;
  gunichar corner_tl, corner_tr, corner_bl, corner_br;
  gunichar cursor;    /* at the left of the current row */
  gunichar sort_down; /* largest first */
  gunichar sort_up;   /* smallest first */
  gunichar check, uncheck;
  gunichar mark; /* a marked row */
  gunichar flag; /* something to look at */
  gunichar note; /* has a note */
  gunichar pin;  /* a row that stays at the top */
  gunichar folded, unfolded;
  gunichar gap;                /* a stretch without events */
  gunichar crumb;              /* between the parts of the path */
  gunichar more_up, more_down; /* there is more that way */
  gunichar bullet;
  guint n_spark;
  const gunichar *spark; /* n_spark levels, the first one is zero */
  guint n_bar;
  const gunichar *bar;  /* parts of a column: bar[n_bar - 1] is a full one */
  const gunichar *heat; /* GLYPH_HEAT_MAX + 1 levels, the first one is blank */
} Glyphs;

extern const Glyphs glyphs_utf8;
extern const Glyphs glyphs_ascii;

/* The set for a codeset name as of nl_langinfo(CODESET) and a terminal type (NULL: unknown): ASCII
 * unless the codeset is UTF-8 and the terminal's font is known to have more. */
const Glyphs *glyphs_choose(const char *codeset, const char *term);
/* The same for the locale that main has set and $TERM. */
const Glyphs *glyphs_for_locale(void);

/* The level glyph of `value` in 0..max. Zero has its own glyph, anything above zero is above it;
 * NaN and max <= 0 are blank. */
gunichar glyph_spark(const Glyphs *g, double value, double max);
/* A spark line into out[0 .. width - 1]; see canvas_spark. */
void glyph_spark_line(const Glyphs *g, const double *values, guint n, double max, gunichar *out,
                      guint width);
/* A bar into out[0 .. width - 1], blanks behind its end. A value above zero shows at least the
 * smallest part. Returns the columns used. */
guint glyph_bar(const Glyphs *g, double value, double max, gunichar *out, guint width);
/* Level 0 (nothing) .. GLYPH_HEAT_MAX of a value against a maximum; above zero is at least 1. */
int glyph_heat_level(double value, double max);
/* Glyph of a level; levels outside are brought into the range. */
gunichar glyph_heat(const Glyphs *g, int level);

#endif
