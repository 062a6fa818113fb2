/* Content: what a report for people says, chapter by chapter, whatever the format. */
#ifndef CORE_REPORT_CONTENT_H
#define CORE_REPORT_CONTENT_H

#include "core/report/doc.h"
#include "core/report/facts.h"
#include "core/report/report.h"

typedef struct {
  const Report *report;
  LogFacts facts;
  GPtrArray *glossaries; /* of Glossary*, one per answer */
} Content;

/* Title, answers in brief, what the log is, words. */
void content_front(const Content *c, Doc *d);
/* One answer. */
void content_answer(const Content *c, Doc *d, guint i);
/* Columns explained, and how the report was made. */
void content_appendix(const Content *c, Doc *d);

/* "Report on the access log logs.csv"; free with g_free. */
char *content_title(const Report *r);
/* A finding for people, with pseudonyms where they are asked for. Free with g_free. */
char *content_finding(const Report *r, const Finding *f);
/* The program that a finding begins with ("Data Science: ..."), or PROGRAM_NONE. */
guint8 content_program_of(const Content *c, const char *finding);
/* A finding as an item of a list, the program that it begins with in bold. */
void content_put_finding(const Content *c, Doc *d, const char *finding);
/* Name of the program that a table is about, or NULL. */
const char *content_program_name(const Dataset *ds, const AnswerTable *t);
/* "Data Science: Lessons by reach"; free with g_free. */
char *content_table_title(const Dataset *ds, const AnswerTable *t);
/* Anchor of a chapter: that of answer i, "q3"; free with g_free. */
char *content_anchor(const Content *c, guint i);

#endif
