/* Rankings: the table of measures, counting by one dimension, sorting. */
#include "core/query/rank.h"
#include "core/query/count.h"
#include "core/query/tables.h"

#include <math.h>
#include <string.h>

static const MeasureInfo measures[N_MEASURES] = {
    [MEASURE_HITS] = {"hits", "hits", "Rows of the log.", FALSE, FALSE},
    [MEASURE_USERS] = {"users", "users", "Distinct users.", FALSE, FALSE},
    [MEASURE_IPS] = {"ips", "IPs", "Distinct addresses; a missing one is not counted.", FALSE,
                     FALSE},
    [MEASURE_LESSONS] = {"lessons", "lessons", "Distinct pages of kind lesson.", FALSE, FALSE},
    [MEASURE_DAYS] = {"days", "days", "Distinct days with a hit.", FALSE, FALSE},
    [MEASURE_COHORTS] = {"cohorts", "cohorts",
                         "Distinct cohorts; rows without a cohort are not counted.", FALSE, FALSE},
    [MEASURE_SHARE] = {"share", "share", "Hits as a share of all hits of the scope, 0 to 1.", FALSE,
                       TRUE},
    [MEASURE_PER_USER] = {"per-user", "h/user", "Hits per distinct user.", FALSE, TRUE},
    [MEASURE_LIFT] = {"lift", "lift",
                      "Share of hits here over the share in the baseline; 1 is the same.", FALSE,
                      TRUE},
    [MEASURE_FIRST] = {"first", "first", "Time of the first hit, on the log's clock.", TRUE, FALSE},
    [MEASURE_LAST] = {"last", "last", "Time of the last hit, on the log's clock.", TRUE, FALSE},
};

const MeasureInfo *measure_info(Measure m)
{
  return &measures[m];
}

gboolean measure_parse(const char *name, Measure *ret)
{
  for (guint m = 0; m < N_MEASURES; m++)
    if (g_ascii_strcasecmp(name, measures[m].name) == 0) {
      *ret = (Measure)m;
      return TRUE;
    }
  return FALSE;
}

/* --- counting --------------------------------------------------------------------------------- */

typedef struct {
  Grouping base;
  Dimension by;
} ByDimension;

static void keys_by_dimension(const Grouping *g, const guint32 *rows, guint32 begin, guint32 n,
                              guint32 *ret)
{
  dimension_keys(g->ds, ((const ByDimension *)g)->by, rows, begin, n, ret);
}

/* The index of the log that has the rows of each key of a dimension, in time order. */
static const guint32 *index_of(const AccessLog *log, Dimension by, const guint32 **ret_start)
{
  switch (by) {
  case DIM_USER:
    *ret_start = log->user_start;
    return log->rows_by_user;
  case DIM_IP:
    *ret_start = log->ip_start;
    return log->rows_by_ip;
  case DIM_COHORT:
    *ret_start = log->cohort_start;
    return log->rows_by_cohort;
  default:
    return NULL;
  }
}

/* Adds a stretch of an index to a key. */
static void add_stretch(Counts *c, guint32 key, const guint32 *rows, guint32 n)
{
  if (!n)
    return;
  c->first_row[key] = c->hits[key] ? MIN(c->first_row[key], rows[0]) : rows[0];
  c->last_row[key] = MAX(c->last_row[key], rows[n - 1]);
  c->hits[key] += n;
}

/* A cohort's rows by phase: they stand in time order, so that each phase is a stretch. */
static void add_phases(Counts *c, const PhaseRows *p, const guint32 *rows, guint32 n)
{
  const Selection list = {.n = n, .rows = rows};
  guint32 cut[] = {selection_seek(&list, 0, MIN(p->class_row, p->after_row)),
                   selection_seek(&list, 0, MAX(p->class_row, p->after_row)), n};
  for (guint32 i = 0, from = 0; i < G_N_ELEMENTS(cut); from = cut[i++])
    if (cut[i] > from)
      add_stretch(c, tables_phase(p, rows[from]), rows + from, cut[i] - from);
}

/* Hits, first and last row of each key for all rows of the log, read off an index: that of the
 * dimension, or for programs and phases that of the cohorts. NULL when there is none. */
