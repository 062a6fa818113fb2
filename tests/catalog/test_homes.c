/* Home tracks on a school small enough to count by hand. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/catalog/homes.h"
#include "tests/catalog/school.h"

/* Each of the users prefix1..prefixN makes `each` hits. */
static void read_lesson(LogBuilder *b, const char *prefix, guint n, const char *cohort,
                        const char *date, const char *path, guint each)
{
  for (guint u = 1; u <= n; u++) {
    char name[32];
    g_snprintf(name, sizeof name, "%s%u", prefix, u);
    school_hits(b, name, cohort, date, path, each);
  }
}

/* web: ten students, ds: five. In class:
 *   java        web 10 x 6 = 60
 *   git         web 10 x 3 = 30, ds 5 x 2 = 10
 *   stats       ds 5 x 7 = 35
 *   sql         ds 5 x 1 = 5, web 1 x 1 = 1
 *   /           web 9
 * track hits: web 60 + 30 + 1 + 9 = 100, ds 10 + 35 + 5 = 50 */
static LogBuilder *two_tracks(void)
{
  LogBuilder *b = school_new();
  school_cohort(b, "1", "Web", "2019-03-04", "2019-08-01", "2");
  school_cohort(b, "2", "Data", "2019-03-04", "2019-08-01", "3");
  school_cohort(b, "28", "Staff", "2014-02-04", "2014-02-04", "2");
  read_lesson(b, "w", 10, "1", "2019-03-05", "java", 6);
  read_lesson(b, "w", 10, "1", "2019-03-06", "git", 3);
  read_lesson(b, "d", 5, "2", "2019-03-05", "git", 2);
  read_lesson(b, "d", 5, "2", "2019-03-06", "stats", 7);
  read_lesson(b, "d", 5, "2", "2019-08-01", "sql", 1); /* the last day belongs to the class */
  read_lesson(b, "w", 1, "1", "2019-03-07", "sql", 1);
  read_lesson(b, "w", 9, "1", "2019-03-04", "/", 1);
  /* none of this is in class */
  read_lesson(b, "w", 10, "1", "2019-08-02", "stats", 9);
  read_lesson(b, "w", 10, "1", "2019-03-03", "stats", 9);
  read_lesson(b, "n", 9, "", "2019-03-05", "sql", 2);
  read_lesson(b, "nobody", 5, "", "2019-05-05", "rust", 2);
  /* staff, and people of both tracks, are left out altogether */
  read_lesson(b, "t", 6, "28", "2019-03-05", "stats", 9);
  read_lesson(b, "t", 6, "1", "2019-03-05", "stats", 9);
  read_lesson(b, "both", 6, "1", "2019-03-05", "stats", 9);
  read_lesson(b, "both", 6, "2", "2019-03-05", "java", 9);
  return b;
}

typedef struct {
  AccessLog *log;
  Catalog *catalog;
  People *people;
  Probable *probable;
} School;

static School school_open(LogBuilder *b)
{
  School s = {.log = school_finish(b)};
  CatalogOptions o;
  catalog_options_init(&o);
  o.min_users = 1;
  o.min_hits = 1;
  s.catalog = catalog_new(s.log, &o, NULL);
  s.people = people_new(s.log);
  s.probable = probable_new(s.log, s.people, NULL);
  return s;
}

static void school_close(School *s)
{
  probable_free(s->probable);
  people_free(s->people);
  catalog_free(s->catalog);
  access_log_unref(s->log);
}

static const LessonHome *home_of(const School *s, const Homes *h, const char *name)
{
  guint32 e = catalog_find(s->catalog, name);
  assert_int_not_equal(e, CATALOG_NONE);
  return &h->entries[e];
}

static void check_home(const School *s, const Homes *h, const char *name, const char *track,
                       double share, guint students, guint all_students)
{
  const LessonHome *home = home_of(s, h, name);
  assert_string_equal(home_name(s->log, home->track), track);
  assert_true(fabs(home->share - share) < 1e-12);
  assert_int_equal(home->students, students);
  assert_int_equal(home->all_students, all_students);
}

