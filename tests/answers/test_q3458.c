/* Questions 3, 4, 5 and 8 on a school of two tracks that can be counted by hand. */
#include "tests/answers/answer_bed.h"

#include <glib/gstdio.h>

#include "core/answers/roster.h"
#include "core/base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#define SITE "192.0.2.1"

/* Five pages of the track and one of the home page on each weekday, from school. */
static void reads(LogBuilder *b, const char *user, const char *cohort, const char *prefix,
                  const char *from, const char *to)
{
  CivilTime end = bed_time(to);
  for (CivilTime t = bed_time(from); t <= end; t += CIVIL_DAY) {
    if (civil_weekday(civil_day_of(t)) > 4)
      continue;
    bed_hit(b, t + 9 * 3600, user, cohort, "/", SITE);
    bed_pages(b, t + 10 * 3600, user, cohort, prefix, 5, 60, SITE);
  }
}

static void class_of(LogBuilder *b, const char *name, const char *cohort, guint n,
                     const char *prefix, const char *from, const char *to)
{
  for (guint i = 0; i < n; i++) {
    char user[32];
    g_snprintf(user, sizeof user, "%s%u", name, i);
    reads(b, user, cohort, prefix, from, to);
  }
}

/* Weekdays from Monday 2019-01-07 on: 60 of Alpha (2 web), 60 of Beta (3 ds), 40 of Gamma (2 web),
 * whose rows carry no cohort. The log ends on Friday 2019-04-26. */
static Bed *school(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2019-01-07", "2019-03-29", "2");
  bed_cohort(b, "2", "Beta", "2019-02-04", "2019-06-28", "3");
  bed_cohort(b, "3", "Gamma", "2019-03-04", "2019-07-26", "2");
  bed_cohort(b, "4", "Omega", "2015-01-05", "2015-05-29", "2");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  class_of(b, "a", "1", 20, "web", "2019-01-07", "2019-03-29");
  class_of(b, "b", "2", 8, "ds", "2019-02-04", "2019-04-26");
  class_of(b, "g", "", 9, "web", "2019-03-04", "2019-04-26");
  bed_pages(b, bed_time("2019-01-08 10:00:00"), "low", "1", "web", 4, 60, "203.0.113.1");
  /* a0 crosses in three months, from home */
  for (int month = 1; month <= 3; month++)
    bed_pages(b, civil_day_start(civil_day_from_date(2019, month, 20)) + 20 * 3600, "a0", "1", "ds",
              4, 60, "203.0.113.2");
  /* somebody of the staff who was a student, and an account that fetches 60 pages in a minute */
  bed_pages(b, bed_time("2019-01-09 10:00:00"), "became", "1", "web", 30, 60, "203.0.113.3");
  bed_pages(b, bed_time("2019-04-10 10:00:00"), "became", "9", "web", 10, 60, "203.0.113.3");
  bed_pages(b, bed_time("2019-03-20 22:00:00"), "a5", "1", "swift", 60, 1, "203.0.113.4");
  /* one row three times */
  for (int i = 0; i < 3; i++)
    bed_hit(b, bed_time("2019-04-20 12:00:00"), "a6", "1", "web/p0", "203.0.113.5");
  return bed_new(b);
}

/* --- question 3 --------------------------------------------------------------------------------
 */

static void test_q3(void **state)
{
  const Bed *bed = *state;
  Answer *a = bed_answer(bed, 3, NULL);
  answer_check(a, bed);
  assert_string_equal(a->scope, "phase=class,none");
  /* in class: Alpha 20 x 60 x 6 + 4 + 3 x 4 + 30 + 60, Beta 8 x 60 x 6, Gamma 9 x 40 x 6 */
  assert_int_equal(a->kept, 7200 + 106 + 2880 + 2160);
  assert_true(answer_says(a, "30 users made 10,186 hits in class"));
  assert_true(answer_notes(a, "Another 9 users whose rows carry no cohort"));
  const AnswerTable *t = answer_find_table(a, "low_activity");
  int row = answer_find_row(t, "user", "low");
  assert_int_equal(answer_cell(t, row, "hits_in_class")->v.i, 4);
  assert_int_equal(answer_cell(t, row, "class_days")->v.i, 60);
  assert_string_equal(answer_cell(t, row, "reasons")->v.s, "first-days-only, stopped, one-day");
  assert_string_equal(answer_cell(t, row, "cohort_name")->v.s, "Alpha");
  assert_true(answer_find_row(t, "user", "a1") < 0);
  assert_true(answer_find_row(t, "user", "g1") < 0);
  t = answer_find_table(a, "classes");
  assert_int_equal(t->table->n_rows, 3);
  assert_true(answer_notes(a, "cannot be seen in a log"));
  answer_free(a);
}

