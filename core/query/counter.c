/* Counters of distinct values: the tables and their inner loops. */
#include "core/query/counter.h"
#include "core/query/tables.h"

#include <string.h>

/* Groups x values up to which a byte each is kept: the table stays in a near cache. */
#define BYTES_MAX ((gsize)1 << 19)
/* The same for bits: 8 MB. */
#define BITS_MAX ((gsize)1 << 26)
/* A table may be that much larger than the selection, in words: clearing it must not cost more
 * than counting. */
#define WORDS_SPARE ((gsize)1 << 14)
/* Pairs that are remembered: 64 KB. */
#define RECENT       ((gsize)1 << 13)
#define RECENT_SHIFT (64 - 13)

void counter_values(const Dataset *ds, Measure m, const guint32 *rows, guint32 begin, guint32 n,
                    guint32 *ret)
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
    return t->n_lessons + 1;
  case MEASURE_COHORTS:
    return t->n_cohorts;
  default:
    return ds->log->n_days;
  }
}

void counter_init(Counter *c, const Dataset *ds, Measure m, guint32 n_groups, guint32 n_rows)
{
  gsize room = n_rows + WORDS_SPARE;
  *c = (Counter){.measure = m, .n_groups = n_groups, .n_values = value_count(ds, m)};
  c->skip_zero = m == MEASURE_IPS || m == MEASURE_LESSONS || m == MEASURE_COHORTS;
  gsize bytes = (gsize)n_groups * c->n_values, words = ((gsize)c->n_values + 63) / 64;
  if (bytes <= BYTES_MAX && bytes / 8 <= room) {
    c->method = METHOD_BYTES;
    c->line = c->n_values;
  } else if (m == MEASURE_DAYS) {
    c->method = METHOD_STAMP;
  } else if (words * n_groups <= MIN(BITS_MAX / 64, room)) {
    c->method = METHOD_BITS;
    c->line = words;
  } else {
    c->method = METHOD_PAIRS;
  }
}

gsize counter_size(const Counter *c)
{
  static const gsize width[] = {
      [METHOD_BYTES] = 1, [METHOD_STAMP] = 0, [METHOD_BITS] = 8, [METHOD_PAIRS] = 0};
  gsize bytes = c->n_groups * (c->line * width[c->method] + sizeof(guint32));
  if (c->method == METHOD_STAMP)
    bytes += c->n_groups * sizeof(guint32);
  else if (c->method == METHOD_PAIRS)
    bytes += RECENT * sizeof(guint64);
  return bytes;
}

void counter_alloc(Counter *c)
{
  gsize cells = MAX(c->n_groups * c->line, 1);
  c->result = g_new0(guint32, MAX(c->n_groups, 1));
  if (c->method == METHOD_BYTES) {
    c->bytes = g_malloc0(cells);
  } else if (c->method == METHOD_BITS) {
    c->bits = g_new0(guint64, cells);
  } else if (c->method == METHOD_STAMP) {
    c->stamps = g_new0(guint32, MAX(c->n_groups, 1));
  } else {
    c->recent = g_new(guint64, RECENT);
    memset(c->recent, 0xff, RECENT * sizeof(guint64)); /* no group is that large */
  }
}

