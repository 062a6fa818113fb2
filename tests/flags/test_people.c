/* Rules about people on logs written for them: linked-ids, dormant-return, probe, no-cohort,
 * outside-dates, agent. */
#include "tests/flags/bed.h"

#include "core/base/assets.h"
#include "core/base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#define HOME  "198.51.100.7"
#define OTHER "203.0.113.9"

static guint count(const Bed *bed, RuleId rule, const char *change)
{
  FlagSet *set = bed_run(bed, rule, change);
  guint n = set->flags->len;
  flag_set_free(set);
  return n;
}

static LogBuilder *two_classes(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "One", "2020-01-06", "2020-06-26", "1");
  bed_cohort(b, "2", "Two", "2020-07-06", "2020-12-26", "1");
  return b;
}

/* --- linked-ids ------------------------------------------------------------------------------- */

/* User 1 reads until noon of March 10, user 2 from `start` on; somebody else ends the log. */
static LogBuilder *hand_over(const char *start, const char *cohort, const char *ip)
{
  LogBuilder *b = two_classes();
  for (guint d = 0; d < 6; d++)
    bed_pages(b, bed_time("2020-03-05 12:00:00") + d * CIVIL_DAY, "1", "1", "a", 5, 60, HOME);
  bed_pages(b, bed_time(start), "2", cohort, "b", 5, 60, ip);
  bed_hit(b, bed_time("2020-09-01 10:00:00"), "3", "2", "day/p1", OTHER);
  return b;
}

static guint links(LogBuilder *b, const char *change)
{
  Bed *bed = bed_new(b);
  guint n = count(bed, RULE_LINKED_IDS, change);
  bed_free(bed);
  return n;
}

static void test_linked_ids(void **state)
{
  (void)state;
  Bed *bed = bed_new(hand_over("2020-03-11 00:04:00", "1", HOME)); /* 12 hours later */
  FlagSet *set = bed_run(bed, RULE_LINKED_IDS, NULL);
  assert_int_equal(set->flags->len, 1);
  const Flag *f = g_ptr_array_index(set->flags, 0);
  assert_string_equal(f->id, "linked-ids-u1-20200310T1200");
  assert_int_equal(f->key, bed_user(bed, "1"));
  assert_int_equal(f->n_users, 2);
  assert_int_equal(f->users[1], bed_user(bed, "2"));
  assert_true(fabs(f->score - 75) < 1e-9); /* half of 24 hours */
  assert_true(bed_term(f, "gap hours") == 12);
  assert_true(isnan(bed_term(f, "silent days")));
  assert_int_equal(f->events, 10); /* the last of one and the first of the other */
  assert_true(f->baselines[BASELINE_OWN].value == 1);
  assert_string_equal(f->text, "User 1 stopped on 2020-03-10 at 12:04; 12.0 hours later user 2 of "
                               "the same cohort began, both on 198.51.100.7, and the first one "
                               "never came back.");
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_LINKED_IDS, "hours=11"), 0);
  bed_free(bed);
}

static void test_unlinked_ids(void **state)
{
  (void)state;
  assert_int_equal(links(hand_over("2020-03-10 12:30:00", "1", HOME), NULL), 1);
  assert_int_equal(links(hand_over("2020-03-10 12:30:00", "1", OTHER), NULL), 0);
  assert_int_equal(links(hand_over("2020-03-10 12:30:00", "2", HOME), NULL), 0);
  assert_int_equal(links(hand_over("2020-03-12 12:30:00", "1", HOME), NULL), 0); /* too late */
  assert_int_equal(links(hand_over("2020-03-09 12:30:00", "1", HOME), NULL), 0); /* flatmates */
  LogBuilder *b = hand_over("2020-03-10 12:30:00", "1", HOME); /* back after three weeks */
  bed_hit(b, bed_time("2020-04-01 10:00:00"), "1", "1", "a/p1", HOME);
  assert_int_equal(links(b, NULL), 0);
  b = hand_over("2020-03-10 12:30:00", "1", HOME); /* back after six */
  bed_hit(b, bed_time("2020-04-22 10:00:00"), "1", "1", "a/p1", HOME);
  assert_int_equal(links(b, NULL), 1);
  /* The log ends too early to know. */
  b = two_classes();
  bed_hit(b, bed_time("2020-03-10 12:00:00"), "1", "1", "a/p1", HOME);
  bed_pages(b, bed_time("2020-03-10 12:30:00"), "2", "1", "b", 50, 40000, HOME);
  assert_int_equal(links(b, NULL), 0);
}

