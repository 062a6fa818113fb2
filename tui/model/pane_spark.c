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

/* The rows to count: those in sight and some around them. `slot_of_key` and p->spark_slot are
 * filled; returns how many there are. */
static guint choose_rows(Pane *p, guint height, guint max, guint32 *slot_of_key)
{
  guint n = 0, from = p->top > MARGIN * height ? p->top - MARGIN * height : 0;
  guint to = MIN(p->n_visible, p->top + (1 + MARGIN) * height + 1);
  for (guint i = 0; i < to && n < max; i++) {
    guint32 row = p->visible[i];
    if ((i >= p->n_pinned && i < from) || p->spark_slot[row] != NO_SLOT)
      continue;
    p->spark_slot[row] = n;
    slot_of_key[p->ranking->rows[row].key] = n++;
  }
  return n;
}

static void count(Pane *p, const Dataset *ds, const Selection *sel, const guint32 *slot_of_key,
                  Dimension dim, guint32 first)
{
  guint32 keys[BLOCK], buckets[BLOCK];
  for (guint32 at = 0; at < sel->n; at += BLOCK) {
    guint32 n = MIN(sel->n - at, (guint32)BLOCK), begin = sel->begin + at;
    const guint32 *rows = sel->rows ? sel->rows + at : NULL;
    dimension_keys(ds, p->dim, rows, begin, n, keys);
    dimension_keys(ds, dim, rows, begin, n, buckets);
    for (guint32 i = 0; i < n; i++) {
      guint32 slot = slot_of_key[keys[i]];
      guint32 bucket = buckets[i] - first; /* wraps for what lies before */
      if (slot != NO_SLOT && bucket < p->n_spark)
        p->spark[(gsize)slot * p->n_spark + bucket]++;
    }
  }
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

void pane_sparks_refresh(Pane *p, const Dataset *ds, const Scope *scope, int height)
{
  guint h = (guint)MAX(height, 1);
  g_autofree char *stamp = g_strdup_printf("%d|%s", p->bucket, p->stamp);
  if (!p->ranking || p->n_visible == 0)
    return;
  if (g_strcmp0(stamp, p->spark_stamp) == 0 && all_counted(p, h))
    return;
  Selection *sel = p->selection ? g_steal_pointer(&p->selection) : scope_select(scope, ds, NULL);
  pane_sparks_drop(p);
  if (sel && sel->n) {
    Dimension dim = bucket_dimension(p->bucket);
    guint32 first = 0, n_keys = dimension_count(ds, p->dim);
    p->n_spark = bucket_span(ds, sel, dim, &first);
    p->spark_slot = g_new(guint32, (gsize)p->ranking->n + 1);
    memset(p->spark_slot, 0xff, sizeof(guint32) * ((gsize)p->ranking->n + 1));
    g_autofree guint32 *slot_of_key = g_new(guint32, (gsize)n_keys + 1);
    memset(slot_of_key, 0xff, sizeof(guint32) * ((gsize)n_keys + 1));
    guint n = choose_rows(p, h, MAX(CELLS / p->n_spark, h + p->n_pinned), slot_of_key);
    p->spark = g_new0(guint32, (gsize)n * p->n_spark + 1);
    count(p, ds, sel, slot_of_key, dim, first);
    p->spark_stamp = g_steal_pointer(&stamp);
  }
  selection_free(sel);
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
