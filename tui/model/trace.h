/* Trace: what rules and people say about the rows of the timeline. Model; no drawing. */
#ifndef TUI_MODEL_TRACE_H
#define TUI_MODEL_TRACE_H

#include "tui/model/state.h"

/* Brings flags, marks and notes of the timeline up to date; after timeline_refresh. Cheap when
 * nothing changed. */
void trace_refresh(State *s);

#endif
