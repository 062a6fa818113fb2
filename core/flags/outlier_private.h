/* Lesson outliers, the inside: what students read in class, week by week. For outlier.c only. */
#ifndef CORE_FLAGS_OUTLIER_PRIVATE_H
#define CORE_FLAGS_OUTLIER_PRIVATE_H

#include "core/flags/study.h"

/* Weeks of a class are cut off here (two years); later ones count as this one. */
#define READING_MAX_WEEK 104

/* Hits of one student on one lesson in one week of the course. */
typedef struct {
  guint32 student;
  guint32 week; /* from 1 */
  guint32 hits;
} ReadingCell;

typedef struct {
  guint32 user;
  guint32 cohort;    /* place in Reading.cohorts */
  guint32 hits;      /* on lessons in class */
  guint32 first_sum; /* place in Reading.sums */
} ReadingStudent;

/* A cohort with at least one student who read in class. */
typedef struct {
  guint16 cohort;
  guint8 program;
  CivilDay start, end;
  guint weeks;                 /* of the whole class */
  guint first_week, last_week; /* of these, those that the log covers, at least in part */
  guint32 first, n;            /* students first .. first + n - 1 */
  guint32 hits;
} ReadingCohort;

typedef struct {
  guint n_cohorts;
  ReadingCohort *cohorts; /* by program, then in the order of the table */
  guint32 n_students;
  ReadingStudent *students; /* by cohort, then user */
  guint32 *sums; /* per student weeks + 1 numbers: hits on lessons before week 1, 2, ..., the end */
  /* by catalog entry: cells[cell_start[e] .. cell_start[e + 1]), by student, then week */
  gsize *cell_start;
  ReadingCell *cells;
  CivilDay *first_day, *last_day; /* life of an entry: hits by anyone; CIVIL_DAY_NONE without */
} Reading;

Reading *reading_new(const Study *study);
void reading_free(Reading *r);
/* Hits of a student on lessons in the weeks from..to of the course. */
guint32 reading_hits(const Reading *r, guint32 student, guint from, guint to);

#endif
