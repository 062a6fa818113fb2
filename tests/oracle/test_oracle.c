/* The same questions to the program and to SQL: every row of a ranking and every measure of it,
 * series, matrices, sessions, phases. On a small log drawn at random, and on the full log where
 * there is one. */
#include "config.h"

#include "core/base/assets.h"
#include "core/ingest/load.h"
#include "core/query/matrix.h"
#include "core/query/series.h"
#include "core/query/session.h"
#include "tests/oracle/oracle.h"
#include "tests/query/fixture.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A dimension in SQL: what to group `scoped` by, and the id of a group. */
typedef struct {
  Dimension dimension;
  const char *group, *id;
} SqlDimension;

static const SqlDimension sql_dimensions[] = {
    {DIM_PROGRAM, "program", "program"},
    {DIM_COHORT, "cohort", "(SELECT cid FROM cohorts WHERE id = cohort)"},
    {DIM_LESSON, "lesson", "(SELECT name FROM pages p WHERE p.lesson = s.lesson)"},
    {DIM_MODULE, "module", "module"},
    {DIM_PATH, "path", "(SELECT name FROM paths WHERE id = path)"},
    {DIM_USER, "user", "(SELECT name FROM users WHERE id = user)"},
    {DIM_IP, "ip", "(SELECT name FROM ips WHERE id = ip)"},
    {DIM_KIND, "kind", "kind"},
    {DIM_PHASE, "phase", "phase"},
    {DIM_WEEKDAY, "weekday", "substr('montuewedthufrisatsun', weekday * 3 + 1, 3)"},
    {DIM_HOUR, "h", "h"},
    {DIM_DAY, "d", "day"},
    {DIM_WEEK, "week", "week"},
    {DIM_MONTH, "month", "month"},
    {DIM_COURSE_WEEK, "cw", "cw"},
};

/* A log in both engines. */
typedef struct {
  Dataset *ds;
  Oracle *oracle;
  guint scopes;     /* how many to draw */
  guint dimensions; /* by how many of them each scope is ranked, in turn */
  guint first;      /* by how many the first scope, which is everything */
} Both;

/* --- one scope in both ------------------------------------------------------------------------ */

static void select_sql(Oracle *o, const char *where)
{
  oracle_run(o, "DROP TABLE IF EXISTS scoped");
  char *sql =
      g_strdup_printf("CREATE TABLE scoped AS SELECT h.*, p.lesson, p.module,"
                      " coalesce(p.kind, 'missing') AS kind, d.day, d.weekday, d.week, d.month"
                      " FROM (SELECT * FROM hits WHERE %s) h JOIN days d ON d.d = h.d"
                      " LEFT JOIN pages p ON p.path = h.path",
                      where);
  oracle_run(o, sql);
  g_free(sql);
}

static Selection *select_program(const Dataset *ds, const char *text)
{
  GError *error = NULL;
  Scope *s = scope_parse(text, &error);
  if (!s)
    fail_msg("%s: %s", text, error->message);
  Selection *sel = scope_select(s, ds, &error);
  if (!sel)
    fail_msg("%s: %s", text, error->message);
  scope_free(s);
  return sel;
}

/* --- rankings --------------------------------------------------------------------------------- */

static const char *or_none(const char *id)
{
  return id ? id : "(none)";
}

static void compare(const char *scope, Dimension d, const char *id, const char *what, gint64 got,
                    gint64 want)
{
  if (got != want)
    fail_msg("scope <%s>, %s %s: %s is %" G_GINT64_FORMAT ", SQL says %" G_GINT64_FORMAT, scope,
             dimension_info(d)->name, or_none(id), what, got, want);
}

