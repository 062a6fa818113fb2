/* Probable cohorts: classes whose rows carry no cohort.
 *
 * When a cohort was not joined to its rows, its students look like so many loose ids that happen
 * to appear in the same days. Here such ids are grouped by their first hit, and a group is matched
 * to a cohort of the table that has no rows and starts at that time. It is a guess with evidence:
 * the rows keep the phase `none` in every account; who treats the members as students of the
 * cohort says "probable". */
#ifndef CORE_CATALOG_PROBABLE_H
#define CORE_CATALOG_PROBABLE_H

#include "core/catalog/people.h"

typedef struct {
  guint window_days;  /* first hits of a group lie within so many days (14) */
  guint min_users;    /* and are so many at least (8) */
  guint match_days;   /* a cohort starts at most so many days from the group's start (10) */
  guint edge_days;    /* without a matching cohort, a group that starts within so many days of the
                         log's first day is no group: there everybody is seen for the first time,
                         since (30) */
  guint regular_days; /* without a matching cohort, half of its members must have been here on so
                         many days of their first four weeks: a class comes daily, passers-by do
                         not (8) */
  double min_read_share; /* a group without a cohort has a track when so much of its reading, among
                            lessons with a home track, is of that track (0.6) */
} ProbableOptions;

typedef struct {
  guint32 user;
  CivilTime first, last;
  guint32 hits;
  guint32 days;       /* with hits */
  guint32 early_days; /* of these, within four weeks of the first hit */
} ProbableMember;

#define PROBABLE_NONE G_MAXUINT32

typedef struct {
  CivilDay from, to; /* first hits of the first and the last member */
  CivilDay start;    /* median of the members' first days */
  guint16 cohort;    /* the matched cohort, or COHORT_NONE */
  int days_off;      /* start of the group minus start of that cohort */
  int track;         /* of the cohort, or of what the group reads; -1 unknown */
  double read_share; /* of what it reads; NaN until homes are known, or without such reading */
  guint32 read_hits; /* hits on lessons with a home track */
  guint32 n_regular; /* members with regular_days early days */
  guint32 n_members;
  ProbableMember *members; /* by first hit */
  guint64 hits;            /* of all members */
} ProbableGroup;

typedef struct {
  ProbableOptions options;
  guint n_groups;
  ProbableGroup *groups; /* by start */
  guint32 n_users;
  guint32 *group_of_user;  /* or PROBABLE_NONE */
  guint16 *cohort_of_user; /* the matched cohort of the user's group, or COHORT_NONE */
  guint32 n_loose;         /* users without any cohort, grouped or not */
} Probable;

void probable_options_init(ProbableOptions *o);
/* Groups and their cohorts. `o` NULL: the defaults. Of groups and cohorts that could pair in
 * several ways the nearest starts pair first, and a cohort is given once. */
Probable *probable_new(const AccessLog *log, const People *people, const ProbableOptions *o);
void probable_free(Probable *p);
/* The cohort a row counts for when probable members are treated as students: its own, or that of
 * the user's group. `p` NULL: its own. */
guint16 probable_cohort(const Probable *p, const AccessLog *log, guint32 row);
/* Phase of a row by that cohort. */
Phase probable_phase(const Probable *p, const AccessLog *log, guint32 row);

#endif
