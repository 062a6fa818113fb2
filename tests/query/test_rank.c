/* Dimensions and rankings: ids there and back, natural order, and every measure against counting
 * with sets. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/query/rank.h"
#include "tests/query/fixture.h"

/* --- counting with sets ----------------------------------------------------------------------- */

typedef struct {
  guint32 hits;
  GHashTable *sets[N_MEASURES];
  CivilTime first, last;
} Naive;

static void add_value(Naive *k, Measure m, guint32 value)
{
  if (!k->sets[m])
    k->sets[m] = g_hash_table_new(NULL, NULL);
  g_hash_table_add(k->sets[m], GUINT_TO_POINTER(value + 1));
}

static void add_row(Naive *k, const Dataset *ds, guint32 row)
{
  const AccessLog *log = ds->log;
  guint32 entry = ds->catalog->entry_of_path[log->path[row]];
  CivilTime t = log->time[row];
  k->first = k->hits ? MIN(k->first, t) : t;
  k->last = k->hits ? MAX(k->last, t) : t;
  k->hits++;
  add_value(k, MEASURE_USERS, log->user[row]);
  if (log->ip[row] != IP_NONE)
    add_value(k, MEASURE_IPS, log->ip[row]);
  if (ds->catalog->entries[entry].kind == KIND_LESSON)
    add_value(k, MEASURE_LESSONS, entry);
  add_value(k, MEASURE_DAYS, (guint32)civil_day_of(t));
  if (log->cohort[row] != COHORT_NONE)
    add_value(k, MEASURE_COHORTS, log->cohort[row]);
}

static guint naive_count(const Naive *k, Measure m)
{
  return k->sets[m] ? g_hash_table_size(k->sets[m]) : 0;
}

static void naive_clear(Naive *all, guint32 n)
{
  for (guint32 k = 0; k < n; k++)
    for (guint m = 0; m < N_MEASURES; m++)
      if (all[k].sets[m])
        g_hash_table_destroy(all[k].sets[m]);
  g_free(all);
}

/* The key of a row, worked out from its fields and not from the tables of the scans. */
static char *naive_id(const Dataset *ds, Dimension d, guint32 row)
{
  const AccessLog *log = ds->log;
  CivilFields f = civil_fields(log->time[row]);
  CivilDay day = civil_day_of(log->time[row]);
  const Cohort *c = cohort_table_get(log->cohorts, log->cohort[row]);
  int year, week;
  switch (d) {
  case DIM_PROGRAM:
    return g_strdup(cohort_table_get_program(log->cohorts, c->program)->id);
  case DIM_COHORT:
    return g_strdup(c->id);
  case DIM_PHASE:
    return g_strdup(phase_name(access_log_phase(log, row)));
  case DIM_WEEKDAY:
    return g_ascii_strdown(civil_weekday_name(civil_weekday(day)), -1);
  case DIM_HOUR:
    return g_strdup_printf("%d", f.hour);
  case DIM_DAY:
    return g_strdup_printf("%04d-%02d-%02d", f.year, f.month, f.day);
  case DIM_WEEK:
    week = civil_iso_week(day, &year);
    return g_strdup_printf("%04d-W%02d", year, week);
  case DIM_MONTH:
    return g_strdup_printf("%04d-%02d", f.year, f.month);
  case DIM_COURSE_WEEK:
    week = log->cohort[row] == COHORT_NONE ? 0 : cohort_course_week(c, day);
    return week > 0 ? g_strdup_printf("%d", week) : NULL;
  case DIM_USER:
    return g_strdup(strpool_get(log->users, log->user[row], NULL));
  case DIM_PATH:
    return log->path[row] ? g_strdup(strpool_get(log->paths, log->path[row], NULL)) : NULL;
  default:
    return dimension_id(ds, d, dimension_key(ds, d, row));
  }
}

