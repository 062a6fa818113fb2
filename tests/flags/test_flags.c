/* What every flag goes through whatever its rule: doubts, baselines, ids, relations, the list, and
 * the way out. The rule burst serves as the rule. */
#include "tests/flags/bed.h"

#include "core/report/flag_out.h"
#include "core/stats/score.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#define SITE "203.0.113.1"
#define HOME "198.51.100.7"

/* A class of ten from January to June 2020, each with a few pages a day for 60 days. */
static LogBuilder *class_of_ten(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2020-01-06", "2020-06-26", "2");
  bed_cohort(b, "9", "Staff", "2014-02-04", "2014-02-04", "2");
  for (guint u = 1; u <= 10; u++) {
    char *user = g_strdup_printf("%u", u);
    for (guint d = 0; d < 60; d++)
      bed_pages(b, bed_time("2020-01-06 09:00:00") + d * CIVIL_DAY, user, "1", "day", 3, 600, SITE);
    g_free(user);
  }
  return b;
}

/* --- doubts ----------------------------------------------------------------------------------- */

/* Doubts of the one burst of user 1. */
static guint doubts_of_burst(LogBuilder *b)
{
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_BURST, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_BURST, "1");
  assert_non_null(f);
  guint doubts = f->doubts, n = 0;
  for (guint i = 0; i < N_DOUBTS; i++)
    n += doubts >> i & 1;
  assert_true(fabs(f->score - score_doubted(f->raw_score, n)) < 1e-9);
  flag_set_free(set);
  bed_free(bed);
  return doubts;
}

static void test_no_doubt(void **state)
{
  (void)state;
  LogBuilder *b = class_of_ten();
  bed_pages(b, bed_time("2020-02-12 20:00:00"), "1", "1", "x", 30, 1, HOME);
  assert_int_equal(doubts_of_burst(b), 0);
  /* The school's address does not excuse one account. */
  b = class_of_ten();
  bed_pages(b, bed_time("2020-02-12 10:00:00"), "1", "1", "x", 30, 1, SITE);
  assert_int_equal(doubts_of_burst(b), 0);
}

static void test_whole_class(void **state)
{
  (void)state;
  for (guint others = 2; others <= 3; others++) { /* of nine: under and over 30 % */
    LogBuilder *b = class_of_ten();
    for (guint u = 1; u <= 1 + others; u++) {
      char *user = g_strdup_printf("%u", u);
      /* the others open half of the pages, ten minutes after one another */
      bed_pages(b, bed_time("2020-02-12 10:00:00") + (u - 1) * 600, user, "1", "x",
                u == 1 ? 30 : 15, 1, SITE);
      g_free(user);
    }
    assert_int_equal(doubts_of_burst(b), others == 3 ? DOUBT_WHOLE_CLASS : 0);
  }
}

static void test_staff(void **state)
{
  (void)state;
  static const struct {
    const char *staff_from;
    guint doubts;
  } cases[] = {{"2020-02-01 10:00:00", DOUBT_STAFF},
               {"2020-03-10 10:00:00", DOUBT_STAFF}, /* within a month */
               {"2020-12-01 10:00:00", 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    LogBuilder *b = class_of_ten();
    bed_hit(b, bed_time(cases[i].staff_from), "1", "9", "day/p1", HOME);
    bed_pages(b, bed_time("2020-02-12 20:00:00"), "1", "1", "x", 30, 1, HOME);
    assert_int_equal(doubts_of_burst(b), cases[i].doubts);
  }
}

/* Doubts that only some rules ask for, seen through a flag put into a sink as a rule would. */
static guint doubts_seen(LogBuilder *b, const char *user, const char *from, const char *to,
                         RuleId rule)
{
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, rule, NULL);
  guint32 key = bed_user(bed, user);
  guint doubts = 0;
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (f->key == key && f->from >= bed_time(from) && f->to <= bed_time(to))
      doubts |= f->doubts | 1u << N_DOUBTS;
  }
  flag_set_free(set);
  bed_free(bed);
  return doubts;
}

