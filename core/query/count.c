/* Counting: the inner loops. A block of rows becomes a block of groups once; then each counter
 * runs over the block, which is still in the nearest cache. */
#include "core/query/count.h"
#include "core/query/tables.h"

#include <string.h>

/* Groups x values up to which a byte each is kept: setting a byte needs no reading, and the table
 * stays in a near cache. */
#define BYTES_MAX ((gsize)1 << 19)
/* The same for bits: 8 MB. */
#define BITS_MAX ((gsize)1 << 26)
/* A table may be that much larger than the selection, in words: clearing it must not cost more
 * than counting. */
#define WORDS_SPARE ((gsize)1 << 14)
/* Groups up to which hits are counted in four tables by turns: few groups means that one counter
 * is raised again before it is back in memory. */
#define LANES        4
#define LANES_GROUPS 256

typedef enum {
  METHOD_BYTES,
  METHOD_STAMP, /* days: rows come in time order, so the last day of each group is enough */
  METHOD_BITS,
  METHOD_SORT
} Method;

/* Counter of the distinct values of one measure. */
typedef struct {
  Measure measure;
  Method method;
  guint32 n_values;
  gboolean skip_zero; /* value 0 means "none" and is not counted */
  guint32 *result;    /* n_groups + 1 */
  guint32 *stamps;    /* METHOD_STAMP: last day + 1 of each group */
  guint8 *bytes;      /* METHOD_BYTES: n_groups + 1 lines of n_values */
  guint64 *bits;      /* METHOD_BITS: n_groups + 1 lines of `stride` words */
  gsize stride;
} Counter;

typedef struct {
  const Grouping *g;
  Counts *counts;
  guint32 *lanes; /* LANES tables of hits, or NULL */
  Counter counters[N_MEASURES];
  guint n_counters;
} Pass;

/* Values of a block of rows, the thing of which distinct ones are counted. */
static void block_values(const Dataset *ds, Measure m, const guint32 *rows, guint32 begin,
                         guint32 n, guint32 *ret)
{
  static const Dimension dimension_of[N_MEASURES] = {
      [MEASURE_USERS] = DIM_USER,     [MEASURE_IPS] = DIM_IP,   [MEASURE_LESSONS] = DIM_PATH,
      [MEASURE_COHORTS] = DIM_COHORT, [MEASURE_DAYS] = DIM_DAY,
  };
  dimension_keys(ds, dimension_of[m], rows, begin, n, ret);
  if (m == MEASURE_LESSONS) {
    const guint32 *lesson = ds->tables->lesson;
    for (guint32 i = 0; i < n; i++)
      ret[i] = lesson[ret[i]];
  }
}

static guint32 value_count(const Dataset *ds, Measure m)
{
  const DatasetTables *t = ds->tables;
  switch (m) {
  case MEASURE_USERS:
    return t->n_users;
  case MEASURE_IPS:
    return t->n_ips;
  case MEASURE_LESSONS:
    return ds->catalog->n_entries + 1;
  case MEASURE_COHORTS:
    return t->n_cohorts;
  default:
    return ds->log->n_days;
  }
}

static void counter_init(Counter *c, const Grouping *g, Measure m)
{
  gsize groups = (gsize)g->n_groups + 1;
  c->measure = m;
  c->n_values = value_count(g->ds, m);
  c->skip_zero = m == MEASURE_IPS || m == MEASURE_LESSONS || m == MEASURE_COHORTS;
  c->result = g_new0(guint32, groups);
  c->stride = ((gsize)c->n_values + 63) / 64;
  gsize room = g->sel->n + WORDS_SPARE;
  if (groups * c->n_values <= BYTES_MAX && groups * c->n_values / 8 <= room) {
    c->method = METHOD_BYTES;
    c->bytes = g_malloc0(MAX(groups * c->n_values, 1));
  } else if (m == MEASURE_DAYS) {
    c->method = METHOD_STAMP;
    c->stamps = g_new0(guint32, groups);
  } else if (groups * c->stride <= MIN(BITS_MAX / 64, room)) {
    c->method = METHOD_BITS;
    c->bits = g_new0(guint64, groups * c->stride);
  } else {
    c->method = METHOD_SORT;
  }
}

static void counter_block(Counter *c, const guint32 *keys, const guint32 *values, guint32 n)
{
  if (c->method == METHOD_BYTES) {
    guint8 *bytes = c->bytes;
    gsize line = c->n_values;
    for (guint32 i = 0; i < n; i++)
      bytes[keys[i] * line + values[i]] = 1;
  } else if (c->method == METHOD_STAMP) {
    for (guint32 i = 0; i < n; i++) {
      guint32 k = keys[i], stamp = values[i] + 1;
      c->result[k] += c->stamps[k] != stamp;
      c->stamps[k] = stamp;
    }
  } else {
    guint64 *bits = c->bits;
    gsize stride = c->stride;
    for (guint32 i = 0; i < n; i++)
      bits[keys[i] * stride + (values[i] >> 6)] |= (guint64)1 << (values[i] & 63);
  }
}

static void counter_sum_bytes(Counter *c, gsize groups)
{
  const guint8 *line = c->bytes;
  for (gsize k = 0; k < groups; k++, line += c->n_values) {
    guint32 sum = 0;
    for (guint32 v = c->skip_zero; v < c->n_values; v++)
      sum += line[v];
    c->result[k] = sum;
  }
}

