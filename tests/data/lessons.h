/* The table of contents of the sample school, as data. */
#ifndef TESTS_DATA_LESSONS_H
#define TESTS_DATA_LESSONS_H

#include <glib.h>

#include "tests/data/curriculum.h"

typedef struct {
  const char *name;
  guint8 tracks;                      /* bit 0 web, bit 1 data science */
  guint8 weeks[N_SCHOOL_PROGRAMS][2]; /* first and last week of each program, 0 0 = not taught */
  guint8 number;                      /* ordering number when renamed, 0 = never renamed */
  guint8 after[N_SCHOOL_PROGRAMS];    /* how much graduates come back to it */
  const char *lessons;                /* separated by spaces */
} ModuleText;

extern const ModuleText lessons_modules[];
extern const guint lessons_n_modules;

/* A lesson's popularity where it is not ordinary. */
typedef struct {
  const char *name;
  guint8 weight;
} LessonWeight;

extern const LessonWeight lessons_weights[];
extern const guint lessons_n_weights;

/* Lessons that were taken off the site, and when. */
typedef struct {
  const char *name;
  const char *last_day;
} LessonEnd;

extern const LessonEnd lessons_ends[];
extern const guint lessons_n_ends;

/* From these days on numbered modules are served under numbers, and nothing under content/. */
#define LESSONS_RENAME_DAY "2023-01-16"
#define LESSONS_MOVE_DAY   "2022-09-05"

/* What a browser asks for that is no lesson. */
extern const char *const lessons_probes[];
extern const guint lessons_n_probes;
/* Junk that people paste or mistype more than once. */
extern const char *const lessons_slips[];
extern const guint lessons_n_slips;

#endif
