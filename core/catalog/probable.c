/* Probable cohorts: grouping by first hit, matching to cohorts without rows. */
#include "core/catalog/probable.h"

#include <math.h>
#include <string.h>

#define EARLY_DAYS 28
/* A class gathers from its first day on; who was here long before that day does not belong. */
#define LEAD_DAYS 7

void probable_options_init(ProbableOptions *o)
{
  *o = (ProbableOptions){.window_days = 14,
                         .min_users = 8,
                         .match_days = 10,
                         .edge_days = 30,
                         .regular_days = 8,
                         .min_read_share = 0.6};
}

/* --- loose users ----------------------------------------------------------------------------- */

static ProbableMember member_of(const AccessLog *log, guint32 user)
{
  const guint32 *rows = log->rows_by_user + log->user_start[user];
  guint32 n = log->user_start[user + 1] - log->user_start[user];
  ProbableMember m = {user, log->time[rows[0]], log->time[rows[n - 1]], n, 0, 0};
  CivilDay first = civil_day_of(m.first), before = CIVIL_DAY_NONE;
  for (guint32 i = 0; i < n; i++) {
    CivilDay day = civil_day_of(log->time[rows[i]]);
    if (day != before) {
      m.days++;
      m.early_days += day < first + EARLY_DAYS;
    }
    before = day;
  }
  return m;
}

static int compare_members(gconstpointer a, gconstpointer b)
{
  const ProbableMember *x = a, *y = b;
  return x->first != y->first ? (x->first < y->first ? -1 : 1) : x->user < y->user ? -1 : 1;
}

/* Users that carry no cohort in any row, by first hit. */
static GArray *loose_users(const AccessLog *log, const People *people)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(ProbableMember));
  for (guint32 u = 0; u < people->n_users; u++)
    if (people->n_cohorts[u] == 0 && people->loose_hits[u] > 0) {
      ProbableMember m = member_of(log, u);
      g_array_append_val(list, m);
    }
  g_array_sort(list, compare_members);
  return list;
}

/* --- groups ---------------------------------------------------------------------------------- */

/* Loose users in order of their first hit; those that have a group are skipped by following
 * `next`, whose chains are shortened as they are walked. */
typedef struct {
  const ProbableMember *m;
  guint32 n;
  guint32 *next;
} Line;

static guint32 next_free(Line *l, guint32 i)
{
  while (i < l->n && l->next[i] != i) {
    if (l->next[i] < l->n)
      l->next[i] = l->next[l->next[i]];
    i = l->next[i];
  }
  return i;
}

static CivilDay first_day(const Line *l, guint32 i)
{
  return civil_day_of(l->m[i].first);
}

/* A window: the members from place `begin` on whose first day is less than window_days later. */
typedef struct {
  guint32 begin, count;
} Window;

static int compare_windows(gconstpointer a, gconstpointer b)
{
  const Window *x = a, *y = b;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return x->begin > y->begin ? -1 : 1; /* of equals the later: it has fewer forerunners */
}

static GArray *windows_of(const Line *l, const ProbableOptions *o)
{
  GArray *windows = g_array_new(FALSE, FALSE, sizeof(Window));
  for (guint32 i = 0, end = 0; i < l->n; i++) {
    while (end < l->n && first_day(l, end) - first_day(l, i) < (gint64)o->window_days)
      end++;
    Window w = {i, end - i};
    if (w.count >= o->min_users)
      g_array_append_val(windows, w);
  }
  g_array_sort(windows, compare_windows);
  return windows;
}

/* Free members of a window, at most `max`; their places in ret_places. */
static guint32 free_in_window(Line *l, const Window *w, guint days, guint32 max,
                              guint32 *ret_places)
{
  guint32 n = 0;
  for (guint32 i = next_free(l, w->begin); i < l->n && n < max; i = next_free(l, i + 1)) {
    if (first_day(l, i) - first_day(l, w->begin) >= (gint64)days)
      break;
    ret_places[n++] = i;
  }
  return n;
}

