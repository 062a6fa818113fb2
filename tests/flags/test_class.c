/* Low activity and gone quiet: a class of eight weeks whose weekdays can be counted by hand, with
 * one student for each reason. */
#include "tests/flags/bed.h"

#include "core/flags/lowactivity.h"
#include "core/flags/quiet.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#define SITE "192.0.2.1"

/* Six hits on each weekday of the days from..to: one at school, five at home. */
static void reads(LogBuilder *b, const char *user, const char *cohort, const char *from,
                  const char *to, const char *home)
{
  CivilTime end = bed_time(to);
  for (CivilTime t = bed_time(from); t <= end; t += CIVIL_DAY) {
    if (civil_weekday(civil_day_of(t)) > 4)
      continue;
    bed_hit(b, t + 9 * 3600, user, cohort, "web/p0", SITE);
    bed_pages(b, t + 19 * 3600, user, cohort, "web", 5, 60, home);
  }
}

static void class_of(LogBuilder *b, const char *cohort, guint n, const char *from, const char *to)
{
  for (guint i = 0; i < n; i++) {
    char user[32], home[32];
    g_snprintf(user, sizeof user, "c%s-%u", cohort, i);
    g_snprintf(home, sizeof home, "198.51.%s.%u", cohort, 10 + i);
    reads(b, user, cohort, from, to, home);
  }
}

/* The log runs from Monday 2019-01-07 to Friday 2019-03-01: 40 weekdays, all of cohort 1. */
static Bed *school(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2019-01-07", "2019-03-01", "2");
  bed_cohort(b, "2", "Beta", "2018-12-03", "2019-01-25", "2");
  bed_cohort(b, "3", "Gamma", "2019-02-18", "2019-04-12", "2");
  bed_cohort(b, "5", "Old", "2016-01-04", "2016-05-06", "2");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  class_of(b, "1", 10, "2019-01-07", "2019-03-01");
  class_of(b, "2", 5, "2019-01-07", "2019-01-25");
  class_of(b, "3", 5, "2019-02-18", "2019-03-01");
  reads(b, "dropout", "1", "2019-01-07", "2019-01-09", "203.0.113.1");
  reads(b, "late", "1", "2019-02-28", "2019-02-28", "203.0.113.2");
  reads(b, "hush", "1", "2019-01-07", "2019-02-15", "203.0.113.3");
  bed_pages(b, bed_time("2019-01-08 10:00:00"), "dummy", "1", "web", 4, 60, SITE);
  bed_pages(b, bed_time("2019-01-07 20:00:00"), "first", "1", "web", 3, 60, "203.0.113.50");
  reads(b, "second", "1", "2019-01-08", "2019-03-01", "203.0.113.50");
  bed_hit(b, bed_time("2019-01-07 20:32:00"), "second", "1", "web/p1", "203.0.113.50");
  bed_pages(b, bed_time("2019-01-09 11:00:00"), "edge2", "2", "web", 2, 60, "203.0.113.7");
  bed_pages(b, bed_time("2019-02-20 11:00:00"), "edge3", "3", "web", 2, 60, "203.0.113.8");
  bed_pages(b, bed_time("2019-02-04 11:00:00"), "graduate", "2", "web", 9, 60, "203.0.113.9");
  bed_pages(b, bed_time("2019-02-05 11:00:00"), "teacher", "1", "web", 5, 60, "203.0.113.20");
  bed_pages(b, bed_time("2019-02-06 11:00:00"), "teacher", "9", "web", 8, 60, "203.0.113.20");
  bed_pages(b, bed_time("2019-02-07 11:00:00"), "tryout", "5", "web", 3, 60, SITE);
  bed_pages(b, bed_time("2019-02-07 11:00:00"), "alumna", "5", "web", 3, 60, "203.0.113.30");
  return bed_new(b);
}

static const LowStudent *listed(const LowActivity *l, const Bed *bed, const char *user)
{
  guint32 key = bed_user(bed, user);
  for (guint i = 0; i < l->n; i++)
    if (l->students[i].user == key)
      return &l->students[i];
  return NULL;
}

static void assert_reasons(const LowActivity *l, const Bed *bed, const char *user,
                           const char *reasons)
{
  const LowStudent *s = listed(l, bed, user);
  if (!s)
    fail_msg("%s is not listed", user);
  char *names = low_reasons_names(s);
  assert_string_equal(names, reasons);
  g_free(names);
}