static void test_by_hand(void **state)
{
  (void)state;
  School s = school_open(two_tracks());
  HomesOptions o;
  homes_options_init(&o);
  Homes *h = homes_new(s.log, s.catalog, s.people, NULL, &o, NULL);
  assert_non_null(h);
  assert_int_equal(h->n_staff, 6);
  assert_int_equal(h->n_several, 6);
  assert_int_equal(h->track_hits[0], 100); /* web */
  assert_int_equal(h->track_hits[1], 50);  /* ds */
  check_home(&s, h, "java", "web", 1, 10, 10);
  check_home(&s, h, "stats", "ds", 1, 5, 5);
  /* git: 30/100 against 10/50: 0.3 of 0.5 */
  check_home(&s, h, "git", "shared", 0.6, 10, 15);
  /* sql: 5/50 against 1/100: 10/11 */
  check_home(&s, h, "sql", "ds", 10 / 11.0, 5, 6);
  check_home(&s, h, "rust", "unknown", 0, 0, 0);
  assert_int_equal(home_of(&s, h, "rust")->lead, -1);
  check_home(&s, h, "/", "unknown", 0, 0, 0); /* no lesson */
  guint32 git = catalog_find(s.catalog, "git");
  assert_int_equal(h->hits[git * h->n_tracks + 1], 10);
  assert_int_equal(h->students[git * h->n_tracks], 10);
  homes_free(h);

  o.min_share = 0.91; /* 10/11 is less */
  h = homes_new(s.log, s.catalog, s.people, NULL, &o, NULL);
  check_home(&s, h, "sql", "shared", 10 / 11.0, 5, 6);
  homes_free(h);
  homes_options_init(&o);
  o.min_students = 6; /* five are too few to claim sql and stats */
  h = homes_new(s.log, s.catalog, s.people, NULL, &o, NULL);
  check_home(&s, h, "stats", "unknown", 1, 5, 5);
  check_home(&s, h, "sql", "unknown", 10 / 11.0, 5, 6);
  check_home(&s, h, "git", "shared", 0.6, 10, 15);
  homes_free(h);
  school_close(&s);
}

/* A track without in-class hits takes no part. */
static void test_single_track(void **state)
{
  (void)state;
  LogBuilder *b = school_new();
  school_cohort(b, "1", "Web", "2019-03-04", "2019-08-01", "2");
  school_cohort(b, "2", "Data", "2018-01-01", "2018-02-01", "3");
  read_lesson(b, "w", 5, "1", "2019-03-05", "java", 2);
  read_lesson(b, "d", 9, "2", "2019-03-05", "java", 9);
  School s = school_open(b);
  HomesOptions o;
  homes_options_init(&o);
  Homes *h = homes_new(s.log, s.catalog, s.people, s.probable, &o, NULL);
  check_home(&s, h, "java", "web", 1, 5, 5);
  assert_int_equal(h->track_hits[1], 0);
  homes_free(h);
  school_close(&s);
}

/* A class without cohort: matched to the data science cohort that has no rows, its students make
 * the home of what would be the other track's, or nobody's. */
static void test_probable_first(void **state)
{
  (void)state;
  LogBuilder *b = school_new();
  school_cohort(b, "1", "Web", "2019-03-04", "2019-08-01", "2");
  school_cohort(b, "2", "Data", "2019-03-04", "2019-08-01", "3");
  read_lesson(b, "w", 9, "1", "2018-03-06", "old", 1);
  read_lesson(b, "w", 6, "1", "2019-03-05", "java", 9);
  read_lesson(b, "w", 6, "1", "2019-03-05", "stats", 1);
  read_lesson(b, "a", 8, "", "2019-03-04", "stats", 5);
  read_lesson(b, "a", 8, "", "2019-03-05", "pandas", 5);
  read_lesson(b, "a", 8, "", "2019-09-05", "java", 50); /* after the class */
  School s = school_open(b);
  HomesOptions o;
  homes_options_init(&o);
  Homes *h = homes_new(s.log, s.catalog, s.people, NULL, &o, NULL);
  check_home(&s, h, "stats", "web", 1, 6, 6);
  check_home(&s, h, "pandas", "unknown", 0, 0, 0);
  homes_free(h);
  h = homes_new(s.log, s.catalog, s.people, s.probable, &o, NULL);
  assert_int_equal(h->track_hits[0], 60);
  assert_int_equal(h->track_hits[1], 80);
  /* stats: 6/60 against 40/80: 0.5 of 0.6 */
  check_home(&s, h, "stats", "shared", 0.5 / 0.6, 8, 14);
  check_home(&s, h, "pandas", "ds", 1, 8, 8);
  check_home(&s, h, "java", "web", 1, 6, 6);
  probable_read_tracks(s.probable, s.log, s.catalog, h);
  assert_int_equal(s.probable->n_groups, 1);
  const ProbableGroup *g = &s.probable->groups[0];
  assert_string_equal(home_name(s.log, g->track), "ds"); /* of the cohort, whatever it reads */
  assert_int_equal(g->read_hits, 8 * (5 + 50));
  assert_true(fabs(g->read_share - 5 / 55.0) < 1e-12);
  homes_free(h);
  school_close(&s);
}

