/* Comparisons: the lessons (or cohorts) in which two sides differ most, and shared addresses. */
#include <math.h>
#include <stdlib.h>

#include "core/query/compare_parts.h"
#include "core/stats/contingency.h"
#include "core/stats/multiple.h"
#include "core/stats/ranktest.h"

#define CELLS_MAX (1u << 24) /* persons x rows that are counted for the tests */

static const RankRow *find_row(const Ranking *r, const guint32 *place, guint32 key)
{
  return place[key] ? &r->rows[place[key] - 1] : NULL;
}

/* Rows of either ranking for which `wanted` holds: hits, users, keys. */
static CompareRow *join(const Dataset *ds, Dimension by, Ranking *const r[2],
                        gboolean (*wanted)(const Dataset *, const RankRow *const[2]), guint *ret_n)
{
  guint32 n_keys = dimension_count(ds, by);
  guint32 *first = g_new0(guint32, (gsize)n_keys + 1);
  guint32 *second = g_new0(guint32, (gsize)n_keys + 1);
  guint32 *const place[2] = {first, second};
  for (guint s = 0; s < 2; s++)
    for (guint32 i = 0; i < r[s]->n; i++)
      place[s][r[s]->rows[i].key] = i + 1;
  CompareRow *rows = g_new0(CompareRow, (gsize)r[0]->n + r[1]->n + 1);
  guint n = 0;
  for (guint32 key = 0; key < n_keys; key++) {
    const RankRow *const of[2] = {find_row(r[0], place[0], key), find_row(r[1], place[1], key)};
    if ((!of[0] && !of[1]) || !wanted(ds, of))
      continue;
    CompareRow *row = &rows[n++];
    row->key = key;
    row->lift = row->residual = row->chance = row->z = row->q = NAN;
    for (guint s = 0; s < 2; s++)
      if (of[s]) {
        row->hits[s] = of[s]->hits;
        row->users[s] = of[s]->users;
      }
  }
  g_free(first);
  g_free(second);
  *ret_n = n;
  return rows;
}

static gboolean any_row(const Dataset *ds, const RankRow *const of[2])
{
  (void)ds, (void)of;
  return TRUE;
}

static gboolean is_lesson(const Dataset *ds, const RankRow *const of[2])
{
  const RankRow *any = of[0] ? of[0] : of[1];
  return any && ds->catalog->kind_of_entry[any->key] == KIND_LESSON;
}

static gboolean in_both(const Dataset *ds, const RankRow *const of[2])
{
  (void)ds;
  return of[0] && of[1] && of[0]->key != IP_NONE;
}

/* --- numbers ---------------------------------------------------------------------------------- */

static void fill_numbers(Comparison *c)
{
  double total[2] = {0, 0};
  for (guint i = 0; i < c->n_rows; i++)
    for (guint s = 0; s < 2; s++)
      total[s] += c->rows[i].hits[s];
  for (guint i = 0; i < c->n_rows; i++) {
    CompareRow *row = &c->rows[i];
    double share[2];
    for (guint s = 0; s < 2; s++) {
      guint32 users = c->dim == DIM_LESSON ? row->users[s] : c->side[s].total.users;
      row->rate[s] = users ? (double)row->hits[s] / users : 0;
      share[s] = total[s] > 0 ? row->hits[s] / total[s] : NAN;
    }
    row->lift = share[0] / share[1];
    row->residual = contingency_adjusted(row->hits[0], (double)row->hits[0] + row->hits[1],
                                         total[0], total[0] + total[1]);
  }
}

/* --- the test --------------------------------------------------------------------------------- */

typedef struct {
  guint32 hits;
  guint side;
} PersonHits;

static int compare_hits(const void *a, const void *b)
{
  guint32 x = ((const PersonHits *)a)->hits, y = ((const PersonHits *)b)->hits;
  return x < y ? -1 : x > y;
}

/* Ranks of `n` persons with hits, above those without, who share the lowest ranks. */
static RankTest test_row(PersonHits *persons, guint n, const guint32 size[2])
{
  guint32 with[2] = {0, 0};
  qsort(persons, n, sizeof *persons, compare_hits);
  for (guint i = 0; i < n; i++)
    with[persons[i].side]++;
  double none = (double)size[0] + size[1] - n;
  double rank_sum = (size[0] - with[0]) * (none + 1) / 2, ties = none * none * none - none;
  for (guint from = 0, to; from < n; from = to) {
    guint in_a = 0;
    for (to = from; to < n && persons[to].hits == persons[from].hits; to++)
      in_a += persons[to].side == 0;
    double t = to - from;
    rank_sum += in_a * (none + from + (t + 1) / 2);
    ties += t * t * t - t;
  }
  return ranktest_from_ranks(rank_sum, size[0], size[1], ties);
}

