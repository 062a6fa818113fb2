/* Trends of a pane: hits over time of the rows in sight, in one pass over the scope. */
#include <string.h>

#include "tui/model/pane.h"
#include "tui/model/timestep.h"

#define NO_SLOT G_MAXUINT32
#define BLOCK   4096
#define CELLS   (1u << 24) /* rows counted x buckets, at most */
#define MARGIN  1          /* screens above and below that are counted with */

void pane_sparks_drop(Pane *p)
{
  g_clear_pointer(&p->spark, g_free);
  g_clear_pointer(&p->spark_slot, g_free);
  g_clear_pointer(&p->spark_stamp, g_free);
  p->n_spark = 0;
}

static Dimension bucket_dimension(Bucket b)
{
  switch (b) {
  case BUCKET_DAY:
    return DIM_DAY;
  case BUCKET_MONTH:
    return DIM_MONTH;
  case BUCKET_COURSE_WEEK:
    return DIM_COURSE_WEEK;
  default:
    return DIM_WEEK;
  }
}

guint pane_class_weeks(const Dataset *ds)
{
  int weeks = 1;
  const CohortTable *t = ds->log->cohorts;
  for (guint i = 1; i < t->cohorts->len; i++) {
    const Cohort *c = cohort_table_get(t, (guint16)i);
    if (!c->staff && c->start != CIVIL_DAY_NONE && c->end != CIVIL_DAY_NONE)
      weeks = MAX(weeks, cohort_course_week(c, c->end));
  }
  return (guint)weeks;
}

/* First bucket of the selection and how many there are. Course weeks are those of the class: what
 * is before or long after it is in none. */
static guint bucket_span(const Dataset *ds, const Selection *sel, Dimension dim, guint32 *ret_first)
{
  if (dim == DIM_COURSE_WEEK) {
    *ret_first = 1;
    return pane_class_weeks(ds);
  }
  *ret_first = dimension_key(ds, dim, selection_row(sel, 0));
  return dimension_key(ds, dim, selection_row(sel, sel->n - 1)) - *ret_first + 1;
}

/* What is asked for, and filled. */
typedef struct {
  Dimension dim, time;
  guint32 *slot_of_row; /* n_rows of the ranking: place among the rows counted, or NO_SLOT */
  guint32 n_rows, n;
  guint32 *keys; /* of the rows counted */
} SparkOrder;

typedef struct {
  guint32 *counts; /* n x n_spark, and n_spark of all other rows */
  guint n_spark;
} SparkResult;

static void spark_order_free(gpointer data)
{
  SparkOrder *o = data;
  g_free(o->slot_of_row);
  g_free(o->keys);
  g_free(o);
}

static void spark_result_free(gpointer data)
{
  SparkResult *r = data;
  g_free(r->counts);
  g_free(r);
}

/* The rows to count: those in sight and some around them. */
static SparkOrder *choose_rows(const Pane *p, guint height, Dimension time)
{
  SparkOrder *o = g_new0(SparkOrder, 1);
  guint from = p->top > MARGIN * height ? p->top - MARGIN * height : 0;
  guint to = MIN(p->n_visible, p->top + (1 + MARGIN) * height + 1);
  o->dim = p->dim;
  o->time = time;
  o->n_rows = p->ranking->n;
  o->slot_of_row = g_new(guint32, (gsize)o->n_rows + 1);
  memset(o->slot_of_row, 0xff, sizeof(guint32) * ((gsize)o->n_rows + 1));
  o->keys = g_new(guint32, (gsize)to + 1);
  for (guint i = 0; i < to; i++) {
    guint32 row = p->visible[i];
    if ((i >= p->n_pinned && i < from) || o->slot_of_row[row] != NO_SLOT)
      continue;
    o->slot_of_row[row] = o->n;
    o->keys[o->n++] = p->ranking->rows[row].key;
  }
  return o;
}

/* First place behind those of the bucket that place `at` lies in: rows ascend in time, and so do
 * the buckets of all but the weeks of a course. */
