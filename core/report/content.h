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
/* Anchor of a chapter: that of answer i, "q3"; free with g_free. */
char *content_anchor(const Content *c, guint i);

#endif
