/* The line to a terminal, below curses: which descriptor it is, its size, its mode, bytes. */
#ifndef TUI_DRAW_TTY_H
#define TUI_DRAW_TTY_H

#include <glib.h>
#include <termios.h>

/* The terminal to use: `wanted` when it is 0 or more, else `standard` when that is a terminal, else
 * /dev/tty, opened here (`own` is set then, and the caller closes it). */
gboolean tty_pick(int wanted, int standard, int *fd, gboolean *own, GError **error);
/* Size in cells, from the line, else from $COLUMNS and $LINES, else 80x24; at least 1x1, at most
 * `max` either way. */
void tty_size(int fd, int max, int *width, int *height);
/* Every byte as it is typed, without echo; `usual` are the settings to start from. */
void tty_set_raw(int fd, const struct termios *usual);
/* TRUE when the terminal belongs to another job of the shell: using it would stop this one. Safe in
 * a signal handler. */
gboolean tty_in_background(int fd);
/* Writes all, or up to the first error. Safe in a signal handler. */
void tty_send(int fd, const char *bytes, gsize len);

#endif
