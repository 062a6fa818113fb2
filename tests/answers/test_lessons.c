/* Questions 1 and 2, about lessons and cohorts: small schools with numbers worked out by hand. */
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/answers/answer_bed.h"
#include "tests/answers/look.h"

/* `n` hits of a user on a lesson, a minute apart. */
static void hits(LogBuilder *b, const char *when, const char *user, const char *cohort,
                 const char *path, guint n)
{
  for (guint i = 0; i < n; i++)
    bed_hit(b, bed_time(when) + (CivilTime)i * 60, user, cohort, path, "192.0.2.1");
}

static Answer *answer(const Bed *bed, guint number)
{
  GError *error = NULL;
  Answer *a = answer_new(number, bed->study, NULL, NULL, &error);
  if (!a)
    fail_msg("%s", error->message);
  answer_check(a, bed);
  return a;
}

/* --- question 1 ---------------------------------------------------------------------------------
 */

/* Hits: A one 6, two 3, three 1; B one 1, two 2, three 7; C one 1, two 4; D four 100. */
static LogBuilder *four_cohorts(void)
{
  LogBuilder *b = log_builder_new();
  const char *day = "2020-02-03 10:00:00";
  bed_cohort(b, "1", "Aster", "2020-01-06", "2020-03-27", "2");
  bed_cohort(b, "2", "Birch", "2020-01-06", "2020-03-27", "2");
  bed_cohort(b, "3", "Cedar", "2020-01-06", "2020-03-27", "2");
  bed_cohort(b, "4", "Dogwood", "2020-01-06", "2020-03-27", "2");
  bed_cohort(b, "5", "Elder", "2020-01-06", "2020-03-27", "3");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  hits(b, day, "11", "1", "x/one", 4);
  hits(b, day, "12", "1", "x/One.html", 2); /* the same lesson */
  hits(b, day, "11", "1", "x/two", 3);
  hits(b, day, "11", "1", "y/three", 1);
  hits(b, day, "21", "2", "x/one", 1);
  hits(b, day, "21", "2", "x/two", 2);
  hits(b, day, "21", "2", "y/three", 7);
  hits(b, day, "31", "3", "x/one", 1);
  hits(b, day, "31", "3", "x/two", 4);
  hits(b, day, "41", "4", "z/four", 100);
  hits(b, day, "51", "5", "s/first", 2);
  hits(b, day, "91", "9", "y/three", 9);
  hits(b, day, "99", "", "x/one", 2);
  hits(b, day, "11", "1", "/", 3);
  hits(b, day, "11", "1", "img/a.png", 5);
  return b;
}

static void check_lesson(const Table *t, const char *name, gint64 n_hits, gint64 users,
                         gint64 cohorts, gint64 in_top, double rank, double share)
{
  guint row = look_row(t, t->columns->len == 10 ? "lesson" : "module", name);
  assert_int_equal(look_int(t, row, "hits"), n_hits);
  assert_int_equal(look_int(t, row, "users"), users);
  assert_int_equal(look_int(t, row, "cohorts"), cohorts);
  assert_int_equal(look_int(t, row, "cohorts_in_top"), in_top);
  assert_int_equal(look_int(t, row, "cohorts_ranked"), 4);
  look_near(look_real(t, row, "median_rank"), rank);
  look_near(look_real(t, row, "median_share"), share);
  look_near(look_real(t, row, "share"), (double)n_hits / 125);
}

static void test_traffic(void **state)
{
  (void)state;
  Bed *bed = bed_new(four_cohorts());
  AnswerOptions o;
  answer_options_init(&o);
  o.top = 1;
  Answer *a = answer_new(1, bed->study, NULL, &o, NULL);
  answer_check(a, bed);
  assert_int_equal(a->kept, 127);
  assert_int_equal(look_left_out(a, "home page"), 3);
  assert_int_equal(look_left_out(a, "assets"), 5);
  assert_int_equal(look_left_out(a, "staff"), 9);
  assert_int_equal(look_left_out(a, "without a cohort"), 2);
  /* Ranks of one: A 1, B 3, C 2, and D, where one lesson was read, 2. Shares 0.6, 0.1, 0.2, 0. */
  const Table *t = look_table(a, "lessons", "2")->table;
  assert_int_equal(t->n_rows, 4);
  check_lesson(t, "x/one", 8, 4, 3, 1, 2, 0.15);
  check_lesson(t, "x/two", 9, 3, 3, 1, 2, 0.25);
  /* A 3, B 1, C 3, D 2; 0.1, 0.7, 0, 0 */
  check_lesson(t, "y/three", 8, 2, 2, 1, 2.5, 0.05);
  /* 4, 4, 3, 1; 0, 0, 0, 1 */
  check_lesson(t, "z/four", 100, 1, 1, 1, 3.5, 0);
  assert_string_equal(look_text(t, 0, "lesson"), "x/two");
  assert_int_equal(look_int(t, look_row(t, "lesson", "x/one"), "paths"), 2);
  t = look_table(a, "modules", "2")->table;
  assert_int_equal(t->n_rows, 3);
  /* x: 9, 3, 5, 0 hits; ranks 1, 2, 1, 2; shares 0.9, 0.3, 1, 0 */
  check_lesson(t, "x", 17, 4, 3, 2, 1.5, 0.6);
  t = look_table(a, "cohort_tops", "2")->table;
  assert_int_equal(t->n_rows, 4);
  guint row = look_row(t, "cohort_name", "Birch");
  assert_string_equal(look_text(t, row, "cohort"), "2");
  assert_int_equal(look_int(t, row, "hits"), 10);
  assert_string_equal(look_text(t, row, "lesson"), "y/three");
  assert_int_equal(look_int(t, row, "lesson_hits"), 7);
  look_near(look_real(t, row, "lesson_share"), 0.7);
  assert_string_equal(look_text(t, row, "module"), "y");
  row = look_row(t, "cohort_name", "Aster");
  assert_string_equal(look_text(t, row, "module"), "x");
  assert_int_equal(look_int(t, row, "module_hits"), 9);
  answer_free(a);
  bed_free(bed);
}

