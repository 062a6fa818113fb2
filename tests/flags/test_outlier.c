/* Lesson outliers: small schools whose numbers are worked out by hand. */
#include "core/flags/outlier.h"
#include "tests/flags/bed.h"

#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#define STUDENTS 6
#define SPECIAL  "x/special"
#define BASE     "x/base"

/* Cohort `id` of program 2, students id-0 to id-5. */
static void add_cohort(LogBuilder *b, const char *id, const char *start, const char *end)
{
  char *name = g_strdup_printf("Class %s", id);
  bed_cohort(b, id, name, start, end, "2");
  g_free(name);
}

/* `n` hits of one student of a cohort from that time on, a minute apart. */
static void read_by(LogBuilder *b, const char *cohort, guint student, const char *when,
                    const char *path, guint n)
{
  char *user = g_strdup_printf("%s-%u", cohort, student);
  for (guint i = 0; i < n; i++)
    bed_hit(b, bed_time(when) + (CivilTime)i * 60, user, cohort, path, "192.0.2.1");
  g_free(user);
}

static void read_by_all(LogBuilder *b, const char *cohort, const char *when, const char *path,
                        guint n)
{
  for (guint s = 0; s < STUDENTS; s++)
    read_by(b, cohort, s, when, path, n);
}

/* Four cohorts of twelve weeks; every student reads 20 times the one, once the other lesson. Hits
 * stand in the first and the last week, so that the log covers the classes. */
static LogBuilder *four_others(void)
{
  static const char *const ids[] = {"2", "3", "4", "5"};
  LogBuilder *b = log_builder_new();
  for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
    add_cohort(b, ids[i], "2020-01-06", "2020-03-27");
    read_by_all(b, ids[i], "2020-01-06 09:00:00", BASE, 10);
    read_by_all(b, ids[i], "2020-02-06 09:00:00", SPECIAL, 1);
    read_by_all(b, ids[i], "2020-03-27 09:00:00", BASE, 10);
  }
  return b;
}

static Outliers *outliers_of(Bed *bed)
{
  return outliers_new(bed->study, NULL);
}

/* The only case; fails when there is another number of them. */
static const OutlierCase *only_case(const Outliers *x)
{
  assert_int_equal(x->cases->len, 1);
  return &g_array_index(x->cases, OutlierCase, 0);
}

static void assert_near(double got, double expected)
{
  if (!(fabs(got - expected) <= 1e-9 * MAX(1, fabs(expected))))
    fail_msg("%.12g is not %.12g", got, expected);
}

/* Cohort 1 reads the special lesson five times a student, as the others once. Shares are 5/25 and
 * 1/21: the ranks of the six are 25 to 30 (27.5 each), those of the 24 others 1 to 24. U = 144, its
 * mean 72, its variance 144/12 * (31 - ((24^3 - 24) + (6^3 - 6)) / (30 * 29)) = 178.7586; with the
 * continuity correction z = 5.347768, one tail 4.4523e-8. Ten tests, this p the smallest. */
