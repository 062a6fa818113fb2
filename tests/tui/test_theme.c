/* Themes, glyphs and the clipboard sequence. */
#include "core/base/error.h"
#include "tui/draw/glyphs.h"
#include "tui/draw/osc52.h"
#include "tui/draw/theme.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

static void test_roles(void **state)
{
  (void)state;
  gboolean seen[128] = {FALSE};
  for (int i = 0; i < ROLE_COUNT; i++) {
    char letter = role_letter((Role)i);
    assert_true(g_ascii_isgraph(letter));
    assert_false(seen[(guchar)letter]); /* letters tell roles apart */
    seen[(guchar)letter] = TRUE;
  }
  ThemeId theme;
  assert_true(theme_parse("Contrast", &theme));
  assert_int_equal(theme, THEME_CONTRAST);
  assert_false(theme_parse("pink", &theme));
  assert_int_equal(role_heat(0), ROLE_NORMAL);
  assert_int_equal(role_heat(1), ROLE_HEAT1);
  assert_int_equal(role_heat(9), ROLE_HEAT8);
}

static void test_depth(void **state)
{
  (void)state;
  assert_int_equal(theme_depth(COLOR_AUTO, 256, FALSE, NULL), DEPTH_256);
  assert_int_equal(theme_depth(COLOR_AUTO, 256, FALSE, ""), DEPTH_256);
  assert_int_equal(theme_depth(COLOR_AUTO, 256, FALSE, "1"), DEPTH_MONO);
  assert_int_equal(theme_depth(COLOR_ALWAYS, 256, FALSE, "1"), DEPTH_256);
  assert_int_equal(theme_depth(COLOR_NEVER, 0x1000000, TRUE, NULL), DEPTH_MONO);
  assert_int_equal(theme_depth(COLOR_AUTO, 0x1000000, TRUE, NULL), DEPTH_DIRECT);
  assert_int_equal(theme_depth(COLOR_ALWAYS, -1, FALSE, NULL), DEPTH_MONO);
  assert_int_equal(theme_depth(COLOR_AUTO, 8, FALSE, NULL), DEPTH_8);
  assert_int_equal(theme_depth(COLOR_AUTO, 16, FALSE, NULL), DEPTH_16);
  assert_int_equal(theme_depth(COLOR_AUTO, 88, FALSE, NULL), DEPTH_16);
  ColorMode mode;
  assert_true(color_mode_parse("always", &mode));
  assert_int_equal(mode, COLOR_ALWAYS);
  assert_false(color_mode_parse("sometimes", &mode));
}

static void test_palette(void **state)
{
  (void)state;
  assert_int_equal(theme_rgb_to_256(0x000000), 16);
  assert_int_equal(theme_rgb_to_256(0xffffff), 231);
  assert_int_equal(theme_rgb_to_256(0x5fafaf), 73);
  assert_int_equal(theme_rgb_to_256(0xd7af5f), 179);
  assert_int_equal(theme_rgb_to_256(0x303030), 236);
  assert_int_equal(theme_rgb_to_256(0xff0101), 196);
}

