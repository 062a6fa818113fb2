/* History: where one was, and what can be undone. */
#include "tui/model/history.h"

Place *state_place(const State *s)
{
  Place *p = g_new0(Place, 1);
  p->chips = chips_copy(s->chips);
  p->view = s->view;
  for (int i = 0; i < N_PANES; i++) {
    p->cursor_id[i] = g_strdup(s->panes[i].cursor_id);
    p->top[i] = s->panes[i].top;
  }
  p->timeline_by_ip = s->timeline.by_ip;
  p->timeline_subject = g_strdup(s->timeline.subject);
  p->timeline_cursor = s->timeline.cursor;
  p->queue = queue_filter_print(&s->queue.filter);
  p->queue_cursor = g_strdup(s->queue.cursor_id);
  p->flag = g_strdup(s->flag);
  p->versus_dim = s->versus.dim;
  for (int i = 0; i < 2; i++)
    p->versus_id[i] = g_strdup(s->versus.id[i]);
  p->versus_cursor = s->versus.cursor;
  p->versus_list = s->versus.list;
  return p;
}

void place_free(Place *p)
{
  if (!p)
    return;
  chips_free(p->chips);
  for (int i = 0; i < N_PANES; i++)
    g_free(p->cursor_id[i]);
  g_free(p->timeline_subject);
  g_free(p->queue);
  g_free(p->queue_cursor);
  g_free(p->flag);
  g_free(p->versus_id[0]);
  g_free(p->versus_id[1]);
  g_free(p);
}

void history_take(State *s, Place *p)
{
  chips_free(s->chips);
  s->chips = g_steal_pointer(&p->chips);
  s->view = p->view;
  for (int i = 0; i < N_PANES; i++) {
    g_free(s->panes[i].cursor_id);
    s->panes[i].cursor_id = g_steal_pointer(&p->cursor_id[i]);
    s->panes[i].top = p->top[i];
    g_clear_pointer(&s->panes[i].sort_stamp, g_free); /* puts the cursor back on its row */
  }
  timeline_set_subject(&s->timeline, p->timeline_by_ip, p->timeline_subject);
  s->timeline.cursor = p->timeline_cursor;
  queue_filter_clear(&s->queue.filter);
  queue_filter_change(&s->queue.filter, p->queue, NULL);
  g_free(s->queue.cursor_id);
  s->queue.cursor_id = g_steal_pointer(&p->queue_cursor);
  g_clear_pointer(&s->queue.stamp, g_free); /* puts the cursor back on its flag */
  g_free(s->flag);
  s->flag = g_steal_pointer(&p->flag);
  versus_set(&s->versus, p->versus_dim, p->versus_id[0], p->versus_id[1]);
  s->versus.cursor = p->versus_cursor;
  s->versus.list = p->versus_list;
  place_free(p);
}

#define HISTORY_MAX 500

static void push_place(GPtrArray *stack, Place *p)
{
  if (stack->len >= HISTORY_MAX)
    g_ptr_array_remove_index(stack, 0);
  g_ptr_array_add(stack, p);
}

static gboolean step(State *s, GPtrArray *from, GPtrArray *to)
{
  if (from->len == 0)
    return FALSE;
  Place *p = g_ptr_array_steal_index(from, from->len - 1);
  push_place(to, state_place(s));
  history_take(s, p);
  return TRUE;
}

void history_leave(State *s)
{
  push_place(s->back, state_place(s));
  g_ptr_array_set_size(s->forward, 0);
}

#define CHANGE_FILTERS 'f'
#define CHANGE_BOOK    'b'
#define CHANGE_STACKS  's'

/* A new change: what had been undone cannot be done again. */
static void remember_change(State *s, char what)
{
  g_string_append_c(s->undo_order, what);
  g_string_truncate(s->redo_order, 0);
  g_ptr_array_set_size(s->redo, 0);
}

void state_remember(State *s)
{
  history_leave(s);
  push_place(s->undo, state_place(s));
  remember_change(s, CHANGE_FILTERS);
  casebook_forget_redo(s->casebook);
}

void state_book_changed(State *s)
{
  remember_change(s, CHANGE_BOOK);
}

void state_stacks_changed(State *s)
{
  remember_change(s, CHANGE_STACKS);
  casebook_forget_redo(s->casebook);
}

gboolean state_back(State *s)
{
  return step(s, s->back, s->forward);
}

gboolean state_forward(State *s)
{
  return step(s, s->forward, s->back);
}

/* One step of the case book; says what it was. */
static void step_book(State *s, gboolean undo)
{
  g_autoptr(GError) error = NULL;
  const char *next = undo ? casebook_undo_what(s->casebook) : casebook_redo_what(s->casebook);
  g_autofree char *what = g_strdup(next);
  if (undo ? casebook_undo(s->casebook, &error) : casebook_redo(s->casebook, &error))
    state_message(s, "%s: %s", undo ? "undone" : "done again", what);
  else
    state_error(s, error);
}

/* One step of the saved filters. FALSE when there was none left. */
static gboolean step_stacks(State *s, gboolean undo)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  if (undo ? stacks_undo(s->stacks, &name, &error) : stacks_redo(s->stacks, &name, &error)) {
    state_message(s, "%s: saved filters %s", undo ? "undone" : "done again", name);
    return TRUE;
  }
  if (error)
    state_error(s, error);
  return error != NULL;
}

/* The newest change in `from` that there still is; it goes to `to`. */
static gboolean step_any(State *s, gboolean undo)
{
  GString *from = undo ? s->undo_order : s->redo_order, *to = undo ? s->redo_order : s->undo_order;
  while (from->len > 0) {
    char what = from->str[from->len - 1];
    g_string_truncate(from, from->len - 1);
    gboolean found = FALSE;
    if (what == CHANGE_FILTERS) {
      found = undo ? step(s, s->undo, s->redo) : step(s, s->redo, s->undo);
    } else if (what == CHANGE_STACKS) {
      found = step_stacks(s, undo);
    } else if (undo ? casebook_undo_what(s->casebook) : casebook_redo_what(s->casebook)) {
      step_book(s, undo);
      found = TRUE;
    }
    if (found) {
      g_string_append_c(to, what);
      return TRUE;
    }
  }
  return FALSE;
}

gboolean state_undo(State *s)
{
  return step_any(s, TRUE);
}

gboolean state_redo(State *s)
{
  return step_any(s, FALSE);
}
