/* The terminal, end to end: demo_draw runs in a pseudo-terminal with an emulator behind it. */
#include "tests/pty/ptyterm.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static char *demo_path;

/* Sanitizers would turn the signals under test into exits. */
#define QUIET_SANITIZERS "ASAN_OPTIONS=handle_segv=0:handle_abort=0"

static PtyTerm *start_with(const char *term, PtyFlags flags, const char *option, const char *env)
{
  const char *argv[] = {demo_path, option, NULL};
  const char *environment[] = {QUIET_SANITIZERS, env, NULL};
  return pty_start(argv, term, 80, 24, flags, environment);
}

static PtyTerm *start(const char *term, PtyFlags flags)
{
  PtyTerm *p = start_with(term, flags, NULL, NULL);
  assert_true(pty_wait_text(p, "last nothing"));
  return p;
}

static void expect_restored(PtyTerm *p)
{
  int x, y;
  gboolean visible;
  assert_false(pty_altscreen(p));
  assert_true(pty_settings_restored(p));
  pty_cursor(p, &x, &y, &visible);
  assert_true(visible);
  assert_true(pty_plain_text(p));
}

static void expect_exit(PtyTerm *p, int code)
{
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), code);
}

static void expect_death(PtyTerm *p, int signo)
{
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFSIGNALED(status));
  assert_int_equal(WTERMSIG(status), signo);
}

/* --- every way to end --------------------------------------------------------------------- */

static void test_quit(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  assert_true(pty_altscreen(p));
  assert_false(pty_settings_restored(p));
  pty_keys(p, "q");
  expect_exit(p, 0);
  expect_restored(p);
  assert_true(pty_has(p, "bye after key q"));
  pty_free(p);
}

static void test_exit(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "x");
  expect_exit(p, 3);
  expect_restored(p);
  pty_free(p);
}

static void test_end_signals(void **state)
{
  (void)state;
  static const int signals[] = {SIGTERM, SIGHUP};
  for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
    PtyTerm *p = start("xterm-256color", PTY_PLAIN);
    pty_signal(p, signals[i]);
    expect_exit(p, 0);
    expect_restored(p);
    char *bye = g_strdup_printf("bye after signal %d", signals[i]);
    assert_true(pty_has(p, bye));
    g_free(bye);
    pty_free(p);
  }
}

static void test_interrupt(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "C-c"); /* a key, not a signal */
  assert_true(pty_wait_text(p, "last key C-c"));
  pty_signal(p, SIGINT);
  assert_true(pty_wait_text(p, "last signal 2"));
  pty_keys(p, "q");
  expect_exit(p, 0);
  pty_free(p);
}

static void test_fatal(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "s");
  expect_death(p, SIGSEGV);
  expect_restored(p);
  assert_true(pty_has(p, "demo: this is where the session would be"));
  pty_free(p);

  p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "a");
  expect_death(p, SIGABRT);
  expect_restored(p);
  pty_free(p);
}

/* A program that hangs can still be ended, and even then the terminal is restored. */
static void test_deaf(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "d");
  pty_wait_quiet(p, 300);
  for (int i = 0; i < 3; i++) {
    pty_signal(p, SIGTERM);
    pty_run(p, 50);
  }
  expect_death(p, SIGTERM);
  expect_restored(p);
  pty_free(p);
}

/* --- the connection goes away ------------------------------------------------------------- */

static void test_hangup(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_hangup(p); /* sends SIGHUP as well */
  expect_exit(p, 0);
  pty_free(p);

  p = start("xterm-256color", PTY_IGNORE_HUP);
  pty_hangup(p);
  expect_exit(p, 0);
  pty_free(p);
}

/* One that goes on after the hang-up waits; it does not turn round and round. */
static void test_no_spin(void **state)
{
  (void)state;
  PtyTerm *p = start_with("xterm-256color", PTY_IGNORE_HUP, "--stubborn", NULL);
  assert_true(pty_wait_text(p, "last nothing"));
  pty_hangup(p);
  gint64 before = pty_cpu_ms(p);
  pty_run(p, 1500);
  gint64 used = pty_cpu_ms(p) - before;
  printf("CPU time in 1.5 s after the hang-up: %" G_GINT64_FORMAT " ms\n", used);
  assert_true(used <= 100);
  pty_free(p);
}

/* --- stopping ----------------------------------------------------------------------------- */

