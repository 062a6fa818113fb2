/* Timeline: everything one user (or one address) did, in order. */
#include "tui/model/timeline.h"

#include <math.h>
#include <string.h>

#include "tui/model/scroll.h"

void timeline_init(Timeline *t)
{
  memset(t, 0, sizeof *t);
  t->folded = g_hash_table_new(NULL, NULL);
}

void timeline_drop(Timeline *t)
{
  g_clear_pointer(&t->sessions, sessions_free);
  g_clear_pointer(&t->kept, g_free);
  g_clear_pointer(&t->items, g_array_unref);
  g_clear_pointer(&t->weeks, g_array_unref);
  g_clear_pointer(&t->steps, g_array_unref);
  g_clear_pointer(&t->stamp, g_free);
  g_clear_pointer(&t->trace, g_free);
  g_clear_pointer(&t->trace_score, g_free);
  g_clear_pointer(&t->session_flags, g_free);
  g_clear_pointer(&t->session_score, g_free);
  g_clear_pointer(&t->notes, g_array_unref);
  g_clear_pointer(&t->trace_stamp, g_free);
  t->valid = FALSE;
}

void timeline_clear(Timeline *t)
{
  timeline_drop(t);
  timeline_carry_free(t);
  g_clear_pointer(&t->subject, g_free);
  g_clear_pointer(&t->folded, g_hash_table_unref);
}

void timeline_set_subject(Timeline *t, gboolean by_ip, const char *id)
{
  if (t->by_ip == by_ip && g_strcmp0(t->subject, id) == 0)
    return;
  timeline_carry_free(t);
  t->by_ip = by_ip;
  g_free(t->subject);
  t->subject = g_strdup(id);
  t->cursor = t->top = 0;
  t->all_folded = FALSE;
  g_hash_table_remove_all(t->folded);
  g_clear_pointer(&t->stamp, g_free);
}

gboolean timeline_is_folded(const Timeline *t, guint32 session)
{
  gboolean listed = g_hash_table_contains(t->folded, GUINT_TO_POINTER(session + 1));
  return t->all_folded ? !listed : listed;
}

void timeline_list(Timeline *t)
{
  if (t->items)
    g_array_unref(t->items);
  t->items = g_array_new(FALSE, FALSE, sizeof(TimelineItem));
  guint note = 0, n_notes = t->notes ? t->notes->len : 0;
  for (guint32 s = 0; s < t->sessions->n; s++) {
    const Session *session = &t->sessions->sessions[s];
    TimelineItem item = {.type = ITEM_GAP, .session = s, .place = session->first_place};
    if (session->gap_before >= CIVIL_DAY)
      g_array_append_val(t->items, item);
    item.type = ITEM_SESSION;
    g_array_append_val(t->items, item);
    if (timeline_is_folded(t, s))
      continue;
    item.type = ITEM_ROW;
    for (guint32 i = 0; i < session->n; i++) {
      item.place = session->first_place + i;
      g_array_append_val(t->items, item);
      while (note < n_notes && g_array_index(t->notes, TimelineNote, note).place < item.place)
        note++; /* of a folded session */
      for (; note < n_notes && g_array_index(t->notes, TimelineNote, note).place == item.place;
           note++) {
        TimelineItem line = item;
        line.type = ITEM_NOTE;
        g_array_append_val(t->items, line);
      }
    }
  }
  if (t->cursor >= t->items->len)
    t->cursor = t->items->len ? t->items->len - 1 : 0;
}

static void count_weeks(Timeline *t, const Dataset *ds)
{
  t->weeks = g_array_new(FALSE, TRUE, sizeof(TimelineWeek));
  memset(t->punch, 0, sizeof t->punch);
  CivilDay last_day = CIVIL_DAY_NONE;
  t->n_days = 0;
  for (guint32 i = 0; i < t->sessions->n_rows; i++) {
    CivilTime time = ds->log->time[t->sessions->rows[i]];
    CivilDay day = civil_day_of(time), monday = civil_week_start(day);
    t->n_days += day != last_day;
    last_day = day;
    t->punch[civil_weekday(day)][civil_hour(time)]++;
    CivilDay next = t->weeks->len
                        ? g_array_index(t->weeks, TimelineWeek, t->weeks->len - 1).monday + 7
                        : monday;
    for (; next <= monday; next += 7) {
      TimelineWeek week = {.monday = next};
      g_array_append_val(t->weeks, week);
    }
    TimelineWeek *week = &g_array_index(t->weeks, TimelineWeek, t->weeks->len - 1);
    week->hits++;
    week->day_hits[day - monday]++;
  }
}

static guint32 count_distinct(const guint32 *column, const Sessions *s, guint32 n_keys)
{
  g_autofree guint8 *seen = g_new0(guint8, n_keys + 1);
  guint32 n = 0;
  for (guint32 i = 0; i < s->n_rows; i++) {
    guint32 key = column[s->rows[i]];
    n += !seen[key];
    seen[key] = 1;
  }
  return n;
}

