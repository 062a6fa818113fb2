/* Terminal, what comes in: see terminal.h. Bytes, signals and a lost connection become events. */
#include "tui/draw/signals.h"
#include "tui/draw/terminal_state.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* After a hang-up nothing may wait longer than this, so that a caller that overlooked it ends. */
#define LOST_WAIT_MS 1000

/* A paste that has been silent for so long has lost its end: keys are keys again. */
#define PASTE_LOST (10 * G_USEC_PER_SEC)

/* --- sources ------------------------------------------------------------------------------ */

static TermEvent event_of(TermEventKind kind)
{
  return (TermEvent){.kind = kind};
}

static gboolean take_signal(Terminal *t, TermEvent *event)
{
  static const int ending[] = {SIGHUP, SIGTERM, SIGINT};
  if (!signals_waiting())
    return FALSE;
  if (signals_take(SIGTSTP))
    terminal_suspend(t);
  if (signals_take(SIGCONT) && t->active) {
    /* Stopped by a signal that cannot be caught: the shell has changed the terminal. */
    terminal_leave(t);
    terminal_enter(t);
  }
  if (signals_take(SIGWINCH)) {
    /* also when the size is what it was: it may have been another one in between, and terminals
     * forget what a smaller size cuts off */
    terminal_update_size(t);
    t->resize_due = TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS(ending); i++)
    if (signals_take(ending[i])) {
      *event = event_of(TERM_SIGNAL);
      event->signal = ending[i];
      return TRUE;
    }
  return FALSE;
}

static gboolean take_key(Terminal *t, TermEvent *event)
{
  gboolean late = t->lost || g_get_monotonic_time() - t->last_byte >= t->esc_delay;
  KeyInEvent key = keyin_next(t->keyin, late);
  t->unfinished = key.kind == KEYIN_MORE;
  if (key.kind <= KEYIN_MORE)
    return FALSE;
  *event = event_of(key.kind == KEYIN_KEY     ? TERM_KEY
                    : key.kind == KEYIN_PASTE ? TERM_PASTE
                                              : TERM_MOUSE);
  event->key = key.key;
  event->x = key.x;
  event->y = key.y;
  return TRUE;
}

/* What is known already, most urgent first. */
static gboolean take_event(Terminal *t, TermEvent *event)
{
  if (take_signal(t, event))
    return TRUE;
  if (t->resize_due) {
    t->resize_due = FALSE;
    *event = event_of(TERM_RESIZE);
    event->width = t->width;
    event->height = t->height;
    return TRUE;
  }
  if (take_key(t, event))
    return TRUE;
  if (t->lost && !t->lost_reported) {
    t->lost_reported = TRUE;
    *event = event_of(TERM_HANGUP);
    return TRUE;
  }
  return FALSE;
}

/* --- waiting ------------------------------------------------------------------------------ */

static void read_bytes(Terminal *t, short revents)
{
  char bytes[4096];
  if (revents & POLLNVAL) {
    t->lost = TRUE;
    return;
  }
  gssize n = read(t->in_fd, bytes, sizeof bytes);
  if (n > 0) {
    if (g_get_monotonic_time() - t->last_byte > PASTE_LOST)
      keyin_end_paste(t->keyin);
    keyin_feed(t->keyin, bytes, (gsize)n);
    t->last_byte = g_get_monotonic_time();
  } else if (n == 0 || (errno != EINTR && errno != EAGAIN) || (revents & (POLLHUP | POLLERR))) {
    t->lost = TRUE;
  }
}

/* Waits for bytes, signals and the caller's descriptors; TRUE when one of the latter is ready. */
static gboolean wait_once(Terminal *t, int timeout_ms, struct pollfd *extra, guint n_extra)
{
  struct pollfd fds[2 + TERMINAL_MAX_EXTRA];
  nfds_t n = 0;
  n_extra = MIN(n_extra, TERMINAL_MAX_EXTRA);
  fds[n++] = (struct pollfd){.fd = signals_fd(), .events = POLLIN};
  fds[n++] = (struct pollfd){.fd = t->lost ? -1 : t->in_fd, .events = POLLIN};
  for (guint i = 0; i < n_extra; i++)
    fds[n++] = extra[i];
  if (poll(fds, n, timeout_ms) <= 0)
    return FALSE;
  if (fds[0].revents)
    signals_drain();
  if (fds[1].revents && !t->lost)
    read_bytes(t, fds[1].revents);
  gboolean ready = FALSE;
  for (guint i = 0; i < n_extra; i++) {
    extra[i].revents = fds[2 + i].revents;
    ready = ready || extra[i].revents;
  }
  return ready;
}

static int milliseconds_until(gint64 time)
{
  gint64 left = time - g_get_monotonic_time();
  return left <= 0 ? 0 : (int)MIN((left + 999) / 1000, G_MAXINT);
}

/* How long to sleep: up to the deadline (-1: for ever), and no longer than an unfinished escape
 * sequence may take. */
static int sleep_time(const Terminal *t, gint64 deadline)
{
  int wait = deadline < 0 ? -1 : milliseconds_until(deadline);
  if (t->unfinished) {
    int rest = milliseconds_until(t->last_byte + t->esc_delay);
    wait = wait < 0 ? rest : MIN(wait, rest);
  }
  return wait;
}

TermEvent terminal_poll(Terminal *t, int timeout_ms, struct pollfd *extra, guint n_extra)
{
  for (guint i = 0; i < n_extra; i++)
    extra[i].revents = 0;
  if (t->has_next) {
    t->has_next = FALSE;
    return t->next;
  }
  if (t->lost_reported && (timeout_ms < 0 || timeout_ms > LOST_WAIT_MS))
    timeout_ms = LOST_WAIT_MS;
  gint64 deadline = timeout_ms < 0 ? -1 : g_get_monotonic_time() + (gint64)timeout_ms * 1000;
  for (gboolean waited = FALSE;; waited = TRUE) {
    TermEvent event;
    if (take_event(t, &event))
      return event;
    if (waited && deadline >= 0 && milliseconds_until(deadline) == 0)
      return event_of(TERM_NONE);
    gboolean ready = wait_once(t, sleep_time(t, deadline), extra, n_extra);
    if (take_event(t, &event))
      return event;
    if (ready)
      return event_of(TERM_FD);
  }
}

gboolean terminal_pending(Terminal *t)
{
  if (t->has_next)
    return TRUE;
  t->has_next = take_event(t, &t->next);
  if (!t->has_next) {
    (void)wait_once(t, 0, NULL, 0);
    t->has_next = take_event(t, &t->next);
  }
  return t->has_next;
}

void terminal_suspend(Terminal *t)
{
  terminal_leave(t);
  signals_stop_job();
  terminal_enter(t);
}
