/* Path: the breadcrumb as something to walk on. */
#include "tui/model/path.h"

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

/* The list of a pane in its order, with what is in force for it; FALSE with an error. */
static gboolean refresh(State *s, Pane *p, GError **error)
{
  Scope *scope = state_scope_for_pane(s, p->id);
  const ColumnId columns[] = {COLUMN_LABEL, COLUMN_HITS};
  gboolean ok = pane_refresh(p, s->ds, s->generation, scope, columns, G_N_ELEMENTS(columns), error);
  scope_free(scope);
  return ok;
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

/* In the timeline, without a path: the next user of the list it was opened from. */
static gboolean next_subject(State *s, int step, GError **error)
{
  Pane *p = &s->panes[s->timeline.by_ip ? PANE_IPS : PANE_USERS];
  if (!refresh(s, p, error))
    return FALSE;
  gint64 place = next_place(s, p, s->timeline.subject ? s->timeline.subject : "", step);
  if (place < 0)
    return FALSE;
  g_autofree char *id = dimension_id(s->ds, p->dim, pane_row(p, (guint)place)->key);
  history_leave(s);
  pane_move_to(p, s->ds, place);
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
  if (!refresh(s, p, error))
    return FALSE;
  const char *id = chip->term->values->len ? g_ptr_array_index(chip->term->values, 0) : "";
  gint64 place = next_place(s, p, id, step);
  if (place < 0)
    return FALSE;
  state_remember(s);
  ScopeTerm *term = scope_term_for_key(s->ds, p->dim, pane_row(p, (guint)place)->key, FALSE);
  pane_move_to(p, s->ds, place);
  ((Chip *)chip)->term = (scope_term_free(chip->term), term);
  drop_people_behind(s, level);
  drop_what_leaves_nothing(s, level);
  if (s->view == VIEW_TIMELINE && (chip->pane == PANE_USERS || chip->pane == PANE_IPS))
    timeline_set_subject(&s->timeline, chip->pane == PANE_IPS, g_ptr_array_index(term->values, 0));
  else if (s->view == VIEW_TIMELINE)
    s->view = VIEW_USERS;
  return TRUE;
}
