/* Comparisons, against counting row by row. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/query/compare.h"
#include "core/stats/ranktest.h"
#include "tests/query/fixture.h"

static int setup(void **state)
{
  char *text = fixture_random_log(23, 6000, 60, 40);
  *state = fixture_new(text, fixture_cohorts);
  g_free(text);
  return 0;
}

static int teardown(void **state)
{
  dataset_free(*state);
  return 0;
}

static void same(double a, double b)
{
  if (isnan(a) && isnan(b))
    return;
  if (!(fabs(a - b) <= 1e-9 * fmax(1, fabs(b))))
    fail_msg("%.15g is not %.15g", a, b);
}

static Comparison *compare_names(const Dataset *ds, const char *scope_text, Dimension dim,
                                 const char *a, const char *b)
{
  guint32 keys[2];
  assert_true(dimension_find(ds, dim, a, &keys[0]));
  assert_true(dimension_find(ds, dim, b, &keys[1]));
  Scope *scope = scope_parse(scope_text, NULL);
  assert_non_null(scope);
  Comparison *c = comparison_new(ds, scope, dim, keys, 1800, NULL);
  assert_non_null(c);
  scope_free(scope);
  return c;
}

/* --- what each side has and both share -------------------------------------------------------- */

typedef struct {
  const Dataset *ds;
  Dimension dim;
  guint32 keys[2];
  int year; /* 0: any */
} Case;

/* 0, 1, or -1: on neither side. */
static int side_of(const Case *k, guint32 row)
{
  guint32 key = dimension_key(k->ds, k->dim, row);
  if (k->year && civil_fields(k->ds->log->time[row]).year != k->year)
    return -1;
  return key == k->keys[0] ? 0 : key == k->keys[1] ? 1 : -1;
}

typedef enum { OF_USER, OF_IP, OF_LESSON, OF_DAY, OF_MINUTE } What;

static gint64 value_of(const Dataset *ds, What what, guint32 row)
{
  const AccessLog *log = ds->log;
  guint32 entry = ds->catalog->entry_of_path[log->path[row]];
  switch (what) {
  case OF_USER:
    return log->user[row];
  case OF_IP:
    return log->ip[row] == IP_NONE ? -1 : (gint64)log->ip[row];
  case OF_LESSON:
    return ds->catalog->entries[entry].kind == KIND_LESSON ? (gint64)entry : -1;
  case OF_DAY:
    return log->time[row] / 86400;
  default:
    return log->time[row] / 60;
  }
}

static void assert_set(const Case *k, What what, const CompareSet *set)
{
  g_autoptr(GHashTable) first = g_hash_table_new(NULL, NULL);
  g_autoptr(GHashTable) second = g_hash_table_new(NULL, NULL);
  GHashTable *const seen[2] = {first, second};
  guint both = 0;
  for (guint32 row = 0; row < k->ds->log->n_rows; row++) {
    int side = side_of(k, row);
    gint64 v = value_of(k->ds, what, row);
    if (side >= 0 && v >= 0)
      g_hash_table_add(seen[side], GSIZE_TO_POINTER((gsize)v + 1));
  }
  GHashTableIter it;
  gpointer v;
  g_hash_table_iter_init(&it, seen[0]);
  while (g_hash_table_iter_next(&it, &v, NULL))
    both += g_hash_table_contains(seen[1], v);
  assert_int_equal(set->n[0], g_hash_table_size(seen[0]));
  assert_int_equal(set->n[1], g_hash_table_size(seen[1]));
  assert_int_equal(set->both, both);
  same(compare_jaccard(set), (double)both / (set->n[0] + set->n[1] - both));
}

static void check_sets(const Case *k, const Comparison *c)
{
  assert_set(k, OF_USER, &c->users);
  assert_set(k, OF_IP, &c->ips);
  assert_set(k, OF_LESSON, &c->lessons);
  assert_set(k, OF_DAY, &c->days);
  assert_set(k, OF_MINUTE, &c->minutes);
  guint32 hits[2] = {0, 0}, hour[2][24] = {{0}};
  for (guint32 row = 0; row < k->ds->log->n_rows; row++) {
    int side = side_of(k, row);
    if (side < 0)
      continue;
    hits[side]++;
    hour[side][k->ds->log->time[row] / 3600 % 24]++;
    /* each hit is in the week that it is in */
    guint week = (guint)(civil_day_of(k->ds->log->time[row]) - c->first_monday) / 7;
    assert_true(week < c->n_weeks);
  }
  double alike = 0;
  for (int h = 0; h < 24; h++)
    alike += fmin((double)hour[0][h] / hits[0], (double)hour[1][h] / hits[1]);
  same(c->hours_alike, alike);
  for (int s = 0; s < 2; s++) {
    guint64 sum = 0;
    for (guint w = 0; w < c->n_weeks; w++)
      sum += c->side[s].weeks[w];
    assert_int_equal(sum, hits[s]);
    assert_int_equal(c->side[s].total.hits, hits[s]);
    assert_int_equal(c->side[s].total.users, c->users.n[s]);
    assert_int_equal(c->side[s].total.lessons, c->lessons.n[s]);
  }
  assert_int_equal(civil_weekday(c->first_monday), 0);
}

