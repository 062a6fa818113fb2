/* Frame: the whole screen. Path and totals, chips, the view, status or prompt, hints; overlays. */
#ifndef TUI_VIEWS_FRAME_H
#define TUI_VIEWS_FRAME_H

#include "tui/views/view.h"

/* Computes everything that the next frame shows, for the size in the state. An error (a scope that
 * does not resolve) becomes the message of the state. */
void frame_prepare(State *s);
/* Only what the next key may act on: the list with the cursor. For keys that arrive faster than
 * frames are drawn. */
void frame_prepare_focus(State *s);
/* TRUE when the last frame could not wait for the list with the cursor. */
gboolean frame_focus_late(const State *s);
void frame_draw(const State *s, Canvas *c);

#endif
