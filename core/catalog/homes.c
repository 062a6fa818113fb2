/* Home tracks: counts the in-class readers of each lesson by track and decides. */
#include "core/catalog/homes.h"

#include <math.h>
#include <string.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"

#define FETCH_AHEAD 24

void homes_options_init(HomesOptions *o)
{
  *o = (HomesOptions){.min_share = 0.9, .min_students = 5};
}

const char *home_name(const AccessLog *log, int track)
{
  if (track >= 0 && (guint)track < log->cohorts->tracks->len)
    return g_ptr_array_index(log->cohorts->tracks, track);
  return track == HOME_SHARED ? "shared" : "unknown";
}

/* --- counting -------------------------------------------------------------------------------- */

/* When each cohort's class ran, from the first second of the first day to the first after the last;
 * empty for staff and for cohorts without both dates. */
typedef struct {
  CivilTime from, to;
} ClassTime;

static ClassTime *class_times(const CohortTable *cohorts)
{
  ClassTime *times = g_new0(ClassTime, cohorts->cohorts->len + 1);
  for (guint c = COHORT_NONE + 1; c < cohorts->cohorts->len; c++) {
    const Cohort *cohort = cohort_table_get(cohorts, (guint16)c);
    if (cohort->start != CIVIL_DAY_NONE && cohort_phase(cohort, cohort->start) == PHASE_CLASS)
      times[c] = (ClassTime){civil_day_start(cohort->start), civil_day_start(cohort->end + 1)};
  }
  return times;
}

/* The only track of a student; -1 for staff, for people of several tracks (counted) and for those
 * without a track. */
static int track_of_user(Homes *h, const AccessLog *log, const People *people,
                         const Probable *probable, guint32 user)
{
  gboolean several;
  int track = people_only_track(people, user, &several);
  guint16 probably = probable ? probable->cohort_of_user[user] : COHORT_NONE;
  if (people->staff[user]) {
    h->n_staff++;
    return -1;
  }
  h->n_several += several;
  if (track < 0 && !several && probably != COHORT_NONE)
    track = cohort_table_track(log->cohorts, cohort_table_get(log->cohorts, probably)->program);
  return track;
}

/* Rows without a cohort count for `probably`, the cohort that the user probably is of. */
static void count_user(Homes *h, const AccessLog *log, const Catalog *catalog,
                       const ClassTime *times, guint32 user, guint16 probably, int track,
                       guint32 *seen)
{
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    /* the rows of a user lie far apart: fetch ahead of what is needed */
    guint32 ahead = log->rows_by_user[MIN(i + FETCH_AHEAD, log->n_rows - 1)];
    __builtin_prefetch(&log->cohort[ahead]);
    __builtin_prefetch(&log->time[ahead]);
    __builtin_prefetch(&log->path[ahead]);
    guint32 row = log->rows_by_user[i];
    guint16 cohort = log->cohort[row] == COHORT_NONE ? probably : log->cohort[row];
    if (log->time[row] < times[cohort].from || log->time[row] >= times[cohort].to)
      continue;
    guint32 entry = catalog->entry_of_path[log->path[row]];
    gsize cell = (gsize)entry * h->n_tracks + (guint)track;
    h->track_hits[track]++;
    h->hits[cell]++;
    if (seen[entry] != user + 1) {
      seen[entry] = user + 1;
      h->students[cell]++;
    }
  }
}

static void count_readers(Homes *h, const AccessLog *log, const Catalog *catalog,
                          const People *people, const Probable *probable)
{
  guint32 *seen = g_new0(guint32, (gsize)h->n_entries + 1); /* 1 + the last user of the entry */
  ClassTime *times = class_times(log->cohorts);
  for (guint32 u = 0; u < people->n_users; u++) {
    guint16 probably = probable ? probable->cohort_of_user[u] : COHORT_NONE;
    int track = track_of_user(h, log, people, probable, u);
    if (track >= 0)
      count_user(h, log, catalog, times, u, probably, track, seen);
  }
  g_free(times);
  g_free(seen);
}

/* --- deciding -------------------------------------------------------------------------------- */

static LessonHome decide(const Homes *h, guint32 entry, const HomesOptions *o)
{
  LessonHome home = {.track = HOME_UNKNOWN, .lead = -1};
  const guint32 *hits = h->hits + (gsize)entry * h->n_tracks;
  const guint32 *students = h->students + (gsize)entry * h->n_tracks;
  double sum = 0, most = 0;
  for (guint t = 0; t < h->n_tracks; t++) {
    double rate = h->track_hits[t] ? hits[t] / (double)h->track_hits[t] : 0;
    sum += rate;
    home.all_students += students[t];
    if (rate > most) {
      most = rate;
      home.lead = (int)t;
    }
  }
  if (home.lead < 0)
    return home;
  home.share = most / sum;
  home.students = students[home.lead];
  if (home.share >= o->min_share)
    home.track = home.students >= o->min_students ? home.lead : HOME_UNKNOWN;
  else
    home.track = home.all_students >= o->min_students ? HOME_SHARED : HOME_UNKNOWN;
  return home;
}

/* Track index of a name, HOME_SHARED for "shared", else HOME_UNKNOWN. */
static int parse_home(const AccessLog *log, const char *s)
{
  if (g_ascii_strcasecmp(s, "shared") == 0)
    return HOME_SHARED;
  for (guint t = 0; t < log->cohorts->tracks->len; t++)
    if (g_ascii_strcasecmp(s, g_ptr_array_index(log->cohorts->tracks, t)) == 0)
      return (int)t;
  return HOME_UNKNOWN;
}

