/* Waker: how a thread wakes the loop. */
#include "tui/model/waker.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

void waker_open(Waker *w)
{
  if (!g_unix_open_pipe(w->fds, FD_CLOEXEC, NULL))
    w->fds[0] = w->fds[1] = -1;
  else if (!g_unix_set_fd_nonblocking(w->fds[0], TRUE, NULL) ||
           !g_unix_set_fd_nonblocking(w->fds[1], TRUE, NULL))
    waker_close(w);
}

void waker_close(Waker *w)
{
  for (int i = 0; i < 2; i++) {
    if (w->fds[i] >= 0)
      close(w->fds[i]);
    w->fds[i] = -1;
  }
}

int waker_fd(const Waker *w)
{
  return w->fds[0];
}

void waker_ring(const Waker *w)
{
  ssize_t n = write(w->fds[1], "x", 1); /* a full pipe wakes as well */
  (void)n;
}

void waker_quiet(const Waker *w)
{
  char buf[256];
  while (read(w->fds[0], buf, sizeof buf) == (ssize_t)sizeof buf)
    ;
}
