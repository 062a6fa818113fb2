/* Trends of a pane: hits over time of the rows in sight, in one pass over the scope. */
#include <string.h>

#include "tui/model/pane.h"

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
  guint32 *counts; /* n x n_spark */
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

static gpointer spark_run(const Task *t, const Dataset *ds, const Selection *sel, const gint *stop)
{
  const SparkOrder *o = t->order;
  guint32 keys[BLOCK], buckets[BLOCK], first = 0, n_keys = dimension_count(ds, o->dim);
  SparkResult *r = g_new0(SparkResult, 1);
  r->n_spark = sel->n ? bucket_span(ds, sel, o->time, &first) : 0;
  gsize rows = r->n_spark ? MIN(o->n, CELLS / r->n_spark) : 0;
  r->counts = g_new0(guint32, (gsize)o->n * r->n_spark + 1);
  g_autofree guint32 *slot_of_key = g_new(guint32, (gsize)n_keys + 1);
  memset(slot_of_key, 0xff, sizeof(guint32) * ((gsize)n_keys + 1));
  for (guint32 i = 0; i < rows; i++)
    slot_of_key[o->keys[i]] = i;
  for (guint32 at = 0; at < sel->n && !(stop && g_atomic_int_get(stop)); at += BLOCK) {
    guint32 n = MIN(sel->n - at, (guint32)BLOCK), begin = sel->begin + at;
    const guint32 *list = sel->rows ? sel->rows + at : NULL;
    dimension_keys(ds, o->dim, list, begin, n, keys);
    dimension_keys(ds, o->time, list, begin, n, buckets);
    for (guint32 i = 0; i < n; i++) {
      guint32 slot = slot_of_key[keys[i]];
      guint32 bucket = buckets[i] - first; /* wraps for what lies before */
      if (slot != NO_SLOT && bucket < r->n_spark)
        r->counts[(gsize)slot * r->n_spark + bucket]++;
    }
  }
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
    guint from = (guint)((guint64)i * p->n_spark / n),
          to = (guint)((guint64)(i + 1) * p->n_spark / n);
    ret[i] = 0;
    for (guint b = from; b < to; b++)
      ret[i] += counts[b];
    ret[i] /= to - from; /* a mean: cells that hold one bucket more must not stand out */
    max = MAX(max, ret[i]);
  }
  for (guint i = 0; i < n; i++)
    ret[i] = cell_style_scaled(ret[i], max, p->log_scale);
  return n;
}
