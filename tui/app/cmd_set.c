/* Settings: what can be changed while looking, in one table; `set` lists it. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/app/option_value.h"
#include "tui/app/settings.h"
#include "tui/draw/theme.h"

static const char *const switch_words[] = {"on", "off", NULL};

/* --- values ------------------------------------------------------------------------------------
 */

static char *switch_text(gboolean on)
{
  return g_strdup(on ? "on" : "off");
}

static gboolean is_on(const char *value)
{
  return strcmp(value, "on") == 0;
}

static char *get_theme(const App *app)
{
  return g_strdup(theme_words[app->state->theme]);
}

static gboolean set_theme(App *app, const char *value, GError **error)
{
  ThemeId theme = THEME_DARK;
  (void)error; /* the word was looked up */
  theme_parse(value, &theme);
  app->state->theme = theme;
  app->state->redraw_all = TRUE;
  return TRUE;
}

static char *get_ascii(const App *app)
{
  return switch_text(app->state->ascii);
}

static gboolean set_ascii(App *app, const char *value, GError **error)
{
  (void)error;
  app->state->ascii = is_on(value);
  app->state->redraw_all = TRUE;
  return TRUE;
}

static char *get_mouse(const App *app)
{
  return switch_text(app->state->mouse);
}

static gboolean set_mouse(App *app, const char *value, GError **error)
{
  (void)error;
  app->state->mouse = is_on(value);
  return TRUE;
}

static char *get_raw_paths(const App *app)
{
  return switch_text(app->state->raw_paths);
}

static gboolean set_raw_paths(App *app, const char *value, GError **error)
{
  char name[] = "raw-paths", *argv[] = {name, NULL};
  return is_on(value) == app->state->raw_paths || cmd_raw_paths(app, 1, argv, error);
}

static char *get_session_gap(const App *app)
{
  guint gap = app->plan->session_gap;
  return gap % 60 ? g_strdup_printf("%us", gap) : g_strdup_printf("%um", gap / 60);
}

static gboolean set_session_gap(App *app, const char *value, GError **error)
{
  OptionValue v = {.text = NULL};
  if (app->loader) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "not while the log is being read");
    return FALSE;
  }
  if (!option_value_read(option_info(OPT_SESSION_GAP), value, &v, error))
    return FALSE;
  guint before = app->plan->session_gap;
  app->plan->session_gap = (guint)v.number;
  option_value_clear(&v);
  if (app_rebuild(app, error))
    return TRUE;
  app->plan->session_gap = before;
  return FALSE;
}

static char *get_pseudonyms(const App *app)
{
  return switch_text(app->want_pseudonyms);
}

static gboolean set_pseudonyms(App *app, const char *value, GError **error)
{
  (void)error;
  app->want_pseudonyms = is_on(value);
  return TRUE;
}

static char *get_author(const App *app)
{
  return text_safe(cases_stamp(app).author, -1);
}

static gboolean set_author(App *app, const char *value, GError **error)
{
  if (!*value || !g_utf8_validate(value, -1, NULL)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "an author has a name");
    return FALSE;
  }
  g_free(app->state->author);
  app->state->author = g_strdup(value);
  return TRUE;
}

static char *get_folder(const App *app)
{
  return app->export_folder ? text_safe(app->export_folder, -1) : g_strdup(".");
}

static gboolean set_folder(App *app, const char *value, GError **error)
{
  g_autofree char *path = g_str_has_prefix(value, "~/")
                              ? g_build_filename(g_get_home_dir(), value + 2, NULL)
                              : g_strdup(value);
  if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
    g_autofree char *safe = text_safe(path, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "there is no folder \"%s\"", safe);
    return FALSE;
  }
  g_free(app->export_folder);
  app->export_folder = strcmp(path, ".") == 0 ? NULL : g_steal_pointer(&path);
  return TRUE;
}

