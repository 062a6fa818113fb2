/* The log of commands: shown, run again, copied, saved as a script. */
#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/sink.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/menu_keys.h"
#include "tui/app/outfile.h"

/* What people see of a line: a session in one line is too long to be read. */
static char *shown_text(const LogLine *l)
{
  char *text = logbook_text(l);
  if (!g_str_has_prefix(text, "session text "))
    return text;
  g_free(text);
  return g_strdup("(back where the last session ended)");
}

static gboolean show_log(App *app, GError **error)
{
  char *about = NULL;
  GPtrArray *moves = logbook_take_moves(app->log_book, app->state, &about);
  if (moves->len) {
    logbook_add(app->log_book, app->state, cases_stamp(app).time, NULL, moves, about);
  } else {
    g_ptr_array_unref(moves);
    g_free(about);
  }
  const GPtrArray *lines = app->log_book->lines;
  if (lines->len == 0) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "nothing has been done yet");
    return FALSE;
  }
  Menu *m = menu_new(MENU_LOG, "Log of commands");
  for (guint i = 0; i < lines->len; i++) {
    const LogLine *l = g_ptr_array_index(lines, i);
    char time[CIVIL_BUF];
    g_autofree char *text = logbook_text(l), *shown = shown_text(l);
    g_autofree char *label = text_safe(shown, -1);
    const char *clock = strchr(civil_format(l->time, ' ', time), ' ');
    menu_add(m, clock ? clock + 1 : "", label, l->about, text);
  }
  state_show_menu(app->state, m);
  menu_last(m);
  return TRUE;
}

static gboolean save_log(App *app, const char *name, GError **error)
{
  State *s = app->state;
  g_autofree char *path = outfile_path(app, name, error);
  g_autofree char *line = g_strconcat("log save ", name, NULL);
  if (!path || !outfile_may_write(app, path, line, error))
    return FALSE;
  g_autofree char *source = text_safe(s->source ? s->source : "", -1);
  g_autofree char *title =
      g_strdup_printf("cohortscope %s, %s; run it with --script", VERSION, source);
  g_autofree char *text = logbook_script(app->log_book, s, cases_stamp(app).time, title);
  Sink *sink = sink_file(path, error);
  if (!sink)
    return FALSE;
  sink_puts(sink, text);
  if (!sink_close(sink, error))
    return FALSE;
  g_autofree char *safe = text_safe(path, -1);
  guint n = app->log_book->lines->len;
  state_message(s, "wrote %u command%s to %s; --script runs them again", n, n == 1 ? "" : "s",
                safe);
  return TRUE;
}

gboolean cmd_log(App *app, int argc, char **argv, GError **error)
{
  if (argc < 2)
    return show_log(app, error);
  g_auto(GStrv) words = g_strsplit(argv[1], " ", 2);
  if (strcmp(words[0], "save") == 0)
    return save_log(app, words[1] ? words[1] : "", error);
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "log takes: nothing, or save FILE");
  return FALSE;
}

gboolean log_key(App *app, Key key)
{
  State *s = app->state;
  const MenuItem *item = menu_current(s->menu);
  if (key == 's')
    return menu_ask(app, "ask log save");
  if (key != 'y' || !item)
    return FALSE;
  g_free(s->copy);
  s->copy = g_strdup(item->command);
  state_message(s, "copied the line");
  return TRUE;
}
