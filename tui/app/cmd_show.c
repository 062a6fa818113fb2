/* Commands that change how things are shown, copy and export them, and explain. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/table.h"
#include "core/base/text.h"
#include "core/report/write.h"
#include "tui/app/columns.h"
#include "tui/app/command.h"
#include "tui/app/following.h"
#include "tui/app/prompt.h"
#include "tui/draw/theme.h"
#include "tui/views/frame.h"
#include "tui/views/terms.h"

/* --- lists --------------------------------------------------------------------------------------
 */

gboolean column_argument(Pane *p, int argc, char **argv, ColumnId *ret, GError **error)
{
  if (argc < 2) {
    *ret = p->column;
    return TRUE;
  }
  const char *name = argv[1][0] == '+' || argv[1][0] == '-' ? argv[1] + 1 : argv[1];
  if (column_parse(name, ret) && column_applies(*ret, p->id))
    return TRUE;
  GString *known = g_string_new(NULL);
  for (int c = 0; c < N_COLUMNS; c++)
    if (column_applies((ColumnId)c, p->id))
      g_string_append_printf(known, "%s%s", known->len ? ", " : "", column_info((ColumnId)c)->name);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no column \"%s\" here; there are: %s", name,
              known->str);
  g_string_free(known, TRUE);
  return FALSE;
}

static gboolean sort(App *app, int argc, char **argv, gboolean add, GError **error)
{
  Pane *p = state_pane(app->state);
  ColumnId column;
  if (!column_argument(p, argc, argv, &column, error))
    return FALSE;
  if (column_info(column)->type == COLUMN_IS_SPARK)
    column = COLUMN_HITS;
  pane_sort_by(p, column, add);
  return TRUE;
}

gboolean cmd_sort(App *app, int argc, char **argv, GError **error)
{
  return sort(app, argc, argv, FALSE, error);
}

gboolean cmd_sort_add(App *app, int argc, char **argv, GError **error)
{
  return sort(app, argc, argv, TRUE, error);
}

gboolean cmd_kinds(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  Pane *p = &s->panes[PANE_LESSONS];
  p->all_kinds = !p->all_kinds;
  guint32 bit = 1u << COLUMN_KIND;
  p->shown = p->all_kinds ? p->shown | bit : p->shown & ~bit;
  state_message(s, p->all_kinds ? "every kind of page is listed" : "only lessons are listed");
  return TRUE;
}

gboolean cmd_raw_paths(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  State *s = app->state;
  if (app->loader) {
    state_message(s, "not while the log is being read; try again when it is there");
    return TRUE;
  }
  s->raw_paths = !s->raw_paths;
  if (!app_rebuild(app, error)) {
    s->raw_paths = !s->raw_paths;
    return FALSE;
  }
  state_message(s, s->raw_paths ? "raw paths, as logged" : "canonical lesson names");
  return TRUE;
}

gboolean cmd_follow(App *app, int argc, char **argv, GError **error)
{
  const char *word = argc > 1 ? argv[1] : "";
  gboolean on = app->following.follower == NULL;
  if (*word && strcmp(word, "on") != 0 && strcmp(word, "off") != 0) {
    g_autofree char *safe = text_safe(word, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "follow on, or follow off; not \"%s\"", safe);
    return FALSE;
  }
  return following_set(app, *word ? strcmp(word, "on") == 0 : on, error);
}

/* Commands that mean something only to the view in front. */
gboolean cmd_in_view(App *app, int argc, char **argv, GError **error)
{
  const View *view = view_get(app->state->view);
  gboolean handled = FALSE;
  if (view->command && !view->command(app->state, argc, argv, &handled, error))
    return FALSE;
  if (!handled)
    state_message(app->state, "%s does nothing here; ? lists what does", argv[0]);
  return TRUE;
}

gboolean cmd_question(App *app, int argc, char **argv, GError **error)
{
  if (app->state->view != VIEW_ANSWERS) {
    state_goto(app->state, VIEW_ANSWERS);
    frame_prepare_focus(app->state);
  }
  return cmd_in_view(app, argc, argv, error);
}

gboolean cmd_maximise(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  app->state->maximised = !app->state->maximised;
  return TRUE;
}

gboolean cmd_detail(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  app->state->detail_closed = !app->state->detail_closed;
  return TRUE;
}

gboolean cmd_theme(App *app, int argc, char **argv, GError **error)
{
  ThemeId theme;
  if (argc < 2 || !theme_parse(argv[1], &theme)) {
    g_autofree char *words = g_strjoinv(", ", (char **)(gpointer)theme_words);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no theme \"%s\"; themes are %s",
                argc > 1 ? argv[1] : "", words);
    return FALSE;
  }
  app->state->theme = theme;
  app->state->redraw_all = TRUE;
  return TRUE;
}

/* --- out ----------------------------------------------------------------------------------------
 */

static gboolean copy(App *app, gboolean whole)
{
  State *s = app->state;
  const View *view = view_get(s->view);
  char *text = view && view->copy ? view->copy(s, whole) : NULL;
  if (!text) {
    state_message(s, "nothing to copy here; lists and tables can be copied");
    return TRUE;
  }
  g_free(s->copy);
  s->copy = text;
  g_autofree char *n = text_grouped((gint64)strlen(text));
  state_message(s, "copied %s bytes", n);
  return TRUE;
}

gboolean cmd_copy(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  return copy(app, FALSE);
}

gboolean cmd_copy_table(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  return copy(app, TRUE);
}

/* --- help ---------------------------------------------------------------------------------------
 */