static char *write_roster(const char *text)
{
  GError *error = NULL;
  char *name = NULL;
  int fd = g_file_open_tmp("roster-XXXXXX.csv", &name, &error);
  assert_true(fd >= 0);
  assert_true(g_close(fd, NULL));
  assert_true(g_file_set_contents(name, text, -1, NULL));
  return name;
}

static void test_q3_roster(void **state)
{
  const Bed *bed = *state;
  char *name = write_roster("Name;User ID;Cohort\nAda;a0;1\n\"X; Y\";ghost;1\nTwice;ghost;2\n;;\n");
  AnswerOptions o;
  answer_options_init(&o);
  o.roster = name;
  Answer *a = answer_new(3, bed->study, NULL, &o, NULL);
  answer_check(a, bed);
  const AnswerTable *t = answer_find_table(a, "on_roster_never_seen");
  assert_int_equal(t->table->n_rows, 1);
  assert_string_equal(answer_cell(t, 0, "user")->v.s, "ghost");
  assert_string_equal(answer_cell(t, 0, "name")->v.s, "X; Y");
  assert_true(answer_says(a, "Of 2 students on the roster, 1 is without a single hit"));
  answer_free(a);
  assert_true(g_unlink(name) == 0);
  GError *error = NULL;
  assert_null(answer_new(3, bed->study, NULL, &o, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_INPUT));
  assert_non_null(strstr(error->message, name));
  g_error_free(error);
  g_free(name);
}

static void test_roster_forms(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    guint n, skipped;
    const char *user, *cohort, *name;
  } cases[] = {
      {"7,1,Ada\n8,2,Bo\n", 2, 0, "7", "1", "Ada"},
      {"\xef\xbb\xbfuser,name\r\n7,\"A, B\"\r\n\r\n7,C", 1, 1, "7", "", "A, B"},
      {"cohort\tstudent\n1\t7\n", 1, 0, "7", "1", ""},
      {"7", 1, 0, "7", "", ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    Roster *r = roster_parse(cases[i].text, strlen(cases[i].text), "r.csv", NULL);
    assert_non_null(r);
    assert_int_equal(r->lines->len, cases[i].n);
    assert_int_equal(r->skipped, cases[i].skipped);
    const RosterLine *l = g_ptr_array_index(r->lines, 0);
    assert_string_equal(l->user, cases[i].user);
    assert_string_equal(l->cohort, cases[i].cohort);
    assert_string_equal(l->name, cases[i].name);
    roster_free(r);
  }
  static const char *const bad[] = {"", "\n\n", "user,cohort,name\n", ",1,Ada\n"};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    GError *error = NULL;
    assert_null(roster_parse(bad[i], strlen(bad[i]), "r.csv", &error));
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_INPUT));
    assert_true(g_str_has_prefix(error->message, "r.csv: "));
    g_error_free(error);
  }
}

/* --- question 4 --------------------------------------------------------------------------------
 */

static void test_q4(void **state)
{
  const Bed *bed = *state;
  RuleSettings settings;
  rule_settings_init(&settings);
  FlagSet *set = flag_set_new(bed->study, &settings);
  Answer *a = bed_answer(bed, 4, set);
  answer_check(a, bed);
  const AnswerTable *t = answer_find_table(a, "suspects");
  int row = answer_find_row(t, "user", "a5");
  assert_non_null(strstr(answer_cell(t, row, "rules")->v.s, "burst"));
  row = answer_find_row(t, "user", "a0");
  assert_string_equal(answer_cell(t, row, "rules")->v.s, "cross-program");
  t = answer_find_table(a, "flags");
  guint security = 0;
  double before = 101;
  for (guint i = 0; i < set->flags->len; i++)
    security +=
        rule_get(((Flag *)g_ptr_array_index(set->flags, i))->rule)->audience == AUDIENCE_SECURITY;
  assert_int_equal(t->table->n_rows, security);
  for (guint i = 0; i < t->table->n_rows; i++) {
    assert_true(answer_cell(t, (int)i, "score")->v.d <= before);
    before = answer_cell(t, (int)i, "score")->v.d;
  }
  /* teaching and data stay out */
  assert_true(answer_find_row(t, "rule", "low-activity") < 0);
  assert_true(answer_says(a, "This log has no user agents"));
  t = answer_find_table(a, "shared_networks");
  assert_int_equal(answer_find_row(t, "address", SITE), 0);
  answer_free(a);
  flag_set_free(set);
  a = bed_answer(bed, 4, NULL);
  assert_true(answer_says(a, "not computed"));
  assert_int_equal(a->tables->len, 0);
  answer_free(a);
}

