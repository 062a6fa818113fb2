/* The access log: building, stable order, indexes and days, joining, snapshots, limits; each time
 * compared with the rows kept aside as plain text. */
#include "core/log/log_private.h"

#include "core/base/error.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

/* A row as text, and its number in order of reading. */
typedef struct {
  CivilTime time;
  char path[24], user[12], cohort[8], ip[24], agent[16];
  guint32 number;
} Plain;

static void add_plain(LogBuilder *b, const Plain *p)
{
  LogRow row = {.time = p->time,
                .path = log_builder_path(b, p->path, strlen(p->path)),
                .user = log_builder_user(b, p->user, strlen(p->user)),
                .ip = log_builder_ip(b, p->ip, strlen(p->ip)),
                .agent = log_builder_agent(b, p->agent, strlen(p->agent)),
                .cohort = log_builder_cohort(b, p->cohort, NULL)};
  assert_true(log_builder_add(b, &row));
}

/* `n` rows of few distinct values; times repeat often and lie within `days` days. */
static Plain *make_rows(guint32 n, int days, guint32 seed)
{
  Plain *rows = g_new0(Plain, n);
  GRand *rand = g_rand_new_with_seed(seed);
  for (guint32 i = 0; i < n; i++) {
    Plain *p = &rows[i];
    p->number = i;
    p->time = civil_day_start(17557) + (gint64)g_rand_int_range(rand, 0, days * 144) * 600;
    if (g_rand_int_range(rand, 0, 10))
      g_snprintf(p->path, sizeof p->path, "lesson/%d", g_rand_int_range(rand, 0, 50));
    g_snprintf(p->user, sizeof p->user, "%d", g_rand_int_range(rand, 0, 40));
    if (g_rand_int_range(rand, 0, 5))
      g_snprintf(p->cohort, sizeof p->cohort, "%d", g_rand_int_range(rand, 20, 30));
    g_snprintf(p->ip, sizeof p->ip, "10.0.0.%d", g_rand_int_range(rand, 0, 20));
    if (seed % 2)
      g_snprintf(p->agent, sizeof p->agent, "agent %d", g_rand_int_range(rand, 0, 3));
  }
  g_rand_free(rand);
  return rows;
}

static int compare_plain(const void *a, const void *b)
{
  const Plain *x = a, *y = b;
  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return x->number < y->number ? -1 : 1;
}

static void check_index(const AccessLog *log, const guint32 *rows, const guint32 *start,
                        const void *key, gsize width, guint32 n_keys)
{
  assert_int_equal(start[0], 0);
  assert_int_equal(start[n_keys], log->n_rows);
  for (guint32 k = 0; k < n_keys; k++)
    for (guint32 i = start[k]; i < start[k + 1]; i++) {
      assert_true(rows[i] < log->n_rows);
      guint32 found =
          width == 2 ? ((const guint16 *)key)[rows[i]] : ((const guint32 *)key)[rows[i]];
      assert_int_equal(found, k);
      assert_true(i == start[k] || rows[i] > rows[i - 1]);
    }
}

static void check_days(const AccessLog *log)
{
  assert_int_equal(log->first_day, civil_day_of(log->time[0]));
  assert_int_equal(log->first_day + (int)log->n_days - 1, civil_day_of(log->time[log->n_rows - 1]));
  assert_int_equal(log->day_start[0], 0);
  assert_int_equal(log->day_start[log->n_days], log->n_rows);
  for (guint32 d = 0; d < log->n_days; d++)
    for (guint32 r = log->day_start[d]; r < log->day_start[d + 1]; r++)
      assert_int_equal(civil_day_of(log->time[r]), log->first_day + (int)d);
}

/* The log holds exactly `rows` (sorted here), row by row. */
static void check_log(const AccessLog *log, Plain *rows, guint32 n, gboolean agents)
{
  assert_int_equal(log->n_rows, n);
  assert_int_equal(log->agent != NULL, agents);
  assert_int_equal(log->agents != NULL, agents);
  qsort(rows, n, sizeof *rows, compare_plain);
  for (guint32 i = 0; i < n; i++) {
    assert_true(log->time[i] == rows[i].time);
    assert_string_equal(strpool_get(log->paths, log->path[i], NULL), rows[i].path);
    assert_string_equal(strpool_get(log->users, log->user[i], NULL), rows[i].user);
    assert_string_equal(ip_table_text(log->ips, log->ip[i]), rows[i].ip);
    if (agents)
      assert_string_equal(strpool_get(log->agents, log->agent[i], NULL), rows[i].agent);
    const char *cohort = cohort_table_get(log->cohorts, log->cohort[i])->id;
    assert_string_equal(cohort ? cohort : "", rows[i].cohort);
  }
  assert_string_equal(strpool_get(log->paths, PATH_MISSING, NULL), "");
  check_index(log, log->rows_by_user, log->user_start, log->user, 4, strpool_count(log->users));
  check_index(log, log->rows_by_ip, log->ip_start, log->ip, 4, ip_table_count(log->ips));
  check_index(log, log->rows_by_cohort, log->cohort_start, log->cohort, 2,
              log->cohorts->cohorts->len);
  check_days(log);
}

