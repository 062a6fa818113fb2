/* Timeline of a log that grows: cursor and folds are kept by rows, for items and sessions are
 * counted anew. */
#include "tui/model/timeline.h"

typedef struct TimelineCarry {
  ItemType type;
  gboolean has_row;
  guint32 row;    /* under the cursor */
  guint above;    /* lines of the list between its top and the cursor */
  GArray *folded; /* of guint32: first rows of the sessions listed in t->folded */
} TimelineCarry;

void timeline_carry_free(Timeline *t)
{
  if (!t->carry)
    return;
  g_array_unref(t->carry->folded);
  g_clear_pointer(&t->carry, g_free);
}

static TimelineCarry *carry_new(const Timeline *t)
{
  TimelineCarry *c = g_new0(TimelineCarry, 1);
  c->folded = g_array_new(FALSE, FALSE, sizeof(guint32));
  if (t->cursor < t->items->len) {
    const TimelineItem *item = &g_array_index(t->items, TimelineItem, t->cursor);
    c->type = item->type == ITEM_NOTE ? ITEM_ROW : item->type;
    c->row = t->sessions->rows[item->place];
    c->above = t->cursor - MIN(t->top, t->cursor);
    c->has_row = TRUE;
  }
  for (guint32 s = 0; s < t->sessions->n; s++)
    if (g_hash_table_contains(t->folded, GUINT_TO_POINTER(s + 1)))
      g_array_append_val(c->folded, t->sessions->rows[t->sessions->sessions[s].first_place]);
  return c;
}

void timeline_carry(Timeline *t, const AccessLog *from, const AccessLog *to)
{
  if (t->valid && t->items && !t->carry)
    t->carry = carry_new(t);
  timeline_drop(t);
  if (!t->carry)
    return;
  TimelineCarry *c = t->carry;
  if (c->has_row)
    c->row = access_log_row_in(from, c->row, to);
  for (guint i = 0; i < c->folded->len; i++) {
    guint32 *row = &g_array_index(c->folded, guint32, i);
    *row = access_log_row_in(from, *row, to);
  }
}

/* The line of the same kind for that place, else the one of its row or of its session. */
static void find_line(Timeline *t, ItemType type, guint32 place)
{
  guint32 session = timeline_session_at(t, place);
  gint64 found = -1;
  for (guint i = 0; i < t->items->len; i++) {
    const TimelineItem *item = &g_array_index(t->items, TimelineItem, i);
    if (item->session != session || (item->type == ITEM_ROW && item->place != place))
      continue;
    if (found < 0 || item->type == type)
      found = i;
    if (item->type == type)
      break;
  }
  if (found >= 0)
    t->cursor = (guint)found;
}

void timeline_arrive(Timeline *t)
{
  TimelineCarry *c = t->carry;
  if (!c)
    return;
  g_hash_table_remove_all(t->folded);
  for (guint i = 0; i < c->folded->len; i++) {
    gint64 place = timeline_find_place(t, g_array_index(c->folded, guint32, i));
    if (place >= 0)
      g_hash_table_add(t->folded, GUINT_TO_POINTER(timeline_session_at(t, (guint32)place) + 1));
  }
  timeline_list(t);
  gint64 place = c->has_row ? timeline_find_place(t, c->row) : -1;
  if (place >= 0) {
    find_line(t, c->type, (guint32)place);
    t->top = t->cursor - MIN(c->above, t->cursor);
  }
  timeline_carry_free(t);
}