/* Columns: id, hits, users, ips, lessons, days, cohorts, first, last. */
static void compare_row(const char *scope, Dimension d, const RankRow *row, sqlite3_stmt *q)
{
  const char *id = (const char *)sqlite3_column_text(q, 0);
  const gint64 got[] = {row->hits, row->users,   row->ips,   row->lessons,
                        row->days, row->cohorts, row->first, row->last};
  static const char *const names[] = {"hits", "users",   "ips",   "lessons",
                                      "days", "cohorts", "first", "last"};
  for (guint i = 0; i < G_N_ELEMENTS(got); i++)
    compare(scope, d, id, names[i], got[i], sqlite3_column_int64(q, (int)i + 1));
}

static void check_ranking(const Both *b, const char *scope, const Selection *sel,
                          const SqlDimension *sd)
{
  Dimension d = sd->dimension;
  RankRequest req = {.by = d, .measures = (1u << N_MEASURES) - 1};
  Ranking *r = rank(b->ds, sel, &req);
  GHashTable *by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint32 i = 0; i < r->n; i++) {
    char *id = dimension_id(b->ds, d, r->rows[i].key);
    g_hash_table_insert(by_id, id ? id : g_strdup("(none)"), &r->rows[i]);
  }
  assert_int_equal(g_hash_table_size(by_id), r->n); /* no two keys share an id */
  char *sql =
      g_strdup_printf("SELECT %s, count(*), count(DISTINCT user), count(DISTINCT ip),"
                      " count(DISTINCT CASE kind WHEN 'lesson' THEN lesson END), count(DISTINCT d),"
                      " count(DISTINCT cohort), min(t), max(t) FROM scoped s GROUP BY %s",
                      sd->id, sd->group);
  sqlite3_stmt *q = oracle_query(b->oracle, sql);
  guint32 n = 0;
  for (; sqlite3_step(q) == SQLITE_ROW; n++) {
    const char *id = or_none((const char *)sqlite3_column_text(q, 0));
    const RankRow *row = g_hash_table_lookup(by_id, id);
    if (!row)
      fail_msg("scope <%s>: no %s %s", scope, dimension_info(d)->name, id);
    compare_row(scope, d, row, q);
  }
  compare(scope, d, "rows", "count", r->n, n);
  sqlite3_finalize(q);
  g_free(sql);
  g_hash_table_destroy(by_id);
  ranking_free(r);
}

static void test_rankings(void **state)
{
  const Both *b = *state;
  GRand *r = g_rand_new_with_seed(900223);
  gint64 kept = 0;
  guint narrow = 0;
  for (guint i = 0; i < b->scopes; i++) {
    DrawnScope s = oracle_draw(b->oracle, r, i);
    select_sql(b->oracle, s.where);
    Selection *sel = select_program(b->ds, s.scope);
    gint64 want = oracle_number(b->oracle, "SELECT count(*) FROM scoped");
    if (sel->n != want)
      fail_msg("scope <%s> keeps %u rows, SQL %" G_GINT64_FORMAT, s.scope, sel->n, want);
    kept += want;
    narrow += want < (gint64)b->ds->log->n_rows;
    guint n = i == 0 ? b->first : b->dimensions;
    for (guint k = 0; k < n; k++)
      check_ranking(b, s.scope, sel,
                    &sql_dimensions[(i * b->dimensions + k) % G_N_ELEMENTS(sql_dimensions)]);
    selection_free(sel);
    drawn_scope_clear(&s);
  }
  g_rand_free(r);
  print_message("%u scopes, %u of them narrower than the log, %" G_GINT64_FORMAT " rows compared\n",
                b->scopes, narrow, kept);
  assert_true(kept > b->ds->log->n_rows && narrow > b->scopes / 2);
}

/* --- the other requests ----------------------------------------------------------------------- */

