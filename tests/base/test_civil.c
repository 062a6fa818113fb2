/* Civil time: calendar arithmetic against GLib's own, parsing at every edge, printing. */
#include "core/base/civil.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

/* Every day of the valid years, counted one by one, against GDate. */
static void test_every_day(void **state)
{
  (void)state;
  CivilDay day = civil_day_from_date(1900, 1, 1);
  assert_int_equal(day, -25567);
  GDate d;
  g_date_clear(&d, 1);
  g_date_set_dmy(&d, 1, G_DATE_JANUARY, 1900);
  guint32 epoch = 719163; /* Julian day GLib gives to 1970-01-01 */
  for (; g_date_get_year(&d) <= 9999; g_date_add_days(&d, 1), day++) {
    int year = g_date_get_year(&d), month = (int)g_date_get_month(&d);
    assert_int_equal(day, (int)g_date_get_julian(&d) - (int)epoch);
    assert_int_equal(civil_day_from_date(year, month, g_date_get_day(&d)), day);
    CivilFields f = civil_fields(civil_day_start(day) + 86399);
    assert_true(f.year == year && f.month == month && f.day == g_date_get_day(&d));
    assert_true(f.hour == 23 && f.minute == 59 && f.second == 59);
    assert_int_equal(civil_weekday(day), (int)g_date_get_weekday(&d) - 1);
    assert_int_equal(civil_iso_week(day, NULL), g_date_get_iso8601_week_of_year(&d));
    assert_int_equal(civil_month_of(day), (year - 1970) * 12 + month - 1);
    if (year == 9999 && month == 12 && g_date_get_day(&d) == 31)
      break;
  }
  assert_int_equal(day, 2932896);
}

static void test_floor_before_epoch(void **state)
{
  (void)state;
  assert_int_equal(civil_day_of(-1), -1);
  assert_int_equal(civil_day_of(0), 0);
  assert_int_equal(civil_hour(-1), 23);
  assert_int_equal(civil_hour(-86400), 0);
  assert_int_equal(civil_weekday(0), 3);
  assert_int_equal(civil_weekday(-4), 6);
  assert_int_equal(civil_week_start(0), -3);
  assert_int_equal(civil_week_start(-3), -3);
  assert_int_equal(civil_week_start(-4), -10);
  assert_int_equal(civil_month_of(-1), -1);
  assert_int_equal(civil_month_start(-1), -31);
  assert_int_equal(civil_month_start(1), 31);
  assert_int_equal(civil_day_of(CIVIL_NONE), CIVIL_DAY_NONE);
  assert_true(civil_day_start(CIVIL_DAY_NONE) == CIVIL_NONE);
}

static void test_iso_year(void **state)
{
  (void)state;
  static const struct {
    int y, m, d, week, year;
  } cases[] = {{2021, 1, 3, 53, 2020}, {2021, 1, 4, 1, 2021},   {2018, 12, 31, 1, 2019},
               {2016, 1, 1, 53, 2015}, {2019, 12, 30, 1, 2020}, {2020, 12, 31, 53, 2020}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int year = 0;
    CivilDay day = civil_day_from_date(cases[i].y, cases[i].m, cases[i].d);
    assert_int_equal(civil_iso_week(day, &year), cases[i].week);
    assert_int_equal(year, cases[i].year);
  }
}

static void test_days_in_month(void **state)
{
  (void)state;
  assert_int_equal(civil_days_in_month(2019, 2), 28);
  assert_int_equal(civil_days_in_month(2020, 2), 29);
  assert_int_equal(civil_days_in_month(1900, 2), 28);
  assert_int_equal(civil_days_in_month(2000, 2), 29);
  assert_int_equal(civil_days_in_month(2021, 4), 30);
  assert_int_equal(civil_days_in_month(2021, 12), 31);
  assert_int_equal(civil_days_in_month(2021, 0), 0);
  assert_int_equal(civil_days_in_month(2021, 13), 0);
}

static void test_parse_date(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int day;
  } good[] = {{"1970-01-01", 0},     {"2018-01-26", 17557},  {"2018/01/26", 17557},
              {"2020-02-29", 18321}, {"1900-01-01", -25567}, {"9999-12-31", 2932896},
              {"2021-04-21", 18738}};
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    CivilDay day = 1;
    assert_true(civil_parse_date(good[i].text, strlen(good[i].text), &day));
    assert_int_equal(day, good[i].day);
  }
  static const char *const bad[] = {"",
                                    "2021-02-30",
                                    "2021-02-29",
                                    "1900-02-29",
                                    "2021-13-01",
                                    "2021-00-10",
                                    "2021-01-00",
                                    "2021-01-32",
                                    "2021-04-31",
                                    "1899-12-31",
                                    "10000-01-01",
                                    "2021-1-01",
                                    "2021-01-1",
                                    "20210101",
                                    "2021-01/01",
                                    "2021/01-01",
                                    "2021.01.01",
                                    "2021-01-01 ",
                                    " 2021-01-01",
                                    "+021-01-01",
                                    "-021-01-01",
                                    "2o21-01-01",
                                    "2021-0a-01",
                                    "2021-01-0:",
                                    "2021-01-/1",
                                    "\xff\xff\xff\xff-\xff\xff-\xff\xff",
                                    "NULL"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    CivilDay day = 4711;
    assert_false(civil_parse_date(bad[i], strlen(bad[i]), &day));
    assert_int_equal(day, 4711);
  }
}

