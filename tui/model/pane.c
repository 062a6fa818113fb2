/* Panes: the five linked rankings. */
#include "tui/model/pane.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"

static const struct {
  const char *name, *title;
  Dimension dim;
} panes[N_PANES] = {
    [PANE_PROGRAMS] = {"programs", "PROGRAMS", DIM_PROGRAM},
    [PANE_COHORTS] = {"cohorts", "COHORTS", DIM_COHORT},
    [PANE_LESSONS] = {"lessons", "LESSONS", DIM_LESSON},
    [PANE_USERS] = {"users", "USERS", DIM_USER},
    [PANE_IPS] = {"ips", "IPS", DIM_IP},
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

/* What belongs to one scope. */
static void drop_scope(Pane *p)
{
  g_clear_pointer(&p->ranking, ranking_free);
  g_clear_pointer(&p->baseline, ranking_free);
  g_clear_pointer(&p->visible, g_free);
  g_clear_pointer(&p->selection, selection_free);
  g_clear_pointer(&p->stamp, g_free);
  g_clear_pointer(&p->sort_stamp, g_free);
  pane_sparks_drop(p);
  p->n_visible = p->n_pinned = p->n_fixed = 0;
  p->scope_hits = 0;
}

void pane_drop(Pane *p)
{
  drop_scope(p);
  pane_whole_drop(p);
}

void pane_clear(Pane *p)
{
  pane_drop(p);
  g_clear_pointer(&p->filter, g_free);
  g_clear_pointer(&p->cursor_id, g_free);
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

/* --- measuring -------------------------------------------------------------------------------- */

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

static void apply_lift(Pane *p, const Dataset *ds)
{
  guint32 n_keys = dimension_count(ds, p->dim);
  g_autofree double *share = g_new0(double, n_keys + 1);
  if (p->baseline)
    for (guint32 i = 0; i < p->baseline->n; i++)
      share[p->baseline->rows[i].key] =
          (double)p->baseline->rows[i].hits / (double)MAX(p->baseline->hits, 1);
  for (guint32 i = 0; i < p->ranking->n; i++) {
    RankRow *row = &p->ranking->rows[i];
    double here = (double)row->hits / (double)MAX(p->ranking->hits, 1);
    row->lift = p->baseline && share[row->key] > 0 ? here / share[row->key] : NAN;
  }
}

guint32 pane_count_users(const Dataset *ds, const Selection *sel)
{
  guint32 n_users = strpool_count(ds->log->users);
  g_autofree guint8 *seen = g_new0(guint8, n_users + 1);
  guint32 n = 0;
  for (guint32 i = 0; i < sel->n; i++) {
    guint32 u = ds->log->user[selection_row(sel, i)];
    n += !seen[u];
    seen[u] = 1;
  }
  return n;
}

/* --- what is listed, in which order ------------------------------------------------------------
 */

typedef struct {
  const Pane *pane;
  const Dataset *ds;
  const double *values; /* ranking->n x n_sort */
} SortContext;

/* Text columns sort by the order of what they name. */
static double text_rank(const Pane *p, const Dataset *ds, const RankRow *row, ColumnId column)
{
  switch (column) {
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

static gint compare_rows(gconstpointer pa, gconstpointer pb, gpointer data)
{
  const SortContext *c = data;
  guint32 a = *(const guint32 *)pa, b = *(const guint32 *)pb;
  const Pane *p = c->pane;
  for (guint s = 0; s < p->n_sort; s++) {
    int d = 0;
    if (p->sort[s].column == COLUMN_LABEL) {
      d = dimension_compare(c->ds, p->dim, p->ranking->rows[a].key, p->ranking->rows[b].key);
    } else {
      double va = c->values[(gsize)a * p->n_sort + s], vb = c->values[(gsize)b * p->n_sort + s];
      if (isnan(va) || isnan(vb)) { /* what is unknown goes last either way */
        if (isnan(va) && isnan(vb))
          continue;
        return isnan(va) ? 1 : -1;
      }
      d = va < vb ? -1 : va > vb;
    }
    if (d)
      return p->sort[s].ascending ? d : -d;
  }
  return dimension_compare(c->ds, p->dim, p->ranking->rows[a].key, p->ranking->rows[b].key);
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
  g_autofree double *values = g_new(double, (gsize)p->ranking->n *MAX(p->n_sort, 1) + 1);
  for (guint32 i = 0; i < p->ranking->n; i++) {
    const RankRow *row = &p->ranking->rows[i];
    if (listed(p, ds, row) && !is_pinned[i])
      p->visible[p->n_visible++] = i;
    for (guint s = 0; s < p->n_sort; s++)
      values[(gsize)i * p->n_sort + s] = text_rank(p, ds, row, p->sort[s].column);
  }
  SortContext context = {p, ds, values};
  g_qsort_with_data(p->visible + p->n_pinned, (gint)(p->n_visible - p->n_pinned),
                    sizeof *p->visible, compare_rows, &context);
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

gboolean pane_refresh(Pane *p, const Dataset *ds, guint64 generation, const Scope *scope,
                      const ColumnId *columns, guint n_columns, GError **error)
{
  g_autofree char *scope_text = scope_print(scope);
  guint measures = measures_of(p, columns, n_columns);
  gboolean lift = has_column(columns, n_columns, COLUMN_LIFT) ||
                  (p->n_sort && p->sort[0].column == COLUMN_LIFT);
  g_autofree char *bases = pane_bases_print(p);
  g_autofree char *stamp = g_strdup_printf("%" G_GUINT64_FORMAT "|%x|%s|%d|%s", generation,
                                           measures, bases, lift, scope_text);
  if (g_strcmp0(stamp, p->stamp) != 0) {
    g_autoptr(GError) local = NULL;
    Selection *sel = scope_select(scope, ds, &local);
    drop_scope(p);
    if (!sel) {
      g_propagate_error(error, g_steal_pointer(&local));
      return FALSE;
    }
    RankRequest req = {.by = p->dim, .measures = measures};
    p->ranking = rank(ds, sel, &req);
    p->scope_hits = sel->n;
    if (lift) {
      Scope *base = baseline_scope(scope);
      Selection *base_sel = base ? scope_select(base, ds, NULL) : NULL;
      RankRequest base_req = {.by = p->dim, .measures = MEASURE_BIT(MEASURE_HITS)};
      if (base_sel)
        p->baseline = rank(ds, base_sel, &base_req);
      selection_free(base_sel);
      scope_free(base);
      apply_lift(p, ds);
    }
    pane_bases_refresh(p, ds, generation, sel);
    p->selection = sel; /* the trends are counted when it is known what is in sight */
    p->stamp = g_steal_pointer(&stamp);
  }
  GString *order = g_string_new(NULL);
  for (guint i = 0; i < p->n_sort; i++)
    g_string_append_printf(order, "%d%c%d", p->sort[i].column, p->sort[i].ascending ? '+' : '-',
                           p->base[p->sort[i].column]);
  g_string_append_printf(order, "|%d|%d|%s", p->all_kinds, p->running ? p->running->in->cohort : 0,
                         p->filter ? p->filter : "");
  if (g_strcmp0(order->str, p->sort_stamp) != 0) {
    list_rows(p, ds);
    g_free(p->sort_stamp);
    p->sort_stamp = g_string_free(order, FALSE);
    restore_cursor(p, ds);
  } else {
    g_string_free(order, TRUE);
  }
  pane_scales_refresh(p, ds);
  return TRUE;
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
