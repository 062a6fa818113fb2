/* Rescue: see rescue.h. What a handler touches is static and written before it is armed. */
#include "tui/draw/rescue.h"
#include "tui/draw/tty.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define BYTES_MAX  512
#define NOTE_MAX   1000
#define STDERR_MAX 65536 /* of what was captured, the most that is shown */

static struct {
  volatile sig_atomic_t armed;
  int fd;
  struct termios settings;
  char bytes[BYTES_MAX];
  gsize len;
} saved;

static char note[NOTE_MAX + 1];
static volatile sig_atomic_t captured_fd = -1, stderr_fd = -1;

/* Faults of the program itself first, then whatever else ends a program that does not care. */
#define N_FAULTS 5
static const int fatal[] = {SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,  SIGTRAP, SIGABRT, SIGQUIT,  SIGSYS,
                            SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ, SIGVTALRM};
static struct sigaction before[G_N_ELEMENTS(fatal)];
static gboolean installed;
static char handler_stack[65536];

/* --- restoring ---------------------------------------------------------------------------- */

void rescue_arm(int fd, const struct termios *settings, const char *bytes, gsize len)
{
  saved.armed = 0;
  saved.fd = fd;
  saved.settings = *settings;
  saved.len = MIN(len, BYTES_MAX);
  memcpy(saved.bytes, bytes, saved.len);
  saved.armed = 1;
}

void rescue_disarm(void)
{
  saved.armed = 0;
}

void rescue_restore(void)
{
  if (!saved.armed)
    return;
  saved.armed = 0;
  /* In the background the terminal belongs to the shell, and writing would stop us for good. */
  if (tty_in_background(saved.fd))
    return;
  tty_send(saved.fd, saved.bytes, saved.len);
  tcsetattr(saved.fd, TCSANOW, &saved.settings);
}

void rescue_set_note(const char *text)
{
  g_strlcpy(note, text ? text : "", sizeof note);
}

/* --- stderr ------------------------------------------------------------------------------- */

void rescue_capture_stderr(void)
{
  if (captured_fd >= 0 || !isatty(STDERR_FILENO))
    return;
  char *name = NULL;
  int file = g_file_open_tmp("cohortscope-XXXXXX", &name, NULL);
  if (file < 0)
    return;
  unlink(name);
  g_free(name);
  int keep = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (keep < 0 || dup2(file, STDERR_FILENO) < 0) {
    close(file);
    if (keep >= 0)
      close(keep);
    return;
  }
  stderr_fd = keep;
  captured_fd = file;
}

/* Also called by the handler: uses only calls that are safe there. */
void rescue_release_stderr(void)
{
  int file = captured_fd, keep = stderr_fd;
  if (file < 0)
    return;
  captured_fd = stderr_fd = -1;
  dup2(keep, STDERR_FILENO);
  close(keep);
  char buffer[1024];
  gssize n;
  off_t at = 0;
  while (at < STDERR_MAX && (n = pread(file, buffer, sizeof buffer, at)) > 0) {
    tty_send(STDERR_FILENO, buffer, (gsize)n);
    at += n;
  }
  close(file);
}

/* --- fatal signals ------------------------------------------------------------------------ */

static void on_fatal(int signo, siginfo_t *info, void *context)
{
  (void)context;
  gboolean was_armed = saved.armed != 0;
  rescue_restore();
  rescue_release_stderr();
  if (was_armed && note[0])
    tty_send(STDERR_FILENO, note, strlen(note));
  gboolean comes_again = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(fatal); i++)
    if (fatal[i] == signo) {
      sigaction(signo, &before[i], NULL);
      comes_again = i < N_FAULTS && info->si_code > 0;
    }
  /* A fault happens again when this returns, with its true address for whoever is next; anything
   * else has to be sent again. */
  if (!comes_again)
    raise(signo);
}

void rescue_install(void)
{
  if (installed)
    return;
  /* A stack of its own, for a stack that has overflowed; one that is there already (sanitizers)
   * stays. */
  stack_t now;
  if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE)) {
    stack_t own = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    sigaltstack(&own, NULL);
  }
  struct sigaction action = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (guint i = 0; i < G_N_ELEMENTS(fatal); i++)
    if (sigaction(fatal[i], NULL, &before[i]) == 0 && before[i].sa_handler != SIG_IGN)
      sigaction(fatal[i], &action, NULL);
  installed = TRUE;
}

void rescue_uninstall(void)
{
  if (!installed)
    return;
  installed = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(fatal); i++)
    sigaction(fatal[i], &before[i], NULL);
}
