/* Series: buckets of time crossed with the keys of a dimension, counted in one pass. */
#include "core/query/series.h"
#include "core/base/error.h"
#include "core/query/count.h"
#include "core/query/period.h"
#include "core/query/tables.h"

#include <string.h>

#define HOURS_MAX 100000
#define CELLS_MAX ((guint64)1 << 25)

static const char *const bucket_names[N_BUCKETS] = {"hour", "day", "week", "month", "course-week"};

const char *bucket_name(Bucket b)
{
  return bucket_names[b];
}

gboolean bucket_parse(const char *name, Bucket *ret)
{
  for (guint b = 0; b < N_BUCKETS; b++)
    if (g_ascii_strcasecmp(name, bucket_names[b]) == 0) {
      *ret = (Bucket)b;
      return TRUE;
    }
  return FALSE;
}

/* --- buckets ---------------------------------------------------------------------------------- */

/* Bucket of rows counted from the beginning of the log; hours have no dimension of their own. */
static void bucket_keys(const Dataset *ds, Bucket b, const guint32 *rows, guint32 begin, guint32 n,
                        guint32 *ret)
{
  static const Dimension dimension_of[N_BUCKETS] = {
      [BUCKET_DAY] = DIM_DAY,
      [BUCKET_WEEK] = DIM_WEEK,
      [BUCKET_MONTH] = DIM_MONTH,
      [BUCKET_COURSE_WEEK] = DIM_COURSE_WEEK,
  };
  if (b != BUCKET_HOUR) {
    dimension_keys(ds, dimension_of[b], rows, begin, n, ret);
    return;
  }
  for (guint32 i = 0; i < n; i++) {
    CivilTime t = ds->log->time[rows ? rows[i] : begin + i];
    ret[i] = (guint32)((guint64)(t - ds->tables->first_time) / 3600);
  }
}

static guint32 bucket_of_row(const Dataset *ds, Bucket b, guint32 row)
{
  guint32 key;
  bucket_keys(ds, b, NULL, row, 1, &key);
  return key;
}

/* First and last course week with a hit; FALSE when there is none. */
static gboolean course_week_span(const Dataset *ds, const Selection *sel, guint32 *ret_first,
                                 guint32 *ret_last)
{
  RankRequest req = {.by = DIM_COURSE_WEEK, .sort = {{.by_key = TRUE, .ascending = TRUE}}};
  req.n_sort = 1;
  Ranking *r = rank(ds, sel, &req);
  guint32 skip = r->n && r->rows[0].key == 0;
  gboolean any = r->n > skip;
  if (any) {
    *ret_first = r->rows[skip].key;
    *ret_last = r->rows[r->n - 1].key;
  }
  ranking_free(r);
  return any;
}

/* First bucket and their number; 0 for an empty selection. */
static guint32 bucket_span(const Dataset *ds, const Selection *sel, Bucket b, guint32 *ret_first)
{
  guint32 last = 0;
  *ret_first = 0;
  if (!sel->n)
    return 0;
  if (b == BUCKET_COURSE_WEEK)
    return course_week_span(ds, sel, ret_first, &last) ? last - *ret_first + 1 : 0;
  *ret_first = bucket_of_row(ds, b, selection_row(sel, 0));
  return bucket_of_row(ds, b, selection_row(sel, sel->n - 1)) - *ret_first + 1;
}

static CivilTime bucket_start(const DatasetTables *t, Bucket b, guint32 bucket)
{
  switch (b) {
  case BUCKET_HOUR:
    return t->first_time + (gint64)bucket * 3600;
  case BUCKET_DAY:
    return t->first_time + (gint64)bucket * CIVIL_DAY;
  case BUCKET_WEEK:
    return civil_day_start(t->first_monday + (CivilDay)bucket * 7);
  case BUCKET_MONTH:
    return civil_day_start(civil_month_start(t->first_month + (int)bucket));
  default:
    return bucket;
  }
}

/* --- counting --------------------------------------------------------------------------------- */

typedef struct {
  Grouping base;
  Bucket bucket;
  guint32 first_bucket, n_buckets;
  const guint32 *line_of; /* by key of `by`; G_MAXUINT32: no line. NULL: one line for all */
  Dimension by;
} BySeries;

