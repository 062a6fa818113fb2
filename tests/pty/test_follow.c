/* The explorer follows a log: it is written to, rotated, taken away and given back while one looks
 * at it. */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "tests/pty/ptyterm.h"

typedef struct {
  char *folder, *log, *state_home;
  PtyTerm *p;
} Bed;

static void put(const char *path, const char *text)
{
  FILE *f = fopen(path, "a");
  assert_non_null(f);
  assert_true(fputs(text, f) >= 0);
  assert_int_equal(fclose(f), 0);
}

static void start(Bed *b, gboolean follow)
{
  g_autofree char *home = g_strconcat("XDG_STATE_HOME=", b->state_home, NULL);
  const char *const env[] = {home, NULL};
  const char *const argv[] = {getenv("COHORTSCOPE"), b->log, follow ? "--follow" : NULL, NULL};
  assert_non_null(argv[0]);
  b->p = pty_start(argv, "xterm-256color", 80, 24, PTY_PLAIN, env);
  assert_non_null(b->p);
}

static Bed bed_new(const char *text, gboolean follow)
{
  Bed b = {.folder = g_dir_make_tmp("cohortscope-XXXXXX", NULL)};
  b.log = g_build_filename(b.folder, "access.log", NULL);
  b.state_home = g_build_filename(b.folder, "state", NULL);
  put(b.log, text);
  start(&b, follow);
  return b;
}

static void leave(Bed *b)
{
  int status = 0;
  pty_keys(b->p, "Q");
  assert_true(pty_wait_exit(b->p, &status));
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  pty_free(b->p);
}