static void check_series(const Both *b, const char *scope, const char *where, Bucket bucket,
                         const char *column)
{
  select_sql(b->oracle, where);
  Selection *sel = select_program(b->ds, scope);
  SeriesRequest req = {.bucket = bucket, .measure = MEASURE_USERS, .has_by = TRUE};
  req.by = DIM_PROGRAM;
  Series *s = series_new(b->ds, sel, &req, NULL);
  char *sql =
      g_strdup_printf("SELECT program, %s, count(DISTINCT user) FROM scoped GROUP BY 1, 2", column);
  GHashTable *cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *q = oracle_query(b->oracle, sql);
  while (sqlite3_step(q) == SQLITE_ROW)
    if (sqlite3_column_type(q, 1) != SQLITE_NULL)
      g_hash_table_insert(cells,
                          g_strdup_printf("%s %s", or_none((const char *)sqlite3_column_text(q, 0)),
                                          (const char *)sqlite3_column_text(q, 1)),
                          GINT_TO_POINTER(sqlite3_column_int(q, 2)));
  guint filled = 0;
  for (guint l = 0; l < s->n_lines; l++)
    for (guint32 i = 0; i < s->n_buckets; i++) {
      char *id = dimension_id(b->ds, DIM_PROGRAM, s->lines[l].key), *label = series_label(s, i);
      char *cell = g_strdup_printf("%s %s", or_none(id), label);
      gint want = GPOINTER_TO_INT(g_hash_table_lookup(cells, cell));
      if (s->lines[l].values[i] != (guint32)want)
        fail_msg("<%s> %s: %u users, SQL says %d", scope, cell, s->lines[l].values[i], want);
      filled += want > 0;
      g_free(cell);
      g_free(label);
      g_free(id);
    }
  assert_int_equal(filled, g_hash_table_size(cells));
  assert_true(filled > 0);
  sqlite3_finalize(q);
  g_hash_table_destroy(cells);
  g_free(sql);
  series_free(s);
  selection_free(sel);
}

static void test_series(void **state)
{
  check_series(*state, "", "1", BUCKET_MONTH, "month");
  check_series(*state, "weekday=sat,sun", "d IN (SELECT d FROM days WHERE weekday >= 5)",
               BUCKET_WEEK, "week");
  check_series(*state, "phase=class", "phase = 'class'", BUCKET_DAY, "day");
  check_series(*state, "phase=class,after", "phase IN ('class', 'after')", BUCKET_COURSE_WEEK,
               "cw");
  check_series(*state, "hour=20..3", "h >= 20 OR h <= 3", BUCKET_HOUR,
               "day || 'T' || printf('%02d', h)");
}

