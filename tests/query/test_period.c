/* Periods: every granularity, ranges of them, and the last so many days. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/query/period.h"

/* Times are compared as text: "2019-08-01T00:00:00". */
static void check(const char *text, const char *from, const char *to)
{
  char a[CIVIL_BUF], b[CIVIL_BUF];
  Period p = {0, 0};
  CivilTime last = civil_day_start(civil_day_from_date(2021, 3, 31)) + 3600;
  char *problem = period_parse_range(text, last, &p);
  if (problem)
    fail_msg("%s: %s", text, problem);
  assert_string_equal(civil_format(p.from, 'T', a), from);
  assert_string_equal(civil_format(p.to, 'T', b), to);
}

static void refuse(const char *text)
{
  Period p = {1, 2};
  char *problem = period_parse_range(text, 0, &p);
  if (!problem)
    fail_msg("%s is accepted", text);
  assert_true(p.from == 1 && p.to == 2);
  g_free(problem);
}

static void test_granularity(void **state)
{
  (void)state;
  check("2019", "2019-01-01T00:00:00", "2020-01-01T00:00:00");
  check("2020-02", "2020-02-01T00:00:00", "2020-03-01T00:00:00");
  check("2019-12", "2019-12-01T00:00:00", "2020-01-01T00:00:00");
  check("2019-08-14", "2019-08-14T00:00:00", "2019-08-15T00:00:00");
  check("2019-08-14T10", "2019-08-14T10:00:00", "2019-08-14T11:00:00");
  check("2019-08-14 23:59", "2019-08-14T23:59:00", "2019-08-15T00:00:00");
  check("2019-08-14T10:30:05", "2019-08-14T10:30:05", "2019-08-14T10:30:06");
}

static void test_weeks(void **state)
{
  (void)state;
  check("2019-W01", "2018-12-31T00:00:00", "2019-01-07T00:00:00");
  check("2020-W53", "2020-12-28T00:00:00", "2021-01-04T00:00:00");
  check("2019-W33", "2019-08-12T00:00:00", "2019-08-19T00:00:00");
  refuse("2019-W53"); /* that year has 52 */
  refuse("2019-W00");
  refuse("2019-W1");
  char buf[CIVIL_BUF];
  assert_string_equal(period_format_week(civil_day_from_date(2021, 1, 3), buf), "2020-W53");
  assert_string_equal(period_format_week(civil_day_from_date(2021, 1, 4), buf), "2021-W01");
}

static void test_ranges(void **state)
{
  (void)state;
  check("2019-08..2020-02", "2019-08-01T00:00:00", "2020-03-01T00:00:00");
  check("2019..2019-03-05", "2019-01-01T00:00:00", "2019-03-06T00:00:00");
  check("2019-W02..2019-01-15T12", "2019-01-07T00:00:00", "2019-01-15T13:00:00");
  Period p;
  assert_null(period_parse_range("2019-08..", 0, &p));
  assert_true(p.to == PERIOD_OPEN_TO);
  assert_true(p.from == civil_day_start(civil_day_from_date(2019, 8, 1)));
  assert_null(period_parse_range("..2020-02", 0, &p));
  assert_true(p.from == PERIOD_OPEN_FROM);
  assert_true(p.to == civil_day_start(civil_day_from_date(2020, 3, 1)));
  refuse("..");
  refuse("2020..2019");
  refuse("2019-08-14..2019-08-13");
  refuse("2019...2020");
  refuse("2019..2020..2021");
}

static void test_last(void **state)
{
  (void)state;
  check("last1d", "2021-03-31T00:00:00", "2021-04-01T00:00:00");
  check("last30d", "2021-03-02T00:00:00", "2021-04-01T00:00:00");
  check("last4w", "2021-03-04T00:00:00", "2021-04-01T00:00:00");
  check("last3m", "2021-01-01T00:00:00", "2021-04-01T00:00:00");
  check("last1m", "2021-03-01T00:00:00", "2021-04-01T00:00:00"); /* 28 February and a day */
  check("LAST1Y", "2020-04-01T00:00:00", "2021-04-01T00:00:00");
  refuse("last");
  refuse("last0d");
  refuse("last3");
  refuse("last3x");
  refuse("last-3d");
  refuse("last3dd");
  refuse("last999999d");
}

static void test_refuse(void **state)
{
  (void)state;
  static const char *const bad[] = {"",
                                    "x",
                                    "201",
                                    "20190",
                                    "2019-",
                                    "2019-13",
                                    "2019-00",
                                    "2019-1",
                                    "2019-02-29",
                                    "2019-02-",
                                    "2019-2-3",
                                    "1899",
                                    "2019-08-14T",
                                    "2019-08-14T24",
                                    "2019-08-14T10:60",
                                    "2019-08-14T10:30:60",
                                    "2019-08-14T10:30:05.5",
                                    "2019-08-14x10",
                                    "2019-08-14T1",
                                    "0000-01-01",
                                    "2019 08",
                                    "-2019",
                                    "+2019"};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
    refuse(bad[i]);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_granularity), cmocka_unit_test(test_weeks),
      cmocka_unit_test(test_ranges),      cmocka_unit_test(test_last),
      cmocka_unit_test(test_refuse),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
