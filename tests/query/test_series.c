/* Series, matrices, sessions and rows, against counting row by row. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/query/matrix.h"
#include "core/query/rows.h"
#include "core/query/series.h"
#include "core/query/session.h"
#include "tests/query/fixture.h"

static Selection *select_text(const Dataset *ds, const char *text)
{
  Scope *s = scope_parse(text, NULL);
  Selection *sel = scope_select(s, ds, NULL);
  assert_non_null(sel);
  scope_free(s);
  return sel;
}

static int setup(void **state)
{
  char *text = fixture_random_log(5, 3000, 40, 60);
  *state = fixture_new(text, fixture_cohorts);
  g_free(text);
  return 0;
}

static int teardown(void **state)
{
  dataset_free(*state);
  return 0;
}

/* --- series ----------------------------------------------------------------------------------- */

/* Label of the bucket of a row, from its fields; NULL when it is in none. */
static char *label_of_row(const Dataset *ds, Bucket b, guint32 row)
{
  char buf[CIVIL_BUF];
  CivilTime t = ds->log->time[row];
  CivilFields f = civil_fields(t);
  int week, year;
  switch (b) {
  case BUCKET_HOUR:
    return g_strdup_printf("%04d-%02d-%02dT%02d", f.year, f.month, f.day, f.hour);
  case BUCKET_DAY:
    return g_strdup(civil_format_day(civil_day_of(t), buf));
  case BUCKET_WEEK:
    week = civil_iso_week(civil_day_of(t), &year);
    return g_strdup_printf("%04d-W%02d", year, week);
  case BUCKET_MONTH:
    return g_strdup_printf("%04d-%02d", f.year, f.month);
  default:
    if (ds->log->cohort[row] == COHORT_NONE)
      return NULL;
    week = cohort_course_week(cohort_table_get(ds->log->cohorts, ds->log->cohort[row]),
                              civil_day_of(t));
    return week > 0 ? g_strdup_printf("%d", week) : NULL;
  }
}

/* Hits and distinct users of one line and bucket. */
static void count_cell(const Dataset *ds, const Selection *sel, const SeriesRequest *req,
                       guint32 key, const char *label, guint32 *ret_hits, guint32 *ret_users)
{
  GHashTable *users = g_hash_table_new(NULL, NULL);
  *ret_hits = 0;
  for (guint32 i = 0; i < sel->n; i++) {
    guint32 row = selection_row(sel, i);
    char *mine = label_of_row(ds, req->bucket, row);
    if (g_strcmp0(mine, label) == 0 && (!req->has_by || dimension_key(ds, req->by, row) == key)) {
      ++*ret_hits;
      g_hash_table_add(users, GUINT_TO_POINTER(ds->log->user[row] + 1));
    }
    g_free(mine);
  }
  *ret_users = g_hash_table_size(users);
  g_hash_table_destroy(users);
}

static void check_series(const Dataset *ds, const char *scope, SeriesRequest req)
{
  Selection *sel = select_text(ds, scope);
  Series *hits = series_new(ds, sel, &req, NULL);
  req.measure = MEASURE_USERS;
  Series *users = series_new(ds, sel, &req, NULL);
  assert_non_null(hits);
  assert_non_null(users);
  guint64 sum = 0, lines = 0;
  for (guint l = 0; l < hits->n_lines; l++) {
    assert_int_equal(hits->lines[l].key, users->lines[l].key);
    lines += hits->lines[l].hits;
    if (l)
      assert_true(hits->lines[l - 1].hits >= hits->lines[l].hits);
    for (guint32 b = 0; b < hits->n_buckets; b++) {
      sum += hits->lines[l].values[b];
      if (hits->n_buckets > 100 && b % 61)
        continue; /* every so many is enough for the slow way of counting */
      guint32 want_hits, want_users;
      char *label = series_label(hits, b);
      count_cell(ds, sel, &req, hits->lines[l].key, label, &want_hits, &want_users);
      assert_int_equal(hits->lines[l].values[b], want_hits);
      assert_int_equal(users->lines[l].values[b], want_users);
      g_free(label);
    }
  }
  if (!req.max_lines) {
    assert_true(lines == sel->n);
    assert_true(sum + hits->left_out == sel->n);
  }
  series_free(hits);
  series_free(users);
  selection_free(sel);
}

