/* Signals of a terminal program, turned into something that poll can wait for.
 *
 * The handler notes the signal and writes one byte to a pipe; the program asks when it likes.
 * Caught: SIGWINCH, SIGCONT, SIGTSTP, SIGINT, SIGTERM, SIGHUP. SIGINT and SIGHUP stay ignored when
 * they were at the start (nohup). A program that does not react dies at the third SIGTERM or
 * SIGHUP, with the terminal restored. */
#ifndef TUI_DRAW_SIGNALS_H
#define TUI_DRAW_SIGNALS_H

#include <glib.h>

gboolean signals_open(GError **error);
void signals_close(void);
/* Readable when a signal has come. */
int signals_fd(void);
/* Empties the pipe; call it when it is readable, before signals_take. */
void signals_drain(void);
/* TRUE when `signo` has come since the last call. */
gboolean signals_take(int signo);
gboolean signals_waiting(void);
/* Stops the whole job, as the terminal does for C-z; returns when continued. Returns at once when
 * there is no shell to continue it. */
void signals_stop_job(void);

#endif
