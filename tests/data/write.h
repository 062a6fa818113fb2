/* The log as files: raw text, narrow CSV, CSV joined with the cohorts, and the cohort table. */
#ifndef TESTS_DATA_WRITE_H
#define TESTS_DATA_WRITE_H

#include "tests/data/day.h"

typedef enum { FORM_RAW = 1 << 0, FORM_CSV = 1 << 1, FORM_WIDE = 1 << 2 } Form;

typedef struct Writer Writer;

/* Opens logs.txt, logs.csv and curriculum_logs.csv, as `forms` says, in the folder. NULL after a
 * message on standard error. */
Writer *writer_new(const School *s, const char *folder, guint forms);
/* Sets the date of the rows that follow. */
void writer_begin_day(Writer *w, int date);
void writer_row(Writer *w, const Event *e);
/* Closes the files; FALSE after a message when something could not be written. */
gboolean writer_close(Writer *w);
gboolean write_cohorts(const School *s, const char *folder);

#endif
