/* Question 2, the inside: what its files share. */
#ifndef CORE_ANSWERS_Q2_H
#define CORE_ANSWERS_Q2_H

#include "core/answers/build.h"
#include "core/flags/outlier.h"

/* One program, and its cases. */
typedef struct {
  Answer *a;
  const Dataset *ds;
  const Outliers *all;
  const OutlierProgram *program;
  guint begin, end; /* places in the cases */
  guint n[N_OUTLIER_VERDICTS];
  guint top;
} OutlierPart;

/* Lessons of one module that one cohort dwelt on. */
typedef struct {
  guint32 module;
  guint16 cohort;
  guint lessons;
  guint64 hits;
  double excess;
} OutlierGroup;

const OutlierCase *q2_case(const OutlierPart *p, guint i);
const char *q2_lesson_text(const OutlierPart *p, guint32 lesson);
/* To the students of the cohort who read the lesson in class. */
AnswerLink *q2_case_link(const OutlierPart *p, const OutlierCase *x);
AnswerLink *q2_group_link(const OutlierPart *p, const OutlierGroup *g);
/* Groups of the program's findings, most lessons first; free with g_array_unref. */
GArray *q2_groups(const OutlierPart *p);
/* All tables of one program. */
void q2_add_tables(const OutlierPart *p, const GArray *groups);

#endif
