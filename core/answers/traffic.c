/* Traffic: ranks and shares within each cohort, medians over cohorts. */
#include "core/answers/traffic.h"

#include "core/query/matrix.h"
#include "core/stats/robust.h"

#include <stdlib.h>

/* --- programs -----------------------------------------------------------------------------------
 */

GArray *programs_of(const Dataset *ds, const Selection *sel)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(guint8));
  RankRequest req = {.by = DIM_PROGRAM, .sort = {{.by_key = TRUE, .ascending = TRUE}}, .n_sort = 1};
  Ranking *r = rank(ds, sel, &req);
  for (guint32 i = 0; i < r->n; i++) {
    guint8 program = (guint8)r->rows[i].key;
    if (program != PROGRAM_NONE)
      g_array_append_val(list, program);
  }
  ranking_free(r);
  return list;
}

char *program_scope(const Dataset *ds, guint8 program, const char *rest)
{
  ScopeTerm *term = scope_term_for_key(ds, DIM_PROGRAM, program, FALSE);
  char *text = scope_term_print(term), *scope = g_strconcat(text, *rest ? " " : "", rest, NULL);
  scope_term_free(term);
  g_free(text);
  return scope;
}

Selection *program_select(const Dataset *ds, guint8 program, const char *rest)
{
  char *text = program_scope(ds, program, rest);
  Scope *scope = scope_parse(text, NULL);
  Selection *sel = scope ? scope_select(scope, ds, NULL) : NULL;
  scope_free(scope);
  g_free(text);
  return sel ? sel : g_new0(Selection, 1);
}

/* --- one cohort after the other -----------------------------------------------------------------
 */

static int compare_falling(const void *a, const void *b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x > y ? -1 : x < y;
}

/* How many of `sorted` (falling) are greater than `hits`. */
static guint32 count_greater(const guint32 *sorted, guint32 n, guint32 hits)
{
  guint32 low = 0, high = n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (sorted[middle] > hits)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Ranks and shares of every row in every cohort; n x n_cohorts, row by row. */
typedef struct {
  double *rank, *share;
} Places;

static void take_cohort(Traffic *t, const Dataset *ds, const Matrix *m, guint32 column, Places *p,
                        guint32 *sorted)
{
  TrafficCohort *c = &t->cohorts[column];
  c->cohort = (guint16)m->column_keys[column];
  c->hits = m->column_hits[column];
  for (guint32 r = 0; r < t->n; r++)
    sorted[r] = m->hits[(gsize)r * m->n_columns + column];
  qsort(sorted, t->n, sizeof *sorted, compare_falling);
  for (guint32 r = 0; r < t->n; r++) {
    gsize cell = (gsize)r * m->n_columns + column;
    guint32 hits = m->hits[cell], place = 1 + count_greater(sorted, t->n, hits);
    TrafficRow *row = &t->rows[r];
    p->rank[cell] = place;
    p->share[cell] = (double)hits / (double)c->hits;
    row->cohorts += hits > 0;
    row->in_top += hits > 0 && place <= t->top;
    if (hits > c->best_hits ||
        (hits > 0 && hits == c->best_hits && dimension_compare(ds, t->by, row->key, c->best) < 0)) {
      c->best = row->key;
      c->best_hits = hits;
    }
  }
}

static void take_matrix(Traffic *t, const Dataset *ds, const Matrix *m)
{
  gsize cells = (gsize)m->n_rows * m->n_columns;
  Places p = {g_new(double, cells + 1), g_new(double, cells + 1)};
  guint32 *sorted = g_new(guint32, (gsize)t->n + 1);
  t->n_cohorts = m->n_columns;
  t->cohorts = g_new0(TrafficCohort, (gsize)t->n_cohorts + 1);
  for (guint32 c = 0; c < t->n_cohorts; c++)
    take_cohort(t, ds, m, c, &p, sorted);
  for (guint32 r = 0; r < t->n; r++) {
    gsize first = (gsize)r * m->n_columns;
    t->rows[r].median_rank = robust_median(p.rank + first, m->n_columns);
    t->rows[r].median_share = robust_median(p.share + first, m->n_columns);
  }
  g_free(sorted);
  g_free(p.rank);
  g_free(p.share);
}

/* --- all of it ----------------------------------------------------------------------------------
 */

typedef struct {
  const Dataset *ds;
  Dimension by;
} Order;

static int compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
  const TrafficRow *x = a, *y = b;
  const Order *o = data;
  if (x->median_share != y->median_share)
    return x->median_share > y->median_share ? -1 : 1;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return dimension_compare(o->ds, o->by, x->key, y->key);
}

static int compare_cohorts(gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *o = data;
  return dimension_compare(o->ds, DIM_COHORT, ((const TrafficCohort *)a)->cohort,
                           ((const TrafficCohort *)b)->cohort);
}

static guint32 count_users(const Dataset *ds, const Selection *sel)
{
  RankRequest req = {.by = DIM_PROGRAM, .measures = MEASURE_BIT(MEASURE_USERS)};
  Ranking *r = rank(ds, sel, &req);
  guint32 users = r->n ? r->rows[0].users : 0;
  ranking_free(r);
  return users;
}

Traffic *traffic_new(const Dataset *ds, const Selection *sel, Dimension by, guint top)
{
  Traffic *t = g_new0(Traffic, 1);
  MatrixRequest crossed = {.rows = by, .columns = DIM_COHORT};
  Matrix *m = matrix_new(ds, sel, &crossed);
  RankRequest req = {.by = by, .measures = MEASURE_BIT(MEASURE_USERS)};
  Ranking *users = rank(ds, sel, &req); /* most hits first, as the rows of the matrix */
  t->by = by;
  t->top = top;
  t->hits = sel->n;
  t->users = count_users(ds, sel);
  t->n = m->n_rows;
  t->rows = g_new0(TrafficRow, (gsize)t->n + 1);
  for (guint32 r = 0; r < t->n; r++)
    t->rows[r] = (TrafficRow){.key = users->rows[r].key,
                              .hits = users->rows[r].hits,
                              .users = users->rows[r].users,
                              .share = (double)users->rows[r].hits / (double)t->hits};
  take_matrix(t, ds, m);
  Order order = {ds, by};
  g_qsort_with_data(t->rows, (gint)t->n, sizeof *t->rows, compare_rows, &order);
  g_qsort_with_data(t->cohorts, (gint)t->n_cohorts, sizeof *t->cohorts, compare_cohorts, &order);
  for (guint32 r = 0; r < t->n; r++)
    if (t->rows[r].hits > t->rows[t->most].hits)
      t->most = r;
  ranking_free(users);
  matrix_free(m);
  return t;
}

void traffic_free(Traffic *t)
{
  if (!t)
    return;
  g_free(t->cohorts);
  g_free(t->rows);
  g_free(t);
}
