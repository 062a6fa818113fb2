/* Case report: a case on paper, for people who have neither the log nor this program.
 *
 * Says what was found, by which rule of which version with which thresholds, against what is usual,
 * what speaks against it, what people have written and decided, the rows themselves, and of which
 * data all this is true. With pseudonyms no user and no address of the log stands in it. */
#ifndef CORE_CASEBOOK_CASE_REPORT_H
#define CORE_CASEBOOK_CASE_REPORT_H

#include "core/casebook/judge.h"
#include "core/report/report.h"

#define CASE_ROWS_MAX 500 /* rows of evidence of one flag that are printed */

/* Nothing is owned. */
typedef struct {
  const Casebook *book;
  const Case *c;
  const Dataset *ds;
  const FlagSet *flags;   /* NULL: not computed; then flags are told by what was decided on them */
  const char *name;       /* of the log, for people */
  const char *version;    /* of the program */
  const GPtrArray *files; /* of ReportFile* */
  Pseudonyms *pseudonyms; /* or NULL: names as they are */
  Stamp by;               /* who writes it, and when */
} CaseReport;

/* REPORT_MD or REPORT_HTML. Errors are told by sink_close. */
void case_report_write(const CaseReport *r, ReportFormat f, Sink *sink);

#endif
