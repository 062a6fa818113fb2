/* Graduates: who they are, and who of them went on to work at the school.
 *
 * A graduate of a program is a user with a row of one of its cohorts, staff ones left out, whose
 * class ended before the last day of the log. Graduates of classes that were over before the log
 * began are known only when they came back.
 *
 * Some became staff and go on under their old cohort. Their reading is work, not what graduates
 * look up, so they are marked: a user who also has rows of a staff cohort; and one who after the
 * class read heavily from the school's own addresses for weeks, and mostly from there. */
#ifndef CORE_ANSWERS_GRADUATES_H
#define CORE_ANSWERS_GRADUATES_H

#include "core/flags/study.h"

#define GRADUATE_BUSY_HITS  20  /* from the school's addresses make a week a busy one */
#define GRADUATE_BUSY_WEEKS 5   /* busy weeks, at least */
#define GRADUATE_SITE_SHARE 0.5 /* of the hits after the class come from there, at least */

typedef struct {
  guint32 user;
  gboolean staff_rows;   /* has rows of a staff cohort; else marked by use */
  guint16 cohort;        /* of the last hit after class; COHORT_NONE without */
  guint32 hits;          /* after class, of every kind */
  guint32 lesson_hits;   /* of these, on lessons: what question 6 would count */
  guint32 site_hits;     /* of these, from the school's addresses */
  guint32 weeks;         /* Monday to Sunday, with a hit after class */
  guint32 busy_weeks;    /* of these, with GRADUATE_BUSY_HITS from the school's addresses */
  CivilTime first, last; /* hit after class; CIVIL_NONE without */
} LikelyStaff;

/* A graduate of one cohort. */
typedef struct {
  guint32 user;
  guint16 cohort;
} Graduate;

typedef struct {
  GArray *likely_staff; /* of LikelyStaff, graduates only; most hits first */
  guint8 *is_likely;    /* by user */
  GArray *list;         /* of Graduate, marked ones included; by cohort */
} Graduates;

Graduates *graduates_new(const Study *study);
void graduates_free(Graduates *g);
/* Hits on lessons after class of all who became staff. */
guint64 graduates_likely_hits(const Graduates *g);

#endif
