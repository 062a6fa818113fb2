/* Following: the explorer of a log that grows.
 *
 * New rows are shown as they come. What is learned from all rows (study, flags, answers) is learned
 * anew after a quiet moment, behind the screen; until then the old is shown. */
#ifndef TUI_APP_FOLLOWING_H
#define TUI_APP_FOLLOWING_H

#include "tui/app/app.h"

/* Starts or stops. FALSE with an error that says why the log cannot be followed. Where the log was
 * read up to the middle of a line, it is first read again. */
gboolean following_set(App *app, gboolean on, GError **error);
/* The log is whole: starts when that was asked for. */
void following_loaded(App *app);
/* Takes over what has come. TRUE when the screen changes. */
gboolean following_poll(App *app);
/* Milliseconds until following_work has something to do; -1: never. */
int following_due(const App *app);
void following_work(App *app);
/* Waits until everything that is in the files now is shown and learned: for scripts. */
void following_settle(App *app);
/* Lets go of everything. */
void following_clear(App *app);

#endif
