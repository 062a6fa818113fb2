/* A terminal for tests: see ptyterm.h. */
#include "config.h"

#include "tests/pty/ptyterm.h"
#include "tui/draw/key.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#define LOG_MAX 1048576

struct PtyTerm {
  int master, slave; /* -1 after a hang-up */
  pid_t pid;
  gboolean exited;
  int status;
  gint64 cpu_ms; /* when exited */
  struct termios before;
  VTerm *vterm;
  VTermScreen *screen;
  int width, height;
  gboolean altscreen, cursor_visible;
  VTermPos cursor;
  GByteArray *log;
  guint64 count;
  gint64 last_received;
};

/* --- the emulator ------------------------------------------------------------------------- */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
  PtyTerm *p = user;
  if (property == VTERM_PROP_ALTSCREEN)
    p->altscreen = value->boolean;
  if (property == VTERM_PROP_CURSORVISIBLE)
    p->cursor_visible = value->boolean;
  return 1;
}

static int on_cursor(VTermPos now, VTermPos before, int visible, void *user)
{
  (void)before;
  (void)visible;
  ((PtyTerm *)user)->cursor = now;
  return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property, .movecursor = on_cursor};

static void open_emulator(PtyTerm *p)
{
  p->vterm = vterm_new(p->height, MAX(p->width, 2));
  vterm_set_utf8(p->vterm, 1);
  p->screen = vterm_obtain_screen(p->vterm);
  vterm_screen_set_callbacks(p->screen, &callbacks, p);
  vterm_screen_enable_altscreen(p->screen, 1);
  vterm_screen_reset(p->screen, 1);
}

/* --- the program -------------------------------------------------------------------------- */

static void run_program(const char *const *argv)
{
  execvp(argv[0], (char *const *)argv);
  dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
  _exit(127);
}

static void shell_say(const char *what, int number)
{
  dprintf(STDOUT_FILENO, "\r\n[%s %d]\r\n", what, number);
}

/* A shell that runs one job: when it stops, says so and whether the line is in its usual mode, and
 * continues it after the next line that is typed. */
