/* Judging: statuses follow an episode through a change of thresholds, exceptions cover what they
 * say and no more; the queue counts and filters accordingly. */
#include "core/base/error.h"
#include "core/casebook/judge.h"
#include "tests/flags/bed.h"
#include "tui/model/queue.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static Bed *bed;
static FlagSet *set;

/* Three users fetch pages in seconds: 7 and 8 from one network, 9 from another. */
static int make_bed(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  CivilTime t = bed_time("2020-03-04 10:00:00");
  for (int day = 20; day < 40; day++)
    bed_pages(b, t - day * CIVIL_DAY, "7", "", "slow", 4, 300, "198.51.100.7");
  bed_pages(b, t, "7", "", "a", 60, 1, "198.51.100.7");
  bed_pages(b, t + 90, "7", "", "c", 12, 4, "198.51.100.7"); /* within the minute at pages=10 */
  bed_pages(b, t + CIVIL_DAY, "8", "", "b", 40, 1, "198.51.100.200");
  bed_pages(b, t + 30 * CIVIL_DAY, "9", "", "a", 30, 1, "203.0.113.5");
  bed = bed_new(b);
  set = bed_run(bed, RULE_BURST, NULL);
  assert_int_equal(set->flags->len, 3);
  return 0;
}

static int free_bed(void **state)
{
  (void)state;
  flag_set_free(set);
  bed_free(bed);
  return 0;
}

static Stamp me(void)
{
  return (Stamp){.author = "ana", .time = bed_time("2026-11-20 10:15:00")};
}

static const Flag *flag_of(const FlagSet *s, const char *user)
{
  const Flag *f = bed_flag_of(bed, s, RULE_BURST, user);
  assert_non_null(f);
  return f;
}

static void review(Casebook *b, const Flag *f, FlagStatus status)
{
  Review r = review_of_flag(set, f, bed->ds, status, "so");
  assert_string_equal(r.rule, "burst");
  assert_string_equal(r.parameters, "pages=20 seconds=60 fast-pages=15 fast-seconds=10");
  assert_true(casebook_add_review(b, &r, me(), NULL) > 0);
  g_free(r.parameters);
  g_free(r.subject);
}

static const Judgement *judgement_of(const Judgement *all, const FlagSet *s, const char *user)
{
  const Flag *f = flag_of(s, user);
  for (guint i = 0; i < s->flags->len; i++)
    if (all[i].flag == f)
      return &all[i];
  fail();
  return NULL;
}

static void the_last_status_counts(void **state)
{
  (void)state;
  Casebook *b = casebook_new();
  review(b, flag_of(set, "7"), STATUS_WATCH);
  review(b, flag_of(set, "8"), STATUS_DISMISSED);
  review(b, flag_of(set, "7"), STATUS_CONFIRMED);
  Judgement *all = casebook_judge(b, set, bed->ds);
  assert_int_equal(judgement_of(all, set, "7")->status, STATUS_CONFIRMED);
  assert_int_equal(judgement_of(all, set, "8")->status, STATUS_DISMISSED);
  assert_int_equal(judgement_of(all, set, "9")->status, STATUS_OPEN);
  assert_null(judgement_of(all, set, "9")->review);
  g_free(all);
  casebook_free(b);
}

static void a_status_follows_its_episode(void **state)
{
  (void)state;
  Casebook *b = casebook_new();
  review(b, flag_of(set, "7"), STATUS_CONFIRMED);
  FlagSet *wider = bed_run(bed, RULE_BURST, "seconds=120");
  const Flag *f = flag_of(wider, "7");
  assert_true(f->to > flag_of(set, "7")->to); /* another end: the same story */
  Judgement *all = casebook_judge(b, wider, bed->ds);
  assert_int_equal(judgement_of(all, wider, "7")->status, STATUS_CONFIRMED);
  assert_int_equal(judgement_of(all, wider, "8")->status, STATUS_OPEN);
  g_free(all);
  flag_set_free(wider);
  casebook_free(b);
}

