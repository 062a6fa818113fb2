/* Scripts: command lines run without a terminal, screens written as text. Also what screen tests
 * and users' reports of faults are made of.
 *
 * One command a line, as in the `:` prompt, and besides: `key NAME...` (presses keys), `type TEXT`
 * (types it), `resize 80x24`, `screen FILE` (text, roles and cursor; `-` is standard output),
 * `text FILE` (text only), `svg FILE`. `#` starts a comment. */
#ifndef TUI_APP_SCRIPT_H
#define TUI_APP_SCRIPT_H

#include "tui/app/app.h"
#include "tui/draw/canvas.h"

/* Waits for the log, runs the script, and writes the last screen to `screen_file` when it is not
 * NULL. `width` and `height` are those at the start. FALSE with an error that names file and
 * line. */
gboolean script_run(App *app, const char *script_file, int width, int height, const Glyphs *glyphs,
                    const char *screen_file, GError **error);

/* `80x24`; FALSE, outputs untouched, when malformed or over CANVAS_MAX. */
gboolean script_parse_size(const char *text, int *w, int *h);

#endif
