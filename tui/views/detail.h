/* Detail and strip: what is known about the row under the cursor, and hits over time. Parts of the
 * panes view. */
#ifndef TUI_VIEWS_DETAIL_H
#define TUI_VIEWS_DETAIL_H

#include "tui/draw/canvas.h"
#include "tui/model/state.h"

/* Draws the detail of the state in `r`: a strip at the foot, or a column at the right. */
void detail_draw(const State *s, Canvas *c, Rect r);

/* The sign behind a title that what stands below it is not up to date yet. */
void late_draw(Canvas *c, int x, int y, gboolean late);

/* Hits over time of everything in scope, in steps of the lists' bucket. */
typedef struct {
  Bucket bucket;
  guint32 *hits;
  guint n;
  char *from, *to;      /* labels of the first and last step */
  char *stamp, *wanted; /* what it was made from, and what it should be made from */
  gboolean late;
} Strip;

void strip_clear(Strip *d);
void strip_ask(Strip *d, const State *s);
void strip_take(Strip *d, const State *s);
void strip_draw(Canvas *c, const Strip *d, Rect r);

#endif
