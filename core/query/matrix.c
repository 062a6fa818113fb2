/* Matrices: the keys with most hits of two dimensions, crossed in one pass. */
#include "core/query/matrix.h"
#include "core/query/count.h"

#include <math.h>

#define CELLS_MAX ((guint64)1 << 25)

/* One side of a matrix: its keys, and the place of every key of the dimension on it. */
typedef struct {
  Dimension dimension;
  Ranking *ranking;
  guint32 n;
  guint32 *place; /* G_MAXUINT32: not listed */
} Side;

static Side side_new(const Dataset *ds, const Selection *sel, Dimension d, guint max)
{
  RankRequest by_hits = {.by = d};
  Side side = {d, rank(ds, sel, &by_hits), 0, NULL};
  side.n = max ? MIN(side.ranking->n, max) : side.ranking->n;
  return side;
}

/* Cuts the longer side until both fit. */
static void sides_fit(Side *a, Side *b)
{
  if ((guint64)a->n * b->n <= CELLS_MAX)
    return;
  Side *longer = a->n >= b->n ? a : b, *other = longer == a ? b : a;
  guint32 root = (guint32)sqrt((double)CELLS_MAX);
  other->n = MIN(other->n, root);
  longer->n = (guint32)MIN(longer->n, CELLS_MAX / other->n);
}

static void side_place(Side *side, const Dataset *ds)
{
  guint32 n_keys = dimension_count(ds, side->dimension);
  side->place = g_new(guint32, MAX(n_keys, 1));
  for (guint32 k = 0; k < n_keys; k++)
    side->place[k] = G_MAXUINT32;
  for (guint32 i = 0; i < side->n; i++)
    side->place[side->ranking->rows[i].key] = i;
}

/* Hands out keys and totals; the side is spent. */
static void side_finish(Side *side, guint32 **ret_keys, guint64 **ret_hits)
{
  *ret_keys = g_new(guint32, MAX(side->n, 1));
  *ret_hits = g_new(guint64, MAX(side->n, 1));
  for (guint32 i = 0; i < side->n; i++) {
    (*ret_keys)[i] = side->ranking->rows[i].key;
    (*ret_hits)[i] = side->ranking->rows[i].hits;
  }
  ranking_free(side->ranking);
  g_free(side->place);
}

typedef struct {
  Grouping base;
  const Side *rows, *columns;
} ByCell;

static void keys_by_cell(const Grouping *g, const guint32 *rows, guint32 begin, guint32 n,
                         guint32 *ret)
{
  const ByCell *m = (const ByCell *)g;
  guint32 columns[COUNT_BLOCK];
  dimension_keys(g->ds, m->rows->dimension, rows, begin, n, ret);
  dimension_keys(g->ds, m->columns->dimension, rows, begin, n, columns);
  for (guint32 i = 0; i < n; i++) {
    guint32 row = m->rows->place[ret[i]], column = m->columns->place[columns[i]];
    ret[i] =
        row == G_MAXUINT32 || column == G_MAXUINT32 ? g->n_groups : row * m->columns->n + column;
  }
}

Matrix *matrix_new(const Dataset *ds, const Selection *sel, const MatrixRequest *req)
{
  Side rows = side_new(ds, sel, req->rows, req->max_rows);
  Side columns = side_new(ds, sel, req->columns, req->max_columns);
  sides_fit(&rows, &columns);
  side_place(&rows, ds);
  side_place(&columns, ds);
  ByCell g = {{ds, sel, rows.n * columns.n, NULL, keys_by_cell}, &rows, &columns};
  Counts *c = counts_new(&g.base, req->users ? MEASURE_BIT(MEASURE_USERS) : 0);
  Matrix *m = g_new0(Matrix, 1);
  m->rows = req->rows;
  m->columns = req->columns;
  m->n_rows = rows.n;
  m->n_columns = columns.n;
  m->total = sel->n;
  m->hits = g_steal_pointer(&c->hits);
  m->users = g_steal_pointer(&c->distinct[MEASURE_USERS]);
  counts_free(c);
  side_finish(&rows, &m->row_keys, &m->row_hits);
  side_finish(&columns, &m->column_keys, &m->column_hits);
  return m;
}

void matrix_free(Matrix *m)
{
  if (!m)
    return;
  g_free(m->row_keys);
  g_free(m->column_keys);
  g_free(m->hits);
  g_free(m->users);
  g_free(m->row_hits);
  g_free(m->column_hits);
  g_free(m);
}

static double expected(const Matrix *m, guint32 row, guint32 column)
{
  return m->total ? (double)m->row_hits[row] * (double)m->column_hits[column] / (double)m->total
                  : 0;
}

double matrix_lift(const Matrix *m, guint32 row, guint32 column)
{
  double e = expected(m, row, column);
  return e > 0 ? m->hits[(gsize)row * m->n_columns + column] / e : NAN;
}

double matrix_residual(const Matrix *m, guint32 row, guint32 column)
{
  double e = expected(m, row, column), n = (double)m->total;
  double spread = e * (1 - (double)m->row_hits[row] / n) * (1 - (double)m->column_hits[column] / n);
  if (!(spread > 0))
    return NAN;
  return (m->hits[(gsize)row * m->n_columns + column] - e) / sqrt(spread);
}