static void totals_and_what_is_shared(void **state)
{
  const Dataset *ds = *state;
  static const struct {
    Dimension dim;
    const char *a, *b;
    int year;
  } cases[] = {{DIM_COHORT, "1", "2", 0},
               {DIM_COHORT, "10", "2", 2019},
               {DIM_PROGRAM, "1", "3", 0},
               {DIM_USER, "u3", "u17", 0},
               {DIM_USER, "u3", "u17", 2019}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    Comparison *c =
        compare_names(ds, cases[i].year ? "time=2019" : "", cases[i].dim, cases[i].a, cases[i].b);
    Case k = {ds, cases[i].dim, {c->side[0].key, c->side[1].key}, cases[i].year};
    check_sets(&k, c);
    comparison_free(c);
  }
}

static void weeks_of_the_course(void **state)
{
  const Dataset *ds = *state;
  Comparison *c = compare_names(ds, "", DIM_COHORT, "1", "10");
  assert_true(c->n_course > 20);
  for (int s = 0; s < 2; s++) {
    const Cohort *cohort = cohort_table_get(ds->log->cohorts, (guint16)c->side[s].key);
    g_autofree guint32 *expected = g_new0(guint32, c->n_course);
    guint32 before = 0;
    for (guint32 row = 0; row < ds->log->n_rows; row++) {
      if (ds->log->cohort[row] != c->side[s].key)
        continue;
      CivilDay day = civil_day_of(ds->log->time[row]);
      if (day < cohort->start)
        before++;
      else
        expected[(day - cohort->start) / 7]++;
    }
    assert_memory_equal(expected, c->side[s].course, sizeof(guint32) * c->n_course);
    assert_int_equal(c->side[s].before_course, before);
  }
  comparison_free(c);
  /* a cohort without dates has no course */
  c = compare_names(ds, "", DIM_COHORT, "1", "5");
  assert_int_equal(c->n_course, 0);
  comparison_free(c);
}

/* --- lessons ---------------------------------------------------------------------------------- */

static void lessons_and_their_test(void **state)
{
  const Dataset *ds = *state;
  Comparison *c = compare_names(ds, "", DIM_COHORT, "1", "2");
  guint32 n_users = strpool_count(ds->log->users), total[2] = {0, 0};
  assert_true(c->tested && c->n_rows > 3);
  assert_int_equal(c->by, DIM_LESSON);
  for (guint i = 0; i < c->n_rows; i++)
    for (int s = 0; s < 2; s++)
      total[s] += c->rows[i].hits[s];
  for (guint i = 0; i < c->n_rows; i++) {
    const CompareRow *r = &c->rows[i];
    /* hits of the lesson of each user of each side */
    g_autofree guint32 *first = g_new0(guint32, n_users), *second = g_new0(guint32, n_users);
    guint32 *const hits[2] = {first, second};
    g_autofree guint8 *there = g_new0(guint8, n_users);
    for (guint32 row = 0; row < ds->log->n_rows; row++)
      for (int s = 0; s < 2; s++)
        if (ds->log->cohort[row] == c->side[s].key) {
          there[ds->log->user[row]] |= (guint8)(1 << s);
          hits[s][ds->log->user[row]] += ds->catalog->entry_of_path[ds->log->path[row]] == r->key;
        }
    g_autofree double *a = g_new(double, n_users), *b = g_new(double, n_users);
    double *const values[2] = {a, b};
    gsize n[2] = {0, 0};
    for (int s = 0; s < 2; s++) {
      guint32 sum = 0, readers = 0;
      for (guint32 u = 0; u < n_users; u++)
        if (there[u] & (1 << s)) {
          values[s][n[s]++] = hits[s][u];
          sum += hits[s][u];
          readers += hits[s][u] > 0;
        }
      assert_int_equal(r->hits[s], sum);
      assert_int_equal(r->users[s], readers);
      same(r->rate[s], (double)sum / (double)n[s]);
    }
    RankTest t = ranktest_run(a, n[0], b, n[1]);
    same(r->chance, t.effect);
    same(r->z, t.z);
    same(r->lift, ((double)r->hits[0] / total[0]) / ((double)r->hits[1] / total[1]));
    if (i > 0)
      assert_true(fabs(c->rows[i - 1].z) >= fabs(r->z));
    assert_true(r->q >= 0 && r->q <= 1);
  }
  comparison_free(c);
}