static guint covered(const char *text)
{
  FlagException x;
  guint n = 0;
  assert_true(exception_parse(&x, text, NULL));
  for (guint i = 0; i < set->flags->len; i++)
    n += exception_covers(&x, g_ptr_array_index(set->flags, i), bed->ds);
  exception_clear(&x);
  return n;
}

static void exceptions_cover_what_they_say(void **state)
{
  (void)state;
  assert_int_equal(covered("rule=burst"), 3);
  assert_int_equal(covered("rule=sweep"), 0);
  assert_int_equal(covered("user=7"), 1);
  assert_int_equal(covered("user=7 rule=sweep"), 0);
  assert_int_equal(covered("user=70"), 0);
  assert_int_equal(covered("ip=198.51.100.0/24"), 2);
  assert_int_equal(covered("ip=198.51.100.7"), 1);
  assert_int_equal(covered("ip=198.51.100.0/24 user=8 rule=burst"), 1);
  assert_int_equal(covered("ip=2001:db8::/32"), 0);
  assert_int_equal(covered("rule=burst until=2020-03-03"), 0);
  assert_int_equal(covered("rule=burst until=2020-03-04"), 1);
  assert_int_equal(covered("rule=burst until=2020-03-05"), 2);
  assert_int_equal(covered("rule=BURST until=2020-12-31"), 3);
}

static void exceptions_are_read_and_printed(void **state)
{
  (void)state;
  FlagException x;
  GError *error = NULL;
  assert_true(
      exception_parse(&x, " user=\"a b\"  ip=198.51.100.77/24 because  it is \"fine\" ", NULL));
  assert_string_equal(x.user, "a b");
  assert_string_equal(x.block, "198.51.100.0/24");
  assert_string_equal(x.reason, "it is \"fine\"");
  char *text = exception_print(&x);
  assert_string_equal(text, "user=\"a b\" ip=198.51.100.0/24");
  g_free(text);
  exception_clear(&x);
  static const char *const wrong[][2] = {
      {"", "needs"},           {"because nothing", "needs"}, {"until=2020-01-01", "needs"},
      {"user=", "user="},      {"users=7", "users"},         {"ip=here", "here"},
      {"rule=brust", "burst"}, {"user=7 until=May", "May"}};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    assert_false(exception_parse(&x, wrong[i][0], &error));
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
    assert_non_null(strstr(error->message, wrong[i][1]));
    g_clear_error(&error);
  }
}

/* --- the queue ---------------------------------------------------------------------------------
 */

static void refresh(Queue *q, const Casebook *b, const char *scope)
{
  Chips *chips = chips_new();
  if (scope)
    chips_add(chips, scope_term_parse(scope, NULL), FALSE);
  assert_true(queue_refresh(q, bed->ds, set, 1, 1, b, chips, NULL));
  chips_free(chips);
}

static void the_queue_counts(void **state)
{
  (void)state;
  Casebook *b = casebook_new();
  Queue q;
  queue_init(&q);
  refresh(&q, b, NULL);
  assert_int_equal(q.n_visible, 3);
  assert_true(q.user_score[bed_user(bed, "9")] > 0);
  assert_string_equal(queue_current(&q)->flag->id, flag_of(set, "7")->id); /* the highest score */
  /* what is decided leaves the list, the cursor stays at its place */
  queue_move_to(&q, 1);
  review(b, flag_of(set, "8"), STATUS_DISMISSED);
  refresh(&q, b, NULL);
  assert_int_equal(q.n_visible, 2);
  assert_int_equal(q.counts[STATUS_DISMISSED], 1);
  assert_string_equal(queue_current(&q)->flag->id, flag_of(set, "9")->id);
  assert_int_equal(q.user_score[bed_user(bed, "8")], 0);
  assert_true(q.user_score[bed_user(bed, "7")] >= 75);
  FlagException x = {.user = (char *)"9", .until = CIVIL_DAY_NONE, .reason = (char *)""};
  assert_true(casebook_add_exception(b, &x, me(), NULL) > 0);
  refresh(&q, b, NULL);
  assert_int_equal(q.n_visible, 1);
  assert_int_equal(q.n_excepted, 1);
  assert_int_equal(q.user_score[bed_user(bed, "9")], 0);
  assert_int_equal(q.exception_flags[0], 1);
  assert_true(queue_filter_change(&q.filter, "status=excepted", NULL));
  refresh(&q, b, NULL);
  assert_int_equal(q.n_visible, 1);
  assert_true(queue_filter_change(&q.filter, "status=any", NULL));
  refresh(&q, b, NULL);
  assert_int_equal(q.n_visible, 2);
  queue_clear(&q);
  casebook_free(b);
}