/* --- dormant-return --------------------------------------------------------------------------- */

/* User 1 read in January 2019 and again `pages` pages from New Year 2020 on, one every hour. */
static LogBuilder *sleeper(guint pages, const char *cohort)
{
  LogBuilder *b = two_classes();
  bed_pages(b, bed_time("2019-01-10 10:00:00"), "1", "1", "a", 3, 60, HOME);
  bed_pages(b, bed_time("2020-07-10 10:00:00"), "1", cohort, "b", pages, 3600, OTHER);
  return b;
}

static void test_dormant_return(void **state)
{
  (void)state;
  Bed *bed = bed_new(sleeper(80, "1"));
  FlagSet *set = bed_run(bed, RULE_DORMANT_RETURN, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_DORMANT_RETURN, "1");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9);
  assert_int_equal(f->events, 80);
  assert_true(bed_term(f, "days without a hit") == 547);
  assert_true(bed_term(f, "pages from new addresses") == 80);
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_DORMANT_RETURN, "days=548"), 0);
  assert_int_equal(count(bed, RULE_DORMANT_RETURN, "pages=81"), 0);
  assert_int_equal(count(bed, RULE_DORMANT_RETURN, "window=3"), 1); /* 73 pages */
  assert_int_equal(count(bed, RULE_DORMANT_RETURN, "window=3 pages=74"), 0);
  bed_free(bed);
  bed = bed_new(sleeper(39, "1"));
  assert_int_equal(count(bed, RULE_DORMANT_RETURN, NULL), 0);
  bed_free(bed);
  bed = bed_new(sleeper(80, "2")); /* back for another class */
  assert_int_equal(count(bed, RULE_DORMANT_RETURN, NULL), 0);
  bed_free(bed);
}

/* Where everybody reads as much on a return, one such return is nothing. */
static void test_usual_return(void **state)
{
  (void)state;
  LogBuilder *b = sleeper(50, "1");
  for (guint u = 10; u < 40; u++) {
    char *user = g_strdup_printf("%u", u);
    bed_pages(b, bed_time("2019-01-10 10:00:00"), user, "1", "a", 3, 60, HOME);
    bed_pages(b, bed_time("2020-07-10 10:00:00"), user, "1", "b", 60, 600, HOME);
    g_free(user);
  }
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_DORMANT_RETURN, NULL);
  assert_null(bed_flag_of(bed, set, RULE_DORMANT_RETURN, "1"));
  assert_non_null(bed_flag_of(bed, set, RULE_DORMANT_RETURN, "10"));
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_DORMANT_RETURN, "fence=3"), 30);
  bed_free(bed);
}

/* --- probe ------------------------------------------------------------------------------------ */