static void test_matrix(void **state)
{
  const Both *b = *state;
  select_sql(b->oracle, "phase = 'class'");
  Selection *sel = select_program(b->ds, "phase=class");
  MatrixRequest req = {DIM_LESSON, DIM_COHORT, 60, 0, TRUE};
  Matrix *m = matrix_new(b->ds, sel, &req);
  sqlite3_stmt *q =
      oracle_query(b->oracle, "SELECT count(*), count(DISTINCT user) FROM scoped WHERE"
                              " lesson IS (SELECT lesson FROM pages WHERE name = ?) AND"
                              " cohort IS (SELECT id FROM cohorts WHERE cid = ?)");
  oracle_run(b->oracle, "CREATE INDEX scoped_cell ON scoped(lesson, cohort, user)");
  for (guint32 r = 0; r < m->n_rows; r++)
    for (guint32 c = 0; c < m->n_columns; c++) {
      char *lesson = dimension_id(b->ds, DIM_LESSON, m->row_keys[r]);
      char *cohort = dimension_id(b->ds, DIM_COHORT, m->column_keys[c]);
      sqlite3_bind_text(q, 1, lesson, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text(q, 2, cohort, -1, SQLITE_TRANSIENT);
      assert_int_equal(sqlite3_step(q), SQLITE_ROW);
      gsize cell = (gsize)r * m->n_columns + c;
      compare(cohort, DIM_LESSON, lesson, "hits", m->hits[cell], sqlite3_column_int64(q, 0));
      compare(cohort, DIM_LESSON, lesson, "users", m->users[cell], sqlite3_column_int64(q, 1));
      sqlite3_reset(q);
      g_free(lesson);
      g_free(cohort);
    }
  sqlite3_finalize(q);
  matrix_free(m);
  selection_free(sel);
}

/* Sessions of every user, counted by a window over the gaps. */
static void test_sessions(void **state)
{
  const Both *b = *state;
  sqlite3_stmt *q =
      oracle_query(b->oracle, "SELECT (SELECT name FROM users WHERE id = user), count(*),"
                              " sum(gap IS NULL OR gap > 1800) FROM (SELECT user, t - lag(t) OVER"
                              " (PARTITION BY user ORDER BY t) AS gap FROM hits) GROUP BY user");
  guint32 users = 0;
  for (; sqlite3_step(q) == SQLITE_ROW; users++) {
    ScopeTerm *t = scope_term_new(FIELD_USER, (const char *)sqlite3_column_text(q, 0), FALSE);
    char *text = scope_term_print(t);
    Selection *sel = select_program(b->ds, text);
    Sessions *s = sessions_new(b->ds, sel, b->ds->session_gap);
    compare(text, DIM_USER, "rows", "count", s->n_rows, sqlite3_column_int64(q, 1));
    compare(text, DIM_USER, "sessions", "count", s->n, sqlite3_column_int64(q, 2));
    sessions_free(s);
    selection_free(sel);
    g_free(text);
    scope_term_free(t);
  }
  assert_int_equal(users, dimension_count(b->ds, DIM_USER));
  sqlite3_finalize(q);
}

/* before + class + after + staff + undated + none = all, and each as SQL counts it. */
static void test_phases(void **state)
{
  const Both *b = *state;
  guint64 sum = 0;
  for (guint p = 0; p < N_PHASES; p++) {
    char *scope = g_strdup_printf("phase=%s", phase_name((Phase)p));
    char *sql =
        g_strdup_printf("SELECT count(*) FROM hits WHERE phase = '%s'", phase_name((Phase)p));
    Selection *sel = select_program(b->ds, scope);
    compare(scope, DIM_PHASE, phase_name((Phase)p), "hits", sel->n, oracle_number(b->oracle, sql));
    sum += sel->n;
    selection_free(sel);
    g_free(sql);
    g_free(scope);
  }
  assert_true(sum == b->ds->log->n_rows);
}

/* --- the small log ---------------------------------------------------------------------------- */

static FILE *text_file(const char *text)
{
  FILE *f = tmpfile();
  assert_non_null(f);
  fputs(text, f);
  rewind(f);
  return f;
}

static int small_setup(void **state)
{
  Both *b = g_new0(Both, 1);
  char *text = fixture_random_log(11, 4000, 150, 200);
  GString *cohorts = g_string_new("id,name,start_date,end_date,program_id\n");
  g_string_append(cohorts, fixture_cohorts);
  b->ds = fixture_new(text, fixture_cohorts);
  FILE *log = text_file(text), *table = text_file(cohorts->str);
  b->oracle = oracle_new(log, table);
  oracle_set_pages(b->oracle, b->ds);
  b->scopes = 150;
  b->dimensions = 4;
  b->first = G_N_ELEMENTS(sql_dimensions);
  fclose(log);
  fclose(table);
  g_string_free(cohorts, TRUE);
  g_free(text);
  *state = b;
  return 0;
}

static int teardown(void **state)
{
  Both *b = *state;
  oracle_free(b->oracle);
  dataset_free(b->ds);
  g_free(b);
  return 0;
}

/* --- the full log ----------------------------------------------------------------------------- */

static char *full_file(const char *name)
{
  const char *folder = getenv("COHORTSCOPE_FULL_LOG");
  return folder ? g_build_filename(folder, name, NULL) : NULL;
}

static Dataset *load_full(const char *log_file, const char *cohort_file)
{
  const char *logs[] = {log_file, NULL};
  LoadRequest req;
  LoadReport *report = NULL;
  GError *error = NULL;
  load_request_init(&req);
  req.logs = logs;
  req.cohorts = cohort_file;
  GPtrArray *programs = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *staff = assets_lines("staff.conf", NULL, NULL);
  req.programs_conf = programs;
  req.staff_conf = staff;
  AccessLog *log = load(&req, &report, &error);
  g_ptr_array_unref(programs);
  g_ptr_array_unref(staff);
  if (!log)
    fail_msg("%s", error->message);
  load_report_free(report);
  CatalogOptions options;
  catalog_options_init(&options);
  Catalog *catalog = catalog_new(log, &options, &error);
  if (!catalog)
    fail_msg("%s", error->message);
  Dataset *ds = dataset_new(log, catalog);
  access_log_unref(log);
  return ds;
}

/* The text of a gzipped file as it is unpacked. */
static FILE *open_gzip(const char *file)
{
  const char *argv[] = {"gzip", "-dc", file, NULL};
  int fd = -1;
  GError *error = NULL;
  if (!g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                                NULL, &fd, NULL, &error))
    fail_msg("%s", error->message);
  return fdopen(fd, "r");
}