static void test_empty(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new();
  AccessLog *snapshot = log_builder_snapshot(b);
  AccessLog *log = log_builder_finish(b);
  for (int i = 0; i < 2; i++) {
    const AccessLog *l = i ? snapshot : log;
    assert_int_equal(l->n_rows, 0);
    assert_int_equal(l->n_days, 0);
    assert_int_equal(l->day_start[0], 0);
    assert_int_equal(l->user_start[0], 0);
    assert_int_equal(l->ip_start[1], 0);
    assert_int_equal(l->cohort_start[1], 0);
    assert_non_null(l->time);
    assert_non_null(l->rows_by_user);
    assert_null(l->agent);
    assert_int_equal(strpool_count(l->paths), 1);
    assert_int_equal(strpool_count(l->users), 0);
    assert_int_equal(access_log_lower_bound(l, 0), 0);
    assert_true(access_log_bytes(l) > 0);
  }
  access_log_unref(snapshot);
  access_log_unref(log);
  access_log_unref(NULL);
  log_builder_free(log_builder_new());
  log_builder_free(NULL);
}

/* Shuffled, over several blocks; every second size with agents. */
static void test_build(void **state)
{
  (void)state;
  static const guint32 sizes[] = {1,     2,     100,   1023,  1024,  1025,
                                  64511, 64512, 64513, 65536, 65537, 200000};
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    Plain *rows = make_rows(sizes[i], 400, i);
    LogBuilder *b = log_builder_new();
    for (guint32 r = 0; r < sizes[i]; r++)
      add_plain(b, &rows[r]);
    assert_int_equal(log_builder_count(b), sizes[i]);
    AccessLog *log = log_builder_finish(b);
    check_log(log, rows, sizes[i], i % 2);
    access_log_unref(log);
    g_free(rows);
  }
}

/* Already in order, with equal times: kept as it is. */
static void test_sorted(void **state)
{
  (void)state;
  Plain *rows = make_rows(3000, 3, 4);
  qsort(rows, 3000, sizeof *rows, compare_plain);
  LogBuilder *b = log_builder_new();
  for (guint32 r = 0; r < 3000; r++) {
    rows[r].number = r;
    add_plain(b, &rows[r]);
  }
  AccessLog *log = log_builder_finish(b);
  check_log(log, rows, 3000, FALSE);
  access_log_unref(log);
  g_free(rows);
}

/* The widest span of valid times, backwards. */
static void test_wide_times(void **state)
{
  (void)state;
  static const CivilTime times[] = {G_GINT64_CONSTANT(253402300799),
                                    5,
                                    G_GINT64_CONSTANT(-2208988800),
                                    5,
                                    1 << 22,
                                    1 << 11,
                                    0,
                                    -1};
  Plain rows[G_N_ELEMENTS(times)];
  memset(rows, 0, sizeof rows);
  LogBuilder *b = log_builder_new();
  for (guint32 i = 0; i < G_N_ELEMENTS(times); i++) {
    rows[i].time = times[i];
    rows[i].number = i;
    g_snprintf(rows[i].user, sizeof rows[i].user, "%u", i);
    add_plain(b, &rows[i]);
  }
  AccessLog *log = log_builder_finish(b);
  check_log(log, rows, G_N_ELEMENTS(times), FALSE);
  assert_int_equal(log->n_days, 2932896 + 25567 + 1);
  access_log_unref(log);
}

static void test_lower_bound(void **state)
{
  (void)state;
  static const CivilTime times[] = {10, 10, 20, 30, 30, 30};
  LogBuilder *b = log_builder_new();
  for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
    LogRow row = {.time = times[i], .user = log_builder_user(b, "u", 1)};
    log_builder_add(b, &row);
  }
  AccessLog *log = log_builder_finish(b);
  static const int cases[][2] = {{-5, 0}, {10, 0}, {11, 2}, {20, 2}, {21, 3}, {30, 3}, {31, 6}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_int_equal(access_log_lower_bound(log, cases[i][0]), cases[i][1]);
  assert_int_equal(access_log_lower_bound(log, CIVIL_NONE), 0);
  access_log_unref(log);
}