static void keys_by_series(const Grouping *g, const guint32 *rows, guint32 begin, guint32 n,
                           guint32 *ret)
{
  const BySeries *s = (const BySeries *)g;
  guint32 keys[COUNT_BLOCK];
  bucket_keys(g->ds, s->bucket, rows, begin, n, ret);
  for (guint32 i = 0; i < n; i++) {
    guint32 bucket = ret[i] - s->first_bucket; /* below the first: a very large number */
    ret[i] = bucket < s->n_buckets ? bucket : g->n_groups;
  }
  if (!s->line_of)
    return;
  dimension_keys(g->ds, s->by, rows, begin, n, keys);
  for (guint32 i = 0; i < n; i++) {
    guint32 line = s->line_of[keys[i]];
    if (line == G_MAXUINT32)
      ret[i] = g->n_groups;
    else if (ret[i] < g->n_groups)
      ret[i] += line * s->n_buckets;
  }
}

/* The lines: the keys with most hits. */
static void fill_lines(Series *s, const Dataset *ds, const Selection *sel, const SeriesRequest *req,
                       guint32 **ret_line_of)
{
  *ret_line_of = NULL;
  if (!req->has_by) {
    s->n_lines = 1;
    s->lines = g_new0(SeriesLine, 1);
    s->lines[0].hits = sel->n;
    return;
  }
  RankRequest by_hits = {.by = req->by};
  Ranking *r = rank(ds, sel, &by_hits);
  guint32 n_keys = dimension_count(ds, req->by);
  s->n_lines = req->max_lines ? MIN(r->n, req->max_lines) : r->n;
  s->lines = g_new0(SeriesLine, MAX(s->n_lines, 1));
  *ret_line_of = g_new(guint32, MAX(n_keys, 1));
  for (guint32 k = 0; k < n_keys; k++)
    (*ret_line_of)[k] = G_MAXUINT32;
  for (guint32 i = 0; i < s->n_lines; i++) {
    s->lines[i].key = r->rows[i].key;
    s->lines[i].hits = r->rows[i].hits;
    (*ret_line_of)[r->rows[i].key] = i;
  }
  ranking_free(r);
}

static void fill_values(Series *s, const Counts *c, Measure m)
{
  const guint32 *values = m == MEASURE_HITS ? c->hits : c->distinct[m];
  for (guint i = 0; i < s->n_lines; i++)
    s->lines[i].values =
        g_memdup2(values + (gsize)i * s->n_buckets, s->n_buckets * sizeof(guint32));
}

static gboolean check_size(const Series *s, GError **error)
{
  if (s->bucket == BUCKET_HOUR && s->n_buckets > HOURS_MAX) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "a series of %u hours is too long (at most %d); choose days, or a shorter time",
                s->n_buckets, HOURS_MAX);
    return FALSE;
  }
  if ((guint64)s->n_buckets * s->n_lines > CELLS_MAX) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "%u lines of %u %ss are too many; choose fewer lines or longer buckets", s->n_lines,
                s->n_buckets, bucket_names[s->bucket]);
    return FALSE;
  }
  return TRUE;
}

/* Rows in no bucket: only course weeks leave any out. */
static guint64 count_left_out(const Dataset *ds, const Selection *sel, Bucket b)
{
  guint64 sum = 0;
  guint32 keys[COUNT_BLOCK];
  for (guint32 i = 0; b == BUCKET_COURSE_WEEK && i < sel->n; i += COUNT_BLOCK) {
    guint32 n = MIN(sel->n - i, COUNT_BLOCK), begin;
    const guint32 *rows = selection_block(sel, i, &begin);
    dimension_keys(ds, DIM_COURSE_WEEK, rows, begin, n, keys);
    for (guint32 j = 0; j < n; j++)
      sum += keys[j] == 0;
  }
  return sum;
}

/* Hits alone: the places where the days of the log begin tell them. FALSE for what days do not
 * tell. */
static gboolean fill_from_days(Series *s, const Dataset *ds, const Selection *sel,
                               const SeriesRequest *req, guint32 first)
{
  if (req->has_by || req->measure != MEASURE_HITS || req->bucket == BUCKET_HOUR ||
      req->bucket == BUCKET_COURSE_WEEK)
    return FALSE;
  const DatasetTables *t = ds->tables;
  guint32 *values = s->lines[0].values = g_new0(guint32, MAX(s->n_buckets, 1));
  for (guint32 at = 0; at < sel->n;) {
    guint32 day = tables_day(t, ds->log->time[selection_row(sel, at)]);
    guint32 next = selection_seek(sel, at, ds->log->day_start[day + 1]);
    values[(req->bucket == BUCKET_DAY    ? day
            : req->bucket == BUCKET_WEEK ? t->week[day]
                                         : t->month[day]) -
           first] += next - at;
    at = next;
  }
  return TRUE;
}

