/* What a slide says: a title, a few findings, a table of the programs, where it is from, and notes
 * for the speaker. Everything is taken from the answers; nothing is counted here. All texts are
 * safe. */
#ifndef CORE_REPORT_SLIDE_MODEL_H
#define CORE_REPORT_SLIDE_MODEL_H

#include "core/report/report.h"

#define SLIDE_FINDINGS 6
#define SLIDE_PROGRAMS 4
#define SLIDE_COLUMNS  4

typedef struct {
  const Answer *answer; /* whose brief it is */
  char *text;           /* a sentence that begins with the figure, which is not in it */
  char *longer;         /* the same with what may be left out where there is no room */
} SlideFinding;

/* A name, and the number that goes with it; both may be NULL. */
typedef struct {
  char *name, *number;
} SlideCell;

typedef struct {
  SlideCell head;
  SlideCell cells[SLIDE_PROGRAMS];
} SlideColumn;

typedef enum { SLIDE_NOTE_HEADING, SLIDE_NOTE_TEXT } SlideNoteKind;

typedef struct {
  SlideNoteKind kind;
  char *text;
} SlideNote;

typedef struct {
  GPtrArray *titles;   /* of char*: the one that says most first; use the first that fits */
  GArray *findings;    /* of SlideFinding, at most SLIDE_FINDINGS, what matters most first */
  GArray *columns;     /* of SlideColumn; without any there is no table */
  guint n_programs;    /* rows of the table */
  char *source;        /* files, rows, period, rejects */
  GArray *notes;       /* of SlideNote */
  char *name;          /* of the log, for the properties of the file */
  const char *version; /* of the program */
} SlideModel;

SlideModel *slide_model_new(const Report *r);
void slide_model_free(SlideModel *m);

/* --- for its parts --- */

/* "900,223 rows of 981 users, 2018-01-26 to 2021-04-21" */
void slide_add_columns(SlideModel *m, const Report *r);
void slide_add_notes(SlideModel *m, const Report *r);
/* The answer to a question, or NULL. */
const Answer *slide_answer(const Report *r, guint number);
/* The table of that name about a program (its id), or NULL. */
const Table *slide_table(const Answer *a, const char *name, const char *program);
/* The place of a column, or -1. */
int slide_column(const Table *t, const char *name);

#endif