/* Which rows the filters that do not bind here would keep. */
static void mark_kept(Timeline *t, const Dataset *ds, const Chips *chips)
{
  static const ScopeField binding[] = {FIELD_USER, FIELD_IP, FIELD_TIME};
  Scope *other = chips_scope_fields(chips, binding, G_N_ELEMENTS(binding), FALSE);
  t->kept = NULL;
  if (!scope_is_empty(other)) {
    ScopeTerm *own = scope_term_for_key(ds, t->by_ip ? DIM_IP : DIM_USER, t->key, FALSE);
    g_ptr_array_add(other->terms, own);
    Selection *sel = scope_select(other, ds, NULL);
    t->kept = g_new0(guint8, t->sessions->n_rows + 1);
    guint32 at = 0;
    for (guint32 i = 0; sel && i < sel->n; i++) {
      guint32 row = selection_row(sel, i);
      while (at < t->sessions->n_rows && t->sessions->rows[at] < row)
        at++;
      if (at < t->sessions->n_rows && t->sessions->rows[at] == row)
        t->kept[at] = 1;
    }
    selection_free(sel);
  }
  scope_free(other);
}

gboolean timeline_refresh(Timeline *t, const Dataset *ds, guint64 generation, const Chips *chips,
                          GError **error)
{
  static const ScopeField time_field[] = {FIELD_TIME};
  g_autofree char *scope_text = chips_print(chips);
  g_autofree char *stamp = g_strdup_printf("%" G_GUINT64_FORMAT "|%d|%s|%s", generation, t->by_ip,
                                           t->subject ? t->subject : "", scope_text);
  if (g_strcmp0(stamp, t->stamp) == 0)
    return TRUE;
  timeline_drop(t);
  Dimension dim = t->by_ip ? DIM_IP : DIM_USER;
  if (!t->subject || !dimension_find(ds, dim, t->subject, &t->key)) {
    t->stamp = g_steal_pointer(&stamp);
    return TRUE;
  }
  Scope *scope = chips_scope_fields(chips, time_field, 1, TRUE);
  g_ptr_array_add(scope->terms, scope_term_for_key(ds, dim, t->key, FALSE));
  Selection *sel = scope_select(scope, ds, error);
  scope_free(scope);
  if (!sel)
    return FALSE;
  t->sessions = sessions_new(ds, sel, ds->session_gap);
  selection_free(sel);
  t->valid = TRUE;
  mark_kept(t, ds, chips);
  count_weeks(t, ds);
  t->n_ips = count_distinct(ds->log->ip, t->sessions, ip_table_count(ds->log->ips));
  t->n_users = count_distinct(ds->log->user, t->sessions, strpool_count(ds->log->users));
  g_autofree guint8 *seen = g_new0(guint8, ds->catalog->n_entries + 1);
  t->n_lessons = 0;
  for (guint32 i = 0; i < t->sessions->n_rows; i++) {
    guint32 entry = ds->catalog->entry_of_path[ds->log->path[t->sessions->rows[i]]];
    if (ds->catalog->kind_of_entry[entry] == KIND_LESSON && !seen[entry]) {
      seen[entry] = 1;
      t->n_lessons++;
    }
  }
  timeline_rank_among_peers(t, ds, chips);
  timeline_list(t);
  timeline_arrive(t);
  t->stamp = g_steal_pointer(&stamp);
  return TRUE;
}

void timeline_scroll(Timeline *t, int height)
{
  guint n = t->items ? t->items->len : 0;
  if (t->cursor >= n)
    t->cursor = n ? n - 1 : 0;
  scroll_to(t->cursor, n, height, &t->top);
}

void timeline_move(Timeline *t, gint64 to)
{
  if (t->items && t->items->len)
    t->cursor = (guint)CLAMP(to, 0, (gint64)t->items->len - 1);
}

static void set_folded(Timeline *t, guint32 session, gboolean fold)
{
  gpointer key = GUINT_TO_POINTER(session + 1);
  if (timeline_is_folded(t, session) != fold && !g_hash_table_remove(t->folded, key))
    g_hash_table_add(t->folded, key);
}

/* Lists what is folded and open now, with the cursor on the head of a session. */
static void list_again(Timeline *t, guint32 session)
{
  timeline_list(t);
  for (guint i = 0; i < t->items->len; i++) {
    const TimelineItem *item = &g_array_index(t->items, TimelineItem, i);
    if (item->type == ITEM_SESSION && item->session == session)
      t->cursor = i;
  }
}

void timeline_fold(Timeline *t, gboolean fold)
{
  if (!t->items || t->items->len == 0)
    return;
  guint32 session = g_array_index(t->items, TimelineItem, t->cursor).session;
  set_folded(t, session, fold);
  list_again(t, session);
}

void timeline_fold_all(Timeline *t, gboolean fold)
{
  if (!t->items || t->items->len == 0)
    return;
  t->all_folded = fold;
  g_hash_table_remove_all(t->folded);
  list_again(t, g_array_index(t->items, TimelineItem, t->cursor).session);
}

