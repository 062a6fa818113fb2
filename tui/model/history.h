/* History: places to go back to; the part of the state that the rest of tui/model uses. */
#ifndef TUI_MODEL_HISTORY_H
#define TUI_MODEL_HISTORY_H

#include "tui/model/state.h"

/* Remembers the place for `back`. */
void history_leave(State *s);
/* Goes to a place and frees it. */
void history_take(State *s, Place *p);

#endif