/* Builders of several files joined: as if one had read them in that order. */
static void test_append(void **state)
{
  (void)state;
  enum { PARTS = 5, EACH = 30000 };
  Plain *all = make_rows(PARTS * EACH, 30, 3);
  LogBuilder *b = log_builder_new();
  for (guint32 part = 0; part < PARTS; part++) {
    LogBuilder *src = log_builder_new();
    for (guint32 i = EACH; i-- > 0;) { /* backwards, so that ids differ from part to part */
      Plain *p = &all[part * EACH + i];
      p->number = part * EACH + (EACH - i);
      if (part == 0)
        p->agent[0] = '\0'; /* the first file has no agents */
      add_plain(src, p);
    }
    assert_true(log_builder_append(b, src, NULL));
  }
  assert_true(log_builder_append(b, log_builder_new(), NULL));
  Plain last = {.time = all[0].time, .path = "after", .user = "joining", .number = G_MAXUINT32};
  add_plain(b, &last);
  Plain *rows = g_renew(Plain, all, PARTS * EACH + 1);
  rows[PARTS * EACH] = last;
  AccessLog *log = log_builder_finish(b);
  check_log(log, rows, PARTS * EACH + 1, TRUE);
  access_log_unref(log);
  g_free(rows);
}

/* Dates known to one builder reach the rows of the other. */
static void test_append_cohorts(void **state)
{
  (void)state;
  LogBuilder *a = log_builder_new(), *b = log_builder_new();
  Plain p = {.time = 150 * CIVIL_DAY, .user = "1", .cohort = "8"};
  add_plain(a, &p);
  CohortTable *t = log_builder_cohorts(b);
  cohort_table_intern(t, "7");
  Cohort *c = &g_array_index(t->cohorts, Cohort, cohort_table_intern(t, "8"));
  c->start = 100;
  c->end = 150;
  c->program = cohort_table_program(t, "3");
  c->in_table = TRUE;
  p.time++;
  add_plain(b, &p);
  p.cohort[0] = '\0';
  p.time++;
  add_plain(b, &p);
  assert_true(log_builder_append(a, b, NULL));
  AccessLog *log = log_builder_finish(a);
  assert_int_equal(access_log_phase(log, 0), PHASE_CLASS);
  assert_int_equal(access_log_phase(log, 1), PHASE_CLASS);
  assert_int_equal(access_log_phase(log, 2), PHASE_NONE);
  assert_string_equal(cohort_table_get_program(log->cohorts, access_log_program(log, 0))->id, "3");
  assert_int_equal(access_log_program(log, 2), PROGRAM_NONE);
  access_log_unref(log);
}

static void test_snapshot(void **state)
{
  (void)state;
  Plain *rows = make_rows(5000, 20, 5);
  LogBuilder *b = log_builder_new();
  for (guint32 i = 0; i < 2000; i++)
    add_plain(b, &rows[i]);
  AccessLog *early = log_builder_snapshot(b);
  for (guint32 i = 2000; i < 5000; i++)
    add_plain(b, &rows[i]);
  AccessLog *whole = log_builder_finish(b);
  Plain *first = g_memdup2(rows, 2000 * sizeof *rows);
  check_log(early, first, 2000, TRUE);
  assert_true(access_log_ref(early) == early);
  access_log_unref(early);
  check_log(whole, rows, 5000, TRUE);
  assert_true(access_log_bytes(whole) >= access_log_bytes(early) + 3000 * 38);
  access_log_unref(whole);
  check_log(early, first, 2000, TRUE);
  access_log_unref(early);
  g_free(first);
  g_free(rows);
}

static void test_cohort_limit(void **state)
{
  (void)state;
  LogBuilder *b = log_builder_new(), *src = log_builder_new();
  gboolean full = TRUE;
  char id[16];
  for (guint i = 1; i <= COHORT_MAX; i++) {
    g_snprintf(id, sizeof id, "%u", i);
    assert_int_equal(log_builder_cohort(b, id, &full), i);
    assert_false(full);
  }
  assert_int_equal(log_builder_cohort(b, "", &full), COHORT_NONE);
  assert_false(full);
  assert_int_equal(log_builder_cohort(b, "new", &full), COHORT_NONE);
  assert_true(full);
  /* The highest index keeps its rows apart from those without a cohort. */
  Plain p = {.time = 1, .user = "1", .cohort = "65535"};
  add_plain(b, &p);
  p.cohort[0] = '\0';
  add_plain(b, &p);
  p.path[0] = 'x';
  g_strlcpy(p.cohort, "new", sizeof p.cohort);
  add_plain(src, &p);
  GError *error = NULL;
  assert_false(log_builder_append(b, src, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_LIMIT));
  g_clear_error(&error);
  assert_int_equal(log_builder_count(b), 2);
  assert_int_equal(log_builder_count(src), 1);
  assert_int_equal(strpool_count(b->paths), 1);
  AccessLog *other = log_builder_finish(src); /* still whole */
  assert_string_equal(cohort_table_get(other->cohorts, other->cohort[0])->id, "new");
  access_log_unref(other);
  AccessLog *log = log_builder_finish(b);
  assert_int_equal(log->cohort[0], 65535);
  assert_int_equal(log->cohort_start[65536] - log->cohort_start[65535], 1);
  assert_int_equal(log->cohort_start[1] - log->cohort_start[0], 1);
  access_log_unref(log);
}