void timeline_seek(Timeline *t, const Dataset *ds, CivilTime time)
{
  for (guint i = 0; t->items && i < t->items->len; i++) {
    const TimelineItem *item = &g_array_index(t->items, TimelineItem, i);
    if (item->type == ITEM_ROW && ds->log->time[t->sessions->rows[item->place]] >= time) {
      t->cursor = i;
      t->top = i > 2 ? i - 2 : 0;
      return;
    }
  }
}

gint64 timeline_find_place(const Timeline *t, guint32 row)
{
  const Sessions *s = t->sessions;
  guint32 low = 0, high = s->n_rows;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (s->rows[middle] < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low < s->n_rows && s->rows[low] == row ? (gint64)low : -1;
}

/* Puts the cursor on a row that is listed, with some lines above it in sight. */
static void find_row_item(Timeline *t, guint32 place)
{
  for (guint i = 0; i < t->items->len; i++) {
    const TimelineItem *item = &g_array_index(t->items, TimelineItem, i);
    if (item->type != ITEM_ROW || item->place != place)
      continue;
    t->cursor = i;
    t->top = i > 3 ? i - 3 : 0;
    return;
  }
}

void timeline_open_rows(Timeline *t, const guint32 *rows, guint32 n)
{
  gint64 first = -1;
  guint32 session = 0;
  g_hash_table_remove_all(t->folded);
  for (guint32 i = 0; i < n; i++) {
    gint64 place = timeline_find_place(t, rows[i]);
    if (place < 0)
      continue;
    if (first < 0)
      first = place;
    const Session *all = t->sessions->sessions;
    while ((guint32)place >= all[session].first_place + all[session].n)
      session++;
    g_hash_table_add(t->folded, GUINT_TO_POINTER(session + 1));
  }
  t->all_folded = first >= 0;
  timeline_list(t);
  t->cursor = t->top = 0;
  if (first >= 0)
    find_row_item(t, (guint32)first);
}

guint32 timeline_session_at(const Timeline *t, guint32 place)
{
  guint32 session = 0;
  while (session + 1 < t->sessions->n && t->sessions->sessions[session + 1].first_place <= place)
    session++;
  return session;
}

/* Unfolds the session of a place and puts the cursor on its row. */
static void show_place(Timeline *t, guint32 place)
{
  guint32 session = timeline_session_at(t, place);
  if (timeline_is_folded(t, session)) {
    set_folded(t, session, FALSE);
    timeline_list(t);
  }
  find_row_item(t, place);
}

gboolean timeline_step_mark(Timeline *t, int step)
{
  guint32 n = t->valid && t->trace && t->items->len ? t->sessions->n_rows : 0;
  if (n == 0)
    return FALSE;
  const TimelineItem *here = &g_array_index(t->items, TimelineItem, t->cursor);
  gint64 from = here->place;
  /* a heading stands before its first row */
  if ((here->type == ITEM_SESSION || here->type == ITEM_GAP) && step > 0)
    from--;
  for (guint32 i = 1; i <= n; i++) {
    guint32 place = (guint32)((from + (gint64)step * i + 2 * (gint64)n) % n);
    if (t->trace[place] & TRACE_MARK) {
      show_place(t, place);
      return TRUE;
    }
  }
  return FALSE;
}

guint timeline_note_number(const Timeline *t, guint index)
{
  guint32 place = g_array_index(t->items, TimelineItem, index).place;
  guint nth = 0; /* of the notes on that row, which is listed before them */
  while (g_array_index(t->items, TimelineItem, index - nth - 1).type == ITEM_NOTE)
    nth++;
  for (guint i = 0; i < t->notes->len; i++)
    if (g_array_index(t->notes, TimelineNote, i).place == place)
      return g_array_index(t->notes, TimelineNote, i + nth).number;
  return 0;
}

void timeline_set_notes(Timeline *t, GArray *notes)
{
  TimelineItem here = {.type = ITEM_GAP};
  gboolean any = t->items && t->cursor < t->items->len;
  if (any)
    here = g_array_index(t->items, TimelineItem, t->cursor);
  guint number = any && here.type == ITEM_NOTE ? timeline_note_number(t, t->cursor) : 0;
  if (t->notes)
    g_array_unref(t->notes);
  t->notes = notes;
  timeline_list(t);
  for (guint i = 0; any && i < t->items->len; i++) {
    const TimelineItem *item = &g_array_index(t->items, TimelineItem, i);
    if (item->type == here.type && item->place == here.place && item->session == here.session &&
        (here.type != ITEM_NOTE || timeline_note_number(t, i) == number)) {
      t->cursor = i;
      return;
    }
  }
}

gboolean timeline_cursor_row(const Timeline *t, guint32 *ret)
{
  if (!t->items || t->cursor >= t->items->len)
    return FALSE;
  const TimelineItem *item = &g_array_index(t->items, TimelineItem, t->cursor);
  if (item->type == ITEM_GAP)
    return FALSE;
  *ret = t->sessions->rows[item->place];
  return TRUE;
}
