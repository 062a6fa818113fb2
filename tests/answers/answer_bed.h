/* Reading answers in tests: tables and cells by name, findings by what they say. */
#ifndef TESTS_ANSWERS_ANSWER_BED_H
#define TESTS_ANSWERS_ANSWER_BED_H

#include "core/answers/answers.h"
#include "tests/flags/bed.h"

/* The answer; fails the test without one. `flags` may be NULL. */
Answer *bed_answer(const Bed *bed, guint number, const FlagSet *flags);
/* The table of that name, or NULL. */
const AnswerTable *answer_find_table(const Answer *a, const char *name);
/* The first row whose cell in `column` is that text (as people see it); -1 without. */
int answer_find_row(const AnswerTable *t, const char *column, const char *text);
/* Cell of a row by the name of its column; fails without such a column. */
const Cell *answer_cell(const AnswerTable *t, int row, const char *column);
/* TRUE when a finding holds that text. */
gboolean answer_says(const Answer *a, const char *text);
/* TRUE when a note holds the text. */
gboolean answer_notes(const Answer *a, const char *text);
/* What holds for every answer: kept and left out make all rows; the scope and every link can be
 * followed; each table has a row of links, each column a definition; no text is empty or unsafe. */
void answer_check(const Answer *a, const Bed *bed);

#endif