static void test_finding(void **state)
{
  (void)state;
  LogBuilder *b = four_others();
  add_cohort(b, "1", "2020-01-06", "2020-03-27");
  read_by_all(b, "1", "2020-01-07 09:00:00", BASE, 20);
  read_by_all(b, "1", "2020-02-06 09:00:00", SPECIAL, 5);
  /* not in class, and not lessons */
  read_by_all(b, "1", "2020-05-06 09:00:00", SPECIAL, 7);
  read_by_all(b, "1", "2020-02-06 10:00:00", "/", 7);
  Bed *bed = bed_new(b);
  Outliers *x = outliers_of(bed);
  const OutlierCase *c = only_case(x);
  assert_int_equal(x->n_tests, 10);
  assert_int_equal(x->hits, 4 * 6 * 21 + 6 * 25);
  assert_int_equal(x->programs->len, 1);
  const OutlierProgram *program = &g_array_index(x->programs, OutlierProgram, 0);
  assert_int_equal(program->n_tests, 10);
  assert_int_equal(program->n_lessons, 2);
  assert_int_equal(program->n_cohorts, 5);
  assert_int_equal(c->verdict, OUTLIER_YES);
  assert_string_equal(cohort_table_get(bed->ds->log->cohorts, c->cohort)->id, "1");
  assert_string_equal(bed->ds->catalog->entries[c->lesson].name, SPECIAL);
  assert_int_equal(c->hits, 30);
  assert_int_equal(c->students, 6);
  assert_int_equal(c->readers, 6);
  assert_near(c->per_student, 5);
  assert_near(c->share, 30 / 150.0);
  assert_near(c->all.expected, 54 * 150.0 / 654);
  assert_near(c->all.lift, 30 / (54 * 150.0 / 654));
  assert_near(c->excess, 30 - 54 * 150.0 / 654);
  assert_near(c->less.expected, 49 * 125.0 / 629);
  assert_near(c->less.lift, 25 / (49 * 125.0 / 629));
  assert_int_equal(c->heaviest_hits, 5);
  assert_near(c->effect, 1);
  double z = (144 - 72 - 0.5) / sqrt(144 / 12.0 * (31 - 14010 / 870.0));
  assert_true(fabs(c->p / (erfc(z / sqrt(2)) / 2) - 1) < 1e-6);
  assert_true(fabs(c->q / c->p - 10) < 1e-6);
  assert_int_equal(c->others, 4);
  assert_int_equal(c->seen, 4);
  assert_near(c->seen_median, 1);
  assert_near(c->seen_least, 1);
  assert_int_equal(c->glossed, 4);
  assert_int_equal(c->first_week, 1);
  assert_int_equal(c->last_week, 12);
  assert_int_equal(c->weeks, 12);
  assert_int_equal(c->week_others, 4);
  assert_near(c->in_weeks.lift, c->all.lift);
  assert_near(c->week_median, 1);
  outliers_free(x);
  bed_free(bed);
}

/* Five students read it twice, one sixty times: above the others, but only by the one. */
static void test_one_reader(void **state)
{
  (void)state;
  LogBuilder *b = four_others();
  add_cohort(b, "1", "2020-01-06", "2020-03-27");
  read_by_all(b, "1", "2020-01-07 09:00:00", BASE, 20);
  read_by_all(b, "1", "2020-02-06 09:00:00", SPECIAL, 2);
  read_by(b, "1", 3, "2020-02-06 09:30:00", SPECIAL, 58);
  Bed *bed = bed_new(b);
  Outliers *x = outliers_of(bed);
  const OutlierCase *c = only_case(x);
  assert_int_equal(c->verdict, OUTLIER_ONE_READER);
  assert_string_equal(outlier_verdict_name(c->verdict), "one-reader");
  assert_int_equal(c->hits, 70);
  assert_int_equal(c->heaviest, bed_user(bed, "1-3"));
  assert_int_equal(c->heaviest_hits, 60);
  assert_near(c->all.lift, 70 / (94 * 190.0 / 694));
  assert_near(c->less.lift, 10 / (34 * 110.0 / 614));
  FlagSet *set = bed_run(bed, RULE_LESSON_OUTLIER, NULL);
  assert_int_equal(set->flags->len, 0);
  flag_set_free(set);
  outliers_free(x);
  bed_free(bed);
}

/* One student alone cannot make a case, however heavy. */
static void test_lone_reader(void **state)
{
  (void)state;
  LogBuilder *b = four_others();
  add_cohort(b, "1", "2020-01-06", "2020-03-27");
  read_by_all(b, "1", "2020-01-07 09:00:00", BASE, 20);
  read_by(b, "1", 3, "2020-02-06 09:30:00", SPECIAL, 300);
  Bed *bed = bed_new(b);
  Outliers *x = outliers_of(bed);
  assert_int_equal(x->cases->len, 0);
  outliers_free(x);
  bed_free(bed);
}

