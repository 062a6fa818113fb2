/* What is pasted is text: it fills prompts and never runs anything. And the delay behind Esc. */
#include <glib.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "tests/pty/ptyterm.h"

static PtyTerm *start(const char *term, const char *option, const char *value)
{
  const char *const env[] = {"XDG_STATE_HOME=/nonexistent/cohortscope", NULL};
  const char *const argv[] = {getenv("COHORTSCOPE"), "--fresh", option, value, NULL};
  assert_non_null(argv[0]);
  PtyTerm *p = pty_start(argv, term, 80, 24, PTY_PLAIN, env);
  assert_non_null(p);
  assert_true(pty_wait_text(p, "all 62,"));
  return p;
}

static void leave(PtyTerm *p)
{
  int status = 0;
  pty_keys(p, "Q");
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  pty_free(p);
}

static void paste(PtyTerm *p, const char *text)
{
  g_autofree char *bytes = g_strconcat("\033[200~", text, "\033[201~", NULL);
  pty_bytes(p, bytes, strlen(bytes));
}

static void fills_prompts(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", NULL, NULL);
  assert_true(pty_received_has(p, "\033[?2004h"));
  pty_keys(p, "3");
  assert_true(pty_wait_text(p, "LESSONS 1/"));
  pty_keys(p, "/");
  paste(p, "java\nquit\r:quit\n");
  assert_true(pty_wait_text(p, "/java quit :quit"));
  pty_keys(p, "Esc :");
  paste(p, "quit\n");
  assert_true(pty_wait_quiet(p, 300)); /* typed into the list of commands, and not run */
  assert_false(pty_ended(p));
  pty_keys(p, "Esc Esc");
  assert_true(pty_wait_text(p, "LESSONS 1/"));
  leave(p);
}

static void means_nothing_elsewhere(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", NULL, NULL);
  paste(p, "2\nQ\nqy\n");
  assert_true(pty_wait_text(p, "what is pasted is no command"));
  assert_false(pty_ended(p));
  pty_keys(p, "2");
  assert_true(pty_wait_text(p, "COHORTS 1/"));
  int status = 0;
  pty_keys(p, "Q");
  assert_true(pty_wait_exit(p, &status));
  assert_true(pty_received_has(p, "\033[?2004l"));
  pty_free(p);
}

static void esc_waits_as_told(void **state)
{
  (void)state;
  PtyTerm *p = start("xterm-256color", "--esc-delay", "5000");
  pty_keys(p, "2");
  assert_true(pty_wait_text(p, "COHORTS 1/"));
  pty_bytes(p, "\033", 1);
  pty_run(p, 300);
  pty_bytes(p, "[B", 2); /* a slow connection */
  assert_true(pty_wait_text(p, "COHORTS 2/"));
  leave(p);
  p = start("xterm-256color", NULL, NULL);
  pty_keys(p, "2");
  assert_true(pty_wait_text(p, "COHORTS 1/"));
  pty_bytes(p, "\033", 1);
  pty_run(p, 300);
  pty_bytes(p, "G", 1); /* Esc, and then a key of its own */
  assert_true(pty_wait_no_text(p, "COHORTS 1/"));
  leave(p);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fills_prompts),
      cmocka_unit_test(means_nothing_elsewhere),
      cmocka_unit_test(esc_waits_as_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
