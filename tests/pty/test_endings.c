/* Every way in which a program can end or stop, and the terminal behind it. */
#include "tests/pty/demo_run.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>

/* --- every way to end --------------------------------------------------------------------- */

static void test_quit(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  assert_true(pty_altscreen(p));
  assert_false(pty_settings_restored(p));
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  demo_expect_restored(p);
  assert_true(pty_has(p, "bye after key q"));
  pty_free(p);
}

static void test_exit(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "x");
  demo_expect_exit(p, 3);
  demo_expect_restored(p);
  pty_free(p);
}

static void test_end_signals(void **state)
{
  (void)state;
  static const int signals[] = {SIGTERM, SIGHUP};
  for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
    PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
    pty_signal(p, signals[i]);
    demo_expect_exit(p, 0);
    demo_expect_restored(p);
    char *bye = g_strdup_printf("bye after signal %d", signals[i]);
    assert_true(pty_has(p, bye));
    g_free(bye);
    pty_free(p);
  }
}

static void test_interrupt(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "C-c"); /* a key, not a signal */
  assert_true(pty_wait_text(p, "last key C-c"));
  pty_signal(p, SIGINT);
  assert_true(pty_wait_text(p, "last signal 2"));
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  pty_free(p);
}

static void test_fatal(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "s");
  demo_expect_death(p, SIGSEGV);
  demo_expect_restored(p);
  assert_true(pty_has(p, "demo: this is where the session would be"));
  pty_free(p);

  p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "a");
  demo_expect_death(p, SIGABRT);
  demo_expect_restored(p);
  pty_free(p);
}

/* A program that hangs can still be ended, and even then the terminal is restored. */
static void test_deaf(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_keys(p, "d");
  pty_wait_quiet(p, 300);
  /* three of them; more when some arrive as one on a busy machine */
  for (int i = 0; i < 100 && !pty_ended(p); i++) {
    pty_signal(p, SIGTERM);
    pty_run(p, 50);
  }
  demo_expect_death(p, SIGTERM);
  demo_expect_restored(p);
  pty_free(p);
}

/* --- the connection goes away ------------------------------------------------------------- */

static void test_hangup(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
  pty_hangup(p); /* sends SIGHUP as well */
  demo_expect_exit(p, 0);
  pty_free(p);

  p = demo_start("xterm-256color", PTY_IGNORE_HUP);
  pty_hangup(p);
  demo_expect_exit(p, 0);
  pty_free(p);
}

/* One that goes on after the hang-up waits; it does not turn round and round. */
static void test_no_spin(void **state)
{
  (void)state;
  PtyTerm *p = demo_start_with("xterm-256color", PTY_IGNORE_HUP, "--stubborn", NULL);
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
  demo_expect_exit(p, 0);
  assert_true(pty_has(p, "[ended 0]"));
  demo_expect_restored(p);
}

static void test_stop_by_key(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_SHELL);
  pty_keys(p, "C-z");
  stop_and_continue(p);
  pty_free(p);
}

/* Stopped and terminated while in the background. */
static void test_stop_then_end(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_SHELL);
  pty_keys(p, "C-z");
  assert_true(pty_wait_text(p, "[stopped, line mode 1]"));
  pty_hangup(p);
  int status;
  assert_true(pty_wait_exit(p, &status));
  pty_free(p);
}

/* Stopped by a signal that cannot be caught: the screen is drawn anew. */
static void test_stop_hard(void **state)
{
  (void)state;
  PtyTerm *p = demo_start("xterm-256color", PTY_SHELL);
  pty_keys(p, "Z");
  assert_true(pty_wait_text(p, "[stopped, line mode 0]"));
  pty_type(p, "f");
  assert_true(pty_wait_no_text(p, "[stopped"));
  assert_true(pty_wait_text(p, "size 80x24"));
  pty_keys(p, "q");
  demo_expect_exit(p, 0);
  demo_expect_restored(p);
  pty_free(p);
}

/* Signals that nobody expects end the program, but not with a broken terminal. */
static void test_other_signals(void **state)
{
  (void)state;
  static const int signals[] = {SIGUSR1, SIGALRM, SIGPIPE, SIGQUIT};
  for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
    PtyTerm *p = demo_start("xterm-256color", PTY_PLAIN);
    pty_signal(p, signals[i]);
    demo_expect_death(p, signals[i]);
    demo_expect_restored(p);
    pty_free(p);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_quit),        cmocka_unit_test(test_exit),
      cmocka_unit_test(test_end_signals), cmocka_unit_test(test_interrupt),
      cmocka_unit_test(test_fatal),       cmocka_unit_test(test_deaf),
      cmocka_unit_test(test_hangup),      cmocka_unit_test(test_no_spin),
      cmocka_unit_test(test_stop_by_key), cmocka_unit_test(test_stop_then_end),
      cmocka_unit_test(test_stop_hard),   cmocka_unit_test(test_other_signals),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
