/* Sessions: a stream of rows cut where the gap is too long. */
#include "core/query/session.h"
#include "core/query/tables.h"

/* Set of ids that is emptied by raising its stamp: as large as the selection, not as the log. */
typedef struct {
  guint32 *ids, *stamps;
  guint32 mask, stamp;
} StampSet;

static StampSet stamp_set_new(guint32 n)
{
  gsize room = 16;
  while (room < (gsize)n * 2)
    room *= 2;
  return (StampSet){g_new0(guint32, room), g_new0(guint32, room), (guint32)(room - 1), 0};
}

static void stamp_set_clear(StampSet *s)
{
  g_free(s->ids);
  g_free(s->stamps);
}

/* TRUE when `id` was not in the set since the stamp was raised. */
static gboolean stamp_set_add(StampSet *s, guint32 id)
{
  guint32 at = (id * 2654435761u) & s->mask; /* Knuth's multiplicative hash */
  while (s->stamps[at] == s->stamp) {
    if (s->ids[at] == id)
      return FALSE;
    at = (at + 1) & s->mask;
  }
  s->stamps[at] = s->stamp;
  s->ids[at] = id;
  return TRUE;
}

static void cut(const Dataset *ds, Sessions *s, guint gap)
{
  const AccessLog *log = ds->log;
  GArray *all = g_array_new(FALSE, TRUE, sizeof(Session));
  StampSet lessons = stamp_set_new(s->n_rows), ips = stamp_set_new(s->n_rows);
  Session *last = NULL;
  for (guint32 i = 0; i < s->n_rows; i++) {
    guint32 row = s->rows[i], lesson = ds->tables->lesson[log->path[row]];
    CivilTime t = log->time[row];
    if (!last || t - last->to > (gint64)gap) {
      Session next = {.first_place = i, .from = t, .gap_before = last ? t - last->to : -1};
      g_array_append_val(all, next);
      last = &g_array_index(all, Session, all->len - 1);
      lessons.stamp++;
      ips.stamp++;
    }
    last->to = t;
    last->n++;
    last->lessons += lesson && stamp_set_add(&lessons, lesson);
    last->ips += log->ip[row] != IP_NONE && stamp_set_add(&ips, log->ip[row]);
  }
  stamp_set_clear(&lessons);
  stamp_set_clear(&ips);
  s->n = all->len;
  s->sessions = (Session *)(void *)g_array_free(all, FALSE);
}

Sessions *sessions_new(const Dataset *ds, const Selection *sel, guint gap)
{
  Sessions *s = g_new0(Sessions, 1);
  s->n_rows = sel->n;
  s->rows = g_new(guint32, MAX(sel->n, 1));
  for (guint32 i = 0; i < sel->n; i++)
    s->rows[i] = selection_row(sel, i);
  cut(ds, s, gap);
  return s;
}

void sessions_free(Sessions *s)
{
  if (!s)
    return;
  g_free(s->rows);
  g_free(s->sessions);
  g_free(s);
}
