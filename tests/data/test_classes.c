/* The stories of the sample that concern classes: who is hardly seen, what a class dwells on, which
 * lessons are gone. See test_stories.c for the others. */
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/data/sample_log.h"

static SampleLog *sample;

static int set_up(void **state)
{
  (void)state;
  sample = sample_load_committed();
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  sample_free(sample);
  return 0;
}

static gint64 user_of(const SampleStory *s)
{
  return json_array_get_int_element(json_object_get_array_member(s->json, "users"), 0);
}

static gint64 last_day(const SampleLog *log)
{
  return sample_row(log, log->rows->len - 1)->when / SAMPLE_DAY;
}

/* Hits of each user in class, by user id; 0 for who never was in that cohort. */
static guint *hits_in_class(const SampleLog *log, const SampleCohort *c, const char *lesson)
{
  guint *hits = g_new0(guint, 1024);

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);
    gint64 day = r->when / SAMPLE_DAY;

    if (r->cohort == c->id && day >= c->start && day <= c->end &&
        (!lesson || (r->lesson && strcmp(r->lesson, lesson) == 0)))
      hits[r->user]++;
  }
  return hits;
}

static int by_number(const void *a, const void *b)
{
  guint x = *(const guint *)a;
  guint y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

/* Median of the users that have any. */
static guint median_of(const guint *hits)
{
  guint some[1024] = {0};
  guint n = 0;

  for (guint i = 0; i < 1024; i++) {
    if (hits[i] > 0)
      some[n++] = hits[i];
  }
  qsort(some, n, sizeof *some, by_number);
  return some[n / 2];
}

static void check_quiet(const SampleLog *log, const SampleStory *s)
{
  const SampleCohort *c = sample_cohort(log, (guint)json_object_get_int_member(s->json, "cohort"));
  guint *hits = hits_in_class(log, c, NULL);

  sample_claim(s, hits[user_of(s)] > 0);
  sample_claim(s, hits[user_of(s)] <= 10 || hits[user_of(s)] * 10 < median_of(hits));
  g_free(hits);
}

/* Of the students of all classes only those of a story have so few hits. */
static void test_hardly_seen(void **state)
{
  guint few = 0;

  (void)state;
  assert_int_equal(sample_each_story(sample, "dropout", check_quiet), 2);
  assert_int_equal(sample_each_story(sample, "one_day_dummy", check_quiet), 2);
  assert_int_equal(sample_each_story(sample, "quiet_student", check_quiet), 1);
  assert_int_equal(sample_each_story(sample, "late_joiner", check_quiet), 1);
  for (guint i = 0; i < sample->cohorts->len; i++) {
    guint *hits = hits_in_class(sample, &g_array_index(sample->cohorts, SampleCohort, i), NULL);

    for (guint k = 0; k < 1024; k++)
      few += hits[k] > 0 && hits[k] * 5 < median_of(hits);
    g_free(hits);
  }
  assert_int_equal(few, 6);
}

static void check_gone(const SampleLog *log, const SampleStory *s)
{
  const SampleCohort *c = sample_cohort(log, (guint)json_object_get_int_member(s->json, "cohort"));
  gint64 seen = 0;

  for (guint i = 0; i < log->rows->len; i++) {
    if (sample_row(log, i)->user == user_of(s))
      seen = sample_row(log, i)->when / SAMPLE_DAY;
  }
  sample_claim(s, c->end >= last_day(log)); /* still running */
  sample_claim(s, last_day(log) - seen >= 12);
  sample_claim(s, seen - c->start > 60);
}

/* In the running class nobody else misses a week. */
static void test_gone_quiet(void **state)
{
  const SampleCohort *running = sample_cohort(sample, 44);
  int weeks = (int)(last_day(sample) - running->start) / 7;
  guint idle = 0;

  (void)state;
  assert_int_equal(sample_each_story(sample, "gone_quiet", check_gone), 2);
  for (int w = 0; w < weeks; w++) {
    SampleCohort week = *running;
    guint *hits;
    guint *all = hits_in_class(sample, running, NULL);

    week.start = running->start + 7 * w;
    week.end = week.start + 6;
    hits = hits_in_class(sample, &week, NULL);
    for (guint i = 0; i < 1024; i++)
      idle += all[i] > 0 && hits[i] * 10 < median_of(hits);
    g_free(hits);
    g_free(all);
  }
  assert_int_equal(idle, 4); /* whole weeks of the two who are gone */
}

/* Hits on the lesson by a cohort and by the other cohorts of its program, as shares of all their
 * hits, the cohort's with and without its heaviest reader. */
static void shares(const SampleLog *log, guint cohort, const char *lesson, double *ret_with,
                   double *ret_without, double *ret_others)
{
  const SampleCohort *c = sample_cohort(log, cohort);
  guint *on = hits_in_class(log, c, lesson);
  guint *all = hits_in_class(log, c, NULL);
  double sum_on = 0;
  double sum_all = 0;
  double others_on = 0;
  double others_all = 0;
  guint heaviest = 0;

  for (guint i = 0; i < 1024; i++) {
    sum_on += on[i];
    sum_all += all[i];
    if (on[i] > on[heaviest])
      heaviest = i;
  }
  *ret_with = sum_on / sum_all;
  *ret_without = (sum_on - on[heaviest]) / (sum_all - all[heaviest]);
  g_free(on);
  g_free(all);
  for (guint i = 0; i < log->cohorts->len; i++) {
    const SampleCohort *o = &g_array_index(log->cohorts, SampleCohort, i);

    if (o->program != c->program || o->id == c->id || o->start == o->end)
      continue;
    on = hits_in_class(log, o, lesson);
    all = hits_in_class(log, o, NULL);
    for (guint k = 0; k < 1024; k++) {
      others_on += on[k];
      others_all += all[k];
    }
    g_free(on);
    g_free(all);
  }
  *ret_others = others_on / others_all;
}

static void check_outlier(const SampleLog *log, const SampleStory *s)
{
  double with;
  double without;
  double others;

  shares(log, (guint)json_object_get_int_member(s->json, "cohort"),
         json_object_get_string_member(s->json, "lesson"), &with, &without, &others);
  sample_claim(s, json_object_get_int_member(s->json, "rows") >= 50);
  sample_claim(s, with > 4 * others);
  sample_claim(s, s->innocent ? without < 1.5 * others : without > 4 * others);
}

static void test_outliers(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "lesson_outlier", check_outlier), 2);
  assert_int_equal(sample_each_story(sample, "heavy_reader", check_outlier), 1);
}