/* A class of which only the first week is in the log, and four that read the lesson at `when`. */
static Bed *one_week_of_class(const char *when)
{
  static const char *const ids[] = {"2", "3", "4", "5"};
  LogBuilder *b = log_builder_new();
  for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
    add_cohort(b, ids[i], "2020-01-06", "2020-03-27");
    read_by_all(b, ids[i], "2020-01-06 09:00:00", BASE, 5);
    read_by_all(b, ids[i], when, SPECIAL, 5);
    read_by_all(b, ids[i], "2020-03-27 09:00:00", BASE, 80);
  }
  add_cohort(b, "1", "2020-03-23", "2020-06-19");
  read_by_all(b, "1", "2020-03-23 09:00:00", BASE, 5);
  read_by_all(b, "1", "2020-03-24 09:00:00", SPECIAL, 5);
  return bed_new(b);
}

/* Everybody reads the lesson in the first week; a class of which only that week is in the log has
 * nothing else to show. */
static void test_young_cohort(void **state)
{
  (void)state;
  Bed *bed = one_week_of_class("2020-01-07 09:00:00");
  Outliers *x = outliers_of(bed);
  const OutlierCase *c = only_case(x);
  assert_int_equal(c->verdict, OUTLIER_WEEKS);
  assert_near(c->all.lift, 30 / (150 * 60.0 / 2220));
  assert_int_equal(c->first_week, 1);
  assert_int_equal(c->last_week, 1);
  assert_int_equal(c->weeks, 13);
  assert_int_equal(c->week_others, 4);
  assert_near(c->in_weeks.lift, 1);
  assert_near(c->week_median, 5);
  assert_int_equal(c->seen, 4);
  outliers_free(x);
  bed_free(bed);
}

/* The others come to the lesson in their third week and read it as much: in the first week alone
 * nobody else has read it, but a student here has not read it more often than there. */
static void test_early_cohort(void **state)
{
  (void)state;
  Bed *bed = one_week_of_class("2020-01-24 09:00:00");
  Outliers *x = outliers_of(bed);
  const OutlierCase *c = only_case(x);
  assert_near(c->in_weeks.lift, 30 / (30 * 60.0 / 180));
  assert_near(c->seen_median, 5);
  assert_int_equal(c->verdict, OUTLIER_WEEKS);
  outliers_free(x);
  bed_free(bed);
}

/* Classes that were over before the lesson's first hit, or that began after its last, could not
 * read it; staff and other programs are no company. */
static void test_comparable(void **state)
{
  (void)state;
  LogBuilder *b = four_others();
  add_cohort(b, "1", "2020-01-06", "2020-03-27");
  read_by_all(b, "1", "2020-01-07 09:00:00", BASE, 20);
  read_by_all(b, "1", "2020-02-06 09:00:00", SPECIAL, 5);
  add_cohort(b, "6", "2019-06-03", "2019-09-27");
  read_by_all(b, "6", "2019-06-03 09:00:00", BASE, 30);
  add_cohort(b, "7", "2020-03-02", "2020-07-31");
  read_by_all(b, "7", "2020-03-02 09:00:00", BASE, 30);
  bed_cohort(b, "8", "Data", "2020-01-06", "2020-03-27", "3");
  read_by_all(b, "8", "2020-02-06 09:00:00", SPECIAL, 1);
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  read_by_all(b, "9", "2020-02-06 09:00:00", SPECIAL, 1);
  Bed *bed = bed_new(b);
  Outliers *x = outliers_of(bed);
  const OutlierCase *c = only_case(x);
  assert_int_equal(c->others, 4);
  assert_near(c->all.lift, 30 / (54 * 150.0 / 654));
  /* base: seven cohorts; special: five; in the other program nobody to compare with */
  assert_int_equal(x->n_tests, 12);
  outliers_free(x);
  bed_free(bed);
}

