/* Saved: the session of a data set on disk, to come back to where one was.
 *
 * One file per fingerprint of the data, private to its owner. Restored when the log is whole and
 * nothing was done yet; saved on leaving, and every few seconds when something has changed. */
#ifndef TUI_APP_SAVED_H
#define TUI_APP_SAVED_H

#include "tui/app/app.h"

typedef struct {
  gboolean on;      /* FALSE: nothing is read or written (scripts) */
  gboolean fresh;   /* --fresh: written, not read */
  char *path;       /* NULL until the data is known */
  char *text;       /* as saved last */
  gint64 looked_at; /* for changes, monotonic */
  gboolean failed;  /* told once */
} Saved;

void saved_clear(Saved *v);
/* Where the session of this log is; its folder is made. NULL with CORE_ERROR_OUTPUT; free with
 * g_free. */
char *saved_path(App *app, GError **error);
/* The log is whole: finds its file and restores it, unless something has been done already. */
void saved_restore(Saved *v, App *app);
/* On leaving: a log that has grown is known by its new rows next time. */
void saved_follow(Saved *v, App *app);
/* Milliseconds until the session should be looked at and saved; -1: nothing has changed. */
int saved_due(Saved *v, const App *app);
/* Saves when something has changed. A failure becomes a message, once. */
void saved_write(Saved *v, App *app);

#endif
