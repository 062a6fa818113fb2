/* Menu keys: what keys do while a menu is open, and what its choice runs. */
#ifndef TUI_APP_MENU_KEYS_H
#define TUI_APP_MENU_KEYS_H

#include "tui/app/app.h"

/* One key for the menu that is open. */
void menu_key(App *app, Key key);

/* One key while the path has the focus. */
void crumbs_key(App *app, Key key);

/* What a key of a menu runs on the item under its cursor: "%s" stands for the item. A table ends
 * with a line NULL. */
typedef struct {
  char key;
  const char *line;
} MenuVerb;

/* FALSE: the key is none of these. */
gboolean menu_run_verb(App *app, const MenuVerb *verbs, Key key, const char *item);
/* Closes the menu and opens a prompt. TRUE. */
gboolean menu_ask(App *app, const char *line);

/* Keys of the menus that have their own; FALSE: not one of them. */
gboolean filters_key(App *app, Key key);
gboolean log_key(App *app, Key key);
gboolean columns_key(App *app, Key key);

#endif
