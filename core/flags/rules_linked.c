/* Rule linked-ids: one id stops, another of the class goes on from the same line.
 *
 * Two people of one flat are both there all the time; somebody who got a new id is first the one
 * and then the other. So: the second id was never seen before, it begins soon after the first one
 * stopped, both were on that line around that time, and the first one stays away. */
#include "core/base/marked.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#include <math.h>

#define AROUND       (7 * CIVIL_DAY) /* before the stop and after the start: on the same line */
#define EVIDENCE     (CIVIL_DAY / 2) /* rows so long before the stop and after the start */
#define SHORTEST_GAP 60.0            /* seconds; a smaller one says no more */

typedef struct {
  guint32 old, young; /* users */
  guint32 stop;       /* place in rows_by_user of the last row of the old id before the gap */
  guint32 line;
  CivilTime stops, starts, back; /* back: the old id's next row; CIVIL_NONE: none */
} Link;

static CivilTime time_of(const AccessLog *log, guint32 i)
{
  return log->time[log->rows_by_user[i]];
}

/* The last row of the user before `t`: its place in rows_by_user; G_MAXUINT32 without. */
static guint32 last_before(const AccessLog *log, guint32 user, CivilTime t)
{
  guint32 low = log->user_start[user], high = log->user_start[user + 1];
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (time_of(log, middle) <= t)
      low = middle + 1;
    else
      high = middle;
  }
  return low == log->user_start[user] ? G_MAXUINT32 : low - 1;
}

/* Whether the old id was on the line in the days up to the stop. */
static gboolean was_there(const Study *s, guint32 user, guint32 stop, guint32 line)
{
  const AccessLog *log = s->ds->log;
  for (guint32 i = stop + 1; i-- > log->user_start[user];) {
    if (time_of(log, stop) - time_of(log, i) > AROUND)
      return FALSE;
    if (s->lines->net_of_ip[log->ip[log->rows_by_user[i]]] == line)
      return TRUE;
  }
  return FALSE;
}

/* Whether `old` stopped on the line before the young id started there. */
static gboolean is_link(const RuleContext *c, guint32 old, Link *x)
{
  const Study *s = c->study;
  const AccessLog *log = s->ds->log;
  CivilTime end = civil_day_start(log->first_day + (CivilDay)log->n_days);
  CivilTime silent = (CivilTime)(rule_value(c, "silent") * (double)CIVIL_DAY);
  x->old = old;
  x->stop = last_before(log, old, x->starts);
  if (old == x->young || x->stop == G_MAXUINT32)
    return FALSE;
  x->stops = time_of(log, x->stop);
  x->back = x->stop + 1 < log->user_start[old + 1] ? time_of(log, x->stop + 1) : CIVIL_NONE;
  return (double)(x->starts - x->stops) <= rule_value(c, "hours") * 3600 &&
         (x->back == CIVIL_NONE ? end : x->back) - x->stops >= silent &&
         was_there(s, old, x->stop, x->line);
}

/* --- the flag --------------------------------------------------------------------------------- */

static void add_rows(const AccessLog *log, guint32 user, CivilTime from, CivilTime to, GArray *rows)
{
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 row = log->rows_by_user[i];
    if (log->time[row] >= from && log->time[row] <= to)
      g_array_append_val(rows, row);
  }
}

/* Median days between the active days of the old id, up to the stop: how long it usually stays
 * away. */
static void set_baseline(Flag *f, const Study *s, const Link *x)
{
  const Pages *p = s->pages;
  CivilDay stop = civil_day_of(x->stops) - s->ds->log->first_day;
  guint32 first = p->day_start[x->old], n = 0;
  double *gaps = g_new(double, p->day_start[x->old + 1] - first + 1);
  for (guint32 d = first + 1; d < p->day_start[x->old + 1] && (CivilDay)p->days[d].day <= stop; d++)
    gaps[n++] = p->days[d].day - p->days[d - 1].day;
  flag_set_baseline(f, BASELINE_OWN, robust_median(gaps, n), n,
                    "median days between active days of the first id");
  g_free(gaps);
}