/* Leaves out the forerunners of the median member; returns how many these are. */
static guint32 skip_forerunners(const Line *l, const guint32 *places, guint32 n)
{
  CivilDay start = first_day(l, places[n / 2]);
  guint32 skip = 0;
  while (first_day(l, places[skip]) < start - LEAD_DAYS)
    skip++;
  return skip;
}

static ProbableGroup group_of(Line *l, const guint32 *places, guint32 n, const ProbableOptions *o)
{
  ProbableGroup g = {.cohort = COHORT_NONE, .track = -1, .read_share = NAN, .n_members = n};
  g.from = first_day(l, places[0]);
  g.to = first_day(l, places[n - 1]);
  g.start = first_day(l, places[n / 2]);
  g.members = g_new(ProbableMember, n);
  for (guint32 k = 0; k < n; k++) {
    const ProbableMember *m = &l->m[places[k]];
    g.members[k] = *m;
    g.hits += m->hits;
    g.n_regular += m->early_days >= o->regular_days;
    l->next[places[k]] = places[k] + 1;
  }
  return g;
}

static int compare_groups(gconstpointer a, gconstpointer b)
{
  const ProbableGroup *x = a, *y = b;
  return x->start != y->start ? (x->start < y->start ? -1 : 1) : x->from < y->from ? -1 : 1;
}

/* Fullest windows first. */
static GArray *make_groups(const GArray *loose, const ProbableOptions *o)
{
  Line l = {(const ProbableMember *)(const void *)loose->data, loose->len, NULL};
  l.next = g_new(guint32, (gsize)l.n + 1);
  for (guint32 i = 0; i <= l.n; i++)
    l.next[i] = i;
  GArray *groups = g_array_new(FALSE, FALSE, sizeof(ProbableGroup));
  GArray *windows = windows_of(&l, o);
  guint32 *places = g_new(guint32, (gsize)l.n + 1);
  for (guint i = 0; i < windows->len; i++) {
    const Window *w = &g_array_index(windows, Window, i);
    if (next_free(&l, w->begin) != w->begin || /* the window that begins at the next has the same */
        free_in_window(&l, w, o->window_days, o->min_users, places) < o->min_users)
      continue;
    guint32 n = free_in_window(&l, w, o->window_days, l.n, places);
    guint32 skip = skip_forerunners(&l, places, n);
    if (n - skip < o->min_users)
      continue;
    ProbableGroup g = group_of(&l, places + skip, n - skip, o);
    g_array_append_val(groups, g);
  }
  g_array_sort(groups, compare_groups);
  g_array_unref(windows);
  g_free(places);
  g_free(l.next);
  return groups;
}

/* --- cohorts --------------------------------------------------------------------------------- */

typedef struct {
  guint group;
  guint16 cohort;
  int days_off;
} Pair;

static int compare_pairs(gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;
  if (abs(x->days_off) != abs(y->days_off))
    return abs(x->days_off) < abs(y->days_off) ? -1 : 1;
  return x->group != y->group ? (x->group < y->group ? -1 : 1) : x->cohort < y->cohort ? -1 : 1;
}

/* Cohorts of the table that could be a group's: no rows, a start date close enough, no staff. */
static GArray *possible_pairs(const AccessLog *log, const GArray *groups, guint match_days)
{
  GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
  for (guint c = COHORT_NONE + 1; c < log->cohorts->cohorts->len; c++) {
    const Cohort *cohort = cohort_table_get(log->cohorts, (guint16)c);
    if (log->cohort_start[c + 1] > log->cohort_start[c] || cohort->staff ||
        cohort->start == CIVIL_DAY_NONE)
      continue;
    for (guint g = 0; g < groups->len; g++) {
      gint64 off = (gint64)g_array_index(groups, ProbableGroup, g).start - cohort->start;
      if (ABS(off) <= (gint64)match_days) {
        Pair pair = {g, (guint16)c, (int)off};
        g_array_append_val(pairs, pair);
      }
    }
  }
  g_array_sort(pairs, compare_pairs);
  return pairs;
}

