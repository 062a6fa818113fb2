/* Question 8, the inside: its three parts. For core/answers/q8*.c only. */
#ifndef CORE_ANSWERS_Q8_H
#define CORE_ANSWERS_Q8_H

#include "core/answers/build.h"

/* Days outside the band, gaps, duplicate rows. */
void q8_days(Answer *a, const Study *study);
/* Cohorts without rows, probable missing ones, ids in several cohorts, students who became staff.
 */
void q8_people(Answer *a, const Study *study, guint top);
/* Length of classes, diversity of reading, growth, profiles, addresses of the school. */
void q8_school(Answer *a, const Study *study);

#endif
