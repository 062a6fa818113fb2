/* Steps: hits over time of the timeline's subject as columns. Part of the timeline view. */
#ifndef TUI_VIEWS_STEPS_H
#define TUI_VIEWS_STEPS_H

#include "tui/draw/canvas.h"
#include "tui/model/state.h"

/* Counts them; at once when the timeline is what it was. */
void steps_refresh(State *s, Bucket bucket);
/* Weeks, months or weeks of the course, in `r`: a line of text and seven of columns. The step of
 * the row under the cursor stands out. */
void steps_draw(const State *s, Canvas *c, Rect r);

#endif
