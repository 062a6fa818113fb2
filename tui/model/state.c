/* State: everything the explorer knows between two keys. */
#include "tui/model/history.h"
#include "tui/model/state.h"
#include "tui/model/timestep.h"

State *state_new(void)
{
  State *s = g_new0(State, 1);
  s->chips = chips_new();
  s->work = work_new();
  s->likely_staff_hits = -1;
  s->frame_us = -1;
  for (int i = 0; i < N_PANES; i++)
    pane_init(&s->panes[i], (PaneId)i);
  for (int v = 0; v < N_VIEWS; v++)
    s->bucket[v] = timestep_default((ViewId)v);
  timeline_init(&s->timeline);
  queue_init(&s->queue);
  s->casebook = casebook_new();
  s->stacks = stacks_new();
  s->now = CIVIL_NONE;
  s->crumb = -1;
  s->undo_order = g_string_new(NULL);
  s->redo_order = g_string_new(NULL);
  s->view = VIEW_PROGRAMS;
  s->back = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
  s->forward = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
  s->undo = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
  s->redo = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
  s->prompt.text = g_string_new(NULL);
  s->today = CIVIL_DAY_NONE;
  return s;
}

void state_free(State *s)
{
  if (!s)
    return;
  work_free(s->work); /* nothing may read what goes now */
  s->work = NULL;
  for (int v = 0; v < N_VIEWS; v++) {
    if (s->view_data[v] && s->view_data_free[v])
      s->view_data_free[v](s->view_data[v]);
    s->view_data[v] = NULL;
  }
  for (int i = 0; i < N_PANES; i++)
    pane_clear(&s->panes[i]);
  timeline_clear(&s->timeline);
  detail_clear(&s->detail);
  queue_clear(&s->queue);
  versus_clear(&s->versus);
  casebook_free(s->casebook);
  stacks_free(s->stacks);
  g_free(s->author);
  g_free(s->flag);
  g_free(s->last_mark);
  g_string_free(s->undo_order, TRUE);
  g_string_free(s->redo_order, TRUE);
  chips_free(s->chips);
  g_ptr_array_unref(s->back);
  g_ptr_array_unref(s->forward);
  g_ptr_array_unref(s->undo);
  g_ptr_array_unref(s->redo);
  g_string_free(s->prompt.text, TRUE);
  g_free(s->prompt.label);
  g_free(s->prompt.command);
  g_free(s->prompt.before);
  menu_free(s->menu);
  g_free(s->search);
  g_free(s->message);
  g_free(s->total_stamp);
  g_free(s->total_wanted);
  g_free(s->copy);
  g_free(s->follow);
  g_free(s->source);
  if (s->report)
    load_report_free(s->report);
  state_forget(s);
  place_free(s->origin);
  if (s->ds)
    dataset_free(s->ds);
  g_free(s);
}

void state_drop_views(State *s)
{
  for (int v = 0; v < N_VIEWS; v++)
    if (s->view_data[v] && s->view_data_drop[v])
      s->view_data_drop[v](s->view_data[v]);
}

void state_forget(State *s)
{
  if (s->work)
    work_halt(s->work);
  queue_drop(&s->queue); /* points into the flags */
  state_drop_views(s);
  for (guint i = 0; i < N_QUESTIONS; i++)
    g_clear_pointer(&s->answers[i], answer_free);
  if (s->ds) {
    s->ds->flagged_user = NULL;
    s->ds->flagged_ip = NULL;
  }
  g_clear_pointer(&s->flags, flag_set_free);
  g_clear_pointer(&s->crossing, crossing_free);
  for (int i = 0; i < N_PANES; i++)
    s->panes[i].quiet = NULL, s->panes[i].running = NULL;
  g_clear_pointer(&s->quiet, quiet_index_free);
  g_clear_pointer(&s->study, study_free);
  s->likely_staff_hits = -1;
  g_clear_pointer(&s->learned_ds, dataset_free);
  g_clear_pointer(&s->complaint, g_free);
  s->learned++;
}

void state_flags_changed(State *s)
{
  s->learned++;
  for (int i = 0; i < N_PANES; i++)
    g_clear_pointer(&s->panes[i].stamp, g_free);
  g_clear_pointer(&s->timeline.stamp, g_free);
  g_clear_pointer(&s->total_stamp, g_free);
  detail_clear(&s->detail);
}

void state_set_dataset(State *s, Dataset *ds)
{
  work_halt(s->work);
  /* keys of the old dataset mean nothing in the new one */
  for (int i = 0; i < N_PANES; i++)
    pane_drop(&s->panes[i]);
  timeline_drop(&s->timeline);
  detail_clear(&s->detail);
  versus_drop(&s->versus);
  state_forget(s);
  if (s->ds)
    dataset_free(s->ds);
  s->ds = ds;
  s->generation++;
  if (!s->today_given)
    s->today =
        ds && ds->log->n_days ? ds->log->first_day + (CivilDay)ds->log->n_days - 1 : CIVIL_DAY_NONE;
}

