/* The line to a terminal: see tty.h. */
#include "tui/draw/tty.h"

#include "core/base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

gboolean tty_pick(int wanted, int standard, int *fd, gboolean *own, GError **error)
{
  int candidate = wanted >= 0 ? wanted : standard;
  gboolean opened = FALSE;
  if (!isatty(candidate) && wanted < 0) {
    candidate = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    opened = TRUE;
  }
  if (candidate < 0 || !isatty(candidate)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "there is no terminal here (%s); the explorer needs one, the other commands "
                "(report, rank, check, ...) do not",
                opened ? "/dev/tty cannot be opened" : "the descriptor is not one");
    return FALSE;
  }
  *fd = candidate;
  *own = opened;
  return TRUE;
}

static int number_from_env(const char *name)
{
  const char *value = g_getenv(name);
  return value ? (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 0, G_MAXINT) : 0;
}

void tty_size(int fd, int max, int *width, int *height)
{
  struct winsize size = {0};
  int w = 0, h = 0;
  if (ioctl(fd, TIOCGWINSZ, &size) == 0)
    w = size.ws_col, h = size.ws_row;
  if (w <= 0)
    w = number_from_env("COLUMNS");
  if (h <= 0)
    h = number_from_env("LINES");
  *width = CLAMP(w > 0 ? w : 80, 1, max);
  *height = CLAMP(h > 0 ? h : 24, 1, max);
}

void tty_set_raw(int fd, const struct termios *usual)
{
  struct termios settings = *usual;
  cfmakeraw(&settings);
  tcsetattr(fd, TCSADRAIN, &settings);
}

gboolean tty_in_background(int fd)
{
  pid_t owner = tcgetpgrp(fd); /* -1 when it is not our controlling terminal, or gone */
  return owner >= 0 && owner != getpgrp();
}

void tty_send(int fd, const char *bytes, gsize len)
{
  while (len > 0) {
    gssize n = write(fd, bytes, len);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0 && errno == EAGAIN) {
      struct pollfd out = {.fd = fd, .events = POLLOUT};
      if (poll(&out, 1, 1000) > 0)
        continue;
    }
    if (n <= 0)
      return;
    bytes += n;
    len -= (gsize)n;
  }
}