/* --- question 5 --------------------------------------------------------------------------------
 */

static void test_q5(void **state)
{
  const Bed *bed = *state;
  Answer *a = bed_answer(bed, 5, NULL);
  answer_check(a, bed);
  const AnswerTable *t = answer_find_table(a, "cross_access");
  assert_int_equal(t->table->n_rows, 2);
  int row = answer_find_row(t, "from_track", "web");
  assert_int_equal(answer_cell(t, row, "students")->v.i, 21); /* 20 and low; not the staff */
  assert_int_equal(answer_cell(t, row, "crossing_months")->v.i, 3);
  assert_int_equal(answer_cell(t, row, "student_months")->v.i, 20 * 3 + 1 + 1); /* a6 in April */
  assert_int_equal(answer_cell(t, row, "crossers")->v.i, 1);
  row = answer_find_row(t, "from_track", "ds");
  assert_int_equal(answer_cell(t, row, "crossing_months")->v.i, 0);
  assert_string_equal(answer_cell(t, row, "verdict")->v.s, "none");
  t = answer_find_table(a, "crossing_students");
  assert_int_equal(t->table->n_rows, 1);
  assert_string_equal(answer_cell(t, 0, "user")->v.s, "a0");
  assert_int_equal(answer_cell(t, 0, "hits")->v.i, 12);
  t = answer_find_table(a, "cross_access_by_month");
  assert_int_equal(t->table->n_rows, 2 * 4);
  assert_true(answer_says(a, "students of ds on lessons of web: nobody opened 3 or more"));
  answer_free(a);
}

/* --- question 8 --------------------------------------------------------------------------------
 */

static void test_q8(void **state)
{
  const Bed *bed = *state;
  Answer *a = bed_answer(bed, 8, NULL);
  answer_check(a, bed);
  assert_string_equal(a->scope, "");
  assert_int_equal(a->left_out->len, 0);
  const AnswerTable *t = answer_find_table(a, "probable_missing_cohorts");
  assert_int_equal(t->table->n_rows, 1);
  assert_int_equal(answer_cell(t, 0, "members")->v.i, 9);
  assert_string_equal(answer_cell(t, 0, "cohort_name")->v.s, "Gamma");
  assert_int_equal(answer_cell(t, 0, "start_week")->v.i, civil_day_of(bed_time("2019-03-04")));
  assert_true(answer_says(a, "begin in the week of 2019-03-04, and cohort Gamma (id 3, "));
  t = answer_find_table(a, "cohorts_without_rows");
  assert_int_equal(t->table->n_rows, 2);
  assert_int_equal(answer_cell(t, answer_find_row(t, "cohort", "4"), "log_covers")->v.i, 0);
  assert_int_equal(answer_cell(t, answer_find_row(t, "cohort", "3"), "probable_members")->v.i, 9);
  t = answer_find_table(a, "became_staff");
  assert_int_equal(t->table->n_rows, 1);
  assert_string_equal(answer_cell(t, 0, "user")->v.s, "became");
  t = answer_find_table(a, "ids_in_several_cohorts");
  assert_int_equal(t->table->n_rows, 1);
  assert_string_equal(answer_cell(t, 0, "cohorts")->v.s, "Alpha (30), Staff (10)");
  t = answer_find_table(a, "duplicate_rows");
  assert_int_equal(t->table->n_rows, 1);
  assert_int_equal(answer_cell(t, 0, "copies")->v.i, 2);
  t = answer_find_table(a, "class_lengths");
  int row = answer_find_row(t, "cohort", "1");
  assert_float_equal(answer_cell(t, row, "weeks")->v.d, 82 / 7.0, 1e-9);
  assert_int_equal(answer_cell(t, row, "nominal_weeks")->v.i, 20);
  t = answer_find_table(a, "profiles");
  row = answer_find_row(t, "key", "Sat");
  assert_int_equal(answer_cell(t, row, "hits")->v.i, 3);
  t = answer_find_table(a, "months");
  assert_int_equal(t->table->n_rows, 4);
  assert_int_equal(answer_cell(t, 0, "whole")->v.i, 0);
  assert_int_equal(answer_cell(t, 1, "whole")->v.i, 1);
  assert_int_equal(answer_cell(t, 1, "users")->v.i, 28);
  assert_true(answer_says(a, SITE " is an address of the school"));
  answer_free(a);
}

