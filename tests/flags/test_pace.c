/* Rules of pace and amount on logs written for them: what fires, what must not, and the numbers. */
#include "tests/flags/bed.h"

#include "core/stats/score.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#define HOME "198.51.100.7"

/* A log of one user's pages. */
static Bed *alone(const char *prefix, guint n, guint gap)
{
  LogBuilder *b = log_builder_new();
  bed_pages(b, bed_time("2020-03-04 10:00:00"), "7", "", prefix, n, gap, HOME);
  return bed_new(b);
}

static guint count(const Bed *bed, RuleId rule, const char *change)
{
  FlagSet *set = bed_run(bed, rule, change);
  guint n = set->flags->len;
  flag_set_free(set);
  return n;
}

/* --- burst ------------------------------------------------------------------------------------ */

static void test_burst(void **state)
{
  (void)state;
  Bed *bed = alone("a", 30, 2); /* 30 pages in 58 seconds; 5 in 10 seconds */
  FlagSet *set = bed_run(bed, RULE_BURST, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_BURST, "7");
  assert_non_null(f);
  assert_string_equal(f->id, "burst-u7-20200304T1000");
  assert_true(fabs(f->score - 100 * (1 - exp2(-1.5))) < 1e-9); /* 30 over 20 */
  assert_true(f->from == bed_time("2020-03-04 10:00:00"));
  assert_true(f->to == bed_time("2020-03-04 10:00:58"));
  assert_int_equal(f->events, 30);
  assert_int_equal(f->n_rows, 30);
  assert_int_equal(f->n_users, 1);
  assert_int_equal(f->n_ips, 1);
  assert_int_equal(f->ips[0], bed_ip(bed, HOME));
  assert_int_equal(f->doubts, 0);
  assert_true(bed_term(f, "pages") == 30);
  assert_true(bed_term(f, "threshold") == 20);
  assert_true(bed_term(f, "window seconds") == 60);
  assert_true(bed_term(f, "duration seconds") == 59);
  assert_string_equal(f->text,
                      "User 7 fetched 30 pages (30 distinct) in 59 seconds on 2020-03-04 at 10:00, "
                      "up to 30 distinct ones within 60 seconds.");
  assert_true(set->flagged_user[f->key]);
  assert_ptr_equal(flag_set_find(set, f->id), f);
  assert_null(flag_set_find(set, "burst-u7"));
  flag_set_free(set);
  bed_free(bed);
}

static void test_burst_edges(void **state)
{
  (void)state;
  Bed *bed = alone("a", 19, 3); /* one too few */
  assert_int_equal(count(bed, RULE_BURST, NULL), 0);
  assert_int_equal(count(bed, RULE_BURST, "pages=19"), 1);
  bed_free(bed);
  bed = alone("a", 20, 3); /* the 20th page 57 seconds after the first */
  assert_int_equal(count(bed, RULE_BURST, NULL), 1);
  assert_int_equal(count(bed, RULE_BURST, "seconds=57"), 0);
  assert_int_equal(count(bed, RULE_BURST, "off"), 0);
  bed_free(bed);
  bed = alone("a", 15, 0); /* fifteen at once */
  FlagSet *set = bed_run(bed, RULE_BURST, NULL);
  assert_int_equal(set->flags->len, 1);
  const Flag *f = g_ptr_array_index(set->flags, 0);
  assert_true(fabs(f->score - 50) < 1e-9);
  assert_true(bed_term(f, "window seconds") == 10);
  flag_set_free(set);
  bed_free(bed);
}

/* A page again and again, and pictures that load with a page, are no many pages. */
static void test_burst_needs_distinct_pages(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  CivilTime t = bed_time("2020-03-04 10:00:00");
  for (guint i = 0; i < 60; i++) {
    char *picture = g_strdup_printf("a/one/p%u.png", i);
    bed_hit(b, t + i / 2, "7", "", "a/one", HOME);
    bed_hit(b, t + i / 2, "7", "", picture, HOME);
    g_free(picture);
  }
  Bed *bed = bed_new(b);
  assert_int_equal(count(bed, RULE_BURST, NULL), 0);
  bed_free(bed);
}

