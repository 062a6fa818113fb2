/* Rules of addresses on logs written for them: many-ips, two-places, shared-ip. */
#include "tests/flags/bed.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>

#define HOME   "198.51.100.7"
#define SCHOOL "192.0.2.20"
#define HOUR   3600

static guint count(const Bed *bed, RuleId rule, const char *change)
{
  FlagSet *set = bed_run(bed, rule, change);
  guint n = set->flags->len;
  flag_set_free(set);
  return n;
}

static char *numbered(const char *format_start, guint i, const char *format_end)
{
  return g_strdup_printf("%s%u%s", format_start, i, format_end);
}

/* --- many-ips --------------------------------------------------------------------------------- */

/* `n` networks of user 7, three hits in each, one network every `every` seconds. */
static void roam(LogBuilder *b, const char *user, const char *from, guint n, guint every)
{
  for (guint i = 0; i < n; i++) {
    char *ip = numbered("198.18.", i, ".9");
    bed_pages(b, bed_time(from) + (CivilTime)i * every, user, "1", "day", 3, 60, ip);
    g_free(ip);
  }
}

static void test_many_ips(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "One", "2020-01-06", "2020-06-26", "1");
  bed_pages(b, bed_time("2020-02-10 10:00:00"), "7", "1", "day", 3, 60, HOME);
  roam(b, "7", "2020-03-04 10:00:00", 6, HOUR);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_MANY_IPS, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_MANY_IPS, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 50) < 1e-9);
  assert_true(bed_term(f, "networks") == 6);
  assert_true(bed_term(f, "changes of network") == 5);
  assert_true(bed_term(f, "changes within 30 seconds") == 0);
  assert_int_equal(f->events, 18);
  assert_int_equal(f->n_ips, 6);
  assert_true(f->from == bed_time("2020-03-04 10:00:00"));
  assert_int_equal(f->doubts, 0);
  assert_true(f->baselines[BASELINE_OWN].value == 1); /* one network on the other day */
  assert_string_equal(f->text, "User 7 came from 6 private networks within 5.0 hours from "
                               "2020-03-04 at 10:00 on, in 18 hits with 5 changes of network.");
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_MANY_IPS, "blocks=7"), 0);
  assert_int_equal(count(bed, RULE_MANY_IPS, "hours=4"), 0);
  bed_free(bed);
}

/* Five networks, and neighbours of one network, are not many. */
static void test_few_ips(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  roam(b, "7", "2020-03-04 10:00:00", 5, HOUR);
  for (guint i = 0; i < 10; i++) {
    char *ip = numbered("198.18.77.", i, "");
    bed_hit(b, bed_time("2020-03-04 15:00:00") + i * 600, "8", "1", "day/p0", ip);
    g_free(ip);
  }
  Bed *bed = bed_new(b);
  assert_int_equal(count(bed, RULE_MANY_IPS, NULL), 0);
  assert_int_equal(count(bed, RULE_MANY_IPS, "blocks=5"), 1);
  bed_free(bed);
}

/* A telephone moves through addresses at which others came by, too. */
static void test_rotation(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  roam(b, "7", "2020-03-04 10:00:00", 8, HOUR);
  for (guint i = 0; i < 8; i++) {
    char *ip = numbered("198.18.", i, ".9"), *user = numbered("9", i, "");
    bed_hit(b, bed_time("2020-05-04 10:00:00") + i * 600, user, "1", "day/p0", ip);
    g_free(ip);
    g_free(user);
  }
  Bed *bed = bed_new(b);
  assert_int_equal(count(bed, RULE_MANY_IPS, NULL), 0);
  bed_free(bed);
}

/* Networks that change between one page and the next: a proxy, and a doubt. */
static void test_proxy(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  for (guint i = 0; i < 30; i++) {
    char *ip = numbered("198.18.", i % 10, ".9");
    bed_hit(b, bed_time("2020-03-04 10:00:00") + i * 10, "7", "", "day/p0", ip);
    g_free(ip);
  }
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_MANY_IPS, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_MANY_IPS, "7");
  assert_non_null(f);
  assert_int_equal(f->doubts, DOUBT_CARRIER);
  assert_true(bed_term(f, "changes within 30 seconds") == 29);
  assert_true(fabs(f->score - 0.6 * 100 * (1 - exp2(-10 / 6.0))) < 1e-9);
  flag_set_free(set);
  bed_free(bed);
}