/* Lines of the override file by canonical name; NULL with an error for a line without a track. */
static GHashTable *overrides_new(const AccessLog *log, const GPtrArray *lines, GError **error)
{
  GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < lines->len; i++) {
    const SettingLine *line = g_ptr_array_index(lines, i);
    int home = parse_home(log, line->value);
    if (home == HOME_UNKNOWN) {
      char *value = text_escaped(line->value, -1, 40);
      g_set_error(
          error, CORE_ERROR, CORE_ERROR_USAGE,
          "%s:%u: no track \"%s\"; write LESSON = TRACK with a track of the programs in this "
          "log, or LESSON = shared",
          line->origin, line->line, value);
      g_free(value);
      g_hash_table_unref(table);
      return NULL;
    }
    g_hash_table_replace(table, catalog_canonical(line->key, strlen(line->key)),
                         GINT_TO_POINTER(home + 2)); /* HOME_SHARED becomes 1, track 0 is 2 */
  }
  return table;
}

static gboolean apply_overrides(Homes *h, const AccessLog *log, const Catalog *catalog,
                                const GPtrArray *lines, GError **error)
{
  GPtrArray *own = lines ? NULL : assets_lines("lesson-homes.conf", NULL, error);
  if (!lines && !own)
    return FALSE;
  GHashTable *table = overrides_new(log, lines ? lines : own, error);
  for (guint32 e = 0; table && g_hash_table_size(table) > 0 && e < h->n_entries; e++) {
    if (catalog->entries[e].kind != KIND_LESSON)
      continue;
    const char *name = catalog->entries[e].name;
    char *canonical = catalog_canonical(name, strlen(name)); /* entries may be raw paths */
    int home = GPOINTER_TO_INT(g_hash_table_lookup(table, name));
    if (home == 0)
      home = GPOINTER_TO_INT(g_hash_table_lookup(table, canonical));
    if (home != 0) {
      h->entries[e].track = home - 2;
      h->entries[e].set_by_user = TRUE;
    }
    g_free(canonical);
  }
  gboolean ok = table != NULL;
  g_clear_pointer(&table, g_hash_table_unref);
  g_clear_pointer(&own, g_ptr_array_unref);
  return ok;
}

Homes *homes_new(const AccessLog *log, const Catalog *catalog, const People *people,
                 const Probable *probable, const HomesOptions *o, GError **error)
{
  Homes *h = g_new0(Homes, 1);
  h->n_entries = catalog->n_entries;
  h->n_tracks = log->cohorts->tracks->len;
  gsize cells = (gsize)h->n_entries * h->n_tracks;
  h->entries = g_new0(LessonHome, (gsize)h->n_entries + 1);
  h->track_hits = g_new0(guint64, h->n_tracks + 1);
  h->hits = g_new0(guint32, cells + 1);
  h->students = g_new0(guint32, cells + 1);
  count_readers(h, log, catalog, people, probable);
  for (guint32 e = 0; e < h->n_entries; e++)
    h->entries[e] = catalog->entries[e].kind == KIND_LESSON
                        ? decide(h, e, o)
                        : (LessonHome){.track = HOME_UNKNOWN, .lead = -1};
  if (!apply_overrides(h, log, catalog, o->homes_conf, error))
    g_clear_pointer(&h, homes_free);
  return h;
}

void homes_free(Homes *h)
{
  if (!h)
    return;
  g_free(h->entries);
  g_free(h->track_hits);
  g_free(h->hits);
  g_free(h->students);
  g_free(h);
}

/* --- groups ---------------------------------------------------------------------------------- */

/* Hits of a group on lessons of each home track. */
static void count_group(const ProbableGroup *g, const AccessLog *log, const Catalog *catalog,
                        const Homes *homes, guint64 *ret_hits)
{
  for (guint32 k = 0; k < g->n_members; k++) {
    guint32 user = g->members[k].user;
    for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
      guint32 entry = catalog->entry_of_path[log->path[log->rows_by_user[i]]];
      if (homes->entries[entry].track >= 0)
        ret_hits[homes->entries[entry].track]++;
    }
  }
}

void probable_read_tracks(Probable *probable, const AccessLog *log, const Catalog *catalog,
                          const Homes *homes)
{
  guint64 *hits = g_new(guint64, homes->n_tracks + 1);
  for (guint i = 0; i < probable->n_groups; i++) {
    ProbableGroup *g = &probable->groups[i];
    memset(hits, 0, (homes->n_tracks + 1) * sizeof *hits);
    count_group(g, log, catalog, homes, hits);
    guint64 sum = 0;
    int most = -1;
    for (guint t = 0; t < homes->n_tracks; t++) {
      sum += hits[t];
      if (hits[t] > 0 && (most < 0 || hits[t] > hits[most]))
        most = (int)t;
    }
    if (g->cohort == COHORT_NONE)
      g->track = most >= 0 && (double)hits[most] >= probable->options.min_read_share * (double)sum
                     ? most
                     : -1;
    g->read_hits = (guint32)MIN(sum, G_MAXUINT32);
    /* of the group's track; of what it reads most when it has none */
    int of = g->track >= 0 ? g->track : most;
    g->read_share = sum > 0 && of >= 0 ? (double)hits[of] / (double)sum : NAN;
  }
  g_free(hits);
}
