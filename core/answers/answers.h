/* Answers: the eight questions of the school, each with findings, tables, scope and accounting.
 *
 * One object per question feeds the explorer, the reports and the slide. Findings are sentences
 * built from the numbers; every table column carries its definition. */
#ifndef CORE_ANSWERS_ANSWERS_H
#define CORE_ANSWERS_ANSWERS_H

#include "core/base/table.h"
#include "core/flags/flags.h"

#define N_QUESTIONS 8

/* Where a row of a table, or a finding, comes from: Enter goes there. */
typedef struct {
  const char *view; /* "lessons", "users", "timeline", "flags", ...: static */
  char *scope;      /* scope text, "" = every row */
} AnswerLink;

typedef struct {
  Table *table;
  char *program;      /* id of the program that the table is about, or NULL */
  char *program_name; /* its name, to be put before the title; or NULL */
  GPtrArray *links;   /* of AnswerLink*, one per row, elements may be NULL; or NULL */
} AnswerTable;

typedef struct {
  char *text;       /* a sentence; safe */
  char *marked;     /* the same with its names marked (core/base/marked.h); NULL: it names nobody */
  AnswerLink *link; /* or NULL */
} Finding;

typedef struct {
  char *what; /* "rows of kind home", a noun phrase; names nobody */
  guint64 hits;
} LeftOut;

/* The answer in a line, for a slide: a number in large print, and the sentence that it begins. It
 * names no user and no address. All texts are safe. */
typedef struct {
  char *figure;   /* "38", "6.7 %" */
  char *text;     /* "of 731 students hardly use the curriculum in class", without a full stop */
  char *more;     /* whole sentences, for where there is room; or NULL */
  char *headline; /* a clause for a title, lower-case: "38 students hardly ..."; or NULL */
} Brief;

typedef struct {
  guint number;        /* 1..8 */
  char *title;         /* the question, in a few words */
  char *scope;         /* in the scope grammar: what rows it looked at */
  guint64 kept;        /* rows in that scope */
  GPtrArray *left_out; /* of LeftOut*: kept + left out = all rows */
  GPtrArray *findings; /* of Finding* */
  Brief *brief;        /* or NULL: there is no number to tell */
  GPtrArray *tables;   /* of AnswerTable* */
  GPtrArray *notes;    /* of char*: method and limits, a sentence each; names nobody */
} Answer;

typedef struct {
  guint top;                  /* rows of rankings that findings speak of (5) */
  const char *roster;         /* FILE of --roster (user, cohort, name), or NULL */
  guint64 seed;               /* of simulations */
  gboolean keep_likely_staff; /* question 6 counts graduates who became staff, too */
} AnswerOptions;

void answer_options_init(AnswerOptions *o);
/* One answer. `flags` may be NULL: then question 4 says that they were not computed. NULL with
 * an error for a roster that cannot be read. */
Answer *answer_new(guint number, const Study *study, const FlagSet *flags, const AnswerOptions *o,
                   GError **error);
void answer_free(Answer *a);
const char *answer_title(guint number);
/* FALSE for a question that this build does not answer. */
gboolean answer_exists(guint number);
/* Hits that question 6 leaves out unless keep_likely_staff says otherwise. */
guint64 answer_likely_staff_hits(const Study *study);

#endif