/* A class that no cohort row waits for gets the track of what it reads, if that is one track's. */
static void test_track_of_reading(void **state)
{
  (void)state;
  LogBuilder *b = two_tracks();
  for (guint d = 0; d < 10; d++) {
    char day[CIVIL_BUF];
    civil_format_day(school_day("2019-11-04") + (CivilDay)d, day);
    read_lesson(b, "x", 8, "", day, "stats", 3);
    read_lesson(b, "x", 8, "", day, "java", 1);
    read_lesson(b, "x", 8, "", day, "git", 9);
    civil_format_day(school_day("2020-02-03") + (CivilDay)d, day);
    read_lesson(b, "y", 8, "", day, "stats", 1);
    read_lesson(b, "y", 8, "", day, "java", 1);
    civil_format_day(school_day("2020-05-04") + (CivilDay)d, day);
    read_lesson(b, "z", 8, "", day, "git", 1);
  }
  School s = school_open(b);
  HomesOptions o;
  homes_options_init(&o);
  Homes *h = homes_new(s.log, s.catalog, s.people, s.probable, &o, NULL);
  assert_int_equal(h->track_hits[1], 50); /* these took no part */
  probable_read_tracks(s.probable, s.log, s.catalog, h);
  assert_int_equal(s.probable->n_groups, 3);
  const ProbableGroup *g = s.probable->groups;
  assert_string_equal(home_name(s.log, g[0].track), "ds");
  assert_true(fabs(g[0].read_share - 0.75) < 1e-12);
  assert_int_equal(g[1].track, -1);
  assert_true(fabs(g[1].read_share - 0.5) < 1e-12);
  assert_int_equal(g[2].track, -1);
  assert_true(isnan(g[2].read_share));
  homes_free(h);
  school_close(&s);
}

static void test_override(void **state)
{
  (void)state;
  School s = school_open(two_tracks());
  GPtrArray *lines = school_conf("git = DS\n1-Java.html = shared\nno-such-lesson = web\n");
  HomesOptions o;
  homes_options_init(&o);
  o.homes_conf = lines;
  Homes *h = homes_new(s.log, s.catalog, s.people, NULL, &o, NULL);
  assert_non_null(h);
  check_home(&s, h, "git", "ds", 0.6, 10, 15); /* share and support stay as learned */
  check_home(&s, h, "java", "shared", 1, 10, 10);
  assert_true(home_of(&s, h, "git")->set_by_user);
  assert_false(home_of(&s, h, "stats")->set_by_user);
  homes_free(h);
  g_ptr_array_unref(lines);
  lines = school_conf("git = ds\nstats = physics\n");
  o.homes_conf = lines;
  GError *error = NULL;
  assert_null(homes_new(s.log, s.catalog, s.people, NULL, &o, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  assert_true(g_str_has_prefix(error->message, "test.conf:2: no track \"physics\""));
  g_error_free(error);
  g_ptr_array_unref(lines);
  school_close(&s);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_by_hand),        cmocka_unit_test(test_single_track),
      cmocka_unit_test(test_probable_first), cmocka_unit_test(test_track_of_reading),
      cmocka_unit_test(test_override),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
