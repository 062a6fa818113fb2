/* Graduates: one pass by cohort for who they are, one by user for who works at the school. */
#include "core/answers/graduates.h"

/* Cohorts with graduates: the class is over, and it is no staff. */
static gboolean has_graduates(const AccessLog *log, guint16 cohort)
{
  const Cohort *c = cohort_table_get(log->cohorts, cohort);
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  return log->n_days > 0 && cohort != COHORT_NONE && !c->staff && c->program != PROGRAM_NONE &&
         c->start != CIVIL_DAY_NONE && c->end != CIVIL_DAY_NONE && c->end < last;
}

static GArray *list_graduates(const AccessLog *log)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(Graduate));
  guint16 *seen = g_new0(guint16, (gsize)strpool_count(log->users) + 1);
  for (guint c = 1; c < log->cohorts->cohorts->len; c++) {
    if (!has_graduates(log, (guint16)c))
      continue;
    for (guint32 i = log->cohort_start[c]; i < log->cohort_start[c + 1]; i++) {
      Graduate g = {log->user[log->rows_by_cohort[i]], (guint16)c};
      if (seen[g.user] == c)
        continue;
      seen[g.user] = (guint16)c;
      g_array_append_val(list, g);
    }
  }
  g_free(seen);
  return list;
}

/* Counts the rows after class of one user. */
static LikelyStaff look_at(const Study *s, guint32 user)
{
  const AccessLog *log = s->ds->log;
  const Catalog *catalog = s->ds->catalog;
  LikelyStaff x = {.user = user,
                   .staff_rows = s->people->staff[user] != 0,
                   .first = CIVIL_NONE,
                   .last = CIVIL_NONE};
  CivilDay week = CIVIL_DAY_NONE;
  guint32 in_week = 0;
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 row = log->rows_by_user[i];
    if (access_log_phase(log, row) != PHASE_AFTER)
      continue;
    CivilDay monday = civil_week_start(civil_day_of(log->time[row]));
    if (monday != week) {
      x.weeks++;
      in_week = 0;
      week = monday;
    }
    guint8 kind = s->places->kind_of_ip[log->ip[row]];
    gboolean site = kind == PLACE_SITE_REGULAR || kind == PLACE_SITE_OCCASIONAL;
    in_week += site;
    x.busy_weeks += site && in_week == GRADUATE_BUSY_HITS;
    x.site_hits += site;
    x.hits++;
    x.lesson_hits += catalog->kind_of_entry[catalog->entry_of_path[log->path[row]]] == KIND_LESSON;
    x.last = log->time[row];
    x.first = x.first == CIVIL_NONE ? x.last : x.first;
    x.cohort = log->cohort[row];
  }
  return x;
}

static gboolean is_likely(const LikelyStaff *x)
{
  return x->staff_rows ||
         (x->busy_weeks >= GRADUATE_BUSY_WEEKS && x->site_hits >= GRADUATE_SITE_SHARE * x->hits);
}

static int compare_hits(gconstpointer a, gconstpointer b)
{
  const LikelyStaff *x = a, *y = b;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return x->user < y->user ? -1 : x->user > y->user;
}

Graduates *graduates_new(const Study *study)
{
  const AccessLog *log = study->ds->log;
  gsize n_users = strpool_count(log->users);
  Graduates *g = g_new0(Graduates, 1);
  g->list = list_graduates(log);
  g->likely_staff = g_array_new(FALSE, FALSE, sizeof(LikelyStaff));
  g->is_likely = g_new0(guint8, n_users + 1);
  guint8 *seen = g_new0(guint8, n_users + 1);
  for (guint i = 0; i < g->list->len; i++) {
    guint32 user = g_array_index(g->list, Graduate, i).user;
    if (seen[user])
      continue;
    seen[user] = 1;
    LikelyStaff x = look_at(study, user);
    if (!is_likely(&x))
      continue;
    g->is_likely[user] = 1;
    g_array_append_val(g->likely_staff, x);
  }
  g_array_sort(g->likely_staff, compare_hits);
  g_free(seen);
  return g;
}

guint64 graduates_likely_hits(const Graduates *g)
{
  guint64 hits = 0;
  for (guint i = 0; i < g->likely_staff->len; i++)
    hits += g_array_index(g->likely_staff, LikelyStaff, i).lesson_hits;
  return hits;
}

void graduates_free(Graduates *g)
{
  if (!g)
    return;
  g_array_unref(g->likely_staff);
  g_array_unref(g->list);
  g_free(g->is_likely);
  g_free(g);
}