static void test_traffic_findings(void **state)
{
  (void)state;
  Bed *bed = bed_new(four_cohorts());
  Answer *a = answer(bed, 1);
  const Finding *f = look_finding(a, "the lesson with the most hits is z/four", NULL);
  assert_non_null(f);
  assert_non_null(strstr(f->text, "100 hits by 1 user, 80.0 %"));
  assert_non_null(strstr(f->text, "Next by hits are x/two with 9 and "));
  assert_null(strstr(f->text, "also the steadiest"));
  assert_string_equal(f->link->view, "cohorts");
  f = look_finding(a, "the steadiest lesson across cohorts is another, x/two", NULL);
  assert_non_null(f);
  assert_non_null(strstr(
      f->text, "among the 5 most read in 3 of 4 cohorts, median place 2, median share 25.0 %"));
  f = look_finding(a, "the module with the most hits is z", NULL);
  assert_non_null(f);
  assert_true(
      answer_notes(a, "Data Science has 2 hits on lessons by 1 user in the whole log: too few"));
  answer_free(a);
  bed_free(bed);
}

static void test_traffic_agrees(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Aster", "2020-01-06", "2020-03-27", "2");
  bed_cohort(b, "2", "Birch", "2020-01-06", "2020-03-27", "2");
  hits(b, "2020-02-03 10:00:00", "11", "1", "x/one", 70);
  hits(b, "2020-02-03 10:00:00", "11", "1", "x/two", 30);
  hits(b, "2020-02-03 10:00:00", "21", "2", "x/one", 2);
  Bed *bed = bed_new(b);
  Answer *a = answer(bed, 1);
  assert_non_null(look_finding(a, "the lesson with the most hits is x/one: 72 hits by 2 users",
                               "and among the 5 most read in 2 of 2 cohorts. It is also the "
                               "steadiest across cohorts: median place 1, median share 85.0 %"));
  assert_non_null(look_finding(a, "Next by hits is x/two with 30.", NULL));
  assert_null(look_finding(a, "is another", NULL));
  answer_free(a);
  bed_free(bed);
}

/* --- question 2 ---------------------------------------------------------------------------------
 */

#define STUDENTS 6

static void read_by_all(LogBuilder *b, const char *cohort, const char *when, const char *path,
                        guint n)
{
  for (guint s = 0; s < STUDENTS; s++) {
    char *user = g_strdup_printf("%s-%u", cohort, s);
    hits(b, when, user, cohort, path, n);
    g_free(user);
  }
}

/* Five cohorts read y/base 20 times a student; the others x/special once, cohort 1 five times; all
 * but cohort 1 read x/new twice in the first week, and a sixth, of which the log has only that
 * week, does so, too. */
static LogBuilder *special_lesson(void)
{
  static const char *const ids[] = {"1", "2", "3", "4", "5"};
  LogBuilder *b = log_builder_new();
  for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
    bed_cohort(b, ids[i], ids[i], "2020-01-06", "2020-03-27", "2");
    read_by_all(b, ids[i], "2020-01-06 09:00:00", "y/base", 10);
    if (i)
      read_by_all(b, ids[i], "2020-01-07 09:00:00", "x/new", 5);
    read_by_all(b, ids[i], "2020-02-06 09:00:00", "x/special", i ? 1 : 5);
    read_by_all(b, ids[i], "2020-03-27 09:00:00", "y/base", 80);
  }
  bed_cohort(b, "6", "6", "2020-03-23", "2020-06-19", "2");
  read_by_all(b, "6", "2020-03-23 09:00:00", "y/base", 10);
  read_by_all(b, "6", "2020-03-24 09:00:00", "x/new", 5);
  bed_cohort(b, "7", "Lone", "2020-01-06", "2020-03-27", "3");
  read_by_all(b, "7", "2020-02-06 09:00:00", "s/first", 5);
  return b;
}

