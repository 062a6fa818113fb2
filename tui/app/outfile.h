/* Out files: names of files that people type, and the question before one is written over. */
#ifndef TUI_APP_OUTFILE_H
#define TUI_APP_OUTFILE_H

#include "tui/app/app.h"

/* The path that is meant: `~/` is the home folder, a plain name lies in the folder that
 * `set export-folder` names. NULL with CORE_ERROR_USAGE for an empty one; free with g_free. */
char *outfile_path(const App *app, const char *name, GError **error);
/* May it be written? TRUE when it is not there, or `!` was said. Else FALSE with CORE_ERROR_USAGE,
 * and a menu that offers `line` (the command without its `!`, such as "export pane x.csv"). */
gboolean outfile_may_write(App *app, const char *path, const char *line, GError **error);

#endif
