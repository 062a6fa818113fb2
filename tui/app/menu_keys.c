/* Menu keys: what keys do while a menu is open, and what its choice runs. */
#include "tui/app/menu_keys.h"

#include <string.h>

#include "tui/app/command.h"
#include "tui/app/complete.h"
#include "tui/views/overlay.h"

/* The ticked values in place of those that were chosen before. */
static void accept_facet(App *app, const Menu *m)
{
  GString *line = g_string_new("scope choose ");
  g_autofree char *start = g_strdup_printf("%s%s=none", m->negated ? "-" : "", m->field);
  ScopeTerm *term = scope_term_parse(start, NULL);
  gboolean had = FALSE;
  if (term) {
    g_ptr_array_set_size(term->values, 0);
    for (guint i = 0; i < m->items->len; i++) {
      const MenuItem *value = g_ptr_array_index(m->items, i);
      if (value->checked)
        g_ptr_array_add(term->values, g_strdup(value->value));
      had = had || value->was_checked;
    }
    /* nothing ticked, now or before: the value under the cursor is meant */
    MenuItem *item = menu_current(m);
    if (!term->values->len && !had && item && item->value)
      g_ptr_array_add(term->values, g_strdup(item->value));
    g_autofree char *text = scope_term_print(term);
    g_string_append_printf(line,
                           term->values->len ? "%s" : "%s=", term->values->len ? text : m->field);
    if (term->values->len || had)
      app_run(app, line->str);
    scope_term_free(term);
  }
  g_string_free(line, TRUE);
}

#define RECENT_MAX 50

/* A line from the palette: it comes first the next time. */
static void run_typed(App *app, const char *line)
{
  g_autofree char *kept = g_strstrip(g_strdup(line));
  for (guint i = app->recent->len; i-- > 0;)
    if (strcmp(g_ptr_array_index(app->recent, i), kept) == 0 || i >= RECENT_MAX)
      g_ptr_array_remove_index(app->recent, i);
  g_ptr_array_insert(app->recent, 0, g_strdup(kept));
  app_run(app, kept);
}

static void complete_menu(App *app)
{
  Menu *m = app->state->menu;
  g_autofree char *line = complete_line(app, m->filter->str);
  if (!line)
    return;
  g_string_assign(m->filter, line);
  menu_update(m);
}

/* Runs what the menu stands on, or, in the palette, what was typed when it is a whole command. */
static void accept_menu(App *app)
{
  State *s = app->state;
  Menu *m = g_steal_pointer(&s->menu);
  MenuItem *item = menu_current(m);
  if (m->kind == MENU_FACET) {
    accept_facet(app, m);
  } else if (m->kind == MENU_PALETTE && m->filter->len) {
    g_autofree char *first = g_strdup(m->filter->str);
    char *space = strchr(first, ' ');
    if (space)
      *space = '\0';
    if (command_known(first))
      run_typed(app, m->filter->str);
    else if (item && item->command)
      run_typed(app, item->command);
    else
      app_run(app, m->filter->str);
  } else if (item && item->command && m->kind == MENU_PALETTE) {
    run_typed(app, item->command);
  } else if (item && item->command) {
    app_run(app, item->command);
  }
  menu_free(m);
}

/* The key that stands before a choice makes it. */
static gboolean hot_key(App *app, Key key)
{
  Menu *m = app->state->menu;
  for (guint i = 0; i < m->visible->len; i++) {
    const MenuItem *item = g_ptr_array_index(m->items, g_array_index(m->visible, guint, i));
    if (!item->command || !item->left || key_parse(item->left) != key)
      continue;
    m->cursor = i;
    accept_menu(app);
    return TRUE;
  }
  return FALSE;
}

gboolean menu_run_verb(App *app, const MenuVerb *verbs, Key key, const char *item)
{
  for (; verbs->line; verbs++)
    if ((Key)verbs->key == key) {
      g_auto(GStrv) around = g_strsplit(verbs->line, "%s", 2);
      g_autofree char *line = g_strconcat(around[0], item, around[1], NULL);
      app_run(app, line);
      return TRUE;
    }
  return FALSE;
}

gboolean menu_ask(App *app, const char *line)
{
  g_clear_pointer(&app->state->menu, menu_free);
  app_run(app, line);
  return TRUE;
}

/* --- keys --------------------------------------------------------------------------------------
 */

#define PAGE 10

/* Esc first takes back what was typed. */
static void leave(State *s)
{
  Menu *m = s->menu;
  if (m->filter->len == 0) {
    g_clear_pointer(&s->menu, menu_free);
    return;
  }
  g_string_truncate(m->filter, 0);
  menu_update(m);
}

/* Keys that move in every menu. FALSE: none of them. */
static gboolean move_key(Menu *m, Key key)
{
  if (key == K_UP || key == key_ctrl('p'))
    menu_move(m, -1);
  else if (key == K_DOWN || key == key_ctrl('n'))
    menu_move(m, 1);
  else if (key == K_PGUP || key == key_ctrl('b'))
    menu_move(m, -PAGE);
  else if (key == K_PGDN || key == key_ctrl('f'))
    menu_move(m, PAGE);
  else if (key == K_HOME)
    menu_first(m);
  else if (key == K_END)
    menu_last(m);
  else
    return FALSE;
  return TRUE;
}

/* Keys while letters narrow the menu. FALSE: none of them. */
static gboolean typing_key(App *app, Key key)
{
  State *s = app->state;
  Menu *m = s->menu;
  if (m->kind == MENU_PALETTE && key == K_TAB)
    complete_menu(app);
  else if (key == K_BACKSPACE && m->filter->len == 0)
    g_clear_pointer(&s->menu, menu_free);
  else if (key == K_BACKSPACE)
    menu_type(m, 0);
  else if (key_is_text(key))
    menu_type(m, (gunichar)key);
  else
    return FALSE;
  return TRUE;
}

/* Ticks of a menu that allows several. FALSE: none of its keys. */
static gboolean facet_key(Menu *m, Key key)
{
  MenuItem *item = menu_current(m);
  if (key == ' ') {
    if (item)
      item->checked = !item->checked;
    menu_move(m, 1);
  } else if (key == '!' && !m->typing) {
    m->negated = !m->negated;
  } else {
    return FALSE;
  }
  return TRUE;
}

/* Keys of one kind of menu alone. FALSE: none of them. */
static gboolean own_key(App *app, Key key)
{
  switch (app->state->menu->kind) {
  case MENU_FILTERS:
    return filters_key(app, key);
  case MENU_LOG:
    return log_key(app, key);
  case MENU_COLUMNS:
    return columns_key(app, key);
  case MENU_CHOICE:
    return !app->state->menu->typing && hot_key(app, key);
  default:
    return FALSE;
  }
}

static void letter_key(State *s, Key key)
{
  Menu *m = s->menu;
  if (key == '/')
    m->typing = TRUE;
  else if (key == 'j' || key == 'k')
    menu_move(m, key == 'j' ? 1 : -1);
  else if (key == 'g')
    menu_first(m);
  else if (key == 'G')
    menu_last(m);
  else if (key == 'q' || key == K_BACKSPACE)
    g_clear_pointer(&s->menu, menu_free);
}

void menu_key(App *app, Key key)
{
  Menu *m = app->state->menu;
  if (key == K_ESC || key == key_ctrl('c') || key == K_F1)
    leave(app->state);
  else if (key == K_ENTER)
    accept_menu(app);
  else if (move_key(m, key) || (m->kind == MENU_FACET && facet_key(m, key)) ||
           (m->typing && typing_key(app, key)) || own_key(app, key))
    return;
  else
    letter_key(app->state, key);
}