static void test_exam_week(void **state)
{
  (void)state;
  static const struct {
    const char *night;
    guint doubts;
  } cases[] = {{"2020-01-12 01:00:00", DOUBT_EXAM_WEEK}, /* the seventh day of the class */
               {"2020-01-13 01:00:00", 0},
               {"2020-06-19 01:00:00", 0},
               {"2020-06-20 01:00:00", DOUBT_EXAM_WEEK},
               {"2020-06-26 01:00:00", DOUBT_EXAM_WEEK},
               {"2020-06-27 01:00:00", 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    LogBuilder *b = class_of_ten();
    bed_pages(b, bed_time(cases[i].night), "1", "1", "x", 40, 60, HOME);
    assert_int_equal(doubts_seen(b, "1", cases[i].night, "2020-12-31", RULE_OFF_HOURS),
                     cases[i].doubts | 1u << N_DOUBTS);
  }
}

/* --- baselines -------------------------------------------------------------------------------- */

static void test_baselines(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "Alpha", "2020-01-06", "2020-06-26", "2");
  bed_cohort(b, "2", "Beta", "2020-03-02", "2020-08-28", "2");
  bed_cohort(b, "3", "Other", "2020-01-06", "2020-06-26", "3");
  static const struct {
    const char *user, *cohort, *start;
    guint pages;
  } people[] = {{"1", "1", "2020-01-06", 2},
                {"2", "1", "2020-01-06", 4},
                {"3", "1", "2020-01-06", 6},
                {"4", "2", "2020-03-02", 8},
                {"5", "3", "2020-01-06", 10}};
  for (guint i = 0; i < G_N_ELEMENTS(people); i++)
    for (guint d = 0; d < 70; d++)
      for (guint p = 0; p < people[i].pages; p++) {
        char *path = g_strdup_printf("day/p%u", p);
        bed_hit(b, bed_time(people[i].start) + d * CIVIL_DAY + 36000 + p, people[i].user,
                people[i].cohort, path, HOME);
        g_free(path);
      }
  /* The 15th day of the class. */
  bed_pages(b, bed_time("2020-01-20 20:00:00"), "1", "1", "x", 30, 1, HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_BURST, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_BURST, "1");
  assert_non_null(f);
  /* Own: the other 69 days, 2 pages in their busiest minute. */
  assert_true(f->baselines[BASELINE_OWN].value == 2);
  assert_int_equal(f->baselines[BASELINE_OWN].n, 69);
  /* Cohort: users 2 and 3 on 15 days around it. */
  assert_true(f->baselines[BASELINE_COHORT].value == 5);
  assert_int_equal(f->baselines[BASELINE_COHORT].n, 30);
  /* Program: user 4, eight weeks later, in the same days of the course. */
  assert_true(f->baselines[BASELINE_PROGRAM].value == 8);
  assert_int_equal(f->baselines[BASELINE_PROGRAM].n, 15);
  flag_set_free(set);
  bed_free(bed);
}

/* --- relations and the list ------------------------------------------------------------------- */

static gboolean is_related(const FlagSet *set, const char *a, const char *b)
{
  const Flag *f = flag_set_find(set, a);
  assert_non_null(f);
  for (guint i = 0; i < f->related->len; i++)
    if (strcmp(g_ptr_array_index(f->related, i), b) == 0)
      return TRUE;
  return FALSE;
}

static void test_related(void **state)
{
  (void)state;
  LogBuilder *b = class_of_ten();
  /* Two accounts in one flat, months apart; a third elsewhere; two at the school at one time and
   * one there at another. */
  bed_pages(b, bed_time("2020-02-12 20:00:00"), "1", "1", "x", 30, 1, HOME);
  bed_pages(b, bed_time("2020-05-12 20:00:00"), "2", "1", "x", 30, 1, HOME);
  bed_pages(b, bed_time("2020-02-12 20:00:00"), "3", "1", "x", 30, 1, "198.51.101.9");
  bed_pages(b, bed_time("2020-02-13 20:00:00"), "4", "1", "x", 30, 1, SITE);
  bed_pages(b, bed_time("2020-02-13 20:00:10"), "5", "1", "x", 30, 1, SITE);
  bed_pages(b, bed_time("2020-02-14 20:00:00"), "6", "1", "x", 30, 1, SITE);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_BURST, NULL);
  assert_int_equal(set->flags->len, 6);
#define A "burst-u1-20200212T2000"
#define B "burst-u2-20200512T2000"
#define C "burst-u3-20200212T2000"
#define D "burst-u4-20200213T2000"
#define E "burst-u5-20200213T2000"
#define F "burst-u6-20200214T2000"
  assert_true(is_related(set, A, B) && is_related(set, B, A));
  assert_false(is_related(set, A, C) || is_related(set, C, A));
  assert_true(is_related(set, D, E) && is_related(set, E, D));
  assert_false(is_related(set, D, F) || is_related(set, A, D));
  flag_set_free(set);
  bed_free(bed);
}

