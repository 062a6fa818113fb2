/* Path: the breadcrumb as something to walk on. Level 0 is "All", level i the i-th step of the
 * path, the last level the view in front. */
#ifndef TUI_MODEL_PATH_H
#define TUI_MODEL_PATH_H

#include "tui/model/state.h"

/* Number of the last level. */
guint path_last(const State *s);
/* Goes to what one saw right after the step of that level; what was added later is dropped. */
void path_goto(State *s, guint level);
/* The level that `sibling` means when none is named: the step that the list in front is a part of;
 * 0: there is none. */
guint path_level_here(const State *s);
/* The next (step 1) or previous (-1) value at a level, in the order of its list; filters on lessons
 * behind it stay; a user or address behind it goes, and what would leave nothing. TRUE when it
 * moved; FALSE with an error when there is no such level, and without one at the end of the list.
 */
gboolean path_sibling(State *s, guint level, int step, GError **error);

#endif
