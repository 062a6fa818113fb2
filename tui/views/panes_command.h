/* Commands that mean something of their own in the lists: style, base, scale, bucket, pin. */
#ifndef TUI_VIEWS_PANES_COMMAND_H
#define TUI_VIEWS_PANES_COMMAND_H

#include "tui/model/state.h"

/* As View.command. */
gboolean panes_command(State *s, int argc, char **argv, gboolean *handled, GError **error);

#endif
