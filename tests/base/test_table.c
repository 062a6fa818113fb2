/* Tables: cells of each type, missing ones, and their text for people. */
#include "core/base/table.h"

#include <math.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

enum { C_TEXT, C_INT, C_REAL, C_SHARE, C_TIME, C_DATE, C_BOOL, N_CELLS };

static Table *make(void)
{
  Table *t = table_new("lessons", "Lessons");
  table_add_column(t, "lesson", "lesson", CELL_TEXT, 0, "The canonical name.");
  table_add_column(t, "hits", "hits", CELL_INT, 0, "Rows.");
  table_add_column(t, "lift", "lift", CELL_REAL, 2, "Observed over expected.");
  table_add_column(t, "share", "share", CELL_SHARE, 1, "Share of hits.");
  table_add_column(t, "first", "first", CELL_TIME, 0, "First hit.");
  table_add_column(t, "day", "day", CELL_DATE, 0, "Day.");
  table_add_column(t, "staff", "staff", CELL_BOOL, 0, "Yes for staff.");
  return t;
}

static void check(const Table *t, guint row, guint column, const char *expected)
{
  char *got = table_cell_text(t, row, column);
  assert_string_equal(got, expected);
  g_free(got);
}

static void test_cells(void **state)
{
  (void)state;
  Table *t = make();
  assert_int_equal(table_n_columns(t), N_CELLS);
  assert_string_equal(table_column(t, C_SHARE)->definition, "Share of hits.");
  assert_int_equal(table_column(t, C_TEXT)->role, COLUMN_PLAIN);
  table_set_role(t, C_TEXT, COLUMN_USER);
  assert_int_equal(table_column(t, C_TEXT)->role, COLUMN_USER);
  table_add_row(t);
  table_set_text(t, C_TEXT, "sql/\x1b[2Jmysql");
  table_set_int(t, C_INT, 1234);
  table_set_real(t, C_REAL, 1234.567);
  table_set_real(t, C_SHARE, 0.042);
  table_set_int(t, C_TIME, G_GINT64_CONSTANT(1550138400));
  table_set_int(t, C_DATE, 17941);
  table_set_int(t, C_BOOL, 1);
  table_add_row(t);
  assert_int_equal(t->n_rows, 2);
  static const char *const expected[N_CELLS] = {
      "sql/?[2Jmysql", "1,234", "1,234.57", "4.2 %", "2019-02-14 10:00", "2019-02-14", "yes"};
  for (guint c = 0; c < N_CELLS; c++) {
    assert_false(table_cell(t, 0, c)->missing);
    check(t, 0, c, expected[c]);
    assert_true(table_cell(t, 1, c)->missing);
    check(t, 1, c, "");
  }
  /* As it is in the data. */
  assert_string_equal(table_cell(t, 0, C_TEXT)->v.s, "sql/\x1b[2Jmysql");
  table_free(t);
  table_free(NULL);
}

static void test_replace_and_missing(void **state)
{
  (void)state;
  Table *t = make();
  table_add_row(t);
  table_set_text(t, C_TEXT, "a");
  table_take_text(t, C_TEXT, g_strdup("b"));
  check(t, 0, C_TEXT, "b");
  table_set_text(t, C_TEXT, NULL);
  assert_true(table_cell(t, 0, C_TEXT)->missing);
  table_set_real(t, C_REAL, 1);
  table_set_real(t, C_REAL, NAN);
  assert_true(table_cell(t, 0, C_REAL)->missing);
  table_set_real(t, C_REAL, INFINITY);
  assert_true(table_cell(t, 0, C_REAL)->missing);
  table_set_int(t, C_REAL, 7);
  check(t, 0, C_REAL, "7.00");
  table_set_int(t, C_TIME, CIVIL_NONE);
  table_set_int(t, C_DATE, CIVIL_DAY_NONE);
  assert_true(table_cell(t, 0, C_TIME)->missing);
  assert_true(table_cell(t, 0, C_DATE)->missing);
  table_set_int(t, C_BOOL, 0);
  check(t, 0, C_BOOL, "no");
  table_free(t);
}

static void test_numbers(void **state)
{
  (void)state;
  static const struct {
    double v;
    const char *real, *share;
  } cases[] = {{0, "0.00", "0.0 %"},
               {-0.001, "0.00", "-0.1 %"},
               {-0.0001, "0.00", "0.0 %"},
               {1, "1.00", "100.0 %"},
               {-1234.5, "-1,234.50", "-123,450.0 %"},
               {999999.999, "1,000,000.00", "99,999,999.9 %"}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    Table *t = make();
    table_add_row(t);
    table_set_real(t, C_REAL, cases[i].v);
    table_set_real(t, C_SHARE, cases[i].v);
    check(t, 0, C_REAL, cases[i].real);
    check(t, 0, C_SHARE, cases[i].share);
    table_free(t);
  }
  Table *t = table_new("big", "Big");
  table_add_column(t, "x", "x", CELL_REAL, 99, "A number.");
  table_add_column(t, "y", "y", CELL_TIME, 0, "A time.");
  table_add_row(t);
  table_set_real(t, 0, -1e308);
  char *text = table_cell_text(t, 0, 0);
  assert_int_equal(text[0], '-');
  g_free(text);
  table_set_int(t, 1, 7); /* seconds are shown where there are some */
  check(t, 0, 1, "1970-01-01 00:00:07");
  table_free(t);
}

static void test_no_columns(void **state)
{
  (void)state;
  Table *t = table_new("empty", NULL);
  table_add_row(t);
  assert_int_equal(t->n_rows, 1);
  assert_string_equal(t->title, "");
  table_free(t);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cells),
      cmocka_unit_test(test_replace_and_missing),
      cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_no_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