static void test_probe(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  static const char *const paths[] = {"wp-admin", ".env",     ".git/config", "students/12/notes",
                                      "wp-admin", "wp-admin", "wp-admin",    "wp-admin"};
  for (guint i = 0; i < 8; i++)
    bed_hit(b, bed_time("2020-03-10 22:00:00") + i * 60, "1", "1", paths[i], HOME);
  bed_hit(b, bed_time("2020-03-20 22:00:00"), "1", "1", "a/..%2f..%2fetc", HOME); /* later: apart */
  bed_hit(b, bed_time("2020-03-10 10:00:00"), "2", "1", "git/add", HOME);         /* a lesson */
  bed_hit(b, bed_time("2020-03-10 10:00:00"), "3", "1", "students", HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_PROBE, NULL);
  assert_int_equal(set->flags->len, 2);
  const Flag *f = flag_set_find(set, "probe-u1-20200310T2200");
  assert_non_null(f);
  assert_true(fabs(f->score - 87.5) < 1e-9); /* 8 hits and 4 paths over 4 */
  assert_int_equal(f->events, 8);
  assert_true(f->baselines[BASELINE_OWN].value == 1);
  assert_true(f->baselines[BASELINE_COHORT].value == 0);
  assert_int_equal(f->baselines[BASELINE_COHORT].n, 2);
  assert_string_equal(f->text, "User 1 asked from 2020-03-10 at 22:00 on for paths that no lesson "
                               "has, such as wp-admin: 8 hits, 4 distinct paths.");
  f = flag_set_find(set, "probe-u1-20200320T2200");
  assert_non_null(f);
  assert_true(f->score < 30); /* once is no story */
  flag_set_free(set);
  bed_free(bed);
}

/* --- no-cohort -------------------------------------------------------------------------------- */

static void test_no_cohort(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  bed_pages(b, bed_time("2020-03-10 10:00:00"), "1", "", "a", 50, 6000, HOME);
  bed_pages(b, bed_time("2020-03-10 10:00:00"), "2", "1", "a", 40, 6000, HOME);
  bed_pages(b, bed_time("2020-04-10 10:00:00"), "2", "", "b", 10, 6000, HOME);
  bed_pages(b, bed_time("2020-03-10 10:00:00"), "3", "1", "a", 40, 6000, HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_NO_COHORT, NULL);
  assert_int_equal(set->flags->len, 2);
  const Flag *f = bed_flag_of(bed, set, RULE_NO_COHORT, "1");
  assert_true(fabs(f->score - 50) < 1e-9);
  f = bed_flag_of(bed, set, RULE_NO_COHORT, "2");
  assert_int_equal(f->events, 10);
  assert_true(f->baselines[BASELINE_OWN].value == 40);
  assert_string_equal(f->text, "User 2 has a cohort, but 10 of its 50 hits carry none, from "
                               "2020-04-10 to 2020-04-11.");
  flag_set_free(set);
  bed_free(bed);
}

/* A class whose rows carry no cohort is no crowd of strangers. */
static void test_probable_class(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  for (guint u = 10; u < 22; u++) {
    char *user = g_strdup_printf("%u", u);
    for (guint d = 0; d < 20; d++)
      bed_hit(b, bed_time("2020-07-06 09:00:00") + d * CIVIL_DAY + u, user, "", "a/p1", HOME);
    g_free(user);
  }
  bed_pages(b, bed_time("2020-03-10 10:00:00"), "1", "", "a", 50, 6000, HOME);
  Bed *bed = bed_new(b);
  assert_int_equal(bed->study->probable->n_groups, 1);
  assert_int_equal(count(bed, RULE_NO_COHORT, NULL), 1);
  bed_free(bed);
}

/* --- outside-dates ---------------------------------------------------------------------------- */

