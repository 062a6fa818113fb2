/* Questions 6 and 7, about what is read after class and what is hardly read: small schools with
 * numbers worked out by hand. */
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/answers/answer_bed.h"
#include "tests/answers/look.h"

#define HOME   "203.0.113.7"
#define SCHOOL "192.0.2.9"

static void hits(LogBuilder *b, const char *when, const char *user, const char *cohort,
                 const char *path, guint n)
{
  for (guint i = 0; i < n; i++)
    bed_hit(b, bed_time(when) + (CivilTime)i * 60, user, cohort, path, HOME);
}

static Answer *answer_with(const Bed *bed, guint number, gboolean keep)
{
  GError *error = NULL;
  AnswerOptions o;
  answer_options_init(&o);
  o.keep_likely_staff = keep;
  Answer *a = answer_new(number, bed->study, NULL, &o, &error);
  if (!a)
    fail_msg("%s", error->message);
  answer_check(a, bed);
  return a;
}

/* --- question 6 ---------------------------------------------------------------------------------
 */

/* Weeks of `n` hits of one user from the school, from that Monday on. */
static void weeks_at_school(LogBuilder *b, const char *user, const char *cohort, const char *monday,
                            guint weeks, guint n)
{
  for (guint w = 0; w < weeks; w++)
    for (guint i = 0; i < n; i++)
      bed_hit(b, bed_time(monday) + (CivilTime)w * 7 * CIVIL_DAY + (CivilTime)i * 60, user, cohort,
              "y/three", SCHOOL);
}

/* Classes 1 and 2 end on 2020-03-27, class 3 goes on after the log. */
static LogBuilder *graduates(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Aster", "2020-01-06", "2020-03-27", "2");
  bed_cohort(b, "2", "Birch", "2020-01-06", "2020-03-27", "2");
  bed_cohort(b, "3", "Cedar", "2020-12-07", "2021-06-25", "2");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  for (guint i = 0; i < 12; i++) { /* a day on which the school's address shows */
    char *user = g_strdup_printf("2%02u", i);
    bed_hit(b, bed_time("2020-02-03 10:00:00") + i, user, "2", "x/one", SCHOOL);
    g_free(user);
  }
  static const char *const students[] = {"101", "102", "103", "104", "105"};
  for (guint i = 0; i < G_N_ELEMENTS(students); i++)
    hits(b, "2020-02-03 11:00:00", students[i], "1", "x/two", 1);
  hits(b, "2020-03-27 23:00:00", "101", "1", "x/one", 3); /* the last day is class */
  hits(b, "2020-03-28 00:30:00", "101", "1", "x/one", 1); /* day 1 */
  hits(b, "2020-04-26 12:00:00", "101", "1", "x/one", 1); /* day 30 */
  hits(b, "2020-04-27 12:00:00", "101", "1", "x/one", 1); /* day 31: month 2 */
  hits(b, "2020-07-10 12:00:00", "102", "1", "x/two", 2); /* day 105: month 4 */
  hits(b, "2020-07-10 12:00:00", "102", "1", "/", 4);
  hits(b, "2020-05-04 12:00:00", "104", "1", "y/three", 4);
  hits(b, "2020-09-07 12:00:00", "104", "9", "y/three", 6);
  weeks_at_school(b, "105", "1", "2020-05-04 09:00:00", 5, 20);
  hits(b, "2020-12-08 12:00:00", "301", "3", "x/one", 7);
  hits(b, "2021-01-31 12:00:00", "301", "3", "x/one", 1); /* the last day of the log */
  return b;
}

static void test_graduates(void **state)
{
  (void)state;
  Bed *bed = bed_new(graduates());
  Answer *a = answer_with(bed, 6, FALSE);
  assert_string_equal(a->scope, "kind=lesson phase=after");
  assert_int_equal(a->kept, 5);
  assert_int_equal(look_left_out(a, "became staff"), 104);
  assert_int_equal(look_left_out(a, "home page"), 4);
  const Table *t = look_table(a, "lessons", "2")->table;
  assert_int_equal(t->n_rows, 2);
  assert_string_equal(look_text(t, 0, "lesson"), "x/one");
  assert_int_equal(look_int(t, 0, "hits"), 3);
  assert_int_equal(look_int(t, 0, "graduates"), 1);
  look_near(look_real(t, 0, "share"), 0.6);
  look_near(look_real(t, 0, "share_of_graduates"), 1 / 15.0);
  /* in class: 12 + 3 of 20 + 8 of the running class */
  look_near(look_real(t, 0, "share_in_class"), 23 / 28.0);
  look_near(look_real(t, 0, "lift_over_class"), 0.6 / (23 / 28.0));
  t = look_table(a, "modules", "2")->table;
  assert_int_equal(t->n_rows, 1);
  assert_int_equal(look_int(t, 0, "hits"), 5);
  assert_int_equal(look_int(t, 0, "graduates"), 2);
  assert_true(answer_notes(a, "of 15 graduates that the log knows, 2 (13.3 %) opened lessons after "
                              "their class, 5 hits"));
  answer_free(a);
  bed_free(bed);
}