/* Two bursts five minutes apart are one episode, an hour apart two. */
static void test_episodes(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  CivilTime t = bed_time("2020-03-04 10:00:00");
  bed_pages(b, t, "7", "", "a", 20, 1, HOME);
  bed_pages(b, t + 300, "7", "", "b", 40, 1, HOME);
  bed_pages(b, t + 3600, "7", "", "c", 20, 1, HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_BURST, NULL);
  assert_int_equal(set->flags->len, 2);
  const Flag *f = flag_set_find(set, "burst-u7-20200304T1000");
  assert_non_null(f);
  assert_int_equal(f->events, 60);
  assert_true(bed_term(f, "pages") == 40);
  assert_true(fabs(f->score - 75) < 1e-9);
  assert_true(f->to == t + 339);
  /* They are one story, being one user's. */
  assert_int_equal(f->related->len, 1);
  assert_string_equal(g_ptr_array_index(f->related, 0), "burst-u7-20200304T1100");
  flag_set_free(set);
  bed_free(bed);
}

/* --- metronome and grouped crawl -------------------------------------------------------------- */

static void test_metronome(void **state)
{
  (void)state;
  Bed *bed = alone("a", 31, 30); /* 30 gaps of 30 seconds: twice the threshold */
  FlagSet *set = bed_run(bed, RULE_METRONOME, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_METRONOME, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9);
  assert_true(bed_term(f, "mean gap seconds") == 30);
  assert_true(bed_term(f, "spread") == 0);
  assert_int_equal(f->events, 31);
  assert_true(f->to == bed_time("2020-03-04 10:15:00"));
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_METRONOME, "gaps=31"), 0);
  bed_free(bed);
  bed = alone("a", 40, 1); /* quicker than the shortest mean: that is a burst */
  assert_int_equal(count(bed, RULE_METRONOME, NULL), 0);
  assert_int_equal(count(bed, RULE_METRONOME, "mean=1"), 1);
  bed_free(bed);
}

static void test_metronome_innocents(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  CivilTime t = bed_time("2020-03-04 10:00:00");
  for (guint i = 0; i < 40; i++) /* one page reloaded every minute */
    bed_hit(b, t + i * 60, "7", "", "a/one", HOME);
  CivilTime human = t;
  for (guint i = 0; i < 60; i++) { /* somebody who reads */
    static const guint gaps[] = {12, 95, 40, 7, 230, 61, 18, 33};
    char *path = g_strdup_printf("b/p%u", i);
    bed_hit(b, human += gaps[i % 8], "8", "", path, HOME);
    g_free(path);
  }
  Bed *bed = bed_new(b);
  assert_int_equal(count(bed, RULE_METRONOME, NULL), 0);
  assert_int_equal(count(bed, RULE_GROUPED_CRAWL, NULL), 0);
  bed_free(bed);
}

/* `groups` groups of `size` pages, one every `every` seconds. */
static Bed *crawl(guint groups, guint size, guint every)
{
  LogBuilder *b = log_builder_new();
  CivilTime t = bed_time("2020-03-04 10:00:00");
  for (guint g = 0; g < groups; g++)
    for (guint i = 0; i < size; i++) {
      char *path = g_strdup_printf("a/p%u-%u", g, i);
      bed_hit(b, t + g * every + i, "7", "", path, HOME);
      g_free(path);
    }
  return bed_new(b);
}

static void test_grouped_crawl(void **state)
{
  (void)state;
  Bed *bed = crawl(13, 4, 21);
  FlagSet *set = bed_run(bed, RULE_GROUPED_CRAWL, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_GROUPED_CRAWL, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9); /* 12 gaps over 6 */
  assert_true(bed_term(f, "pages per group") == 4);
  assert_true(bed_term(f, "mean gap seconds") == 21);
  assert_int_equal(f->events, 52);
  flag_set_free(set);
  /* The page-by-page test does not see it. */
  assert_int_equal(count(bed, RULE_METRONOME, NULL), 0);
  bed_free(bed);
  bed = crawl(6, 4, 21); /* five gaps */
  assert_int_equal(count(bed, RULE_GROUPED_CRAWL, NULL), 0);
  bed_free(bed);
  bed = crawl(13, 1, 21); /* single pages are the metronome's */
  assert_int_equal(count(bed, RULE_GROUPED_CRAWL, NULL), 0);
  bed_free(bed);
}

