/* Panes: the five linked rankings. */
#include "tui/model/pane.h"

#include <string.h>

#include "core/base/text.h"

static const struct {
  const char *name, *title;
  Dimension dim;
  EntityType entity;
} panes[N_PANES] = {
    [PANE_PROGRAMS] = {"programs", "PROGRAMS", DIM_PROGRAM, ENTITY_PROGRAM},
    [PANE_COHORTS] = {"cohorts", "COHORTS", DIM_COHORT, ENTITY_COHORT},
    [PANE_LESSONS] = {"lessons", "LESSONS", DIM_LESSON, ENTITY_LESSON},
    [PANE_USERS] = {"users", "USERS", DIM_USER, ENTITY_USER},
    [PANE_IPS] = {"ips", "IPS", DIM_IP, ENTITY_IP},
};

const char *pane_name(PaneId id)
{
  return panes[id].name;
}

const char *pane_title(PaneId id)
{
  return panes[id].title;
}

Dimension pane_dimension(PaneId id)
{
  return panes[id].dim;
}

EntityType pane_entity_type(PaneId id)
{
  return panes[id].entity;
}

gboolean pane_parse(const char *name, PaneId *ret)
{
  for (int i = 0; i < N_PANES; i++)
    if (g_ascii_strcasecmp(panes[i].name, name) == 0 ||
        g_ascii_strcasecmp(dimension_info(panes[i].dim)->name, name) == 0) {
      *ret = (PaneId)i;
      return TRUE;
    }
  return FALSE;
}

void pane_init(Pane *p, PaneId id)
{
  memset(p, 0, sizeof *p);
  p->id = id;
  p->dim = panes[id].dim;
  p->sort[0] = (PaneSort){COLUMN_HITS, FALSE};
  p->n_sort = 1;
  p->column = COLUMN_HITS;
  p->bucket = BUCKET_WEEK;
  p->pins = g_ptr_array_new_with_free_func(g_free);
}

void pane_drop_scope(Pane *p)
{
  g_clear_pointer(&p->ranking, ranking_free);
  g_clear_pointer(&p->baseline, ranking_free);
  g_clear_pointer(&p->visible, g_free);
  g_clear_pointer(&p->stamp, g_free);
  g_clear_pointer(&p->sort_stamp, g_free);
  pane_sparks_drop(p);
  p->n_visible = p->n_pinned = p->n_fixed = 0;
  g_clear_error(&p->error);
  p->late = p->has_lift = FALSE;
}

void pane_drop(Pane *p)
{
  pane_drop_scope(p);
  pane_whole_drop(p);
}

void pane_clear(Pane *p)
{
  pane_drop(p);
  g_clear_pointer(&p->filter, g_free);
  g_clear_pointer(&p->cursor_id, g_free);
  g_clear_pointer(&p->wanted, g_free);
  g_clear_pointer(&p->task_stamp, g_free);
  g_clear_pointer(&p->spark_wanted, g_free);
  g_clear_pointer(&p->pins, g_ptr_array_unref);
}

gboolean text_matches(const char *haystack, const char *needle)
{
  gboolean upper = FALSE;
  for (const char *s = needle; *s; s++)
    upper = upper || g_ascii_isupper(*s);
  if (upper)
    return strstr(haystack, needle) != NULL;
  size_t n = strlen(needle);
  for (const char *s = haystack; *s; s++)
    if (g_ascii_strncasecmp(s, needle, n) == 0)
      return TRUE;
  return n == 0;
}

/* --- what is listed, in which order ------------------------------------------------------------
 */

/* Text columns sort by the order of what they name. */
static double sort_value(const Pane *p, const Dataset *ds, const RankRow *row, ColumnId column)
{
  switch (column) {
  case COLUMN_LABEL:
    return dimension_place(ds, p->dim, row->key);
  case COLUMN_COHORT:
    return ds->user_cohort[row->key];
  case COLUMN_PROGRAM:
    return cohort_table_get(ds->log->cohorts, (guint16)row->key)->program;
  case COLUMN_KIND:
    return ds->catalog->entries[row->key].kind;
  default:
    return pane_shown_value(p, ds, row, column);
  }
}

