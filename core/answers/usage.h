/* Usage: how much each lesson is used, by how many, and since when no more.
 *
 * Rows of staff do not count. Students of probable cohorts count as students of the cohort. */
#ifndef CORE_ANSWERS_USAGE_H
#define CORE_ANSWERS_USAGE_H

#include "core/flags/study.h"

#define USAGE_IDLE_DAYS     180  /* without a hit up to the end of the log: no longer in use ... */
#define USAGE_RETIRED_HITS  20   /* ... and retired, when it had so many hits ... */
#define USAGE_RETIRED_USERS 5    /* ... by so many users */
#define USAGE_OWN_SHARE     0.1  /* of the readers in class; below, it is left to other programs */
#define USAGE_RARE_REACH    0.05 /* rare: opened by less than this share of the students */

typedef enum {
  USAGE_IN_USE,
  USAGE_FADED,   /* no longer in use, and never much */
  USAGE_RETIRED, /* no longer in use, but once it was */
} UsageState;

typedef struct {
  guint32 entry;
  guint32 hits, users; /* of everybody but staff */
  CivilDay first, last;
  gint idle; /* days from the last hit to the end of the log */
  UsageState state;
  CivilDay live_to; /* it is live from the first hit to this day: the last of the log when it is in
                       use, else that of its last hit */
} LessonUsage;

/* A lesson among the students of one program. It counts for the programs of its home track; without
 * a home, of the track that reads it most in class (homes.h: lead); when nobody did, of that of the
 * program with most hits on it. Of several programs of a track it is left to the others when nearly
 * all who read it in class are theirs, as shares of their students. */
typedef struct {
  guint32 lesson;   /* place in Usage.lessons */
  guint32 hits;     /* of all users of the program, before, in and after class */
  guint32 students; /* who were in class while it was live */
  guint32 readers;  /* of these, who opened it in class */
  double reach;     /* readers / students; NaN without students */
} ProgramLesson;

typedef struct {
  guint8 program;
  guint32 students; /* with a hit in class */
  GArray *lessons;  /* of ProgramLesson: those that count for the program's track; reach, then
                       hits, least first; those without reach last */
} ProgramUsage;

typedef struct {
  CivilDay last_day;
  guint32 n;            /* lessons with a hit of anybody but staff */
  LessonUsage *lessons; /* by entry */
  guint n_programs;
  ProgramUsage *programs; /* those with a student with a hit in class, in the order of the table */
} Usage;

Usage *usage_new(const Study *study);
void usage_free(Usage *u);
const char *usage_state_name(UsageState s); /* "in-use", "faded", "retired" */

#endif