/* --- sweep ------------------------------------------------------------------------------------ */

/* Six students of a class read 60 lessons in their first weeks; then one user opens `n` of them. */
static Bed *sweep_bed(const char *reader, guint n)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2020-01-06", "2020-06-26", "2");
  CivilTime t = bed_time("2020-01-06 09:00:00");
  for (guint day = 0; day < 30; day++)
    for (guint u = 1; u <= 6; u++) {
      char *user = g_strdup_printf("%u", u), *ip = g_strdup_printf("198.51.%u.1", u);
      for (guint i = 0; i < 2; i++) {
        char *path = g_strdup_printf("java/p%u", day * 2 + i);
        bed_hit(b, t + day * CIVIL_DAY + u * 600 + i * 137, user, "1", path, ip);
        g_free(path);
      }
      g_free(user);
      g_free(ip);
    }
  bed_pages(b, bed_time("2020-02-22 11:00:00"), reader, "1", "java", n, 97, "198.51.9.1");
  return bed_new(b);
}

static void test_sweep(void **state)
{
  (void)state;
  Bed *bed = sweep_bed("9", 48);
  FlagSet *set = bed_run(bed, RULE_SWEEP, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_SWEEP, "9");
  assert_non_null(f);
  assert_true(bed_term(f, "live lessons") == 60);
  assert_true(bed_term(f, "live lessons read") == 48);
  assert_true(fabs(bed_term(f, "share") - 0.8) < 1e-12);
  assert_true(fabs(f->score - score_of(0.8, 0.6)) < 1e-9);
  assert_int_equal(set->flags->len, 1);
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_SWEEP, "share=0.81"), 0);
  assert_int_equal(count(bed, RULE_SWEEP, "readers=7"), 0);
  assert_int_equal(count(bed, RULE_SWEEP, "days=14"), 0); /* nothing was read in two weeks before */
  bed_free(bed);
  bed = sweep_bed("9", 39);
  assert_int_equal(count(bed, RULE_SWEEP, NULL), 0);
  bed_free(bed);
}

/* A class that reads 50 lessons while another class of the track reads 100 others: who opens 45 of
 * the 50 sweeps the own class, though not a third of the track. */
static void test_sweep_of_own_class(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2020-01-06", "2020-06-26", "2");
  bed_cohort(b, "2", "Beta", "2020-01-06", "2020-06-26", "2");
  for (guint u = 0; u < 12; u++)
    for (guint day = 0; day < 25; day++)
      for (guint i = 0; i < (u % 2 ? 4 : 2); i++) {
        char *user = g_strdup_printf("%u", u);
        char *path = g_strdup_printf("%s/p%u", u % 2 ? "beta" : "alpha", day * (u % 2 ? 4 : 2) + i);
        bed_hit(b, bed_time("2020-01-06 09:00:00") + day * CIVIL_DAY + u * 600 + i * 137, user,
                u % 2 ? "2" : "1", path, HOME);
        g_free(path);
        g_free(user);
      }
  bed_pages(b, bed_time("2020-02-22 11:00:00"), "20", "1", "alpha", 45, 97, "198.51.9.1");
  bed_pages(b, bed_time("2020-02-23 11:00:00"), "20", "1", "beta", 20, 97, "198.51.9.1");
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_SWEEP, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_SWEEP, "20");
  assert_non_null(f);
  assert_true(bed_term(f, "live lessons") == 50);
  assert_true(bed_term(f, "live lessons read") == 45);
  assert_non_null(strstr(f->text, "students of the same cohort had read"));
  flag_set_free(set);
  bed_free(bed);
}

/* --- volume ----------------------------------------------------------------------------------- */

