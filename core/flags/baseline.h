/* Baselines: what is usual, so that a flag can be measured against it.
 *
 * Three of them: the user's own other days, the cohort in the same weeks of its course, and the
 * other cohorts of the program when they were in these weeks of theirs. Only days on which somebody
 * was there count. All values of one flag are in the unit of its quantity. */
#ifndef CORE_FLAGS_BASELINE_H
#define CORE_FLAGS_BASELINE_H

#include "core/flags/flags.h"

/* What is measured of one user on one day. */
typedef enum {
  DAY_REQUESTS,  /* hits without assets */
  DAY_PAGES,     /* page hits */
  DAY_DISTINCT,  /* distinct pages */
  DAY_IN_MINUTE, /* most distinct pages within 60 seconds */
  N_DAY_MEASURES
} DayMeasure;

double day_measure(const UserDay *d, DayMeasure m);

/* The user-days of a baseline of the user `user` for something that happened in the days from..to:
 * appended to `ret` (of const UserDay*, which belong to the study). Own: all other days. Cohort:
 * other students, the same days and a week around them. Program: students of the other cohorts,
 * the same days of their course and a week around them. Nothing for a user without a cohort, but
 * for the own ones. */
void baseline_days(const Study *s, BaselineKind k, guint32 user, CivilDay from, CivilDay to,
                   GPtrArray *ret);

/* Median of a measure over such days; *ret_n user-days. NaN without any. */
double baseline_median(const Study *s, BaselineKind k, DayMeasure m, guint32 user, CivilDay from,
                       CivilDay to, guint32 *ret_n);

/* Sets all three baselines of a flag about a user (from and to set) to these medians. */
void baseline_set_days(Flag *f, const Study *s, DayMeasure m);
/* The same of any other number of user-days: value[i] is that of study->pages->days[i]. */
void baseline_set_values(Flag *f, const Study *s, const guint16 *value, const char *what);

#endif
