/* Versus: the comparison that the explorer shows. */
#include "tui/model/versus.h"

#include <string.h>

void versus_drop(Versus *v)
{
  g_clear_pointer(&v->c, comparison_free);
  g_clear_pointer(&v->stamp, g_free);
  for (guint s = 0; s < 2; s++)
    g_clear_pointer(&v->label[s], g_free);
}

void versus_clear(Versus *v)
{
  versus_drop(v);
  for (guint s = 0; s < 2; s++)
    g_clear_pointer(&v->id[s], g_free);
}

void versus_set(Versus *v, Dimension dim, const char *a, const char *b)
{
  if (v->dim == dim && g_strcmp0(v->id[0], a) == 0 && g_strcmp0(v->id[1], b) == 0)
    return;
  char *first = g_strdup(a), *second = g_strdup(b);
  versus_clear(v);
  v->dim = dim;
  v->id[0] = first;
  v->id[1] = second;
  v->list = VERSUS_ROWS;
  v->cursor = v->top = v->week = 0;
}

PaneId versus_pane(Dimension dim)
{
  switch (dim) {
  case DIM_PROGRAM:
    return PANE_PROGRAMS;
  case DIM_COHORT:
    return PANE_COHORTS;
  case DIM_LESSON:
    return PANE_LESSONS;
  case DIM_IP:
    return PANE_IPS;
  default:
    return PANE_USERS;
  }
}

/* "" stands for the row without an id. */
static gboolean find_side(const Dataset *ds, Dimension dim, const char *id, guint32 *ret)
{
  return dimension_find(ds, dim, *id ? id : "none", ret);
}

gboolean versus_refresh(Versus *v, const Dataset *ds, guint64 generation, const Chips *chips,
                        GError **error)
{
  Scope *scope = chips_scope_for_pane(chips, versus_pane(v->dim));
  g_autofree char *text = scope_print(scope);
  g_autofree char *stamp = g_strdup_printf("%" G_GUINT64_FORMAT "|%s", generation, text);
  guint32 keys[2];
  gboolean ok = TRUE;
  if (g_strcmp0(stamp, v->stamp) != 0) {
    versus_drop(v);
    if (v->id[0] && v->id[1] && find_side(ds, v->dim, v->id[0], &keys[0]) &&
        find_side(ds, v->dim, v->id[1], &keys[1])) {
      v->c = comparison_new(ds, scope, v->dim, keys, ds->session_gap, error);
      ok = v->c != NULL;
      for (guint s = 0; s < 2; s++)
        v->label[s] = dimension_label(ds, v->dim, keys[s]);
    }
    if (ok)
      v->stamp = g_steal_pointer(&stamp);
  }
  scope_free(scope);
  guint n = versus_count(v), weeks = versus_weeks(v);
  v->cursor = n ? MIN(v->cursor, n - 1) : 0;
  v->week = weeks ? MIN(v->week, weeks - 1) : 0;
  return ok;
}

static guint list_length(const Versus *v)
{
  if (!v->c)
    return 0;
  return v->list == VERSUS_ROWS  ? v->c->n_rows
         : v->list == VERSUS_IPS ? v->c->n_shared
                                 : v->c->meetings->len;
}

guint versus_count(const Versus *v)
{
  return v->c ? VERSUS_SIDES + list_length(v) : 0;
}

/* Has the list anything to do with what is compared? */
static gboolean list_applies(const Versus *v, VersusList list)
{
  return list == VERSUS_ROWS || (list == VERSUS_IPS && v->dim != DIM_IP) ||
         (list == VERSUS_MEETINGS && v->dim == DIM_USER);
}

void versus_next_list(Versus *v)
{
  do
    v->list = (VersusList)((v->list + 1) % N_VERSUS_LISTS);
  while (!list_applies(v, v->list));
  v->top = 0;
  v->cursor = MIN(v->cursor, VERSUS_SIDES);
}

const CompareRow *versus_row(const Versus *v, guint entry)
{
  if (!v->c || entry < VERSUS_SIDES || entry >= versus_count(v) || v->list == VERSUS_MEETINGS)
    return NULL;
  return (v->list == VERSUS_ROWS ? v->c->rows : v->c->shared) + (entry - VERSUS_SIDES);
}

gboolean versus_on_course(const Versus *v)
{
  return v->c && v->c->n_course && !v->calendar;
}

guint versus_weeks(const Versus *v)
{
  return !v->c ? 0 : versus_on_course(v) ? v->c->n_course : v->c->n_weeks;
}

const guint32 *versus_week_hits(const Versus *v, guint side)
{
  return versus_on_course(v) ? v->c->side[side].course : v->c->side[side].weeks;
}

gboolean versus_is_to_come(const Versus *v, const Dataset *ds, guint side, guint week)
{
  if (!versus_on_course(v))
    return FALSE;
  const Cohort *cohort = cohort_table_get(ds->log->cohorts, (guint16)v->c->side[side].key);
  return cohort->start + 7 * (CivilDay)week >= ds->log->first_day + (CivilDay)ds->log->n_days;
}
