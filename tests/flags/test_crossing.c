/* Crossing between tracks: a school of two tracks, in which three students of one read the other
 * until the end of June. */
#include "tests/flags/bed.h"

#include "core/flags/crossing.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#define WEB 20
#define DS  8

/* Noon of the tenth of a month of 2019. */
static CivilTime tenth(int month)
{
  return civil_day_start(civil_day_from_date(2019, month, 10)) + 12 * 3600;
}

static void read_month(LogBuilder *b, const char *user, const char *cohort, const char *prefix,
                       int month, guint lessons)
{
  bed_pages(b, tenth(month), user, cohort, prefix, lessons, 60, "192.0.2.1");
}

/* Every student of both tracks reads its own lessons each month, holidays left out. */
static void own_lessons(LogBuilder *b, int holiday_from, int holiday_to)
{
  for (int month = 1; month <= 12; month++) {
    if (month >= holiday_from && month <= holiday_to)
      continue;
    char user[16];
    for (guint i = 0; i < WEB; i++) {
      g_snprintf(user, sizeof user, "w%u", i);
      read_month(b, user, "1", "web", month, 10);
    }
    for (guint i = 0; i < DS; i++) {
      g_snprintf(user, sizeof user, "d%u", i);
      read_month(b, user, "2", "ds", month, 10);
    }
  }
}

static Bed *school(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Web", "2019-01-01", "2019-12-31", "2");
  bed_cohort(b, "2", "Data", "2019-01-01", "2019-12-31", "3");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  own_lessons(b, 13, 13);
  for (int month = 1; month <= 6; month++)
    for (guint i = 0; i < 3; i++) {
      char user[16];
      g_snprintf(user, sizeof user, "w%u", i);
      read_month(b, user, "1", "ds", month, 4);
    }
  read_month(b, "w0", "1", "ds", 11, 5);
  /* innocents: two lessons in a month; three lessons, but months apart */
  read_month(b, "w5", "1", "ds", 3, 2);
  for (int month = 1; month <= 9; month += 4) {
    char path[16];
    g_snprintf(path, sizeof path, "ds/p%d", month);
    bed_hit(b, tenth(month), "w6", "1", path, "192.0.2.1");
  }
  /* staff, and somebody enrolled in both */
  read_month(b, "teacher", "9", "ds", 2, 10);
  read_month(b, "teacher", "1", "ds", 3, 10);
  read_month(b, "both", "1", "web", 4, 5);
  read_month(b, "both", "2", "ds", 5, 5);
  return bed_new(b);
}

static const CrossDirection *direction(const Crossing *c, const Bed *bed, const char *from)
{
  for (guint i = 0; i < c->n_directions; i++)
    if (strcmp(home_name(bed->ds->log, c->directions[i].from), from) == 0)
      return &c->directions[i];
  return NULL;
}

static const Crosser *crosser(const Crossing *c, const Bed *bed, const char *user)
{
  for (guint i = 0; i < c->n; i++)
    if (c->crossers[i].user == bed_user(bed, user))
      return &c->crossers[i];
  return NULL;
}

static void test_months(void **state)
{
  const Bed *bed = *state;
  Crossing *c = crossing_new(bed->study, NULL);
  assert_int_equal(c->n_directions, 2);
  const CrossDirection *d = direction(c, bed, "web");
  assert_int_equal(d->students, WEB);
  assert_int_equal(d->lessons, 10);
  assert_int_equal(d->n_months, 12);
  for (guint m = 0; m < 12; m++) {
    assert_int_equal(d->months[m].active, WEB);
    assert_int_equal(d->months[m].crossing, m < 6 ? 3 : m == 10 ? 1 : 0);
    assert_int_equal(d->months[m].live, 10);
  }
  assert_int_equal(d->months[0].hits, 3 * 4 + 1);
  assert_int_equal(d->student_months, 12 * WEB);
  assert_int_equal(d->crossing_months, 19);
  const CrossDirection *back = direction(c, bed, "ds");
  assert_int_equal(back->students, DS);
  assert_int_equal(back->crossing_months, 0);
  assert_int_equal(back->verdict, CROSS_NO_EVENTS);
  crossing_free(c);
}

static void test_change(void **state)
{
  const Bed *bed = *state;
  Crossing *c = crossing_new(bed->study, NULL);
  const CrossDirection *d = direction(c, bed, "web");
  assert_int_equal(d->verdict, CROSS_FELL);
  assert_int_equal(d->change.split, 6); /* July */
  assert_int_equal(d->change.events_before, 18);
  assert_int_equal(d->change.events_after, 1);
  assert_float_equal(d->change.rate_before, 18 / 120.0, 1e-9);
  assert_float_equal(d->change.rate_after, 1 / 120.0, 1e-9);
  assert_true(d->change.p < 0.01);
  const Crosser *s = crosser(c, bed, "w0");
  assert_int_equal(s->hits_after, 5);
  assert_int_equal(s->lessons_after, 5);
  assert_int_equal(crosser(c, bed, "w1")->lessons_after, 0);
  crossing_free(c);
}

