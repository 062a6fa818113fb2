/* Prompt: one line being typed, that completes a command. */
#ifndef TUI_APP_PROMPT_H
#define TUI_APP_PROMPT_H

#include "tui/app/app.h"

/* Opens the prompt of a command: its label, the text to start from. */
gboolean prompt_open(App *app, const char *command, GError **error);
/* One key for the prompt. */
void prompt_key(App *app, Key key);
/* Ends it: runs the command when `accept`, else puts back what a live prompt changed. */
void prompt_close(App *app, gboolean accept);

#endif