static void test_outliers(void **state)
{
  (void)state;
  Bed *bed = bed_new(special_lesson());
  Answer *a = answer(bed, 2);
  assert_string_equal(a->scope, "kind=lesson phase=class");
  const Table *t = look_table(a, "outliers", "2")->table;
  assert_int_equal(t->n_rows, 1);
  assert_string_equal(look_text(t, 0, "lesson"), "x/special");
  assert_string_equal(look_text(t, 0, "cohort"), "1");
  assert_int_equal(look_int(t, 0, "hits"), 30);
  look_near(look_real(t, 0, "hits_per_student"), 5);
  look_near(look_real(t, 0, "others_median"), 1);
  look_near(look_real(t, 0, "others_least"), 1);
  assert_int_equal(look_int(t, 0, "others_glossed"), 4);
  assert_int_equal(look_int(t, 0, "others_seen"), 4);
  assert_int_equal(look_int(t, 0, "others_tested"),
                   4); /* the sixth class began after its last hit */
  /* cohort 1: 95 hits a student; 2 to 5: 96 */
  double expected = 54 * 570.0 / (570 + 4 * 576);
  look_near(look_real(t, 0, "expected_hits"), expected);
  look_near(look_real(t, 0, "lift"), 30 / expected);
  t = look_table(a, "not_outliers", "2")->table;
  assert_int_equal(t->n_rows, 1);
  assert_string_equal(look_text(t, 0, "lesson"), "x/new");
  assert_string_equal(look_text(t, 0, "cohort"), "6");
  t = look_table(a, "equal_weeks", "2")->table;
  assert_int_equal(t->n_rows, 2);
  guint row = look_row(t, "lesson", "x/new");
  assert_string_equal(look_text(t, row, "verdict"), "course-weeks");
  assert_int_equal(look_int(t, row, "first_week"), 1);
  assert_int_equal(look_int(t, row, "last_week"), 1);
  assert_int_equal(look_int(t, row, "weeks"), 13);
  assert_int_equal(look_int(t, row, "others"), 5);
  /* first week: cohort 1 60 hits, 2 to 5 and 6 90 each */
  look_near(look_real(t, row, "lift_same_weeks"), 30 / (150 * 90.0 / 510));
  look_near(look_real(t, row, "others_median"), 5);
  t = look_table(a, "outlier_modules", "2")->table;
  assert_int_equal(t->n_rows, 1);
  assert_string_equal(look_text(t, 0, "module"), "x");
  answer_free(a);
  bed_free(bed);
}

static void test_outlier_findings(void **state)
{
  (void)state;
  Bed *bed = bed_new(special_lesson());
  Answer *a = answer(bed, 2);
  assert_true(answer_notes(a, "Full Stack Java: 17 pairs of lesson and cohort were tested (3 "
                              "lessons, 6 cohorts), and in 1 a cohort dwelt on a lesson far more "
                              "than the others did; 1 more looked like it and is not: 0 carried by "
                              "one reader, 1 explained by the weeks"));
  assert_true(g_str_has_prefix(((Finding *)g_ptr_array_index(a->findings, 0))->text,
                               "Full Stack Java: one case: "));
  assert_non_null(
      look_finding(a,
                   "1 opened x/special 30 times in class, 5.0 times a student, where the "
                   "median of 4 other cohorts is 1.0 and the least 1.0; 4 of them "
                   "glossed over it",
                   NULL));
  assert_non_null(look_finding(a, "Data Science: fewer than two classes", NULL));
  assert_null(look_finding(a, "x/new", NULL));
  answer_free(a);
  bed_free(bed);
}

/* Hits in another cohort than the one with most of a student's hits are left out, and said so. */
static void test_several_cohorts(void **state)
{
  (void)state;
  LogBuilder *b = special_lesson();
  hits(b, "2020-02-06 12:00:00", "2-0", "3", "x/special", 9);
  Bed *bed = bed_new(b);
  Answer *a = answer(bed, 2);
  assert_int_equal(look_left_out(a, "a class that is not theirs"), 9);
  const Table *t = look_table(a, "outliers", "2")->table;
  assert_int_equal(t->n_rows, 1);
  assert_int_equal(look_int(t, 0, "hits"), 30);
  answer_free(a);
  bed_free(bed);
}

static void test_empty_log(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  for (guint q = 1; q <= 2; q++) {
    Answer *a = answer(bed, q);
    assert_int_equal(a->kept, 0);
    assert_int_equal(a->findings->len, 1);
    answer_free(a);
  }
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_traffic),          cmocka_unit_test(test_traffic_findings),
      cmocka_unit_test(test_traffic_agrees),   cmocka_unit_test(test_outliers),
      cmocka_unit_test(test_outlier_findings), cmocka_unit_test(test_several_cohorts),
      cmocka_unit_test(test_empty_log),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