static void test_series(void **state)
{
  for (guint b = 0; b < N_BUCKETS; b++) {
    check_series(*state, "", (SeriesRequest){.bucket = (Bucket)b});
    check_series(*state, "hour=8..20 -cohort=none", (SeriesRequest){.bucket = (Bucket)b});
    check_series(*state, "user=u3 time=2019",
                 (SeriesRequest){.bucket = (Bucket)b, .has_by = TRUE, .by = DIM_COHORT});
    check_series(
        *state, "time=2019-06..2019-07",
        (SeriesRequest){.bucket = (Bucket)b, .has_by = TRUE, .by = DIM_MODULE, .max_lines = 2});
  }
}

/* Every measure of a day is what a ranking by day says. */
static void test_series_measures(void **state)
{
  static const Measure known[] = {MEASURE_HITS,    MEASURE_USERS, MEASURE_IPS,
                                  MEASURE_LESSONS, MEASURE_DAYS,  MEASURE_COHORTS};
  const Dataset *ds = *state;
  Selection *sel = select_text(ds, "-kind=asset");
  RankRequest by_month = {.by = DIM_MONTH, .measures = (1u << N_MEASURES) - 1};
  Ranking *r = rank(ds, sel, &by_month);
  for (guint m = 0; m < G_N_ELEMENTS(known); m++) {
    SeriesRequest req = {.bucket = BUCKET_MONTH, .measure = known[m]};
    Series *s = series_new(ds, sel, &req, NULL);
    for (guint32 i = 0; i < r->n; i++) {
      char *id = dimension_id(ds, DIM_MONTH, r->rows[i].key);
      gboolean found = FALSE;
      for (guint32 b = 0; b < s->n_buckets; b++) {
        char *label = series_label(s, b);
        if (strcmp(label, id) == 0) {
          assert_true(s->lines[0].values[b] == rank_value(&r->rows[i], known[m]));
          found = TRUE;
        }
        g_free(label);
      }
      assert_true(found);
      g_free(id);
    }
    series_free(s);
  }
  ranking_free(r);
  selection_free(sel);
}

static void test_series_gaps(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("2019-01-30 10:00:00 a 1 1 \n2019-02-03 11:00:00 a 1 1 \n"
                            "2019-02-03 11:30:00 a 2 1 \n",
                            fixture_cohorts);
  Selection all = {.n = 3};
  SeriesRequest req = {.bucket = BUCKET_DAY};
  Series *s = series_new(ds, &all, &req, NULL);
  static const guint32 want[] = {1, 0, 0, 0, 2};
  assert_int_equal(s->n_buckets, 5);
  assert_memory_equal(s->lines[0].values, want, sizeof want);
  assert_true(s->starts[4] == civil_day_start(civil_day_from_date(2019, 2, 3)));
  series_free(s);
  req.bucket = BUCKET_COURSE_WEEK; /* weeks 4 and 4 of a class that began on 7 January */
  s = series_new(ds, &all, &req, NULL);
  assert_int_equal(s->n_buckets, 1);
  assert_true(s->starts[0] == 4);
  assert_int_equal(s->lines[0].values[0], 3);
  series_free(s);
  dataset_free(ds);
}

