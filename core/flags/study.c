/* Study: everything learned from a log, in the order in which it can be learned. */
#include "core/flags/study.h"

/* The cohort of each user as a student, and the students of each cohort. */
static void fill_cohorts(Study *s)
{
  const AccessLog *log = s->ds->log;
  gsize n_users = s->people->n_users;
  guint n_cohorts = log->cohorts->cohorts->len;
  s->cohort_of_user = g_new0(guint16, n_users + 1);
  s->is_probable = g_new0(guint8, n_users + 1);
  s->member_start = g_new0(guint32, (gsize)n_cohorts + 2);
  s->members = g_new0(guint32, n_users + 1);
  for (gsize u = 0; u < n_users; u++) {
    guint16 c = s->people->student_cohort[u];
    if (c == COHORT_NONE && s->probable && !s->people->staff[u]) {
      c = s->probable->cohort_of_user[u];
      s->is_probable[u] = c != COHORT_NONE;
    }
    s->cohort_of_user[u] = c;
    s->member_start[c + 1]++;
  }
  for (guint c = 0; c < n_cohorts; c++)
    s->member_start[c + 1] += s->member_start[c];
  guint32 *next = g_memdup2(s->member_start, sizeof *next * n_cohorts);
  for (gsize u = 0; u < n_users; u++)
    s->members[next[s->cohort_of_user[u]]++] = (guint32)u;
  g_free(next);
}

static CivilDay last_day(const AccessLog *log)
{
  return log->n_days ? log->first_day + (CivilDay)log->n_days - 1 : CIVIL_DAY_NONE;
}

void study_options_init(StudyOptions *o)
{
  *o = (StudyOptions){.today = CIVIL_DAY_NONE};
}

/* The half about networks and pages, which needs nothing of the half about people. */
static gpointer learn_places(gpointer data)
{
  Study *s = data;
  s->places = places_new(s->ds);
  s->blocks = stays_new(s->ds, s->places, STAYS_BLOCKS);
  s->lines = stays_new(s->ds, s->places, STAYS_LINES);
  s->pages = pages_new(s->ds);
  return NULL;
}

/* FALSE with an error for a line of settings. */
static gboolean learn_people(Study *s, const StudyOptions *o, GError **error)
{
  const AccessLog *log = s->ds->log;
  HomesOptions homes;
  homes_options_init(&homes);
  homes.homes_conf = o ? o->homes_conf : NULL;
  s->people = people_new(log);
  if (!o || !o->no_probable)
    s->probable = probable_new(log, s->people, NULL);
  s->homes = homes_new(log, s->ds->catalog, s->people, s->probable, &homes, error);
  if (!s->homes)
    return FALSE;
  if (s->probable)
    probable_read_tracks(s->probable, log, s->ds->catalog, s->homes);
  fill_cohorts(s);
  return TRUE;
}

Study *study_new(const Dataset *ds, const StudyOptions *o, GError **error)
{
  const AccessLog *log = ds->log;
  Study *s = g_new0(Study, 1);
  s->ds = ds;
  s->today = o && o->today != CIVIL_DAY_NONE ? o->today : last_day(log);
  s->geo = o && o->mmdb ? geo_new(o->mmdb, log->ips, error) : NULL;
  if (o && o->mmdb && !s->geo) {
    study_free(s);
    return NULL;
  }
  s->agents = log->agent ? agents_new(log->agents, o ? o->agents_conf : NULL, error) : NULL;
  if (log->agent && !s->agents) {
    study_free(s);
    return NULL;
  }
  GThread *places = g_thread_new("places", learn_places, s);
  gboolean learned = learn_people(s, o, error);
  g_thread_join(places);
  if (!learned) {
    study_free(s);
    return NULL;
  }
  return s;
}

void study_free(Study *s)
{
  if (!s)
    return;
  people_free(s->people);
  probable_free(s->probable);
  homes_free(s->homes);
  places_free(s->places);
  agents_free(s->agents);
  geo_free(s->geo);
  stays_free(s->blocks);
  stays_free(s->lines);
  pages_free(s->pages);
  g_free(s->cohort_of_user);
  g_free(s->is_probable);
  g_free(s->member_start);
  g_free(s->members);
  g_free(s);
}

guint8 study_program_of(const Study *s, guint32 user)
{
  return cohort_table_get(s->ds->log->cohorts, s->cohort_of_user[user])->program;
}

guint32 study_present(const Study *s, guint16 cohort, CivilDay from, CivilDay to)
{
  const AccessLog *log = s->ds->log;
  guint32 n = 0;
  for (guint32 i = s->member_start[cohort]; i < s->member_start[cohort + 1]; i++) {
    guint32 u = s->members[i], first = log->user_start[u], end = log->user_start[u + 1];
    n += first < end && civil_day_of(log->time[log->rows_by_user[first]]) <= to &&
         civil_day_of(log->time[log->rows_by_user[end - 1]]) >= from;
  }
  return n;
}
