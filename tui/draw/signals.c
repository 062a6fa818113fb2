/* Signals: see signals.h. */
#include "tui/draw/signals.h"

#include "core/base/error.h"
#include "tui/draw/rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

/* How often SIGTERM or SIGHUP may come unanswered. */
#define PATIENCE 3

static const int caught[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGINT, SIGTERM, SIGHUP};
#define N_CAUGHT G_N_ELEMENTS(caught)

static struct sigaction before[N_CAUGHT];
static volatile sig_atomic_t arrived[N_CAUGHT];
static int ends[2] = {-1, -1};

static void die_of(int signo)
{
  rescue_restore();
  rescue_release_stderr();
  signal(signo, SIG_DFL);
  raise(signo);
}

static void on_signal(int signo)
{
  int error = errno;
  for (guint i = 0; i < N_CAUGHT; i++)
    if (caught[i] == signo) {
      if (arrived[i] < PATIENCE)
        arrived[i] = arrived[i] + 1;
      if (arrived[i] == PATIENCE && (signo == SIGTERM || signo == SIGHUP))
        die_of(signo);
    }
  gssize written = write(ends[1], "", 1); /* a full pipe is as good */
  (void)written;
  errno = error;
}

static void catch_one(guint i)
{
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(caught[i], &action, NULL);
}

gboolean signals_open(GError **error)
{
  if (ends[0] >= 0)
    return TRUE;
  if (!g_unix_open_pipe(ends, FD_CLOEXEC, error)) {
    ends[0] = ends[1] = -1;
    return FALSE;
  }
  g_unix_set_fd_nonblocking(ends[0], TRUE, NULL);
  g_unix_set_fd_nonblocking(ends[1], TRUE, NULL);
  for (guint i = 0; i < N_CAUGHT; i++) {
    arrived[i] = 0;
    sigaction(caught[i], NULL, &before[i]);
    gboolean ignored = before[i].sa_handler == SIG_IGN;
    if (!(ignored && (caught[i] == SIGHUP || caught[i] == SIGINT)))
      catch_one(i);
  }
  return TRUE;
}

void signals_close(void)
{
  if (ends[0] < 0)
    return;
  for (guint i = 0; i < N_CAUGHT; i++)
    sigaction(caught[i], &before[i], NULL);
  close(ends[0]);
  close(ends[1]);
  ends[0] = ends[1] = -1;
}

int signals_fd(void)
{
  return ends[0];
}

void signals_drain(void)
{
  char bytes[64];
  while (read(ends[0], bytes, sizeof bytes) > 0)
    ;
}

gboolean signals_take(int signo)
{
  for (guint i = 0; i < N_CAUGHT; i++)
    if (caught[i] == signo && arrived[i]) {
      arrived[i] = 0;
      return TRUE;
    }
  return FALSE;
}

gboolean signals_waiting(void)
{
  for (guint i = 0; i < N_CAUGHT; i++)
    if (arrived[i])
      return TRUE;
  return FALSE;
}

void signals_stop_job(void)
{
  /* First the others of the job (a pipeline stops as a whole), then this process by a signal to
   * this very thread: raise returns only after the stop. */
  signal(SIGTSTP, SIG_IGN);
  kill(0, SIGTSTP);
  signal(SIGTSTP, SIG_DFL);
  raise(SIGTSTP);
  for (guint i = 0; i < N_CAUGHT; i++)
    if (caught[i] == SIGTSTP)
      catch_one(i);
  (void)signals_take(SIGTSTP);
  (void)signals_take(SIGCONT);
}