static void test_series_limits(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("1990-01-30 10:00:00 a 1 1 \n2019-02-03 11:00:00 a 1 1 \n", "");
  Selection all = {.n = 2}, none = {.n = 0};
  GError *error = NULL;
  SeriesRequest req = {.bucket = BUCKET_HOUR};
  assert_null(series_new(ds, &all, &req, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_LIMIT));
  g_clear_error(&error);
  req.bucket = BUCKET_DAY;
  req.measure = MEASURE_SHARE;
  assert_null(series_new(ds, &all, &req, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  g_clear_error(&error);
  req.measure = MEASURE_USERS;
  Series *s = series_new(ds, &none, &req, NULL);
  assert_int_equal(s->n_buckets, 0);
  assert_int_equal(s->n_lines, 1);
  series_free(s);
  dataset_free(ds);
}

static void test_punch_card(void **state)
{
  const Dataset *ds = *state;
  guint32 card[7][24], want[7][24] = {{0}};
  Selection *sel = select_text(ds, "-user=u7");
  for (guint32 i = 0; i < sel->n; i++) {
    CivilTime t = ds->log->time[selection_row(sel, i)];
    want[civil_weekday(civil_day_of(t))][civil_hour(t)]++;
  }
  series_punch_card(ds, sel, card);
  assert_memory_equal(card, want, sizeof want);
  selection_free(sel);
}

/* --- matrices --------------------------------------------------------------------------------- */

static void check_matrix(const Dataset *ds, const char *scope, MatrixRequest req)
{
  Selection *sel = select_text(ds, scope);
  Matrix *m = matrix_new(ds, sel, &req);
  assert_true(m->total == sel->n);
  for (guint32 r = 0; r < m->n_rows; r++)
    for (guint32 c = 0; c < m->n_columns; c++) {
      GHashTable *users = g_hash_table_new(NULL, NULL);
      guint32 hits = 0, row_hits = 0, column_hits = 0;
      for (guint32 i = 0; i < sel->n; i++) {
        guint32 row = selection_row(sel, i);
        gboolean in_row = dimension_key(ds, req.rows, row) == m->row_keys[r];
        gboolean in_column = dimension_key(ds, req.columns, row) == m->column_keys[c];
        row_hits += in_row;
        column_hits += in_column;
        hits += in_row && in_column;
        if (in_row && in_column)
          g_hash_table_add(users, GUINT_TO_POINTER(ds->log->user[row] + 1));
      }
      assert_int_equal(m->hits[r * m->n_columns + c], hits);
      assert_int_equal(m->users[r * m->n_columns + c], g_hash_table_size(users));
      assert_true(m->row_hits[r] == row_hits && m->column_hits[c] == column_hits);
      g_hash_table_destroy(users);
    }
  matrix_free(m);
  selection_free(sel);
}

static void test_matrix(void **state)
{
  check_matrix(*state, "", (MatrixRequest){DIM_LESSON, DIM_COHORT, 0, 0, TRUE});
  check_matrix(*state, "time=2019", (MatrixRequest){DIM_WEEKDAY, DIM_HOUR, 3, 5, TRUE});
  check_matrix(*state, "user=u1,u2", (MatrixRequest){DIM_USER, DIM_PHASE, 0, 2, TRUE});
  check_matrix(*state, "time=2031", (MatrixRequest){DIM_USER, DIM_PHASE, 0, 0, TRUE});
}

/* The table 10 20 / 30 40: expected 12 18 / 28 42, adjusted residual +-0.8909 (by hand). */
static void test_lift(void **state)
{
  (void)state;
  static const guint cells[2][2] = {{10, 20}, {30, 40}};
  GString *text = g_string_new(NULL);
  for (int r = 0; r < 2; r++)
    for (int c = 0; c < 2; c++)
      for (guint i = 0; i < cells[r][c]; i++)
        g_string_append_printf(text, "2019-01-07 10:00:00 p%d u%d 1 \n", r, c);
  Dataset *ds = fixture_new(text->str, fixture_cohorts);
  Selection all = {.n = 100};
  MatrixRequest req = {.rows = DIM_PATH, .columns = DIM_USER};
  Matrix *m = matrix_new(ds, &all, &req);
  assert_null(m->users);
  /* most hits first: row p1, column u1 */
  assert_int_equal(m->hits[0], 40);
  assert_true(fabs(matrix_lift(m, 0, 0) - 40.0 / 42) < 1e-12);
  assert_true(fabs(matrix_lift(m, 1, 1) - 10.0 / 12) < 1e-12);
  assert_true(fabs(matrix_residual(m, 0, 0) + 2 / sqrt(42 * 0.3 * 0.4)) < 1e-12);
  assert_true(fabs(matrix_residual(m, 0, 1) - 2 / sqrt(28 * 0.3 * 0.6)) < 1e-12);
  matrix_free(m);
  req.columns = DIM_COHORT; /* one column: nothing can deviate */
  m = matrix_new(ds, &all, &req);
  assert_true(isnan(matrix_residual(m, 0, 0)));
  assert_true(matrix_lift(m, 0, 0) == 1);
  matrix_free(m);
  dataset_free(ds);
  g_string_free(text, TRUE);
}

/* --- sessions --------------------------------------------------------------------------------- */

static void test_sessions(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("2019-01-07 10:00:00 a 1 1 198.51.100.1\n"
                            "2019-01-07 10:30:00 b 1 1 198.51.100.2\n" /* exactly the gap: one */
                            "2019-01-07 10:30:00 a 1 1 198.51.100.1\n"
                            "2019-01-07 11:00:01 x.png 1 1 \n"
                            "2019-01-07 11:00:05 a 2 1 198.51.100.9\n"
                            "2019-01-09 10:00:00 b 1 1 198.51.100.1\n",
                            fixture_cohorts);
  Selection *sel = select_text(ds, "user=1");
  Sessions *s = sessions_new(ds, sel, ds->session_gap);
  static const Session want[] = {
      {.first_place = 0, .n = 3, .lessons = 2, .ips = 2, .gap_before = -1},
      {.first_place = 3, .n = 1, .lessons = 0, .ips = 0, .gap_before = 1801},
      {.first_place = 4, .n = 1, .lessons = 1, .ips = 1, .gap_before = 2 * 86400 - 3601},
  };
  assert_int_equal(s->n, G_N_ELEMENTS(want));
  assert_int_equal(s->n_rows, 5);
  for (guint i = 0; i < s->n; i++) {
    const Session *got = &s->sessions[i];
    assert_int_equal(got->first_place, want[i].first_place);
    assert_int_equal(got->n, want[i].n);
    assert_int_equal(got->lessons, want[i].lessons);
    assert_int_equal(got->ips, want[i].ips);
    assert_true(got->gap_before == want[i].gap_before);
    assert_true(got->from == ds->log->time[s->rows[got->first_place]]);
    assert_true(got->to == ds->log->time[s->rows[got->first_place + got->n - 1]]);
  }
  sessions_free(s);
  selection_free(sel);
  Selection none = {.n = 0};
  s = sessions_new(ds, &none, 1800);
  assert_int_equal(s->n, 0);
  sessions_free(s);
  dataset_free(ds);
}

/* Distinct lessons and addresses of long sessions, against sets. */
static void test_session_sets(void **state)
{
  const Dataset *ds = *state;
  Selection all = {.n = ds->log->n_rows};
  Sessions *s = sessions_new(ds, &all, 86400 * 2);
  guint32 rows = 0;
  for (guint i = 0; i < s->n; i++) {
    GHashTable *lessons = g_hash_table_new(NULL, NULL), *ips = g_hash_table_new(NULL, NULL);
    for (guint32 p = s->sessions[i].first_place; p < s->sessions[i].first_place + s->sessions[i].n;
         p++) {
      guint32 row = s->rows[p], entry = ds->catalog->entry_of_path[ds->log->path[row]];
      if (ds->catalog->entries[entry].kind == KIND_LESSON)
        g_hash_table_add(lessons, GUINT_TO_POINTER(entry + 1));
      if (ds->log->ip[row] != IP_NONE)
        g_hash_table_add(ips, GUINT_TO_POINTER(ds->log->ip[row]));
      rows++;
    }
    assert_int_equal(s->sessions[i].lessons, g_hash_table_size(lessons));
    assert_int_equal(s->sessions[i].ips, g_hash_table_size(ips));
    g_hash_table_destroy(lessons);
    g_hash_table_destroy(ips);
  }
  assert_int_equal(rows, ds->log->n_rows);
  sessions_free(s);
}

/* --- rows ------------------------------------------------------------------------------------- */

static char *rows_text(const Dataset *ds, const Selection *sel, RowOrder order, guint columns)
{
  GString *out = g_string_new(NULL);
  RowIter *it = rows_open(ds, sel, order);
  RowView v;
  for (guint32 i = 0; rows_next(it, &v); i++) {
    assert_int_equal(v.row, rows_number(it, i));
    for (guint c = 0; c < N_ROW_COLUMNS; c++) {
      char buf[CIVIL_BUF];
      const char *text = row_column_text(&v, (RowColumn)c, buf);
      if (columns & (1u << c))
        g_string_append_printf(out, "%s|", text ? text : "-");
    }
    g_string_append_c(out, '\n');
  }
  assert_int_equal(rows_count(it), sel->n);
  rows_close(it);
  return g_string_free(out, FALSE);
}

static void test_rows(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("2019-01-07 10:00:00 A/One 10 1 198.51.100.1 curl/7.6\n"
                            "2019-01-07 10:00:01  9  \n"
                            "2019-01-07 10:00:02 / 10 99 \n",
                            fixture_cohorts);
  Selection all = {.n = 3};
  char *got = rows_text(ds, &all, ROWS_BY_TIME, G_MAXUINT);
  assert_string_equal(got,
                      "2019-01-07T10:00:00|A/One|a/one|lesson|a|10|1|Alpha|1|class|198.51.100.1|"
                      "curl/7.6|\n"
                      "2019-01-07T10:00:01|-|-|missing|-|9|-|-|-|none|-|-|\n"
                      "2019-01-07T10:00:02|/|/|home|-|10|99|cohort 99|-|undated|-|-|\n");
  g_free(got);
  got = rows_text(ds, &all, ROWS_BY_USER, 1u << ROW_TIME | 1u << ROW_USER);
  assert_string_equal(got, "2019-01-07T10:00:01|9|\n2019-01-07T10:00:00|10|\n"
                           "2019-01-07T10:00:02|10|\n");
  g_free(got);
  for (guint c = 0; c < N_ROW_COLUMNS; c++)
    assert_true(*row_column_info((RowColumn)c)->name && *row_column_info((RowColumn)c)->title);
  dataset_free(ds);
}

static void test_rows_order(void **state)
{
  const Dataset *ds = *state;
  const guint32 *order = dataset_user_order(ds);
  Selection *sel = select_text(ds, "hour=6..18");
  RowIter *it = rows_open(ds, sel, ROWS_BY_USER);
  for (guint32 i = 1; i < rows_count(it); i++) {
    guint32 a = rows_number(it, i - 1), b = rows_number(it, i);
    guint32 u = order[ds->log->user[a]], v = order[ds->log->user[b]];
    assert_true(u < v || (u == v && a < b));
  }
  rows_close(it);
  selection_free(sel);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_series),       cmocka_unit_test(test_series_measures),
      cmocka_unit_test(test_series_gaps),  cmocka_unit_test(test_series_limits),
      cmocka_unit_test(test_punch_card),   cmocka_unit_test(test_matrix),
      cmocka_unit_test(test_lift),         cmocka_unit_test(test_sessions),
      cmocka_unit_test(test_session_sets), cmocka_unit_test(test_rows),
      cmocka_unit_test(test_rows_order),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
