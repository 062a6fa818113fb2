/* Crossing: students of one track who read the lessons of another, month by month.
 *
 * Students of a known cohort, before, during and after their class; staff, people enrolled in
 * several tracks, and members of probable cohorts (whose track is a guess) are left out and
 * counted, unless asked for. A student crosses in a month with three distinct lessons or more whose
 * home is the other track: one click on a link is no crossing. Homes are learned from hits; here
 * the readers must agree: a lesson that many students of the own track open, if only once, is no
 * foreign ground. The rate is per student of the track who was active that month, so that a growing
 * school does not look like growing crossing. */
#ifndef CORE_FLAGS_CROSSING_H
#define CORE_FLAGS_CROSSING_H

#include "core/flags/study.h"
#include "core/stats/changepoint.h"

typedef struct {
  guint lessons; /* distinct: in a month to count for the rate, in `days` to be listed (3) */
  guint days;    /* (90) */
  double reach;  /* of a lesson of the other track: this share of its readers, each track's divided
                    by the students of that track, must be of its home (0.8) */
  gboolean probable; /* members of probable cohorts take part, too (no) */
  guint runs;        /* simulations for the change point (9999); 0: no change point */
  guint64 seed;
  double p;    /* a change is found with a p below this (0.01) ... */
  double fall; /* ... and a fall of the rate by this share at least (0.5) */
} CrossOptions;

typedef struct {
  int month;        /* as civil_month_of */
  guint32 active;   /* students of the track with any hit that month */
  guint32 crossing; /* of these, with so many distinct lessons of the other track */
  guint32 live;     /* lessons of the other track whose life, first to last hit by anybody, has
                       begun and not ended */
  guint64 hits;     /* of these students on lessons of the other track */
} CrossMonth;

/* Who takes part, and who does not. */
typedef enum {
  CROSS_WHO_STUDENT,
  CROSS_WHO_STAFF,    /* any row of staff */
  CROSS_WHO_SEVERAL,  /* enrolled in several tracks */
  CROSS_WHO_PROBABLE, /* of a probable cohort */
  CROSS_WHO_UNKNOWN,  /* no cohort, or one without a track */
  N_CROSS_WHO
} CrossWho;

typedef enum {
  CROSS_NO_EVENTS, /* nobody crossed, or there is nothing to split */
  CROSS_NO_CHANGE, /* no split is better than chance, or the fall is too small */
  CROSS_FELL       /* the rate fell and stayed low */
} CrossVerdict;

typedef struct {
  int from, to;     /* tracks: students of `from` on lessons of `to` */
  guint32 students; /* of the track, left-out ones not counted */
  guint32 lessons;  /* whose home is `to` */
  guint32 crossers; /* students listed */
  guint64 student_months, crossing_months;
  CrossVerdict verdict;
  ChangePoint change; /* splits count months of the log; valid unless CROSS_NO_EVENTS */
  guint n_months;
  CrossMonth *months; /* every month of the log */
} CrossDirection;

/* A student with so many distinct lessons of the other track within so many days. */
typedef struct {
  guint32 user;
  guint direction;
  guint32 lessons, hits; /* over the whole log */
  guint32 densest;       /* most distinct lessons within `days` */
  guint32 months;        /* in which the student crosses */
  CivilTime first, last; /* hits on lessons of the other track */
  guint32 hits_after;    /* of these, in or after the month of the change, when there is one */
  guint32 lessons_after; /* distinct ones of them */
  gsize first_row;       /* place of its hits in Crossing.rows, `hits` of them */
} Crosser;

typedef struct {
  CrossOptions options;
  guint n_directions;
  CrossDirection *directions; /* of tracks that have lessons of their own */
  guint n;
  Crosser *crossers;                  /* densest reading first */
  GArray *rows;                       /* of guint32 */
  guint32 n_left_out[N_CROSS_WHO];    /* users by why they take no part */
  guint64 left_out_rows[N_CROSS_WHO]; /* all their rows */
} Crossing;

void cross_options_init(CrossOptions *o);
/* `o` NULL: the defaults. */
Crossing *crossing_new(const Study *study, const CrossOptions *o);
void crossing_free(Crossing *c);
/* The track of a student who takes part; -1 for anybody else. `probable` as in the options;
 * `ret_who` may be NULL. */
int cross_track_of(const Study *study, guint32 user, gboolean probable, CrossWho *ret_who);

#endif
