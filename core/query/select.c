/* Selecting: runs a filter. Rows come from the narrowest index or from the ranges of time, a block
 * at a time; each test closes the block up, so that the next one sees only what is left. */
#include "core/query/count.h"
#include "core/query/filter.h"
#include "core/query/tables.h"

#include <string.h>

#define SELECT_BLOCK 2048

/* --- where candidates come from --------------------------------------------------------------- */

/* One of the three indexes, with the table that says which of its lists are wanted. */
typedef struct {
  const guint8 *ok;
  const guint32 *rows, *start;
  guint32 n_lists;
  guint32 wanted, last; /* lists with rows that are wanted, and the last of them */
  gsize cost;           /* rows in them */
} Index;

static Index index_make(const guint8 *ok, const guint32 *rows, const guint32 *start, guint32 n)
{
  Index x = {.ok = ok, .rows = rows, .start = start, .n_lists = n, .cost = G_MAXSIZE};
  if (!ok)
    return x;
  x.cost = 0;
  for (guint32 i = 0; i < n; i++)
    if (ok[i] && start[i + 1] > start[i]) {
      x.cost += start[i + 1] - start[i];
      x.wanted++;
      x.last = i;
    }
  return x;
}

/* The narrowest index, when it is clearly narrower than the rows of the ranges. */
static gboolean choose_index(const Filter *f, const Dataset *ds, Index *ret)
{
  const AccessLog *log = ds->log;
  const DatasetTables *t = ds->tables;
  const Index all[] = {
      index_make(f->user_ok, log->rows_by_user, log->user_start, t->n_users),
      index_make(f->ip_ok, log->rows_by_ip, log->ip_start, t->n_ips),
      index_make(f->cohort_ok, log->rows_by_cohort, log->cohort_start, t->n_cohorts),
  };
  const Index *best = &all[0];
  for (guint i = 1; i < G_N_ELEMENTS(all); i++)
    if (all[i].cost < best->cost)
      best = &all[i];
  /* a single list is in order as it stands; several have to be put in order first */
  guint32 total = ranges_total(f->ranges);
  if (best->cost > total || (best->wanted > 1 && best->cost >= total / 4))
    return FALSE;
  *ret = *best;
  return TRUE;
}

/* Rows of the wanted lists, ascending. Several lists are put in order by setting a bit for each
 * row and reading the bits off. */
static guint32 *index_rows(const Index *x, guint32 n_rows)
{
  guint32 *rows = g_new(guint32, MAX(x->cost, 1)), n = 0;
  for (guint32 i = 0; i < x->n_lists; i++) {
    guint32 len = x->start[i + 1] - x->start[i];
    if (!x->ok[i] || !len)
      continue;
    memcpy(rows + n, x->rows + x->start[i], len * sizeof *rows);
    n += len;
  }
  if (x->wanted < 2)
    return rows;
  gsize words = (gsize)n_rows / 64 + 1;
  guint64 *bits = g_new0(guint64, words);
  for (guint32 i = 0; i < n; i++)
    bits[rows[i] / 64] |= (guint64)1 << rows[i] % 64;
  guint32 place = 0;
  for (gsize w = 0; w < words; w++)
    for (guint64 left = bits[w]; left; left &= left - 1)
      rows[place++] = (guint32)(w * 64) + (guint32)__builtin_ctzll(left);
  g_free(bits);
  return rows;
}

/* Closes the list up to the rows that lie in the ranges; both ascend. */
static guint32 rows_in_ranges(guint32 *rows, guint32 n, const GArray *ranges)
{
  guint32 kept = 0;
  guint at = 0;
  const RowRange *r = (const RowRange *)(const void *)ranges->data;
  if (n && ranges->len == 1 && rows[0] >= r->begin && rows[n - 1] < r->end)
    return n;
  for (guint32 i = 0; i < n; i++) {
    while (at < ranges->len && r[at].end <= rows[i])
      at++;
    if (at == ranges->len)
      break;
    if (rows[i] >= r[at].begin)
      rows[kept++] = rows[i];
  }
  return kept;
}