const char *state_why_not_learned(const State *s)
{
  if (s->learning || s->loading.active)
    return "being computed";
  return s->complaint ? s->complaint : "not computed";
}

Pane *state_pane(State *s)
{
  return view_is_pane(s->view) ? &s->panes[view_pane(s->view)] : NULL;
}

/* --- messages ----------------------------------------------------------------------------------
 */

void state_clear_message(State *s)
{
  g_clear_pointer(&s->message, g_free);
  s->message_is_error = FALSE;
}

void state_message(State *s, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  g_free(s->message);
  s->message = g_strdup_vprintf(format, args);
  s->message_is_error = FALSE;
  va_end(args);
}

void state_error(State *s, const GError *error)
{
  state_message(s, "%s", error->message);
  s->message_is_error = TRUE;
}

void state_show_menu(State *s, Menu *m)
{
  menu_update(m);
  menu_free(s->menu);
  s->menu = m;
}

/* --- scopes ------------------------------------------------------------------------------------
 */

Scope *state_scope(const State *s)
{
  return chips_scope(s->chips);
}

static gpointer totals_run(const Task *t, const Dataset *ds, const Selection *sel,
                           const Selection *base, const gint *stop)
{
  (void)base;
  RankRow *row = g_new(RankRow, 1);
  (void)t;
  if (rank_totals(ds, sel, MEASURE_BIT(MEASURE_USERS), stop, row))
    return row;
  g_free(row);
  return NULL;
}

void state_ask_totals(State *s)
{
  g_autofree char *scope_text = chips_print(s->chips);
  g_free(s->total_wanted);
  s->total_wanted = g_strdup_printf("totals|%" G_GUINT64_FORMAT "|%s", s->generation, scope_text);
  if (!s->ds || g_strcmp0(s->total_wanted, s->total_stamp) == 0)
    return;
  Task *t = g_new0(Task, 1);
  *t = (Task){.part = WORK_TOTALS,
              .stamp = g_strdup(s->total_wanted),
              .scope = state_scope(s),
              .run = totals_run,
              .result_free = g_free};
  work_ask(s->work, t);
}

gboolean state_take_totals(State *s, GError **error)
{
  s->total_late = s->ds && g_strcmp0(s->total_wanted, s->total_stamp) != 0;
  Task *t = s->total_late ? work_take(s->work, WORK_TOTALS, s->total_wanted) : NULL;
  if (!t)
    return TRUE;
  const RankRow *row = t->result;
  gboolean ok = row != NULL;
  s->total_late = FALSE;
  if (ok) {
    s->total_hits = row->hits;
    s->total_users = row->users;
    g_free(s->total_stamp);
    s->total_stamp = g_strdup(t->stamp);
  } else {
    g_propagate_error(error, g_steal_pointer(&t->error));
  }
  task_free(t);
  return ok;
}

/* Does the list of `pane` follow the cursor of the focused pane? Lists that one came through do
 * not: they stay whole. */
static gboolean follows(const State *s, PaneId pane)
{
  if (!view_is_pane(s->view) || view_pane(s->view) == pane)
    return FALSE;
  int own = chips_find_drill(s->chips, (int)pane);
  int focus = chips_find_drill(s->chips, (int)view_pane(s->view));
  if (own >= 0)
    return focus >= 0 && own > focus;
  return (int)pane != state_parent_pane(s, view_pane(s->view));
}

Scope *state_scope_for_pane(const State *s, PaneId pane)
{
  Scope *scope = chips_scope_for_pane(s->chips, pane);
  guint32 key = 0;
  if (s->ds && follows(s, pane)) {
    const Pane *focus = &s->panes[view_pane(s->view)];
    if (pane_cursor_key(focus, &key)) {
      /* the cursor stands for the chip that Enter would make: it replaces an own chip */
      int own = chips_find_drill(s->chips, (int)focus->id);
      if (own >= 0) {
        scope_free(scope);
        scope = chips_scope_for_pane(s->chips, focus->id);
      }
      g_ptr_array_add(scope->terms, scope_term_for_key(s->ds, focus->dim, key, FALSE));
    }
  }
  return scope;
}

int state_next_pane(const State *s, PaneId pane)
{
  if (pane == PANE_USERS)
    return -1;
  int first = pane == PANE_IPS ? PANE_USERS : (int)pane + 1;
  for (int next = first; next <= PANE_USERS; next++)
    if (chips_find_drill(s->chips, next) < 0 || next == PANE_USERS)
      return next;
  return PANE_USERS;
}

int state_parent_pane(const State *s, PaneId pane)
{
  int own = chips_find_drill(s->chips, (int)pane);
  guint depth = own >= 0 ? (guint)own : chips_depth(s->chips);
  if (depth > 0)
    return chips_get(s->chips, depth - 1)->pane;
  return pane == PANE_PROGRAMS ? -1 : (int)pane - 1;
}

/* --- moving ------------------------------------------------------------------------------------
 */