static void test_outside_dates(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  CohortTable *t = log_builder_cohorts(b);
  bed_cohort(b, "3", "Gone", "2020-01-06", "2020-06-26", "1");
  g_array_index(t->cohorts, Cohort, cohort_table_find(t, "3")).deleted = TRUE;
  bed_pages(b, bed_time("2020-06-28 10:00:00"), "1", "2", "a", 20, 60, HOME); /* 8 days before */
  bed_pages(b, bed_time("2020-06-29 10:00:00"), "2", "2", "a", 20, 60, HOME); /* 7 days before */
  bed_pages(b, bed_time("2020-09-10 10:00:00"), "3", "1", "a", 20, 60, HOME); /* a graduate */
  bed_pages(b, bed_time("2020-03-10 10:00:00"), "4", "3", "a", 10, 60, HOME);
  bed_pages(b, bed_time("2020-03-10 10:00:00"), "5", "3", "a", 10, 60, HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_OUTSIDE_DATES, NULL);
  assert_int_equal(set->flags->len, 2);
  const Flag *f = bed_flag_of(bed, set, RULE_OUTSIDE_DATES, "1");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9);
  assert_true(bed_term(f, "days before the start") == 8);
  assert_string_equal(f->text,
                      "User 1 made 20 hits more than 7 days before its cohort Two began on "
                      "2020-07-06, the first one 8 days before.");
  f = flag_set_find(set, "outside-dates-c3-20200310T1000");
  assert_non_null(f);
  assert_int_equal(f->subject, SUBJECT_COHORT);
  assert_int_equal(f->n_users, 2);
  assert_int_equal(f->events, 20);
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_OUTSIDE_DATES, "days=6"), 3);
  bed_free(bed);
}

/* --- agent ------------------------------------------------------------------------------------ */

#define FIREFOX "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"
#define CHROME                                                                                     \
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "       \
  "Safari/537.36"
#define EDGE CHROME " Edg/120.0.0.0"
#define SAFARI                                                                                     \
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "      \
  "Version/17.0 Safari/605.1.15"
#define HEADLESS                                                                                   \
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "                        \
  "HeadlessChrome/120.0.0.0 Safari/537.36"

static void visit(LogBuilder *b, const char *user, const char *time, guint n, const char *agent)
{
  for (guint i = 0; i < n; i++)
    bed_hit_agent(b, bed_time(time) + i * 60, user, "1", "day/p1", HOME, agent);
}

static const char *family(const Bed *bed, const char *agent)
{
  guint32 id = strpool_find(bed->ds->log->agents, agent, strlen(agent));
  assert_int_not_equal(id, STRPOOL_NONE);
  const Agents *a = bed->study->agents;
  return agents_name(a, a->tool[id] ? a->tool[id] : a->family[id]);
}

static void test_agent(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  visit(b, "1", "2020-03-10 10:00:00", 100, FIREFOX);
  visit(b, "1", "2020-03-11 10:00:00", 20, "curl/7.88.1");
  visit(b, "1", "2020-03-12 10:00:00", 10, "python-requests/2.31.0");
  visit(b, "2", "2020-03-10 10:00:00", 100, CHROME);
  visit(b, "2", "2020-03-11 10:00:00", 2, FIREFOX); /* three browsers in a day are no many */
  visit(b, "2", "2020-03-11 11:00:00", 2, EDGE);
  visit(b, "2", "2020-03-11 12:00:00", 2, SAFARI);
  visit(b, "3", "2020-03-10 10:00:00", 2, FIREFOX);
  visit(b, "3", "2020-03-10 11:00:00", 2, EDGE);
  visit(b, "3", "2020-03-10 12:00:00", 2, SAFARI);
  visit(b, "3", "2020-03-10 13:00:00", 2, CHROME);
  visit(b, "4", "2020-03-10 13:00:00", 10, ""); /* fewer than one in twenty */
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_AGENT, NULL);
  assert_int_equal(set->flags->len, 3);
  const Flag *f = bed_flag_of(bed, set, RULE_AGENT, "1");
  assert_true(fabs(f->score - 87.5) < 1e-9); /* 30 over 10 */
  assert_int_equal(f->events, 30);
  assert_true(fabs(f->baselines[BASELINE_OWN].value - 30 / 130.0) < 1e-9);
  assert_string_equal(f->text, "User 1 made 30 of its 130 hits with tools in place of a browser: "
                               "curl (20), python-requests (10).");
  f = bed_flag_of(bed, set, RULE_AGENT, "3");
  assert_true(fabs(f->score - 50) < 1e-9);
  assert_int_equal(f->events, 8);
  f = bed_flag_of(bed, set, RULE_AGENT, "4");
  assert_true(fabs(f->score - 50) < 1e-9);
  assert_non_null(strstr(f->text, "no user agent (10)"));
  assert_null(rule_lacks(bed->study, RULE_AGENT));
  flag_set_free(set);
  assert_string_equal(family(bed, CHROME), "Chrome");
  assert_string_equal(family(bed, EDGE), "Edge");
  assert_string_equal(family(bed, SAFARI), "Safari");
  assert_string_equal(family(bed, FIREFOX), "Firefox");
  bed_free(bed);
}

