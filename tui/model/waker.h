/* Waker: how a thread wakes the loop: a pipe that the loop polls. */
#ifndef TUI_MODEL_WAKER_H
#define TUI_MODEL_WAKER_H

#include <glib.h>

typedef struct {
  int fds[2]; /* -1: there is no pipe, and nobody is woken */
} Waker;

/* When too many files are open there is no pipe: then the others do nothing, and whoever waits has
 * to look now and then. */
void waker_open(Waker *w);
void waker_close(Waker *w);
/* To poll for reading; -1 without a pipe. */
int waker_fd(const Waker *w);
/* From any thread. */
void waker_ring(const Waker *w);
/* Before one looks at what the thread has left: forgets the calls so far. */
void waker_quiet(const Waker *w);

#endif
