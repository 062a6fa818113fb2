/* Peers: where the user of a timeline stands among those of the same cohort, in the same time. */
#include <math.h>

#include "core/query/rank.h"
#include "core/stats/robust.h"
#include "tui/model/timeline.h"

#define NIGHT_FROM 22
#define NIGHT_TO   6

/* By user: what was done in the cohort. */
typedef struct {
  guint32 *hits, *nights, *lessons;
  guint8 *member; /* any hit in the cohort, whenever, and most hits of the log there */
  guint32 n_users;
} Peers;

static gboolean is_night(CivilTime t)
{
  int hour = civil_hour(t);
  return hour >= NIGHT_FROM || hour < NIGHT_TO;
}

static void peers_init(Peers *p, const Dataset *ds, guint16 cohort)
{
  const AccessLog *log = ds->log;
  p->n_users = strpool_count(log->users);
  p->hits = g_new0(guint32, (gsize)p->n_users + 1);
  p->nights = g_new0(guint32, (gsize)p->n_users + 1);
  p->lessons = g_new0(guint32, (gsize)p->n_users + 1);
  p->member = g_new0(guint8, (gsize)p->n_users + 1);
  for (guint32 i = log->cohort_start[cohort]; i < log->cohort_start[cohort + 1]; i++) {
    guint32 user = log->user[log->rows_by_cohort[i]];
    p->member[user] = ds->user_cohort[user] == cohort;
  }
}

static void peers_clear(Peers *p)
{
  g_free(p->hits);
  g_free(p->nights);
  g_free(p->lessons);
  g_free(p->member);
}

static void peers_count(Peers *p, const Dataset *ds, const Selection *sel)
{
  const AccessLog *log = ds->log;
  for (guint32 i = 0; i < sel->n; i++) {
    guint32 row = selection_row(sel, i);
    p->nights[log->user[row]] += is_night(log->time[row]);
  }
  RankRequest req = {.by = DIM_USER, .measures = MEASURE_BIT(MEASURE_LESSONS)};
  Ranking *r = rank(ds, sel, &req);
  for (guint32 i = 0; i < r->n; i++) {
    p->hits[r->rows[i].key] = r->rows[i].hits;
    p->lessons[r->rows[i].key] = r->rows[i].lessons;
  }
  ranking_free(r);
}

static double share_of(guint32 part, guint32 of)
{
  return of ? (double)part / of : NAN;
}

static void place_among(Timeline *t, const Peers *p)
{
  gsize n = 0;
  g_autofree double *hits = g_new(double, (gsize)p->n_users + 1);
  g_autofree double *lessons = g_new(double, (gsize)p->n_users + 1);
  g_autofree double *nights = g_new(double, (gsize)p->n_users + 1);
  t->rank_hits = t->rank_lessons = 1;
  t->night_share = share_of(p->nights[t->key], p->hits[t->key]);
  for (guint32 u = 0; u < p->n_users; u++) {
    if (!p->member[u])
      continue;
    t->n_peers++;
    t->rank_hits += p->hits[u] > p->hits[t->key];
    t->rank_lessons += p->lessons[u] > p->lessons[t->key];
    if (u == t->key)
      continue;
    hits[n] = p->hits[u];
    lessons[n] = p->lessons[u];
    nights[n++] = share_of(p->nights[u], p->hits[u]); /* NaN: not there in that time */
  }
  t->peer_hits = robust_median(hits, n);
  t->peer_lessons = robust_median(lessons, n);
  t->peer_night_share = robust_median(nights, n);
}

void timeline_rank_among_peers(Timeline *t, const Dataset *ds, const Chips *chips)
{
  static const ScopeField time_field[] = {FIELD_TIME};
  t->cohort = t->by_ip ? COHORT_NONE : ds->user_cohort[t->key];
  t->n_peers = 0;
  t->night_share = t->peer_night_share = t->peer_hits = t->peer_lessons = NAN;
  if (t->cohort == COHORT_NONE)
    return;
  Scope *scope = chips_scope_fields(chips, time_field, 1, TRUE);
  t->in_time = !scope_is_empty(scope);
  g_ptr_array_add(scope->terms, scope_term_for_key(ds, DIM_COHORT, t->cohort, FALSE));
  Selection *sel = scope_select(scope, ds, NULL);
  scope_free(scope);
  if (!sel)
    return;
  Peers p;
  peers_init(&p, ds, t->cohort);
  peers_count(&p, ds, sel);
  place_among(t, &p);
  peers_clear(&p);
  selection_free(sel);
}
