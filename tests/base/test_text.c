/* Text safety: every kind of unsafe byte, each writer, numbers and the closest word. */
#include "core/base/text.h"

#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static void check_safe(const char *s, gsize len, const char *expected)
{
  char *got = text_safe(s, (gssize)len);
  assert_string_equal(got, expected);
  assert_true(text_is_safe(got, strlen(got)));
  assert_int_equal(text_is_safe(s, len),
                   strcmp(got, expected) == 0 && strlen(got) == len && memcmp(got, s, len) == 0);
  g_free(got);
}

static void test_safe(void **state)
{
  (void)state;
  static const char *const cases[][2] = {
      {"", ""},
      {"content/html-css", "content/html-css"},
      {"M\xc3\xbcnchen \xe6\x97\xa5 \xf0\x9f\x99\x82",
       "M\xc3\xbcnchen \xe6\x97\xa5 \xf0\x9f\x99\x82"},
      {"\x1b[2J\x1b]0;x\x07", "?[2J?]0;x?"},
      {"a\tb\nc\rd\x7f", "a?b?c?d?"},
      {"\xc2\x9b"
       "31m",
       "?31m"}, /* C1 as UTF-8: one character */
      {"\xc2\x80\xc2\x9f\xc2\xa0", "??\xc2\xa0"},
      {"\x9b"
       "31m",
       "?31m"}, /* C1 as a bare byte */
      {"\xff\xfe", "??"},
      {"\xc3", "?"}, /* cut short */
      {"\xe6\x97", "??"},
      {"\xe6\x97x", "??x"},
      {"\xc0\xaf", "??"},           /* overlong */
      {"\xed\xa0\x80", "???"},      /* surrogate */
      {"\xf4\x90\x80\x80", "????"}, /* over U+10FFFF */
      {"a\xe2\x80\xae"
       "cba",
       "a?cba"},
      {"\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad", "????"},
      {"\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9", "????"},
      {"\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", "???"},
      {"\xe2\x80\xa8\xe2\x80\xa9", "??"},
      {"\xe2\x80\xa6", "\xe2\x80\xa6"}, /* an ellipsis stands near them and is fine */
      {"\xe2\x81\xaa", "\xe2\x81\xaa"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    check_safe(cases[i][0], strlen(cases[i][0]), cases[i][1]);
  check_safe("a\0b", 3, "a?b");
  char *null = text_safe(NULL, -1);
  assert_string_equal(null, "");
  g_free(null);
  char *part = text_safe("abcdef", 3);
  assert_string_equal(part, "abc");
  g_free(part);
}

/* Whatever the bytes are, each writer makes valid UTF-8 without controls. */
static void test_any_bytes(void **state)
{
  (void)state;
  GRand *rand = g_rand_new_with_seed(11);
  static const char pool[] = "\xe2\x80\xaa\xc2\x9b\xed\xa0\xf0\x9f\x99\x82\x1b[|<&\"'a_*\r\n\t=";
  for (int round = 0; round < 20000; round++) {
    char s[24];
    gsize n = (gsize)g_rand_int_range(rand, 0, sizeof s);
    for (gsize i = 0; i < n; i++)
      s[i] = round % 2 ? pool[g_rand_int_range(rand, 0, sizeof pool)]
                       : (char)g_rand_int_range(rand, 0, 256);
    char *safe = text_safe(s, (gssize)n), *escaped = text_escaped(s, (gssize)n, 20);
    assert_true(text_is_safe(safe, strlen(safe)));
    assert_true(text_is_safe(escaped, strlen(escaped)));
    g_free(safe);
    g_free(escaped);
    GString *out = g_string_new(NULL);
    text_append_markdown(out, s, (gssize)n);
    assert_true(text_is_safe(out->str, out->len));
    g_string_truncate(out, 0);
    text_append_html(out, s, (gssize)n);
    assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
    assert_null(strpbrk(out->str, "<>\"'\x1b\r"));
    g_string_truncate(out, 0);
    text_append_csv(out, s, (gssize)n, TRUE);
    assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
    assert_null(strpbrk(out->str, "\x1b\x7f"));
    assert_true(out->len == 0 || !strchr("=+-@", out->str[0]));
    g_string_free(out, TRUE);
  }
  g_rand_free(rand);
}

static void test_escaped(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    gsize max;
    const char *expected;
  } cases[] = {
      {"2021-02-30", 40, "2021-02-30"},
      {"a\nb\t\\\x1b[m\x7f", 40, "a\\nb\\t\\\\\\x1b[m\\x7f"},
      {"\xc3\xbc\xff\xc2\x9b", 40, "\xc3\xbc\\xff\\xc2\\x9b"},
      {"abcdef", 6, "abcdef"},
      {"abcdefg", 6, "abcdef.."},
      {"abcde\xc3\xbc", 6, "abcde.."}, /* no half characters */
      {"", 0, ""},
      {"x", 0, ".."},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *got = text_escaped(cases[i].text, -1, cases[i].max);
    assert_string_equal(got, cases[i].expected);
    g_free(got);
  }
  char *nul = text_escaped("a\0b", 3, 40);
  assert_string_equal(nul, "a\\x00b");
  g_free(nul);
}

static void test_csv(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    gboolean spreadsheet;
    const char *expected;
  } cases[] = {
      {"html-css", FALSE, "html-css"},
      {"", FALSE, ""},
      {"a,b", FALSE, "\"a,b\""},
      {"say \"hi\"", FALSE, "\"say \"\"hi\"\"\""},
      {"a\nb", FALSE, "\"a\nb\""},
      {"a\r\nb", FALSE, "\"a\r\nb\""},
      {" a", FALSE, "\" a\""},
      {"a\t", FALSE, "\"a\t\""},
      {"a b", FALSE, "a b"},
      {"\x1b[m\xe2\x80\xae", FALSE, "?[m?"},
      {"=1+1", FALSE, "=1+1"},
      {"=1+1", TRUE, "'=1+1"},
      {"+1", TRUE, "'+1"},
      {"-1", TRUE, "'-1"},
      {"@x", TRUE, "'@x"},
      {"\tx", TRUE, "\"'\tx\""},
      {"=a,b", TRUE, "\"'=a,b\""},
      {"a=b", TRUE, "a=b"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *out = g_string_new("<");
    text_append_csv(out, cases[i].text, -1, cases[i].spreadsheet);
    assert_string_equal(out->str + 1, cases[i].expected);
    g_string_free(out, TRUE);
  }
}

static void test_markup(void **state)
{
  (void)state;
  static const char *const cases[][3] = {
      {"a|b", "a\\|b", "a|b"},
      {"a\nb\r\nc\rd", "a<br>b<br>c<br>d", "a\nb\nc\nd"},
      {"<img src=x>", "\\<img src=x>", "&lt;img src=x&gt;"},
      {"a&lt;'\"", "a\\&lt;'\"", "a&amp;lt;&#39;&quot;"},
      {"[x](y) `c` *b* ~s~ \\", "\\[x\\](y) \\`c\\` \\*b\\* \\~s\\~ \\\\", "[x](y) `c` *b* ~s~ \\"},
      {"html_css _x_", "html_css \\_x\\_", "html_css _x_"},
      {"\x1b\xff", "??", "??"},
      {"a\tb", "a b", "a\tb"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *out = g_string_new(NULL);
    text_append_markdown(out, cases[i][0], -1);
    assert_string_equal(out->str, cases[i][1]);
    g_string_truncate(out, 0);
    text_append_html(out, cases[i][0], -1);
    assert_string_equal(out->str, cases[i][2]);
    g_string_free(out, TRUE);
  }
}

static void test_grouped(void **state)
{
  (void)state;
  static const struct {
    gint64 n;
    const char *expected;
  } cases[] = {{0, "0"},
               {999, "999"},
               {1000, "1,000"},
               {900223, "900,223"},
               {1234567, "1,234,567"},
               {-1, "-1"},
               {-1000, "-1,000"},
               {G_MAXINT64, "9,223,372,036,854,775,807"},
               {G_MININT64, "-9,223,372,036,854,775,808"}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *got = text_grouped(cases[i].n);
    assert_string_equal(got, cases[i].expected);
    g_free(got);
  }
}

static void test_distance(void **state)
{
  (void)state;
  static const struct {
    const char *a, *b;
    guint limit, expected;
  } cases[] = {{"", "", 5, 0},
               {"", "abc", 5, 3},
               {"kitten", "sitting", 5, 3},
               {"sunday", "saturday", 5, 3},
               {"COHORT", "cohort", 5, 0},
               {"lesson", "leson", 0, 1},
               {"kitten", "sitting", 2, 3},
               {"abc", "xyz", 1, 2},
               {"a", "abcdefgh", 3, 4},
               {"flaw", "lawn", G_MAXUINT, 2}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    assert_int_equal(text_distance(cases[i].a, cases[i].b, cases[i].limit), cases[i].expected);
    assert_int_equal(text_distance(cases[i].b, cases[i].a, cases[i].limit), cases[i].expected);
  }
}

static void test_same_word(void **state)
{
  (void)state;
  assert_true(text_same_word("Data Science", "dATA sCIENCE"));
  assert_true(text_same_word("\xc3\x89"
                             "cole",
                             "\xc3\xa9"
                             "COLE"));
  assert_true(text_same_word("", ""));
  assert_true(text_same_word("a\xff", "A\xff"));
  assert_false(text_same_word("\xc3\x89\xff", "\xc3\xa9\xff"));
  assert_false(text_same_word("Ecole", "\xc3\x89"
                                       "cole"));
  assert_false(text_same_word("web", "webs"));
}

static void test_closest(void **state)
{
  (void)state;
  static const char *const words[] = {"cohort", "program", "phase", "user", "users", "ip", NULL};
  static const char *const none[] = {NULL};
  assert_string_equal(text_closest("cohrt", words), "cohort");
  assert_string_equal(text_closest("PROGRAMM", words), "program");
  assert_string_equal(text_closest("usrs", words), "users");
  assert_string_equal(text_closest("user", words), "user");
  assert_string_equal(text_closest("i", words), "ip");
  assert_null(text_closest("weekday", words));
  assert_null(text_closest("cohort", none));
}

static void test_next_word(void **state)
{
  (void)state;
  const char *line = "  rule=burst \"two words\" about=\"a \"\"b\"\"\" \"open ";
  static const struct {
    const char *word;
    gboolean quoted;
  } words[] = {
      {"rule=burst", FALSE}, {"two words", TRUE}, {"about=a \"b\"", FALSE}, {"open ", TRUE}};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    gboolean quoted = FALSE;
    char *word = text_next_word(&line, &quoted);
    assert_string_equal(word, words[i].word);
    assert_int_equal(quoted, words[i].quoted);
    g_free(word);
  }
  assert_null(text_next_word(&line, NULL));
}

static void test_rounded(void **state)
{
  (void)state;
  static const struct {
    double v;
    const char *text;
  } cases[] = {{0, "0"},         {1, "1"},         {1234567, "1,234,567"}, {-1200, "-1,200"},
               {0.04, "0.04"},   {9.994, "9.99"},  {18.24, "18.2"},        {2.004, "2"},
               {-0.25, "-0.25"}, {-12.3, "-12.3"}, {NAN, "unknown"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *got = text_rounded(cases[i].v);
    assert_string_equal(got, cases[i].text);
    g_free(got);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_safe),      cmocka_unit_test(test_any_bytes),
      cmocka_unit_test(test_escaped),   cmocka_unit_test(test_csv),
      cmocka_unit_test(test_markup),    cmocka_unit_test(test_grouped),
      cmocka_unit_test(test_next_word), cmocka_unit_test(test_rounded),
      cmocka_unit_test(test_distance),  cmocka_unit_test(test_same_word),
      cmocka_unit_test(test_closest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