static void test_classes(void **state)
{
  const Bed *bed = *state;
  Classes *all = classes_new(bed->study, CIVIL_DAY_NONE);
  /* cohort 5 has no day in the log, but students with rows */
  assert_int_equal(all->n, 4);
  const SchoolClass *alpha = NULL, *beta = NULL;
  for (guint i = 0; i < all->n; i++) {
    const char *id = cohort_table_get(bed->ds->log->cohorts, all->classes[i].cohort)->id;
    alpha = strcmp(id, "1") == 0 ? &all->classes[i] : alpha;
    beta = strcmp(id, "2") == 0 ? &all->classes[i] : beta;
  }
  assert_non_null(alpha);
  assert_non_null(beta);
  assert_int_equal(alpha->n_class_days, 40);
  assert_int_equal(alpha->n_active, 17);
  assert_int_equal(beta->n_class_days, 15);
  assert_int_equal(beta->from, civil_day_of(bed_time("2019-01-07")));
  assert_int_equal(beta->n_students, 7);
  assert_int_equal(beta->n_active, 6);
  CivilDay monday = civil_day_of(bed_time("2019-01-14"));
  assert_int_equal(class_days_between(alpha, monday, monday + 6), 5);
  classes_free(all);
}

static void test_who_is_listed(void **state)
{
  const Bed *bed = *state;
  LowActivity *l = low_activity_new(bed->study, NULL);
  static const char *const users[] = {"dropout", "late",  "dummy",   "first",
                                      "edge2",   "edge3", "teacher", "tryout"};
  for (guint i = 0; i < G_N_ELEMENTS(users); i++)
    if (!listed(l, bed, users[i]))
      fail_msg("%s is not listed", users[i]);
  assert_int_equal(l->n, G_N_ELEMENTS(users));
  const LowStudent *s = listed(l, bed, "dropout");
  assert_int_equal(s->hits, 18);
  assert_int_equal(s->listed & (LOW_SHARE | LOW_FEW_HITS), LOW_SHARE);
  assert_float_equal(s->share, 18 / 240.0, 1e-9);
  assert_float_equal(s->per_day, 18 / 40.0, 1e-9);
  s = listed(l, bed, "dummy");
  assert_int_equal(s->listed & LOW_FEW_HITS, LOW_FEW_HITS);
  assert_int_equal(s->hits, 4);
  assert_int_equal(s->n_ips, 1);
  s = listed(l, bed, "first");
  assert_int_equal(s->linked, bed_user(bed, "second"));
  assert_int_equal(s->n_sharers, 1);
  assert_int_equal(s->evidence[REASON_LINKED_ID], 30);
  s = listed(l, bed, "tryout");
  assert_null(s->in);
  assert_int_equal(s->listed, LOW_TEST_ID);
  /* read after the class only: not judged, but told */
  assert_int_equal(l->never->len, 1);
  assert_int_equal(g_array_index(l->never, LowStudent, 0).user, bed_user(bed, "graduate"));
  low_activity_free(l);
}

static void test_reasons(void **state)
{
  const Bed *bed = *state;
  LowActivity *l = low_activity_new(bed->study, NULL);
  assert_reasons(l, bed, "dropout", "first-days-only, stopped");
  assert_reasons(l, bed, "late", "late-joiner, one-day");
  assert_reasons(l, bed, "dummy", "first-days-only, stopped, one-day, staff-or-test-account");
  assert_reasons(l, bed, "first", "first-days-only, stopped, one-day, linked-id");
  assert_reasons(l, bed, "edge2", "log-starts-late, first-days-only, stopped, one-day");
  assert_reasons(l, bed, "edge3", "log-ends-early, one-day");
  assert_reasons(l, bed, "teacher", "stopped, late-joiner, one-day, staff-or-test-account");
  assert_reasons(l, bed, "tryout", "staff-or-test-account");
  assert_int_equal(listed(l, bed, "dropout")->evidence[REASON_STOPPED], 37);
  assert_int_equal(listed(l, bed, "late")->evidence[REASON_LATE_JOINER], 38);
  assert_int_equal(listed(l, bed, "edge2")->evidence[REASON_LOG_STARTS_LATE], 35);
  assert_int_equal(listed(l, bed, "edge3")->evidence[REASON_LOG_ENDS_EARLY], 42);
  char *text = low_reasons_text(listed(l, bed, "late"));
  assert_string_equal(text, "no hit on the first 38 class days; one day only (6 hits)");
  g_free(text);
  low_activity_free(l);
}

static void test_options(void **state)
{
  const Bed *bed = *state;
  LowOptions o;
  low_options_init(&o);
  o.hits = 0;
  o.share = 0;
  o.z = -1e9;
  LowActivity *l = low_activity_new(bed->study, &o);
  assert_int_equal(l->n, 0);
  low_activity_free(l);
  o.share = 0.05; /* of 240: up to 11 hits; "hits" alone no longer counts */
  l = low_activity_new(bed->study, &o);
  assert_null(listed(l, bed, "dropout"));
  assert_non_null(listed(l, bed, "late"));
  low_activity_free(l);
}

/* --- quiet -------------------------------------------------------------------------------------
 */

static const QuietStudent *quiet_of(const Quiet *q, const Bed *bed, const char *user)
{
  for (guint i = 0; i < q->n; i++)
    if (q->students[i].user == bed_user(bed, user))
      return &q->students[i];
  return NULL;
}

