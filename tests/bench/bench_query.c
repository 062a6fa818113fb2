/* Times of the requests of core/query over one log: best and median of some runs, in milliseconds.
 *
 *   bench_query LOG [COHORTS]
 *
 * Numbers depend on the machine and on what else it does; compare runs of one machine only. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/assets.h"
#include "core/ingest/load.h"
#include "core/query/matrix.h"
#include "core/query/rows.h"
#include "core/query/series.h"
#include "core/query/session.h"

#define RUNS 9

typedef struct {
  const Dataset *ds;
  const Selection *sel;
  const char *scope;
  RankRequest rank;
} Bench;

static int compare_times(const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* Runs `work` some times and prints its line. */
static void measure(const char *name, void (*work)(const Bench *b), const Bench *b)
{
  gint64 times[RUNS], *middle = &times[RUNS / 2];
  for (guint i = 0; i < RUNS; i++) {
    gint64 start = g_get_monotonic_time();
    work(b);
    times[i] = g_get_monotonic_time() - start;
  }
  qsort(times, RUNS, sizeof *times, compare_times);
  printf("%-44s %9.2f %9.2f\n", name, (double)times[0] / 1e3, (double)*middle / 1e3);
}

/* --- work ------------------------------------------------------------------------------------- */

static Selection *select_text(const Dataset *ds, const char *text)
{
  GError *error = NULL;
  Scope *s = scope_parse(text, &error);
  Selection *sel = s ? scope_select(s, ds, &error) : NULL;
  if (!sel) {
    fprintf(stderr, "%s: %s\n", text, error->message);
    exit(1);
  }
  scope_free(s);
  return sel;
}

static void work_select(const Bench *b)
{
  selection_free(select_text(b->ds, b->scope));
}

static void work_rank(const Bench *b)
{
  ranking_free(rank(b->ds, b->sel, &b->rank));
}

/* The five linked panes of the explorer. */
static void work_panes(const Bench *b)
{
  static const Dimension panes[] = {DIM_PROGRAM, DIM_COHORT, DIM_LESSON, DIM_USER, DIM_IP};
  for (guint i = 0; i < G_N_ELEMENTS(panes); i++) {
    RankRequest req = b->rank;
    req.by = panes[i];
    ranking_free(rank(b->ds, b->sel, &req));
  }
}

static void work_series(const Bench *b)
{
  SeriesRequest req = {.bucket = BUCKET_DAY, .measure = MEASURE_USERS};
  series_free(series_new(b->ds, b->sel, &req, NULL));
}

static void work_series_lines(const Bench *b)
{
  SeriesRequest req = {.bucket = BUCKET_WEEK, .has_by = TRUE, .by = DIM_COHORT, .max_lines = 12};
  series_free(series_new(b->ds, b->sel, &req, NULL));
}

static void work_matrix(const Bench *b)
{
  MatrixRequest req = {DIM_LESSON, DIM_COHORT, 200, 0, TRUE};
  matrix_free(matrix_new(b->ds, b->sel, &req));
}

static void work_punch_card(const Bench *b)
{
  guint32 card[7][24];
  series_punch_card(b->ds, b->sel, card);
}

/* One keystroke into a user: select, sessions, punch card. */
static void work_timeline(const Bench *b)
{
  guint32 card[7][24];
  Selection *sel = select_text(b->ds, b->scope);
  Sessions *s = sessions_new(b->ds, sel, b->ds->session_gap);
  series_punch_card(b->ds, sel, card);
  sessions_free(s);
  selection_free(sel);
}

static void work_rows(const Bench *b)
{
  RowIter *it = rows_open(b->ds, b->sel, ROWS_BY_USER);
  RowView v;
  while (rows_next(it, &v))
    continue;
  rows_close(it);
}

/* --- the log ---------------------------------------------------------------------------------- */