static void stop_and_continue(PtyTerm *p)
{
  assert_true(pty_wait_text(p, "[stopped, line mode 1]"));
  assert_false(pty_altscreen(p));
  pty_resize(p, 70, 20);
  pty_type(p, "fg\n");
  assert_true(pty_wait_text(p, "size 70x20"));
  assert_true(pty_altscreen(p));
  assert_false(pty_has(p, "stopped"));
  pty_keys(p, "j");
  assert_true(pty_wait_text(p, "last key j"));
  pty_keys(p, "q");
  expect_exit(p, 0);
  assert_true(pty_has(p, "[ended 0]"));
  expect_restored(p);
}

static void test_stop_by_key(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_SHELL);
  pty_keys(p, "C-z");
  stop_and_continue(p);
  pty_free(p);
}

/* Stopped and terminated while in the background. */
static void test_stop_then_end(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_SHELL);
  pty_keys(p, "C-z");
  assert_true(pty_wait_text(p, "[stopped, line mode 1]"));
  pty_hangup(p);
  int status;
  assert_true(pty_wait_exit(p, &status));
  pty_free(p);
}

/* --- sizes -------------------------------------------------------------------------------- */

static void test_sizes(void **state)
{
  (void)state;
  static const int sizes[][2] = {{1, 1},   {2, 1},  {1, 24}, {300, 2}, {300, 80},
                                 {40, 10}, {13, 7}, {80, 1}, {120, 30}};
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    pty_resize(p, sizes[i][0], sizes[i][1]);
    if (sizes[i][0] >= 20 && sizes[i][1] >= 3) {
      char *size = g_strdup_printf("size %dx%d", sizes[i][0], sizes[i][1]);
      assert_true(pty_wait_text(p, size));
      g_free(size);
    } else {
      assert_true(pty_wait_quiet(p, 100));
    }
  }
  /* a storm, without waiting in between */
  GRand *rand = g_rand_new_with_seed(11);
  for (int i = 0; i < 300; i++)
    pty_resize(p, g_rand_int_range(rand, 1, 300), g_rand_int_range(rand, 1, 80));
  g_rand_free(rand);
  pty_resize(p, 100, 40);
  assert_true(pty_wait_text(p, "size 100x40"));
  assert_true(pty_wait_quiet(p, 100));
  char *last = pty_line(p, 38);
  assert_true(g_str_has_suffix(last, "bottom \xe2\x94\x82"));
  g_free(last);
  pty_keys(p, "q");
  expect_exit(p, 0);
  expect_restored(p);
  pty_free(p);
}

/* --- terminal types ----------------------------------------------------------------------- */

static void expect_types(const char *term, const char *line, gboolean colored)
{
  PtyTerm *p = start_with(term, PTY_PLAIN, NULL, "LC_ALL=C.UTF-8");
  assert_true(pty_wait_text(p, line));
  assert_true(pty_wait_text(p, "bottom"));
  VTermScreenCell cell = pty_cell(p, 4, 5);
  assert_int_equal(!VTERM_COLOR_IS_DEFAULT_BG(&cell.bg), colored);
  assert_true(colored || cell.attrs.reverse);
  pty_keys(p, "Down PgUp");
  assert_true(pty_wait_text(p, "last key PgUp"));
  pty_keys(p, "q");
  expect_exit(p, 0);
  expect_restored(p);
  pty_free(p);
}

static void test_types(void **state)
{
  (void)state;
  expect_types("xterm-256color", "colours 256 glyphs utf8", TRUE);
  expect_types("xterm", "colours 8 glyphs utf8", TRUE);
  expect_types("linux", "colours 8 glyphs ascii", TRUE);
  expect_types("screen", "colours 8 glyphs utf8", TRUE);
  expect_types("tmux-256color", "colours 256 glyphs utf8", TRUE);
  expect_types("vt100", "colours mono glyphs ascii", FALSE);
}

/* A terminal that takes red, green and blue, described here because few systems have one. */
static void test_direct_color(void **state)
{
  (void)state;
  char *dir = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  char *source = g_build_filename(dir, "direct.ti", NULL);
  assert_true(g_file_set_contents(
      source,
      "direct-test|red green and blue,\n\tRGB, colors#0x1000000, pairs#0x7fff, ccc@, initc@,\n"
      "\tsetaf=\\E[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,\n"
      "\tsetab=\\E[48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,\n"
      "\tuse=xterm-256color,\n",
      -1, NULL));
  char *command = g_strdup_printf("tic -x -o '%s' '%s'", dir, source);
  char *terminfo = g_strdup_printf("TERMINFO=%s", dir);
  assert_int_equal(system(command), 0);
  PtyTerm *p = start_with("direct-test", PTY_PLAIN, NULL, terminfo);
  assert_true(pty_wait_text(p, "colours direct"));
  assert_true(pty_wait_text(p, "bottom"));
  VTermScreenCell flag = pty_cell(p, 14, 5);
  assert_true(VTERM_COLOR_IS_RGB(&flag.bg));
  assert_int_equal(flag.bg.rgb.red << 16 | flag.bg.rgb.green << 8 | flag.bg.rgb.blue, 0x005f87);
  assert_int_equal(flag.fg.rgb.red << 16 | flag.fg.rgb.green << 8 | flag.fg.rgb.blue, 0xff8787);
  pty_free(p);
  g_free(command);
  command = g_strdup_printf("rm -r '%s'", dir);
  assert_int_equal(system(command), 0);
  g_free(command);
  g_free(terminfo);
  g_free(source);
  g_free(dir);
}