static gboolean listed(Pane *p, const Dataset *ds, const RankRow *row)
{
  if (row->hits == 0)
    return FALSE; /* was pinned once */
  if (p->dim == DIM_LESSON && !p->all_kinds) {
    Kind kind = (Kind)ds->catalog->kind_of_entry[row->key];
    if (kind != KIND_LESSON) {
      p->unlisted[kind] += row->hits;
      p->unlisted_hits += row->hits;
      return FALSE;
    }
  }
  if (!p->filter || !*p->filter)
    return TRUE;
  g_autofree char *label = dimension_label(ds, p->dim, row->key);
  if (text_matches(label, p->filter))
    return TRUE;
  g_autofree char *id = dimension_id(ds, p->dim, row->key);
  return id && text_matches(id, p->filter);
}

/* The ranking comes with most hits first, which is how most lists are shown. */
static gboolean sorted_as_ranked(const Pane *p)
{
  return p->n_sort == 1 && p->sort[0].column == COLUMN_HITS && !p->sort[0].ascending &&
         p->base[COLUMN_HITS] == BASE_NONE;
}

/* All but the pinned rows. */
static void sort_visible(Pane *p, const Dataset *ds)
{
  gboolean ascending[G_N_ELEMENTS(p->sort)];
  g_autofree double *values = g_new(double, (gsize)p->ranking->n *MAX(p->n_sort, 1) + 1);
  for (guint s = 0; s < p->n_sort; s++) {
    ascending[s] = p->sort[s].ascending;
    for (guint32 i = 0; i < p->ranking->n; i++)
      values[(gsize)i * p->n_sort + s] = sort_value(p, ds, &p->ranking->rows[i], p->sort[s].column);
  }
  ranking_order(ds, p->ranking, values, ascending, p->n_sort, p->visible + p->n_pinned,
                p->n_visible - p->n_pinned);
}

static void list_rows(Pane *p, const Dataset *ds)
{
  memset(p->unlisted, 0, sizeof p->unlisted);
  p->unlisted_hits = 0;
  g_free(p->visible);
  guint32 before = p->ranking->n;
  g_autoptr(GArray) pinned = pane_pin_places(p, ds);
  if (p->ranking->n != before)
    pane_sparks_drop(p);
  p->visible = g_new(guint32, (gsize)p->ranking->n + pinned->len + 1);
  p->n_visible = p->n_pinned = 0;
  g_autofree guint8 *is_pinned = g_new0(guint8, (gsize)p->ranking->n + 1);
  for (guint i = 0; i < pinned->len; i++) {
    guint32 at = g_array_index(pinned, guint32, i);
    if (!is_pinned[at])
      p->visible[p->n_pinned++] = at;
    is_pinned[at] = 1;
  }
  p->n_visible = p->n_pinned;
  for (guint32 i = 0; i < p->ranking->n; i++)
    if (listed(p, ds, &p->ranking->rows[i]) && !is_pinned[i])
      p->visible[p->n_visible++] = i;
  if (!sorted_as_ranked(p))
    sort_visible(p, ds);
}

/* Puts the cursor back on the row that it was on. */
static void restore_cursor(Pane *p, const Dataset *ds)
{
  guint32 key = 0;
  if (p->cursor_id && dimension_find(ds, p->dim, p->cursor_id, &key)) {
    for (guint i = 0; i < p->n_visible; i++)
      if (p->ranking->rows[p->visible[i]].key == key) {
        p->cursor = i;
        return;
      }
  } else if (p->cursor_id && !*p->cursor_id) { /* the row without an id: "(none)" */
    for (guint i = 0; i < p->n_visible; i++) {
      g_autofree char *id = dimension_id(ds, p->dim, p->ranking->rows[p->visible[i]].key);
      if (!id) {
        p->cursor = i;
        return;
      }
    }
  }
  if (!p->cursor_id)
    p->cursor = 0;
  if (p->cursor >= p->n_visible)
    p->cursor = p->n_visible ? p->n_visible - 1 : 0;
}