static void check_retired(const SampleLog *log, const SampleStory *s)
{
  gint64 seen = sample_time(json_object_get_string_member(s->json, "last")) / SAMPLE_DAY;

  sample_claim(s, json_object_get_int_member(s->json, "rows") >= 60);
  sample_claim(s, last_day(log) - seen > 190);
}

static void check_rare(const SampleLog *log, const SampleStory *s)
{
  gint64 seen = sample_time(json_object_get_string_member(s->json, "last")) / SAMPLE_DAY;

  sample_claim(s, json_object_get_int_member(s->json, "rows") < 20);
  sample_claim(s, json_array_get_length(json_object_get_array_member(s->json, "users")) >= 5);
  sample_claim(s, last_day(log) - seen < 90);
}

static void check_renamed(const SampleLog *log, const SampleStory *s)
{
  const char *lesson = json_object_get_string_member(s->json, "lesson");
  guint plain = 0;
  guint other = 0;

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->lesson && strcmp(r->lesson, lesson) == 0) {
      plain += strcmp(r->path, lesson) == 0;
      other += strcmp(r->path, lesson) != 0;
    }
  }
  sample_claim(s, plain > 100 && other > 100);
}

static void test_lessons(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "retired_lesson", check_retired), 2);
  assert_int_equal(sample_each_story(sample, "rare_lesson", check_rare), 2);
  assert_int_equal(sample_each_story(sample, "renamed_lesson", check_renamed), 2);
}

static void check_missing_cohort(const SampleLog *log, const SampleStory *s)
{
  const SampleCohort *c = sample_cohort(log, (guint)json_object_get_int_member(s->json, "cohort"));

  sample_claim(s, json_array_get_length(json_object_get_array_member(s->json, "users")) == 14);
  for (guint i = 0; i < s->rows->len; i++) {
    sample_claim(s, g_array_index(s->rows, SampleRow, i).cohort == 0);
    sample_claim(s, g_array_index(s->rows, SampleRow, i).when / SAMPLE_DAY >= c->start);
  }
}

static void check_switch(const SampleLog *log, const SampleStory *s)
{
  gint64 day = sample_time(json_object_get_string_member(s->json, "date"));
  guint after = 0;

  (void)log;
  for (guint i = 0; i < s->rows->len; i++) {
    const SampleRow *r = &g_array_index(s->rows, SampleRow, i);

    sample_claim(s,
                 (r->cohort == json_object_get_int_member(s->json, "cohort")) == (r->when < day));
    after += r->when >= day;
  }
  sample_claim(s, after > 50);
}

static void check_early(const SampleLog *log, const SampleStory *s)
{
  const SampleCohort *c = sample_cohort(log, (guint)json_object_get_int_member(s->json, "cohort"));
  const SampleRow *last = &g_array_index(s->rows, SampleRow, s->rows->len - 1);

  sample_claim(s, s->rows->len >= 20);
  sample_claim(s, c->start - last->when / SAMPLE_DAY > 10);
}

static void test_identities(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "missing_cohort", check_missing_cohort), 1);
  assert_int_equal(sample_each_story(sample, "cohort_to_staff", check_switch), 2);
  assert_int_equal(sample_each_story(sample, "cohort_change", check_switch), 1);
  assert_int_equal(sample_each_story(sample, "outside_dates", check_early), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_hardly_seen), cmocka_unit_test(test_gone_quiet),
      cmocka_unit_test(test_outliers),    cmocka_unit_test(test_lessons),
      cmocka_unit_test(test_identities),
  };

  return cmocka_run_group_tests(tests, set_up, tear_down);
}
