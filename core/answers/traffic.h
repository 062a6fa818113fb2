/* Traffic: what the cohorts of one program read, lesson by lesson or module by module, and how
 * steadily it comes first.
 *
 * A large cohort has more hits than a small one, so hits alone say what the largest cohorts read.
 * Steadiness looks at each cohort by itself: the share of its hits, and the rank among all that it
 * reads; then at the median over cohorts, in which every cohort counts once. */
#ifndef CORE_ANSWERS_TRAFFIC_H
#define CORE_ANSWERS_TRAFFIC_H

#include "core/query/scope.h"

typedef struct {
  guint32 key; /* of the dimension */
  guint32 hits, users;
  guint32 cohorts; /* with at least one hit */
  guint32 in_top;  /* cohorts in which it is among the first `top` */
  double share;    /* of the hits of the program, 0..1 */
  /* Over all cohorts of the program. Rank: 1 + how many have more hits; one without a hit comes
   * behind all that have any. */
  double median_rank, median_share;
} TrafficRow;

typedef struct {
  guint16 cohort;
  guint64 hits;
  guint32 best, best_hits; /* key with most hits (of equals the first in natural order) */
} TrafficCohort;

typedef struct {
  Dimension by;
  guint top;
  guint64 hits;
  guint32 users;
  guint32 n_cohorts;      /* with hits */
  TrafficCohort *cohorts; /* in natural order */
  guint32 n;
  TrafficRow *rows; /* median share, then hits, greatest first; then natural order */
  guint32 most;     /* place of the row with most hits */
} Traffic;

/* `sel` has rows of one program, each with a cohort. `by`: DIM_LESSON or DIM_MODULE. */
Traffic *traffic_new(const Dataset *ds, const Selection *sel, Dimension by, guint top);
void traffic_free(Traffic *t);

/* The programs that have rows in the selection, in natural order; free with g_array_unref. Elements
 * are guint8. */
GArray *programs_of(const Dataset *ds, const Selection *sel);
/* "program=2 kind=lesson": `rest` with the term of the program in front; free with g_free. */
char *program_scope(const Dataset *ds, guint8 program, const char *rest);
/* Rows of the program; `rest` must be a valid scope. */
Selection *program_select(const Dataset *ds, guint8 program, const char *rest);

#endif
