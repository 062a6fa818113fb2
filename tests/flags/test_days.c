/* Days outside their band, gaps of the log, and students who became staff. */
#include "tests/flags/bed.h"

#include "core/flags/becamestaff.h"
#include "core/flags/dayvolume.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

/* --- days --------------------------------------------------------------------------------------
 */

#define USERS 10

static CivilDay day_of(const char *date)
{
  return civil_day_of(bed_time(date));
}

static void hits_on(LogBuilder *b, CivilDay day, guint hits)
{
  for (guint i = 0; i < hits; i++) {
    char user[16];
    g_snprintf(user, sizeof user, "u%u", i % USERS);
    bed_hit(b, civil_day_start(day) + 9 * 3600 + (CivilTime)i * 10, user, "1", "web/p0",
            "192.0.2.1");
  }
}

/* From Monday 2019-01-07 on for 20 weeks: 190 to 210 hits on weekdays, 10 to 14 at weekends. */
static Bed *site(void)
{
  LogBuilder *b = log_builder_new();
  CivilDay from = day_of("2019-01-07"), to = day_of("2019-05-26");
  bed_cohort(b, "1", "Alpha", "2019-01-07", "2019-05-31", "2");
  for (CivilDay day = from; day <= to; day++) {
    guint jitter = (guint)(day * 7 % 21);
    guint hits = civil_weekday(day) < 5 ? 190 + jitter : 10 + jitter % 5;
    if (day == day_of("2019-03-12"))
      hits = 700; /* a Tuesday */
    if (day == day_of("2019-04-03"))
      hits = 40; /* a Wednesday, when usually 200 are made */
    if (day == day_of("2019-04-27"))
      hits = 150; /* a Saturday: few for a weekday, many for a weekend */
    if (day >= day_of("2019-05-08") && day <= day_of("2019-05-09"))
      hits = 0;
    hits_on(b, day, hits);
  }
  for (guint i = 0; i < 400; i++) /* one user makes a day of its own */
    bed_hit(b, bed_time("2019-05-20 20:00:00") + i, "u3", "1", "web/p1", "192.0.2.1");
  return bed_new(b);
}

static const DayOutlier *outlier(const DayVolume *v, const Bed *bed, const char *date,
                                 const char *cohort)
{
  for (guint i = 0; i < v->n; i++) {
    const char *id = cohort_table_get(bed->ds->log->cohorts, v->days[i].cohort)->id;
    if (bed->ds->log->first_day + (CivilDay)v->days[i].day == day_of(date) &&
        g_strcmp0(id, cohort) == 0)
      return &v->days[i];
  }
  return NULL;
}

static void test_outliers(void **state)
{
  const Bed *bed = *state;
  DayVolume *v = day_volume_new(bed->study, NULL);
  for (int w = 0; w < 7; w++)
    assert_int_equal(v->quiet_weekday[w], w >= 5);
  const DayOutlier *d = outlier(v, bed, "2019-03-12", NULL);
  assert_non_null(d);
  assert_true(d->above);
  assert_false(d->quiet);
  assert_int_equal(d->hits, 700);
  assert_int_equal(d->users, USERS);
  assert_int_equal(d->n_days, 46); /* weekdays before it */
  assert_true(d->mid > 195 && d->mid < 205);
  d = outlier(v, bed, "2019-04-03", NULL);
  assert_non_null(d);
  assert_false(d->above);
  d = outlier(v, bed, "2019-04-27", NULL);
  assert_non_null(d);
  assert_true(d->above && d->quiet);
  d = outlier(v, bed, "2019-05-20", NULL);
  assert_non_null(d);
  assert_int_equal(d->top_user, bed_user(bed, "u3"));
  assert_true(d->top_hits >= 400);
  /* the same days of the only class, which the site explains */
  d = outlier(v, bed, "2019-03-12", "1");
  assert_non_null(d);
  assert_true(d->site_too);
  /* the two empty days are below the band, too; nothing else is outside */
  assert_non_null(outlier(v, bed, "2019-05-08", NULL));
  guint site = 0;
  for (guint i = 0; i < v->n; i++)
    site += v->days[i].cohort == COHORT_NONE;
  assert_in_range(site, 5, 6);
  day_volume_free(v);
}

