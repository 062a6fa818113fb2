/* Completion: what Tab makes of a command line: commands, and the arguments that each takes. */
#ifndef TUI_APP_COMPLETE_H
#define TUI_APP_COMPLETE_H

#include "tui/app/app.h"

/* The line after Tab, or NULL when nothing fits: as far as all candidates agree, then one after
 * another. Says in the message which there are. Free with g_free. */
char *complete_line(App *app, const char *line);

void completion_clear(Completion *c);

#endif
