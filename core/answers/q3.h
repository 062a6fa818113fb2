/* Question 3, the inside: its parts. For core/answers/q3*.c only. */
#ifndef CORE_ANSWERS_Q3_H
#define CORE_ANSWERS_Q3_H

#include "core/answers/build.h"
#include "core/answers/roster.h"
#include "core/flags/lowactivity.h"

/* What the answer looks at. */
typedef struct {
  guint64 rows;          /* in class */
  guint32 users;         /* who made them */
  guint64 probable_rows; /* without a cohort, in the class time of a probable one */
  guint32 probable_users;
} InClass;

/* What was found, the answer to the question first. */
void q3_findings(Answer *a, const Study *study, const LowActivity *l, const InClass *n, guint top);
void q3_notes(Answer *a, const LowActivity *l, const InClass *n);
/* Who has gone quiet in classes that are running. */
void q3_quiet(Answer *a, const Study *study, const AnswerOptions *o);
/* Students of the roster without any hit; `r` NULL: says that they cannot be seen. */
void q3_roster(Answer *a, const Study *study, const LowActivity *l, const Roster *r);

#endif