/* Steps that double, then halves of the last one. */
guint32 selection_seek(const Selection *sel, guint32 from, guint32 row)
{
  const guint32 *rows = sel->rows;
  if (!rows)
    return CLAMP(row, sel->begin + from, sel->begin + sel->n) - sel->begin;
  guint32 low = from, high = sel->n;
  for (guint32 step = 1; step < high - low; step *= 2) {
    if (rows[low + step] >= row) {
      high = low + step;
      break;
    }
    low += step;
  }
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (rows[middle] < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* One list of an index within one range of rows is a stretch of that list: nothing is copied. */
static Selection *selection_of_list(const Index *x, RowRange r)
{
  const guint32 *list = x->rows + x->start[x->last];
  Selection whole = {.n = x->start[x->last + 1] - x->start[x->last], .rows = list};
  guint32 from = selection_seek(&whole, 0, r.begin);
  Selection *sel = g_new0(Selection, 1);
  sel->n = selection_seek(&whole, from, r.end) - from;
  list += from;
  if (sel->n && list[sel->n - 1] - list[0] == sel->n - 1)
    sel->begin = list[0];
  else if (sel->n)
    sel->rows = list;
  return sel;
}

/* --- tests ------------------------------------------------------------------------------------ */

/* Keeps the rows for which `expr` is 1; no branch depends on the data. */
#define KEEP_ROWS(rows, n, expr)                                                                   \
  do {                                                                                             \
    guint32 kept_ = 0;                                                                             \
    for (guint32 i_ = 0; i_ < (n); i_++) {                                                         \
      guint32 row = (rows)[i_];                                                                    \
      (rows)[kept_] = row;                                                                         \
      kept_ += (expr) != 0;                                                                        \
    }                                                                                              \
    (n) = kept_;                                                                                   \
  } while (0)

static guint32 test_flagged(const Filter *f, const Dataset *ds, guint32 *rows, guint32 n)
{
  const guint32 *user = ds->log->user, *ip = ds->log->ip;
  const guint8 *by_user = ds->flagged_user, *by_ip = ds->flagged_ip;
  KEEP_ROWS(rows, n, f->flagged_ok[(by_user && by_user[user[row]]) || (by_ip && by_ip[ip[row]])]);
  return n;
}

static guint32 test_course_week(const Filter *f, const Dataset *ds, guint32 *rows, guint32 n)
{
  guint32 keys[SELECT_BLOCK], kept = 0;
  dimension_keys(ds, DIM_COURSE_WEEK, rows, 0, n, keys);
  for (guint32 i = 0; i < n; i++) {
    rows[kept] = rows[i];
    kept += f->course_week_ok[keys[i]];
  }
  return kept;
}

/* Runs every test over a block of at most SELECT_BLOCK rows; returns how many are left. */
static guint32 test_block(const Filter *f, const Dataset *ds, guint32 *rows, guint32 n)
{
  const AccessLog *log = ds->log;
  if (f->user_ok)
    KEEP_ROWS(rows, n, f->user_ok[log->user[row]]);
  if (f->ip_ok)
    KEEP_ROWS(rows, n, f->ip_ok[log->ip[row]]);
  if (f->cohort_ok)
    KEEP_ROWS(rows, n, f->cohort_ok[log->cohort[row]]);
  if (f->phase_ok) {
    const PhaseRows *phase = ds->tables->phase;
    KEEP_ROWS(rows, n, f->phase_ok[tables_phase(&phase[log->cohort[row]], row)]);
  }
  if (f->path_ok)
    KEEP_ROWS(rows, n, f->path_ok[log->path[row]]);
  if (f->agent_ok)
    KEEP_ROWS(rows, n, f->agent_ok[log->agent ? log->agent[row] : 0]);
  if (f->course_week_ok)
    n = test_course_week(f, ds, rows, n);
  if (f->flagged_ok)
    n = test_flagged(f, ds, rows, n);
  return n;
}

static gboolean has_tests(const Filter *f)
{
  return f->user_ok || f->ip_ok || f->cohort_ok || f->phase_ok || f->path_ok || f->agent_ok ||
         f->course_week_ok || f->flagged_ok;
}

/* What is left to test when the rows come from the lists of one table. */
static Filter filter_without(const Filter *f, const guint8 *ok)
{
  Filter rest = *f;
  if (ok == f->user_ok)
    rest.user_ok = NULL;
  else if (ok == f->ip_ok)
    rest.ip_ok = NULL;
  else if (ok == f->cohort_ok)
    rest.cohort_ok = NULL;
  return rest;
}

/* --- putting it together ---------------------------------------------------------------------- */

/* Tests a list in place. */
static guint32 scan_list(const Filter *f, const Dataset *ds, const gint *stop, guint32 *rows,
                         guint32 n)
{
  guint32 kept = 0;
  for (guint32 i = 0; i < n && !query_stopped(stop); i += SELECT_BLOCK) {
    guint32 len = MIN(n - i, SELECT_BLOCK);
    len = test_block(f, ds, rows + i, len);
    memmove(rows + kept, rows + i, len * sizeof *rows);
    kept += len;
  }
  return kept;
}

/* --- scanning ranges ---------------------------------------------------------------------------
 */

/* Candidates that are worth a thread, and the most threads. */
#define PART_ROWS 400000
#define PARTS_MAX 8

/* One part of the candidates, tested by one thread: the places from .. to of all ranges laid end to
 * end. What is left stands at rows[from]. */
typedef struct {
  const Filter *filter;
  const Dataset *ds;
  const gint *stop;
  guint32 *rows;
  guint32 from, to, kept;
} ScanPart;

/* Rows begin .. begin + n - 1 for which `expr` is 1. */
#define KEEP_RUN(out, begin, n, ret, expr)                                                         \
  do {                                                                                             \
    guint32 kept_ = 0, end_ = (begin) + (n);                                                       \
    for (guint32 row = (begin); row < end_; row++) {                                               \
      (out)[kept_] = row;                                                                          \
      kept_ += (expr) != 0;                                                                        \
    }                                                                                              \
    (ret) = kept_;                                                                                 \
  } while (0)

/* Writes the rows of a run that pass the commonest test, or all without it; the other tests see
 * only those. */
static guint32 first_test(const Filter *f, const AccessLog *log, guint32 begin, guint32 n,
                          guint32 *restrict out)
{
  guint32 kept;
  if (f->path_ok)
    KEEP_RUN(out, begin, n, kept, f->path_ok[log->path[row]]);
  else if (f->cohort_ok)
    KEEP_RUN(out, begin, n, kept, f->cohort_ok[log->cohort[row]]);
  else
    KEEP_RUN(out, begin, n, kept, 1);
  return kept;
}

/* Fills a block at a time from the ranges and tests it where it will stay. */
static gpointer scan_part(gpointer data)
{
  ScanPart *p = data;
  const GArray *ranges = p->filter->ranges;
  Filter rest = *p->filter;
  if (rest.path_ok)
    rest.path_ok = NULL;
  else
    rest.cohort_ok = NULL;
  guint32 *out = p->rows + p->from, skip = p->from, left = p->to - p->from;
  for (guint i = 0; i < ranges->len && left; i++) {
    RowRange r = g_array_index(ranges, RowRange, i);
    guint32 step = MIN(skip, r.end - r.begin);
    skip -= step;
    r.begin += step;
    while (r.begin < r.end && left && !query_stopped(p->stop)) {
      guint32 take = MIN(MIN(r.end - r.begin, left), SELECT_BLOCK);
      guint32 n = first_test(p->filter, p->ds->log, r.begin, take, out + p->kept);
      p->kept += test_block(&rest, p->ds, out + p->kept, n);
      r.begin += take;
      left -= take;
    }
  }
  return NULL;
}

/* Runs the parts, the first in this thread, and closes up what they left. */
static guint32 scan_parts(ScanPart *parts, guint n)
{
  GThread *threads[PARTS_MAX] = {NULL};
  guint32 kept = 0;
  for (guint i = 1; i < n; i++) /* without a thread to be had this one does the work */
    threads[i] = g_thread_try_new("select", scan_part, &parts[i], NULL);
  scan_part(&parts[0]);
  for (guint i = 0; i < n; i++) {
    if (threads[i])
      g_thread_join(threads[i]);
    else if (i > 0)
      scan_part(&parts[i]);
    memmove(parts[i].rows + kept, parts[i].rows + parts[i].from, parts[i].kept * sizeof(guint32));
    kept += parts[i].kept;
  }
  return kept;
}

static guint32 *scan_ranges(const Filter *f, const Dataset *ds, const gint *stop, guint32 *ret_n)
{
  guint32 total = ranges_total(f->ranges), at = 0;
  guint32 *rows = g_new(guint32, MAX(total, 1));
  guint most = g_get_num_processors(), n = total / PART_ROWS;
  n = MIN(n, most);
  n = CLAMP(n, 1, PARTS_MAX);
  ScanPart parts[PARTS_MAX] = {{0}};
  for (guint i = 0; i < n; i++) {
    guint32 end = (guint32)((guint64)total * (i + 1) / n);
    parts[i] = (ScanPart){f, ds, stop, rows, at, end, 0};
    at = end;
  }
  *ret_n = scan_parts(parts, n);
  return rows;
}

/* A list without holes becomes a run: later scans of it are faster. */
static Selection *selection_make(guint32 *rows, guint32 n)
{
  Selection *sel = g_new0(Selection, 1);
  sel->n = n;
  if (n && rows[n - 1] - rows[0] == n - 1)
    sel->begin = rows[0];
  else if (n)
    sel->rows = sel->own = g_renew(guint32, rows, n);
  if (!sel->own)
    g_free(rows);
  return sel;
}

static Selection *selection_run(const GArray *ranges)
{
  Selection *sel = g_new0(Selection, 1);
  if (ranges->len) {
    RowRange r = g_array_index(ranges, RowRange, 0);
    sel->begin = r.begin;
    sel->n = r.end - r.begin;
  }
  return sel;
}

Selection *scope_select(const Scope *s, const Dataset *ds, GError **error)
{
  return scope_select_until(s, ds, NULL, error);
}

Selection *scope_select_until(const Scope *s, const Dataset *ds, const gint *stop, GError **error)
{
  Filter *f = filter_new(s, ds, error);
  if (!f)
    return NULL;
  Selection *sel;
  Index index;
  guint32 n = 0;
  if (!has_tests(f) && f->ranges->len <= 1) {
    sel = selection_run(f->ranges);
  } else if (choose_index(f, ds, &index)) {
    Filter rest = filter_without(f, index.ok);
    if (!has_tests(&rest) && index.wanted == 1 && f->ranges->len == 1) {
      sel = selection_of_list(&index, g_array_index(f->ranges, RowRange, 0));
    } else {
      guint32 *rows = index_rows(&index, ds->log->n_rows);
      n = rows_in_ranges(rows, (guint32)index.cost, f->ranges);
      n = has_tests(&rest) ? scan_list(&rest, ds, stop, rows, n) : n;
      sel = selection_make(rows, n);
    }
  } else {
    guint32 *rows = scan_ranges(f, ds, stop, &n);
    sel = selection_make(rows, n);
  }
  filter_free(f);
  if (query_stopped(stop))
    g_clear_pointer(&sel, selection_free);
  return sel;
}

void selection_free(Selection *sel)
{
  if (!sel)
    return;
  g_free(sel->own);
  g_free(sel);
}
