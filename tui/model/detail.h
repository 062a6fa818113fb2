/* Detail: what is known about the row under the cursor. Model; no drawing. */
#ifndef TUI_MODEL_DETAIL_H
#define TUI_MODEL_DETAIL_H

#include "tui/model/pane.h"

#define DETAIL_TOP 12

typedef struct {
  char *label; /* "first", or NULL: the line goes on */
  char *text;  /* safe */
} DetailLine;

typedef struct {
  char *title;
  GPtrArray *lines; /* of DetailLine* */
  guint32 *spark;   /* hits per bucket over the scope */
  guint n_spark;
  Bucket bucket;
  /* what this row consists of: the top of the list that Enter opens */
  char *top_title;
  guint n_top;
  char *top_label[DETAIL_TOP];
  guint32 top_hits[DETAIL_TOP];
  char *stamp, *wanted; /* what it was made from, and what it should be made from */
  gboolean late;        /* these differ: it is still being computed */
} Detail;

void detail_clear(Detail *d);
/* Asks for the row `key` of a list within `scope` (the scope of that list), unless it is at hand.
 * `next`: the dimension that Enter leads to. `bucket`: step of the spark. */
void detail_ask(Detail *d, Work *w, const Dataset *ds, guint64 generation, const Scope *scope,
                Dimension dim, guint32 key, Dimension next, Bucket bucket);
/* Takes what was asked for, if it is there: else the detail stays as it was and is `late`. */
void detail_take(Detail *d, Work *w);

#endif
