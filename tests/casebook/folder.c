/* A fresh folder for one test. */
#include "tests/casebook/folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

char *folder_new(void)
{
  char *folder = g_dir_make_tmp("casebook-XXXXXX", NULL);
  assert_non_null(folder);
  return folder;
}

static void remove_all(const char *path)
{
  GDir *dir = g_dir_open(path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    char *inner = g_build_filename(path, name, NULL);
    if (g_file_test(inner, G_FILE_TEST_IS_DIR) && !g_file_test(inner, G_FILE_TEST_IS_SYMLINK))
      remove_all(inner);
    else
      g_unlink(inner);
    g_free(inner);
  }
  if (dir)
    g_dir_close(dir);
  g_rmdir(path);
}

void folder_remove(char *folder)
{
  remove_all(folder);
  g_free(folder);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

char *folder_list(const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GDir *dir = g_dir_open(folder, 0, NULL);
  const char *name;
  assert_non_null(dir);
  while ((name = g_dir_read_name(dir)))
    g_ptr_array_add(names, g_strdup(name));
  g_dir_close(dir);
  g_ptr_array_sort(names, by_text);
  g_ptr_array_add(names, NULL);
  char *list = g_strjoinv("\n", (char **)names->pdata);
  g_ptr_array_unref(names);
  return list;
}

guint file_mode(const char *path)
{
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  return st.st_mode & 07777;
}

char *file_text(const char *folder, const char *name)
{
  char *path = g_build_filename(folder, name, NULL), *text = NULL;
  assert_true(g_file_get_contents(path, &text, NULL, NULL));
  g_free(path);
  return text;
}

void file_write(const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename(folder, name, NULL);
  assert_true(g_file_set_contents(path, text, -1, NULL));
  g_free(path);
}
