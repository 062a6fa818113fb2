/* Counting: passes over a selection. A block of rows becomes a block of groups once; then each
 * counter runs over the block, which is still in the nearest cache. Long selections are cut into
 * parts, one per thread, and the parts added up. */
#include "core/query/count.h"
#include "core/query/counter.h"
#include "core/query/tables.h"

#include <string.h>

/* Groups up to which hits are counted in four tables by turns: few groups means that one counter
 * is raised again before it is back in memory. */
#define LANES        4
#define LANES_GROUPS 256
/* Rows that are worth a thread, the most threads, and the most memory they may take together. */
#define PART_ROWS   100000
#define PARTS_MAX   8
#define PARTS_BYTES ((gsize)32 << 20)

/* One part of the selection, counted by one thread. */
typedef struct {
  const Grouping *g;
  guint32 begin, end; /* places in the selection */
  gsize n_groups;     /* with the one of the dropped rows */
  gboolean wants_first, wants_last;
  guint32 *hits, *lanes, *first_row, *last_row;
  Counter counters[N_MEASURES];
  guint n_counters;
} Part;

/* --- one part --------------------------------------------------------------------------------- */

static void part_alloc(Part *p, const Part *model)
{
  *p = *model;
  p->hits = g_new0(guint32, p->n_groups);
  if (p->n_groups <= LANES_GROUPS)
    p->lanes = g_new0(guint32, LANES * p->n_groups);
  if (p->wants_first) {
    p->first_row = g_new(guint32, p->n_groups);
    memset(p->first_row, 0xff, p->n_groups * sizeof(guint32));
  }
  if (p->wants_last)
    p->last_row = g_new0(guint32, p->n_groups);
  for (guint i = 0; i < p->n_counters; i++)
    counter_alloc(&p->counters[i]);
}

static void part_free(Part *p)
{
  g_free(p->hits);
  g_free(p->lanes);
  g_free(p->first_row);
  g_free(p->last_row);
  for (guint i = 0; i < p->n_counters; i++) {
    counter_clear(&p->counters[i]);
    g_free(p->counters[i].result);
  }
}

static void part_hits(Part *p, const guint32 *keys, guint32 n)
{
  guint32 *hits = p->hits, i = 0;
  if (p->lanes) {
    guint32 *a = p->lanes, *b = a + p->n_groups, *c = b + p->n_groups, *d = c + p->n_groups;
    for (; i + LANES <= n; i += LANES) {
      a[keys[i]]++;
      b[keys[i + 1]]++;
      c[keys[i + 2]]++;
      d[keys[i + 3]]++;
    }
  }
  for (; i < n; i++)
    hits[keys[i]]++;
}

/* Rows ascend. */
static void part_span(Part *p, const guint32 *keys, const guint32 *rows, guint32 begin, guint32 n)
{
  guint32 *first = p->first_row, *last = p->last_row;
  for (guint32 i = n; first && i-- > 0;)
    first[keys[i]] = MIN(first[keys[i]], rows ? rows[i] : begin + i);
  for (guint32 i = 0; last && i < n; i++)
    last[keys[i]] = rows ? rows[i] : begin + i;
}

/* TRUE when n rows are all of one day, as the blocks of a long log mostly are. */
static gboolean is_one_day(const Grouping *g, const guint32 *rows, guint32 begin, guint32 n,
                           guint32 *ret)
{
  const AccessLog *log = g->ds->log;
  *ret = tables_day(g->ds->tables, log->time[rows ? rows[0] : begin]);
  return (rows ? rows[n - 1] : begin + n - 1) < log->day_start[*ret + 1];
}

static void part_distinct(Part *p, Counter *c, const guint32 *keys, const guint32 *rows,
                          guint32 begin, guint32 n)
{
  guint32 values[COUNT_BLOCK], day;
  if (c->measure == MEASURE_DAYS && is_one_day(p->g, rows, begin, n, &day)) {
    counter_same(c, keys, day, n);
    return;
  }
  counter_values(p->g->ds, c->measure, rows, begin, n, values);
  counter_block(c, keys, values, n);
}

static gpointer part_run(gpointer data)
{
  Part *p = data;
  const Grouping *g = p->g;
  guint32 keys[COUNT_BLOCK];
  if (!g->keys) {
    memset(keys, 0, sizeof keys);
    p->hits[0] = p->end - p->begin;
  }
  for (guint32 i = p->begin; i < p->end && !query_stopped(g->stop); i += COUNT_BLOCK) {
    guint32 n = MIN(p->end - i, COUNT_BLOCK), begin;
    const guint32 *rows = selection_block(g->sel, i, &begin);
    if (g->keys) {
      g->keys(g, rows, begin, n, keys);
      part_hits(p, keys, n);
    }
    if (p->first_row || p->last_row)
      part_span(p, keys, rows, begin, n);
    for (guint c = 0; c < p->n_counters; c++)
      part_distinct(p, &p->counters[c], keys, rows, begin, n);
  }
  for (gsize i = 0; p->lanes && i < LANES * p->n_groups; i++)
    p->hits[i % p->n_groups] += p->lanes[i];
  return NULL;
}