static void the_queue_filters(void **state)
{
  (void)state;
  static const struct {
    const char *filter, *scope;
    guint n;
  } cases[] = {{"rule=burst", NULL, 3},
               {"rule=sweep", NULL, 0},
               {"audience=teaching", NULL, 0},
               {"audience=any", NULL, 3},
               {"score=100", NULL, 0},
               {"\"user 7\"", NULL, 1},
               {"USER", NULL, 0},
               {"user 9", NULL, 1},
               {"about=user:7", NULL, 1},
               {"about=ip:203.0.113.5", NULL, 1},
               {"about=cohort:none", NULL, 3},
               {"about=user:77", NULL, 0},
               {"reset", "user=8", 1},
               {"reset", "time=2020-03-04", 1},
               {"reset", "time=2020-03-06", 0}};
  Casebook *b = casebook_new();
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    Queue q;
    queue_init(&q);
    assert_true(queue_filter_change(&q.filter, cases[i].filter, NULL));
    refresh(&q, b, cases[i].scope);
    assert_int_equal(q.n_visible, cases[i].n);
    queue_clear(&q);
  }
  casebook_free(b);
}

static void filters_are_read_and_printed(void **state)
{
  (void)state;
  static const char *const texts[] = {
      "status=open audience=security",
      "status=any audience=any rule=burst score=40",
      "status=excepted audience=data about=\"user:a b\"",
      "status=watch audience=teaching \"two \"\"words\"\" a=b\"",
      "status=open audience=any about=\"row:2020-03-04T10:00:00:7:a/0\"",
  };
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    QueueFilter f;
    queue_filter_init(&f);
    assert_true(queue_filter_change(&f, texts[i], NULL));
    char *text = queue_filter_print(&f);
    assert_string_equal(text, texts[i]);
    g_free(text);
    queue_filter_clear(&f);
  }
  static const char *const wrong[] = {"status=maybe", "score=101", "score=x",   "audience=me",
                                      "rule=brust",   "about=7",   "state=open"};
  QueueFilter f;
  queue_filter_init(&f);
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    GError *error = NULL;
    assert_false(queue_filter_change(&f, wrong[i], &error));
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
    g_clear_error(&error);
  }
  assert_int_equal(f.status, STATUS_OPEN);
  queue_filter_clear(&f);
}

static void one_thing_and_back(void **state)
{
  (void)state;
  Queue q;
  queue_init(&q);
  assert_true(queue_filter_change(&q.filter, "status=watch score=30", NULL));
  queue_set_about(&q, entity_new(ENTITY_USER, "7"));
  queue_set_about(&q, entity_new(ENTITY_USER, "8"));
  assert_int_equal(q.filter.status, QUEUE_ANY);
  assert_string_equal(q.filter.about->id, "8");
  queue_set_about(&q, NULL);
  char *text = queue_filter_print(&q.filter);
  assert_string_equal(text, "status=watch audience=security score=30");
  g_free(text);
  queue_clear(&q);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_last_status_counts),
      cmocka_unit_test(a_status_follows_its_episode),
      cmocka_unit_test(exceptions_cover_what_they_say),
      cmocka_unit_test(exceptions_are_read_and_printed),
      cmocka_unit_test(the_queue_counts),
      cmocka_unit_test(the_queue_filters),
      cmocka_unit_test(filters_are_read_and_printed),
      cmocka_unit_test(one_thing_and_back),
  };
  return cmocka_run_group_tests(tests, make_bed, free_bed);
}
