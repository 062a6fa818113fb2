/* Question 4, the inside: people and stories. For core/answers/q4*.c only. */
#ifndef CORE_ANSWERS_Q4_H
#define CORE_ANSWERS_Q4_H

#include "core/answers/build.h"

#define Q4_HIGH      50 /* a score from which on a flag is worth a look */
#define Q4_VERY_HIGH 75 /* the same, from which on it is a strong case */

gboolean q4_is_security(const Flag *f);
/* The suspects, each with all flags for security about them. */
void q4_people(Answer *a, const Study *study, const FlagSet *set, guint top);
/* Flags that belong together. */
void q4_stories(Answer *a, const Study *study, const FlagSet *set);

#endif