static void test_small_cohorts(void **state)
{
  (void)state;
  LogBuilder *b = four_others();
  add_cohort(b, "1", "2020-01-06", "2020-03-27");
  for (guint s = 0; s < 4; s++) { /* one student too few */
    read_by(b, "1", s, "2020-01-07 09:00:00", BASE, 20);
    read_by(b, "1", s, "2020-02-06 09:00:00", SPECIAL, 12);
  }
  Bed *bed = bed_new(b);
  Outliers *x = outliers_of(bed);
  assert_int_equal(x->cases->len, 0);
  assert_int_equal(x->n_tests, 8);
  outliers_free(x);
  OutlierOptions o;
  outlier_options_init(&o);
  o.students = 4;
  x = outliers_new(bed->study, &o);
  assert_int_equal(x->cases->len, 1);
  outliers_free(x);
  bed_free(bed);
}

static void test_empty(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  Outliers *x = outliers_of(bed);
  assert_int_equal(x->n_tests, 0);
  assert_int_equal(x->cases->len, 0);
  outliers_free(x);
  bed_free(bed);
}

static void test_rule(void **state)
{
  (void)state;
  LogBuilder *b = four_others();
  add_cohort(b, "1", "2020-01-06", "2020-03-27");
  read_by_all(b, "1", "2020-01-07 09:00:00", BASE, 20);
  read_by_all(b, "1", "2020-02-06 09:00:00", SPECIAL, 5);
  read_by_all(b, "1", "2020-05-06 09:00:00", SPECIAL, 7);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_LESSON_OUTLIER, NULL);
  assert_int_equal(set->flags->len, 1);
  const Flag *f = g_ptr_array_index(set->flags, 0);
  assert_int_equal(f->subject, SUBJECT_LESSON);
  assert_int_equal(f->lesson, catalog_find(bed->ds->catalog, SPECIAL));
  assert_string_equal(cohort_table_get(bed->ds->log->cohorts, f->cohort)->id, "1");
  assert_int_equal(f->events, 30);
  assert_int_equal(f->n_users, 0);
  assert_int_equal(f->n_ips, 0);
  assert_true(f->from == bed_time("2020-02-06 09:00:00"));
  assert_true(f->to == bed_time("2020-02-06 09:04:00"));
  double lift = 25 / (49 * 125.0 / 629);
  assert_near(bed_term(f, "lift without the heaviest reader"), lift);
  assert_near(f->raw_score, 100 * (1 - exp2(-sqrt(lift / 2 * 30 / 25.0))));
  assert_near(f->baselines[BASELINE_PROGRAM].value, 1);
  assert_int_equal(f->baselines[BASELINE_PROGRAM].n, 4);
  assert_non_null(strstr(f->text, "Class 1 opened x/special 30 times in class, 5.0 hits a student, "
                                  "2.4 times"));
  flag_set_free(set);
  set = bed_run(bed, RULE_LESSON_OUTLIER, "lift=3");
  assert_int_equal(set->flags->len, 0);
  flag_set_free(set);
  set = bed_run(bed, RULE_LESSON_OUTLIER, "hits=31");
  assert_int_equal(set->flags->len, 0);
  flag_set_free(set);
  set = bed_run(bed, RULE_LESSON_OUTLIER, "q=0.0001");
  assert_int_equal(set->flags->len, 1);
  flag_set_free(set);
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_finding),       cmocka_unit_test(test_one_reader),
      cmocka_unit_test(test_lone_reader),   cmocka_unit_test(test_young_cohort),
      cmocka_unit_test(test_early_cohort),  cmocka_unit_test(test_comparable),
      cmocka_unit_test(test_small_cohorts), cmocka_unit_test(test_empty),
      cmocka_unit_test(test_rule),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