static void describe(Flag *f, const RuleContext *c, const Link *x)
{
  const AccessLog *log = c->study->ds->log;
  char *who = episode_user(c, x->old), *gap = episode_duration(x->starts - x->stops);
  char *stopped = episode_when(x->stops), *back = NULL;
  if (x->back != CIVIL_NONE)
    back = g_strdup_printf("came back after %d days", (int)((x->back - x->stops) / CIVIL_DAY));
  flag_set_text(f,
                "%s stopped on %s; %s later user " MARKED_USER
                " of the same cohort began, both on " MARKED_ADDRESS ", and the first one %s.",
                who, stopped, gap, strpool_get(log->users, x->young, NULL),
                ip_table_text(log->ips, c->study->lines->ips[c->study->lines->ip_start[x->line]]),
                back ? back : "never came back");
  g_free(who);
  g_free(gap);
  g_free(stopped);
  g_free(back);
}

static void link_flag(const RuleContext *c, FlagSink *sink, const Link *x)
{
  const Study *s = c->study;
  const AccessLog *log = s->ds->log;
  double gap = MAX(SHORTEST_GAP, (double)(x->starts - x->stops)), h = rule_value(c, "hours");
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  add_rows(log, x->old, x->stops - EVIDENCE, x->stops, rows);
  add_rows(log, x->young, x->starts, x->starts + EVIDENCE, rows);
  Flag *f = flag_new(c->rule, SUBJECT_USER, x->old);
  flag_add_user(f, x->young);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->raw_score = score_of(h * 3600 / gap, 1);
  flag_add_term(f, "gap hours", gap / 3600);
  flag_add_term(f, "threshold", h);
  flag_add_term(f, "silent days",
                x->back == CIVIL_NONE ? NAN : (double)(x->back - x->stops) / (double)CIVIL_DAY);
  flag_add_term(f, "hits of the first id", log->user_start[x->old + 1] - log->user_start[x->old]);
  flag_add_term(f, "hits of the second id",
                log->user_start[x->young + 1] - log->user_start[x->young]);
  set_baseline(f, s, x);
  describe(f, c, x);
  g_array_unref(rows);
  flag_sink_add(sink, c, f);
}

/* The first id on the lines on which the young one began: the one that stopped last. */
static gboolean find_link(const RuleContext *c, guint32 young, Link *best)
{
  const Study *s = c->study;
  const AccessLog *log = s->ds->log;
  const Stays *l = s->lines;
  guint16 cohort = s->cohort_of_user[young];
  gboolean found = FALSE;
  CivilTime starts = time_of(log, log->user_start[young]);
  for (guint32 i = l->user_start[young]; i < l->user_start[young + 1]; i++) {
    const NetStay *stay = &l->stays[l->of_user[i]];
    if (!l->is_private[stay->net] || stay->first > starts + AROUND)
      continue;
    for (guint32 j = l->start[stay->net]; j < l->start[stay->net + 1]; j++) {
      Link x = {.young = young, .line = stay->net, .starts = starts};
      if (s->cohort_of_user[l->stays[j].user] != cohort || !is_link(c, l->stays[j].user, &x))
        continue;
      if (!found || x.stops > best->stops)
        *best = x;
      found = TRUE;
    }
  }
  return found;
}

void rule_linked_ids(const RuleContext *c, FlagSink *sink)
{
  const Study *s = c->study;
  for (guint32 user = 0; user < s->pages->n_users; user++) {
    Link x = {.stops = CIVIL_NONE};
    if (s->cohort_of_user[user] != COHORT_NONE &&
        s->ds->log->user_start[user] < s->ds->log->user_start[user + 1] && find_link(c, user, &x))
      link_flag(c, sink, &x);
  }
}
