/* Store: whole files or none, private ones, moved aside without loss, one writer at a time. */
#include "core/base/error.h"
#include "core/casebook/store.h"
#include "tests/casebook/folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>
#include <signal.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static void what_is_saved_is_loaded(void **state)
{
  (void)state;
  char *folder = folder_new(), *path = g_build_filename(folder, "a.json", NULL), *text = NULL;
  gsize len = 0;
  GError *error = NULL;
  assert_int_equal(store_load(path, &text, &len, &error), STORE_ABSENT);
  assert_null(error);
  assert_null(text);
  assert_true(store_save(path, "one\0two", 7, &error));
  assert_int_equal(store_load(path, &text, &len, &error), STORE_READ);
  assert_int_equal(len, 7);
  assert_memory_equal(text, "one\0two", 8);
  g_free(text);
  assert_true(store_save(path, "", 0, &error));
  assert_int_equal(store_load(path, &text, &len, &error), STORE_READ);
  assert_int_equal(len, 0);
  assert_string_equal(text, "");
  g_free(text);
  g_free(path);
  folder_remove(folder);
}

static void files_are_private(void **state)
{
  (void)state;
  char *folder = folder_new();
  char *inner = g_build_filename(folder, "state", "cohortscope", "0123", NULL);
  char *path = g_build_filename(inner, "a.json", NULL);
  mode_t before = umask(0);
  assert_true(store_make_folder(inner, NULL));
  assert_true(store_save(path, "x", 1, NULL));
  umask(before);
  assert_int_equal(file_mode(inner), 0700);
  assert_int_equal(file_mode(path), 0600);
  /* an older one that others could read */
  assert_int_equal(g_chmod(path, 0644), 0);
  assert_int_equal(g_chmod(inner, 0755), 0);
  assert_true(store_make_folder(inner, NULL));
  assert_true(store_save(path, "y", 1, NULL));
  assert_int_equal(file_mode(inner), 0700);
  assert_int_equal(file_mode(path), 0600);
  g_free(inner);
  g_free(path);
  folder_remove(folder);
}

/* A disk that is full, here a limit on the size of files: the old file stays, nothing is left. */
static void a_failed_save_changes_nothing(void **state)
{
  (void)state;
  char *folder = folder_new(), *path = g_build_filename(folder, "a.json", NULL), *text = NULL;
  gsize len = 0;
  GError *error = NULL;
  assert_true(store_save(path, "old", 3, NULL));
  struct rlimit limit, tight;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
  tight = (struct rlimit){.rlim_cur = 1000, .rlim_max = limit.rlim_max};
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
  char *large = g_strnfill(5000, 'x');
  gboolean ok = store_save(path, large, 5000, &error);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
  assert_false(ok);
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_OUTPUT));
  assert_non_null(strstr(error->message, "a.json"));
  g_clear_error(&error);
  assert_int_equal(store_load(path, &text, &len, NULL), STORE_READ);
  assert_string_equal(text, "old");
  char *list = folder_list(folder);
  assert_string_equal(list, "a.json");
  g_free(list);
  g_free(text);
  g_free(large);
  g_free(path);
  folder_remove(folder);
}

/* A file as a program left it so many seconds ago. */
static void leave(const char *folder, const char *name, long pid, const char *end, int ago)
{
  char *file =
      pid ? g_strdup_printf("%s.%ld.%s", name, pid, end) : g_strdup_printf("%s.%s", name, end);
  char *path = g_build_filename(folder, file, NULL);
  time_t then = time(NULL) - ago;
  file_write(folder, file, "half");
  assert_int_equal(g_utime(path, &(struct utimbuf){then, then}), 0);
  g_free(path);
  g_free(file);
}

/* What programs that were killed while they wrote have left goes; nothing else does. */
static void what_was_left_beside_is_removed(void **state)
{
  (void)state;
  char *folder = folder_new(), *path = g_build_filename(folder, "a.json", NULL);
  pid_t child = fork();
  if (child == 0)
    _exit(0);
  assert_int_equal(waitpid(child, NULL, 0), child); /* nobody has its number now */
  leave(folder, "a.json", child, "gone01", 3600);
  leave(folder, "a.json", child, "young1", 0);
  leave(folder, "a.json", child, "short", 3600);
  leave(folder, "a.json", child, "lo..ng", 3600);
  leave(folder, "b.json", child, "other1", 3600);
  leave(folder, "a.json", 0, "damaged", 1000000);
  leave(folder, "a.json", getpid(), "alive1", 3600);
  leave(folder, "a.json", getpid(), "daysag", 2 * 24 * 3600);
  assert_true(store_save(path, "x", 1, NULL));
  char *list = folder_list(folder);
  char *expected =
      g_strdup_printf("a.json.%ld.young1|a.json.%ld.short|a.json.%ld.lo..ng|"
                      "b.json.%ld.other1|a.json.damaged|a.json.%ld.alive1|a.json",
                      (long)child, (long)child, (long)child, (long)child, (long)getpid());
  char **names = g_strsplit(expected, "|", -1), **found = g_strsplit(list, "\n", -1);
  assert_int_equal(g_strv_length(found), g_strv_length(names));
  for (guint i = 0; names[i]; i++)
    assert_true(g_strv_contains((const char *const *)found, names[i]));
  g_strfreev(names);
  g_strfreev(found);
  g_free(expected);
  g_free(list);
  g_free(path);
  folder_remove(folder);
}

