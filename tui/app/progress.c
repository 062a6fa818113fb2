/* Progress: drawn from the loading thread, a few times a second. */
#include "tui/app/progress.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "core/base/text.h"

#define REDRAW_EVERY (G_USEC_PER_SEC / 5)
#define LINE_EVERY   G_USEC_PER_SEC /* where a line cannot be drawn over */
#define LINE_WIDTH   78

struct Progress {
  gboolean shown, summed_up; /* summed_up: a last line stays */
  gboolean terminal;
  gint64 started, drawn; /* monotonic microseconds; drawn 0 = not yet */
  struct sigaction before;
};

static volatile sig_atomic_t interrupted;

/* The second one is not caught. */
static void on_interrupt(int number)
{
  signal(number, SIG_DFL);
  interrupted = 1;
}

/* `123,456 rows, 1,000,000 rows/s` */
static char *rate_text(const Progress *p, gint64 now, guint64 rows)
{
  double seconds = (double)(now - p->started) / G_USEC_PER_SEC;
  char *read = text_grouped((gint64)rows);
  char *rate = text_grouped(seconds > 0 ? (gint64)((double)rows / seconds) : 0);
  char *text = g_strdup_printf("%s rows, %s rows/s", read, rate);
  g_free(read);
  g_free(rate);
  return text;
}

static void draw(Progress *p, gint64 now, guint64 rows, guint64 bytes, guint64 total)
{
  char *rate = rate_text(p, now, rows);
  GString *line = g_string_new(NULL);
  g_string_append_printf(line, "reading: %s", rate);
  if (total > 0)
    g_string_append_printf(line, ", %u %%",
                           (guint)(100.0 * (double)MIN(bytes, total) / (double)total));
  if (p->terminal)
    fprintf(stderr, "\r%-*.*s", LINE_WIDTH, LINE_WIDTH, line->str);
  else
    fprintf(stderr, "%s\n", line->str);
  fflush(stderr);
  g_string_free(line, TRUE);
  g_free(rate);
}

static gboolean on_progress(void *data, guint64 rows, guint64 bytes, guint64 total_bytes)
{
  Progress *p = data;
  gint64 now = g_get_monotonic_time();
  gint64 pause = p->terminal ? REDRAW_EVERY : LINE_EVERY;
  if (p->shown && now - MAX(p->drawn, p->started) >= pause) {
    draw(p, now, rows, bytes, total_bytes);
    p->drawn = now;
  }
  return !interrupted;
}

Progress *progress_start(const Options *o, LoadRequest *req)
{
  enum { AUTO, ALWAYS, NEVER };
  Progress *p = g_new0(Progress, 1);
  gint64 when = option_number(o, OPT_PROGRESS);
  p->shown =
      when == ALWAYS || (when == AUTO && isatty(STDERR_FILENO) && !option_flag(o, OPT_QUIET));
  p->summed_up = when == ALWAYS;
  p->terminal = isatty(STDERR_FILENO);
  p->started = g_get_monotonic_time();
  req->progress = on_progress;
  req->data = p;
  struct sigaction action = {.sa_handler = on_interrupt};
  sigemptyset(&action.sa_mask);
  interrupted = 0;
  sigaction(SIGINT, &action, &p->before);
  /* Whoever started the program with interrupts ignored (nohup, a background job) wants that. */
  if (p->before.sa_handler == SIG_IGN)
    sigaction(SIGINT, &p->before, NULL);
  return p;
}

void progress_stop(Progress *p, const LoadReport *report)
{
  sigaction(SIGINT, &p->before, NULL);
  if (p->drawn != 0 && p->terminal)
    fprintf(stderr, "\r%-*s\r", LINE_WIDTH, "");
  if (p->summed_up && report) {
    char *rate = rate_text(p, g_get_monotonic_time(), report->rows);
    fprintf(stderr, "read: %s\n", rate);
    g_free(rate);
  }
  fflush(stderr);
  g_free(p);
}
