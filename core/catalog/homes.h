/* Home tracks: which track a lesson belongs to, learned from who reads it in class.
 *
 * For each lesson and track: hits and distinct students while their class ran. Staff and people
 * enrolled in several tracks are left out; members of probable cohorts count as students of the
 * cohort they were matched to. Hits are divided by all in-class hits of the track, so that a large
 * track does not claim what both read; the home is the track that has min_share of the sum of
 * these, with min_students. */
#ifndef CORE_CATALOG_HOMES_H
#define CORE_CATALOG_HOMES_H

#include "core/catalog/catalog.h"
#include "core/catalog/probable.h"

#define HOME_SHARED  (-1) /* no track has enough of it */
#define HOME_UNKNOWN (-2) /* too few students read it in class; or no lesson */

typedef struct {
  double min_share;            /* 0.9 */
  guint min_students;          /* 5 */
  const GPtrArray *homes_conf; /* of SettingLine: lesson = track | shared; NULL = compiled-in */
} HomesOptions;

typedef struct {
  int track;        /* the home: a track index, HOME_SHARED or HOME_UNKNOWN */
  int lead;         /* track with the largest normalised share; -1 when nobody read it in class */
  double share;     /* of the lead, 0..1; 0 when nobody read it */
  guint32 students; /* distinct, of the lead */
  guint32 all_students;
  gboolean set_by_user; /* the override file has decided */
} LessonHome;

typedef struct {
  guint32 n_entries; /* of the catalog */
  LessonHome *entries;
  guint n_tracks;      /* of log->cohorts->tracks */
  guint64 *track_hits; /* in-class hits of each track, on anything; 0: the track is left out */
  guint32 *hits;       /* n_entries x n_tracks, entry by entry: in class */
  guint32 *students;   /* the same, distinct students */
  guint32 n_staff, n_several; /* users left out: staff, several tracks */
} Homes;

void homes_options_init(HomesOptions *o);
/* `probable` may be NULL: nobody counts as a probable student. NULL with CORE_ERROR_USAGE when a
 * line of the override file names no track; a lesson that the log does not have is no error. */
Homes *homes_new(const AccessLog *log, const Catalog *catalog, const People *people,
                 const Probable *probable, const HomesOptions *o, GError **error);
void homes_free(Homes *h);
/* "ds", "shared" or "unknown". */
const char *home_name(const AccessLog *log, int track);

/* Completes `probable` with what its groups read: read_hits and read_share of every group, and the
 * track of those without a cohort. Such groups took no part in learning the homes, so this is no
 * circle. */
void probable_read_tracks(Probable *probable, const AccessLog *log, const Catalog *catalog,
                          const Homes *homes);

#endif