static const QuietClass *running(const Quiet *q, const Bed *bed, const char *cohort)
{
  for (guint i = 0; i < q->n_classes; i++)
    if (strcmp(cohort_table_get(bed->ds->log->cohorts, q->running[i].in->cohort)->id, cohort) == 0)
      return &q->running[i];
  return NULL;
}

static void test_quiet(void **state)
{
  const Bed *bed = *state;
  Quiet *q = quiet_new(bed->study, NULL);
  assert_int_equal(q->n_classes, 2); /* Alpha on its last day, and Gamma */
  const QuietClass *alpha = running(q, bed, "1");
  assert_int_equal(alpha->week, 8);
  assert_float_equal(alpha->week_median, 30, 0); /* 11 read on all five days, 6 did not */
  /* Beta is earlier, and its eighth week lies in the log */
  assert_int_equal(alpha->earlier_classes, 1);
  assert_float_equal(alpha->earlier_median, 30, 0);
  const QuietStudent *s = quiet_of(q, bed, "hush");
  assert_int_equal(s->why, QUIET_SILENT | QUIET_WEEK);
  assert_int_equal(s->class_days_quiet, 10);
  assert_int_equal(s->days_quiet, 14);
  assert_int_equal(s->weeks_active, 6);
  assert_int_equal(s->week_hits, 0);
  assert_int_equal(quiet_of(q, bed, "c1-0")->why, 0);
  /* one week with hits only: never really there, which is low activity */
  assert_int_equal(quiet_of(q, bed, "dropout")->why, 0);
  assert_int_equal(q->n_quiet, 1);
  quiet_free(q);
}

/* Seen from a day before: rows after it do not count. */
static void test_quiet_then(void **state)
{
  const Bed *bed = *state;
  StudyOptions o;
  study_options_init(&o);
  o.today = civil_day_of(bed_time("2019-02-20"));
  Study *then = study_new(bed->ds, &o, NULL);
  Quiet *q = quiet_new(then, NULL);
  const QuietStudent *s = quiet_of(q, bed, "hush");
  assert_int_equal(s->class_days_quiet, 3);
  assert_int_equal(s->days_quiet, 5);
  assert_int_equal(s->why, QUIET_WEEK); /* three class days of the week have passed without a hit */
  assert_int_equal(quiet_of(q, bed, "c1-0")->hits, 33 * 6);
  assert_int_equal(running(q, bed, "1")->week, 7);
  quiet_free(q);
  study_free(then);
}

/* --- rules -------------------------------------------------------------------------------------
 */

static void test_rules(void **state)
{
  const Bed *bed = *state;
  FlagSet *set = bed_run(bed, RULE_LOW_ACTIVITY, NULL);
  assert_int_equal(set->count[RULE_LOW_ACTIVITY], 8);
  const Flag *f = bed_flag_of(bed, set, RULE_LOW_ACTIVITY, "dropout");
  assert_float_equal(bed_term(f, "hits in class"), 18, 0);
  assert_int_equal(f->events, 18);
  assert_true(f->score > 50);
  assert_float_equal(f->baselines[BASELINE_COHORT].value, 240, 0);
  assert_non_null(strstr(f->text, "18 hits in class"));
  assert_int_equal(bed_flag_of(bed, set, RULE_LOW_ACTIVITY, "teacher")->doubts, DOUBT_STAFF);
  /* of Gamma the log shows ten class days only */
  assert_int_equal(bed_flag_of(bed, set, RULE_LOW_ACTIVITY, "edge3")->doubts, DOUBT_LOG_EDGE);
  flag_set_free(set);
  set = bed_run(bed, RULE_LOW_ACTIVITY, "hits=0 share=0 z=-10");
  assert_int_equal(set->count[RULE_LOW_ACTIVITY], 0);
  flag_set_free(set);
  set = bed_run(bed, RULE_GONE_QUIET, NULL);
  assert_int_equal(set->count[RULE_GONE_QUIET], 1);
  f = bed_flag_of(bed, set, RULE_GONE_QUIET, "hush");
  assert_float_equal(bed_term(f, "class days quiet"), 10, 0);
  flag_set_free(set);
  set = bed_run(bed, RULE_GONE_QUIET, "days=11 share=0");
  assert_int_equal(set->count[RULE_GONE_QUIET], 0);
  flag_set_free(set);
}

static void test_empty(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  LowActivity *l = low_activity_new(bed->study, NULL);
  assert_int_equal(l->n, 0);
  low_activity_free(l);
  Quiet *q = quiet_new(bed->study, NULL);
  assert_int_equal(q->n_classes, 0);
  quiet_free(q);
  bed_free(bed);
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
      cmocka_unit_test(test_classes), cmocka_unit_test(test_who_is_listed),
      cmocka_unit_test(test_reasons), cmocka_unit_test(test_options),
      cmocka_unit_test(test_quiet),   cmocka_unit_test(test_quiet_then),
      cmocka_unit_test(test_rules),   cmocka_unit_test(test_empty),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