static void check_ranking(const Dataset *ds, const Selection *sel, Dimension d)
{
  guint32 n = dimension_count(ds, d), seen = 0;
  Naive *naive = g_new0(Naive, n);
  for (guint32 i = 0; i < sel->n; i++) {
    guint32 row = selection_row(sel, i), key = dimension_key(ds, d, row);
    assert_true(key < n);
    char *id = dimension_id(ds, d, key), *want = naive_id(ds, d, row);
    assert_true(g_strcmp0(id, want) == 0);
    g_free(id);
    g_free(want);
    add_row(&naive[key], ds, row);
  }
  RankRequest req = {.by = d, .measures = (1u << N_MEASURES) - 1};
  Ranking *r = rank(ds, sel, &req);
  assert_true(r->hits == sel->n);
  for (guint32 i = 0; i < r->n; i++) {
    const RankRow *row = &r->rows[i];
    const Naive *want = &naive[row->key];
    assert_int_equal(row->hits, want->hits);
    assert_int_equal(row->users, naive_count(want, MEASURE_USERS));
    assert_int_equal(row->ips, naive_count(want, MEASURE_IPS));
    assert_int_equal(row->lessons, naive_count(want, MEASURE_LESSONS));
    assert_int_equal(row->days, naive_count(want, MEASURE_DAYS));
    assert_int_equal(row->cohorts, naive_count(want, MEASURE_COHORTS));
    assert_true(row->first == want->first && row->last == want->last);
    assert_true(isnan(row->lift));
    assert_true(fabs(row->share * sel->n - row->hits) < 1e-6);
    if (i) {
      const RankRow *before = &r->rows[i - 1];
      assert_true(before->hits >= row->hits);
      if (before->hits == row->hits)
        assert_true(dimension_compare(ds, d, before->key, row->key) < 0);
    }
  }
  for (guint32 k = 0; k < n; k++)
    seen += naive[k].hits > 0;
  assert_int_equal(r->n, seen);
  ranking_free(r);
  naive_clear(naive, n);
}

static Selection *select_text(const Dataset *ds, const char *scope)
{
  Scope *s = scope_parse(scope, NULL);
  assert_non_null(s);
  Selection *sel = scope_select(s, ds, NULL);
  assert_non_null(sel);
  scope_free(s);
  return sel;
}

static void check_all(const Dataset *ds, const char *scope)
{
  Selection *sel = select_text(ds, scope);
  for (guint d = 0; d < N_DIMENSIONS; d++)
    check_ranking(ds, sel, (Dimension)d);
  selection_free(sel);
}

static void test_small(void **state)
{
  (void)state;
  char *text = fixture_random_log(1, 600, 20, 15);
  Dataset *ds = fixture_new(text, fixture_cohorts);
  check_all(ds, "");
  check_all(ds, "time=2019");
  check_all(ds, "weekday=mon,tue -cohort=none");
  check_all(ds, "user=u3");
  check_all(ds, "time=2031");
  dataset_free(ds);
  g_free(text);
}

/* Many users and addresses: the tables are too large for the selection, values get sorted. */
static void test_large(void **state)
{
  (void)state;
  char *text = fixture_random_log(2, 12000, 3000, 9000);
  Dataset *ds = fixture_new(text, fixture_cohorts);
  check_all(ds, "");
  check_all(ds, "hour=9..11");
  dataset_free(ds);
  g_free(text);
}

/* Long enough to be counted in several parts: by few groups, by many, and by days, which must not
 * be cut. */
static void test_parts(void **state)
{
  (void)state;
  char *text = fixture_random_log(4, 550000, 20000, 3000);
  Dataset *ds = fixture_new(text, fixture_cohorts);
  static const char *const scopes[] = {"", "-user=u1"};
  for (guint i = 0; i < G_N_ELEMENTS(scopes); i++) {
    Selection *sel = select_text(ds, scopes[i]);
    check_ranking(ds, sel, i ? DIM_IP : DIM_COHORT);
    check_ranking(ds, sel, i ? DIM_PHASE : DIM_DAY);
    selection_free(sel);
  }
  dataset_free(ds);
  g_free(text);
}

static void test_empty(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("", "");
  check_all(ds, "");
  dataset_free(ds);
}

/* --- order and values ------------------------------------------------------------------------- */

static const char ordered[] = "2019-01-07 10:00:00 b 10 1 198.51.100.30\n"
                              "2019-01-07 10:00:01 a 9 2 198.51.100.4\n"
                              "2019-01-07 10:00:02 a 9 10 2001:db8::1\n"
                              "2019-01-08 10:00:03 c x1 4 \n"
                              "2019-01-09 10:00:04 b 007  198.51.100.4\n"
                              "2019-01-09 10:00:05 b 7  198.51.100.4\n";

static char *order_of(const Dataset *ds, const RankRequest *req)
{
  Selection all = {.n = ds->log->n_rows};
  Ranking *r = rank(ds, &all, req);
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < r->n; i++) {
    char *id = dimension_id(ds, req->by, r->rows[i].key);
    g_string_append_printf(out, "%s%s", i ? " " : "", id ? id : "-");
    g_free(id);
  }
  ranking_free(r);
  return g_string_free(out, FALSE);
}

