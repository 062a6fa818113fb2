/* People: what the rows say about each user, counted from the log alone.
 *
 * A user may carry several cohorts over time, or none. */
#ifndef CORE_CATALOG_PEOPLE_H
#define CORE_CATALOG_PEOPLE_H

#include "core/log/log.h"

typedef struct {
  guint32 n_users;
  guint16 *student_cohort; /* with most of the user's hits, staff cohorts left out (of equals the
                              one used last); COHORT_NONE without */
  guint16 *n_cohorts;      /* distinct cohorts, staff ones counted, "none" not */
  guint8 *staff;           /* 1: any row of a staff cohort */
  guint64 *tracks;     /* people_track_bit() of every track of the user's cohorts, staff ones left
                          out */
  guint32 *loose_hits; /* rows without a cohort */
} People;

People *people_new(const AccessLog *log);
void people_free(People *p);
/* Bit of a track; the 64th and all later tracks share one. */
guint64 people_track_bit(int track);
/* Number of the only track of a user, or -1: none, or several (then *ret_several is TRUE). */
int people_only_track(const People *p, guint32 user, gboolean *ret_several);

#endif