gboolean cmd_ask(App *app, int argc, char **argv, GError **error)
{
  g_autofree char *command = argc > 1 ? g_strjoinv(" ", argv + 1) : g_strdup("");
  const Command *c = command_find(argc > 1 ? argv[1] : "");
  const char *why = NULL;
  if (c && !command_possible(app, c, &why)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, why);
    return FALSE;
  }
  return prompt_open(app, command, error);
}

#define ARGS_SHOWN 24 /* longer ones are told below, while the cursor is on the command */

static void add_commands(App *app, Menu *m, gboolean possible)
{
  State *s = app->state;
  const char *group = "";
  for (const Command *c = command_table(); c->name; c++) {
    if (command_possible(app, c, NULL) != possible || strcmp(c->name, "ask") == 0)
      continue;
    if (possible && strcmp(group, c->group) != 0) {
      menu_add(m, NULL, c->group, NULL, NULL);
      group = c->group;
    }
    g_autofree char *ask = g_strdup_printf("ask %s", c->name);
    g_autofree char *key = keymap_key_of(app->keymap, s->view, c->name);
    if (!key)
      key = keymap_key_of(app->keymap, s->view, ask);
    if (!key)
      key = keymap_keys_with(app->keymap, s->view, c->name);
    gboolean wants = *c->args && c->args[0] != '[';
    g_autofree char *syntax = g_strdup_printf("%s%s%s", c->name, *c->args ? " " : "", c->args);
    const char *args = strlen(c->args) > ARGS_SHOWN ? "..." : c->args;
    g_autofree char *label =
        g_strdup_printf("%s%s%s  %s", c->name, *args ? " " : "", args, c->help);
    const char *why = NULL;
    command_possible(app, c, &why);
    MenuItem *item = menu_add(m, key ? key : "", label, why, wants ? ask : c->name);
    item->detail = g_steal_pointer(&syntax);
  }
}

/* The column under the cursor of a list: what it counts, how it is shown. */
static void explain_column(const State *s, const Pane *p, Menu *m)
{
  gboolean label = p->column == COLUMN_LABEL;
  const ColumnInfo *info = column_info(p->column);
  menu_add(m, NULL, "The column under the cursor (h l move)", NULL, NULL);
  terms_add(s, m, label ? dimension_info(p->dim)->name : info->name,
            label ? dimension_info(p->dim)->definition : info->definition, "columns");
  g_autofree char *shown = pane_style_text(p, p->column);
  const CellStyleInfo *base = cell_base_info((CellBase)p->base[p->column]);
  const CellStyleInfo *style = cell_style_info((CellStyle)p->style[p->column]);
  g_autofree char *how = g_strdup_printf("%s%s%s", *base->title ? base->definition : "",
                                         *base->title ? " " : "", style->definition);
  if (shown && p->column != COLUMN_SPARK)
    terms_add(s, m, shown, how, "style");
}

gboolean cmd_help(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  const View *view = view_get(s->view);
  g_autofree char *title = g_strdup_printf("Keys: %s", view->title);
  Menu *m = menu_new(MENU_HELP, title);
  Pane *p = state_pane(s);
  /* keys are what most people look for; in the lists they come first */
  if (p)
    explain_column(s, p, m);
  else
    terms_explain(s, m);
  add_commands(app, m, TRUE);
  if (p)
    terms_explain(s, m);
  menu_add(m, NULL, "Not possible right now", NULL, NULL);
  add_commands(app, m, FALSE);
  m->typing = TRUE;
  guint own = keymap_count_own(app->keymap);
  if (own)
    m->footer = g_strdup_printf("%u key%s of your own, marked *; `keys check` tells more", own,
                                own == 1 ? "" : "s");
  state_show_menu(s, m);
  return TRUE;
}

#define RECENT_SHOWN 5

gboolean cmd_palette(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  Menu *m = menu_new(MENU_PALETTE, "Command");
  if (app->recent->len)
    menu_add(m, NULL, "Last used", NULL, NULL);
  for (guint i = 0; i < MIN(app->recent->len, RECENT_SHOWN); i++) {
    const char *line = g_ptr_array_index(app->recent, i);
    g_autofree char *safe = text_safe(line, -1);
    menu_add(m, "", safe, NULL, line);
  }
  add_commands(app, m, TRUE);
  m->typing = TRUE;
  m->footer = g_strdup("Enter runs what is typed when it is a whole command");
  state_show_menu(s, m);
  return TRUE;
}

gboolean cmd_where(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  Menu *m = menu_new(MENU_TEXT, "Where am I");
  g_autofree char *scope = chips_print(s->chips);
  g_autofree char *safe = text_safe(scope, -1);
  menu_add(m, "scope", *safe ? safe : "(empty: every row)", NULL, NULL);
  g_autofree char *source = text_safe(s->source ? s->source : "", -1);
  menu_add(m, "log", source, NULL, NULL);
  if (s->follow)
    menu_add(m, "follow", s->follow, NULL, NULL);
  Pane *p = state_pane(s);
  if (p && p->n_visible)
    for (int c = 0; c < N_COLUMNS; c++) {
      const ColumnInfo *info = column_info((ColumnId)c);
      if (!column_applies((ColumnId)c, p->id) || info->type == COLUMN_IS_SPARK)
        continue;
      g_autofree char *cell = pane_cell(p, s->ds, p->cursor, (ColumnId)c);
      menu_add(m, c == COLUMN_LABEL ? dimension_info(p->dim)->name : info->name, cell, NULL, NULL);
    }
  state_show_menu(s, m);
  return TRUE;
}
