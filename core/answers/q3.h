/* Question 3, the inside: its two halves. For core/answers/q3*.c only. */
#ifndef CORE_ANSWERS_Q3_H
#define CORE_ANSWERS_Q3_H

#include "core/answers/build.h"
#include "core/answers/roster.h"
#include "core/flags/lowactivity.h"

/* Who has gone quiet in classes that are running. */
void q3_quiet(Answer *a, const Study *study, const AnswerOptions *o);
/* Students of the roster without any hit; `r` NULL: says that they cannot be seen. */
void q3_roster(Answer *a, const Study *study, const LowActivity *l, const Roster *r);

#endif