static void match_cohorts(const AccessLog *log, GArray *groups, guint match_days)
{
  GArray *pairs = possible_pairs(log, groups, match_days);
  guint8 *given = g_new0(guint8, log->cohorts->cohorts->len);
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index(pairs, Pair, i);
    ProbableGroup *g = &g_array_index(groups, ProbableGroup, pair->group);
    if (g->cohort != COHORT_NONE || given[pair->cohort])
      continue;
    given[pair->cohort] = 1;
    g->cohort = pair->cohort;
    g->days_off = pair->days_off;
    g->track =
        cohort_table_track(log->cohorts, cohort_table_get(log->cohorts, pair->cohort)->program);
  }
  g_free(given);
  g_array_unref(pairs);
}

/* Without a cohort of the table, only what comes like a class, and not because the log begins
 * there, is one. */
static gboolean is_class(const AccessLog *log, const ProbableGroup *g, const ProbableOptions *o)
{
  return g->cohort != COHORT_NONE || (g->start - log->first_day >= (gint64)o->edge_days &&
                                      g->n_regular * (guint64)2 >= g->n_members);
}

static void drop_crowds(const AccessLog *log, GArray *groups, const ProbableOptions *o)
{
  guint kept = 0;
  ProbableGroup *g = (ProbableGroup *)(void *)groups->data;
  for (guint i = 0; i < groups->len; i++)
    if (is_class(log, &g[i], o))
      g[kept++] = g[i];
    else
      g_free(g[i].members);
  g_array_set_size(groups, kept);
}

Probable *probable_new(const AccessLog *log, const People *people, const ProbableOptions *o)
{
  Probable *p = g_new0(Probable, 1);
  if (o)
    p->options = *o;
  else
    probable_options_init(&p->options);
  p->options.min_users = MAX(1, p->options.min_users);
  GArray *loose = loose_users(log, people);
  GArray *groups = make_groups(loose, &p->options);
  match_cohorts(log, groups, p->options.match_days);
  drop_crowds(log, groups, &p->options);
  p->n_loose = loose->len;
  p->n_users = people->n_users;
  p->n_groups = groups->len;
  p->groups = (ProbableGroup *)(void *)g_array_free(groups, FALSE);
  p->group_of_user = g_new(guint32, (gsize)p->n_users + 1);
  memset(p->group_of_user, 0xff, ((gsize)p->n_users + 1) * sizeof *p->group_of_user);
  p->cohort_of_user = g_new0(guint16, (gsize)p->n_users + 1);
  for (guint i = 0; i < p->n_groups; i++)
    for (guint32 k = 0; k < p->groups[i].n_members; k++) {
      p->group_of_user[p->groups[i].members[k].user] = i;
      p->cohort_of_user[p->groups[i].members[k].user] = p->groups[i].cohort;
    }
  g_array_unref(loose);
  return p;
}

void probable_free(Probable *p)
{
  if (!p)
    return;
  for (guint i = 0; i < p->n_groups; i++)
    g_free(p->groups[i].members);
  g_free(p->groups);
  g_free(p->group_of_user);
  g_free(p->cohort_of_user);
  g_free(p);
}

guint16 probable_cohort(const Probable *p, const AccessLog *log, guint32 row)
{
  guint16 cohort = log->cohort[row];
  return cohort == COHORT_NONE && p ? p->cohort_of_user[log->user[row]] : cohort;
}

Phase probable_phase(const Probable *p, const AccessLog *log, guint32 row)
{
  guint16 cohort = probable_cohort(p, log, row);
  if (cohort == COHORT_NONE)
    return PHASE_NONE;
  return cohort_phase(cohort_table_get(log->cohorts, cohort), civil_day_of(log->time[row]));
}
