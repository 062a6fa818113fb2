/* Settings: what can be changed while looking, in one table; `set` lists it. */
#ifndef TUI_APP_SETTINGS_H
#define TUI_APP_SETTINGS_H

#include "tui/app/app.h"

typedef struct {
  const char *name;
  const char *const *words; /* the values there are, NULL-terminated; NULL: any text */
  const char *help;
  char *(*get)(const App *app); /* as `set` would take it; free with g_free */
  gboolean (*set)(App *app, const char *value, GError **error);
} Setting;

/* The place `i` of the table; NULL behind the last. */
const Setting *setting_at(guint i);

#endif
