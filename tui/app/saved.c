/* Saved: the session of a data set on disk. */
#include "tui/app/saved.h"

#include <string.h>

#include "core/base/text.h"
#include "core/casebook/store.h"
#include "core/log/fingerprint.h"
#include "tui/app/session_file.h"
#include "tui/model/session.h"

#define SAVE_EVERY_MS 5000

void saved_clear(Saved *v)
{
  g_clear_pointer(&v->path, g_free);
  g_clear_pointer(&v->text, g_free);
}

static gboolean untouched(const App *app)
{
  const State *s = app->state;
  return app->log_book->lines->len == 0 && chips_count(s->chips) == 0 && s->view == VIEW_PROGRAMS &&
         !s->prompt.active && !s->menu;
}

char *saved_path(App *app, GError **error)
{
  g_autofree char *name = log_fingerprint_text(log_fingerprint(app->log));
  g_autofree char *folder = open_state_path(name, error);
  if (!folder || !store_make_folder(folder, error))
    return NULL;
  return g_build_filename(folder, "session", NULL);
}

void saved_restore(Saved *v, App *app)
{
  g_autoptr(GError) error = NULL;
  State *s = app->state;
  if (!v->on || v->path || !app->log)
    return;
  v->path = saved_path(app, &error);
  if (!v->path) {
    state_error(s, error);
    v->on = FALSE;
    return;
  }
  char *text = NULL;
  gsize len = 0;
  if (v->fresh || !untouched(app))
    return;
  StoreResult found = store_load(v->path, &text, &len, &error);
  if (found == STORE_ABSENT)
    return;
  int n = found == STORE_READ ? session_restore(s, text, len, &error) : -1;
  if (n < 0) {
    g_autofree char *aside = store_move_aside(v->path, NULL);
    v->on = aside != NULL; /* what cannot be put aside is not written over either */
    state_message(s, "%s; it is kept as %s", error->message, aside ? aside : v->path);
  } else if (n > 0 || s->view != VIEW_PROGRAMS) {
    state_message(s, "back where you were (%d filter%s); X drops them", n, n == 1 ? "" : "s");
  }
  if (n >= 0)
    session_log(app, text);
  v->text = text;
  v->looked_at = g_get_monotonic_time();
}

void saved_follow(Saved *v, App *app)
{
  if (!v->path || !app->following.grown)
    return;
  char *path = saved_path(app, NULL);
  if (!path)
    return;
  saved_clear(v);
  v->path = path;
}

/* The whole session as text takes too long to be made after every key. */
int saved_due(Saved *v, const App *app)
{
  if (!v->on || !v->path)
    return -1;
  gint64 now = g_get_monotonic_time();
  gint64 due = v->looked_at + SAVE_EVERY_MS * G_TIME_SPAN_MILLISECOND - now;
  if (due > 0)
    return (int)(due / G_TIME_SPAN_MILLISECOND) + 1;
  g_autofree char *text = session_print(app->state);
  if (g_strcmp0(text, v->text) != 0)
    return 0;
  v->looked_at = now;
  return -1;
}

void saved_write(Saved *v, App *app)
{
  if (!v->on || !v->path)
    return;
  char *text = session_print(app->state);
  if (g_strcmp0(text, v->text) == 0) {
    g_free(text);
    return;
  }
  g_autoptr(GError) error = NULL;
  v->looked_at = g_get_monotonic_time();
  if (!store_save(v->path, text, strlen(text), &error) && !v->failed) {
    v->failed = TRUE;
    state_error(app->state, error);
  }
  g_free(v->text);
  v->text = text;
}