void pane_list(Pane *p, const Dataset *ds)
{
  GString *order = g_string_new(NULL);
  for (guint i = 0; i < p->n_sort; i++)
    g_string_append_printf(order, "%d%c%d", p->sort[i].column, p->sort[i].ascending ? '+' : '-',
                           p->base[p->sort[i].column]);
  g_string_append_printf(order, "|%d|%d|%s", p->all_kinds, p->running ? p->running->in->cohort : 0,
                         p->filter ? p->filter : "");
  if (p->ranking && g_strcmp0(order->str, p->sort_stamp) != 0) {
    list_rows(p, ds);
    g_free(p->sort_stamp);
    p->sort_stamp = g_string_free(order, FALSE);
    restore_cursor(p, ds);
  } else {
    g_string_free(order, TRUE);
  }
  if (p->ranking)
    pane_scales_refresh(p, ds);
}

/* --- cursor ------------------------------------------------------------------------------------
 */

void pane_scroll(Pane *p, int height)
{
  guint h = height > 0 ? (guint)height : 1;
  if (p->cursor >= p->n_visible)
    p->cursor = p->n_visible ? p->n_visible - 1 : 0;
  /* at least half of the lines scroll */
  p->n_fixed = MIN(p->n_pinned, h / 2);
  if (p->cursor >= p->n_fixed && p->cursor < p->top + p->n_fixed)
    p->top = p->cursor - p->n_fixed;
  if (p->cursor >= p->top + h)
    p->top = p->cursor - h + 1;
  if (p->n_visible <= h)
    p->top = 0;
  else if (p->top > p->n_visible - h)
    p->top = p->n_visible - h;
}

void pane_move_to(Pane *p, const Dataset *ds, gint64 to)
{
  if (p->n_visible == 0)
    return;
  p->cursor = (guint)CLAMP(to, 0, (gint64)p->n_visible - 1);
  g_free(p->cursor_id);
  p->cursor_id = dimension_id(ds, p->dim, p->ranking->rows[p->visible[p->cursor]].key);
  if (!p->cursor_id)
    p->cursor_id = g_strdup("");
}

gboolean pane_cursor_key(const Pane *p, guint32 *ret)
{
  if (!p->ranking || p->cursor >= p->n_visible)
    return FALSE;
  *ret = p->ranking->rows[p->visible[p->cursor]].key;
  return TRUE;
}

const RankRow *pane_row(const Pane *p, guint place)
{
  return &p->ranking->rows[p->visible[place]];
}

void pane_sort_by(Pane *p, ColumnId column, gboolean add)
{
  p->sorted = TRUE;
  for (guint i = 0; i < p->n_sort; i++)
    if (p->sort[i].column == column) {
      if (i == 0 || add) {
        p->sort[i].ascending = !p->sort[i].ascending;
        return;
      }
    }
  PaneSort key = {column, column_info(column)->type == COLUMN_IS_TEXT};
  if (add && p->n_sort < G_N_ELEMENTS(p->sort)) {
    p->sort[p->n_sort++] = key;
  } else {
    p->sort[0] = key;
    p->n_sort = 1;
  }
}

gint64 pane_search(const Pane *p, const Dataset *ds, const char *text, guint from, gboolean back,
                   gboolean inclusive)
{
  guint n = p->n_visible;
  if (n == 0)
    return -1;
  for (guint step = inclusive ? 0 : 1; step <= n; step++) {
    guint at = back ? (from + n - step % n) % n : (from + step) % n;
    g_autofree char *label = dimension_label(ds, p->dim, pane_row(p, at)->key);
    if (text_matches(label, text))
      return at;
  }
  return -1;
}
