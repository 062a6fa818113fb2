/* A terminal for tests: a program runs in a pseudo-terminal, and libvterm shows what it draws.
 *
 * Nothing sleeps a fixed time: every wait has a condition and a time-out, and returns FALSE (and
 * prints the screen to stderr) when the time is over. */
#ifndef TESTS_PTY_PTYTERM_H
#define TESTS_PTY_PTYTERM_H

#include <glib.h>
#include <sys/types.h>
#include <vterm.h>

/* Long enough for a loaded machine; reached only when something is wrong. */
#define PTY_TIMEOUT_MS 20000

typedef struct PtyTerm PtyTerm;

typedef enum {
  PTY_PLAIN = 0,
  PTY_SHELL = 1 << 0,      /* under a small shell with job control: C-z can stop the program */
  PTY_IGNORE_HUP = 1 << 1, /* as under nohup */
} PtyFlags;

/* Starts argv (found on PATH, NULL-terminated) in a terminal of `width` x `height`. `term` is
 * TERM; `env` are further NAME=VALUE (NULL-terminated; a bare NAME unsets; NULL: none). */
PtyTerm *pty_start(const char *const *argv, const char *term, int width, int height, PtyFlags flags,
                   const char *const *env);
/* Kills what still runs. */
void pty_free(PtyTerm *p);

/* Keys by name, separated by blanks: "j C-d Enter PgDn". In the mode the program has asked for. */
void pty_keys(PtyTerm *p, const char *names);
void pty_type(PtyTerm *p, const char *text);
void pty_bytes(PtyTerm *p, const char *bytes, gsize len);
void pty_resize(PtyTerm *p, int width, int height);
void pty_signal(PtyTerm *p, int signo);
/* The terminal goes away, as when a connection drops. */
void pty_hangup(PtyTerm *p);

gboolean pty_wait_text(PtyTerm *p, const char *text);
gboolean pty_wait_no_text(PtyTerm *p, const char *text);
/* Until nothing has come for `quiet_ms`. */
gboolean pty_wait_quiet(PtyTerm *p, int quiet_ms);
/* Until the program has ended; its wait status. */
gboolean pty_wait_exit(PtyTerm *p, int *status);
gboolean pty_ended(PtyTerm *p);
/* Reads what comes for `ms`, for measuring. */
void pty_run(PtyTerm *p, int ms);

/* The screen, blanks trimmed at the ends of lines. Free with g_free. */
char *pty_screen(PtyTerm *p);
char *pty_line(PtyTerm *p, int y);
gboolean pty_has(PtyTerm *p, const char *text);
VTermScreenCell pty_cell(PtyTerm *p, int x, int y);
void pty_cursor(PtyTerm *p, int *x, int *y, gboolean *visible);
gboolean pty_altscreen(PtyTerm *p);
/* TRUE when what is written next has no attributes and no background. */
gboolean pty_plain_text(PtyTerm *p);
/* TRUE when the line settings are those of before the start. */
gboolean pty_settings_restored(PtyTerm *p);
/* All bytes that came so far (at most the last megabyte), and how many there were. */
const GByteArray *pty_received(PtyTerm *p);
guint64 pty_received_count(PtyTerm *p);
/* When the last of them came, by the monotonic clock. */
gint64 pty_last_received(PtyTerm *p);
gboolean pty_received_has(PtyTerm *p, const char *bytes);
pid_t pty_pid(PtyTerm *p);
/* CPU time of the program so far, in milliseconds. */
gint64 pty_cpu_ms(PtyTerm *p);

#endif