/* 20 active days of 5 to 9 hits, then a day of `n`. */
static Bed *volume_bed(guint n)
{
  LogBuilder *b = log_builder_new();
  for (guint d = 0; d < 20; d++)
    bed_pages(b, bed_time("2020-03-02 10:00:00") + d * CIVIL_DAY, "7", "", "a", 5 + d % 5, 300,
              HOME);
  bed_pages(b, bed_time("2020-03-22 08:00:00"), "7", "", "b", n, 200, HOME);
  return bed_new(b);
}

static void test_volume(void **state)
{
  (void)state;
  Bed *bed = volume_bed(200);
  FlagSet *set = bed_run(bed, RULE_VOLUME, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_VOLUME, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - score_of(200, 150)) < 1e-9);
  assert_true(bed_term(f, "threshold") == 150);
  assert_true(bed_term(f, "hits") == 200);
  assert_true(bed_term(f, "band") > 9 && bed_term(f, "band") < 20);
  assert_int_equal(f->events, 200);
  assert_true(f->from == bed_time("2020-03-22 08:00:00"));
  /* Own baseline: the median of the twenty other days. */
  assert_true(f->baselines[BASELINE_OWN].value == 7);
  assert_int_equal(f->baselines[BASELINE_OWN].n, 20);
  assert_true(isnan(f->baselines[BASELINE_COHORT].value));
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_VOLUME, "hits=201 high=201"), 0);
  bed_free(bed);
  bed = volume_bed(99);
  assert_int_equal(count(bed, RULE_VOLUME, NULL), 0);
  bed_free(bed);
}

/* A day of which the band knows too little is judged by everybody's days alone. */
static void test_volume_without_history(void **state)
{
  (void)state;
  Bed *bed = alone("a", 201, 200);
  assert_int_equal(count(bed, RULE_VOLUME, NULL), 0); /* the only day of all: no fence above it */
  bed_free(bed);
  LogBuilder *b = log_builder_new();
  for (guint d = 0; d < 20; d++)
    bed_pages(b, bed_time("2020-03-02 10:00:00") + d * CIVIL_DAY, "8", "", "a", 3 + d % 3, 300,
              HOME);
  bed_pages(b, bed_time("2020-03-22 08:00:00"), "7", "", "b", 201, 200, HOME);
  bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_VOLUME, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_VOLUME, "7");
  assert_non_null(f);
  assert_true(bed_term(f, "threshold") == 200);
  assert_true(bed_term(f, "fence") < 20);
  flag_set_free(set);
  bed_free(bed);
}

/* Ten students read every day; on the last one nine of them make `others` hits and one makes 150.
 */
static guint doubts_with_class(guint others)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2020-01-06", "2020-06-26", "2");
  for (guint u = 1; u <= 10; u++) {
    char *user = g_strdup_printf("%u", u);
    for (guint d = 0; d <= 30; d++) {
      guint n = d < 30 ? 5 + d % 3 : u == 1 ? 150 : others;
      bed_pages(b, bed_time("2020-03-02 08:00:00") + d * CIVIL_DAY + u, user, "1", "a", n, 97,
                HOME);
    }
    g_free(user);
  }
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_VOLUME, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_VOLUME, "1");
  assert_non_null(f);
  guint doubts = f->doubts;
  assert_true(fabs(f->score - (doubts ? 30 : 50)) < 1e-9);
  flag_set_free(set);
  bed_free(bed);
  return doubts;
}

static void test_volume_in_a_busy_class(void **state)
{
  (void)state;
  assert_int_equal(doubts_with_class(4), 0);                  /* less than usual */
  assert_int_equal(doubts_with_class(30), DOUBT_WHOLE_CLASS); /* a fifth of the one */
  assert_int_equal(doubts_with_class(29), 0);                 /* too far from the one */
}

/* --- off-hours -------------------------------------------------------------------------------- */

/* A class by day; user 1 also at night: `pages` pages in each of `nights` nights, `every` days
 * apart. */
