/* The explorer in a real terminal: drills to a timeline, follows sizes, and gives the terminal
 * back in every way to end. */
#include <glib.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "tests/pty/ptyterm.h"

/* Where sessions are saved: a new place for each test. */
static char *state_home;

static PtyTerm *start(const char *term, int width, int height)
{
  g_autofree char *home = g_strconcat("XDG_STATE_HOME=", state_home, NULL);
  const char *const env[] = {home, NULL};
  const char *const argv[] = {getenv("COHORTSCOPE"), NULL};
  assert_non_null(argv[0]);
  PtyTerm *p = pty_start(argv, term, width, height, PTY_PLAIN, env);
  assert_non_null(p);
  return p;
}

static void assert_ended(PtyTerm *p, int code)
{
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), code);
  assert_false(pty_altscreen(p));
  assert_true(pty_settings_restored(p));
  assert_true(pty_plain_text(p));
}

static void four_enters_lead_to_a_timeline(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "all 62,"));
  assert_true(pty_altscreen(p));
  pty_keys(p, "Enter");
  assert_true(pty_wait_text(p, "COHORTS 1/"));
  pty_keys(p, "Enter");
  assert_true(pty_wait_text(p, "LESSONS 1/"));
  pty_keys(p, "Enter");
  assert_true(pty_wait_text(p, "USERS 1/"));
  pty_keys(p, "Enter");
  assert_true(pty_wait_text(p, "LINE 1/"));
  assert_true(pty_has(p, "session 1"));
  /* the cursor of the terminal stands on the current row, once the frame is whole */
  assert_true(pty_wait_quiet(p, 200));
  int x, y;
  gboolean visible;
  pty_cursor(p, &x, &y, &visible);
  g_autofree char *line = pty_line(p, y);
  assert_non_null(strstr(line, "session 1"));
  pty_keys(p, "Q");
  assert_ended(p, 0);
  pty_free(p);
}

/* Keys that arrive faster than frames are drawn act on what the ones before led to. */
static void typed_ahead_keys_are_not_lost(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "all 62,"));
  assert_true(pty_wait_quiet(p, 200));
  pty_bytes(p, "\r\r\r\r", 4);
  assert_true(pty_wait_text(p, "LINE 1/"));
  pty_keys(p, "Q");
  assert_ended(p, 0);
  pty_free(p);
}

static void sizes_are_followed(void **state)
{
  static const int sizes[][2] = {{200, 60}, {1, 1},  {120, 30}, {300, 2},
                                 {40, 10},  {39, 9}, {80, 24}};
  (void)state;
  PtyTerm *p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "all 62,"));
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
    pty_resize(p, sizes[i][0], sizes[i][1]);
  assert_true(pty_wait_text(p, "PROGRAMS 1/"));
  pty_resize(p, 200, 60);
  assert_true(pty_wait_text(p, "HITS PER WEEK"));
  pty_resize(p, 38, 9);
  assert_true(pty_wait_text(p, "window too small (38x9)"));
  pty_keys(p, "Q");
  assert_ended(p, 0);
  pty_free(p);
}

static void terminal_is_given_back(void **state)
{
  static const struct {
    int signal, code;
  } ends[] = {{SIGTERM, 128 + SIGTERM}, {SIGHUP, 128 + SIGHUP}};
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
    PtyTerm *p = start("xterm-256color", 80, 24);
    assert_true(pty_wait_text(p, "all 62,"));
    pty_signal(p, ends[i].signal);
    assert_ended(p, ends[i].code);
    pty_free(p);
  }
  PtyTerm *p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "all 62,"));
  pty_keys(p, "q");
  assert_true(pty_wait_text(p, "Quit cohortscope?"));
  pty_keys(p, "Enter");
  assert_ended(p, 0);
  pty_free(p);
}