static Counts *count_by_index(const Dataset *ds, Dimension by)
{
  const DatasetTables *t = ds->tables;
  gboolean of_cohorts = by == DIM_PROGRAM || by == DIM_PHASE;
  const guint32 *start, *rows = index_of(ds->log, of_cohorts ? DIM_COHORT : by, &start);
  if (!rows)
    return NULL;
  guint32 n = dimension_count(ds, by), n_lists = of_cohorts ? t->n_cohorts : n;
  Counts *c = g_new0(Counts, 1);
  c->hits = g_new0(guint32, (gsize)n + 1);
  c->first_row = g_new0(guint32, (gsize)n + 1);
  c->last_row = g_new0(guint32, (gsize)n + 1);
  for (guint32 i = 0; i < n_lists; i++) {
    const guint32 *list = rows + start[i];
    guint32 len = start[i + 1] - start[i];
    if (by == DIM_PHASE)
      add_phases(c, &t->phase[i], list, len);
    else
      add_stretch(c, by == DIM_PROGRAM ? t->program[i] : i, list, len);
  }
  return c;
}

static Counts *count_by(const Dataset *ds, const Selection *sel, Dimension by, guint wanted,
                        const gint *stop)
{
  ByDimension g = {{ds, sel, dimension_count(ds, by), stop, keys_by_dimension}, by};
  gboolean all = sel->n == ds->log->n_rows && !(wanted & MEASURES_DISTINCT);
  Counts *c = all ? count_by_index(ds, by) : NULL;
  return c ? c : counts_new(&g.base, wanted);
}

/* Measures that the key itself tells: a user has one user. */
static guint told_by_key(Dimension by)
{
  switch (by) {
  case DIM_USER:
    return MEASURE_BIT(MEASURE_USERS);
  case DIM_IP:
    return MEASURE_BIT(MEASURE_IPS);
  case DIM_LESSON:
  case DIM_PATH:
    return MEASURE_BIT(MEASURE_LESSONS);
  case DIM_DAY:
    return MEASURE_BIT(MEASURE_DAYS);
  case DIM_COHORT:
    return MEASURE_BIT(MEASURE_COHORTS);
  default:
    return 0;
  }
}

static guint32 tell_by_key(const Dataset *ds, Dimension by, guint32 key)
{
  switch (by) {
  case DIM_IP:
    return key != IP_NONE;
  case DIM_COHORT:
    return key != COHORT_NONE;
  case DIM_LESSON:
    return ds->catalog->kind_of_entry[key] == KIND_LESSON;
  case DIM_PATH:
    return ds->tables->kind[key] == KIND_LESSON;
  default:
    return 1;
  }
}

/* What has to be counted to know the measures asked for and those sorted by. */
static guint measures_needed(const RankRequest *req)
{
  guint m = req->measures;
  for (guint i = 0; i < MIN(req->n_sort, G_N_ELEMENTS(req->sort)); i++)
    if (!req->sort[i].by_key)
      m |= MEASURE_BIT(req->sort[i].measure);
  if (m & MEASURE_BIT(MEASURE_PER_USER))
    m |= MEASURE_BIT(MEASURE_USERS);
  return m;
}

static void set_distinct(const Counts *c, guint32 key, guint told, guint32 told_value, RankRow *row)
{
  guint32 *const fields[N_MEASURES] = {
      [MEASURE_USERS] = &row->users,     [MEASURE_IPS] = &row->ips,
      [MEASURE_LESSONS] = &row->lessons, [MEASURE_DAYS] = &row->days,
      [MEASURE_COHORTS] = &row->cohorts,
  };
  for (guint m = 0; m < N_MEASURES; m++) {
    if (!fields[m])
      continue;
    if (c->distinct[m])
      *fields[m] = c->distinct[m][key];
    else if (told & MEASURE_BIT(m))
      *fields[m] = told_value;
  }
}

static void fill_rows(const Dataset *ds, Ranking *r, const Counts *c, guint told)
{
  const CivilTime *time = ds->log->time;
  guint32 n = dimension_count(ds, r->by), place = 0;
  for (guint32 key = 0; key < n; key++) {
    if (!c->hits[key])
      continue;
    RankRow *row = &r->rows[place++];
    row->key = key;
    row->hits = c->hits[key];
    row->share = (double)row->hits / (double)r->hits;
    row->lift = NAN;
    row->first = c->first_row ? time[c->first_row[key]] : CIVIL_NONE;
    row->last = c->last_row ? time[c->last_row[key]] : CIVIL_NONE;
    set_distinct(c, key, told, tell_by_key(ds, r->by, key), row);
  }
}