static void test_parse_clock(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int seconds;
  } good[] = {
      {"00:00", 0},        {"00:00:00", 0},       {"23:59:59", 86399},          {"09:55", 35700},
      {"09:55:03", 35703}, {"09:55:03.9", 35703}, {"09:55:03.123456789", 35703}};
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    gint32 s = -1;
    assert_true(civil_parse_clock(good[i].text, strlen(good[i].text), &s));
    assert_int_equal(s, good[i].seconds);
  }
  static const char *const bad[] = {"",         "9:55",    "24:00",     "23:60",      "23:59:60",
                                    "09:55:",   "09:55:3", "09:55:03.", "09:55:03,5", "09:55:03.5x",
                                    "09-55-03", "0a:55",   "09:55:03 ", ":9:55:03",   "09:55.5",
                                    "09:55:0",  "-1:55:00"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    gint32 s = 4711;
    assert_false(civil_parse_clock(bad[i], strlen(bad[i]), &s));
    assert_int_equal(s, 4711);
  }
}

static void test_parse_time(void **state)
{
  (void)state;
  const gint64 t = G_GINT64_CONSTANT(1516960503); /* 2018-01-26T09:55:03 */
  static const struct {
    const char *text;
    int offset;
  } good[] = {{"2018-01-26 09:55:03", 0},       {"2018-01-26T09:55:03", 0},
              {"2018/01/26 09:55:03", 0},       {"2018-01-26 09:55", -3},
              {"2018-01-26", -35703},           {"2018-01-26T09:55:03Z", 0},
              {"2018-01-26T09:55Z", -3},        {"2018-01-26T09:55:03.25Z", 0},
              {"2018-01-26 09:55:03+00:00", 0}, {"2018-01-26 09:55:03-06:00", 0},
              {"2018-01-26 09:55:03 +0000", 0}, {"2018-01-26 09:55:03.5+05:30", 0},
              {"2018-01-26 09:55+00", -3},      {"2018-01-26 09:55:03+00", 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    CivilTime got = 0;
    assert_true(civil_parse_time(good[i].text, strlen(good[i].text), &got));
    assert_int_equal(got, t + good[i].offset);
  }
  static const char *const bad[] = {"",
                                    "2018-01-26 ",
                                    "2018-01-26T",
                                    "2018-01-26 24:00:00",
                                    "2018-02-30 09:55:03",
                                    "2018-01-26  09:55:03",
                                    "2018-01-26x09:55:03",
                                    "2018-01-26 09:55:03ZZ",
                                    "2018-01-26 09:55:03+24:00",
                                    "2018-01-26 09:55:03+00:60",
                                    "2018-01-26 09:55:03+0",
                                    "2018-01-26Z",
                                    "2018-01-26 Z",
                                    "2018-01-26 +00:00",
                                    "2018-01-26 09:55:03 UTC"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    CivilTime got = 4711;
    assert_false(civil_parse_time(bad[i], strlen(bad[i]), &got));
    assert_int_equal(got, 4711);
  }
  /* The length decides, not a NUL. */
  CivilTime got = 0;
  assert_true(civil_parse_time("2018-01-26 09:55:03 and more", 19, &got));
  assert_int_equal(got, t);
}

static void test_format(void **state)
{
  (void)state;
  char buf[CIVIL_BUF];
  assert_string_equal(civil_format(G_GINT64_CONSTANT(1516960503), 'T', buf), "2018-01-26T09:55:03");
  assert_string_equal(civil_format(-1, ' ', buf), "1969-12-31 23:59:59");
  assert_string_equal(civil_format(CIVIL_NONE, ' ', buf), "");
  assert_string_equal(civil_format_day(18321, buf), "2020-02-29");
  assert_string_equal(civil_format_day(CIVIL_DAY_NONE, buf), "");
  assert_string_equal(civil_format_month(0, buf), "1970-01");
  assert_string_equal(civil_format_month(-1, buf), "1969-12");
  assert_string_equal(civil_format_month((2019 - 1970) * 12 + 1, buf), "2019-02");
  assert_string_equal(civil_weekday_name(0), "Mon");
  assert_string_equal(civil_weekday_name(6), "Sun");
  assert_string_equal(civil_weekday_name(7), "");
  assert_string_equal(civil_weekday_name(-1), "");
}

/* Times that no log can hold are pinned, not undefined. */
static void test_extremes(void **state)
{
  (void)state;
  char buf[CIVIL_BUF];
  assert_int_equal(civil_day_of(G_MAXINT64), G_MAXINT32);
  assert_int_equal(civil_day_of(G_MININT64 + 1), G_MININT32 + 1);
  assert_true(strlen(civil_format(G_MAXINT64, ' ', buf)) < CIVIL_BUF);
  assert_true(strlen(civil_format(G_MININT64 + 1, ' ', buf)) < CIVIL_BUF);
  assert_true(strlen(civil_format_month(G_MININT32, buf)) < CIVIL_BUF);
  assert_true(strlen(civil_format_month(G_MAXINT32, buf)) < CIVIL_BUF);
  assert_int_equal(civil_month_start(G_MAXINT32), G_MAXINT32);
  assert_in_range(civil_weekday(G_MAXINT32), 0, 6);
  assert_in_range(civil_weekday(G_MININT32), 0, 6);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_day),  cmocka_unit_test(test_floor_before_epoch),
      cmocka_unit_test(test_iso_year),   cmocka_unit_test(test_days_in_month),
      cmocka_unit_test(test_parse_date), cmocka_unit_test(test_parse_clock),
      cmocka_unit_test(test_parse_time), cmocka_unit_test(test_format),
      cmocka_unit_test(test_extremes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