static void test_likely_staff(void **state)
{
  (void)state;
  Bed *bed = bed_new(graduates());
  Answer *a = answer_with(bed, 6, FALSE);
  const Table *t = look_table(a, "likely_staff", NULL)->table;
  assert_int_equal(t->n_rows, 2);
  guint row = look_row(t, "user", "104");
  assert_string_equal(look_text(t, row, "why"), "staff-rows");
  assert_int_equal(look_int(t, row, "hits_after"), 4);
  row = look_row(t, "user", "105");
  assert_string_equal(look_text(t, row, "why"), "at-school");
  assert_int_equal(look_int(t, row, "hits_after"), 100);
  assert_int_equal(look_int(t, row, "weeks"), 5);
  assert_int_equal(look_int(t, row, "busy_weeks"), 5);
  look_near(look_real(t, row, "site_share"), 1);
  assert_non_null(look_finding(a, "2 graduates became staff",
                               "Their 104 hits on lessons are left "
                               "out here"));
  answer_free(a);
  a = answer_with(bed, 6, TRUE);
  assert_int_equal(a->kept, 109);
  assert_int_equal(look_left_out(a, "became staff"), 0);
  t = look_table(a, "lessons", "2")->table;
  row = look_row(t, "lesson", "y/three");
  assert_int_equal(look_int(t, row, "hits"), 104);
  assert_int_equal(look_int(t, row, "graduates"), 2);
  look_near(look_real(t, row, "share_of_graduates"), 2 / 17.0);
  assert_non_null(look_finding(a, "2 graduates became staff", "counted here as asked for"));
  answer_free(a);
  bed_free(bed);
}

/* Four busy weeks, weeks that are not busy, and hits mostly from elsewhere do not mark anybody. */
static void test_not_staff(void **state)
{
  (void)state;
  LogBuilder *b = graduates();
  weeks_at_school(b, "201", "2", "2020-05-04 09:00:00", 4, 40);
  weeks_at_school(b, "202", "2", "2020-05-04 09:00:00", 9, 19);
  weeks_at_school(b, "203", "2", "2020-05-04 09:00:00", 5, 20);
  hits(b, "2020-08-03 09:00:00", "203", "2", "y/three", 101);
  Bed *bed = bed_new(b);
  Answer *a = answer_with(bed, 6, FALSE);
  assert_int_equal(look_table(a, "likely_staff", NULL)->table->n_rows, 2);
  answer_free(a);
  bed_free(bed);
}

static void test_months(void **state)
{
  (void)state;
  Bed *bed = bed_new(graduates());
  Answer *a = answer_with(bed, 6, FALSE);
  const Table *t = look_table(a, "months", "2")->table;
  assert_int_equal(t->n_rows, 5); /* months 10 to 12 reach beyond the log */
  guint row = look_row(t, "months", "1");
  assert_int_equal(look_int(t, row, "hits"), 2);
  assert_int_equal(look_int(t, row, "graduates"), 1);
  assert_int_equal(look_int(t, row, "covered"), 15);
  look_near(look_real(t, row, "share_active_a_month"), 1 / 15.0);
  assert_string_equal(look_text(t, row, "lesson"), "x/one");
  row = look_row(t, "months", "2");
  assert_int_equal(look_int(t, row, "hits"), 1);
  row = look_row(t, "months", "3");
  assert_int_equal(look_int(t, row, "hits"), 0);
  look_near(look_real(t, row, "share_active_a_month"), 0);
  assert_true(look_cell(t, row, "lesson")->missing);
  row = look_row(t, "months", "4 to 6");
  assert_int_equal(look_int(t, row, "from_month"), 4);
  assert_int_equal(look_int(t, row, "to_month"), 6);
  assert_int_equal(look_int(t, row, "hits"), 2);
  look_near(look_real(t, row, "active_a_month"), 1 / 3.0);
  look_near(look_real(t, row, "share_active_a_month"), 1 / 45.0);
  assert_int_equal(look_int(t, look_row(t, "months", "7 to 9"), "covered"), 15);
  answer_free(a);
  bed_free(bed);
}

/* --- question 7 ---------------------------------------------------------------------------------
 */

