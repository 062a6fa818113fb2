/* The canvas: clipping, widths, cut texts, planes, pictures. */
#include "tui/draw/canvas.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

static void expect_text(const Canvas *c, const char *expected)
{
  char *text = canvas_to_text(c);
  assert_string_equal(text, expected);
  g_free(text);
}

static void expect_roles(const Canvas *c, const char *expected)
{
  char *roles = canvas_to_roles(c);
  assert_string_equal(roles, expected);
  g_free(roles);
}

static void test_sizes(void **state)
{
  (void)state;
  static const int sizes[][4] = {{0, 0, 0, 0},
                                 {-5, 3, 0, 3},
                                 {1, 1, 1, 1},
                                 {300, 2, 300, 2},
                                 {G_MAXINT, G_MININT, CANVAS_MAX, 0}};
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    Canvas *c = canvas_new(sizes[i][0], sizes[i][1], NULL);
    assert_int_equal(c->width, sizes[i][2]);
    assert_int_equal(c->height, sizes[i][3]);
    canvas_text(c, -3, 0, "abcdef", ROLE_DIM);
    canvas_box(c, (Rect){G_MININT, G_MININT, G_MAXINT, G_MAXINT}, ROLE_BORDER);
    canvas_box(c, (Rect){-1, -1, G_MAXINT, G_MAXINT}, ROLE_BORDER);
    canvas_fill(c, (Rect){G_MAXINT - 1, G_MAXINT - 1, G_MAXINT, G_MAXINT}, 'x', ROLE_BAR);
    canvas_put(c, G_MAXINT, G_MAXINT, 0x4e2d, ROLE_BAR);
    canvas_put(c, G_MININT, 0, 0x4e2d, ROLE_BAR);
    canvas_text(c, G_MAXINT, 0, "end", ROLE_BAR);
    canvas_text(c, G_MININT, 0, "start", ROLE_BAR);
    canvas_text_fit(c, G_MININT, 0, G_MAXINT, "start", ROLE_BAR, FIT_RIGHT);
    canvas_text_fit(c, G_MAXINT, 0, G_MAXINT, "start", ROLE_BAR, FIT_RIGHT);
    canvas_spark(c, G_MAXINT, 0, G_MAXINT, NULL, 0, 0, ROLE_SPARK);
    canvas_bar(c, -3, 0, G_MAXINT, 1, 2, ROLE_SPARK);
    canvas_heat(c, G_MAXINT, G_MAXINT, G_MAXINT, 4);
    canvas_box(c, (Rect){G_MAXINT, G_MAXINT, G_MAXINT, G_MAXINT}, ROLE_BORDER);
    canvas_cursor(c, 9999, -4, TRUE);
    assert_int_equal(c->cursor_x, MAX(c->width - 1, 0));
    assert_int_equal(c->cursor_y, 0);
    canvas_free(c);
  }
}

static void test_text(void **state)
{
  (void)state;
  Canvas *c = canvas_new(12, 3, NULL);
  assert_int_equal(canvas_text(c, 1, 0, "lesson", ROLE_HEADER), 6);
  assert_int_equal(canvas_text(c, 9, 1, "beyond", ROLE_NORMAL), 6);
  assert_int_equal(canvas_text(c, -2, 2, "cutleft", ROLE_DIM), 7);
  canvas_text(c, 0, 3, "below", ROLE_DIM);
  canvas_text(c, 0, -1, "above", ROLE_DIM);
  expect_text(c, " lesson\n         bey\ntleft\n");
  expect_roles(c, ".hhhhhh\n\nddddd\n");
  assert_int_equal(canvas_printf(c, 0, 1, ROLE_NUMBER, "%d%%", 42), 3);
  assert_int_equal(canvas_cell(c, 2, 1)->ch, '%');
  assert_null(canvas_cell(c, 12, 0));
  canvas_free(c);
}

