/* Starting demo_draw in a terminal, and what must be true after its end. */
#ifndef TESTS_PTY_DEMO_RUN_H
#define TESTS_PTY_DEMO_RUN_H

#include "tests/pty/ptyterm.h"

/* The path of the demo, from $BUILDDIR. Static. */
const char *demo_path(void);
/* The demo in 80x24. `option` is an argument or NULL, `env` one NAME=VALUE or NULL. */
PtyTerm *demo_start_with(const char *term, PtyFlags flags, const char *option, const char *env);
/* The same without both, once its first screen is there. */
PtyTerm *demo_start(const char *term, PtyFlags flags);

/* Assertions. The terminal is as before the start. */
void demo_expect_restored(PtyTerm *p);
/* The program ends by itself with an exit code, or by a signal. */
void demo_expect_exit(PtyTerm *p, int code);
void demo_expect_death(PtyTerm *p, int signo);

#endif
