/* Path: the breadcrumb as something to walk on. */
#include "tui/model/path.h"

#include <string.h>

#include "core/base/error.h"
#include "tui/model/history.h"

guint path_last(const State *s)
{
  return chips_depth(s->chips) + 1;
}

void path_goto(State *s, guint level)
{
  guint depth = chips_depth(s->chips);
  if (level > depth)
    return; /* one is there */
  state_remember(s);
  while (chips_depth(s->chips) > level)
    chips_up(s->chips);
  if (level == 0) {
    s->view = VIEW_PROGRAMS;
    return;
  }
  const Chip *last = chips_get(s->chips, level - 1);
  int next = state_next_pane(s, (PaneId)last->pane);
  if (next < 0 && last->term->values->len == 1) {
    timeline_set_subject(&s->timeline, FALSE, g_ptr_array_index(last->term->values, 0));
    s->view = VIEW_TIMELINE;
    return;
  }
  s->view = next < 0 ? VIEW_USERS : pane_view((PaneId)next);
}

guint path_level_here(const State *s)
{
  guint depth = chips_depth(s->chips);
  int own = view_is_pane(s->view) ? chips_find_drill(s->chips, (int)view_pane(s->view)) : -1;
  return own >= 0 ? (guint)own : depth;
}

/* The list of a pane in its order, with what is in force for it, computed at once and apart from
 * what is on the screen. FALSE with an error; then it is clear. */
static gboolean list_at_once(State *s, const Pane *p, Pane *ret, GError **error)
{
  const ColumnId columns[] = {COLUMN_LABEL, COLUMN_HITS};
  pane_init(ret, p->id);
  memcpy(ret->sort, p->sort, sizeof ret->sort);
  ret->n_sort = p->n_sort;
  ret->filter = g_strdup(p->filter);
  ret->all_kinds = p->all_kinds;
  ret->quiet = p->quiet;
  ret->running = p->running;
  Scope *scope = state_scope_for_pane(s, p->id);
  Work *w = work_new();
  work_begin(w, s->ds, -1);
  pane_ask(ret, w, WORK_FOCUS, s->generation, scope, columns, G_N_ELEMENTS(columns));
  work_wait(w, N_WORK);
  gboolean ok = pane_take(ret, w, WORK_FOCUS, s->ds, s->generation, error);
  work_end(w);
  work_free(w);
  scope_free(scope);
  if (!ok)
    pane_clear(ret);
  return ok;
}

/* Lets the cursor of a pane stand on the row of that id when it is listed again. */
static void set_cursor(Pane *p, const char *id)
{
  g_free(p->cursor_id);
  p->cursor_id = g_strdup(id);
  g_clear_pointer(&p->sort_stamp, g_free);
}

/* Place of the row with that id, or -1. */
static gint64 find(const State *s, const Pane *p, const char *id)
{
  for (guint i = 0; i < p->n_visible; i++) {
    g_autofree char *own = dimension_id(s->ds, p->dim, pane_row(p, i)->key);
    if (g_strcmp0(own ? own : "none", id) == 0)
      return i;
  }
  return -1;
}

/* The next row of the list, or -1 at its end. */
static gint64 next_place(const State *s, const Pane *p, const char *id, int step)
{
  gint64 at = find(s, p, id), to = at + step;
  if (at < 0)
    return p->n_visible ? 0 : -1;
  return to >= 0 && to < (gint64)p->n_visible ? to : -1;
}

/* The key of the row beside that of `id` in the list of `p`. FALSE with an error, or at its end. */
static gboolean find_beside(State *s, const Pane *p, const char *id, int step, guint32 *ret,
                            GError **error)
{
  Pane list;
  if (!list_at_once(s, p, &list, error))
    return FALSE;
  gint64 place = next_place(s, &list, id, step);
  if (place >= 0)
    *ret = pane_row(&list, (guint)place)->key;
  pane_clear(&list);
  return place >= 0;
}

/* In the timeline, without a path: the next user of the list it was opened from. */
static gboolean next_subject(State *s, int step, GError **error)
{
  Pane *p = &s->panes[s->timeline.by_ip ? PANE_IPS : PANE_USERS];
  guint32 key = 0;
  if (!find_beside(s, p, s->timeline.subject, step, &key, error))
    return FALSE;
  g_autofree char *id = dimension_id(s->ds, p->dim, key);
  history_leave(s);
  set_cursor(p, id);
  timeline_set_subject(&s->timeline, s->timeline.by_ip, id);
  return TRUE;
}

/* What belongs to one person or place goes with the step before it. */
static void drop_people_behind(State *s, guint level)
{
  for (guint i = chips_depth(s->chips); i-- > level;) {
    int pane = chips_get(s->chips, i)->pane;
    if (pane == PANE_USERS || pane == PANE_IPS)
      chips_remove(s->chips, i);
  }
}

/* A cohort belongs to one program: behind another it would leave nothing. */
static void drop_what_leaves_nothing(State *s, guint level)
{
  for (guint i = chips_depth(s->chips); i-- > level;) {
    Scope *scope = state_scope(s);
    Selection *sel = scope_select(scope, s->ds, NULL);
    scope_free(scope);
    gboolean empty = sel && sel->n == 0;
    selection_free(sel);
    if (!empty)
      return;
    chips_remove(s->chips, level); /* the nearest first: what lies behind may go on */
  }
}

gboolean path_sibling(State *s, guint level, int step, GError **error)
{
  guint depth = chips_depth(s->chips);
  if (s->view == VIEW_TIMELINE && s->timeline.subject && level == 0)
    return next_subject(s, step, error);
  if (level < 1 || level > depth) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "no step of a path to walk along; Enter on a row makes one");
    return FALSE;
  }
  const Chip *chip = chips_get(s->chips, level - 1);
  Pane *p = &s->panes[chip->pane];
  guint32 key = 0;
  const char *value = chip->term->values->len ? g_ptr_array_index(chip->term->values, 0) : "";
  if (!find_beside(s, p, value, step, &key, error))
    return FALSE;
  state_remember(s);
  ScopeTerm *term = scope_term_for_key(s->ds, p->dim, key, FALSE);
  g_autofree char *id = dimension_id(s->ds, p->dim, key);
  set_cursor(p, id);
  ((Chip *)chip)->term = (scope_term_free(chip->term), term);
  drop_people_behind(s, level);
  drop_what_leaves_nothing(s, level);
  if (s->view == VIEW_TIMELINE && (chip->pane == PANE_USERS || chip->pane == PANE_IPS))
    timeline_set_subject(&s->timeline, chip->pane == PANE_IPS, g_ptr_array_index(term->values, 0));
  else if (s->view == VIEW_TIMELINE)
    s->view = VIEW_USERS;
  return TRUE;
}
