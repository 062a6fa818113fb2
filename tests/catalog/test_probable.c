/* People, and probable cohorts of those who carry none. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/catalog/homes.h"
#include "tests/catalog/school.h"

static guint32 user_of(const AccessLog *log, const char *name)
{
  guint32 u = strpool_find(log->users, name, strlen(name));
  assert_int_not_equal(u, STRPOOL_NONE);
  return u;
}

static const char *cohort_id(const AccessLog *log, guint16 cohort)
{
  return cohort == COHORT_NONE ? "" : cohort_table_get(log->cohorts, cohort)->id;
}

static LogBuilder *school_with_cohorts(void)
{
  LogBuilder *b = school_new();
  school_cohort(b, "10", "Ada", "2019-02-04", "2019-06-16", "3");
  school_cohort(b, "11", "Bash", "2019-02-04", "2019-06-16", "2");
  school_cohort(b, "12", "Ceres", "2019-09-02", "2020-02-01", "2");
  school_cohort(b, "28", "Staff", "2014-02-04", "2014-02-04", "2");
  /* Bash has rows; the log begins long before the groups below */
  school_hits(b, "seen", "11", "2018-06-01", "java-i", 1);
  return b;
}

static void test_people(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  school_hits(b, "two", "11", "2019-02-05", "x", 3);
  school_hits(b, "two", "12", "2019-09-05", "x", 3); /* as many, later */
  school_hits(b, "both", "10", "2019-02-05", "x", 1);
  school_hits(b, "both", "11", "2019-02-06", "x", 2);
  school_hits(b, "both", "", "2019-02-07", "x", 4);
  school_hits(b, "teacher", "11", "2019-02-05", "x", 2);
  school_hits(b, "teacher", "28", "2019-02-06", "x", 9);
  school_hits(b, "loose", "", "2019-02-05", "x", 5);
  school_hits(b, "ghost", "99", "2019-02-05", "x", 1); /* a cohort that no table has */
  AccessLog *log = school_finish(b);
  People *p = people_new(log);
  static const struct {
    const char *user, *cohort;
    guint n_cohorts, staff, loose;
    const char *track;
    gboolean several;
  } table[] = {
      {"two", "12", 2, 0, 0, "web", FALSE},     {"both", "11", 2, 0, 4, NULL, TRUE},
      {"teacher", "11", 2, 1, 0, "web", FALSE}, {"loose", "", 0, 0, 5, NULL, FALSE},
      {"ghost", "99", 1, 0, 0, NULL, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
    guint32 u = user_of(log, table[i].user);
    gboolean several;
    int track = people_only_track(p, u, &several);
    assert_string_equal(cohort_id(log, p->student_cohort[u]), table[i].cohort);
    assert_int_equal(p->n_cohorts[u], table[i].n_cohorts);
    assert_int_equal(p->staff[u], table[i].staff);
    assert_int_equal(p->loose_hits[u], table[i].loose);
    assert_int_equal(several, table[i].several);
    if (table[i].track)
      assert_string_equal(home_name(log, track), table[i].track);
    else
      assert_int_equal(track, -1);
  }
  assert_true(people_track_bit(-1) == 0);
  assert_true(people_track_bit(70) == people_track_bit(63));
  people_free(p);
  access_log_unref(log);
}

/* `n` users "prefix1".. first seen on `date`, on `days` days in a row, two hits a day. */
static void gather(LogBuilder *b, const char *prefix, guint n, const char *date, guint days,
                   const char *path)
{
  for (guint u = 1; u <= n; u++)
    for (guint d = 0; d < days; d++) {
      char name[32], day[CIVIL_BUF];
      g_snprintf(name, sizeof name, "%s%u", prefix, u);
      school_hits(b, name, "", civil_format_day(school_day(date) + (CivilDay)d, day), path, 2);
    }
}

static Probable *probable_of(const AccessLog *log, const ProbableOptions *o)
{
  People *people = people_new(log);
  Probable *p = probable_new(log, people, o);
  people_free(people);
  return p;
}

static void test_matched(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  gather(b, "a", 6, "2019-02-05", 3, "sql/x");
  gather(b, "late", 2, "2019-02-14", 1, "sql/x");
  gather(b, "early", 1, "2019-01-20", 1, "sql/x"); /* sixteen days before: not the same window */
  gather(b, "after", 1, "2019-02-28", 1, "sql/x");
  AccessLog *log = school_finish(b);
  Probable *p = probable_of(log, NULL);
  assert_int_equal(p->n_loose, 10);
  assert_int_equal(p->n_groups, 1);
  const ProbableGroup *g = &p->groups[0];
  assert_int_equal(g->n_members, 8);
  assert_int_equal(g->from, school_day("2019-02-05"));
  assert_int_equal(g->to, school_day("2019-02-14"));
  assert_int_equal(g->start, school_day("2019-02-05"));
  assert_string_equal(cohort_id(log, g->cohort), "10"); /* Bash starts then, too, but has rows */
  assert_int_equal(g->days_off, 1);
  assert_string_equal(home_name(log, g->track), "ds");
  assert_int_equal(g->hits, 6 * 6 + 2 * 2);
  assert_int_equal(g->members[0].days, 3);
  assert_int_equal(g->members[0].hits, 6);
  assert_int_equal(g->members[7].days, 1);
  assert_int_equal(p->group_of_user[user_of(log, "late2")], 0);
  assert_string_equal(cohort_id(log, p->cohort_of_user[user_of(log, "late2")]), "10");
  assert_int_equal(p->group_of_user[user_of(log, "early1")], PROBABLE_NONE);
  assert_int_equal(p->group_of_user[user_of(log, "after1")], PROBABLE_NONE);
  assert_int_equal(p->cohort_of_user[user_of(log, "after1")], COHORT_NONE);
  assert_int_equal(p->group_of_user[user_of(log, "seen")], PROBABLE_NONE);
  /* the row itself keeps its phase; as a student's it is one in class, or before the start */
  guint32 row = log->rows_by_user[log->user_start[user_of(log, "a1")]];
  assert_int_equal(access_log_phase(log, row), PHASE_NONE);
  assert_int_equal(probable_phase(p, log, row), PHASE_CLASS);
  assert_int_equal(probable_phase(NULL, log, row), PHASE_NONE);
  assert_string_equal(cohort_id(log, probable_cohort(p, log, row)), "10");
  row = log->rows_by_user[log->user_start[user_of(log, "early1")]];
  assert_int_equal(probable_phase(p, log, row), PHASE_NONE);
  row = log->rows_by_user[log->user_start[user_of(log, "seen")]];
  assert_int_equal(probable_phase(p, log, row), PHASE_BEFORE);
  probable_free(p);
  access_log_unref(log);
}

/* Seven are too few; eight over fifteen days are too loose; a forerunner does not count. */
static void test_no_group(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  gather(b, "a", 7, "2019-02-05", 20, "sql/x");
  AccessLog *log = school_finish(b);
  Probable *p = probable_of(log, NULL);
  assert_int_equal(p->n_groups, 0);
  probable_free(p);
  ProbableOptions o;
  probable_options_init(&o);
  o.min_users = 7;
  p = probable_of(log, &o);
  assert_int_equal(p->n_groups, 1);
  probable_free(p);
  access_log_unref(log);

  b = school_with_cohorts();
  gather(b, "a", 4, "2019-02-01", 20, "sql/x");
  gather(b, "b", 4, "2019-02-15", 20, "sql/x");
  log = school_finish(b);
  p = probable_of(log, NULL);
  assert_int_equal(p->n_groups, 0);
  probable_free(p);
  access_log_unref(log);

  b = school_with_cohorts();
  gather(b, "first", 1, "2019-01-26", 20, "sql/x"); /* nine days before the other seven */
  gather(b, "a", 7, "2019-02-04", 20, "sql/x");
  log = school_finish(b);
  p = probable_of(log, NULL);
  assert_int_equal(p->n_groups, 0);
  probable_free(p);
  access_log_unref(log);
}

/* Where the log begins everybody is seen for the first time: that alone is no class. Neither are
 * people who come once. */
static void test_crowds(void **state)
{
  (void)state;
  LogBuilder *b = school_new();
  school_cohort(b, "10", "Ada", "2019-06-10", "2019-12-16", "3");
  gather(b, "graduate", 12, "2019-01-10", 20, "java-i");
  gather(b, "visitor", 12, "2019-04-01", 3, "java-i");
  gather(b, "class", 9, "2019-08-01", 20, "java-i");
  gather(b, "ada", 9, "2019-06-12", 1, "sql/x"); /* hardly active, but a cohort waits for them */
  AccessLog *log = school_finish(b);
  Probable *p = probable_of(log, NULL);
  assert_int_equal(p->n_groups, 2);
  assert_int_equal(p->groups[0].start, school_day("2019-06-12"));
  assert_string_equal(cohort_id(log, p->groups[0].cohort), "10");
  assert_int_equal(p->groups[0].n_regular, 0);
  assert_int_equal(p->groups[1].start, school_day("2019-08-01"));
  assert_int_equal(p->groups[1].cohort, COHORT_NONE);
  assert_int_equal(p->groups[1].n_regular, 9);
  assert_int_equal(p->groups[1].track, -1);
  assert_int_equal(p->group_of_user[user_of(log, "graduate1")], PROBABLE_NONE);
  probable_free(p);
  access_log_unref(log);
}

/* The nearest starts pair first, each cohort once; staff and far cohorts never. */
static void test_pairs(void **state)
{
  (void)state;
  LogBuilder *b = school_new();
  school_cohort(b, "1", "Near", "2019-05-06", "2019-10-01", "2");
  school_cohort(b, "2", "Far", "2019-05-20", "2019-10-01", "3");
  school_cohort(b, "3", "Staff", "2019-05-21", "2019-05-21", "2");
  school_cohort(b, "4", "Undated", NULL, NULL, "2");
  school_hits(b, "x", "9", "2018-01-01", "java-i", 1);
  gather(b, "a", 9, "2019-05-07", 20, "java-i"); /* 1 from Near, 13 from Far */
  gather(b, "b", 9, "2019-05-21", 20, "java-i"); /* 15 from Near, 1 from Far, 0 from Staff */
  gather(b, "c", 9, "2019-06-05", 20, "java-i"); /* 16 from Far */
  AccessLog *log = school_finish(b);
  Probable *p = probable_of(log, NULL);
  assert_int_equal(p->n_groups, 3);
  assert_string_equal(cohort_id(log, p->groups[0].cohort), "1");
  assert_string_equal(cohort_id(log, p->groups[1].cohort), "2");
  assert_string_equal(cohort_id(log, p->groups[2].cohort), "");
  probable_free(p);
  ProbableOptions o;
  probable_options_init(&o);
  o.match_days = 0;
  p = probable_of(log, &o);
  assert_int_equal(p->n_groups, 3);
  for (guint i = 0; i < p->n_groups; i++)
    assert_int_equal(p->groups[i].cohort, COHORT_NONE);
  probable_free(p);
  access_log_unref(log);
}

/* A log in which nobody has a cohort: a group in every window, each user in one at most. */
static void test_everybody_loose(void **state)
{
  (void)state;
  LogBuilder *b = school_new();
  for (guint d = 0; d < 400; d++) {
    char prefix[16], day[CIVIL_BUF];
    g_snprintf(prefix, sizeof prefix, "d%u-", d);
    gather(b, prefix, 2, civil_format_day(17000 + (CivilDay)d, day), 1, "x");
  }
  AccessLog *log = school_finish(b);
  ProbableOptions o;
  probable_options_init(&o);
  o.regular_days = 1;
  o.edge_days = 0;
  Probable *p = probable_of(log, &o);
  guint32 members = 0;
  for (guint i = 0; i < p->n_groups; i++) {
    members += p->groups[i].n_members;
    assert_true(p->groups[i].n_members >= 8);
    assert_true(p->groups[i].to - p->groups[i].from < 14);
    for (guint32 k = 0; k < p->groups[i].n_members; k++)
      assert_int_equal(p->group_of_user[p->groups[i].members[k].user], i);
  }
  assert_int_equal(p->n_loose, 800);
  assert_true(p->n_groups >= 28);
  assert_true(members > 600);
  probable_free(p);
  access_log_unref(log);
  log = school_finish(school_new());
  p = probable_of(log, NULL);
  assert_int_equal(p->n_groups, 0);
  probable_free(p);
  access_log_unref(log);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_people),   cmocka_unit_test(test_matched),
      cmocka_unit_test(test_no_group), cmocka_unit_test(test_crowds),
      cmocka_unit_test(test_pairs),    cmocka_unit_test(test_everybody_loose),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