static void fill_lift(const Dataset *ds, Ranking *r, const Selection *baseline)
{
  if (!baseline->n)
    return;
  Counts *c = count_by(ds, baseline, r->by, 0, NULL);
  for (guint32 i = 0; i < r->n; i++) {
    RankRow *row = &r->rows[i];
    if (c->hits[row->key])
      row->lift = row->share / ((double)c->hits[row->key] / (double)baseline->n);
  }
  counts_free(c);
}

Ranking *rank(const Dataset *ds, const Selection *sel, const RankRequest *req)
{
  guint needed = measures_needed(req), told = needed & told_by_key(req->by);
  Counts *c = count_by(ds, sel, req->by, needed & ~told, req->stop);
  if (!c)
    return NULL;
  Ranking *r = g_new0(Ranking, 1);
  r->by = req->by;
  r->measures = req->measures | MEASURE_BIT(MEASURE_HITS);
  r->hits = sel->n;
  guint32 n_keys = dimension_count(ds, req->by);
  for (guint32 key = 0; key < n_keys; key++)
    r->n += c->hits[key] > 0;
  r->rows = g_new0(RankRow, MAX(r->n, 1));
  fill_rows(ds, r, c, told);
  counts_free(c);
  if (req->baseline)
    fill_lift(ds, r, req->baseline);
  ranking_sort(ds, r, req->sort, req->n_sort);
  return r;
}

/* Distinct keys of an index that have rows, from `first` on. */
static guint32 count_lists(const guint32 *start, guint32 first, guint32 n)
{
  guint32 lists = 0;
  for (guint32 i = first; i < n; i++)
    lists += start[i + 1] > start[i];
  return lists;
}

/* What the indexes tell about all rows of the log; returns the measures that are left. */
static guint total_by_index(const Dataset *ds, guint wanted, RankRow *ret)
{
  const DatasetTables *t = ds->tables;
  ret->users = count_lists(ds->log->user_start, 0, t->n_users);
  ret->ips = count_lists(ds->log->ip_start, IP_NONE + 1, t->n_ips);
  ret->cohorts = count_lists(ds->log->cohort_start, COHORT_NONE + 1, t->n_cohorts);
  ret->days = count_lists(ds->log->day_start, 0, ds->log->n_days);
  return wanted & MEASURE_BIT(MEASURE_LESSONS);
}

gboolean rank_totals(const Dataset *ds, const Selection *sel, guint wanted, const gint *stop,
                     RankRow *ret)
{
  Grouping g = {ds, sel, 1, stop, NULL};
  RankRow row = {.hits = sel->n, .share = 1, .lift = NAN, .first = CIVIL_NONE, .last = CIVIL_NONE};
  if (wanted & MEASURE_BIT(MEASURE_PER_USER))
    wanted |= MEASURE_BIT(MEASURE_USERS);
  wanted &= MEASURES_DISTINCT;
  if (sel->n && sel->n == ds->log->n_rows)
    wanted = total_by_index(ds, wanted, &row);
  Counts *c = wanted && sel->n ? counts_new(&g, wanted) : NULL;
  if (!c && query_stopped(stop))
    return FALSE;
  if (c)
    set_distinct(c, 0, 0, 0, &row);
  counts_free(c);
  if (sel->n) {
    row.first = ds->log->time[selection_row(sel, 0)];
    row.last = ds->log->time[selection_row(sel, sel->n - 1)];
  }
  *ret = row;
  return TRUE;
}

void ranking_free(Ranking *r)
{
  if (!r)
    return;
  g_free(r->rows);
  g_free(r);
}

/* --- values --------------------------------------------------------------------------------- */

double rank_value(const RankRow *row, Measure m)
{
  switch (m) {
  case MEASURE_HITS:
    return row->hits;
  case MEASURE_USERS:
    return row->users;
  case MEASURE_IPS:
    return row->ips;
  case MEASURE_LESSONS:
    return row->lessons;
  case MEASURE_DAYS:
    return row->days;
  case MEASURE_COHORTS:
    return row->cohorts;
  case MEASURE_SHARE:
    return row->share;
  case MEASURE_PER_USER:
    return row->users ? (double)row->hits / row->users : NAN;
  case MEASURE_LIFT:
    return row->lift;
  case MEASURE_FIRST:
    return row->first == CIVIL_NONE ? NAN : (double)row->first;
  case MEASURE_LAST:
    return row->last == CIVIL_NONE ? NAN : (double)row->last;
  case N_MEASURES:
    break;
  }
  return NAN;
}
