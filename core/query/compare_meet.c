/* Comparisons: the sessions of two users, when they overlap, and who takes an address over. */
#include <math.h>

#include "core/query/compare_parts.h"
#include "core/query/session.h"
#include "core/stats/robust.h"

/* --- one user --------------------------------------------------------------------------------- */

static void describe_sessions(CompareSide *side, const Dataset *ds, const Sessions *all)
{
  side->sessions = all->n;
  g_autofree double *hits = g_new(double, all->n + 1);
  g_autofree double *pauses = g_new(double, (gsize)all->n_rows + 1);
  gsize n_pauses = 0;
  gint64 absence = 0;
  for (guint s = 0; s < all->n; s++) {
    const Session *session = &all->sessions[s];
    hits[s] = session->n;
    absence = MAX(absence, session->gap_before);
    for (guint32 i = 1; i < session->n; i++) {
      const guint32 *row = all->rows + session->first_place + i;
      pauses[n_pauses++] = (double)(ds->log->time[row[0]] - ds->log->time[row[-1]]);
    }
  }
  side->session_hits = robust_median(hits, all->n);
  side->pause = robust_median(pauses, n_pauses);
  side->absence = (guint32)(absence / CIVIL_DAY);
}

/* --- two users -------------------------------------------------------------------------------- */

typedef struct {
  const Dataset *ds;
  const Sessions *of[2];
  guint8 *ip_seen; /* scratch: by address */
} Meeters;

static guint32 first_row(const Sessions *all, const Session *s)
{
  return all->rows[s->first_place];
}

static guint32 last_row(const Sessions *all, const Session *s)
{
  return all->rows[s->first_place + s->n - 1];
}

static gboolean share_ip(const Meeters *m, const Session *const session[2])
{
  const guint32 *ip = m->ds->log->ip;
  gboolean found = FALSE;
  for (guint32 i = 0; i < session[0]->n; i++)
    m->ip_seen[ip[m->of[0]->rows[session[0]->first_place + i]]] = 1;
  m->ip_seen[IP_NONE] = 0;
  for (guint32 i = 0; i < session[1]->n && !found; i++)
    found = m->ip_seen[ip[m->of[1]->rows[session[1]->first_place + i]]];
  for (guint32 i = 0; i < session[0]->n; i++)
    m->ip_seen[ip[m->of[0]->rows[session[0]->first_place + i]]] = 0;
  return found;
}

static void add_overlap(Comparison *c, const Meeters *m, const Session *const session[2])
{
  CompareMeeting x = {
      .same_ip = share_ip(m, session),
      .first = session[1]->from < session[0]->from,
      .from = MAX(session[0]->from, session[1]->from),
      .to = MIN(session[0]->to, session[1]->to),
      .row = {first_row(m->of[0], session[0]), first_row(m->of[1], session[1])},
  };
  g_array_append_val(c->meetings, x);
  c->overlaps++;
  c->overlaps_same_ip += x.same_ip;
}

/* `who` leaves, the other comes: on the same address, before a session would have ended. */
static void add_handover(Comparison *c, const Meeters *m, const Session *const session[2],
                         guint who, guint gap)
{
  guint other = 1 - who;
  guint32 left = last_row(m->of[who], session[who]);
  guint32 came = first_row(m->of[other], session[other]);
  const AccessLog *log = m->ds->log;
  if (log->time[came] - log->time[left] > (gint64)gap || log->ip[came] != log->ip[left] ||
      log->ip[came] == IP_NONE)
    return;
  CompareMeeting x = {.handover = TRUE,
                      .same_ip = TRUE,
                      .first = who,
                      .from = log->time[left],
                      .to = log->time[came]};
  x.row[who] = left;
  x.row[other] = came;
  g_array_append_val(c->meetings, x);
  c->handovers++;
}

/* Sessions of one user never overlap: both lists are walked at once. A handover goes to the next
 * session of the other, when that has not begun before. */
static void find_meetings(Comparison *c, const Meeters *m, guint gap)
{
  guint i = 0, j = 0;
  while (i < m->of[0]->n && j < m->of[1]->n) {
    const Session *const s[2] = {&m->of[0]->sessions[i], &m->of[1]->sessions[j]};
    if (s[0]->from <= s[1]->to && s[1]->from <= s[0]->to)
      add_overlap(c, m, s);
    else
      add_handover(c, m, s, s[0]->to < s[1]->from ? 0 : 1, gap);
    if (s[0]->to < s[1]->to)
      i++;
    else
      j++;
  }
}

void compare_fill_meetings(Comparison *c, const Dataset *ds, Selection *const sel[2], guint gap)
{
  Sessions *all[2] = {sessions_new(ds, sel[0], gap), sessions_new(ds, sel[1], gap)};
  guint8 *seen = g_new0(guint8, (gsize)ip_table_count(ds->log->ips) + 1);
  Meeters m = {ds, {all[0], all[1]}, seen};
  for (guint s = 0; s < 2; s++)
    describe_sessions(&c->side[s], ds, all[s]);
  find_meetings(c, &m, gap);
  g_free(seen);
  sessions_free(all[0]);
  sessions_free(all[1]);
}