static void run_shell(const char *const *argv)
{
  signal(SIGTTOU, SIG_IGN);
  pid_t job = fork();
  if (job == 0) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid());
    signal(SIGTTOU, SIG_DFL);
    run_program(argv);
  }
  setpgid(job, job);
  tcsetpgrp(STDIN_FILENO, job);
  int status;
  while (waitpid(job, &status, WUNTRACED) == job) {
    tcsetpgrp(STDIN_FILENO, getpgrp());
    if (!WIFSTOPPED(status))
      break;
    struct termios now = {0};
    tcgetattr(STDIN_FILENO, &now);
    shell_say("stopped, line mode",
              (now.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
    char line[64];
    gssize n = read(STDIN_FILENO, line, sizeof line);
    (void)n;
    tcsetpgrp(STDIN_FILENO, job);
    kill(-job, SIGCONT);
  }
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  shell_say("ended", code);
  _exit(code);
}

static void set_environment(const char *term, const char *const *env)
{
  setenv("TERM", term, 1);
  unsetenv("LINES");
  unsetenv("COLUMNS");
  unsetenv("TMUX");
  unsetenv("NO_COLOR");
  for (; env && *env; env++) {
    char **pair = g_strsplit(*env, "=", 2);
    if (pair[1])
      setenv(pair[0], pair[1], 1);
    else
      unsetenv(pair[0]);
    g_strfreev(pair);
  }
}

PtyTerm *pty_start(const char *const *argv, const char *term, int width, int height, PtyFlags flags,
                   const char *const *env)
{
  PtyTerm *p = g_new0(PtyTerm, 1);
  p->width = width;
  p->height = height;
  p->cursor_visible = TRUE;
  p->log = g_byte_array_new();
  struct winsize size = {.ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
  if (openpty(&p->master, &p->slave, NULL, NULL, &size) != 0)
    g_error("openpty: %s", g_strerror(errno));
  fcntl(p->master, F_SETFD, FD_CLOEXEC);
  tcgetattr(p->slave, &p->before);
  open_emulator(p);
  fflush(NULL);
  p->pid = fork();
  if (p->pid == 0) {
    close(p->master);
    login_tty(p->slave);
    set_environment(term, env);
    /* a test that is run in the background has these ignored, and would pass that on */
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGHUP, flags & PTY_IGNORE_HUP ? SIG_IGN : SIG_DFL);
    if (flags & PTY_SHELL)
      run_shell(argv);
    run_program(argv);
  }
  fcntl(p->slave, F_SETFD, FD_CLOEXEC);
  return p;
}

/* --- moving bytes ------------------------------------------------------------------------- */

/* What the emulator wants to say (keys, answers) goes to the program. */
static void flush_emulator(PtyTerm *p)
{
  char bytes[256];
  gsize n;
  while ((n = vterm_output_read(p->vterm, bytes, sizeof bytes)) > 0)
    pty_bytes(p, bytes, n);
}

static void take_bytes(PtyTerm *p, const char *bytes, gsize n)
{
  p->count += n;
  p->last_received = g_get_monotonic_time();
  g_byte_array_append(p->log, (const guint8 *)bytes, (guint)n);
  if (p->log->len > 2 * LOG_MAX)
    g_byte_array_remove_range(p->log, 0, p->log->len - LOG_MAX);
  vterm_input_write(p->vterm, bytes, n);
  flush_emulator(p);
}

/* Waits up to `ms` for output and takes it; FALSE when none came. */
static gboolean pump(PtyTerm *p, int ms)
{
  char bytes[8192];
  if (p->master < 0) {
    g_usleep((gulong)ms * 1000);
    return FALSE;
  }
  struct pollfd fd = {.fd = p->master, .events = POLLIN};
  if (poll(&fd, 1, ms) <= 0)
    return FALSE;
  gssize n = read(p->master, bytes, sizeof bytes);
  if (n <= 0)
    return FALSE;
  take_bytes(p, bytes, (gsize)n);
  return TRUE;
}

void pty_bytes(PtyTerm *p, const char *bytes, gsize len)
{
  while (len > 0 && p->master >= 0) {
    gssize n = write(p->master, bytes, len);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return;
    bytes += n;
    len -= (gsize)n;
  }
}

void pty_type(PtyTerm *p, const char *text)
{
  pty_bytes(p, text, strlen(text));
}

static VTermKey vterm_key_of(Key key)
{
  static const struct {
    Key key;
    VTermKey vterm;
  } table[] = {
      {K_UP, VTERM_KEY_UP},       {K_DOWN, VTERM_KEY_DOWN},   {K_LEFT, VTERM_KEY_LEFT},
      {K_RIGHT, VTERM_KEY_RIGHT}, {K_PGUP, VTERM_KEY_PAGEUP}, {K_PGDN, VTERM_KEY_PAGEDOWN},
      {K_HOME, VTERM_KEY_HOME},   {K_END, VTERM_KEY_END},     {K_INSERT, VTERM_KEY_INS},
      {K_DELETE, VTERM_KEY_DEL},  {K_ENTER, VTERM_KEY_ENTER}, {K_BACKSPACE, VTERM_KEY_BACKSPACE},
      {K_TAB, VTERM_KEY_TAB},     {K_ESC, VTERM_KEY_ESCAPE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(table); i++)
    if (table[i].key == key)
      return table[i].vterm;
  if (key >= K_F1 && key <= K_F12)
    return (VTermKey)VTERM_KEY_FUNCTION((int)(key - K_F1) + 1);
  return VTERM_KEY_NONE;
}

void pty_keys(PtyTerm *p, const char *names)
{
  char **parts = g_strsplit(names, " ", -1);
  for (guint i = 0; parts[i]; i++) {
    Key key = *parts[i] ? key_parse(parts[i]) : 0;
    if (!key)
      continue;
    VTermKey special = vterm_key_of(key);
    if (special != VTERM_KEY_NONE)
      vterm_keyboard_key(p->vterm, special, VTERM_MOD_NONE);
    else if (key == K_BACKTAB)
      vterm_keyboard_key(p->vterm, VTERM_KEY_TAB, VTERM_MOD_SHIFT);
    else if (key & K_CTRL)
      pty_bytes(p, &(char){(char)(key & 0x1f)}, 1);
    else
      vterm_keyboard_unichar(p->vterm, key, VTERM_MOD_NONE);
    flush_emulator(p);
  }
  g_strfreev(parts);
}

void pty_resize(PtyTerm *p, int width, int height)
{
  struct winsize size = {.ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
  p->width = width;
  p->height = height;
  /* libvterm 0.1 crashes on a wide character that comes late, on a screen of one column. */
  vterm_set_size(p->vterm, height, MAX(width, 2));
  ioctl(p->master, TIOCSWINSZ, &size); /* sends SIGWINCH as well */
}

void pty_signal(PtyTerm *p, int signo)
{
  if (!p->exited)
    kill(p->pid, signo);
}

void pty_hangup(PtyTerm *p)
{
  close(p->slave);
  close(p->master);
  p->master = p->slave = -1;
}

/* --- waiting ------------------------------------------------------------------------------ */

static gint64 now_ms(void)
{
  return g_get_monotonic_time() / 1000;
}

static gboolean timed_out(PtyTerm *p, const char *what)
{
  char *screen = pty_screen(p);
  fprintf(stderr, "timed out waiting for %s; the screen is:\n%s", what, screen);
  g_free(screen);
  return FALSE;
}

gboolean pty_wait_text(PtyTerm *p, const char *text)
{
  for (gint64 end = now_ms() + PTY_TIMEOUT_MS; now_ms() < end; pump(p, 50))
    if (pty_has(p, text))
      return TRUE;
  return timed_out(p, text);
}

gboolean pty_wait_no_text(PtyTerm *p, const char *text)
{
  for (gint64 end = now_ms() + PTY_TIMEOUT_MS; now_ms() < end; pump(p, 50))
    if (!pty_has(p, text))
      return TRUE;
  return timed_out(p, text);
}

gboolean pty_wait_quiet(PtyTerm *p, int quiet_ms)
{
  for (gint64 end = now_ms() + PTY_TIMEOUT_MS; now_ms() < end;)
    if (!pump(p, quiet_ms))
      return TRUE;
  return timed_out(p, "quiet");
}

void pty_run(PtyTerm *p, int ms)
{
  for (gint64 end = now_ms() + ms; now_ms() < end;)
    pump(p, (int)MAX(end - now_ms(), 0));
}

static gint64 time_ms(struct timeval t)
{
  return t.tv_sec * (gint64)1000 + t.tv_usec / 1000;
}

gboolean pty_ended(PtyTerm *p)
{
  struct rusage usage;
  if (!p->exited && wait4(p->pid, &p->status, WNOHANG, &usage) == p->pid) {
    p->exited = TRUE;
    p->cpu_ms = time_ms(usage.ru_utime) + time_ms(usage.ru_stime);
  }
  return p->exited;
}

gboolean pty_wait_exit(PtyTerm *p, int *status)
{
  for (gint64 end = now_ms() + PTY_TIMEOUT_MS; now_ms() < end; pump(p, 10))
    if (pty_ended(p)) {
      while (pump(p, 0))
        ;
      *status = p->status;
      return TRUE;
    }
  return timed_out(p, "the end of the program");
}

gint64 pty_cpu_ms(PtyTerm *p)
{
  if (pty_ended(p))
    return p->cpu_ms;
  char *path = g_strdup_printf("/proc/%d/stat", (int)p->pid), *text = NULL;
  guint64 ticks = 0;
  if (g_file_get_contents(path, &text, NULL, NULL) && strrchr(text, ')')) {
    /* behind the name: state is field 3, the times are fields 14 and 15 */
    char **fields = g_strsplit(strrchr(text, ')') + 2, " ", -1);
    if (g_strv_length(fields) > 12)
      ticks = g_ascii_strtoull(fields[11], NULL, 10) + g_ascii_strtoull(fields[12], NULL, 10);
    g_strfreev(fields);
  }
  g_free(path);
  g_free(text);
  return (gint64)ticks * 1000 / sysconf(_SC_CLK_TCK);
}

void pty_free(PtyTerm *p)
{
  if (!p)
    return;
  if (!pty_ended(p)) {
    kill(p->pid, SIGKILL);
    waitpid(p->pid, NULL, 0);
  }
  if (p->master >= 0)
    pty_hangup(p);
  vterm_free(p->vterm);
  g_byte_array_unref(p->log);
  g_free(p);
}

/* --- looking ------------------------------------------------------------------------------ */

VTermScreenCell pty_cell(PtyTerm *p, int x, int y)
{
  VTermScreenCell cell = {0};
  vterm_screen_get_cell(p->screen, (VTermPos){.row = y, .col = x}, &cell);
  return cell;
}

char *pty_line(PtyTerm *p, int y)
{
  GString *line = g_string_new(NULL);
  for (int x = 0; x < p->width; x++) {
    VTermScreenCell cell = pty_cell(p, x, y);
    if (cell.chars[0] == (guint32)-1)
      continue; /* the right half of a wide character */
    if (!cell.chars[0])
      g_string_append_c(line, ' ');
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
      g_string_append_unichar(line, cell.chars[i]);
  }
  return g_strchomp(g_string_free(line, FALSE));
}

char *pty_screen(PtyTerm *p)
{
  GString *out = g_string_new(NULL);
  for (int y = 0; y < p->height; y++) {
    char *line = pty_line(p, y);
    g_string_append_printf(out, "%s\n", line);
    g_free(line);
  }
  return g_string_free(out, FALSE);
}

gboolean pty_has(PtyTerm *p, const char *text)
{
  char *screen = pty_screen(p);
  gboolean has = strstr(screen, text) != NULL;
  g_free(screen);
  return has;
}

void pty_cursor(PtyTerm *p, int *x, int *y, gboolean *visible)
{
  *x = p->cursor.col;
  *y = p->cursor.row;
  *visible = p->cursor_visible;
}

gboolean pty_altscreen(PtyTerm *p)
{
  return p->altscreen;
}

gboolean pty_plain_text(PtyTerm *p)
{
  static const VTermAttr attrs[] = {VTERM_ATTR_BOLD, VTERM_ATTR_UNDERLINE, VTERM_ATTR_REVERSE};
  VTermState *state = vterm_obtain_state(p->vterm);
  VTermValue value = {0};
  for (guint i = 0; i < G_N_ELEMENTS(attrs); i++)
    if (!vterm_state_get_penattr(state, attrs[i], &value) || value.number)
      return FALSE;
  return vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value) &&
         VTERM_COLOR_IS_DEFAULT_BG(&value.color);
}

gboolean pty_settings_restored(PtyTerm *p)
{
  struct termios now = {0};
  if (p->slave < 0 || tcgetattr(p->slave, &now) != 0)
    return FALSE;
  return now.c_iflag == p->before.c_iflag && now.c_oflag == p->before.c_oflag &&
         now.c_cflag == p->before.c_cflag && now.c_lflag == p->before.c_lflag &&
         memcmp(now.c_cc, p->before.c_cc, sizeof now.c_cc) == 0;
}

const GByteArray *pty_received(PtyTerm *p)
{
  return p->log;
}

guint64 pty_received_count(PtyTerm *p)
{
  return p->count;
}

gint64 pty_last_received(PtyTerm *p)
{
  return p->last_received;
}

pid_t pty_pid(PtyTerm *p)
{
  return p->pid;
}

gboolean pty_received_has(PtyTerm *p, const char *bytes)
{
  return memmem(p->log->data, p->log->len, bytes, strlen(bytes)) != NULL;
}