static void test_unsafe(void **state)
{
  (void)state;
  Canvas *c = canvas_new(20, 1, NULL);
  /* escape, broken byte, C1 control, bidirectional override, truncated character */
  canvas_text(c, 0, 0, "a\x1b[2J\xff\xc2\x9b\xe2\x80\xae z\xe4\xb8", ROLE_NORMAL);
  expect_text(c, "a?[2J??? z??\n");
  canvas_clear(c);
  canvas_put(c, 0, 0, 7, ROLE_NORMAL);
  canvas_put(c, 1, 0, 0, ROLE_NORMAL);
  canvas_put(c, 2, 0, 0x301, ROLE_NORMAL);
  canvas_put(c, 3, 0, 'x', ROLE_NORMAL);
  expect_text(c, "?  x\n");
  canvas_free(c);
}

static void test_wide(void **state)
{
  (void)state;
  assert_int_equal(canvas_text_width("\xe4\xb8\xad\xe6\x96\x87 a\xcc\x81"), 6);
  assert_int_equal(canvas_char_width(0x200d), 0);
  assert_int_equal(canvas_char_width(0x1f600), 2);
  assert_int_equal(canvas_char_width(0xe9), 1);
  Canvas *c = canvas_new(6, 1, NULL);
  canvas_text(c, 0, 0, "\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad", ROLE_NORMAL);
  canvas_put(c, 1, 0, 'x', ROLE_NORMAL); /* on the right half of the first */
  canvas_put(c, 2, 0, 'y', ROLE_NORMAL); /* on the left half of the second */
  expect_text(c, " xy \xe4\xb8\xad\n");
  canvas_clear(c);
  canvas_text(c, 5, 0, "\xe4\xb8\xad", ROLE_NORMAL); /* half outside on the right */
  canvas_text(c, -1, 0, "\xe4\xb8\xad", ROLE_BAR);   /* half outside on the left */
  expect_text(c, "\n");
  expect_roles(c, "b\n");
  canvas_clear(c);
  canvas_text(c, 0, 0, "e\xcc\x81\xcc\x80!", ROLE_NORMAL); /* one mark is kept */
  expect_text(c, "e\xcc\x81!\n");
  canvas_clear(c);
  canvas_text(c, 2, 0, "\xe4\xb8\xad", ROLE_NORMAL);
  canvas_put(c, 1, 0, 0x6587, ROLE_NORMAL); /* overlaps the left half of another */
  expect_text(c, " \xe6\x96\x87\n");
  canvas_free(c);
}

static void expect_fit(const Glyphs *g, int w, const char *text, FitFlags flags,
                       const char *expected)
{
  Canvas *c = canvas_new(30, 1, g);
  canvas_text(c, 0, 0, "..............................", ROLE_NORMAL);
  canvas_text_fit(c, 0, 0, w, text, ROLE_NORMAL, flags);
  canvas_put(c, w, 0, '|', ROLE_NORMAL);
  char *line = canvas_to_text(c);
  char *bar = strchr(line, '|');
  assert_non_null(bar);
  *bar = '\0';
  assert_string_equal(line, expected);
  g_free(line);
  canvas_free(c);
}

static void test_fit(void **state)
{
  (void)state;
  const Glyphs *a = &glyphs_ascii, *u = &glyphs_utf8;
  expect_fit(a, 8, "toc", FIT_LEFT, "toc     ");
  expect_fit(a, 8, "1,234", FIT_RIGHT, "   1,234");
  expect_fit(a, 8, "toc", FIT_CENTER, "  toc   ");
  expect_fit(a, 10, "introduction", FIT_LEFT, "introduc..");
  expect_fit(a, 20, "java-i/introduction-to-types", FIT_CUT_MIDDLE, "java-i/in..-to-types");
  expect_fit(u, 10, "introduction", FIT_LEFT, "introduct\xe2\x80\xa6");
  expect_fit(u, 6, "abcdefghij", FIT_CUT_MIDDLE, "ab\xe2\x80\xa6hij");
  expect_fit(a, 3, "abcdefghij", FIT_CUT_MIDDLE, "..j");
  expect_fit(a, 2, "abcdefghij", FIT_CUT_MIDDLE, "..");
  expect_fit(a, 1, "abcdefghij", FIT_LEFT, ".");
  expect_fit(a, 0, "abcdefghij", FIT_LEFT, "");
  /* a wide character that does not fit whole is a blank */
  expect_fit(a, 5, "\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad", FIT_LEFT, "\xe4\xb8\xad ..");
  expect_fit(u, 4, "\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad", FIT_CUT_MIDDLE,
             " \xe2\x80\xa6\xe4\xb8\xad");
}