static void bed_clear(Bed *b)
{
  leave(b);
  const char *rm[] = {"rm", "-rf", b->folder, NULL};
  g_spawn_sync(NULL, (char **)rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free(b->folder);
  g_free(b->log);
  g_free(b->state_home);
}

#define BEGINNING                                                                                  \
  "2020-01-01 10:00:00 toc 1 8 10.0.0.1\n2020-01-01 10:00:05 java-i 1 8 10.0.0.1\n"                \
  "2020-01-01 10:01:00 toc 2 8 10.0.0.2\n"

static void rows_join(void **state)
{
  (void)state;
  Bed b = bed_new(BEGINNING "2020-01-01 10:02", TRUE); /* a line is being written */
  assert_true(pty_wait_text(b.p, "all 3 hits"));
  assert_true(pty_wait_text(b.p, "following access.log"));
  put(b.log, ":00 java-i 2 8 10.0.0.2\n2020-01-01 10:03:00 java-ii 3 8 10.0.0.3\n");
  assert_true(pty_wait_text(b.p, "all 5 hits"));
  assert_true(pty_wait_text(b.p, "following access.log, +2 rows"));
  /* rotation: the rows there are stay */
  g_autofree char *aside = g_strconcat(b.log, ".1", NULL);
  assert_int_equal(g_rename(b.log, aside), 0);
  put(b.log, "2020-01-02 09:00:00 java-i 1 8 10.0.0.1\n");
  assert_true(pty_wait_text(b.p, "all 6 hits"));
  assert_true(pty_wait_text(b.p, "following access.log anew, +3 rows"));
  /* gone, and back again */
  assert_int_equal(g_unlink(b.log), 0);
  assert_true(pty_wait_text(b.p, "access.log is gone"));
  put(b.log, "2019-12-31 09:00:00 java-i 1 8 10.0.0.1\n"); /* older than all */
  assert_true(pty_wait_text(b.p, "all 7 hits"));
  bed_clear(&b);
}

/* The line of the screen that holds the cursor. */
static char *cursor_line(PtyTerm *p)
{
  int x, y;
  gboolean visible;
  assert_true(pty_wait_quiet(p, 200));
  pty_cursor(p, &x, &y, &visible);
  return pty_line(p, y);
}

static void cursor_stays(void **state)
{
  (void)state;
  Bed b = bed_new(BEGINNING, TRUE);
  assert_true(pty_wait_text(b.p, "all 3 hits"));
  pty_keys(b.p, "4");
  assert_true(pty_wait_text(b.p, "USERS 1/2"));
  g_autofree char *before = cursor_line(b.p);
  assert_non_null(strstr(before, ">1"));
  put(b.log, "2020-01-01 10:03:00 toc 2 8 10.0.0.2\n2020-01-01 10:03:00 toc 3 8 10.0.0.2\n"
             "2020-01-01 10:04:00 toc 2 8 10.0.0.2\n2020-01-01 10:05:00 toc 3 8 10.0.0.2\n"
             "2020-01-01 10:06:00 toc 3 8 10.0.0.2\n");
  assert_true(pty_wait_text(b.p, "USERS 3/3")); /* first became last */
  g_autofree char *after = cursor_line(b.p);
  assert_non_null(strstr(after, ">1"));
  /* on a hit in a timeline, with rows before and behind it */
  pty_keys(b.p, "Enter");
  assert_true(pty_wait_text(b.p, "LINE 1/"));
  pty_keys(b.p, "j j");
  assert_true(pty_wait_text(b.p, "LINE 3/3"));
  g_autofree char *hit = cursor_line(b.p);
  assert_non_null(strstr(hit, "java-i"));
  put(b.log, "2020-01-01 09:59:00 toc 1 8 10.0.0.1\n2020-01-01 10:00:05 toc 1 8 10.0.0.1\n");
  assert_true(pty_wait_text(b.p, "LINE 4/5"));
  g_autofree char *same = cursor_line(b.p);
  assert_non_null(strstr(same, "java-i"));
  bed_clear(&b);
}

static void switched_by_command(void **state)
{
  (void)state;
  Bed b = bed_new(BEGINNING "2020-01-01 10:02:00 java-i 2 8 10", FALSE);
  assert_true(pty_wait_text(b.p, "all 4 hits"));
  put(b.log, ".0.0.2\n2020-01-01 10:03:00 java-ii 3 8 10.0.0.3\n");
  pty_run(b.p, 1500);
  assert_true(pty_has(b.p, "all 4 hits")); /* nobody asked for more */
  pty_keys(b.p, ":");
  pty_type(b.p, "follow on");
  pty_keys(b.p, "Enter");
  /* the half line that was loaded is read again, whole */
  assert_true(pty_wait_text(b.p, "all 5 hits"));
  put(b.log, "2020-01-01 10:04:00 java-ii 3 8 10.0.0.3\n");
  assert_true(pty_wait_text(b.p, "all 6 hits"));
  pty_keys(b.p, "5");
  assert_true(pty_wait_text(b.p, "IPS 1/3"));
  pty_keys(b.p, ":");
  pty_type(b.p, "follow");
  pty_keys(b.p, "Enter");
  assert_true(pty_wait_text(b.p, "no longer following access.log: 1 row came"));
  put(b.log, "2020-01-01 10:05:00 java-ii 3 8 10.0.0.3\n");
  pty_run(b.p, 1500);
  assert_true(pty_has(b.p, "all 6 hits"));
  bed_clear(&b);
}

/* Notes and filters of a log that has grown are there at the next start, too. */
static void found_again(void **state)
{
  (void)state;
  Bed b = bed_new(BEGINNING, TRUE);
  assert_true(pty_wait_text(b.p, "all 3 hits"));
  pty_keys(b.p, "4 m");
  assert_true(pty_wait_text(b.p, "USERS 1/2"));
  put(b.log, "2020-01-01 10:03:00 toc 2 8 10.0.0.2\n");
  assert_true(pty_wait_text(b.p, "all 4 hits"));
  leave(&b);
  start(&b, TRUE);
  assert_true(pty_wait_text(b.p, "USERS 1/2"));
  pty_keys(b.p, ":");
  pty_type(b.p, "marks");
  pty_keys(b.p, "Enter");
  assert_true(pty_wait_text(b.p, "user 1"));
  pty_keys(b.p, "Esc");
  bed_clear(&b);
}

/* Many rows at once: keys are answered meanwhile, and nothing is computed when nothing comes. */
static void many_rows(void **state)
{
  (void)state;
  Bed b = bed_new(BEGINNING, TRUE);
  assert_true(pty_wait_text(b.p, "all 3 hits"));
  GString *rows = g_string_new(NULL);
  for (int i = 0; i < 100000; i++)
    g_string_append_printf(rows, "2020-02-%02d %02d:%02d:%02d java-%d %d 8 10.1.%d.%d\n",
                           1 + i / 5000, i / 250 % 20, i / 60 % 60, i % 60, i % 300, i % 700,
                           i % 40, i % 200);
  put(b.log, rows->str);
  pty_keys(b.p, "5");
  assert_true(pty_wait_text(b.p, "IPS "));
  assert_true(pty_wait_text(b.p, "all 100,003 hits"));
  g_string_free(rows, TRUE);
  pty_run(b.p, 6000); /* what is learned from them is learned meanwhile */
  gint64 before = pty_cpu_ms(b.p);
  pty_run(b.p, 3000);
  assert_true(pty_cpu_ms(b.p) - before < 150);
  bed_clear(&b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_join),           cmocka_unit_test(cursor_stays),
      cmocka_unit_test(switched_by_command), cmocka_unit_test(found_again),
      cmocka_unit_test(many_rows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
