/* Overlays: the menu on top of the view. */
#ifndef TUI_VIEWS_OVERLAY_H
#define TUI_VIEWS_OVERLAY_H

#include "tui/draw/canvas.h"
#include "tui/model/state.h"

void overlay_prepare(State *s, Rect body);
void overlay_draw(const State *s, Canvas *c, Rect body);
const char *overlay_hints(const State *s);

#endif