static void test_clip(void **state)
{
  (void)state;
  Canvas *c = canvas_new(8, 3, NULL);
  canvas_clip_push(c, (Rect){2, 1, 4, 5});
  canvas_fill(c, (Rect){0, 0, 100, 100}, 'o', ROLE_BAR);
  canvas_clip_push(c, (Rect){0, 0, 4, 2});
  canvas_fill(c, canvas_bounds(c), 'i', ROLE_SPARK);
  canvas_ground(c, canvas_bounds(c), ROLE_CURSOR);
  canvas_clip_pop(c);
  canvas_put(c, 5, 2, 'e', ROLE_NORMAL);
  canvas_clip_pop(c);
  canvas_put(c, 0, 0, 'z', ROLE_NORMAL);
  canvas_clip_pop(c); /* one too many is harmless */
  expect_text(c, "z\n  iioo\n  oooe\n");
  expect_roles(c, "\n..ZZbb\n..bbb\n");
  for (int i = 0; i < 100; i++)
    canvas_clip_push(c, canvas_bounds(c));
  canvas_put(c, 7, 0, 'n', ROLE_NORMAL); /* too deep: nothing is drawn */
  for (int i = 0; i < 100; i++)
    canvas_clip_pop(c);
  canvas_put(c, 6, 0, 'y', ROLE_NORMAL);
  expect_text(c, "z     y\n  iioo\n  oooe\n");
  canvas_free(c);
}

static void test_grounds(void **state)
{
  (void)state;
  Canvas *c = canvas_new(4, 1, NULL);
  canvas_text(c, 0, 0, "ab!", ROLE_FLAG_HIGH);
  canvas_ground(c, (Rect){0, 0, 2, 1}, ROLE_CURSOR);
  expect_roles(c, "ZZF\n");
  assert_int_equal(canvas_cell(c, 0, 0)->role, ROLE_FLAG_HIGH);
  canvas_ground(c, (Rect){0, 0, 1, 1}, ROLE_NORMAL);
  expect_roles(c, "FZF\n");
  canvas_free(c);
}

static void test_charts(void **state)
{
  (void)state;
  Canvas *c = canvas_new(12, 4, NULL);
  const double weeks[] = {0, 1, 50, 75, 100};
  canvas_spark(c, 0, 0, 8, weeks, 5, 0, ROLE_SPARK);
  canvas_bar(c, 0, 1, 10, 50, 100, ROLE_BAR);
  for (int level = 0; level <= 9; level++)
    canvas_heat(c, level, 2, 1, level);
  canvas_box(c, (Rect){0, 3, 12, 1}, ROLE_BORDER);
  expect_text(c, "_.:|#\n#####\n .:-=+*#%@\n+----------+\n");
  expect_roles(c, "ssssssss\nbbbbbbbbbb\n.123456788\nrrrrrrrrrrrr\n");
  canvas_free(c);
}

static void test_screen(void **state)
{
  (void)state;
  Canvas *c = canvas_new(5, 2, NULL);
  canvas_text(c, 0, 0, "same", ROLE_NORMAL);
  canvas_put(c, 0, 1, 'x', ROLE_DIM);
  canvas_cursor(c, 3, 1, TRUE);
  char *screen = canvas_to_screen(c);
  assert_string_equal(screen, "same\nx\n-- roles\n\nd\n-- cursor 3 1\n");
  g_free(screen);
  canvas_cursor(c, 0, 0, FALSE);
  screen = canvas_to_screen(c);
  assert_true(g_str_has_suffix(screen, "-- cursor 0 0 hidden\n"));
  g_free(screen);
  canvas_free(c);
}

