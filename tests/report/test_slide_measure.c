/* Measuring texts for a slide: never narrower than Helvetica, lines, and cutting. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/report/slide_measure.h"

/* Advance widths of Helvetica in thousandths of its size, from its font metrics. */
static void test_not_too_narrow(void **state)
{
  static const struct {
    const char *text;
    guint width;
  } known[] = {
      {"a", 556}, {"i", 222},  {"l", 222}, {"m", 833},  {"w", 722},      {"0", 556},
      {"%", 889}, {" ", 278},  {".", 278}, {"-", 333},  {"/", 278},      {"W", 944},
      {"M", 833}, {"@", 1015}, {"A", 667}, {"O", 778},  {"Hello", 2278}, {"f", 278},
      {"t", 278}, {"r", 333},  {"I", 278}, {"J", 500},  {"(", 333},      {"&", 667},
      {"G", 778}, {"Q", 778},  {"C", 722}, {"S", 667},  {"Z", 611},      {"k", 500},
      {"z", 500}, {"+", 584},  {"_", 556}, {"\"", 355}, {"'", 191},      {"6.7 %", 2279},
  };
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
    double width = slide_width(known[i].text, 1000, FALSE);
    if (width < known[i].width * 0.985 || width > known[i].width * 1.3)
      fail_msg("\"%s\" is %u, estimated at %g", known[i].text, known[i].width, width);
  }
  assert_true(slide_width("abc", 10, TRUE) > slide_width("abc", 10, FALSE));
  assert_true(slide_width("\xe8\xaa\xb2", 10, FALSE) >= 10);
  assert_true(slide_width("e\xcc\x81", 10, FALSE) == slide_width("e", 10, FALSE));
  assert_true(slide_width("", 10, FALSE) == 0);
}

static void test_lines(void **state)
{
  (void)state;
  double word = slide_width("word", 10, FALSE), space = slide_width(" ", 10, FALSE);
  assert_int_equal(slide_lines("", 10, FALSE, 100), 1);
  assert_int_equal(slide_lines("word", 10, FALSE, word), 1);
  assert_int_equal(slide_lines("word word", 10, FALSE, 2 * word + space), 1);
  assert_int_equal(slide_lines("word word", 10, FALSE, 2 * word), 2);
  assert_int_equal(slide_lines("word word word", 10, FALSE, 2 * word + space), 2);
  /* a word that is too long is broken */
  assert_int_equal(slide_lines("wordword", 10, FALSE, word), 2);
  assert_int_equal(slide_lines("wordword word", 10, FALSE, word), 3);
  /* less room than one character takes still ends */
  assert_int_equal(slide_lines("word", 10, FALSE, 1), 4);
  /* a number stays with its sign */
  double number = slide_width("about 6.7", 10, FALSE);
  assert_int_equal(slide_lines("about 6.7 % wordy", 10, FALSE, number + 0.5), 3);
}

static void test_cut(void **state)
{
  (void)state;
  static const char text[] = "of 771 students hardly use the curriculum, 6.7 % of them";
  for (int width = 5; width < 400; width += 7)
    for (guint lines = 1; lines < 4; lines++) {
      char *cut = slide_cut(text, 12, FALSE, width, lines);
      assert_true(g_utf8_validate(cut, -1, NULL));
      assert_true(slide_lines(cut, 12, FALSE, width) <= lines || strcmp(cut, "\u2026") == 0);
      assert_null(strstr(cut, ",\u2026"));
      assert_false(g_str_has_suffix(cut, "6.7\u2026"));
      if (slide_lines(text, 12, FALSE, width) <= lines)
        assert_string_equal(cut, text);
      g_free(cut);
    }
}

static void test_cut_middle(void **state)
{
  (void)state;
  static const char text[] = "content/lara\xc3\xa9vel/quickstart/\xe8\xaa\xb2\xe8\xaa\xb2/sessions";
  guint last = 0;
  for (int width = 1; width < 400; width += 3) {
    char *cut = slide_cut_middle(text, 12, TRUE, width);
    assert_true(g_utf8_validate(cut, -1, NULL));
    assert_true(slide_width(cut, 12, TRUE) <= width || strcmp(cut, "\u2026") == 0);
    assert_true(strlen(cut) >= last || strcmp(cut, text) == 0);
    last = (guint)strlen(cut);
    g_free(cut);
  }
  char *cut = slide_cut_middle(text, 12, FALSE, 100);
  assert_true(g_str_has_prefix(cut, "cont"));
  assert_true(g_str_has_suffix(cut, "ions"));
  g_free(cut);
  cut = slide_cut_middle(text, 12, FALSE, 400);
  assert_string_equal(cut, text);
  g_free(cut);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_not_too_narrow),
      cmocka_unit_test(test_lines),
      cmocka_unit_test(test_cut),
      cmocka_unit_test(test_cut_middle),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
