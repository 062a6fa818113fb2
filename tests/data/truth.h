/* What was planted, counted while it is written: the truth file. */
#ifndef TESTS_DATA_TRUTH_H
#define TESTS_DATA_TRUTH_H

#include <stdio.h>

#include "tests/data/stories.h"

typedef struct Truth Truth;

Truth *truth_new(const Stories *st);
void truth_free(Truth *t);
/* Counts one row that goes to the log; `again` when it is the second copy of a row. */
void truth_count(Truth *t, int date, const Event *e, guint again);
guint64 truth_rows(const Truth *t);
/* Writes the truth file. */
void truth_write(const Truth *t, FILE *f);

#endif
