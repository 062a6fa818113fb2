/* Cross chart: crossing between tracks month by month, and who does it. */
#include "tui/model/crosschart.h"

#include <math.h>

void crosschart_clear(CrossChart *c)
{
  g_clear_pointer(&c->rows, g_array_unref);
  c->crossing = NULL;
}

guint crosschart_n_months(const CrossChart *c)
{
  return c->crossing && c->crossing->n_directions ? c->crossing->directions[0].n_months : 0;
}

double crosschart_value(const CrossChart *c, guint direction, guint month)
{
  const CrossMonth *m = &c->crossing->directions[direction].months[month];
  if (m->active == 0)
    return NAN;
  return c->counts ? m->crossing : (double)m->crossing / m->active;
}

double crosschart_max(const CrossChart *c)
{
  double max = 0;
  for (guint d = 0; c->crossing && d < c->crossing->n_directions; d++)
    for (guint m = 0; m < crosschart_n_months(c); m++) {
      double v = crosschart_value(c, d, m);
      if (v > max && !crosschart_is_small(c, d, m))
        max = v;
    }
  return max;
}

gboolean crosschart_is_small(const CrossChart *c, guint direction, guint month)
{
  return c->crossing->directions[direction].months[month].active < CROSSCHART_SMALL;
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
  const CrossRow *x = a, *y = b;
  if (x->lessons != y->lessons)
    return x->lessons > y->lessons ? -1 : 1;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return x->crosser < y->crosser ? -1 : x->crosser > y->crosser;
}

/* Hits and distinct lessons of one student in one month, from the rows that are the evidence. */
static CrossRow in_month(const CrossChart *c, const Dataset *ds, guint place, int month)
{
  const Crosser *crosser = &c->crossing->crossers[place];
  CrossRow row = {.crosser = place};
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (gsize i = crosser->first_row; i < crosser->first_row + crosser->hits; i++) {
    guint32 at = g_array_index(c->crossing->rows, guint32, i);
    if (civil_month_of(civil_day_of(ds->log->time[at])) != month)
      continue;
    row.hits++;
    g_hash_table_add(seen, GUINT_TO_POINTER(ds->catalog->entry_of_path[ds->log->path[at]] + 1));
  }
  row.lessons = g_hash_table_size(seen);
  return row;
}

static void list_rows(CrossChart *c, const Dataset *ds)
{
  if (c->rows)
    g_array_unref(c->rows);
  c->rows = g_array_new(FALSE, FALSE, sizeof(CrossRow));
  if (!crosschart_n_months(c))
    return;
  int month = c->crossing->directions[0].months[c->month].month;
  for (guint i = 0; i < c->crossing->n; i++) {
    const Crosser *crosser = &c->crossing->crossers[i];
    CrossRow row = {i, crosser->hits, crosser->lessons};
    if (!c->everybody)
      row = in_month(c, ds, i, month);
    if (row.hits)
      g_array_append_val(c->rows, row);
  }
  g_array_sort(c->rows, compare_rows);
}

/* The chart opens on the month of the change, else on the one with most crossing. */
static guint first_month(const CrossChart *c)
{
  guint best = 0;
  double most = -1;
  for (guint d = 0; d < c->crossing->n_directions; d++) {
    const CrossDirection *dir = &c->crossing->directions[d];
    if (dir->verdict == CROSS_FELL)
      return (guint)dir->change.split;
    for (guint m = 0; m < dir->n_months; m++)
      if ((double)dir->months[m].crossing > most) {
        most = dir->months[m].crossing;
        best = m;
      }
  }
  return best;
}

/* The user under the cursor stays there when only the numbers have changed. */
static void keep_cursor(CrossChart *c, guint32 user)
{
  for (guint i = 0; i < c->rows->len; i++) {
    guint crosser = g_array_index(c->rows, CrossRow, i).crosser;
    if (c->crossing->crossers[crosser].user == user)
      c->cursor = i;
  }
}

void crosschart_refresh(CrossChart *c, const Dataset *ds, const Crossing *crossing, guint64 learned)
{
  gboolean changed = c->crossing != crossing || c->stamp != learned || !c->rows;
  gboolean had = c->cursor > 0; /* then `user` is on it */
  c->crossing = crossing;
  c->stamp = learned;
  guint n = crosschart_n_months(c);
  if (changed && n && !c->month_set)
    c->month = first_month(c);
  c->month = n ? MIN(c->month, n - 1) : 0;
  if (changed || c->list_month != c->month || c->list_everybody != c->everybody) {
    list_rows(c, ds);
    c->cursor = 0;
    if (changed && had && crossing)
      keep_cursor(c, c->user);
    if (c->cursor == 0)
      c->top = 0;
  }
  if (c->rows && c->cursor < c->rows->len)
    c->user = crossing->crossers[g_array_index(c->rows, CrossRow, c->cursor).crosser].user;
  c->list_month = c->month;
  c->list_everybody = c->everybody;
}