static guint32 bucket_end(const Dataset *ds, const Selection *sel, Dimension time, guint32 at)
{
  guint32 bucket = dimension_key(ds, time, selection_row(sel, at)), low = at + 1, high = sel->n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (dimension_key(ds, time, selection_row(sel, middle)) == bucket)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A scan for one list. */
typedef struct {
  const Dataset *ds;
  const Selection *sel;
  const SparkOrder *o;
  guint32 n_slots; /* rows counted, and one for all others */
  guint32 *slot;   /* by key */
  guint32 *counts; /* n_slots x n_buckets */
  guint32 first;   /* bucket */
  guint n_buckets;
  const gint *stop;
} SparkScan;

#define SPARK_LANES 2 /* a counter is seldom raised again before it is back in memory */

static gboolean scan_stopped(const SparkScan *x)
{
  return x->stop && g_atomic_int_get(x->stop);
}

/* Places of the selection that one bucket holds. */
static void scan_bucket(const SparkScan *x, guint bucket, guint32 from, guint32 to, guint32 *lanes)
{
  guint32 keys[BLOCK], *other = lanes + x->n_slots;
  for (guint32 at = from; at < to; at += BLOCK) {
    guint32 n = MIN(to - at, (guint32)BLOCK), i = 0;
    dimension_keys(x->ds, x->o->dim, x->sel->rows ? x->sel->rows + at : NULL, x->sel->begin + at, n,
                   keys);
    for (; i + SPARK_LANES <= n; i += SPARK_LANES) {
      lanes[x->slot[keys[i]]]++;
      other[x->slot[keys[i + 1]]]++;
    }
    if (i < n)
      lanes[x->slot[keys[i]]]++;
  }
  for (guint32 slot = 0; slot < x->n_slots; slot++) {
    x->counts[(gsize)slot * x->n_buckets + bucket] = lanes[slot] + other[slot];
    lanes[slot] = other[slot] = 0;
  }
}

static void scan_in_order(const SparkScan *x)
{
  g_autofree guint32 *lanes = g_new0(guint32, (gsize)SPARK_LANES * x->n_slots);
  for (guint32 at = 0; at < x->sel->n && !scan_stopped(x);) {
    guint32 end = bucket_end(x->ds, x->sel, x->o->time, at);
    guint bucket = dimension_key(x->ds, x->o->time, selection_row(x->sel, at)) - x->first;
    scan_bucket(x, bucket, at, end, lanes);
    at = end;
  }
}

/* Weeks of a course: each cohort has its own. */
static void scan_any(const SparkScan *x)
{
  guint32 keys[BLOCK], buckets[BLOCK];
  for (guint32 at = 0; at < x->sel->n && !scan_stopped(x); at += BLOCK) {
    guint32 n = MIN(x->sel->n - at, (guint32)BLOCK), begin = x->sel->begin + at;
    const guint32 *list = x->sel->rows ? x->sel->rows + at : NULL;
    dimension_keys(x->ds, x->o->dim, list, begin, n, keys);
    dimension_keys(x->ds, x->o->time, list, begin, n, buckets);
    for (guint32 i = 0; i < n; i++) {
      guint32 bucket = buckets[i] - x->first; /* wraps for what lies before */
      if (bucket < x->n_buckets)
        x->counts[(gsize)x->slot[keys[i]] * x->n_buckets + bucket]++;
    }
  }
}

static gpointer spark_run(const Task *t, const Dataset *ds, const Selection *sel,
                          const Selection *base, const gint *stop)
{
  (void)base;
  const SparkOrder *o = t->order;
  guint32 n_keys = dimension_count(ds, o->dim);
  SparkScan x = {.ds = ds, .sel = sel, .o = o, .stop = stop};
  x.n_buckets = sel->n ? bucket_span(ds, sel, o->time, &x.first) : 0;
  guint32 rows = x.n_buckets ? MIN(o->n, CELLS / x.n_buckets) : 0;
  x.n_slots = o->n + 1;
  x.counts = g_new0(guint32, (gsize)x.n_slots * x.n_buckets + 1);
  x.slot = g_new(guint32, (gsize)n_keys + 1);
  for (guint32 key = 0; key <= n_keys; key++)
    x.slot[key] = o->n;
  for (guint32 i = 0; i < rows; i++)
    x.slot[o->keys[i]] = i;
  if (o->time == DIM_COURSE_WEEK)
    scan_any(&x);
  else
    scan_in_order(&x);
  g_free(x.slot);
  SparkResult *r = g_new0(SparkResult, 1);
  r->counts = x.counts;
  r->n_spark = x.n_buckets;
  return r;
}

static gboolean all_counted(const Pane *p, guint height)
{
  for (guint line = 0; line < height; line++) {
    guint place = pane_place_of_line(p, line);
    if (place < p->n_visible && p->spark_slot[p->visible[place]] == NO_SLOT)
      return FALSE;
  }
  return TRUE;
}

void pane_sparks_ask(Pane *p, Work *w, const Dataset *ds, const Scope *scope, int height)
{
  guint h = (guint)MAX(height, 1);
  (void)ds;
  g_clear_pointer(&p->spark_wanted, g_free);
  if (!p->ranking || p->n_visible == 0 || p->late)
    return;
  /* the order of the list and what is in sight of it choose the rows */
  g_autofree char *stamp = g_strdup_printf("%d|%s", p->bucket, p->stamp);
  if (g_strcmp0(stamp, p->spark_stamp) == 0 && all_counted(p, h))
    return;
  p->spark_wanted =
      g_strdup_printf("trend|%s|%d|%u|%u|%s", stamp, p->all_kinds, p->top, h, p->sort_stamp);
  Task *t = g_new0(Task, 1);
  *t = (Task){.part = (WorkPart)(WORK_SPARK + (int)p->id),
              .stamp = g_strdup(p->spark_wanted),
              .scope = scope_copy(scope),
              .order = choose_rows(p, h, bucket_dimension(p->bucket)),
              .order_free = spark_order_free,
              .run = spark_run,
              .result_free = spark_result_free};
  work_ask(w, t);
}

void pane_sparks_take(Pane *p, Work *w)
{
  Task *t =
      p->spark_wanted ? work_take(w, (WorkPart)(WORK_SPARK + (int)p->id), p->spark_wanted) : NULL;
  if (!t)
    return;
  SparkOrder *o = t->order;
  SparkResult *r = t->result;
  pane_sparks_drop(p);
  if (r && p->ranking && o->n_rows == p->ranking->n) {
    p->spark = g_steal_pointer(&r->counts);
    p->spark_slot = g_steal_pointer(&o->slot_of_row);
    p->n_spark = r->n_spark;
    p->spark_stamp = g_strdup_printf("%d|%s", p->bucket, p->stamp);
  }
  task_free(t);
}

guint pane_spark_values(const Pane *p, guint place, guint width, double *ret)
{
  guint32 slot = p->spark && p->spark_slot ? p->spark_slot[p->visible[place]] : NO_SLOT;
  if (slot == NO_SLOT || width == 0)
    return 0;
  const guint32 *counts = p->spark + (gsize)slot * p->n_spark;
  guint n = MIN(width, p->n_spark);
  double max = 0;
  for (guint i = 0; i < n; i++) {
    ret[i] = timestep_mean(counts, p->n_spark, i, n);
    max = MAX(max, ret[i]);
  }
  for (guint i = 0; i < n; i++)
    ret[i] = cell_style_scaled(ret[i], max, p->log_scale);
  return n;
}