static void counter_sum_bits(Counter *c, gsize groups)
{
  const guint64 *line = c->bits;
  for (gsize k = 0; k < groups; k++, line += c->stride) {
    guint32 sum = 0;
    for (gsize w = 0; w < c->stride; w++)
      sum += line[w] ? (guint32)__builtin_popcountll(line[w]) : 0;
    c->result[k] = sum - (c->skip_zero && c->stride ? (guint32)(line[0] & 1) : 0);
  }
}

/* Values scattered to the places of their groups, then counted group by group with a stamp per
 * value. Needs the hits of each group; linear in rows, groups and values. */
static void counter_sort(Counter *c, const Grouping *g, const guint32 *hits)
{
  gsize groups = (gsize)g->n_groups + 1;
  guint32 keys[COUNT_BLOCK], values[COUNT_BLOCK];
  guint32 *sorted = g_new0(guint32, MAX(g->sel->n, 1)), *place = g_new(guint32, groups);
  guint32 *stamps = g_new0(guint32, MAX(c->n_values, 1));
  place[0] = 0;
  for (gsize k = 1; k < groups; k++)
    place[k] = place[k - 1] + hits[k - 1];
  for (guint32 i = 0; i < g->sel->n; i += COUNT_BLOCK) {
    guint32 n = MIN(g->sel->n - i, COUNT_BLOCK), begin;
    const guint32 *rows = selection_block(g->sel, i, &begin);
    g->keys(g, rows, begin, n, keys);
    block_values(g->ds, c->measure, rows, begin, n, values);
    for (guint32 j = 0; j < n; j++)
      sorted[place[keys[j]]++] = values[j];
  }
  const guint32 *v = sorted;
  for (guint32 k = 0; k < g->n_groups; k++) {
    guint32 distinct = 0;
    for (guint32 j = 0; j < hits[k]; j++, v++) {
      distinct += stamps[*v] != k + 1 && !(c->skip_zero && *v == 0);
      stamps[*v] = k + 1;
    }
    c->result[k] = distinct;
  }
  g_free(stamps);
  g_free(place);
  g_free(sorted);
}

static void pass_hits(Pass *p, const guint32 *keys, guint32 n)
{
  guint32 *hits = p->counts->hits, i = 0;
  if (p->lanes) {
    gsize groups = (gsize)p->g->n_groups + 1;
    guint32 *a = p->lanes, *b = a + groups, *c = b + groups, *d = c + groups;
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

static void pass_span(Pass *p, const guint32 *keys, const guint32 *rows, guint32 begin, guint32 n)
{
  guint32 *first = p->counts->first_row, *last = p->counts->last_row;
  for (guint32 i = 0; i < n; i++) {
    guint32 row = rows ? rows[i] : begin + i;
    if (row < first[keys[i]])
      first[keys[i]] = row;
    last[keys[i]] = row;
  }
}

static void pass_run(Pass *p)
{
  const Grouping *g = p->g;
  guint32 keys[COUNT_BLOCK], values[COUNT_BLOCK];
  for (guint32 i = 0; i < g->sel->n; i += COUNT_BLOCK) {
    guint32 n = MIN(g->sel->n - i, COUNT_BLOCK), begin;
    const guint32 *rows = selection_block(g->sel, i, &begin);
    g->keys(g, rows, begin, n, keys);
    pass_hits(p, keys, n);
    if (p->counts->first_row)
      pass_span(p, keys, rows, begin, n);
    for (guint c = 0; c < p->n_counters; c++) {
      if (p->counters[c].method == METHOD_SORT)
        continue;
      block_values(g->ds, p->counters[c].measure, rows, begin, n, values);
      counter_block(&p->counters[c], keys, values, n);
    }
  }
}

static void pass_finish(Pass *p)
{
  gsize groups = (gsize)p->g->n_groups + 1;
  for (guint lane = 0; p->lanes && lane < LANES; lane++)
    for (gsize k = 0; k < groups; k++)
      p->counts->hits[k] += p->lanes[lane * groups + k];
  for (guint i = 0; i < p->n_counters; i++) {
    Counter *c = &p->counters[i];
    if (c->method == METHOD_BYTES)
      counter_sum_bytes(c, groups);
    else if (c->method == METHOD_BITS)
      counter_sum_bits(c, groups);
    else if (c->method == METHOD_SORT)
      counter_sort(c, p->g, p->counts->hits);
    g_free(c->bytes);
    g_free(c->stamps);
    g_free(c->bits);
    p->counts->distinct[c->measure] = c->result;
  }
  g_free(p->lanes);
}

Counts *counts_new(const Grouping *g, guint measures)
{
  gsize groups = (gsize)g->n_groups + 1;
  Pass pass = {.g = g, .counts = g_new0(Counts, 1)};
  pass.counts->hits = g_new0(guint32, groups);
  if (groups <= LANES_GROUPS)
    pass.lanes = g_new0(guint32, LANES * groups);
  if (measures & (MEASURE_BIT(MEASURE_FIRST) | MEASURE_BIT(MEASURE_LAST))) {
    pass.counts->first_row = g_new(guint32, groups);
    pass.counts->last_row = g_new0(guint32, groups);
    memset(pass.counts->first_row, 0xff, groups * sizeof(guint32));
  }
  for (guint m = 0; m < N_MEASURES; m++)
    if (measures & MEASURES_DISTINCT & MEASURE_BIT(m))
      counter_init(&pass.counters[pass.n_counters++], g, (Measure)m);
  pass_run(&pass);
  pass_finish(&pass);
  return pass.counts;
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