static void test_who(void **state)
{
  const Bed *bed = *state;
  Crossing *c = crossing_new(bed->study, NULL);
  assert_int_equal(c->n, 3);
  const Crosser *s = crosser(c, bed, "w0");
  assert_int_equal(s->lessons, 5);
  assert_int_equal(s->hits, 29);
  assert_int_equal(s->months, 7);
  assert_int_equal(s->first, tenth(1));
  assert_int_equal(s->last, tenth(11) + 4 * 60);
  s = crosser(c, bed, "w2");
  assert_int_equal(s->densest, 4);
  assert_null(crosser(c, bed, "w5"));
  assert_null(crosser(c, bed, "w6"));
  assert_int_equal(c->n_left_out[CROSS_WHO_STAFF], 1);
  assert_int_equal(c->left_out_rows[CROSS_WHO_STAFF], 20);
  assert_int_equal(c->n_left_out[CROSS_WHO_SEVERAL], 1);
  assert_int_equal(c->left_out_rows[CROSS_WHO_SEVERAL], 10);
  crossing_free(c);
}

static void test_options(void **state)
{
  const Bed *bed = *state;
  CrossOptions o;
  cross_options_init(&o);
  o.runs = 0;
  o.days = 365; /* the whole year: the three lessons that lie months apart count as well */
  Crossing *c = crossing_new(bed->study, &o);
  assert_int_equal(c->n, 4);
  assert_non_null(crosser(c, bed, "w6"));
  assert_int_equal(direction(c, bed, "web")->verdict, CROSS_NO_EVENTS); /* not looked for */
  crossing_free(c);
  o.lessons = 5;
  c = crossing_new(bed->study, &o);
  assert_int_equal(c->n, 1);
  crossing_free(c);
  o.reach = 1; /* only lessons that nobody of the other track opens: p6, p7 and p8 */
  c = crossing_new(bed->study, &o);
  assert_int_equal(direction(c, bed, "web")->lessons, 3);
  assert_int_equal(c->n, 0);
  crossing_free(c);
}

static void test_rule(void **state)
{
  const Bed *bed = *state;
  FlagSet *set = bed_run(bed, RULE_CROSS_PROGRAM, NULL);
  assert_int_equal(set->count[RULE_CROSS_PROGRAM], 3);
  const Flag *f = bed_flag_of(bed, set, RULE_CROSS_PROGRAM, "w0");
  assert_int_equal(f->events, 29);
  assert_int_equal(f->from, tenth(1));
  assert_float_equal(bed_term(f, "lessons of the other track"), 5, 0);
  assert_float_equal(f->baselines[BASELINE_COHORT].value, 3.0 / 21, 1e-9); /* 20 and the teacher */
  assert_null(bed_flag_of(bed, set, RULE_CROSS_PROGRAM, "both"));
  assert_null(bed_flag_of(bed, set, RULE_CROSS_PROGRAM, "teacher"));
  flag_set_free(set);
  set = bed_run(bed, RULE_CROSS_PROGRAM, "lessons=6");
  assert_int_equal(set->count[RULE_CROSS_PROGRAM], 0);
  flag_set_free(set);
}

/* Nobody is there in July and August: the lower rate begins when school does. */
static void test_holidays(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Web", "2019-01-01", "2019-12-31", "2");
  bed_cohort(b, "2", "Data", "2019-01-01", "2019-12-31", "3");
  own_lessons(b, 7, 8);
  for (int month = 1; month <= 6; month++) {
    read_month(b, "w0", "1", "ds", month, 4);
    read_month(b, "w1", "1", "ds", month, 4);
    read_month(b, "w2", "1", "ds", month, 4);
  }
  Bed *bed = bed_new(b);
  Crossing *c = crossing_new(bed->study, NULL);
  const CrossDirection *d = direction(c, bed, "web");
  assert_int_equal(d->months[6].active, 0);
  assert_int_equal(d->months[6].live, 10);
  assert_int_equal(d->verdict, CROSS_FELL);
  assert_int_equal(d->change.split, 8); /* September */
  crossing_free(c);
  bed_free(bed);
}

static void test_one_track(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Web", "2019-01-01", "2019-12-31", "2");
  for (guint i = 0; i < 8; i++) {
    char user[16];
    g_snprintf(user, sizeof user, "w%u", i);
    read_month(b, user, "1", "web", 1, 10);
  }
  Bed *bed = bed_new(b);
  Crossing *c = crossing_new(bed->study, NULL);
  assert_int_equal(c->n_directions, 0);
  assert_int_equal(c->n, 0);
  crossing_free(c);
  bed_free(bed);
  bed = bed_new(log_builder_new());
  c = crossing_new(bed->study, NULL);
  assert_int_equal(c->n_directions, 0);
  crossing_free(c);
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
      cmocka_unit_test(test_months),   cmocka_unit_test(test_change),
      cmocka_unit_test(test_who),      cmocka_unit_test(test_options),
      cmocka_unit_test(test_rule),     cmocka_unit_test(test_one_track),
      cmocka_unit_test(test_holidays),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
