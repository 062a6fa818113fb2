/* Settings files: compiled in, the user's on top, what makes a line, and files that cannot be read.
 */
#include "core/base/assets.h"

#include "core/base/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static const SettingLine *line_at(const GPtrArray *lines, guint i)
{
  assert_true(i < lines->len);
  return lines->pdata[i];
}

static void check_line(const GPtrArray *lines, guint i, const char *key, const char *value,
                       guint number)
{
  assert_string_equal(line_at(lines, i)->key, key);
  assert_string_equal(line_at(lines, i)->value, value);
  assert_int_equal(line_at(lines, i)->line, number);
}

static void test_parse(void **state)
{
  (void)state;
  static const char text[] = "\xef\xbb\xbf# comment\n"
                             "a = b\n"
                             "\n"
                             "  \t # indented comment\r\n"
                             "  key  =  two words = more # kept \r\n"
                             "bare\n"
                             "empty =\n"
                             "= no key\n"
                             "#last = one\n"
                             "end=here";
  GPtrArray *lines = assets_parse(text, sizeof text - 1, "x.conf");
  assert_int_equal(lines->len, 6);
  check_line(lines, 0, "a", "b", 2);
  check_line(lines, 1, "key", "two words = more # kept", 5);
  check_line(lines, 2, "bare", "", 6);
  check_line(lines, 3, "empty", "", 7);
  check_line(lines, 4, "", "no key", 8);
  check_line(lines, 5, "end", "here", 10);
  assert_string_equal(line_at(lines, 5)->origin, "x.conf");
  g_ptr_array_unref(lines);
  lines = assets_parse(NULL, 0, "x.conf");
  assert_int_equal(lines->len, 0);
  g_ptr_array_unref(lines);
  lines = assets_parse("a=1\0b\nc=2", 9, "x.conf"); /* a NUL ends only its line */
  assert_int_equal(lines->len, 2);
  check_line(lines, 1, "c", "2", 2);
  g_ptr_array_unref(lines);
}

/* What is compiled in is the file in the source tree, byte by byte. */
static void test_compiled_in(void **state)
{
  (void)state;
  static const char *const names[] = {"programs.conf", "staff.conf"};
  const char *srcdir = g_getenv("SRCDIR") ? g_getenv("SRCDIR") : SRCDIR;
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    char *path = g_build_filename(srcdir, "assets", names[i], NULL), *text = NULL;
    gsize len = 0, size = 0;
    assert_true(g_file_get_contents(path, &text, &len, NULL));
    GBytes *bytes = assets_get(names[i]);
    assert_non_null(bytes);
    const void *data = g_bytes_get_data(bytes, &size);
    assert_int_equal(size, len);
    assert_memory_equal(data, text, len);
    g_bytes_unref(bytes);
    g_free(text);
    g_free(path);
  }
  assert_null(assets_get("no-such.conf"));
  assert_null(assets_get(""));
}

static gpointer get_many(gpointer data)
{
  (void)data;
  gsize sum = 0;
  for (int i = 0; i < 200; i++) {
    GBytes *bytes = assets_get("programs.conf");
    sum += g_bytes_get_size(bytes);
    g_bytes_unref(bytes);
  }
  return GSIZE_TO_POINTER(sum);
}

static void test_threads(void **state)
{
  (void)state;
  GThread *threads[4];
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new("assets", get_many, NULL);
  gpointer first = g_thread_join(threads[0]);
  assert_non_null(first);
  for (int i = 1; i < 4; i++)
    assert_ptr_equal(g_thread_join(threads[i]), first);
}

typedef struct {
  char *dir, *file;
} Folder;

static int make_folder(void **state)
{
  Folder *f = g_new0(Folder, 1);
  f->dir = g_dir_make_tmp("assets-XXXXXX", NULL);
  f->file = f->dir ? g_build_filename(f->dir, "staff.conf", NULL) : NULL;
  *state = f;
  return f->dir ? 0 : -1;
}

static int drop_folder(void **state)
{
  Folder *f = *state;
  g_remove(f->file);
  g_rmdir(f->dir);
  g_free(f->file);
  g_free(f->dir);
  g_free(f);
  return 0;
}

static void test_user_file(void **state)
{
  const Folder *f = *state;
  GPtrArray *plain = assets_lines("staff.conf", NULL, NULL);
  GPtrArray *absent = assets_lines("staff.conf", f->file, NULL);
  assert_true(plain->len > 0);
  assert_string_equal(line_at(plain, 0)->origin, "assets/staff.conf");
  assert_int_equal(absent->len, plain->len);
  assert_true(g_file_set_contents(f->file, "# mine\nid = 7\n", -1, NULL));
  GPtrArray *both = assets_lines("staff.conf", f->file, NULL);
  assert_int_equal(both->len, plain->len + 1);
  check_line(both, plain->len, "id", "7", 2);
  assert_string_equal(line_at(both, plain->len)->origin, f->file);
  /* A file nobody compiled in: the user's alone. */
  GPtrArray *own = assets_lines("own.conf", f->file, NULL);
  assert_int_equal(own->len, 1);
  g_ptr_array_unref(plain);
  g_ptr_array_unref(absent);
  g_ptr_array_unref(both);
  g_ptr_array_unref(own);
}

static void test_unreadable(void **state)
{
  const Folder *f = *state;
  GError *error = NULL;
  assert_null(assets_lines("staff.conf", f->dir, &error)); /* a folder */
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_INPUT));
  assert_non_null(strstr(error->message, f->dir));
  g_clear_error(&error);
  char *endless = g_strnfill(5 * 1024 * 1024, 'x');
  assert_true(g_file_set_contents(f->file, endless, -1, NULL));
  g_free(endless);
  assert_null(assets_lines("staff.conf", f->file, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_LIMIT));
  g_clear_error(&error);
  /* A pipe that nobody writes to does not hang. */
  g_remove(f->file);
  assert_int_equal(mkfifo(f->file, 0600), 0);
  GPtrArray *lines = assets_lines("own.conf", f->file, &error);
  assert_non_null(lines);
  assert_int_equal(lines->len, 0);
  g_ptr_array_unref(lines);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_parse),
      cmocka_unit_test(test_compiled_in),
      cmocka_unit_test(test_threads),
      cmocka_unit_test_setup_teardown(test_user_file, make_folder, drop_folder),
      cmocka_unit_test_setup_teardown(test_unreadable, make_folder, drop_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
