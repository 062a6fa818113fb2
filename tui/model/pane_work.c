/* Panes, what they show: the task that computes a ranking with its totals and its lift. */
#include "tui/model/pane.h"

#include <math.h>
#include <string.h>

/* What is asked for. */
typedef struct {
  Dimension dim;
  guint measures, of_column; /* of_column: what % of column needs */
  guint of_row;              /* what % of row needs of the whole log; 0: it is at hand */
  gboolean lift;
} PaneOrder;

/* What comes back. */
typedef struct {
  Ranking *ranking, *baseline;
  RankRow totals;
  Ranking *whole;
  guint32 *whole_place;
} PaneResult;

static void pane_result_free(gpointer data)
{
  PaneResult *r = data;
  ranking_free(r->ranking);
  ranking_free(r->baseline);
  ranking_free(r->whole);
  g_free(r->whole_place);
  g_free(r);
}

static guint measures_of(const Pane *p, const ColumnId *columns, guint n)
{
  guint m = MEASURE_BIT(MEASURE_HITS) | pane_base_measures(p);
  for (guint i = 0; i < n; i++)
    if (column_info(columns[i])->measure < N_MEASURES)
      m |= MEASURE_BIT(column_info(columns[i])->measure);
  for (guint i = 0; i < p->n_sort; i++)
    if (column_info(p->sort[i].column)->measure < N_MEASURES)
      m |= MEASURE_BIT(column_info(p->sort[i].column)->measure);
  if (m & MEASURE_BIT(MEASURE_PER_USER))
    m |= MEASURE_BIT(MEASURE_USERS);
  return m & ~MEASURE_BIT(MEASURE_LIFT);
}

static gboolean has_column(const ColumnId *columns, guint n, ColumnId c)
{
  for (guint i = 0; i < n; i++)
    if (columns[i] == c)
      return TRUE;
  return FALSE;
}

/* The same scope without the terms that single somebody out; NULL when that changes nothing. */
static Scope *baseline_scope(const Scope *scope)
{
  Scope *base = scope_copy(scope);
  guint before = base->terms->len;
  for (guint i = base->terms->len; i-- > 0;) {
    const ScopeTerm *t = g_ptr_array_index(base->terms, i);
    if (t->field == FIELD_COHORT || t->field == FIELD_USER || t->field == FIELD_IP)
      g_ptr_array_remove_index(base->terms, i);
  }
  if (base->terms->len == before) {
    scope_free(base);
    return NULL;
  }
  return base;
}

/* --- computing -------------------------------------------------------------------------------- */

static void count_lift(PaneResult *r, const Dataset *ds, const PaneOrder *o, const Selection *base,
                       const gint *stop)
{
  RankRequest req = {.by = o->dim, .measures = MEASURE_BIT(MEASURE_HITS), .stop = stop};
  if (base)
    r->baseline = rank(ds, base, &req);
  guint32 n_keys = dimension_count(ds, o->dim);
  g_autofree double *share = g_new0(double, n_keys + 1);
  for (guint32 i = 0; r->baseline && i < r->baseline->n; i++)
    share[r->baseline->rows[i].key] =
        (double)r->baseline->rows[i].hits / (double)MAX(r->baseline->hits, 1);
  for (guint32 i = 0; i < r->ranking->n; i++) {
    RankRow *row = &r->ranking->rows[i];
    double here = (double)row->hits / (double)MAX(r->ranking->hits, 1);
    row->lift = r->baseline && share[row->key] > 0 ? here / share[row->key] : NAN;
  }
}

/* The same rows in the whole log. */
static gboolean count_whole(PaneResult *r, const Dataset *ds, const PaneOrder *o, const gint *stop)
{
  Selection all = {.n = ds->log->n_rows};
  RankRequest req = {.by = o->dim, .measures = o->of_row, .stop = stop};
  r->whole = rank(ds, &all, &req);
  if (!r->whole)
    return FALSE;
  r->whole_place = g_new0(guint32, (gsize)dimension_count(ds, o->dim) + 1);
  for (guint32 i = 0; i < r->whole->n; i++)
    r->whole_place[r->whole->rows[i].key] = i;
  return TRUE;
}

