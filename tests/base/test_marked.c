/* Marked text: names found, replaced and made safe; marks that texts of a log bring along. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/marked.h"

static const char *replacement(gpointer data, ColumnRole role, const char *name)
{
  GString *buf = data;
  g_string_printf(buf, "%c<%s>", role == COLUMN_USER ? 'u' : 'a', name);
  return buf->str;
}

static void test_names(void **state)
{
  (void)state;
  static const struct {
    const char *marked, *plain, *replaced;
  } cases[] = {
      {"", "", ""},
      {"nobody", "nobody", "nobody"},
      {"\001341\003", "341", "u<341>"},
      {"user \001341\003 at \002198.51.100.7\003.", "user 341 at 198.51.100.7.",
       "user u<341> at a<198.51.100.7>."},
      {"\0011\003, \0012\003", "1, 2", "u<1>, u<2>"},
      {"\001\003!", "!", "u<>!"},
      /* marks that stand alone, in the order in which a hostile path might bring them */
      {"a\003b", "a?b", "a?b"},
      {"a\001b", "a?b", "a?b"},
      {"a\001b \001341\003", "a?b 341", "a?b u<341>"},
      {"\002\001341\003\003", "?341?", "?u<341>?"},
      {"\001a\033b\003\033", "a?b?", "u<a?b>?"},
  };
  GString *buf = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *plain = marked_text(cases[i].marked, NULL, NULL);
    char *replaced = marked_text(cases[i].marked, replacement, buf);
    assert_string_equal(plain, cases[i].plain);
    assert_string_equal(replaced, cases[i].replaced);
    assert_int_equal(marked_has_names(cases[i].marked), strchr(cases[i].replaced, '<') != NULL);
    g_free(plain);
    g_free(replaced);
  }
  g_string_free(buf, TRUE);
}

static void test_format(void **state)
{
  (void)state;
  char *marked = g_strdup_printf("%u: " MARKED_USER ", " MARKED_ADDRESS, 5u, "x", "y");
  assert_string_equal(marked, "5: \001x\003, \002y\003");
  g_free(marked);
}

static void test_cells(void **state)
{
  (void)state;
  Table *t = table_new("t", "T");
  table_add_column(t, "who", "who", CELL_TEXT, 0, "Who.");
  table_set_role(t, 0, COLUMN_MARKED);
  table_add_row(t);
  table_set_text(t, 0, "\0011\003 and \0012\003");
  char *text = table_cell_text(t, 0, 0);
  assert_string_equal(text, "1 and 2");
  g_free(text);
  table_free(t);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names),
      cmocka_unit_test(test_format),
      cmocka_unit_test(test_cells),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
