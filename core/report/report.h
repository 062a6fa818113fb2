/* Reports: the answers to the questions, written for people (Markdown, HTML) or programs (JSON).
 *
 * The same log and settings give the same report to the byte: it holds no date of its own. */
#ifndef CORE_REPORT_REPORT_H
#define CORE_REPORT_REPORT_H

#include "core/answers/answers.h"
#include "core/ingest/load.h"
#include "core/report/pseudonym.h"
#include "core/report/sink.h"

typedef enum { REPORT_MD, REPORT_HTML, REPORT_JSON, N_REPORT_FORMATS } ReportFormat;

const char *report_format_name(ReportFormat f); /* "md" */
/* FALSE, *ret untouched, when unknown. */
gboolean report_format_parse(const char *name, ReportFormat *ret);

/* An input as it was named. */
typedef struct {
  char *name;
  char *sha256; /* see digest.h; NULL: unknown */
} ReportFile;

#define REPORT_TABLE_ROWS 100 /* what table_rows is unless somebody says otherwise */

/* Everything that a report speaks of; nothing is owned. */
typedef struct {
  const char *name;    /* of the log, for people: "logs.csv" */
  const char *version; /* of the program */
  const Study *study;
  const LoadReport *load;          /* or NULL */
  const GPtrArray *files;          /* of ReportFile* */
  const GPtrArray *answers;        /* of Answer*, in order */
  const RuleSettings *rules;       /* in force; NULL: no flags were computed */
  Pseudonyms *pseudonyms;          /* or NULL: names as they are */
  guint table_rows;                /* rows of a table in the formats for people; 0: all of them */
  guint lesson_users, lesson_hits; /* what makes a page a lesson, see catalog.h */
  gboolean sample, partial, raw_paths, probable;
  gboolean likely_staff; /* question 6 counts graduates who became staff */
} Report;

/* Writes the whole of it; errors are told by sink_close. */
void report_write(const Report *r, ReportFormat f, Sink *sink);

#endif
