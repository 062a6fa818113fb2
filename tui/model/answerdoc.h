/* Answer document: one of the eight answers as lines of a given width, with a cursor that stands on
 * findings and rows of tables. Model; no drawing. */
#ifndef TUI_MODEL_ANSWERDOC_H
#define TUI_MODEL_ANSWERDOC_H

#include "core/answers/answers.h"

typedef enum {
  LINE_BLANK,
  LINE_TITLE,   /* the question */
  LINE_SCOPE,   /* what it looked at */
  LINE_FINDING, /* a sentence; may run over several lines */
  LINE_TABLE,   /* title of a table */
  LINE_HEAD,    /* heads of its columns */
  LINE_ROW,
  LINE_MORE, /* how many rows are folded away */
  LINE_NOTE
} LineType;

typedef struct {
  LineType type;
  gboolean first; /* of the lines of one finding */
  char *text;     /* of all but heads and rows; safe */
  guint table, row;
  const AnswerLink *link; /* where Enter leads, or NULL */
} DocLine;

#define DOC_COLUMNS_MAX 24

typedef struct {
  guint n, first; /* columns shown, the first of them after the label */
  guint column[DOC_COLUMNS_MAX];
  int width[DOC_COLUMNS_MAX];
} DocTable;

typedef struct {
  guint question;    /* 0..7 */
  guint cursor, top; /* places in lines */
  guint shift;       /* columns of tables passed over at the left */
  gboolean all_rows; /* whole tables, not only their first rows */
  GPtrArray *lines;  /* of DocLine* */
  GArray *tables;    /* of DocTable: how the columns of each table are laid out */
  char *stamp;
} AnswerDoc;

void answerdoc_clear(AnswerDoc *d);
/* Lays `answer` (NULL: nothing yet) out for `width`; cheap when nothing changed. */
void answerdoc_refresh(AnswerDoc *d, const Answer *answer, guint64 learned, int width);
void answerdoc_scroll(AnswerDoc *d, int height);
/* To the next line that the cursor may stand on, from place `to` in direction `step`. */
void answerdoc_move(AnswerDoc *d, gint64 to, int step);
const DocLine *answerdoc_line(const AnswerDoc *d, guint place);

#endif
