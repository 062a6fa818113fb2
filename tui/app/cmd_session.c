/* Commands about the session: saved to a file of one's own, loaded, explained. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/casebook/store.h"
#include "core/log/fingerprint.h"
#include "core/report/sink.h"
#include "tui/app/command.h"
#include "tui/app/outfile.h"
#include "tui/app/saved.h"
#include "tui/app/session_file.h"
#include "tui/views/view.h"

static gboolean save_session(App *app, const char *name, GError **error)
{
  g_autofree char *path = outfile_path(app, name, error);
  g_autofree char *line = g_strconcat("session save ", name, NULL);
  if (!path || !outfile_may_write(app, path, line, error))
    return FALSE;
  g_autofree char *text = session_file_print(app);
  if (!store_save(path, text, strlen(text), error))
    return FALSE;
  g_autofree char *safe = text_safe(path, -1);
  state_message(app->state, "wrote the session to %s", safe);
  return TRUE;
}

static gboolean load_session(App *app, const char *name, GError **error)
{
  g_autofree char *path = outfile_path(app, name, error);
  g_autofree char *text = NULL;
  gsize len = 0;
  if (!path)
    return FALSE;
  g_autofree char *safe = text_safe(path, -1);
  StoreResult result = store_load(path, &text, &len, error);
  if (result == STORE_ABSENT)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "there is no file %s", safe);
  if (result != STORE_READ)
    return FALSE;
  GError *local = NULL;
  int n = session_file_take(app, text, len, app->force, &local);
  if (n < 0) {
    g_propagate_prefixed_error(error, local, "%s: ", safe);
    return FALSE;
  }
  session_log(app, text);
  state_message(app->state, "session of %s: %d filter%s; u undoes", safe, n, n == 1 ? "" : "s");
  return TRUE;
}

static void add_pane(const State *s, Menu *m, PaneId id)
{
  const Pane *p = &s->panes[id];
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < p->n_sort; i++)
    g_string_append_printf(text, "%s%s %s", i ? ", " : "sorted by ",
                           column_info(p->sort[i].column)->name,
                           p->sort[i].ascending ? "up" : "down");
  menu_add(m, pane_name(id), text->str, NULL, NULL);
  g_string_free(text, TRUE);
}

static void show_info(App *app)
{
  const State *s = app->state;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = saved_path(app, &error);
  g_autofree char *fingerprint = log_fingerprint_text(log_fingerprint(app->log));
  g_autofree char *scope = chips_print(s->chips), *safe_scope = text_safe(scope, -1);
  g_autofree char *rows = text_grouped(app->log->n_rows);
  g_autofree char *source = text_safe(s->source ? s->source : "", -1);
  g_autofree char *data = g_strdup_printf("%s, %s rows", source, rows);
  g_autofree char *home = path ? text_safe(path, -1) : g_strdup(error->message);
  gboolean there = path && g_file_test(path, G_FILE_TEST_EXISTS);
  g_autofree char *written = g_strdup_printf("%u notes, %u marks, %u cases",
                                             casebook_records(s->casebook, RECORD_NOTE)->len,
                                             casebook_records(s->casebook, RECORD_MARK)->len,
                                             casebook_records(s->casebook, RECORD_CASE)->len);
  g_autofree char *done =
      g_strdup_printf("%u commands, `log` shows them", app->log_book->lines->len);
  g_autofree char *stacks = g_strdup_printf("%u, F lists them", s->stacks->list->len);
  Menu *m = menu_new(MENU_TEXT, "Session");
  menu_add(m, "file", home, NULL, NULL);
  menu_add(m, "", there ? "saved on leaving and every few seconds" : "nothing is saved there yet",
           NULL, NULL);
  menu_add(m, "data", data, NULL, NULL);
  menu_add(m, "fingerprint", fingerprint, NULL, NULL);
  menu_add(m, "view", view_get(s->view)->name, NULL, NULL);
  menu_add(m, "filters", *safe_scope ? safe_scope : "(none)", NULL, NULL);
  for (int p = 0; p < N_PANES; p++)
    add_pane(s, m, (PaneId)p);
  menu_add(m, "saved filters", stacks, NULL, NULL);
  menu_add(m, "written down", written, NULL, NULL);
  menu_add(m, "done so far", done, NULL, NULL);
  state_show_menu(app->state, m);
}

gboolean cmd_session(App *app, int argc, char **argv, GError **error)
{
  g_auto(GStrv) words = g_strsplit(argc > 1 ? argv[1] : "info", " ", 2);
  const char *verb = words[0], *rest = words[1] ? words[1] : "";
  if (strcmp(verb, "save") == 0)
    return save_session(app, rest, error);
  if (strcmp(verb, "load") == 0)
    return load_session(app, rest, error);
  if (strcmp(verb, "text") == 0) {
    g_autofree char *text = g_strcompress(rest);
    if (session_file_take(app, text, strlen(text), TRUE, error) < 0)
      return FALSE;
    session_log(app, text);
    return TRUE;
  }
  if (strcmp(verb, "info") == 0) {
    show_info(app);
    return TRUE;
  }
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "session takes: info, save FILE, load FILE");
  return FALSE;
}
