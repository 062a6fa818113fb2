/* Explorer: the program at the terminal. */
#ifndef TUI_APP_EXPLORER_H
#define TUI_APP_EXPLORER_H

#include "tui/app/options.h"

/* Runs until the user leaves; returns the exit code. With --script or --screen no terminal is
 * used. */
int explorer_run(const Options *o);

#endif