static void test_gaps(void **state)
{
  const Bed *bed = *state;
  DayVolume *v = day_volume_new(bed->study, NULL);
  assert_int_equal(v->n_gaps, 1);
  const LogGap *g = &v->gaps[0];
  assert_int_equal(g->from, day_of("2019-05-08"));
  assert_int_equal(g->to, day_of("2019-05-09"));
  assert_true(g->expected > 250 && g->expected < 420);
  assert_int_equal(civil_day_of(g->before), day_of("2019-05-07"));
  assert_int_equal(g->after, bed_time("2019-05-10 09:00:00"));
  day_volume_free(v);
}

static void test_day_rule(void **state)
{
  const Bed *bed = *state;
  FlagSet *set = bed_run(bed, RULE_DAY_VOLUME, NULL);
  guint found = 0;
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    assert_int_equal(f->subject, SUBJECT_DAY);
    assert_int_equal(f->cohort, COHORT_NONE); /* what the site explains is said once */
    assert_int_equal(f->n_users, 0);
    if (f->from != bed_time("2019-03-12 00:00:00"))
      continue;
    found++;
    assert_int_equal(f->events, 700);
    assert_int_equal(f->to, bed_time("2019-03-12 23:59:59"));
    assert_true(f->score > 50);
  }
  assert_int_equal(found, 1);
  flag_set_free(set);
  set = bed_run(bed, RULE_DAY_VOLUME, "hits=1000");
  assert_int_equal(set->count[RULE_DAY_VOLUME], 0);
  flag_set_free(set);
}

/* --- became staff ------------------------------------------------------------------------------
 */

static void test_became_staff(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2019-01-07", "2019-05-31", "2");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  CivilTime early = bed_time("2019-02-04 10:00:00"), late = bed_time("2019-09-02 10:00:00");
  bed_pages(b, early, "became", "1", "web", 30, 60, "192.0.2.1");
  bed_pages(b, late, "became", "9", "web", 10, 60, "192.0.2.1");
  bed_pages(b, late + CIVIL_DAY, "became", "1", "web", 2, 60, "192.0.2.1");
  bed_pages(b, early, "teacher", "9", "web", 10, 60, "192.0.2.1");
  bed_pages(b, late, "teacher", "1", "web", 30, 60, "192.0.2.1");
  bed_pages(b, early, "few", "1", "web", BECAME_MIN_ROWS - 1, 60, "192.0.2.1");
  bed_pages(b, late, "few", "9", "web", 10, 60, "192.0.2.1");
  bed_pages(b, early, "mixed", "1", "web", 10, 60, "192.0.2.1");
  bed_pages(b, early + CIVIL_DAY, "mixed", "9", "web", 10, 60, "192.0.2.1");
  bed_pages(b, late, "mixed", "1", "web", 30, 60, "192.0.2.1");
  bed_pages(b, early, "student", "1", "web", 30, 60, "192.0.2.1");
  Bed *bed = bed_new(b);
  GArray *list = became_staff_find(bed->study);
  assert_int_equal(list->len, 1);
  const BecameStaff *s = &g_array_index(list, BecameStaff, 0);
  assert_int_equal(s->user, bed_user(bed, "became"));
  assert_int_equal(s->before, 30);
  assert_int_equal(s->after, 2);
  assert_int_equal(s->staff, 10);
  assert_int_equal(s->first, early);
  assert_int_equal(s->staff_first, late);
  g_array_unref(list);
  FlagSet *set = bed_run(bed, RULE_BECAME_STAFF, NULL);
  assert_int_equal(set->count[RULE_BECAME_STAFF], 1);
  const Flag *f = bed_flag_of(bed, set, RULE_BECAME_STAFF, "became");
  assert_int_equal(f->events, 42);
  assert_true(f->score > 29 && f->score < 30); /* 10 of the 20 that score 50 */
  flag_set_free(set);
  bed_free(bed);
}

static int setup(void **state)
{
  *state = site();
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
      cmocka_unit_test(test_outliers),
      cmocka_unit_test(test_gaps),
      cmocka_unit_test(test_day_rule),
      cmocka_unit_test(test_became_staff),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
