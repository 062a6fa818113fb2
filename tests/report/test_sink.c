/* Sinks: files that appear when they are complete, and what happens when bytes cannot be written.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/report/sink.h"

static char *temporary_folder(void)
{
  return g_dir_make_tmp("cohortscope-test-XXXXXX", NULL);
}

static void test_file_appears_when_complete(void **state)
{
  (void)state;
  char *folder = temporary_folder();
  char *path = g_build_filename(folder, "out.csv", NULL);
  assert_true(g_file_set_contents(path, "old", -1, NULL));
  Sink *s = sink_file(path, NULL);
  char *text = NULL;
  sink_puts(s, "new");
  g_file_get_contents(path, &text, NULL, NULL);
  assert_string_equal(text, "old");
  g_free(text);
  assert_true(sink_close(s, NULL));
  g_file_get_contents(path, &text, NULL, NULL);
  assert_string_equal(text, "new");
  g_free(text);
  sink_abandon(sink_file(path, NULL));
  g_file_get_contents(path, &text, NULL, NULL);
  assert_string_equal(text, "new");
  g_free(text);
  g_unlink(path);
  assert_int_equal(g_rmdir(folder), 0); /* nothing else was left there */
  g_free(path);
  g_free(folder);
}

static void test_full_disk(void **state)
{
  (void)state;
  if (!g_file_test("/dev/full", G_FILE_TEST_EXISTS))
    return;
  GError *error = NULL;
  Sink *s = sink_file("/dev/full", &error);
  assert_non_null(s);
  assert_true(sink_puts(s, "text")); /* still in the buffer */
  assert_false(sink_close(s, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_OUTPUT));
  assert_non_null(strstr(error->message, "/dev/full"));
  assert_non_null(strstr(error->message, g_strerror(ENOSPC)));
  g_clear_error(&error);
}

/* A file that may not grow: the old content stays and the unfinished file goes away. */
static void test_no_room_keeps_the_old_file(void **state)
{
  (void)state;
  char *folder = temporary_folder();
  char *path = g_build_filename(folder, "out.csv", NULL);
  char *text = NULL, *block = g_strnfill(200000, 'x');
  GError *error = NULL;
  assert_true(g_file_set_contents(path, "old", -1, NULL));
  struct rlimit before, small;
  getrlimit(RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 100000;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  Sink *s = sink_file(path, NULL);
  gboolean went_on = TRUE;
  for (guint i = 0; i < 4; i++)
    went_on = sink_puts(s, block);
  gboolean closed = sink_close(s, &error);
  setrlimit(RLIMIT_FSIZE, &before);
  assert_false(went_on);
  assert_false(closed);
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_OUTPUT));
  g_file_get_contents(path, &text, NULL, NULL);
  assert_string_equal(text, "old");
  g_unlink(path);
  assert_int_equal(g_rmdir(folder), 0);
  g_clear_error(&error);
  g_free(text);
  g_free(block);
  g_free(path);
  g_free(folder);
}

static void test_no_such_folder(void **state)
{
  (void)state;
  GError *error = NULL;
  assert_null(sink_file("/nonexistent-folder/out.csv", &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_OUTPUT));
  assert_non_null(strstr(error->message, "/nonexistent-folder/out.csv"));
  g_clear_error(&error);
}

static void test_reader_went_away(void **state)
{
  (void)state;
  int ends[2];
  GError *error = NULL;
  signal(SIGPIPE, SIG_IGN);
  assert_int_equal(pipe(ends), 0);
  close(ends[0]);
  Sink *s = sink_fd(ends[1], "standard output");
  sink_puts(s, "text");
  assert_false(sink_close(s, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_CANCELLED));
  assert_true(fcntl(ends[1], F_GETFD) >= 0); /* the descriptor stays the caller's */
  close(ends[1]);
  g_clear_error(&error);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_file_appears_when_complete), cmocka_unit_test(test_full_disk),
      cmocka_unit_test(test_no_room_keeps_the_old_file), cmocka_unit_test(test_no_such_folder),
      cmocka_unit_test(test_reader_went_away),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