static void test_order_and_rerun(void **state)
{
  (void)state;
  LogBuilder *b = class_of_ten();
  bed_pages(b, bed_time("2020-02-12 20:00:00"), "1", "1", "x", 30, 1, HOME);
  bed_pages(b, bed_time("2020-02-12 21:00:00"), "2", "1", "x", 60, 1, HOME);
  bed_pages(b, bed_time("2020-02-13 21:00:00"), "3", "1", "x", 30, 1, HOME);
  bed_pages(b, bed_time("2020-02-14 21:00:00"), "4", "1", "x", 31, 30, HOME);
  Bed *bed = bed_new(b);
  RuleSettings s;
  rule_settings_init(&s);
  FlagSet *set = flag_set_new(bed->study, &s);
  guint all = set->flags->len;
  assert_int_equal(set->count[RULE_BURST], 3);
  assert_int_equal(set->count[RULE_METRONOME], 1);
  for (guint i = 1; i < all; i++) {
    const Flag *a = g_ptr_array_index(set->flags, i - 1), *c = g_ptr_array_index(set->flags, i);
    assert_true(a->score > c->score || (a->score == c->score && strcmp(a->id, c->id) < 0));
  }
  assert_true(set->flagged_user[bed_user(bed, "1")]);
  assert_true(rule_settings_change(&s, RULE_BURST, "pages=40 fast-pages=40", NULL));
  s.value[RULE_METRONOME][0] = 1000; /* another rule's change waits for its own run */
  flag_set_rerun(set, bed->study, RULE_BURST, &s);
  assert_int_equal(set->flags->len, all - 2);
  assert_int_equal(set->count[RULE_BURST], 1);
  assert_int_equal(set->count[RULE_METRONOME], 1);
  assert_true(set->settings.value[RULE_BURST][0] == 40);
  assert_true(set->settings.value[RULE_METRONOME][0] == 15);
  assert_false(set->flagged_user[bed_user(bed, "1")]);
  assert_true(set->flagged_user[bed_user(bed, "2")]);
  assert_null(flag_set_find(set, "burst-u1-20200212T2000"));
  assert_non_null(flag_set_find(set, "burst-u2-20200212T2100"));
  flag_set_free(set);
  bed_free(bed);
}

/* Two rules about one episode join like independent chances; a third episode stays out. */
static void test_combined(void **state)
{
  (void)state;
  LogBuilder *b = class_of_ten();
  bed_pages(b, bed_time("2020-02-12 01:00:00"), "1", "1", "x", 40, 1, HOME); /* burst at night */
  bed_pages(b, bed_time("2020-02-20 20:00:00"), "1", "1", "y", 40, 1, HOME);
  Bed *bed = bed_new(b);
  RuleSettings s;
  rule_settings_init(&s);
  for (guint r = 0; r < N_RULES; r++)
    s.on[r] = r == RULE_BURST || r == RULE_OFF_HOURS;
  FlagSet *set = flag_set_new(bed->study, &s);
  const Flag *burst = flag_set_find(set, "burst-u1-20200212T0100");
  const Flag *night = flag_set_find(set, "off-hours-u1-20200212T0100");
  assert_non_null(burst);
  assert_non_null(night);
  double both = 100 * (1 - (1 - burst->score / 100) * (1 - night->score / 100));
  assert_true(fabs(flag_set_combined(set, burst) - both) < 1e-9);
  assert_true(fabs(flag_set_combined(set, night) - both) < 1e-9);
  const Flag *other = flag_set_find(set, "burst-u1-20200220T2000");
  assert_true(fabs(flag_set_combined(set, other) - other->score) < 1e-9);
  flag_set_free(set);
  bed_free(bed);
}

/* Every flag of the sample says its evidence in few words, with the numbers that it has; a single
 * one is not called by a plural. */