/* No cursor addressing: every changed frame is printed whole, so the last one fills the screen. */
static void test_dumb(void **state)
{
  (void)state;
  PtyTerm *p = start("dumb", PTY_PLAIN);
  pty_keys(p, "j");
  assert_true(pty_wait_text(p, "last key j"));
  assert_false(pty_has(p, "last nothing"));
  char *line = pty_line(p, 1);
  assert_string_equal(line, "| size 80x24");
  g_free(line);
  assert_false(pty_received_has(p, "\033"));
  pty_keys(p, "q");
  expect_exit(p, 0);
  assert_true(pty_settings_restored(p));
  pty_free(p);
}

static void expect_refusal(const char *term, const char *message)
{
  PtyTerm *p = start_with(term, PTY_PLAIN, NULL, NULL);
  expect_exit(p, 1);
  assert_true(pty_has(p, message));
  assert_true(pty_settings_restored(p));
  pty_free(p);
}

static void test_unknown(void **state)
{
  (void)state;
  expect_refusal("no-such-terminal", "try: TERM=xterm");
  expect_refusal("", "TERM is not set");
}

static void test_no_color(void **state)
{
  (void)state;
  PtyTerm *p = start_with("xterm-256color", PTY_PLAIN, NULL, "NO_COLOR=1");
  assert_true(pty_wait_text(p, "colours mono"));
  assert_true(pty_wait_text(p, "bottom"));
  VTermScreenCell cell = pty_cell(p, 4, 5);
  assert_true(cell.attrs.reverse);
  assert_false(pty_received_has(p, "\033[38;5;"));
  pty_free(p);
  p = start_with("xterm-256color", PTY_PLAIN, NULL, "NO_COLOR=");
  assert_true(pty_wait_text(p, "colours 256"));
  pty_free(p);
}

static void test_plain_locale(void **state)
{
  (void)state;
  PtyTerm *p = start_with("xterm-256color", PTY_PLAIN, NULL, "LC_ALL=C");
  assert_true(pty_wait_text(p, "glyphs ascii"));
  /* a wide character is a mark and a blank, so nothing behind it moves */
  assert_true(pty_wait_text(p, "wide ? ? | e| end"));
  const GByteArray *bytes = pty_received(p);
  for (guint i = 0; i < bytes->len; i++)
    assert_true(bytes->data[i] < 0x80);
  pty_free(p);
}

/* --- input and output --------------------------------------------------------------------- */

static void test_keys(void **state)
{
  (void)state;
  static const char *const keys[] = {"Up",   "Down",  "Left",    "Right",  "PgUp",  "PgDn",
                                     "Home", "End",   "Insert",  "Delete", "Enter", "Backspace",
                                     "Tab",  "S-Tab", "Esc",     "F1",     "F5",    "F10",
                                     "C-d",  "`",     "\xc3\xa9"};
  static const char *const terms[] = {"xterm-256color", "linux", "screen"};
  for (guint t = 0; t < G_N_ELEMENTS(terms); t++) {
    PtyTerm *p = start(terms[t], PTY_PLAIN);
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
      char *shown = g_strdup_printf("last key %s", keys[i]);
      pty_keys(p, keys[i]);
      assert_true(pty_wait_text(p, shown));
      g_free(shown);
    }
    pty_bytes(p, "\x08", 1);
    assert_true(pty_wait_text(p, "last key Backspace"));
    pty_free(p);
  }
}

static void test_screen(void **state)
{
  (void)state;
  PtyTerm *p = start_with("xterm-256color", PTY_PLAIN, NULL, "LC_ALL=C.UTF-8");
  assert_true(pty_wait_text(p, "wide \xe4\xb8\xad\xe6\x96\x87| e\xcc\x81| end"));
  int x, y;
  gboolean visible;
  assert_true(pty_wait_quiet(p, 100));
  pty_cursor(p, &x, &y, &visible);
  assert_int_equal(x, 2);
  assert_int_equal(y, 5);
  assert_true(visible);
  VTermScreenCell flag = pty_cell(p, 14, 5);
  assert_int_equal(flag.chars[0], '!');
  assert_int_equal(flag.bg.indexed.idx, 24);  /* #005f87, of the cursor */
  assert_int_equal(flag.fg.indexed.idx, 210); /* #ff8787, its own */
  pty_keys(p, "t");
  assert_true(pty_wait_text(p, "mono theme"));
  assert_true(pty_wait_quiet(p, 100));
  assert_true(pty_cell(p, 14, 5).attrs.reverse);
  pty_free(p);
}

