/* Classes: each cohort while its class ran, as far as the log can see it, student by student.
 *
 * Shared ground of low activity and of who has gone quiet. A class day is a day of the class on
 * which at least a fifth of its students made a hit: weekends, holidays and gaps of the log drop
 * out by themselves. All kinds of paths count: a student who opens nothing but the home page was
 * there. */
#ifndef CORE_FLAGS_CLASSES_H
#define CORE_FLAGS_CLASSES_H

#include "core/flags/study.h"

#define CLASS_DAY_SHARE 0.2

typedef struct {
  CivilDay day;
  guint32 hits;
} ClassUserDay;

typedef struct {
  guint32 user;
  gboolean probable;
  guint32 hits;          /* in class, as a student of this cohort */
  guint32 elsewhere;     /* in class too, in rows of another cohort of the same user */
  guint32 outside;       /* all other rows of the user */
  CivilTime first, last; /* of hits; CIVIL_NONE without */
  guint32 n_days;        /* with hits in class */
  guint32 first_day;     /* place of the first of them in Classes.days */
} ClassStudent;

typedef struct {
  guint16 cohort;
  CivilDay start, end;    /* of the class */
  CivilDay from, to;      /* the part that the log covers; from > to: none of it */
  guint32 n_students;     /* users whose cohort this is, with or without hits in class */
  ClassStudent *students; /* by user id */
  guint32 n_active;       /* students with hits in class */
  guint32 n_class_days;
  CivilDay *class_days; /* ascending */
} SchoolClass;

typedef struct {
  CivilDay until; /* rows after this day were not looked at */
  guint n;
  SchoolClass *classes; /* dated cohorts with students, no staff; by start, then cohort */
  GArray *days;         /* of ClassUserDay */
} Classes;

/* `until` CIVIL_DAY_NONE: the last day of the log. */
Classes *classes_new(const Study *study, CivilDay until);
void classes_free(Classes *c);
/* Class days from one day to another, both included. */
guint32 class_days_between(const SchoolClass *c, CivilDay from, CivilDay to);
/* Hits of a student from one day to another, both included. */
guint32 class_student_hits(const Classes *all, const ClassStudent *s, CivilDay from, CivilDay to);

#endif