/* Coming back to a dozen networks; the others of the class have one each. */
static void test_many_in_all(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "One", "2020-01-06", "2020-06-26", "1");
  for (guint day = 0; day < 72; day++) {
    char *ip = numbered("198.18.", day % 24, ".9");
    bed_hit(b, bed_time("2020-03-04 10:00:00") + day * CIVIL_DAY, "7", "1", "day/p0", ip);
    g_free(ip);
  }
  for (guint i = 0; i < 5; i++) {
    char *ip = numbered("198.19.", i, ".9"), *user = numbered("10", i, "");
    for (guint day = 0; day < 3; day++)
      bed_hit(b, bed_time("2020-03-04 10:00:00") + day * CIVIL_DAY, user, "1", "day/p0", ip);
    g_free(ip);
    g_free(user);
  }
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_MANY_IPS, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_MANY_IPS, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9); /* 24 over 12 */
  assert_int_equal(f->events, 72);
  assert_true(f->baselines[BASELINE_COHORT].value == 1);
  assert_int_equal(f->baselines[BASELINE_COHORT].n, 5);
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_MANY_IPS, "kept=4"), 0); /* three days each */
  assert_int_equal(count(bed, RULE_MANY_IPS, "total=25"), 0);
  bed_free(bed);
}

/* --- two-places ------------------------------------------------------------------------------- */

/* `changes` changes between two addresses, `gap` seconds apart, on `days` days. */
static void alternate(LogBuilder *b, const char *a, const char *c, guint days, guint changes,
                      guint gap)
{
  for (guint d = 0; d < days; d++)
    for (guint i = 0; i <= changes; i++)
      bed_hit(b, bed_time("2020-03-04 18:00:00") + d * 2 * CIVIL_DAY + (CivilTime)i * gap, "7", "1",
              i % 2 ? "day/p1" : "day/p2", i % 2 ? c : a);
}

static Bed *alternating(const char *a, const char *c, guint days, guint changes, guint gap)
{
  LogBuilder *b = log_builder_new();
  alternate(b, a, c, days, changes, gap);
  return bed_new(b);
}

static void test_two_places(void **state)
{
  (void)state;
  Bed *bed = alternating(HOME, "203.0.113.9", 10, 4, 300);
  FlagSet *set = bed_run(bed, RULE_TWO_PLACES, NULL);
  const Flag *f = bed_flag_of(bed, set, RULE_TWO_PLACES, "7");
  assert_non_null(f);
  assert_true(fabs(f->score - 75) < 1e-9); /* 10 days over 5 */
  assert_int_equal(f->events, 50);
  assert_int_equal(f->n_ips, 2);
  assert_true(bed_term(f, "changes") == 40);
  assert_true(f->from == bed_time("2020-03-04 18:00:00"));
  assert_true(f->to == bed_time("2020-03-22 18:20:00"));
  assert_int_equal(f->doubts, 0);
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_TWO_PLACES, "days=11"), 0);
  assert_int_equal(count(bed, RULE_TWO_PLACES, "changes=5"), 0);
  assert_int_equal(count(bed, RULE_TWO_PLACES, "minutes=5"), 0);
  bed_free(bed);
}

static void test_one_place(void **state)
{
  (void)state;
  Bed *bed = alternating(HOME, "203.0.113.9", 4, 8, 300); /* too few days */
  assert_int_equal(count(bed, RULE_TWO_PLACES, NULL), 0);
  bed_free(bed);
  bed = alternating(HOME, "203.0.113.9", 30, 1, 300); /* a person going home */
  assert_int_equal(count(bed, RULE_TWO_PLACES, NULL), 0);
  bed_free(bed);
  bed = alternating(HOME, "203.0.113.9", 30, 6, 1200); /* and back, without haste */
  assert_int_equal(count(bed, RULE_TWO_PLACES, NULL), 0);
  bed_free(bed);
  bed = alternating("2001:db8:1:1::7", "2001:db8:1:2::9", 30, 6, 300); /* one IPv6 line */
  assert_int_equal(count(bed, RULE_TWO_PLACES, NULL), 0);
  bed_free(bed);
}

/* IPv4 and IPv6 of one line are together on all days; of two places only on the shared ones. */
static void test_dual_stack(void **state)
{
  (void)state;
  Bed *bed = alternating(HOME, "2001:db8:1::7", 10, 6, 300);
  assert_int_equal(count(bed, RULE_TWO_PLACES, NULL), 0);
  bed_free(bed);
  LogBuilder *b = log_builder_new();
  alternate(b, HOME, "2001:db8:1::7", 10, 6, 300);
  for (guint d = 0; d < 30; d++)
    bed_hit(b, bed_time("2020-01-04 18:00:00") + d * CIVIL_DAY, "7", "1", "day/p1", HOME);
  bed = bed_new(b);
  assert_int_equal(count(bed, RULE_TWO_PLACES, NULL), 1);
  bed_free(bed);
}

/* The addresses of the school are one place. */
static void test_school_is_one_place(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  for (guint d = 0; d < 25; d++)
    for (guint u = 0; u < 20; u++) {
      char *user = numbered("1", u, "00");
      CivilTime t = bed_time("2020-02-04 09:00:00") + d * CIVIL_DAY + u;
      bed_hit(b, t, user, "1", "day/p1", SCHOOL);
      bed_hit(b, t + 60, user, "1", "day/p2", "192.0.2.148");
      g_free(user);
    }
  alternate(b, SCHOOL, "192.0.2.148", 10, 6, 300);
  Bed *bed = bed_new(b);
  assert_int_equal(bed->study->places->n_sites, 2);
  assert_int_equal(count(bed, RULE_TWO_PLACES, NULL), 0);
  bed_free(bed);
}