/* Where many rows have no agent it says nothing; a log without any has no such rule. */
static void test_no_agents(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  visit(b, "1", "2020-03-10 10:00:00", 90, FIREFOX);
  visit(b, "2", "2020-03-10 10:00:00", 10, "");
  Bed *bed = bed_new(b);
  assert_int_equal(count(bed, RULE_AGENT, NULL), 0);
  bed_free(bed);
  b = two_classes();
  visit(b, "2", "2020-03-10 10:00:00", 50, "");
  bed = bed_new(b);
  assert_null(bed->study->agents);
  assert_int_equal(count(bed, RULE_AGENT, NULL), 0);
  assert_non_null(rule_lacks(bed->study, RULE_AGENT));
  bed_free(bed);
}

static void refuse_agents(const char *text, const char *complaint)
{
  GPtrArray *lines = assets_parse(text, strlen(text), "my.conf");
  StrPool *pool = strpool_new();
  GError *error = NULL;
  assert_null(agents_new(pool, lines, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  assert_string_equal(error->message, complaint);
  g_error_free(error);
  strpool_free(pool);
  g_ptr_array_unref(lines);
}

static void test_agents_conf(void **state)
{
  (void)state;
  static const char text[] = "tool = curl/\ntool = HeadlessChrome\ntool = -CURL/\n"
                             "family = Any mozilla\nfamily = Fox firefox\n";
  GPtrArray *lines = assets_parse(text, strlen(text), "my.conf");
  LogBuilder *b = two_classes();
  visit(b, "1", "2020-03-10 10:00:00", 1, "curl/7.88.1");
  visit(b, "1", "2020-03-10 10:00:00", 1, FIREFOX);
  visit(b, "1", "2020-03-10 10:00:00", 1, CHROME);
  visit(b, "1", "2020-03-10 10:00:00", 1, HEADLESS);
  Bed *bed = bed_new(b);
  assert_string_equal(family(bed, "curl/7.88.1"), "curl");
  StudyOptions o;
  study_options_init(&o);
  o.agents_conf = lines;
  bed_relearn(bed, &o);
  assert_string_equal(family(bed, "curl/7.88.1"), "other");
  assert_string_equal(family(bed, FIREFOX), "Fox");
  assert_string_equal(family(bed, CHROME), "Any");
  assert_string_equal(family(bed, HEADLESS), "HeadlessChrome");
  bed_free(bed);
  g_ptr_array_unref(lines);
  refuse_agents("tool = curl\ntool\n", "my.conf:2: a word is missing in \"tool = \"; write tool = "
                                       "WORD, tool = -WORD or family = NAME WORD");
  refuse_agents("family = Firefox\n", "my.conf:1: a word is missing in \"family = Firefox\"; write "
                                      "tool = WORD, tool = -WORD or family = NAME WORD");
  refuse_agents("robot = x\n", "my.conf:1: an unknown word stands before the = in \"robot = x\"; "
                               "write tool = WORD, tool = -WORD or family = NAME WORD");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_linked_ids),     cmocka_unit_test(test_unlinked_ids),
      cmocka_unit_test(test_dormant_return), cmocka_unit_test(test_usual_return),
      cmocka_unit_test(test_probe),          cmocka_unit_test(test_no_cohort),
      cmocka_unit_test(test_probable_class), cmocka_unit_test(test_outside_dates),
      cmocka_unit_test(test_agent),          cmocka_unit_test(test_no_agents),
      cmocka_unit_test(test_agents_conf),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
