/* Starting demo_draw: see demo_run.h. */
#include "tests/pty/demo_run.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <sys/wait.h>

const char *demo_path(void)
{
  static char *path;
  const char *build = g_getenv("BUILDDIR");
  if (!path)
    path = g_build_filename(build ? build : ".", "tests/pty/demo_draw", NULL);
  return path;
}

/* Sanitizers would turn the signals under test into exits. */
#define QUIET_SANITIZERS "ASAN_OPTIONS=handle_segv=0:handle_abort=0"

PtyTerm *demo_start_with(const char *term, PtyFlags flags, const char *option, const char *env)
{
  const char *argv[] = {demo_path(), option, NULL};
  const char *environment[] = {QUIET_SANITIZERS, env, NULL};
  return pty_start(argv, term, 80, 24, flags, environment);
}

PtyTerm *demo_start(const char *term, PtyFlags flags)
{
  PtyTerm *p = demo_start_with(term, flags, NULL, NULL);
  assert_true(pty_wait_text(p, "last nothing"));
  return p;
}

void demo_expect_restored(PtyTerm *p)
{
  int x, y;
  gboolean visible;
  assert_false(pty_altscreen(p));
  assert_true(pty_settings_restored(p));
  pty_cursor(p, &x, &y, &visible);
  assert_true(visible);
  assert_true(pty_plain_text(p));
}

void demo_expect_exit(PtyTerm *p, int code)
{
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), code);
}

void demo_expect_death(PtyTerm *p, int signo)
{
  int status = 0;
  assert_true(pty_wait_exit(p, &status));
  assert_true(WIFSIGNALED(status));
  assert_int_equal(WTERMSIG(status), signo);
}