static gpointer pane_run(const Task *t, const Dataset *ds, const Selection *sel,
                         const Selection *base, const gint *stop)
{
  const PaneOrder *o = t->order;
  RankRequest req = {.by = o->dim, .measures = o->measures, .stop = stop};
  PaneResult *r = g_new0(PaneResult, 1);
  r->ranking = rank(ds, sel, &req);
  if (!r->ranking || !rank_totals(ds, sel, o->of_column, stop, &r->totals) ||
      (o->of_row && !count_whole(r, ds, o, stop))) {
    pane_result_free(r);
    return NULL;
  }
  if (o->lift)
    count_lift(r, ds, o, base, stop);
  return r;
}

/* --- asking and taking ------------------------------------------------------------------------ */

void pane_ask(Pane *p, Work *w, WorkPart part, guint64 generation, const Scope *scope,
              const ColumnId *columns, guint n_columns)
{
  g_autofree char *scope_text = scope_print(scope), *bases = pane_bases_print(p);
  PaneOrder *o = g_new0(PaneOrder, 1);
  o->dim = p->dim;
  o->measures = measures_of(p, columns, n_columns);
  o->of_column = pane_measures_with_base(p, BASE_COLUMN);
  o->of_row = pane_measures_with_base(p, BASE_ROW);
  o->lift = has_column(columns, n_columns, COLUMN_LIFT) ||
            (p->n_sort && p->sort[0].column == COLUMN_LIFT);
  g_free(p->wanted);
  p->wanted = g_strdup_printf("%s|%" G_GUINT64_FORMAT "|%s|%s", pane_name(p->id), generation, bases,
                              scope_text);
  p->missing = g_strcmp0(p->wanted, p->stamp) != 0;
  /* a list that grows narrower has more measures than it shows, and keeps them */
  if (!p->missing && p->ranking) {
    p->missing = (o->measures & ~p->ranking->measures) || (o->lift && !p->has_lift);
    o->measures |= p->ranking->measures;
    o->lift = o->lift || p->has_lift;
  }
  if (!p->missing) {
    g_free(o);
    return;
  }
  g_autofree char *stamp = g_strdup_printf("%x|%d|%s", o->measures, o->lift, p->wanted);
  g_free(p->task_stamp);
  p->task_stamp = g_strdup(stamp);
  g_autofree char *whole = pane_whole_stamp(generation, o->of_row);
  if (g_strcmp0(whole, p->whole_stamp) == 0)
    o->of_row = 0;
  Task *t = g_new0(Task, 1);
  *t = (Task){.part = part,
              .stamp = g_steal_pointer(&stamp),
              .scope = scope_copy(scope),
              .base = o->lift ? baseline_scope(scope) : NULL,
              .order = o,
              .order_free = g_free,
              .run = pane_run,
              .result_free = pane_result_free};
  work_ask(w, t);
}

static void take_whole(Pane *p, const PaneOrder *o, PaneResult *r, guint64 generation)
{
  if (!r->whole)
    return;
  pane_whole_drop(p);
  p->whole = g_steal_pointer(&r->whole);
  p->whole_place = g_steal_pointer(&r->whole_place);
  p->whole_stamp = pane_whole_stamp(generation, o->of_row);
}

gboolean pane_take(Pane *p, Work *w, WorkPart part, const Dataset *ds, guint64 generation,
                   GError **error)
{
  p->late = p->missing;
  Task *t = p->late ? work_take(w, part, p->task_stamp) : NULL;
  if (t) {
    const PaneOrder *o = t->order;
    pane_drop_scope(p); /* late no more */
    p->stamp = g_strdup(p->wanted);
    p->has_lift = o->lift;
    p->error = g_steal_pointer(&t->error);
    PaneResult *r = t->result;
    if (r) {
      p->ranking = g_steal_pointer(&r->ranking);
      p->baseline = g_steal_pointer(&r->baseline);
      p->totals = r->totals;
      take_whole(p, o, r, generation);
    }
    task_free(t);
  }
  if (p->error) {
    g_propagate_error(error, g_error_copy(p->error));
    return FALSE;
  }
  if (!p->late)
    pane_list(p, ds);
  return TRUE;
}
