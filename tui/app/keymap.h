/* Keymap: which key runs which command line, where. Read from keys.conf and the user's on top. */
#ifndef TUI_APP_KEYMAP_H
#define TUI_APP_KEYMAP_H

#include "tui/draw/key.h"
#include "tui/model/state.h"

typedef struct {
  guint places; /* bit set: 1 << ViewId */
  guint rank;   /* all 0, panes 1, one view 2: the higher wins */
  gboolean user;
  Key key;
  char *command;
  char *origin; /* file:line */
} Binding;

typedef struct {
  GPtrArray *bindings; /* of Binding*, in order of reading; later ones win */
} Keymap;

/* Defaults, then `user_file` (NULL or absent: none). NULL with CORE_ERROR_USAGE that names file,
 * line and the closest word. `known`: tells whether a command of that name exists. */
Keymap *keymap_new(const char *user_file, gboolean (*known)(const char *command), GError **error);
void keymap_free(Keymap *k);
/* Command line of a key in a view, or NULL. */
const char *keymap_find(const Keymap *k, ViewId view, Key key);
/* Bindings of the user. */
guint keymap_count_own(const Keymap *k);
/* Name of the key that runs exactly `command` in a view, with a `*` when it is the user's own, or
 * NULL; free with g_free. */
char *keymap_key_of(const Keymap *k, ViewId view, const char *command);
/* Names of the keys, at most four, that run `command` with something behind it ("z Z" of zoom), or
 * NULL; free with g_free. */
char *keymap_keys_with(const Keymap *k, ViewId view, const char *command);
/* Two bindings of the same key, place and rank, both by the user or neither: "j (all): keys.conf:3
 * and 9"; NULL when there is none. Free with g_free. */
char *keymap_collision(const Keymap *k);

#endif
