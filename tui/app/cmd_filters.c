/* Filters: the stack of filters as a menu; stacks saved under a name. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/command.h"
#include "tui/app/menu_keys.h"

#define COUNTED_MAX 30 /* stacks whose rows are counted for the menu */

/* The menu is made anew after each key in it: rows are counted again when they may be others. */
static void count_rows(const State *s, Stack *stack)
{
  if (stack->generation == s->generation && stack->learned == s->learned)
    return;
  Scope *scope = chips_scope(stack->chips);
  Selection *sel = scope_select(scope, s->ds, NULL);
  scope_free(scope);
  stack->rows = sel ? (gint64)sel->n : -1;
  stack->generation = s->generation;
  stack->learned = s->learned;
  selection_free(sel);
}

/* "1,234 hits", or why not. */
static char *count_text(const State *s, Stack *stack)
{
  count_rows(s, stack);
  if (stack->rows < 0)
    return g_strdup("not in this log");
  g_autofree char *n = text_grouped(stack->rows);
  return g_strdup_printf("%s hits", n);
}

static void add_chips(State *s, Menu *m)
{
  for (guint i = 0; i < chips_count(s->chips); i++) {
    const Chip *chip = chips_get(s->chips, i);
    g_autofree char *label = scope_term_label(chip->term, s->ds);
    g_autofree char *number = g_strdup_printf("%u", i + 1);
    MenuItem *item =
        menu_add(m, number, label, chip->pane == PANE_TYPED ? "typed" : "from the path", "cancel");
    item->checked = !chip->term->off;
  }
}

static void add_stacks(State *s, Menu *m)
{
  const GPtrArray *list = s->stacks->list;
  if (list->len)
    menu_add(m, NULL, "Saved filters", NULL, NULL);
  for (guint i = 0; i < list->len; i++) {
    Stack *stack = g_ptr_array_index(list, i);
    g_autofree char *count = i < COUNTED_MAX ? count_text(s, stack) : g_strdup("");
    guint n = chips_count(stack->chips);
    g_autofree char *right = g_strdup_printf("%u filter%s  %s", n, n == 1 ? "" : "s", count);
    g_autofree char *command = g_strdup_printf("filters load %s", stack->name);
    MenuItem *item = menu_add(m, NULL, stack->name, right, command);
    item->value = g_strdup(stack->name);
  }
}

static gboolean show_menu(App *app, GError **error)
{
  State *s = app->state;
  if (chips_count(s->chips) == 0 && s->stacks->list->len == 0) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "no filter is in force");
    return FALSE;
  }
  guint at = s->menu && s->menu->kind == MENU_FILTERS ? s->menu->cursor : 0;
  Menu *m = menu_new(MENU_FILTERS, "Filters in force");
  add_chips(s, m);
  add_stacks(s, m);
  state_show_menu(s, m);
  if (at) {
    m->cursor = MIN(at, m->visible->len - 1);
    menu_move(m, 0);
  }
  return TRUE;
}

static gboolean load_stack(App *app, const char *name, GError **error)
{
  State *s = app->state;
  const Stack *stack = stacks_find(s->stacks, name);
  if (!stack)
    return stacks_drop(s->stacks, name, error); /* it is not there: says so, names the closest */
  Scope *scope = chips_scope(stack->chips);
  gboolean ok = scope_check(scope, s->ds, error);
  scope_free(scope);
  if (!ok)
    return FALSE;
  state_remember(s);
  chips_free(s->chips);
  s->chips = chips_copy(stack->chips);
  guint n = chips_count(s->chips);
  state_message(s, "%u filter%s of \"%s\"; u undoes", n, n == 1 ? "" : "s", name);
  return TRUE;
}

gboolean cmd_filters(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  if (argc < 2)
    return show_menu(app, error);
  g_auto(GStrv) words = g_strsplit(argv[1], " ", 2);
  const char *verb = words[0], *name = words[1] ? g_strstrip(words[1]) : "";
  gboolean save = strcmp(verb, "save") == 0, drop = strcmp(verb, "delete") == 0;
  if (!*name || (!save && !drop && strcmp(verb, "load") != 0)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "filters takes: save NAME, load NAME, delete NAME");
    return FALSE;
  }
  if (!save && !drop)
    return load_stack(app, name, error);
  if (save && chips_count(s->chips) == 0) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "no filter is in force to be saved");
    return FALSE;
  }
  gboolean there = stacks_find(s->stacks, name) != NULL;
  if (save ? !stacks_put(s->stacks, name, s->chips, error) : !stacks_drop(s->stacks, name, error))
    return FALSE;
  state_stacks_changed(s);
  const char *kept = s->stacks->path ? "" : "; NOT SAVED: they last until you leave";
  state_message(s, "filters %s \"%s\"; u undoes%s",
                !save   ? "deleted:"
                : there ? "saved over"
                        : "saved as",
                name, kept);
  return TRUE;
}

/* --- keys of the menu --------------------------------------------------------------------------
 */

/* The saved stack under the cursor is deleted; a filter changes. */
static gboolean change_item(App *app, const MenuItem *item, Key key)
{
  static const MenuVerb on_saved[] = {{'d', "filters delete %s"}, {0, NULL}};
  static const MenuVerb on_filter[] = {{' ', "scope off %s"},       {'!', "scope negate %s"},
                                       {'d', "scope drop %s"},      {'K', "scope move %s up"},
                                       {'J', "scope move %s down"}, {0, NULL}};
  return item->value ? menu_run_verb(app, on_saved, key, item->value)
                     : menu_run_verb(app, on_filter, key, item->left);
}

gboolean filters_key(App *app, Key key)
{
  State *s = app->state;
  const MenuItem *item = menu_current(s->menu);
  if (key == 's')
    return menu_ask(app, "ask filters save");
  guint n = chips_count(s->chips), at = s->menu->cursor;
  g_autofree char *scope = chips_print(s->chips);
  if (!item || !change_item(app, item, key))
    return FALSE;
  g_autofree char *after = chips_print(s->chips);
  gboolean moved = (key == 'J' || key == 'K') && strcmp(scope, after) != 0;
  if (moved && n == chips_count(s->chips))
    s->menu->cursor = at + (key == 'J' ? 1 : -1); /* the cursor stays on the filter */
  if (chips_count(s->chips) || s->stacks->list->len)
    app_run(app, "filters");
  else
    g_clear_pointer(&s->menu, menu_free);
  return TRUE;
}