/* The colour of an index of the usual palette, computed apart from the code under test. */
static int palette_rgb(int index)
{
  static const int level[] = {0, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
  if (index >= 232) {
    int grey = 8 + 10 * (index - 232);
    return grey << 16 | grey << 8 | grey;
  }
  index -= 16;
  return level[index / 36] << 16 | level[index / 6 % 6] << 8 | level[index % 6];
}

static void test_exact_palette(void **state)
{
  (void)state;
  for (int theme = 0; theme < THEME_MONO; theme++)
    for (int role = 0; role < ROLE_COUNT; role++) {
      Style rgb = theme_style((ThemeId)theme, DEPTH_DIRECT, (Role)role, ROLE_NORMAL);
      Style index = theme_style((ThemeId)theme, DEPTH_256, (Role)role, ROLE_NORMAL);
      assert_int_equal(index.fg < 0 ? -1 : palette_rgb(index.fg), rgb.fg);
      assert_int_equal(index.bg < 0 ? -1 : palette_rgb(index.bg), rgb.bg);
    }
}

static double linear(int v)
{
  double s = v / 255.0;
  return s <= 0.03928 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

static double luminance(int rgb)
{
  return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) +
         0.0722 * linear(rgb & 255);
}

/* Contrast of WCAG 2: 1 to 21. */
static double contrast(ThemeId theme, Style s)
{
  double fg = luminance(s.fg < 0 ? theme_default_fg(theme) : s.fg);
  double bg = luminance(s.bg < 0 ? theme_default_bg(theme) : s.bg);
  return (MAX(fg, bg) + 0.05) / (MIN(fg, bg) + 0.05);
}

/* Text can be read: 4.5 in the calm themes (3 for lines and charts), 7 in the high-contrast one;
 * also on the row under the cursor and on marked rows. */
static void test_legible(void **state)
{
  (void)state;
  static const Role faint[] = {ROLE_BORDER,  ROLE_BORDER_FOCUS, ROLE_BAR,      ROLE_SPARK,
                               ROLE_AXIS,    ROLE_MISSING,      ROLE_CHIP_OFF, ROLE_SERIES1,
                               ROLE_SERIES2, ROLE_SERIES3,      ROLE_SERIES4};
  static const Role grounds[] = {ROLE_NORMAL, ROLE_CURSOR, ROLE_CURSOR_DIM, ROLE_MARKED};
  for (int theme = 0; theme < THEME_MONO; theme++)
    for (int role = 0; role < ROLE_COUNT; role++)
      for (guint g = 0; g < G_N_ELEMENTS(grounds); g++) {
        double least = theme == THEME_CONTRAST ? 7 : 4.5;
        for (guint f = 0; f < G_N_ELEMENTS(faint); f++)
          if (faint[f] == (Role)role)
            least = MIN(least, theme == THEME_CONTRAST ? 4.5 : 3);
        if (role == ROLE_BORDER || role == ROLE_BORDER_FOCUS)
          least = theme == THEME_CONTRAST ? 4.5 : 1.9;
        if (grounds[g] != ROLE_NORMAL)
          least = MIN(least, 3);
        if (grounds[g] != ROLE_NORMAL && (role == ROLE_BORDER || role == ROLE_BORDER_FOCUS))
          continue; /* rows hold no borders */
        Style s = theme_style((ThemeId)theme, DEPTH_DIRECT, (Role)role, grounds[g]);
        double found = contrast((ThemeId)theme, s);
        if (found < least)
          print_error("%c on %c in %s: contrast %.2f below %.1f\n", role_letter((Role)role),
                      role_letter(grounds[g]), theme_words[theme], found, least);
        assert_true(found >= least);
      }
}

/* Heat grows in one direction, dark to light or light to dark. */
static void test_heat_order(void **state)
{
  (void)state;
  for (int theme = 0; theme < THEME_MONO; theme++) {
    double last = -1;
    for (int level = 1; level <= 8; level++) {
      Style s = theme_style((ThemeId)theme, DEPTH_DIRECT, role_heat(level), ROLE_NORMAL);
      double now = luminance(s.bg);
      double step = theme == THEME_LIGHT ? 1 - now : now;
      assert_true(step > last);
      last = step;
    }
  }
}

/* Few colours: never the same colour for both, never black on the terminal's own background. */
static void test_few_colors(void **state)
{
  (void)state;
  static const Role grounds[] = {ROLE_NORMAL, ROLE_CURSOR, ROLE_CURSOR_DIM, ROLE_MARKED};
  for (int theme = 0; theme < THEME_MONO; theme++)
    for (int depth = DEPTH_8; depth <= DEPTH_16; depth++)
      for (int role = 0; role < ROLE_COUNT; role++)
        for (guint g = 0; g < G_N_ELEMENTS(grounds); g++) {
          Style s = theme_style((ThemeId)theme, (ColorDepth)depth, (Role)role, grounds[g]);
          int limit = depth == DEPTH_8 ? 8 : 16;
          assert_true(s.fg >= -1 && s.fg < limit && s.bg >= -1 && s.bg < limit);
          assert_true(s.fg == -1 || s.fg != s.bg);
          if (theme == THEME_DARK)
            assert_false(s.fg == 0 && s.bg == -1);
          if (theme == THEME_LIGHT)
            assert_false(s.fg == 15 && s.bg == -1);
        }
}

/* Without colour what matters most still differs from plain text and from each other. */
static void test_mono(void **state)
{
  (void)state;
  static const Role loud[] = {ROLE_CURSOR, ROLE_CURSOR_DIM, ROLE_MARKED,     ROLE_HEADER,
                              ROLE_MATCH,  ROLE_ERROR,      ROLE_TITLE_FOCUS};
  for (guint i = 0; i < G_N_ELEMENTS(loud); i++) {
    Style s = theme_style(THEME_DARK, DEPTH_MONO, loud[i], ROLE_NORMAL);
    assert_int_equal(s.fg, -1);
    assert_int_equal(s.bg, -1);
    assert_int_not_equal(s.attr, ATTR_NONE);
    Style same = theme_style(THEME_MONO, DEPTH_256, loud[i], ROLE_NORMAL);
    assert_int_equal(same.attr, s.attr);
    assert_int_equal(same.fg, -1);
  }
  Style cursor = theme_style(THEME_MONO, DEPTH_256, ROLE_DIM, ROLE_CURSOR);
  assert_int_equal(cursor.attr, ATTR_REVERSE); /* dim reversed text cannot be read */
  assert_int_not_equal(theme_style(THEME_MONO, DEPTH_8, ROLE_CURSOR, 0).attr,
                       theme_style(THEME_MONO, DEPTH_8, ROLE_CURSOR_DIM, 0).attr);
}

static void test_ground(void **state)
{
  (void)state;
  Style s = theme_style(THEME_DARK, DEPTH_DIRECT, ROLE_FLAG_HIGH, ROLE_CURSOR);
  assert_int_equal(s.fg, 0xff8787); /* keeps its own colour */
  assert_int_equal(s.bg, 0x005f87); /* on that of the cursor */
  s = theme_style(THEME_DARK, DEPTH_8, ROLE_FLAG_HIGH, ROLE_CURSOR);
  assert_int_equal(s.fg, 7);
  assert_int_equal(s.bg, 4);
  s = theme_style(THEME_DARK, DEPTH_8, ROLE_MATCH, ROLE_CURSOR);
  assert_int_equal(s.bg, 3); /* a match is seen on the current row too */
}

/* --- glyphs ------------------------------------------------------------------------------- */

static void test_choice(void **state)
{
  (void)state;
  assert_ptr_equal(glyphs_choose("UTF-8", "xterm-256color"), &glyphs_utf8);
  assert_ptr_equal(glyphs_choose("utf8", NULL), &glyphs_utf8);
  assert_ptr_equal(glyphs_choose("ANSI_X3.4-1968", "xterm"), &glyphs_ascii);
  assert_ptr_equal(glyphs_choose(NULL, "xterm"), &glyphs_ascii);
  assert_ptr_equal(glyphs_choose("UTF-8", "linux"), &glyphs_ascii);
  assert_ptr_equal(glyphs_choose("UTF-8", "vt100"), &glyphs_ascii);
  assert_ptr_equal(glyphs_choose("UTF-8", "vte-256color"), &glyphs_utf8);
}

static void test_spark(void **state)
{
  (void)state;
  const Glyphs *g = &glyphs_ascii;
  assert_int_equal(glyph_spark(g, 0, 10), '_');
  assert_int_equal(glyph_spark(g, 0.001, 10), '.');
  assert_int_equal(glyph_spark(g, 2.5, 10), '.');
  assert_int_equal(glyph_spark(g, 2.6, 10), ':');
  assert_int_equal(glyph_spark(g, 10, 10), '#');
  assert_int_equal(glyph_spark(g, 1e300, 10), '#');
  assert_int_equal(glyph_spark(g, -3, 10), '_');
  assert_int_equal(glyph_spark(g, NAN, 10), ' ');
  assert_int_equal(glyph_spark(g, 1, 0), ' ');
  assert_int_equal(glyph_spark(&glyphs_utf8, 10, 10), 0x2588);
  assert_int_equal(glyph_spark(&glyphs_utf8, 0, 10), 0x2581);

  gunichar out[6];
  const double many[] = {1, 1, 0, 0, 4, 4, NAN, NAN};
  glyph_spark_line(g, many, 8, 0, out, 4); /* sums in pairs: 2 0 8 nothing */
  assert_int_equal(out[0], '.');
  assert_int_equal(out[1], '_');
  assert_int_equal(out[2], '#');
  assert_int_equal(out[3], ' ');
  glyph_spark_line(g, many, 3, 4, out, 6); /* fewer than columns, against 4 */
  assert_int_equal(out[0], '.');
  assert_int_equal(out[2], '_');
  assert_int_equal(out[3], ' ');
  glyph_spark_line(g, NULL, 0, 0, out, 6);
  assert_int_equal(out[5], ' ');
}

static void test_bar(void **state)
{
  (void)state;
  gunichar out[10];
  assert_int_equal(glyph_bar(&glyphs_ascii, 5, 10, out, 10), 5);
  assert_int_equal(out[4], '#');
  assert_int_equal(out[5], ' ');
  assert_int_equal(glyph_bar(&glyphs_ascii, 0.0001, 10, out, 10), 1);
  assert_int_equal(glyph_bar(&glyphs_ascii, 0, 10, out, 10), 0);
  assert_int_equal(glyph_bar(&glyphs_ascii, 20, 10, out, 10), 10);
  assert_int_equal(glyph_bar(&glyphs_ascii, NAN, 10, out, 10), 0);
  assert_int_equal(glyph_bar(&glyphs_utf8, 1, 16, out, 2), 1);
  assert_int_equal(out[0], 0x258f); /* one eighth of a column */
  assert_int_equal(glyph_bar(&glyphs_utf8, 12, 16, out, 2), 2);
  assert_int_equal(out[0], 0x2588);
  assert_int_equal(out[1], 0x258c); /* half */
}

static void test_heat(void **state)
{
  (void)state;
  assert_int_equal(glyph_heat_level(0, 100), 0);
  assert_int_equal(glyph_heat_level(0.1, 100), 1);
  assert_int_equal(glyph_heat_level(100, 100), 9);
  assert_int_equal(glyph_heat_level(56, 100), 6);
  assert_int_equal(glyph_heat_level(5, -1), 0);
  assert_int_equal(glyph_heat(&glyphs_ascii, 0), ' ');
  assert_int_equal(glyph_heat(&glyphs_ascii, 9), '@');
  assert_int_equal(glyph_heat(&glyphs_ascii, 99), '@');
  assert_int_equal(glyph_heat(&glyphs_ascii, -1), ' ');
}

/* --- clipboard ---------------------------------------------------------------------------- */

static void expect_copy(const char *term, gboolean in_tmux, const char *expected)
{
  GError *error = NULL;
  char *bytes = osc52_encode("hello", 5, term, in_tmux, &error);
  if (expected) {
    assert_null(error);
    assert_string_equal(bytes, expected);
  } else {
    assert_null(bytes);
    assert_non_null(error);
  }
  g_free(bytes);
  g_clear_error(&error);
}

static void test_copy(void **state)
{
  (void)state;
  expect_copy("xterm-256color", FALSE, "\033]52;c;aGVsbG8=\a");
  expect_copy("tmux-256color", TRUE,
              "\033]52;c;aGVsbG8=\a\033Ptmux;\033\033]52;c;aGVsbG8=\a\033\\");
  expect_copy("screen", FALSE, "\033P\033]52;c;aGVsbG8=\a\033\\");
  expect_copy("linux", FALSE, NULL);
  expect_copy("vt100", FALSE, NULL);
  expect_copy(NULL, FALSE, NULL);

  GError *error = NULL;
  char *big = g_strnfill(OSC52_MAX + 1, 'x');
  assert_null(osc52_encode(big, OSC52_MAX + 1, "xterm", FALSE, &error));
  assert_int_equal(error->code, CORE_ERROR_LIMIT);
  g_clear_error(&error);
  char *bytes = osc52_encode(big, OSC52_MAX, "screen.xterm-256color", FALSE, NULL);
  char **parts = g_strsplit(bytes, "\033\\", -1);
  for (guint i = 0; parts[i]; i++)
    assert_true(strlen(parts[i]) < 768); /* what screen passes on */
  g_strfreev(parts);
  g_free(bytes);
  g_free(big);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_roles),      cmocka_unit_test(test_depth),
      cmocka_unit_test(test_palette),    cmocka_unit_test(test_exact_palette),
      cmocka_unit_test(test_legible),    cmocka_unit_test(test_heat_order),
      cmocka_unit_test(test_few_colors), cmocka_unit_test(test_mono),
      cmocka_unit_test(test_ground),     cmocka_unit_test(test_choice),
      cmocka_unit_test(test_spark),      cmocka_unit_test(test_bar),
      cmocka_unit_test(test_heat),       cmocka_unit_test(test_copy),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
