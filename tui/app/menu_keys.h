/* Menu keys: what keys do while a menu is open, and what its choice runs. */
#ifndef TUI_APP_MENU_KEYS_H
#define TUI_APP_MENU_KEYS_H

#include "tui/app/app.h"

/* One key for the menu that is open. */
void menu_key(App *app, Key key);

/* One key while the path has the focus. */
void crumbs_key(App *app, Key key);

/* Keys of the menus that have their own; FALSE: not one of them. */
gboolean filters_key(App *app, Key key);
gboolean log_key(App *app, Key key);
gboolean columns_key(App *app, Key key);

#endif