/* The timeline shows the user (or address) that the path or the cursor names. */
static void choose_subject(State *s)
{
  guint32 key = 0;
  Pane *pane = state_pane(s);
  if (pane && (pane->id == PANE_USERS || pane->id == PANE_IPS) && pane_cursor_key(pane, &key)) {
    g_autofree char *id = dimension_id(s->ds, pane->dim, key);
    if (id)
      timeline_set_subject(&s->timeline, pane->id == PANE_IPS, id);
    return;
  }
  for (guint i = chips_count(s->chips); i-- > 0;) {
    const ScopeTerm *t = chips_get(s->chips, i)->term;
    if ((t->field == FIELD_USER || t->field == FIELD_IP) && !t->negated && !t->regex &&
        t->values->len == 1) {
      timeline_set_subject(&s->timeline, t->field == FIELD_IP, g_ptr_array_index(t->values, 0));
      return;
    }
  }
  /* from a list of programs, cohorts or lessons: whoever leads the users pane */
  if (pane && pane_cursor_key(&s->panes[PANE_USERS], &key)) {
    g_autofree char *id = dimension_id(s->ds, DIM_USER, key);
    timeline_set_subject(&s->timeline, FALSE, id);
  }
}

void state_goto(State *s, ViewId view)
{
  if (view == s->view)
    return;
  history_leave(s);
  if (view == VIEW_TIMELINE && s->ds)
    choose_subject(s);
  g_clear_pointer(&s->flag, g_free);
  s->view = view;
}

void state_drill(State *s)
{
  Pane *pane = state_pane(s);
  guint32 key = 0;
  if (!pane || !s->ds || !pane_cursor_key(pane, &key))
    return;
  state_remember(s);
  if (!pane->cursor_id)
    pane_move_to(pane, s->ds, pane->cursor);
  ScopeTerm *term = scope_term_for_key(s->ds, pane->dim, key, FALSE);
  chips_drill(s->chips, pane->id, term);
  int next = state_next_pane(s, pane->id);
  if (next < 0) {
    g_autofree char *id = dimension_id(s->ds, DIM_USER, key);
    timeline_set_subject(&s->timeline, FALSE, id);
    s->view = VIEW_TIMELINE;
    return;
  }
  /* a new place: its list starts at the top */
  Pane *to = &s->panes[next];
  g_clear_pointer(&to->cursor_id, g_free);
  g_clear_pointer(&to->filter, g_free);
  to->cursor = to->top = 0;
  s->view = pane_view((PaneId)next);
}

void state_open_cell(State *s, ScopeTerm *cohort, ScopeTerm *lesson)
{
  state_remember(s);
  place_free(s->origin);
  s->origin = state_place(s);
  for (int pane = PANE_COHORTS; pane < N_PANES; pane++) {
    int at = chips_find_drill(s->chips, pane);
    if (at >= 0)
      chips_remove(s->chips, (guint)at);
  }
  chips_drill(s->chips, PANE_COHORTS, cohort);
  chips_drill(s->chips, PANE_LESSONS, lesson);
  s->origin_depth = chips_depth(s->chips);
  Pane *users = &s->panes[PANE_USERS];
  g_clear_pointer(&users->cursor_id, g_free);
  users->cursor = users->top = 0;
  s->view = VIEW_USERS;
}

gboolean state_follow(State *s, ViewId view, const char *text, GError **error)
{
  Scope *scope = scope_parse(text ? text : "", error);
  if (!scope || !scope_check(scope, s->ds, error)) {
    scope_free(scope);
    return FALSE;
  }
  state_remember(s);
  place_free(s->origin);
  s->origin = state_place(s);
  chips_clear(s->chips);
  s->origin_depth = 0;
  for (guint i = 0; i < scope->terms->len; i++)
    chips_add(s->chips, scope_term_copy(g_ptr_array_index(scope->terms, i)), FALSE);
  scope_free(scope);
  for (int p = 0; p < N_PANES; p++) {
    g_clear_pointer(&s->panes[p].cursor_id, g_free);
    g_clear_pointer(&s->panes[p].filter, g_free);
    s->panes[p].cursor = s->panes[p].top = 0;
  }
  if (view == VIEW_TIMELINE)
    choose_subject(s);
  s->view = view;
  return TRUE;
}

/* Back to where the link was followed from. */
static gboolean return_to_origin(State *s)
{
  if (!s->origin)
    return FALSE;
  history_leave(s);
  history_take(s, g_steal_pointer(&s->origin));
  return TRUE;
}

gboolean state_up(State *s)
{
  if (!view_is_pane(s->view) && s->view != VIEW_TIMELINE) {
    if (state_back(s))
      return TRUE;
    s->view = VIEW_PROGRAMS;
    return TRUE;
  }
  if (chips_depth(s->chips) == 0) {
    if (return_to_origin(s))
      return TRUE;
    if (s->view == VIEW_PROGRAMS)
      return FALSE;
    state_goto(s, VIEW_PROGRAMS);
    return TRUE;
  }
  if (s->origin && chips_depth(s->chips) == s->origin_depth && return_to_origin(s))
    return TRUE;
  state_remember(s);
  int pane = chips_up(s->chips);
  s->view = pane_view((PaneId)pane);
  return TRUE;
}