static void test_diversity(void **state)
{
  const Bed *bed = *state;
  Answer *a = bed_answer(bed, 8, NULL);
  const AnswerTable *t = answer_find_table(a, "diversity");
  int row = answer_find_row(t, "program", "Data Science");
  /* five lessons, read equally often */
  assert_int_equal(answer_cell(t, row, "lessons")->v.i, 5);
  assert_float_equal(answer_cell(t, row, "effective_lessons")->v.d, 5, 1e-9);
  assert_float_equal(answer_cell(t, row, "evenness")->v.d, 1, 1e-9);
  answer_free(a);
}

static void test_empty(void **state)
{
  (void)state;
  static const guint numbers[] = {3, 4, 5, 8};
  Bed *bed = bed_new(log_builder_new());
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
    Answer *a = bed_answer(bed, numbers[i], NULL);
    answer_check(a, bed);
    answer_free(a);
  }
  bed_free(bed);
}

/* --- the sample --------------------------------------------------------------------------------
 */

/* What assets/sample/truth.json says that concerns questions 5 and 8. */
static void test_sample(void **state)
{
  (void)state;
  Bed *sample = bed_sample();
  Answer *a = bed_answer(sample, 8, NULL);
  answer_check(a, sample);
  const AnswerTable *t = answer_find_table(a, "probable_missing_cohorts");
  assert_int_equal(t->table->n_rows, 1);
  assert_int_equal(answer_cell(t, 0, "members")->v.i, 14);
  assert_string_equal(answer_cell(t, 0, "cohort")->v.s, "39");
  t = answer_find_table(a, "log_gaps");
  assert_int_equal(t->table->n_rows, 1);
  assert_int_equal(answer_cell(t, 0, "from")->v.i, civil_day_from_date(2022, 11, 9));
  t = answer_find_table(a, "duplicate_rows");
  assert_int_equal(answer_find_row(t, "date", "2023-03-28"), 0);
  assert_int_equal(answer_cell(t, 0, "copies")->v.i, 25);
  t = answer_find_table(a, "days_outside_the_band");
  assert_true(answer_find_row(t, "date", "2023-05-18") >= 0);
  t = answer_find_table(a, "ids_in_several_cohorts");
  assert_true(answer_find_row(t, "user", "57") >= 0);
  t = answer_find_table(a, "became_staff");
  assert_int_equal(t->table->n_rows, 2);
  answer_free(a);
  a = bed_answer(sample, 5, NULL);
  answer_check(a, sample);
  t = answer_find_table(a, "cross_access");
  int row = answer_find_row(t, "from_track", "web");
  assert_string_equal(answer_cell(t, row, "verdict")->v.s, "fell");
  assert_string_equal(answer_cell(t, row, "change_month")->v.s, "2023-03");
  t = answer_find_table(a, "still_crossing");
  static const char *const still[] = {"117", "149", "134"};
  for (guint i = 0; i < G_N_ELEMENTS(still); i++)
    assert_true(answer_find_row(t, "user", still[i]) >= 0);
  answer_free(a);
  bed_free(sample);
}

static int setup(void **state)
{
  *state = school();
  return 0;
}

static int teardown(void **state)
{
  bed_free(*state);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_q3),           cmocka_unit_test(test_q3_roster),
      cmocka_unit_test(test_roster_forms), cmocka_unit_test(test_q4),
      cmocka_unit_test(test_q5),           cmocka_unit_test(test_q8),
      cmocka_unit_test(test_diversity),    cmocka_unit_test(test_empty),
      cmocka_unit_test(test_sample),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