static void test_gist(void **state)
{
  (void)state;
  static FlagTerm one = {"hits", 1};
  Flag f = {.rule = RULE_PROBE, .n_terms = 1, .terms = {one}, .events = 7};
  char *text = flag_gist(&f);
  assert_string_equal(text, "1 probe");
  g_free(text);
  f.terms[0].value = 1234;
  text = flag_gist(&f);
  assert_string_equal(text, "1,234 probes");
  g_free(text);
  f.rule = RULE_BURST; /* without the terms of that rule: what every flag has */
  text = flag_gist(&f);
  assert_string_equal(text, "7 rows");
  g_free(text);
  f = (Flag){.rule = RULE_OFF_HOURS, .n_terms = 2, .terms = {{"nights", 4}, {"days", 21}}};
  text = flag_gist(&f);
  assert_string_equal(text, "4 nights in 21 days");
  g_free(text);
  f = (Flag){
      .rule = RULE_BURST, .n_terms = 2, .terms = {{"all pages", 61}, {"duration seconds", 3599}}};
  text = flag_gist(&f);
  assert_string_equal(text, "61 pages in 60 min");
  g_free(text);

  Bed *bed = bed_sample();
  RuleSettings settings;
  rule_settings_init(&settings);
  FlagSet *set = flag_set_new(bed->study, &settings);
  assert_true(set->flags->len > 50);
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *flag = g_ptr_array_index(set->flags, i);
    text = flag_gist(flag);
    assert_null(strpbrk(text, "{}|~"));
    assert_null(strstr(text, " row")); /* a form of the rule fits */
    assert_in_range(strlen(text), 4, 40);
    g_free(text);
  }
  flag_set_free(set);
  bed_free(bed);
}

static void test_empty_log(void **state)
{
  (void)state;
  Bed *bed = bed_new(log_builder_new());
  RuleSettings s;
  rule_settings_init(&s);
  FlagSet *set = flag_set_new(bed->study, &s);
  assert_int_equal(set->flags->len, 0);
  flag_set_rerun(set, bed->study, RULE_SWEEP, &s);
  assert_null(flag_set_find(set, "x"));
  flag_set_free(set);
  bed_free(bed);
}

/* --- the way out ------------------------------------------------------------------------------ */

/* A user whose name is no number, with bytes that belong on no screen. */
static void test_odd_names(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_pages(b, bed_time("2020-02-12 20:00:00"), "a b\033[1m", "", "x", 30, 1, "lab, room 4");
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_BURST, NULL);
  assert_int_equal(set->flags->len, 1);
  const Flag *f = g_ptr_array_index(set->flags, 0);
  assert_string_equal(f->id, "burst-ua_b__1m-20200212T2000");
  assert_true(g_str_has_prefix(f->text, "User a b?[1m fetched 30 pages"));
  char *label = flag_subject_label(f, bed->ds);
  assert_string_equal(label, "user a b?[1m");
  g_free(label);
  guint8 key[PSEUDONYM_KEY_BYTES] = {1, 2, 3};
  Pseudonyms *p = pseudonyms_new(key);
  const char *name = pseudonym_of(p, COLUMN_USER, "a b\033[1m");
  char *id = flag_out_id(f, bed->ds, p), *text = flag_out_text(f, p);
  char *expected = g_strdup_printf("burst-%s-20200212T2000", name);
  assert_string_equal(id, expected);
  assert_null(strstr(text, "a b"));
  assert_non_null(strstr(text, name));
  g_free(expected);
  g_free(id);
  g_free(text);
  GString *out = g_string_new(NULL);
  Sink *sink = sink_string(out);
  JsonOut *j = json_out_new(sink);
  flag_out_json(j, NULL, set, f, bed->ds, "watch", p);
  json_out_free(j);
  assert_true(sink_close(sink, NULL));
  assert_null(strstr(out->str, "a b"));
  assert_null(strstr(out->str, "a_b"));
  assert_null(strstr(out->str, "room"));
  assert_non_null(strstr(out->str, "\"watch\""));
  g_string_free(out, TRUE);
  pseudonyms_free(p);
  flag_set_free(set);
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_no_doubt),
      cmocka_unit_test(test_whole_class),
      cmocka_unit_test(test_staff),
      cmocka_unit_test(test_exam_week),
      cmocka_unit_test(test_baselines),
      cmocka_unit_test(test_related),
      cmocka_unit_test(test_order_and_rerun),
      cmocka_unit_test(test_combined),
      cmocka_unit_test(test_gist),
      cmocka_unit_test(test_empty_log),
      cmocka_unit_test(test_odd_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
