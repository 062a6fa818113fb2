/* Do the stories of the sample have the shape that their names promise?
 *
 * Each planted one must go well beyond what a default threshold asks for, each innocent one must
 * stay short of it. The measures are counted here from the rows, apart from the program's rules. */
#include <math.h>
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

#define row_of(s, i) (&g_array_index((s)->rows, SampleRow, i))
/* Most distinct pages of a story within so many seconds. */
static guint most_pages_within(const SampleStory *s, gint64 seconds)
{
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  guint most = 0;

  for (guint i = 0; i < s->rows->len; i++) {
    g_hash_table_remove_all(seen);
    for (guint k = i; k < s->rows->len && row_of(s, k)->when < row_of(s, i)->when + seconds; k++) {
      if (row_of(s, k)->user == row_of(s, i)->user)
        g_hash_table_add(seen, (gpointer)row_of(s, k)->lesson);
    }
    most = MAX(most, g_hash_table_size(seen));
  }
  g_hash_table_destroy(seen);
  return most;
}

static guint distinct_of(const SampleStory *s, gboolean addresses)
{
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  guint n;

  for (guint i = 0; i < s->rows->len; i++)
    g_hash_table_add(seen, (gpointer)(addresses ? row_of(s, i)->ip : row_of(s, i)->lesson));
  n = g_hash_table_size(seen);
  g_hash_table_destroy(seen);
  return n;
}

/* Deviation of the gaps over their mean; stamps are whole seconds. With `groups` the gaps are
 * those between groups of pages at most 3 s apart. */
static double unevenness(const SampleStory *s, gboolean groups, guint *ret_gaps)
{
  double sum = 0;
  double squares = 0;
  gint64 start = row_of(s, 0)->when;
  guint n = 0;
  double mean;

  for (guint i = 1; i < s->rows->len; i++) {
    double gap = (double)(row_of(s, i)->when - start);

    if (groups && row_of(s, i)->when - row_of(s, i - 1)->when <= 3)
      continue;
    sum += gap;
    squares += gap * gap;
    n++;
    start = row_of(s, i)->when;
  }
  *ret_gaps = n;
  mean = sum / n;
  return sqrt(MAX(0.0, squares / n - mean * mean - 1.0 / 6)) / mean;
}

static void check_burst(const SampleLog *log, const SampleStory *s)
{
  (void)log;
  sample_claim(s, most_pages_within(s, 60) >= 25);
}

static void check_no_burst(const SampleLog *log, const SampleStory *s)
{
  (void)log;
  sample_claim(s, most_pages_within(s, 60) < 18);
  sample_claim(s, most_pages_within(s, 10) < 12);
}

static void check_metronome(const SampleLog *log, const SampleStory *s)
{
  guint gaps;

  (void)log;
  sample_claim(s, unevenness(s, FALSE, &gaps) < 0.05);
  sample_claim(s, gaps >= 30);
  sample_claim(s, distinct_of(s, FALSE) >= 20);
  sample_claim(s, most_pages_within(s, 60) < 10);
}

static void check_groups(const SampleLog *log, const SampleStory *s)
{
  guint gaps;

  (void)log;
  sample_claim(s, unevenness(s, TRUE, &gaps) < 0.05);
  sample_claim(s, gaps >= 12);
  sample_claim(s, s->rows->len >= 2 * (gaps + 1));
  sample_claim(s, unevenness(s, FALSE, &gaps) > 0.5);
  sample_claim(s, most_pages_within(s, 60) < 20);
}

/* Lessons that five or more students of a program's classes read in the 90 days before. */
static GHashTable *live_lessons(const SampleLog *log, const SampleStory *s)
{
  const SampleCohort *own = sample_cohort(log, row_of(s, 0)->cohort);
  gboolean data = own->program == 3;
  GHashTable *readers = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
  gint64 day = row_of(s, 0)->when / SAMPLE_DAY;
  GHashTableIter iter;
  gpointer users;

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);
    const SampleCohort *c = sample_cohort(log, r->cohort);
    GHashTable *set;

    if (!r->lesson || !c || c->start == c->end || (c->program == 3) != data ||
        r->when / SAMPLE_DAY >= day || r->when / SAMPLE_DAY < day - 90)
      continue;
    set = g_hash_table_lookup(readers, r->lesson);
    if (!set) {
      set = g_hash_table_new(NULL, NULL);
      g_hash_table_insert(readers, (gpointer)r->lesson, set);
    }
    g_hash_table_add(set, GUINT_TO_POINTER(r->user));
  }
  g_hash_table_iter_init(&iter, readers);
  while (g_hash_table_iter_next(&iter, NULL, &users)) {
    if (g_hash_table_size(users) < 5)
      g_hash_table_iter_remove(&iter);
  }
  return readers;
}

