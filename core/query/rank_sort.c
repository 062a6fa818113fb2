/* Sorting of rankings: every sort value becomes a 64-bit number of the same order, and rows are
 * distributed by its bytes (radix sort). Each round is stable, so that several sort keys are rounds
 * from the last to the first, after one by the natural order of the key. */
#include "core/query/rank.h"
#include "core/query/tables.h"

#include <math.h>
#include <string.h>

#define DIGITS 256
#define BYTES  8

typedef struct {
  guint64 value;
  guint32 place; /* in the rows as they were */
} SortItem;

/* Number in the order of a double: the bits of a positive one ascend as they are once the sign is
 * set; those of a negative one descend. */
static guint64 ordered_bits(double v)
{
  guint64 bits;
  v = v == 0 ? 0 : v; /* minus zero is zero */
  memcpy(&bits, &v, sizeof bits);
  return bits >> 63 ? ~bits : bits | (guint64)1 << 63;
}

/* What is not known goes last, whichever the direction. */
static guint64 real_value(double v, gboolean ascending)
{
  if (isnan(v))
    return G_MAXUINT64;
  return ascending ? ordered_bits(v) : ~ordered_bits(v);
}

static guint64 sort_value(const RankRow *row, const RankSort *sort, guint32 natural)
{
  if (sort->by_key)
    return sort->ascending ? natural : G_MAXUINT32 - natural;
  return real_value(rank_value(row, sort->measure), sort->ascending);
}

/* Stable, by value; `spare` has room for as many. Bytes that are the same in all are skipped. */
static void radix_sort(SortItem *items, SortItem *spare, guint32 n)
{
  guint32 count[BYTES][DIGITS];
  SortItem *from = items, *to = spare;
  memset(count, 0, sizeof count);
  for (guint32 i = 0; i < n; i++)
    for (guint b = 0; b < BYTES; b++)
      count[b][items[i].value >> (8 * b) & 0xff]++;
  for (guint b = 0; b < BYTES; b++) {
    guint32 place = 0;
    if (count[b][items[0].value >> (8 * b) & 0xff] == n)
      continue;
    for (guint d = 0; d < DIGITS; d++) {
      guint32 len = count[b][d];
      count[b][d] = place;
      place += len;
    }
    for (guint32 i = 0; i < n; i++)
      to[count[b][from[i].value >> (8 * b) & 0xff]++] = from[i];
    SortItem *swap = from;
    from = to;
    to = swap;
  }
  if (from != items)
    memcpy(items, from, n * sizeof *items);
}

static void sort_round(const RankRow *rows, const guint32 *order, const RankSort *sort,
                       SortItem *items, SortItem *spare, guint32 n)
{
  for (guint32 i = 0; i < n; i++) {
    const RankRow *row = &rows[items[i].place];
    items[i].value = sort_value(row, sort, order ? order[row->key] : row->key);
  }
  radix_sort(items, spare, n);
}

void ranking_order(const Dataset *ds, const Ranking *r, const double *values,
                   const gboolean *ascending, guint n_sort, guint32 *places, guint32 n)
{
  static const RankSort by_key = {TRUE, 0, TRUE};
  if (n < 2)
    return;
  SortItem *items = g_new(SortItem, n), *spare = g_new(SortItem, n);
  for (guint32 i = 0; i < n; i++)
    items[i].place = places[i];
  sort_round(r->rows, dimension_order(ds, r->by), &by_key, items, spare, n);
  for (guint s = n_sort; s-- > 0;) {
    for (guint32 i = 0; i < n; i++)
      items[i].value = real_value(values[(gsize)items[i].place * n_sort + s], ascending[s]);
    radix_sort(items, spare, n);
  }
  for (guint32 i = 0; i < n; i++)
    places[i] = items[i].place;
  g_free(spare);
  g_free(items);
}

void ranking_sort(const Dataset *ds, Ranking *r, const RankSort *sort, guint n_sort)
{
  static const RankSort by_hits = {FALSE, MEASURE_HITS, FALSE}, by_key = {TRUE, 0, TRUE};
  if (r->n < 2)
    return;
  const guint32 *order = dimension_order(ds, r->by);
  SortItem *items = g_new(SortItem, r->n), *spare = g_new(SortItem, r->n);
  for (guint32 i = 0; i < r->n; i++)
    items[i].place = i;
  sort_round(r->rows, order, &by_key, items, spare, r->n);
  for (guint i = n_sort; i-- > 0;)
    sort_round(r->rows, order, &sort[i], items, spare, r->n);
  if (!n_sort)
    sort_round(r->rows, order, &by_hits, items, spare, r->n);
  RankRow *rows = g_new(RankRow, r->n);
  for (guint32 i = 0; i < r->n; i++)
    rows[i] = r->rows[items[i].place];
  g_free(spare);
  g_free(items);
  g_free(r->rows);
  r->rows = rows;
}
