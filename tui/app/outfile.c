/* Out files: names of files that people type, and the question before one is written over. */
#include "tui/app/outfile.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

char *outfile_path(const App *app, const char *name, GError **error)
{
  g_autofree char *trimmed = g_strstrip(g_strdup(name ? name : ""));
  if (!*trimmed) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "name a file to write to");
    return NULL;
  }
  if (g_str_has_prefix(trimmed, "~/"))
    return g_build_filename(g_get_home_dir(), trimmed + 2, NULL);
  if (app->export_folder && !strchr(trimmed, '/'))
    return g_build_filename(app->export_folder, trimmed, NULL);
  return g_steal_pointer(&trimmed);
}

gboolean outfile_may_write(App *app, const char *path, const char *line, GError **error)
{
  if (app->force || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  g_auto(GStrv) words = g_strsplit(line, " ", 2);
  g_autofree char *again = g_strdup_printf("%s! %s", words[0], words[1] ? words[1] : "");
  g_autofree char *safe = text_safe(path, -1);
  g_autofree char *title = g_strdup_printf("%s is there already", safe);
  Menu *m = menu_new(MENU_CHOICE, title);
  menu_add(m, "n", "leave it as it is", NULL, "cancel");
  menu_add(m, "o", "write over it", NULL, again);
  state_show_menu(app->state, m);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s is there already; `%s!` writes over it",
              safe, words[0]);
  return FALSE;
}