static double share_of_live(const SampleLog *log, const SampleStory *s, guint *ret_read)
{
  GHashTable *live = live_lessons(log, s);
  GHashTable *read = g_hash_table_new(NULL, NULL);
  double share;

  for (guint i = 0; i < s->rows->len; i++) {
    if (g_hash_table_contains(live, row_of(s, i)->lesson))
      g_hash_table_add(read, (gpointer)row_of(s, i)->lesson);
  }
  *ret_read = g_hash_table_size(read);
  share = (double)*ret_read / g_hash_table_size(live);
  g_hash_table_destroy(live);
  g_hash_table_destroy(read);
  return share;
}

static void check_sweep(const SampleLog *log, const SampleStory *s)
{
  guint read;
  guint gaps;

  sample_claim(s, share_of_live(log, s, &read) >= 0.75);
  sample_claim(s, read >= 60);
  sample_claim(s, row_of(s, s->rows->len - 1)->when - row_of(s, 0)->when < SAMPLE_DAY);
  sample_claim(s, unevenness(s, FALSE, &gaps) > 0.5);
}

/* Largest number of rows a user has on any day but the story's. */
static guint busiest_other_day(const SampleLog *log, const SampleStory *s)
{
  gint64 own = row_of(s, 0)->when / SAMPLE_DAY;
  guint most = 0;
  guint now = 0;
  gint64 day = 0;

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->user != row_of(s, 0)->user || r->when / SAMPLE_DAY == own)
      continue;
    now = r->when / SAMPLE_DAY == day ? now + 1 : 1;
    day = r->when / SAMPLE_DAY;
    most = MAX(most, now);
  }
  return most;
}

static void check_volume(const SampleLog *log, const SampleStory *s)
{
  guint read;

  sample_claim(s, s->rows->len > 200);
  sample_claim(s, busiest_other_day(log, s) < 50);
  sample_claim(s, share_of_live(log, s, &read) < 0.6);
}

static void check_night(const SampleLog *log, const SampleStory *s)
{
  gint64 nights = 0;
  gint64 day = 0;

  (void)log;
  for (guint i = 0; i < s->rows->len; i++) {
    sample_claim(s, row_of(s, i)->when % SAMPLE_DAY < 5 * 3600);
    nights += row_of(s, i)->when / SAMPLE_DAY != day;
    day = row_of(s, i)->when / SAMPLE_DAY;
  }
  sample_claim(s, nights >= 6 || (nights == 1 && distinct_of(s, FALSE) >= 35));
  sample_claim(s, day - row_of(s, 0)->when / SAMPLE_DAY < 28);
}

static void check_places(const SampleLog *log, const SampleStory *s)
{
  (void)log;
  sample_claim(s, distinct_of(s, TRUE) >= 8);
}

static void check_alternating(const SampleLog *log, const SampleStory *s)
{
  guint days = 0;
  guint changes = 0;
  gint64 day = 0;

  (void)log;
  sample_claim(s, distinct_of(s, TRUE) == 2);
  for (guint i = 1; i < s->rows->len; i++) {
    const SampleRow *a = row_of(s, i - 1);
    const SampleRow *b = row_of(s, i);

    if (b->when / SAMPLE_DAY != day) {
      day = b->when / SAMPLE_DAY;
      changes = 0;
    }
    if (a->ip != b->ip && b->when - a->when < 600 && ++changes == 5)
      days++;
  }
  sample_claim(s, days >= 8);
}

static void check_new_place(const SampleLog *log, const SampleStory *s)
{
  sample_claim(s, s->rows->len >= 50);
  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->user != row_of(s, 0)->user)
      sample_claim(s, !g_str_has_prefix(r->ip, "203.0."));
  }
}

static void check_shared_place(const SampleLog *log, const SampleStory *s)
{
  GHashTable *users = g_hash_table_new(NULL, NULL);
  GHashTable *cohorts = g_hash_table_new(NULL, NULL);

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->ip == row_of(s, 0)->ip) {
      g_hash_table_add(users, GUINT_TO_POINTER(r->user));
      g_hash_table_add(cohorts, GUINT_TO_POINTER(r->cohort));
    }
  }
  sample_claim(s, g_hash_table_size(users) == (s->innocent ? 2U : 4U));
  sample_claim(s, g_hash_table_size(cohorts) == (s->innocent ? 1U : 2U));
  g_hash_table_destroy(users);
  g_hash_table_destroy(cohorts);
}

/* Days of silence before the story, and pages in the seven days from its start. */
static void silence_before(const SampleLog *log, const SampleStory *s, gint64 *ret_days,
                           guint *ret_pages)
{
  gint64 before = 0;

  *ret_pages = 0;
  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->user != row_of(s, 0)->user)
      continue;
    if (r->when < row_of(s, 0)->when)
      before = r->when;
    else if (r->lesson && r->when < row_of(s, 0)->when + 7 * SAMPLE_DAY)
      ++*ret_pages;
  }
  *ret_days = (row_of(s, 0)->when - before) / SAMPLE_DAY;
}