static Bed *night_bed(guint nights, guint pages, guint every, gboolean all)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2020-01-06", "2020-06-26", "2");
  for (guint u = 1; u <= 8; u++) {
    char *user = g_strdup_printf("%u", u);
    for (guint d = 0; d < 60; d++)
      bed_pages(b, bed_time("2020-01-06 09:00:00") + d * CIVIL_DAY, user, "1", "a", 6, 700, HOME);
    for (guint n = 0; n < nights && (u == 1 || all); n++)
      bed_pages(b, bed_time("2020-02-03 01:00:00") + n * every * CIVIL_DAY, user, "1", "b", pages,
                101, HOME);
    g_free(user);
  }
  return bed_new(b);
}

static void test_long_night(void **state)
{
  (void)state;
  Bed *bed = night_bed(1, 60, 1, FALSE);
  FlagSet *set = bed_run(bed, RULE_OFF_HOURS, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_OFF_HOURS, "1");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9);
  assert_true(bed_term(f, "distinct pages") == 60);
  assert_int_equal(f->events, 60);
  flag_set_free(set);
  bed_free(bed);
  bed = night_bed(1, 60, 1, TRUE); /* all of them do */
  assert_int_equal(count(bed, RULE_OFF_HOURS, NULL), 0);
  bed_free(bed);
  bed = night_bed(1, 29, 1, FALSE);
  assert_int_equal(count(bed, RULE_OFF_HOURS, NULL), 0);
  bed_free(bed);
}

static void test_night_after_night(void **state)
{
  (void)state;
  Bed *bed = night_bed(5, 10, 4, FALSE); /* five nights within 17 days */
  FlagSet *set = bed_run(bed, RULE_OFF_HOURS, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_OFF_HOURS, "1");
  assert_non_null(f);
  assert_true(fabs(f->score - score_of(5, 4)) < 1e-9);
  assert_true(bed_term(f, "nights") == 5);
  assert_true(bed_term(f, "days") == 17);
  assert_int_equal(f->events, 50);
  assert_true(bed_term(f, "night share of the cohort") == 0);
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_OFF_HOURS, "nights=6"), 0);
  assert_int_equal(count(bed, RULE_OFF_HOURS, "days=12"), 0); /* four of them take 13 days */
  assert_int_equal(count(bed, RULE_OFF_HOURS, "days=13"), 1);
  assert_int_equal(count(bed, RULE_OFF_HOURS, "from=2"), 0);
  bed_free(bed);
  bed = night_bed(5, 10, 4, TRUE); /* the whole class reads at night */
  assert_int_equal(count(bed, RULE_OFF_HOURS, NULL), 0);
  bed_free(bed);
}

/* A dense spell after a lone night is found though the lone night comes first. */
static void test_spell_after_lone_night(void **state)
{
  (void)state;
  static const guint days[] = {0, 20, 27, 40, 45};
  LogBuilder *b = log_builder_new();
  for (guint i = 0; i < G_N_ELEMENTS(days); i++)
    bed_pages(b, bed_time("2020-02-03 01:00:00") + days[i] * CIVIL_DAY, "1", "", "b", 10, 101,
              HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_OFF_HOURS, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_OFF_HOURS, "1");
  assert_non_null(f);
  assert_true(bed_term(f, "nights") == 4);
  assert_true(bed_term(f, "days") == 26);
  flag_set_free(set);
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_burst),
      cmocka_unit_test(test_burst_edges),
      cmocka_unit_test(test_burst_needs_distinct_pages),
      cmocka_unit_test(test_episodes),
      cmocka_unit_test(test_metronome),
      cmocka_unit_test(test_metronome_innocents),
      cmocka_unit_test(test_grouped_crawl),
      cmocka_unit_test(test_sweep),
      cmocka_unit_test(test_sweep_of_own_class),
      cmocka_unit_test(test_volume),
      cmocka_unit_test(test_volume_without_history),
      cmocka_unit_test(test_volume_in_a_busy_class),
      cmocka_unit_test(test_long_night),
      cmocka_unit_test(test_night_after_night),
      cmocka_unit_test(test_spell_after_lone_night),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