static void two_users_are_not_tested(void **state)
{
  Comparison *c = compare_names(*state, "", DIM_USER, "u3", "u17");
  assert_false(c->tested);
  for (guint i = 1; i < c->n_rows; i++)
    assert_true(isnan(c->rows[i].residual) ||
                fabs(c->rows[i - 1].residual) >= fabs(c->rows[i].residual));
  for (guint i = 0; i < c->n_shared; i++)
    assert_true(c->shared[i].hits[0] && c->shared[i].hits[1]);
  assert_int_equal(c->n_shared, c->ips.both);
  comparison_free(c);
}

/* --- meetings --------------------------------------------------------------------------------- */

static const char meeting_log[] =
    /* a: 10:00-10:20 on .1; b comes at 10:25 on .1: a handover */
    "2019-03-01 10:00:00 x 1 1 192.0.2.1\n"
    "2019-03-01 10:20:00 y 1 1 192.0.2.1\n"
    "2019-03-01 10:25:00 x 2 1 192.0.2.1\n"
    "2019-03-01 10:40:00 y 2 1 192.0.2.1\n"
    /* the next day both at once, on different addresses */
    "2019-03-02 09:00:00 x 2 1 192.0.2.2\n"
    "2019-03-02 09:05:00 x 1 1 192.0.2.1\n"
    "2019-03-02 09:10:00 y 1 1 192.0.2.1\n"
    "2019-03-02 09:20:00 y 2 1 192.0.2.2\n"
    /* b leaves .2, a comes on .1: no handover; then at once on one address */
    "2019-03-03 09:00:00 x 2 1 192.0.2.2\n"
    "2019-03-03 09:10:00 x 1 1 192.0.2.1\n"
    "2019-03-04 09:00:00 x 1 1 192.0.2.3\n"
    "2019-03-04 09:00:30 x 2 1 192.0.2.3\n"
    "2019-03-04 09:01:00 y 1 1 192.0.2.3\n"
    /* 31 minutes later is another day's work */
    "2019-03-05 09:00:00 x 2 1 192.0.2.3\n"
    "2019-03-05 09:31:00 x 1 1 192.0.2.3\n";

static void meetings_of_two_users(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(meeting_log, fixture_cohorts);
  Comparison *c = compare_names(ds, "", DIM_USER, "1", "2");
  assert_int_equal(c->overlaps, 2);
  assert_int_equal(c->overlaps_same_ip, 1);
  assert_int_equal(c->handovers, 1);
  assert_int_equal(c->meetings->len, 3);
  const CompareMeeting *m = &g_array_index(c->meetings, CompareMeeting, 0);
  assert_true(m->handover && m->same_ip);
  assert_int_equal(m->first, 0);
  assert_int_equal(m->to - m->from, 300);
  m++;
  assert_false(m->handover);
  assert_false(m->same_ip);
  assert_int_equal(m->first, 1); /* user 2 was there first */
  assert_int_equal(m->to - m->from, 300);
  m++;
  assert_true(m->same_ip && !m->handover);
  assert_int_equal(m->to - m->from, 0);
  /* sessions of user 1: 2, 2, 1, 2 and 1 hits; pauses 1200, 300 and 60 s */
  assert_int_equal(c->side[0].sessions, 5);
  same(c->side[0].session_hits, 2);
  same(c->side[0].pause, 300);
  assert_int_equal(c->side[0].absence, 1);
  assert_int_equal(c->minutes.both, 1);
  assert_int_equal(c->days.both, 5);
  comparison_free(c);
  /* swapped, the same the other way round */
  c = compare_names(ds, "", DIM_USER, "2", "1");
  assert_int_equal(c->handovers, 1);
  assert_int_equal(g_array_index(c->meetings, CompareMeeting, 0).first, 1);
  assert_int_equal(c->overlaps, 2);
  comparison_free(c);
  dataset_free(ds);
}

static void what_cannot_be_compared(void **state)
{
  const Dataset *ds = *state;
  Scope *scope = scope_new();
  GError *error = NULL;
  const guint32 twice[2] = {1, 1}, two[2] = {0, 1};
  assert_null(comparison_new(ds, scope, DIM_USER, twice, 1800, &error));
  assert_non_null(error);
  g_clear_error(&error);
  assert_null(comparison_new(ds, scope, DIM_HOUR, two, 1800, &error));
  assert_non_null(error);
  g_clear_error(&error);
  scope_free(scope);
  /* nothing in scope: empty sides, and nothing that divides by them */
  Comparison *c = compare_names(ds, "time=1999", DIM_COHORT, "1", "2");
  assert_int_equal(c->side[0].total.hits, 0);
  assert_int_equal(c->n_rows, 0);
  assert_int_equal(c->n_weeks, 0);
  assert_true(isnan(c->hours_alike) && isnan(compare_jaccard(&c->lessons)));
  comparison_free(c);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(totals_and_what_is_shared), cmocka_unit_test(weeks_of_the_course),
      cmocka_unit_test(lessons_and_their_test),    cmocka_unit_test(two_users_are_not_tested),
      cmocka_unit_test(meetings_of_two_users),     cmocka_unit_test(what_cannot_be_compared),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
