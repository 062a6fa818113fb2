/* Question 6, the inside: what its files share. */
#ifndef CORE_ANSWERS_Q6_H
#define CORE_ANSWERS_Q6_H

#include "core/answers/build.h"
#include "core/answers/graduates.h"

/* One program and the hits of its graduates on lessons. */
typedef struct {
  Answer *a;
  const Dataset *ds;
  const Graduates *graduates;
  gboolean keep_likely; /* those who became staff count */
  guint top;
  guint8 program;
  char *scope; /* of these hits; the marked users are in it */
  Selection *sel;
  guint32 known;  /* graduates of the program that the log knows */
  guint32 active; /* of these, with a hit in `sel` */
} GraduatePart;

/* TRUE when the graduate belongs to the program and counts. */
gboolean graduate_counts(const GraduatePart *p, const Graduate *g);
/* The table by months since graduation, and its finding. */
void q6_add_months(const GraduatePart *p);
/* Name of a lesson or module. */
const char *q6_key_text(const GraduatePart *p, Dimension by, guint32 key);

#endif
