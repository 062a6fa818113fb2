/* The list of a comparison: drawing it, going from it, copying. Part of the view. */
#ifndef TUI_VIEWS_COMPARE_OPEN_H
#define TUI_VIEWS_COMPARE_OPEN_H

#include "tui/draw/canvas.h"
#include "tui/model/state.h"

void compare_draw_list(const State *s, Canvas *c, Rect r);
/* As View.enter and View.copy. */
gboolean compare_enter(State *s, GError **error);
char *compare_copy(const State *s, gboolean whole);
/* Definitions of the columns, for the help. */
void compare_explain_list(const State *s, Menu *m);

#endif
