/* Session files: where one was, written to a file of one's own and read back. */
#include "tui/app/session_file.h"

#include "config.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/log/fingerprint.h"
#include "tui/app/cases.h"
#include "tui/model/session.h"

#define GROUP_DATA  "data"
#define GROUP_STATE "state"

static char *span(const AccessLog *log)
{
  char from[CIVIL_BUF], to[CIVIL_BUF];
  if (!log->n_days)
    return g_strdup("no days");
  return g_strdup_printf("%s to %s", civil_format_day(log->first_day, from),
                         civil_format_day(log->first_day + (CivilDay)log->n_days - 1, to));
}

char *session_file_print(App *app)
{
  g_autofree char *state = session_print(app->state);
  g_autofree char *fingerprint = log_fingerprint_text(log_fingerprint(app->log));
  g_autofree char *days = span(app->log);
  char time[CIVIL_BUF];
  GKeyFile *k = g_key_file_new();
  g_key_file_load_from_data(k, state, (gsize)-1, G_KEY_FILE_NONE, NULL);
  g_key_file_set_string(k, GROUP_DATA, "fingerprint", fingerprint);
  g_key_file_set_string(k, GROUP_DATA, "name", app->state->source ? app->state->source : "");
  g_key_file_set_uint64(k, GROUP_DATA, "rows", app->log->n_rows);
  g_key_file_set_string(k, GROUP_DATA, "days", days);
  g_key_file_set_string(k, GROUP_DATA, "saved", civil_format(cases_stamp(app).time, ' ', time));
  g_key_file_set_string(k, GROUP_DATA, "program", "cohortscope " VERSION);
  char *text = g_key_file_to_data(k, NULL, NULL);
  g_key_file_free(k);
  return text;
}

/* FALSE with an error that says of which data it is. */
static gboolean belongs(App *app, GKeyFile *k, GError **error)
{
  g_autofree char *theirs = g_key_file_get_string(k, GROUP_DATA, "fingerprint", NULL);
  g_autofree char *ours = log_fingerprint_text(log_fingerprint(app->log));
  if (!theirs) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_INPUT, "that is no whole file of a session");
    return FALSE;
  }
  if (g_strcmp0(theirs, ours) == 0)
    return TRUE;
  g_autofree char *name = g_key_file_get_string(k, GROUP_DATA, "name", NULL);
  g_autofree char *days = g_key_file_get_string(k, GROUP_DATA, "days", NULL);
  g_autofree char *safe_name = text_safe(name ? name : "another log", -1);
  g_autofree char *safe_days = text_safe(days ? days : "", -1);
  g_autofree char *rows = text_grouped((gint64)g_key_file_get_uint64(k, GROUP_DATA, "rows", NULL));
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "a session of other data: %s, %s rows, %s; `session! load` takes what fits",
              safe_name, rows, safe_days);
  return FALSE;
}

int session_file_take(App *app, const char *text, gsize len, gboolean any_data, GError **error)
{
  State *s = app->state;
  GKeyFile *k = g_key_file_new();
  gboolean parsed = g_key_file_load_from_data(k, text, len, G_KEY_FILE_NONE, NULL) &&
                    g_key_file_has_group(k, GROUP_STATE);
  gboolean fits = parsed && (any_data || belongs(app, k, error));
  gboolean raw = parsed && g_key_file_get_boolean(k, GROUP_STATE, "raw-paths", NULL);
  g_key_file_free(k);
  if (!parsed)
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_INPUT, "that is no file of a session");
  if (!fits)
    return -1;
  if (raw != s->raw_paths && !app->loader) {
    s->raw_paths = raw;
    if (!app_rebuild(app, error)) {
      s->raw_paths = !raw;
      return -1;
    }
  }
  state_remember(s);
  return session_restore(s, text, len, error);
}

void session_log(App *app, const char *text)
{
  g_autofree char *escaped = g_strescape(text, NULL);
  g_autofree char *line = g_strconcat("session text ", escaped, NULL);
  char *about = NULL;
  GPtrArray *moves = logbook_take_moves(app->log_book, app->state, &about);
  g_ptr_array_set_size(moves, 0); /* the session brings its own place */
  g_free(about);
  logbook_add(app->log_book, app->state, cases_stamp(app).time, line, moves, NULL);
}