void counter_clear(Counter *c)
{
  g_clear_pointer(&c->bytes, g_free);
  g_clear_pointer(&c->bits, g_free);
  g_clear_pointer(&c->stamps, g_free);
  g_clear_pointer(&c->pairs, g_free);
  g_clear_pointer(&c->recent, g_free);
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void block_bytes(Counter *c, const guint32 *groups, const guint32 *values, guint32 n)
{
  guint8 *bytes = c->bytes;
  gsize line = c->line;
  for (guint32 i = 0; i < n; i++)
    bytes[groups[i] * line + values[i]] = 1;
}

static void block_bits(Counter *c, const guint32 *groups, const guint32 *values, guint32 n)
{
  guint64 *bits = c->bits;
  gsize line = c->line;
  for (guint32 i = 0; i < n; i++)
    bits[groups[i] * line + (values[i] >> 6)] |= (guint64)1 << (values[i] & 63);
}

static void block_stamps(Counter *c, const guint32 *groups, const guint32 *values, guint32 n)
{
  guint32 *stamps = c->stamps, *result = c->result;
  for (guint32 i = 0; i < n; i++) {
    guint32 k = groups[i], stamp = values[i] + 1;
    result[k] += stamps[k] != stamp;
    stamps[k] = stamp;
  }
}

static guint64 *pairs_room(Counter *c, gsize extra)
{
  if (c->n_pairs + extra > c->pairs_room) {
    c->pairs_room = MAX(c->pairs_room + c->pairs_room / 2, c->n_pairs + extra);
    c->pairs = g_renew(guint64, c->pairs, c->pairs_room);
  }
  return c->pairs + c->n_pairs;
}

static void block_pairs(Counter *c, const guint32 *groups, const guint32 *values, guint32 n)
{
  guint64 *pairs = pairs_room(c, n), *recent = c->recent;
  gsize kept = 0;
  for (guint32 i = 0; i < n; i++) {
    guint64 pair = (guint64)groups[i] << 32 | values[i];
    /* Fibonacci hashing: Knuth, The Art of Computer Programming, 6.4 */
    guint64 *slot = &recent[pair * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> RECENT_SHIFT];
    if (*slot == pair)
      continue;
    *slot = pair;
    pairs[kept++] = pair;
  }
  c->n_pairs += kept;
}

void counter_block(Counter *c, const guint32 *groups, const guint32 *values, guint32 n)
{
  if (c->method == METHOD_BYTES)
    block_bytes(c, groups, values, n);
  else if (c->method == METHOD_BITS)
    block_bits(c, groups, values, n);
  else if (c->method == METHOD_STAMP)
    block_stamps(c, groups, values, n);
  else
    block_pairs(c, groups, values, n);
}

void counter_same(Counter *c, const guint32 *groups, guint32 value, guint32 n)
{
  if (c->method == METHOD_BYTES)
    for (guint32 i = 0; i < n; i++)
      c->bytes[groups[i] * c->line + value] = 1;
  else if (c->method == METHOD_STAMP)
    for (guint32 i = 0; i < n; i++) {
      guint32 *stamp = &c->stamps[groups[i]];
      c->result[groups[i]] += *stamp != value + 1;
      *stamp = value + 1;
    }
  else
    for (guint32 i = 0; i < n; i++)
      counter_block(c, groups + i, &value, 1);
}

/* --- results ---------------------------------------------------------------------------------- */

void counter_join(Counter *c, const Counter *other)
{
  gsize cells = c->n_groups * c->line;
  for (gsize i = 0; c->bytes && i < cells; i++)
    c->bytes[i] |= other->bytes[i];
  for (gsize i = 0; c->bits && i < cells; i++)
    c->bits[i] |= other->bits[i];
  for (guint32 k = 0; c->stamps && k < c->n_groups; k++)
    c->result[k] += other->result[k];
  if (other->n_pairs) {
    memcpy(pairs_room(c, other->n_pairs), other->pairs, other->n_pairs * sizeof(guint64));
    c->n_pairs += other->n_pairs;
  }
}

static void sum_bytes(Counter *c)
{
  const guint8 *line = c->bytes;
  for (guint32 k = 0; k < c->n_groups; k++, line += c->line) {
    guint32 sum = 0;
    for (gsize v = c->skip_zero; v < c->line; v++)
      sum += line[v];
    c->result[k] = sum;
  }
}

static void sum_bits(Counter *c)
{
  const guint64 *line = c->bits;
  for (guint32 k = 0; k < c->n_groups; k++, line += c->line) {
    guint32 sum = 0;
    for (gsize w = 0; w < c->line; w++)
      sum += line[w] ? (guint32)__builtin_popcountll(line[w]) : 0;
    c->result[k] = sum - (c->skip_zero && c->line ? (guint32)(line[0] & 1) : 0);
  }
}

/* Sorts the values by group by counting, then marks in a table of the values which ones the group
 * had: linear in pairs, groups and values. */
static void sum_pairs(Counter *c)
{
  gsize n_groups = c->n_groups;
  guint32 *sorted = g_new0(guint32, MAX(c->n_pairs, 1));
  guint32 *stamps = g_new0(guint32, MAX(c->n_values, 1));
  gsize *end = g_new0(gsize, n_groups + 1);
  for (gsize i = 0; i < c->n_pairs; i++)
    end[(c->pairs[i] >> 32) + 1]++;
  for (gsize k = 0; k < n_groups; k++)
    end[k + 1] += end[k];
  for (gsize i = 0; i < c->n_pairs; i++)
    sorted[end[c->pairs[i] >> 32]++] = (guint32)c->pairs[i];
  gsize at = 0; /* end[k] has moved on to the end of group k */
  for (guint32 k = 0; k < c->n_groups; k++) {
    guint32 distinct = 0;
    for (; at < end[k]; at++) {
      distinct += stamps[sorted[at]] != k + 1 && !(c->skip_zero && sorted[at] == 0);
      stamps[sorted[at]] = k + 1;
    }
    c->result[k] = distinct;
  }
  g_free(end);
  g_free(stamps);
  g_free(sorted);
}

void counter_finish(Counter *c)
{
  if (c->bytes)
    sum_bytes(c);
  else if (c->bits)
    sum_bits(c);
  else if (c->recent)
    sum_pairs(c);
}
