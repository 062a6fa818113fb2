/* Comparison: where Enter leads. The filters of the scope stay; Backspace comes back. */
#include <string.h>

#include "tui/views/compare_open.h"

static void add_term(GString *scope, ScopeTerm *term)
{
  g_autofree char *text = scope_term_print(term);
  g_string_append_printf(scope, "%s%s", scope->len ? " " : "", text);
  scope_term_free(term);
}

/* Either side: cohort=34,55 */
static ScopeTerm *both_sides(const State *s)
{
  const Versus *v = &s->versus;
  ScopeTerm *term = scope_term_for_key(s->ds, v->dim, v->c->side[0].key, FALSE);
  ScopeTerm *other = scope_term_for_key(s->ds, v->dim, v->c->side[1].key, FALSE);
  for (guint i = 0; i < other->values->len; i++)
    g_ptr_array_add(term->values, g_strdup(g_ptr_array_index(other->values, i)));
  scope_term_free(other);
  return term;
}

static gboolean enter_side(State *s, GString *scope, guint side, GError **error)
{
  static const ViewId to[N_PANES] = {[PANE_PROGRAMS] = VIEW_COHORTS,
                                     [PANE_COHORTS] = VIEW_LESSONS,
                                     [PANE_LESSONS] = VIEW_USERS,
                                     [PANE_USERS] = VIEW_TIMELINE,
                                     [PANE_IPS] = VIEW_USERS};
  const Versus *v = &s->versus;
  add_term(scope, scope_term_for_key(s->ds, v->dim, v->c->side[side].key, FALSE));
  return state_follow(s, to[versus_pane(v->dim)], scope->str, error);
}

/* The timeline of who was first, with the cursor on that hit. */
static gboolean enter_meeting(State *s, GString *scope, guint at, GError **error)
{
  const Versus *v = &s->versus;
  CompareMeeting x = g_array_index(v->c->meetings, CompareMeeting, at);
  add_term(scope, scope_term_for_key(s->ds, v->dim, v->c->side[x.first].key, FALSE));
  if (!state_follow(s, VIEW_TIMELINE, scope->str, error) ||
      !timeline_refresh(&s->timeline, s->ds, s->generation, s->chips, error))
    return FALSE;
  if (s->timeline.valid)
    timeline_seek(&s->timeline, s->ds, x.from);
  return TRUE;
}

gboolean compare_enter(State *s, GError **error)
{
  const Versus *v = &s->versus;
  if (!v->c)
    return TRUE;
  Scope *own = chips_scope_for_pane(s->chips, versus_pane(v->dim));
  g_autofree char *text = scope_print(own);
  scope_free(own);
  g_autoptr(GString) scope = g_string_new(text);
  if (v->cursor < VERSUS_SIDES)
    return enter_side(s, scope, v->cursor, error);
  if (v->list == VERSUS_MEETINGS)
    return v->cursor - VERSUS_SIDES >= v->c->meetings->len ||
           enter_meeting(s, scope, v->cursor - VERSUS_SIDES, error);
  const CompareRow *row = versus_row(v, v->cursor);
  if (!row)
    return TRUE;
  add_term(scope, both_sides(s));
  add_term(scope,
           scope_term_for_key(s->ds, v->list == VERSUS_IPS ? DIM_IP : v->c->by, row->key, FALSE));
  return state_follow(s, VIEW_USERS, scope->str, error);
}