static void check_return(const SampleLog *log, const SampleStory *s)
{
  gint64 days;
  guint pages;

  silence_before(log, s, &days, &pages);
  sample_claim(s, pages >= (s->innocent ? 40U : 80U));
  sample_claim(s, s->innocent ? days > 60 && days < 170 : days >= 240);
}

static void check_probe(const SampleLog *log, const SampleStory *s)
{
  (void)log;
  sample_claim(s, s->rows->len >= 9);
  sample_claim(s, distinct_of(s, FALSE) == s->rows->len);
}

/* Lessons outside the reach of the program: how many of them are read by its other students. */
static void check_cross(const SampleLog *log, const SampleStory *s)
{
  const SampleCohort *own = sample_cohort(log, row_of(s, 0)->cohort);
  guint hits_own = 0;
  guint hits_other = 0;

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);
    const SampleCohort *c = sample_cohort(log, r->cohort);

    if (!c || c->start == c->end || r->user == row_of(s, 0)->user)
      continue;
    for (guint k = 0; k < s->rows->len; k++) {
      if (row_of(s, k)->lesson == r->lesson) {
        hits_own += (c->program == 3) == (own->program == 3);
        hits_other += (c->program == 3) != (own->program == 3);
        break;
      }
    }
  }
  sample_claim(s, hits_other > 10 * hits_own);
  sample_claim(s, s->innocent ? distinct_of(s, FALSE) < 3 : distinct_of(s, FALSE) >= 20);
  if (!s->innocent)
    sample_claim(s, row_of(s, 0)->when > sample_time("2023-02-20"));
}

static void check_cross_access(const SampleLog *log, const SampleStory *s)
{
  JsonArray *users = json_object_get_array_member(s->json, "users");

  (void)log;
  sample_claim(s, json_array_get_length(users) >= 8);
  sample_claim(s, sample_time(json_object_get_string_member(s->json, "last")) <
                      sample_time(json_object_get_string_member(s->json, "date_to")));
  sample_claim(s, json_object_get_int_member(s->json, "rows") > 300);
}

static void check_linked(const SampleLog *log, const SampleStory *s)
{
  JsonArray *users = json_object_get_array_member(s->json, "users");
  gint64 first_id = json_array_get_int_element(users, 0);
  gint64 stops = 0;
  gint64 starts = 0;

  for (guint i = 0; i < log->rows->len; i++) {
    const SampleRow *r = sample_row(log, i);

    if (r->user == first_id)
      stops = r->when;
    else if (r->user == json_array_get_int_element(users, 1) && starts == 0)
      starts = r->when;
  }
  sample_claim(s, stops == sample_time(json_object_get_string_member(s->json, "stops")));
  sample_claim(s, starts == sample_time(json_object_get_string_member(s->json, "starts")));
  sample_claim(s, starts > stops && starts - stops < 3600);
}

static void test_ways_to_copy(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "burst", check_burst), 2);
  assert_int_equal(sample_each_story(sample, "metronome", check_metronome), 2);
  assert_int_equal(sample_each_story(sample, "grouped_crawl", check_groups), 2);
  assert_int_equal(sample_each_story(sample, "sweep", check_sweep), 2);
  assert_int_equal(sample_each_story(sample, "class_open", check_no_burst), 1);
  assert_int_equal(sample_each_story(sample, "fast_clicks", check_no_burst), 1);
  assert_int_equal(sample_each_story(sample, "reload", check_no_burst), 1);
}

static void test_when_and_how_much(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "volume_spike", check_volume), 2);
  assert_int_equal(sample_each_story(sample, "off_hours", check_night), 2);
  assert_int_equal(sample_each_story(sample, "dormant_return", check_return), 2);
  assert_int_equal(sample_each_story(sample, "short_absence", check_return), 1);
  assert_int_equal(sample_each_story(sample, "probe", check_probe), 2);
}

static void test_places(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "many_ips", check_places), 1);
  assert_int_equal(sample_each_story(sample, "mobile_rotation", check_places), 1);
  assert_int_equal(sample_each_story(sample, "shared_account", check_alternating), 2);
  assert_int_equal(sample_each_story(sample, "new_place", check_new_place), 1);
  assert_int_equal(sample_each_story(sample, "shared_ip", check_shared_place), 1);
  assert_int_equal(sample_each_story(sample, "flatmates", check_shared_place), 1);
  assert_int_equal(sample_each_story(sample, "linked_ids", check_linked), 2);
}

static void test_other_track(void **state)
{
  (void)state;
  assert_int_equal(sample_each_story(sample, "cross_program", check_cross), 3);
  assert_int_equal(sample_each_story(sample, "cross_peek", check_cross), 1);
  assert_int_equal(sample_each_story(sample, "cross_access", check_cross_access), 2);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ways_to_copy),
      cmocka_unit_test(test_when_and_how_much),
      cmocka_unit_test(test_places),
      cmocka_unit_test(test_other_track),
  };

  return cmocka_run_group_tests(tests, set_up, tear_down);
}