Series *series_new(const Dataset *ds, const Selection *sel, const SeriesRequest *req,
                   GError **error)
{
  guint known = MEASURES_DISTINCT | MEASURE_BIT(MEASURE_HITS);
  if (!(known & MEASURE_BIT(req->measure))) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "a series cannot show %s; it shows hits, users, ips, lessons, days or cohorts",
                measure_info(req->measure)->name);
    return NULL;
  }
  Series *s = g_new0(Series, 1);
  guint32 first, *line_of;
  s->bucket = req->bucket;
  s->n_buckets = bucket_span(ds, sel, req->bucket, &first);
  fill_lines(s, ds, sel, req, &line_of);
  if (!check_size(s, error)) {
    g_free(line_of);
    series_free(s);
    return NULL;
  }
  s->starts = g_new(CivilTime, MAX(s->n_buckets, 1));
  for (guint32 i = 0; i < s->n_buckets; i++)
    s->starts[i] = bucket_start(ds->tables, s->bucket, first + i);
  if (fill_from_days(s, ds, sel, req, first)) {
    g_free(line_of);
    return s;
  }
  BySeries g = {{ds, sel, s->n_buckets * s->n_lines, NULL, keys_by_series},
                req->bucket,
                first,
                s->n_buckets,
                line_of,
                req->by};
  Counts *c = counts_new(&g.base, MEASURE_BIT(req->measure));
  fill_values(s, c, req->measure);
  s->left_out = count_left_out(ds, sel, req->bucket);
  counts_free(c);
  g_free(line_of);
  return s;
}

void series_free(Series *s)
{
  if (!s)
    return;
  for (guint i = 0; s->lines && i < s->n_lines; i++)
    g_free(s->lines[i].values);
  g_free(s->lines);
  g_free(s->starts);
  g_free(s);
}

char *series_label(const Series *s, guint32 bucket)
{
  char buf[CIVIL_BUF];
  CivilTime start = s->starts[bucket];
  switch (s->bucket) {
  case BUCKET_HOUR:
    civil_format(start, 'T', buf);
    buf[strlen("2019-02-14T10")] = '\0';
    return g_strdup(buf);
  case BUCKET_DAY:
    return g_strdup(civil_format_day(civil_day_of(start), buf));
  case BUCKET_WEEK:
    return g_strdup(period_format_week(civil_day_of(start), buf));
  case BUCKET_MONTH:
    return g_strdup(civil_format_month(civil_month_of(civil_day_of(start)), buf));
  default:
    return g_strdup_printf("%" G_GINT64_FORMAT, start);
  }
}

/* The places where the hours of the log begin. */
static void punch_hours(const Dataset *ds, const Selection *sel, guint32 ret[7][24])
{
  const DatasetTables *t = ds->tables;
  for (guint32 at = 0; at < sel->n;) {
    CivilTime time = ds->log->time[selection_row(sel, at)];
    guint32 hour = (guint32)((guint64)(time - t->first_time) / 3600);
    guint32 next = selection_seek(sel, at, t->hour_start[hour + 1]);
    ret[t->weekday[hour / 24]][hour % 24] += next - at;
    at = next;
  }
}

void series_punch_card(const Dataset *ds, const Selection *sel, guint32 ret[7][24])
{
  guint32 days[COUNT_BLOCK], hours[COUNT_BLOCK];
  memset(ret, 0, 7 * sizeof ret[0]);
  if (ds->tables->hour_start) {
    punch_hours(ds, sel, ret);
    return;
  }
  for (guint32 i = 0; i < sel->n; i += COUNT_BLOCK) {
    guint32 n = MIN(sel->n - i, COUNT_BLOCK), begin;
    const guint32 *rows = selection_block(sel, i, &begin);
    dimension_keys(ds, DIM_WEEKDAY, rows, begin, n, days);
    dimension_keys(ds, DIM_HOUR, rows, begin, n, hours);
    for (guint32 j = 0; j < n; j++)
      ret[days[j]][hours[j]]++;
  }
}