static void check_order(const Dataset *ds, const RankRequest *req, const char *want)
{
  char *got = order_of(ds, req);
  assert_string_equal(got, want);
  g_free(got);
}

static void test_order(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(ordered, fixture_cohorts);
  RankRequest by_user = {.by = DIM_USER};
  check_order(ds, &by_user, "9 007 7 10 x1"); /* ties by value of the number, then by text */
  RankRequest by_ip = {.by = DIM_IP};
  check_order(ds, &by_ip, "198.51.100.4 - 198.51.100.30 2001:db8::1");
  RankRequest keys = {.by = DIM_COHORT, .sort = {{.by_key = TRUE, .ascending = TRUE}}, .n_sort = 1};
  check_order(ds, &keys, "- 1 2 4 10");
  keys.sort[0].ascending = FALSE;
  check_order(ds, &keys, "10 4 2 1 -");
  RankRequest first = {.by = DIM_PATH, .sort = {{.measure = MEASURE_FIRST, .ascending = TRUE}}};
  first.n_sort = 1;
  check_order(ds, &first, "b a c");
  RankRequest two = {
      .by = DIM_PATH,
      .sort = {{.measure = MEASURE_DAYS, .ascending = TRUE}, {.by_key = TRUE, .ascending = FALSE}},
      .n_sort = 2};
  check_order(ds, &two, "c a b"); /* a and c were read on one day each */
  RankRequest rate = {.by = DIM_PATH, .sort = {{.measure = MEASURE_PER_USER}}, .n_sort = 1};
  check_order(ds, &rate, "a b c"); /* two hits of one user; then three of three, one of one */
  dataset_free(ds);
}

static void test_user_order(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(ordered, fixture_cohorts);
  const guint32 *order = dataset_user_order(ds);
  static const char *const sorted[] = {"007", "7", "9", "10", "x1"};
  for (guint32 i = 0; i < G_N_ELEMENTS(sorted); i++) {
    guint32 key;
    assert_true(dimension_find(ds, DIM_USER, sorted[i], &key));
    assert_int_equal(order[key], i);
  }
  dataset_free(ds);
}

static void test_lift(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(ordered, fixture_cohorts);
  Selection all = {.n = 6}, none = {.n = 0}, some = {.n = 3}; /* b a a */
  RankRequest req = {.by = DIM_PATH, .baseline = &all};
  Ranking *r = rank(ds, &some, &req);
  assert_int_equal(r->n, 2);
  assert_true(fabs(r->rows[0].lift - (2.0 / 3) / (2.0 / 6)) < 1e-12); /* a */
  assert_true(fabs(r->rows[1].lift - (1.0 / 3) / (3.0 / 6)) < 1e-12); /* b */
  ranking_free(r);
  req.baseline = &none;
  r = rank(ds, &some, &req);
  assert_true(isnan(r->rows[0].lift));
  ranking_free(r);
  req.baseline = &some;
  req.sort[0] = (RankSort){.measure = MEASURE_LIFT, .ascending = TRUE};
  req.n_sort = 1;
  r = rank(ds, &all, &req); /* c is not in the baseline: unknown, so last in either direction */
  assert_true(isnan(r->rows[2].lift));
  req.sort[0].ascending = FALSE;
  ranking_sort(ds, r, req.sort, 1);
  assert_true(isnan(r->rows[2].lift));
  assert_true(r->rows[0].lift > r->rows[1].lift);
  ranking_free(r);
  dataset_free(ds);
}

/* --- dimensions ------------------------------------------------------------------------------- */

static void test_ids(void **state)
{
  (void)state;
  char *text = fixture_random_log(3, 400, 20, 15);
  Dataset *ds = fixture_new(text, fixture_cohorts);
  for (guint d = 0; d < N_DIMENSIONS; d++) {
    Dimension back;
    assert_true(dimension_parse(dimension_info((Dimension)d)->name, &back));
    assert_int_equal(back, d);
    assert_true(strlen(dimension_info((Dimension)d)->definition) > 20);
    guint32 missing = 0;
    for (guint32 key = 0; key < dimension_count(ds, (Dimension)d); key++) {
      char *id = dimension_id(ds, (Dimension)d, key);
      char *label = dimension_label(ds, (Dimension)d, key);
      guint32 found = G_MAXUINT32;
      assert_true(label && *label);
      missing += !id;
      if (id) {
        assert_true(dimension_find(ds, (Dimension)d, id, &found));
        assert_int_equal(found, key);
      }
      g_free(label);
      g_free(id);
    }
    assert_true(missing <= 1);
    guint32 key = 12345;
    assert_false(dimension_find(ds, (Dimension)d, "no such thing", &key));
    assert_int_equal(key, 12345);
  }
  dataset_free(ds);
  g_free(text);
}