static void part_join(Part *p, const Part *other)
{
  for (gsize k = 0; k < p->n_groups; k++)
    p->hits[k] += other->hits[k];
  for (gsize k = 0; p->first_row && k < p->n_groups; k++)
    p->first_row[k] = MIN(p->first_row[k], other->first_row[k]);
  for (gsize k = 0; p->last_row && k < p->n_groups; k++)
    p->last_row[k] = MAX(p->last_row[k], other->last_row[k]);
  for (guint i = 0; i < p->n_counters; i++)
    counter_join(&p->counters[i], &other->counters[i]);
}

/* --- parts ------------------------------------------------------------------------------------ */

static guint choose_parts(const Part *model)
{
  gsize bytes = model->n_groups * sizeof(guint32) * 3;
  for (guint i = 0; i < model->n_counters; i++)
    bytes += counter_size(&model->counters[i]);
  guint n = MIN(model->g->sel->n / PART_ROWS, MIN(g_get_num_processors(), PARTS_MAX));
  return (guint)CLAMP(PARTS_BYTES / bytes, 1, MAX(n, 1));
}

/* First place after `place` whose row begins a day: two parts must not share one. */
static guint32 day_place(const Grouping *g, guint32 place)
{
  const AccessLog *log = g->ds->log;
  guint32 day = tables_day(g->ds->tables, log->time[selection_row(g->sel, place)]);
  return selection_seek(g->sel, place, log->day_start[day + 1]);
}

/* Runs the parts, the last in this thread, and adds them up in the first. */
static void parts_run(Part *parts, guint n)
{
  GThread *threads[PARTS_MAX] = {NULL};
  for (guint i = 0; i + 1 < n; i++) /* without a thread to be had this one does the work */
    threads[i] = g_thread_try_new("count", part_run, &parts[i], NULL);
  part_run(&parts[n - 1]);
  for (guint i = 0; i + 1 < n; i++) {
    if (threads[i])
      g_thread_join(threads[i]);
    else
      part_run(&parts[i]);
  }
  for (guint i = 1; i < n; i++) {
    part_join(&parts[0], &parts[i]);
    part_free(&parts[i]);
  }
}

/* --- the whole -------------------------------------------------------------------------------- */

static Counts *counts_take(Part *p)
{
  Counts *c = g_new0(Counts, 1);
  c->hits = g_steal_pointer(&p->hits);
  c->first_row = g_steal_pointer(&p->first_row);
  c->last_row = g_steal_pointer(&p->last_row);
  for (guint i = 0; i < p->n_counters; i++)
    c->distinct[p->counters[i].measure] = g_steal_pointer(&p->counters[i].result);
  part_free(p);
  return c;
}

Counts *counts_new(const Grouping *g, guint measures)
{
  guint32 n_rows = g->sel->n, at = 0;
  Part model = {.g = g, .n_groups = (gsize)g->n_groups + 1};
  model.wants_first = measures & MEASURE_BIT(MEASURE_FIRST);
  model.wants_last = measures & MEASURE_BIT(MEASURE_LAST);
  for (guint m = 0; m < N_MEASURES; m++)
    if (measures & MEASURES_DISTINCT & MEASURE_BIT(m))
      counter_init(&model.counters[model.n_counters++], g->ds, (Measure)m, g->n_groups + 1, n_rows);
  Part parts[PARTS_MAX];
  guint n_parts = choose_parts(&model);
  for (guint i = 0; i < n_parts; i++) {
    part_alloc(&parts[i], &model);
    parts[i].begin = at;
    guint32 cut = (guint32)((guint64)n_rows * (i + 1) / n_parts);
    at = i + 1 < n_parts && cut < n_rows ? day_place(g, MAX(cut, at)) : n_rows;
    parts[i].end = at;
  }
  parts_run(parts, n_parts);
  if (query_stopped(g->stop)) {
    part_free(&parts[0]);
    return NULL;
  }
  for (guint i = 0; i < parts[0].n_counters; i++)
    counter_finish(&parts[0].counters[i]);
  return counts_take(&parts[0]);
}

void counts_free(Counts *c)
{
  if (!c)
    return;
  g_free(c->hits);
  g_free(c->first_row);
  g_free(c->last_row);
  for (guint m = 0; m < N_MEASURES; m++)
    g_free(c->distinct[m]);
  g_free(c);
}