/* Each dictionary and the number of rows, one after the other, as the one that is full. */
static void test_append_limits(void **state)
{
  (void)state;
  for (int which = 0; which < 6; which++) {
    LogBuilder *b = log_builder_new(), *src = log_builder_new();
    Plain one = {.path = "p", .user = "u", .ip = "1.1.1.1", .agent = "a"};
    Plain two = {.path = "q", .user = "v", .ip = "2.2.2.2", .agent = "b"};
    add_plain(b, &one);
    add_plain(src, &two);
    if (which == 0)
      strpool_set_limits(b->paths, 2, G_MAXUINT32);
    if (which == 1)
      strpool_set_limits(b->users, 1, G_MAXUINT32);
    if (which == 2)
      strpool_set_limits(b->agents, 2, G_MAXUINT32);
    if (which == 3)
      ip_table_set_limit(b->ips, 2);
    if (which == 4)
      b->max_rows = 1;
    gboolean fits = which == 5; /* nothing is full */
    GError *error = NULL;
    assert_int_equal(log_builder_append(b, src, &error), fits);
    assert_int_equal(error == NULL, fits);
    g_clear_error(&error);
    assert_int_equal(log_builder_count(b), fits ? 2 : 1);
    assert_int_equal(strpool_count(b->paths), fits ? 3 : 2);
    assert_int_equal(strpool_count(b->users), fits ? 2 : 1);
    assert_int_equal(strpool_count(b->agents), fits ? 3 : 2);
    assert_int_equal(ip_table_count(b->ips), fits ? 3 : 2);
    if (which == 0)
      assert_int_equal(log_builder_path(b, "q", 1), G_MAXUINT32);
    LogRow row = {.time = 1};
    assert_int_equal(log_builder_add(b, &row), which != 4);
    log_builder_free(b);
    if (!fits)
      log_builder_free(src);
  }
}

/* A log in three pieces, joined: the order of the whole, ids that stay, rows found again. Agents
 * come with the last piece only. */
static void test_join(void **state)
{
  (void)state;
  const guint32 n = 3000, cut[] = {0, 1500, 2200, 3000};
  Plain *rows = make_rows(n, 40, 6);
  for (guint32 i = cut[2]; i < n; i++)
    g_strlcpy(rows[i].agent, "late", sizeof rows[i].agent);
  AccessLog *log = NULL, *first = NULL;
  for (int piece = 0; piece < 3; piece++) {
    LogBuilder *b = log ? log_builder_on(log) : log_builder_new();
    for (guint32 i = cut[piece]; i < cut[piece + 1]; i++)
      add_plain(b, &rows[i]);
    AccessLog *longer = log ? access_log_join(log, b) : log_builder_finish(b);
    if (!first)
      first = access_log_ref(longer);
    if (log)
      access_log_unref(log);
    log = longer;
  }
  check_log(log, rows, n, TRUE);
  for (guint32 u = 0; u < strpool_count(first->users); u++)
    assert_string_equal(strpool_get(first->users, u, NULL), strpool_get(log->users, u, NULL));
  guint32 old = 0;
  for (guint32 row = 0; row < n; row++)
    if (rows[row].number < cut[1])
      assert_int_equal(access_log_row_in(first, old++, log), row);
  assert_int_equal(old, first->n_rows);
  access_log_unref(first);
  access_log_unref(log);
  g_free(rows);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_empty),          cmocka_unit_test(test_build),
      cmocka_unit_test(test_sorted),         cmocka_unit_test(test_wide_times),
      cmocka_unit_test(test_lower_bound),    cmocka_unit_test(test_append),
      cmocka_unit_test(test_append_cohorts), cmocka_unit_test(test_snapshot),
      cmocka_unit_test(test_join),           cmocka_unit_test(test_cohort_limit),
      cmocka_unit_test(test_append_limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