/* Class 1 has 30 students, class 2 of another track six; the log ends on 2021-12-31. */
static LogBuilder *usage(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Aster", "2020-01-06", "2020-06-26", "2");
  bed_cohort(b, "2", "Birch", "2020-01-06", "2020-06-26", "3");
  bed_cohort(b, "3", "Cedar", "2017-01-02", "2017-06-30", "1");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  for (guint i = 0; i < 30; i++) {
    char *user = g_strdup_printf("1%02u", i);
    hits(b, "2020-01-06 10:00:00", user, "1", "w/used", 1);
    hits(b, "2020-06-01 10:00:00", user, "1", "w/used", 1);
    if (i < 5)
      hits(b, "2020-02-03 10:00:00", user, "1", "w/retired", 4);
    if (i < 5)
      hits(b, "2020-02-03 11:00:00", user, "1", "w/faded", 3);
    if (i < 4)
      hits(b, "2020-02-03 12:00:00", user, "1", "w/few-users", 9);
    g_free(user);
  }
  for (guint i = 0; i < 6; i++) {
    char *user = g_strdup_printf("2%02u", i);
    hits(b, "2020-01-07 10:00:00", user, "2", "d/lesson", 2);
    hits(b, "2020-06-02 10:00:00", user, "2", "d/lesson", 2);
    g_free(user);
  }
  hits(b, "2021-12-20 10:00:00", "100", "1", "w/used", 1);
  hits(b, "2021-12-20 10:00:00", "200", "2", "d/lesson", 1);
  hits(b, "2020-03-02 10:00:00", "107", "1", "w/rare", 1);
  hits(b, "2021-12-01 10:00:00", "107", "1", "w/rare", 2);
  hits(b, "2021-12-02 10:00:00", "108", "1", "w/late", 3); /* nobody was in class any more */
  hits(b, "2020-01-06 12:00:00", "100", "1", "w/just-live", 1);
  hits(b, "2021-07-05 10:00:00", "100", "1", "w/just-live", 1); /* 179 days before the end */
  hits(b, "2020-01-06 13:00:00", "100", "1", "w/just-gone", 1);
  hits(b, "2021-07-04 10:00:00", "100", "1", "w/just-gone", 1); /* 180 days */
  hits(b, "2021-12-30 10:00:00", "301", "3", "p/old", 2);
  hits(b, "2021-12-31 10:00:00", "901", "9", "w/retired", 5);
  hits(b, "2021-12-31 10:00:00", "901", "9", "w/of-staff", 5);
  hits(b, "2021-12-31 11:00:00", "100", "1", "img/a.png", 3);
  return b;
}

static void test_least_used(void **state)
{
  (void)state;
  Bed *bed = bed_new(usage());
  Answer *a = answer_with(bed, 7, FALSE);
  assert_int_equal(look_left_out(a, "staff"), 5);
  assert_int_equal(look_left_out(a, "strays"), 5); /* what only staff has read */
  const Table *t = look_table(a, "least_used", "2")->table;
  guint row = look_row(t, "lesson", "w/rare");
  assert_int_equal(look_int(t, row, "readers"), 1);
  assert_int_equal(look_int(t, row, "students"), 30);
  look_near(look_real(t, row, "reach"), 1 / 30.0);
  assert_int_equal(look_int(t, row, "hits"), 3);
  assert_int_equal(look_int(t, row, "all_users"), 1);
  assert_int_equal(look_int(t, row, "rare"), 1);
  assert_int_equal(look_int(t, row, "idle_days"), 30);
  assert_string_equal(look_text(t, row, "state"), "in-use");
  assert_string_equal(look_text(t, row, "home"), "unknown");
  row = look_row(t, "lesson", "w/used");
  look_near(look_real(t, row, "reach"), 1);
  assert_int_equal(look_int(t, row, "rare"), 0);
  assert_string_equal(look_text(t, row, "home"), "web");
  row = look_row(t, "lesson", "w/faded"); /* 15 hits of 5 */
  assert_string_equal(look_text(t, row, "state"), "faded");
  assert_string_equal(look_text(t, look_row(t, "lesson", "w/few-users"), "state"), "faded");
  row = look_row(t, "lesson", "w/late");
  assert_int_equal(look_int(t, row, "students"), 0);
  assert_true(look_cell(t, row, "reach")->missing);
  assert_int_equal(row, t->n_rows - 1); /* without reach: behind all others, by hits */
  assert_string_equal(look_text(t, look_row(t, "lesson", "w/just-live"), "state"), "in-use");
  assert_string_equal(look_text(t, look_row(t, "lesson", "w/just-gone"), "state"), "faded");
  assert_int_equal(look_count(t, "lesson", "w/retired"), 0);
  assert_int_equal(look_count(t, "lesson", "w/of-staff"), 0);
  assert_int_equal(look_count(t, "lesson", "d/lesson"), 0);
  assert_int_equal(look_count(t, "lesson", "p/old"), 1); /* of a program of the same track */
  t = look_table(a, "least_used", "3")->table;
  assert_int_equal(t->n_rows, 1);
  look_near(look_real(t, 0, "reach"), 1);
  assert_int_equal(look_int(t, 0, "students"), 6);
  answer_free(a);
  bed_free(bed);
}