static void test_picture(void **state)
{
  (void)state;
  Canvas *c = canvas_new(8, 1, NULL);
  canvas_text(c, 0, 0, "a<\xe4\xb8\xad&", ROLE_NORMAL);
  canvas_text(c, 6, 0, "!", ROLE_FLAG_HIGH);
  canvas_ground(c, (Rect){6, 0, 2, 1}, ROLE_CURSOR);
  char *svg = canvas_to_svg(c, THEME_DARK, "one & two");
  assert_non_null(strstr(svg, "<title>one &amp; two</title>"));
  assert_non_null(strstr(svg, ">a&lt;</text>"));
  /* the wide character stands on the third column and takes two */
  assert_non_null(strstr(svg, "<text x=\"30\" y=\"26\" textLength=\"18\" fill=\"#d0d0d0\">"));
  assert_non_null(strstr(svg, "fill=\"#005f87\"")); /* the cursor's background */
  assert_non_null(strstr(svg, "fill=\"#ff8787\" font-weight=\"bold\">!</text>"));
  g_free(svg);
  canvas_free(c);
}

/* Whatever is drawn where, a wide character always has both its halves on the canvas. */
static void test_random(void **state)
{
  (void)state;
  static const char *const texts[] = {"abc", "\xe4\xb8\xad\xe6\x96\x87x", "e\xcc\x81\xe4\xb8\xad",
                                      "", "\xff\xe2\x80\xae\x07"};
  GRand *rand = g_rand_new_with_seed(3);
  for (int round = 0; round < 300; round++) {
    Canvas *c = canvas_new(g_rand_int_range(rand, 0, 20), g_rand_int_range(rand, 0, 5),
                           round % 2 ? &glyphs_utf8 : &glyphs_ascii);
    for (int i = 0; i < 60; i++) {
      int x = g_rand_int_range(rand, -6, 24), y = g_rand_int_range(rand, -2, 7);
      int w = g_rand_int_range(rand, -2, 24);
      const char *text = texts[g_rand_int_range(rand, 0, G_N_ELEMENTS(texts))];
      Role role = (Role)g_rand_int_range(rand, 0, ROLE_COUNT);
      switch (g_rand_int_range(rand, 0, 7)) {
      case 0:
        canvas_text(c, x, y, text, role);
        break;
      case 1:
        canvas_text_fit(c, x, y, w, text, role, (FitFlags)g_rand_int_range(rand, 0, 8));
        break;
      case 2:
        canvas_put(c, x, y, g_rand_boolean(rand) ? 0x4e2d : 'z', role);
        break;
      case 3:
        canvas_clip_push(c, (Rect){x, y, w, 3});
        break;
      case 4:
        canvas_clip_pop(c);
        break;
      case 5:
        canvas_fill(c, (Rect){x, y, w, 2}, g_rand_boolean(rand) ? 0x4e2d : ' ', role);
        break;
      default:
        canvas_box(c, (Rect){x, y, w, 3}, role);
      }
    }
    for (int y = 0; y < c->height; y++)
      for (int x = 0; x < c->width; x++) {
        const CanvasCell *cell = canvas_cell(c, x, y), *next = canvas_cell(c, x + 1, y);
        assert_true(cell->ch != 0 || x > 0);
        gboolean half = next && next->ch == 0;
        assert_int_equal(cell->ch != 0 && canvas_char_width(cell->ch) == 2, half);
      }
    canvas_free(c);
  }
  g_rand_free(rand);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sizes),   cmocka_unit_test(test_text),   cmocka_unit_test(test_unsafe),
      cmocka_unit_test(test_wide),    cmocka_unit_test(test_fit),    cmocka_unit_test(test_clip),
      cmocka_unit_test(test_grounds), cmocka_unit_test(test_charts), cmocka_unit_test(test_screen),
      cmocka_unit_test(test_picture), cmocka_unit_test(test_random),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