static Dataset *load_dataset(const char *file, const char *cohorts)
{
  const char *logs[] = {file, NULL};
  GError *error = NULL;
  LoadReport *report = NULL;
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  req.cohorts = cohorts;
  GPtrArray *programs = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *staff = assets_lines("staff.conf", NULL, NULL);
  req.programs_conf = programs;
  req.staff_conf = staff;
  AccessLog *log = load(&req, &report, &error);
  load_report_free(report);
  g_ptr_array_unref(programs);
  g_ptr_array_unref(staff);
  CatalogOptions options;
  catalog_options_init(&options);
  gint64 start = g_get_monotonic_time();
  Catalog *catalog = log ? catalog_new(log, &options, &error) : NULL;
  if (!catalog) {
    fprintf(stderr, "%s\n", error->message);
    exit(2);
  }
  gint64 middle = g_get_monotonic_time();
  Dataset *ds = dataset_new(log, catalog);
  printf("%u rows, %u users, %u addresses, %u paths, %u lessons; %u processors\n", log->n_rows,
         strpool_count(log->users), ip_table_count(log->ips), strpool_count(log->paths),
         catalog->kind_entries[KIND_LESSON], g_get_num_processors());
  printf("catalog %.1f ms, dataset %.1f ms\n\n", (double)(middle - start) / 1e3,
         (double)(g_get_monotonic_time() - middle) / 1e3);
  access_log_unref(log);
  return ds;
}

/* A scope of the user with most hits. */
static char *busiest_user(const Dataset *ds)
{
  Selection all = {.n = ds->log->n_rows};
  RankRequest req = {.by = DIM_USER};
  Ranking *r = rank(ds, &all, &req);
  ScopeTerm *t = scope_term_for_key(ds, DIM_USER, r->n ? r->rows[0].key : 0, FALSE);
  char *text = scope_term_print(t);
  scope_term_free(t);
  ranking_free(r);
  return text;
}

static void bench_scopes(Bench b)
{
  static const char *const scopes[] = {
      "time=last90d", "phase=class",     "program=2",  "-kind=asset phase=after",
      "hour=22..4",   "weekday=sat,sun", "lesson~sql", "course-week=1..4"};
  for (guint i = 0; i < G_N_ELEMENTS(scopes); i++) {
    char *name = g_strdup_printf("select %s", scopes[i]);
    b.scope = scopes[i];
    measure(name, work_select, &b);
    g_free(name);
  }
}

static void bench_ranks(Bench b, const char *what)
{
  static const guint columns = MEASURE_BIT(MEASURE_USERS) | MEASURE_BIT(MEASURE_LESSONS) |
                               MEASURE_BIT(MEASURE_DAYS) | MEASURE_BIT(MEASURE_FIRST) |
                               MEASURE_BIT(MEASURE_LAST);
  for (guint d = 0; d < N_DIMENSIONS; d++) {
    char *name =
        g_strdup_printf("rank %s by %s, six measures", what, dimension_info((Dimension)d)->name);
    b.rank = (RankRequest){.by = (Dimension)d, .measures = columns};
    measure(name, work_rank, &b);
    g_free(name);
  }
  char *name = g_strdup_printf("five panes %s, hits", what);
  b.rank = (RankRequest){.measures = 0};
  measure(name, work_panes, &b);
  g_free(name);
  name = g_strdup_printf("five panes %s, hits and users", what);
  b.rank.measures = MEASURE_BIT(MEASURE_USERS);
  measure(name, work_panes, &b);
  g_free(name);
  name = g_strdup_printf("five panes %s, six measures", what);
  b.rank.measures = columns;
  measure(name, work_panes, &b);
  g_free(name);
}

int main(int argc, char **argv)
{
  if (argc != 2 && argc != 3) {
    fprintf(stderr, "usage: bench_query LOG [COHORTS]\n");
    return 1;
  }
  Dataset *ds = load_dataset(argv[1], argc == 3 ? argv[2] : NULL);
  char *user = busiest_user(ds);
  Selection *all = select_text(ds, ""), *in_class = select_text(ds, "phase=class");
  Bench b = {.ds = ds, .sel = all, .scope = user};
  printf("%-44s %9s %9s\n", "milliseconds", "best", "median");
  measure("timeline of the busiest user", work_timeline, &b);
  bench_scopes(b);
  bench_ranks(b, "all");
  b.sel = in_class;
  bench_ranks(b, "in class");
  b.sel = all;
  measure("series by day, users", work_series, &b);
  measure("series by week, 12 cohorts", work_series_lines, &b);
  measure("matrix 200 lessons x cohorts, users", work_matrix, &b);
  measure("punch card", work_punch_card, &b);
  measure("rows by user, spelled out", work_rows, &b);
  selection_free(all);
  selection_free(in_class);
  g_free(user);
  dataset_free(ds);
  return 0;
}