/* Ended by a fault of its own it says where to go on. */
static void crash_is_explained(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "all 62,"));
  assert_true(pty_wait_quiet(p, 1000)); /* read to its end */
  pty_signal(p, SIGABRT);
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFSIGNALED(status));
  assert_int_equal(WTERMSIG(status), SIGABRT);
  assert_false(pty_altscreen(p));
  assert_true(pty_settings_restored(p));
  assert_true(pty_has(p, " was ended by a signal. What was on the screen"));
  pty_free(p);
}

static void lost_connection_does_not_spin(void **state)
{
  (void)state;
  const char *const argv[] = {getenv("COHORTSCOPE"), NULL};
  /* as under nohup: the hang-up shows in reading alone */
  g_autofree char *home = g_strconcat("XDG_STATE_HOME=", state_home, NULL);
  const char *const env[] = {home, NULL};
  PtyTerm *p = pty_start(argv, "xterm-256color", 80, 24, PTY_IGNORE_HUP, env);
  assert_true(pty_wait_text(p, "all 62,"));
  gint64 before = pty_cpu_ms(p);
  pty_hangup(p);
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(pty_cpu_ms(p) - before < 1000);
  pty_free(p);
}

static void plain_terminals_work(void **state)
{
  static const char *const terms[] = {"vt100", "linux", "screen", "tmux-256color", "xterm"};
  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS(terms); i++) {
    PtyTerm *p = start(terms[i], 80, 24);
    assert_true(pty_wait_text(p, "all 62,"));
    pty_keys(p, "2");
    assert_true(pty_wait_text(p, "COHORTS 1/"));
    pty_keys(p, "Q");
    int status = 0;
    assert_true(pty_wait_exit(p, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    pty_free(p);
  }
}

/* One quits, comes back, and is where one was. */
static void session_comes_back(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "all 62,"));
  pty_keys(p, "Enter Down Enter");
  assert_true(pty_wait_text(p, "LESSONS 1/"));
  pty_keys(p, "j j j");
  assert_true(pty_wait_text(p, "LESSONS 4/"));
  pty_keys(p, "Q");
  assert_ended(p, 0);
  pty_free(p);
  p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "LESSONS 4/"));
  assert_true(pty_has(p, "back where you were (2 filters)"));
  /* a lost connection saves as well */
  pty_keys(p, "k");
  assert_true(pty_wait_text(p, "LESSONS 3/"));
  pty_hangup(p);
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  pty_free(p);
  p = start("xterm-256color", 80, 24);
  assert_true(pty_wait_text(p, "LESSONS 3/"));
  pty_keys(p, "Q");
  assert_ended(p, 0);
  pty_free(p);
}

static int remove_state_home(void **state)
{
  (void)state;
  const char *rm[] = {"rm", "-rf", state_home, NULL};
  if (state_home)
    g_spawn_sync(NULL, (char **)rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_clear_pointer(&state_home, g_free);
  return 0;
}

static int new_state_home(void **state)
{
  remove_state_home(state);
  state_home = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  return state_home ? 0 : -1;
}

static void unknown_terminal_is_named(void **state)
{
  (void)state;
  PtyTerm *p = start("no-such-terminal", 80, 24);
  assert_true(pty_wait_text(p, "TERM=xterm"));
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
  pty_free(p);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(four_enters_lead_to_a_timeline, new_state_home),
      cmocka_unit_test_setup(typed_ahead_keys_are_not_lost, new_state_home),
      cmocka_unit_test_setup(sizes_are_followed, new_state_home),
      cmocka_unit_test_setup(terminal_is_given_back, new_state_home),
      cmocka_unit_test_setup(crash_is_explained, new_state_home),
      cmocka_unit_test_setup(lost_connection_does_not_spin, new_state_home),
      cmocka_unit_test_setup(plain_terminals_work, new_state_home),
      cmocka_unit_test_setup(session_comes_back, new_state_home),
      cmocka_unit_test_setup(unknown_terminal_is_named, new_state_home),
  };
  return cmocka_run_group_tests(tests, NULL, remove_state_home);
}
