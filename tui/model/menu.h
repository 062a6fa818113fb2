/* Menus: the one overlay list behind help, the palette, facets and every choice. Model only.
 *
 * Typing narrows it (fuzzy), Enter yields the command line of the current item, Space ticks in
 * menus that allow several. */
#ifndef TUI_MODEL_MENU_H
#define TUI_MODEL_MENU_H

#include <glib.h>

typedef enum {
  MENU_HELP,
  MENU_PALETTE,
  MENU_FACET,
  MENU_FILTERS,
  MENU_LOG,
  MENU_COLUMNS,
  MENU_CHOICE,
  MENU_TEXT
} MenuKind;

typedef struct {
  char *left; /* key or tick, may be NULL */
  char *label;
  char *right;   /* count or note, may be NULL */
  char *command; /* what Enter runs; NULL: a heading or plain text */
  char *detail;  /* told below while the cursor is on it, or NULL: "sort [COLUMN]" */
  char *value;   /* facets: the value as the scope grammar has it */
  gboolean checked, was_checked; /* now, and when the menu was opened */
} MenuItem;

typedef struct {
  MenuKind kind;
  guint serial; /* no two menus of a run have the same */
  char *title;
  char *footer;
  GPtrArray *items; /* of MenuItem* */
  GArray *visible;  /* of guint: items that match the filter, headings of matches kept */
  GString *filter;
  gboolean typing;  /* letters go to the filter, not to keys */
  gboolean negated; /* facets: the ticked values are excluded */
  guint cursor, top;
  char *field; /* facets: the field of the scope */
} Menu;

Menu *menu_new(MenuKind kind, const char *title);
void menu_free(Menu *m);
/* Strings are copied; NULL allowed but for `label`. */
MenuItem *menu_add(Menu *m, const char *left, const char *label, const char *right,
                   const char *command);
/* Call after each change of the items or the filter; state_show_menu does it for a new menu. */
void menu_update(Menu *m);
void menu_move(Menu *m, gint64 delta);
void menu_first(Menu *m);
void menu_last(Menu *m);
void menu_scroll(Menu *m, int height);
MenuItem *menu_current(const Menu *m);
void menu_type(Menu *m, gunichar ch); /* 0 = delete the last character */

#endif
