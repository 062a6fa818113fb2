/* Session files: where one was, written to a file of one's own and read back. */
#ifndef TUI_APP_SESSION_FILE_H
#define TUI_APP_SESSION_FILE_H

#include "tui/app/app.h"

/* The session with what says to which data it belongs; free with g_free. */
char *session_file_print(App *app);
/* Puts a session back; one of other data only when `any_data`. Returns the number of filters, or
 * -1 with CORE_ERROR_INPUT (no session) or CORE_ERROR_USAGE (of other data). */
int session_file_take(App *app, const char *text, gsize len, gboolean any_data, GError **error);
/* Notes in the log of commands that the session in `text` was restored. */
void session_log(App *app, const char *text);

#endif