static void test_labels(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("2019-02-14 07:00:00 \033[2Jx 7 2 198.51.100.1\n", fixture_cohorts);
  static const struct {
    Dimension d;
    const char *id, *label;
  } want[] = {
      {DIM_PROGRAM, "2", "Full Stack Java"},
      {DIM_COHORT, "2", "Beta"},
      {DIM_PATH, "\033[2Jx", "?[2Jx"},
      {DIM_USER, "7", "7"},
      {DIM_IP, "198.51.100.1", "198.51.100.1"},
      {DIM_PHASE, "class", "class"},
      {DIM_WEEKDAY, "thu", "Thu"},
      {DIM_HOUR, "7", "7"},
      {DIM_DAY, "2019-02-14", "2019-02-14"},
      {DIM_WEEK, "2019-W07", "2019-W07"},
      {DIM_MONTH, "2019-02", "2019-02"},
      {DIM_COURSE_WEEK, "2", "2"},
      {DIM_AGENT, NULL, "(none)"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(want); i++) {
    guint32 key = dimension_key(ds, want[i].d, 0);
    char *id = dimension_id(ds, want[i].d, key), *label = dimension_label(ds, want[i].d, key);
    assert_true(g_strcmp0(id, want[i].id) == 0);
    assert_string_equal(label, want[i].label);
    g_free(id);
    g_free(label);
  }
  guint32 key;
  assert_true(dimension_find(ds, DIM_COHORT, "BETA", &key));
  assert_true(dimension_find(ds, DIM_PROGRAM, "data science", &key));
  assert_true(dimension_find(ds, DIM_WEEKDAY, "Mon", &key));
  assert_int_equal(key, 0);
  assert_false(dimension_find(ds, DIM_DAY, "2019-02-15", &key)); /* after the log */
  assert_false(dimension_find(ds, DIM_HOUR, "07", &key));
  dataset_free(ds);
}

static void test_people(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("2019-01-07 10:00:00 a 7 1 \n"
                            "2019-01-08 10:00:00 a 7 2 \n" /* a tie: the later one */
                            "2019-01-08 10:00:01 a 8 2 \n"
                            "2019-01-08 10:00:02 a 8 2 \n"
                            "2019-01-08 10:00:03 a 8 10 \n"
                            "2019-01-08 10:00:04 a 9  \n"
                            "2019-01-08 10:00:05 a 8  \n"
                            "2019-01-08 10:00:06 a 9 4 \n"
                            "2019-01-08 10:00:07 a 5  \n",
                            fixture_cohorts);
  static const struct {
    const char *user, *cohort;
    guint n;
    gboolean staff;
  } want[] = {
      {"7", "2", 2, FALSE}, {"8", "2", 2, FALSE}, {"9", "4", 1, TRUE}, {"5", NULL, 0, FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS(want); i++) {
    guint32 u;
    assert_true(dimension_find(ds, DIM_USER, want[i].user, &u));
    assert_true(
        g_strcmp0(cohort_table_get(ds->log->cohorts, ds->user_cohort[u])->id, want[i].cohort) == 0);
    assert_int_equal(ds->user_n_cohorts[u], want[i].n);
    assert_int_equal(ds->user_staff[u] != 0, want[i].staff);
  }
  dataset_free(ds);
}

static void test_measures(void **state)
{
  (void)state;
  for (guint m = 0; m < N_MEASURES; m++) {
    Measure back;
    assert_true(measure_parse(measure_info((Measure)m)->name, &back));
    assert_int_equal(back, m);
  }
  Measure untouched = MEASURE_LIFT;
  assert_false(measure_parse("clicks", &untouched));
  assert_int_equal(untouched, MEASURE_LIFT);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_small),    cmocka_unit_test(test_large),
      cmocka_unit_test(test_empty),    cmocka_unit_test(test_parts),
      cmocka_unit_test(test_order),    cmocka_unit_test(test_user_order),
      cmocka_unit_test(test_lift),     cmocka_unit_test(test_ids),
      cmocka_unit_test(test_labels),   cmocka_unit_test(test_people),
      cmocka_unit_test(test_measures),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