static const Setting settings[] = {
    {"theme", theme_words, "colours", get_theme, set_theme},
    {"ascii", switch_words, "letters in place of lines and blocks", get_ascii, set_ascii},
    {"mouse", switch_words, "wheel and clicks; off leaves marking text to the terminal", get_mouse,
     set_mouse},
    {"raw-paths", switch_words, "lessons are paths as they were logged", get_raw_paths,
     set_raw_paths},
    {"session-gap", NULL, "a pause longer than this ends a session", get_session_gap,
     set_session_gap},
    {"pseudonyms", switch_words, "every export has pseudonyms of users and addresses",
     get_pseudonyms, set_pseudonyms},
    {"author", NULL, "who writes notes and decides about flags", get_author, set_author},
    {"export-folder", NULL, "where files without a folder in their name are written", get_folder,
     set_folder},
};

const Setting *setting_at(guint i)
{
  return i < G_N_ELEMENTS(settings) ? &settings[i] : NULL;
}

static const Setting *find_setting(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
    if (strcmp(settings[i].name, name) == 0)
      return &settings[i];
  return NULL;
}

/* --- the command -------------------------------------------------------------------------------
 */

static void show_settings(App *app)
{
  guint at = 0;
  Menu *m = menu_new(MENU_CHOICE, "Settings");
  for (guint i = 0; i < G_N_ELEMENTS(settings); i++) {
    const Setting *x = &settings[i];
    g_autofree char *value = x->get(app), *command = NULL;
    for (at = 0; x->words && x->words[at] && strcmp(x->words[at], value) != 0;)
      at++;
    if (x->words) /* Enter takes the next of the values */
      command = g_strdup_printf("set %s=%s", x->name,
                                x->words[at] && x->words[at + 1] ? x->words[at + 1] : x->words[0]);
    else
      command = g_strdup_printf("ask set %s", x->name);
    menu_add(m, x->name, x->help, value, command);
  }
  m->footer = g_strdup("Enter changes the value");
  state_show_menu(app->state, m);
}

char *setting_proposal(App *app, const char *words)
{
  const Setting *x = find_setting(words);
  g_autofree char *value = x ? x->get(app) : NULL;
  return x ? g_strdup_printf("%s=%s", x->name, value) : NULL;
}

static gboolean unknown_setting(const char *name, GError **error)
{
  const char *names[G_N_ELEMENTS(settings) + 1] = {NULL};
  for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
    names[i] = settings[i].name;
  const char *closest = text_closest(name, names);
  g_autofree char *safe = text_safe(name, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no setting \"%s\"%s%s; `set` lists them", safe,
              closest ? ", did you mean " : "", closest ? closest : "");
  return FALSE;
}

static gboolean change(App *app, const Setting *x, const char *value, GError **error)
{
  if (x->words && !g_strv_contains(x->words, value)) {
    g_autofree char *list = g_strjoinv(", ", (char **)(gpointer)x->words);
    g_autofree char *safe = text_safe(value, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s is one of %s, not \"%s\"", x->name, list,
                safe);
    return FALSE;
  }
  if (!x->set(app, value, error))
    return FALSE;
  g_autofree char *now = x->get(app);
  state_message(app->state, "%s is %s", x->name, now);
  return TRUE;
}

gboolean cmd_set(App *app, int argc, char **argv, GError **error)
{
  if (argc < 2) {
    show_settings(app);
    return TRUE;
  }
  gsize n = strcspn(argv[1], "= ");
  g_autofree char *name = g_strndup(argv[1], n);
  const char *value = argv[1][n] ? argv[1] + n + 1 : NULL;
  const Setting *x = find_setting(name);
  if (!x)
    return unknown_setting(name, error);
  if (value) {
    g_autofree char *trimmed = g_strstrip(g_strdup(value));
    return change(app, x, trimmed, error);
  }
  g_autofree char *now = x->get(app);
  state_message(app->state, "%s is %s: %s", x->name, now, x->help);
  return TRUE;
}
