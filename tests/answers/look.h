/* Looking into answers: tables, rows and cells by name, findings by what they say. */
#ifndef TESTS_ANSWERS_LOOK_H
#define TESTS_ANSWERS_LOOK_H

#include "core/answers/answers.h"

/* The table of that name about that program (an id, or NULL for all); fails without it. */
const AnswerTable *look_table(const Answer *a, const char *name, const char *program);
/* Place of the column of that name; fails without it. */
guint look_column(const Table *t, const char *column);
/* The only row with that text in that column; fails when there is none, or several. */
guint look_row(const Table *t, const char *column, const char *text);
/* Rows with that text in that column. */
guint look_count(const Table *t, const char *column, const char *text);
const Cell *look_cell(const Table *t, guint row, const char *column);
gint64 look_int(const Table *t, guint row, const char *column);
double look_real(const Table *t, guint row, const char *column); /* NaN when missing */
const char *look_text(const Table *t, guint row, const char *column);
/* A finding that holds both texts (`b` may be NULL), or NULL. */
const Finding *look_finding(const Answer *a, const char *text, const char *b);
/* Hits left out under a phrase that holds this text; 0 without one. */
guint64 look_left_out(const Answer *a, const char *what);
void look_near(double got, double expected);

#endif