static void odd_files_are_refused(void **state)
{
  (void)state;
  char *folder = folder_new(), *path = g_build_filename(folder, "a", NULL), *text = NULL;
  gsize len = 0;
  GError *error = NULL;
  assert_int_equal(store_load(folder, &text, &len, &error), STORE_FAILED);
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_INPUT));
  g_clear_error(&error);
  assert_int_equal(mkfifo(path, 0600), 0); /* must not wait for somebody to write */
  assert_int_equal(store_load(path, &text, &len, &error), STORE_FAILED);
  g_clear_error(&error);
  assert_false(store_save(path, "x", 1, &error)); /* nor be replaced */
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_OUTPUT));
  g_clear_error(&error);
  assert_false(g_file_test(path, G_FILE_TEST_IS_REGULAR));
  g_unlink(path);
  /* a hole of many gigabytes */
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  assert_int_equal(ftruncate(fd, (off_t)STORE_MAX_BYTES + 1), 0);
  close(fd);
  assert_int_equal(store_load(path, &text, &len, &error), STORE_FAILED);
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_LIMIT));
  g_clear_error(&error);
  assert_null(text);
  g_free(path);
  folder_remove(folder);
}

static void damaged_files_are_kept(void **state)
{
  (void)state;
  char *folder = folder_new(), *path = g_build_filename(folder, "a.json", NULL);
  static const char *const texts[] = {"first", "second", "third"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    file_write(folder, "a.json", texts[i]);
    char *name = store_move_aside(path, NULL);
    assert_non_null(name);
    g_free(name);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
  }
  char *list = folder_list(folder);
  assert_string_equal(list, "a.json.damaged\na.json.damaged-2\na.json.damaged-3");
  char *a = file_text(folder, "a.json.damaged"), *c = file_text(folder, "a.json.damaged-3");
  assert_string_equal(a, "first");
  assert_string_equal(c, "third");
  GError *error = NULL;
  assert_null(store_move_aside(path, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_OUTPUT));
  g_clear_error(&error);
  g_free(a);
  g_free(c);
  g_free(list);
  g_free(path);
  folder_remove(folder);
}

static void stamps_tell_a_new_file(void **state)
{
  (void)state;
  char *folder = folder_new(), *path = g_build_filename(folder, "a", NULL);
  StoreStamp none = store_stamp(path);
  assert_false(none.exists);
  assert_true(store_save(path, "1", 1, NULL));
  StoreStamp one = store_stamp(path), again = store_stamp(path);
  assert_true(store_stamp_equal(&one, &again));
  assert_false(store_stamp_equal(&one, &none));
  assert_true(store_save(path, "2", 1, NULL)); /* same size, maybe the same instant */
  StoreStamp two = store_stamp(path);
  assert_false(store_stamp_equal(&one, &two));
  g_free(path);
  folder_remove(folder);
}

static void one_program_holds_the_lock(void **state)
{
  (void)state;
  char *folder = folder_new(), *path = g_build_filename(folder, "lock", NULL);
  int first = store_lock(path, 0, NULL);
  assert_true(first >= 0);
  assert_int_equal(file_mode(path), 0600);
  GError *error = NULL;
  assert_int_equal(store_lock(path, 30, &error), -1); /* a second descriptor is a second holder */
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_OUTPUT));
  g_clear_error(&error);
  store_unlock(first);
  int second = store_lock(path, 0, NULL);
  assert_true(second >= 0);
  store_unlock(second);
  store_unlock(-1);
  /* a program that dies lets go */
  pid_t child = fork();
  if (child == 0) {
    _exit(store_lock(path, 0, NULL) >= 0 ? 7 : 1);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(WEXITSTATUS(status), 7);
  int third = store_lock(path, 0, NULL);
  assert_true(third >= 0);
  store_unlock(third);
  g_free(path);
  folder_remove(folder);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_saved_is_loaded),
      cmocka_unit_test(files_are_private),
      cmocka_unit_test(a_failed_save_changes_nothing),
      cmocka_unit_test(odd_files_are_refused),
      cmocka_unit_test(damaged_files_are_kept),
      cmocka_unit_test(stamps_tell_a_new_file),
      cmocka_unit_test(one_program_holds_the_lock),
      cmocka_unit_test(what_was_left_beside_is_removed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
