/* Comparisons: two programs, cohorts, lessons, users or addresses side by side, within a scope.
 *
 * What each side holds, what the two share, their hits over time, and the lessons (of two lessons:
 * the cohorts) in which they differ most. Of two users also when they met: sessions that overlap,
 * and sessions of one that begin where those of the other end, on the same address. A comparison
 * tells what is alike; whether two ids are one person is for people to judge. */
#ifndef CORE_QUERY_COMPARE_H
#define CORE_QUERY_COMPARE_H

#include "core/query/rank.h"

/* Fewer persons on a side are too few for a test (core/stats/ranktest.h). */
#define COMPARE_TEST_USERS 8

/* Distinct things of each side, and those of both. */
typedef struct {
  guint32 n[2], both;
} CompareSet;

typedef struct {
  guint32 key;
  RankRow total;   /* hits, users, addresses, lessons, days, first, last */
  guint32 *weeks;  /* hits per week of the calendar, n_weeks */
  guint32 *course; /* hits per week of the course, n_course; NULL when a side has none */
  guint32 before_course;
  /* of a user; NaN or 0 for other sides */
  guint sessions;
  double session_hits; /* median of the hits of a session */
  double pause;        /* median of the seconds between two hits of a session */
  guint32 absence;     /* days of the longest stretch between two sessions */
} CompareSide;

/* Two users at the same time, or one after the other on one address. */
typedef struct {
  gboolean handover; /* else the sessions overlap */
  gboolean same_ip;  /* always so for a handover */
  guint first;       /* the side that began, or that left the address to the other */
  CivilTime from;    /* overlap: both are there from here ... */
  CivilTime to;      /* ... to here; handover: last hit of the one, first of the other */
  guint32 row[2];    /* first row of each session; of who left: the last */
} CompareMeeting;

typedef struct {
  guint32 key;
  guint32 hits[2], users[2]; /* users with a hit of it */
  double rate[2];            /* hits / all users of the side; of two lessons: / users[i] */
  double lift;     /* share of the hits of side 0 / the same of side 1; NaN: neither, may be inf */
  double residual; /* adjusted, of the table of both sides and all rows (stats/contingency.h) */
  /* rank-sum test of the hits of each user, those without a hit too; NaN when not tested */
  double chance; /* that a user of side 0 has more than one of side 1, ties half */
  double z;
  double q; /* false discovery rate (stats/multiple.h) */
} CompareRow;

typedef struct {
  Dimension dim;
  CompareSide side[2];
  CivilDay first_monday; /* of weeks[0] */
  guint n_weeks, n_course;
  CompareSet users, ips, lessons, days, minutes;
  double hours_alike; /* sum over the hours of the day of the smaller share, 0..1; NaN: no hits */
  GArray *meetings;   /* of CompareMeeting, by time; empty unless two users are compared */
  guint overlaps, overlaps_same_ip, handovers;
  /* where they differ most */
  Dimension by; /* lessons (those of kind lesson); of two lessons: cohorts */
  gboolean tested;
  guint n_rows;
  CompareRow *rows; /* by |z|, else by |residual|, largest first */
  /* addresses of both, most hits of the two first: hits and users only */
  guint n_shared;
  CompareRow *shared;
} Comparison;

/* `dim` is one of DIM_PROGRAM, DIM_COHORT, DIM_LESSON, DIM_USER, DIM_IP; the keys differ. `scope`
 * holds for both sides; its terms on the dimension itself do too. `session_gap` in seconds. NULL
 * with CORE_ERROR_USAGE for another dimension or equal keys, or as for scope_select. */
Comparison *comparison_new(const Dataset *ds, const Scope *scope, Dimension dim,
                           const guint32 keys[2], guint session_gap, GError **error);
void comparison_free(Comparison *c);
/* both / either, 0..1; NaN when both are empty. */
double compare_jaccard(const CompareSet *s);
gboolean compare_possible(Dimension dim);

#endif