/* A frame that changes one word sends little; the same frame again sends nothing. */
static void test_bytes_sent(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "j");
  assert_true(pty_wait_text(p, "last key j"));
  assert_true(pty_wait_quiet(p, 100));
  guint64 before = pty_received_count(p);
  pty_keys(p, "k");
  assert_true(pty_wait_text(p, "last key k"));
  assert_true(pty_wait_quiet(p, 100));
  guint64 sent = pty_received_count(p) - before;
  printf("bytes for one changed letter: %" G_GUINT64_FORMAT "\n", sent);
  assert_in_range(sent, 1, 60);
  before = pty_received_count(p);
  pty_keys(p, "k");
  pty_run(p, 300);
  assert_int_equal(pty_received_count(p), before);
  pty_keys(p, "C-l");
  assert_true(pty_wait_text(p, "redrawn"));
  assert_true(pty_wait_quiet(p, 100));
  assert_true(pty_received_count(p) - before > 200);
  pty_free(p);
}

static void test_copy(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "y");
  assert_true(pty_wait_text(p, "last copied"));
  assert_true(pty_received_has(p, "\033]52;c;aGVsbG8=\a"));
  pty_free(p);
  p = start("linux", PTY_PLAIN);
  pty_keys(p, "y");
  assert_true(pty_wait_text(p, "has no clipboard"));
  pty_free(p);
}

static void test_mouse(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  assert_false(pty_received_has(p, "\033[?1000h"));
  pty_keys(p, "m");
  assert_true(pty_wait_text(p, "mouse on"));
  assert_true(pty_received_has(p, "\033[?1000h"));
  pty_type(p, "\033[<65;3;4M");
  assert_true(pty_wait_text(p, "last mouse Down 2,3"));
  pty_keys(p, "s");
  expect_death(p, SIGSEGV);
  assert_true(pty_received_has(p, "\033[?1000l"));
  pty_free(p);
}

/* What is written to stderr meanwhile does not land in the picture and is not lost. */
static void test_stderr(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "e");
  assert_true(pty_wait_text(p, "last complained"));
  assert_false(pty_has(p, "a complaint in between"));
  pty_keys(p, "q");
  expect_exit(p, 0);
  assert_true(pty_has(p, "a complaint in between"));
  pty_free(p);
}

/* Data on stdin, keys from the terminal. */
static void test_data_on_stdin(void **state)
{
  (void)state;
  char *command = g_strdup_printf("echo data | '%s'", demo_path);
  const char *argv[] = {"sh", "-c", command, NULL};
  PtyTerm *p = pty_start(argv, "xterm-256color", 80, 24, PTY_PLAIN, NULL);
  assert_true(pty_wait_text(p, "last nothing"));
  pty_keys(p, "Down");
  assert_true(pty_wait_text(p, "last key Down"));
  pty_keys(p, "q");
  expect_exit(p, 0);
  expect_restored(p);
  pty_free(p);
  g_free(command);
}

int main(void)
{
  const char *build = g_getenv("BUILDDIR");
  demo_path = g_build_filename(build ? build : ".", "tests/pty/demo_draw", NULL);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_quit),         cmocka_unit_test(test_exit),
      cmocka_unit_test(test_end_signals),  cmocka_unit_test(test_interrupt),
      cmocka_unit_test(test_fatal),        cmocka_unit_test(test_deaf),
      cmocka_unit_test(test_hangup),       cmocka_unit_test(test_no_spin),
      cmocka_unit_test(test_stop_by_key),  cmocka_unit_test(test_stop_then_end),
      cmocka_unit_test(test_sizes),        cmocka_unit_test(test_types),
      cmocka_unit_test(test_direct_color), cmocka_unit_test(test_dumb),
      cmocka_unit_test(test_unknown),      cmocka_unit_test(test_no_color),
      cmocka_unit_test(test_plain_locale), cmocka_unit_test(test_keys),
      cmocka_unit_test(test_screen),       cmocka_unit_test(test_bytes_sent),
      cmocka_unit_test(test_copy),         cmocka_unit_test(test_mouse),
      cmocka_unit_test(test_stderr),       cmocka_unit_test(test_data_on_stdin),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  g_free(demo_path);
  return failed;
}