/* Of two programs of a track, each has what it reads; what nobody reads is of both. */
static void test_two_programs(void **state)
{
  (void)state;
  LogBuilder *b = usage();
  bed_cohort(b, "4", "Dogwood", "2020-01-06", "2020-06-26", "4");
  for (guint i = 0; i < 10; i++) {
    char *user = g_strdup_printf("4%02u", i);
    hits(b, "2020-01-06 10:00:00", user, "4", "w/front", 1);
    hits(b, "2020-06-01 10:00:00", user, "4", "w/front", 1);
    if (i < 2)
      hits(b, "2020-02-03 10:00:00", user, "4", "w/used", 1); /* 2 of 10, and 30 of 30 there */
    g_free(user);
  }
  hits(b, "2020-02-03 10:00:00", "107", "1", "w/front", 1); /* 1 of 30, and 10 of 10 there */
  hits(b, "2021-12-20 10:00:00", "400", "4", "w/front", 1);
  Bed *bed = bed_new(b);
  Answer *a = answer_with(bed, 7, FALSE);
  const Table *java = look_table(a, "least_used", "2")->table,
              *front = look_table(a, "least_used", "4")->table;
  assert_int_equal(look_count(front, "lesson", "w/front"), 1);
  assert_int_equal(look_count(java, "lesson", "w/front"), 0);
  assert_int_equal(look_count(front, "lesson", "w/used"), 1);
  look_near(look_real(front, look_row(front, "lesson", "w/used"), "reach"), 0.2);
  assert_int_equal(look_count(java, "lesson", "w/used"), 1);
  assert_int_equal(look_count(front, "lesson", "w/rare"), 0);
  assert_int_equal(look_count(front, "lesson", "w/late"), 1);
  answer_free(a);
  bed_free(bed);
}

static void test_retired(void **state)
{
  (void)state;
  Bed *bed = bed_new(usage());
  Answer *a = answer_with(bed, 7, FALSE);
  const Table *t = look_table(a, "retired", NULL)->table;
  assert_int_equal(t->n_rows, 1);
  assert_string_equal(look_text(t, 0, "lesson"), "w/retired");
  assert_int_equal(look_int(t, 0, "hits"), 20);
  assert_int_equal(look_int(t, 0, "users"), 5);
  assert_int_equal(look_int(t, 0, "last_use"), civil_day_of(bed_time("2020-02-03")));
  assert_int_equal(look_int(t, 0, "idle_days"), 697);
  t = look_table(a, "beside", NULL)->table;
  guint row = look_row(t, "kind", "asset");
  assert_int_equal(look_int(t, row, "names"), 1);
  assert_int_equal(look_int(t, row, "hits"), 3);
  assert_int_equal(look_int(t, row, "users"), 1);
  assert_int_equal(look_int(t, look_row(t, "kind", "stray"), "hits"), 0);
  answer_free(a);
  bed_free(bed);
}

static void test_usage_findings(void **state)
{
  (void)state;
  Bed *bed = bed_new(usage());
  Answer *a = answer_with(bed, 7, FALSE);
  /* used, faded, few-users, rare, just-live, just-gone; late and old were never seen in class */
  assert_non_null(
      look_finding(a, "Full Stack Java: least accessed", "w/just-gone (1 of 30 students, 2 hits)"));
  assert_non_null(
      look_finding(a, "Full Stack Java: of 6 lessons that are not retired, 3 are rare", NULL));
  assert_non_null(look_finding(a, "1 lesson is retired",
                               "w/retired (20 hits by 5 users, the last on 2020-02-03)"));
  assert_non_null(look_finding(a, "Fewest hits of all", "p/old (2 hits by 1 user"));
  assert_non_null(look_finding(a, "3 lessons never had 20 hits by 5 users", NULL));
  answer_free(a);
  bed_free(bed);
}

static void test_empty_log(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  for (guint q = 6; q <= 7; q++) {
    Answer *a = answer_with(bed, q, FALSE);
    assert_int_equal(a->kept, 0);
    answer_free(a);
  }
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_graduates),  cmocka_unit_test(test_likely_staff),
      cmocka_unit_test(test_not_staff),  cmocka_unit_test(test_months),
      cmocka_unit_test(test_least_used), cmocka_unit_test(test_two_programs),
      cmocka_unit_test(test_retired),    cmocka_unit_test(test_usage_findings),
      cmocka_unit_test(test_empty_log),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