/* Hits of each person of each side in each row: persons of side 0 first. NULL when that would take
 * too much. */
static guint32 *count_persons(const Comparison *c, const Dataset *ds, Selection *const sel[2],
                              guint32 n_persons)
{
  guint32 n_users = strpool_count(ds->log->users), n_keys = dimension_count(ds, c->by);
  if ((guint64)n_persons * c->n_rows > CELLS_MAX)
    return NULL;
  guint32 *row_of = g_new0(guint32, (gsize)n_keys + 1);
  for (guint i = 0; i < c->n_rows; i++)
    row_of[c->rows[i].key] = i + 1;
  guint32 *cells = g_new0(guint32, (gsize)n_persons * c->n_rows + 1);
  guint32 next = 0;
  for (guint s = 0; s < 2; s++) {
    guint32 *slot = g_new0(guint32, (gsize)n_users + 1);
    for (guint32 i = 0; i < sel[s]->n; i++) {
      guint32 row = selection_row(sel[s], i), user = ds->log->user[row];
      if (!slot[user])
        slot[user] = ++next;
      guint32 at = row_of[dimension_key(ds, c->by, row)];
      if (at)
        cells[(gsize)(at - 1) * n_persons + slot[user] - 1]++;
    }
    g_free(slot);
  }
  g_free(row_of);
  return cells;
}

static void test_rows(Comparison *c, const Dataset *ds, Selection *const sel[2])
{
  const guint32 size[2] = {c->side[0].total.users, c->side[1].total.users};
  guint32 n_persons = size[0] + size[1];
  if ((c->dim != DIM_PROGRAM && c->dim != DIM_COHORT) || size[0] < COMPARE_TEST_USERS ||
      size[1] < COMPARE_TEST_USERS || c->n_rows == 0)
    return;
  guint32 *cells = count_persons(c, ds, sel, n_persons);
  if (!cells)
    return;
  PersonHits *persons = g_new(PersonHits, n_persons);
  double *p = g_new(double, c->n_rows);
  for (guint i = 0; i < c->n_rows; i++) {
    guint n = 0;
    for (guint32 k = 0; k < n_persons; k++)
      if (cells[(gsize)i * n_persons + k])
        persons[n++] = (PersonHits){cells[(gsize)i * n_persons + k], k >= size[0]};
    RankTest t = test_row(persons, n, size);
    c->rows[i].chance = t.effect;
    c->rows[i].z = t.z;
    p[i] = t.p_two_sided;
  }
  multiple_q_values(p, c->n_rows, p);
  for (guint i = 0; i < c->n_rows; i++)
    c->rows[i].q = p[i];
  c->tested = TRUE;
  g_free(cells);
  g_free(persons);
  g_free(p);
}

/* --- order ------------------------------------------------------------------------------------ */

/* How much a row differs, NaN last; then how much it is read. */
static int compare_difference(const void *a, const void *b)
{
  const CompareRow *x = a, *y = b;
  double dx = fabs(isnan(x->z) ? x->residual : x->z), dy = fabs(isnan(y->z) ? y->residual : y->z);
  if (isnan(dx) || isnan(dy)) {
    if (isnan(dx) != isnan(dy))
      return isnan(dx) ? 1 : -1;
  } else if (dx < dy || dx > dy) {
    return dx < dy ? 1 : -1;
  }
  guint64 hx = (guint64)x->hits[0] + x->hits[1], hy = (guint64)y->hits[0] + y->hits[1];
  if (hx != hy)
    return hx < hy ? 1 : -1;
  return x->key < y->key ? -1 : x->key > y->key;
}

void compare_fill_rows(Comparison *c, const Dataset *ds, Selection *const sel[2])
{
  RankRequest req = {.by = c->by, .measures = MEASURE_BIT(MEASURE_USERS)};
  Ranking *r[2] = {rank(ds, sel[0], &req), rank(ds, sel[1], &req)};
  c->rows = join(ds, c->by, r, c->by == DIM_LESSON ? is_lesson : any_row, &c->n_rows);
  ranking_free(r[0]);
  ranking_free(r[1]);
  fill_numbers(c);
  test_rows(c, ds, sel);
  qsort(c->rows, c->n_rows, sizeof *c->rows, compare_difference);
  req.by = DIM_IP;
  Ranking *ip[2] = {rank(ds, sel[0], &req), rank(ds, sel[1], &req)};
  c->shared = join(ds, DIM_IP, ip, in_both, &c->n_shared);
  ranking_free(ip[0]);
  ranking_free(ip[1]);
  qsort(c->shared, c->n_shared, sizeof *c->shared, compare_difference);
}