/* --- shared-ip -------------------------------------------------------------------------------- */

/* User `user` of a cohort on one address, one hit on each of `days` days from a date on. */
static void stay(LogBuilder *b, guint user, const char *cohort, const char *from, guint days,
                 const char *ip)
{
  char *id = numbered("", user, "");
  for (guint d = 0; d < days; d++)
    bed_hit(b, bed_time(from) + d * CIVIL_DAY + (CivilTime)user * 60, id, cohort, "day/p1", ip);
  g_free(id);
}

static LogBuilder *two_classes(void)
{
  LogBuilder *b = log_builder_new();
  bed_cohort(b, "1", "One", "2020-01-06", "2020-06-26", "1");
  bed_cohort(b, "2", "Two", "2020-02-03", "2020-07-26", "1");
  return b;
}

static void test_shared_ip(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  for (guint u = 1; u <= 8; u++)
    stay(b, u, u % 2 ? "1" : "2", "2020-03-04", 3, HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_SHARED_IP, NULL);
  assert_int_equal(set->flags->len, 1);
  const Flag *f = g_ptr_array_index(set->flags, 0);
  assert_int_equal(f->subject, SUBJECT_IP);
  assert_int_equal(f->key, bed_ip(bed, HOME));
  assert_int_equal(f->n_users, 8);
  assert_true(fabs(f->score - 75) < 1e-9);
  assert_int_equal(f->events, 24);
  assert_true(bed_term(f, "cohorts") == 2);
  assert_int_equal(f->doubts, 0);
  assert_true(set->flagged_ip[f->key]);
  flag_set_free(set);
  assert_int_equal(count(bed, RULE_SHARED_IP, "days=4"), 0);
  assert_int_equal(count(bed, RULE_SHARED_IP, "cohorts=3"), 0);
  assert_int_equal(count(bed, RULE_SHARED_IP, "users=9"), 0);
  bed_free(bed);
}

static void test_households(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  for (guint u = 1; u <= 3; u++) /* three people in a flat */
    stay(b, u, u % 2 ? "1" : "2", "2020-03-04", 30, HOME);
  for (guint u = 11; u <= 16; u++) /* a class mates' house: one cohort */
    stay(b, u, "1", "2020-03-04", 30, "198.51.100.8");
  for (guint u = 21; u <= 26; u++) /* visitors */
    stay(b, u, u % 2 ? "1" : "2", "2020-03-04", 2, "198.51.100.9");
  static const char *const tenants[] = {"2020-01-10", "2020-03-10", "2020-05-10",
                                        "2020-07-10", "2020-09-10", "2020-11-10"};
  for (guint i = 0; i < G_N_ELEMENTS(tenants); i++) /* one after the other */
    stay(b, 31 + i, i % 2 ? "1" : "2", tenants[i], 5, "198.51.100.10");
  Bed *bed = bed_new(b);
  assert_int_equal(count(bed, RULE_SHARED_IP, NULL), 0);
  assert_int_equal(count(bed, RULE_SHARED_IP, "users=3"), 1);
  assert_int_equal(count(bed, RULE_SHARED_IP, "cohorts=1"), 1);
  assert_int_equal(count(bed, RULE_SHARED_IP, "weeks=52"), 1);
  bed_free(bed);
}

/* With ten users over the log it is a public place, which is a doubt. */
static void test_public_place(void **state)
{
  (void)state;
  LogBuilder *b = two_classes();
  for (guint u = 1; u <= 4; u++)
    stay(b, u, u % 2 ? "1" : "2", "2020-03-04", 5, HOME);
  for (guint u = 11; u <= 16; u++)
    stay(b, u, "1", "2020-06-04", 1, HOME);
  Bed *bed = bed_new(b);
  FlagSet *set = bed_run(bed, RULE_SHARED_IP, NULL);
  assert_int_equal(set->flags->len, 1);
  const Flag *f = g_ptr_array_index(set->flags, 0);
  assert_int_equal(f->n_users, 4);
  assert_true(bed_term(f, "users at any time") == 10);
  assert_int_equal(f->doubts, DOUBT_PUBLIC);
  assert_true(fabs(f->score - 30) < 1e-9);
  flag_set_free(set);
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_many_ips),
      cmocka_unit_test(test_few_ips),
      cmocka_unit_test(test_rotation),
      cmocka_unit_test(test_proxy),
      cmocka_unit_test(test_many_in_all),
      cmocka_unit_test(test_two_places),
      cmocka_unit_test(test_one_place),
      cmocka_unit_test(test_dual_stack),
      cmocka_unit_test(test_school_is_one_place),
      cmocka_unit_test(test_shared_ip),
      cmocka_unit_test(test_households),
      cmocka_unit_test(test_public_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