static int full_setup(void **state)
{
  Both *b = g_new0(Both, 1);
  char *log_file = full_file("logs.txt.gz"), *cohort_file = full_file("cohorts.csv");
  b->ds = load_full(log_file, cohort_file);
  FILE *log = open_gzip(log_file), *table = fopen(cohort_file, "r");
  assert_true(log && table);
  b->oracle = oracle_new(log, table);
  oracle_set_pages(b->oracle, b->ds);
#ifdef CS_SANITIZED
  b->scopes = 14; /* one term of each kind */
  b->dimensions = 1;
  b->first = 3;
#else
  b->scopes = 48;
  b->dimensions = 2;
  b->first = G_N_ELEMENTS(sql_dimensions);
#endif
  fclose(table);
  fclose(log);
  g_free(cohort_file);
  g_free(log_file);
  *state = b;
  return 0;
}

/* Totals that are known without either engine. */
static void test_known(void **state)
{
  static const struct {
    const char *id;
    guint32 hits;
  } want[] = {{"2", 713365}, {"3", 103412}, {NULL, 52893}, {"1", 30548}, {"4", 5}};
  const Both *b = *state;
  Selection *all = select_program(b->ds, "");
  RankRequest req = {.by = DIM_PROGRAM};
  Ranking *r = rank(b->ds, all, &req);
  assert_int_equal(all->n, 900223);
  assert_int_equal(r->n, G_N_ELEMENTS(want));
  for (guint32 i = 0; i < r->n; i++) {
    char *id = dimension_id(b->ds, DIM_PROGRAM, r->rows[i].key);
    assert_true(g_strcmp0(id, want[i].id) == 0);
    assert_int_equal(r->rows[i].hits, want[i].hits);
    g_free(id);
  }
  ranking_free(r);
  selection_free(all);
  Selection *in_class = select_program(b->ds, "phase=class");
  assert_int_equal(in_class->n, 647496);
  selection_free(in_class);
}

int main(void)
{
  const struct CMUnitTest small[] = {
      cmocka_unit_test(test_rankings), cmocka_unit_test(test_series), cmocka_unit_test(test_matrix),
      cmocka_unit_test(test_sessions), cmocka_unit_test(test_phases),
  };
  const struct CMUnitTest full[] = {
      cmocka_unit_test(test_known),  cmocka_unit_test(test_rankings), cmocka_unit_test(test_series),
      cmocka_unit_test(test_matrix), cmocka_unit_test(test_sessions), cmocka_unit_test(test_phases),
  };
  int failed = cmocka_run_group_tests(small, small_setup, teardown);
  char *log_file = full_file("logs.txt.gz");
  if (log_file && g_file_test(log_file, G_FILE_TEST_EXISTS))
    failed += cmocka_run_group_tests(full, full_setup, teardown);
  else
    print_message("skipped: full log absent\n");
  g_free(log_file);
  return failed;
}
