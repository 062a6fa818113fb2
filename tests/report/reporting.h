/* Reporting: whole reports of a test bed, and checks that hold for every report. */
#ifndef TESTS_REPORT_REPORTING_H
#define TESTS_REPORT_REPORTING_H

#include "core/report/report.h"
#include "tests/flags/bed.h"

typedef struct {
  Report report;
  RuleSettings rules;
  FlagSet *flags;
  GPtrArray *files, *answers;
} Reporting;

/* Every question that is answered, over the bed, which must outlive it. */
Reporting *reporting_new(const Bed *bed);
void reporting_free(Reporting *r);
/* Free with g_free. */
char *reporting_text(const Reporting *r, ReportFormat f);

/* Each fails the test with what is wrong. */
void check_json(const char *text, const Reporting *r);
void check_html(const char *text);
void check_md(const char *text);
/* No control character but line ends, valid UTF-8. */
void check_safe(const char *text);

#endif
