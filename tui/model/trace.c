/* Trace: what rules and people say about the rows of the timeline. */
#include "tui/model/trace.h"

#include <string.h>

#include "tui/model/evidence.h"
#include "tui/model/row_entity.h"

/* --- flags -------------------------------------------------------------------------------------
 */

static void trace_flag(Timeline *t, const Judgement *j, gboolean looked_into)
{
  const Flag *f = j->flag;
  guint8 score = (guint8)CLAMP(f->score + 0.5, 1, 100);
  const Session *sessions = t->sessions->sessions;
  guint32 session = 0, counted = G_MAXUINT32;
  for (guint32 i = 0; i < f->n_rows; i++) {
    gint64 place = timeline_find_place(t, f->rows[i]);
    if (place < 0)
      continue;
    t->trace[place] |= looked_into ? TRACE_FLAG | TRACE_EVIDENCE : TRACE_FLAG;
    t->trace_score[place] = MAX(t->trace_score[place], score);
    while ((guint32)place >= sessions[session].first_place + sessions[session].n)
      session++;
    t->session_score[session] = MAX(t->session_score[session], score);
    t->session_flags[session] += counted != session;
    counted = session;
  }
}

/* --- marks and notes ---------------------------------------------------------------------------
 */

/* First place at or after a time. */
static guint32 place_at(const Timeline *t, const Dataset *ds, CivilTime time)
{
  guint32 low = 0, high = t->sessions->n_rows;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (ds->log->time[t->sessions->rows[middle]] < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Next place from `from` on whose row the entity names, or -1; equal rows are all named. */
static gint64 find_entity(const State *s, const Entity *e, guint32 from)
{
  const Sessions *all = s->timeline.sessions;
  for (guint32 place = from; place < all->n_rows && s->ds->log->time[all->rows[place]] == e->time;
       place++)
    if (row_is(s->ds, all->rows[place], e))
      return place;
  return -1;
}

static void trace_marks(State *s)
{
  Timeline *t = &s->timeline;
  const GPtrArray *marks = casebook_records(s->casebook, RECORD_MARK);
  for (guint i = 0; i < marks->len; i++) {
    const Entity *e = ((const Mark *)g_ptr_array_index(marks, i))->on;
    gint64 place = e->type == ENTITY_ROW ? find_entity(s, e, place_at(t, s->ds, e->time)) : -1;
    for (; place >= 0; place = find_entity(s, e, (guint32)place + 1))
      t->trace[place] |= TRACE_MARK;
  }
}

static gint by_place(gconstpointer a, gconstpointer b)
{
  const TimelineNote *x = a, *y = b;
  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static GArray *find_notes(const State *s)
{
  const Timeline *t = &s->timeline;
  const GPtrArray *notes = casebook_records(s->casebook, RECORD_NOTE);
  GArray *found = g_array_new(FALSE, FALSE, sizeof(TimelineNote));
  for (guint i = 0; i < notes->len; i++) {
    const Note *n = g_ptr_array_index(notes, i);
    gint64 place =
        n->on->type == ENTITY_ROW ? find_entity(s, n->on, place_at(t, s->ds, n->on->time)) : -1;
    TimelineNote note = {.place = (guint32)place, .number = n->number};
    if (place >= 0)
      g_array_append_val(found, note);
  }
  g_array_sort(found, by_place);
  return found;
}

void trace_refresh(State *s)
{
  Timeline *t = &s->timeline;
  if (!t->valid)
    return;
  queue_judge(&s->queue, s->ds, s->flags, s->learned, s->casebook);
  g_autofree char *stamp = g_strdup_printf("%s|%s", s->queue.judge_stamp, s->flag ? s->flag : "");
  if (g_strcmp0(stamp, t->trace_stamp) == 0)
    return;
  g_free(t->trace);
  g_free(t->trace_score);
  g_free(t->session_flags);
  g_free(t->session_score);
  t->trace = g_new0(guint8, (gsize)t->sessions->n_rows + 1);
  t->trace_score = g_new0(guint8, (gsize)t->sessions->n_rows + 1);
  t->session_flags = g_new0(guint, (gsize)t->sessions->n + 1);
  t->session_score = g_new0(guint8, (gsize)t->sessions->n + 1);
  for (guint i = 0; i < s->queue.n_judged; i++) {
    const Judgement *j = &s->queue.judged[i];
    if (evidence_concerns(j->flag, t->by_ip ? DIM_IP : DIM_USER, t->key) && !j->exception &&
        j->status != STATUS_DISMISSED)
      trace_flag(t, j, s->flag && strcmp(j->flag->id, s->flag) == 0);
    else if (s->flag && strcmp(j->flag->id, s->flag) == 0)
      trace_flag(t, j, TRUE);
  }
  trace_marks(s);
  timeline_set_notes(t, find_notes(s));
  g_free(t->trace_stamp);
  t->trace_stamp = g_steal_pointer(&stamp);
}
