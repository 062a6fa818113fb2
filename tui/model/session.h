/* Session: the state as text, to come back to where one was. Pure: no files here.
 *
 * A key file. What a newer or older program wrote and this one does not know is passed over; what
 * no longer resolves (a cohort that is gone) is dropped, with the rest kept. */
#ifndef TUI_MODEL_SESSION_H
#define TUI_MODEL_SESSION_H

#include "tui/model/state.h"

/* Free with g_free. */
char *session_print(const State *s);
/* Puts the state back; needs a dataset, which tells what still resolves. Returns the number of
 * filters restored, or -1 with an error for a text that is no session. */
int session_restore(State *s, const char *text, gsize len, GError **error);

#endif
