/* The keys: all bindings there are, and what of the user's own is in each other's way. */
#include <string.h>

#include "core/base/error.h"
#include "tui/app/command.h"
#include "tui/views/view.h"

/* "all", "panes", "users": where a binding holds. Free with g_free. */
static char *places_text(const Binding *b)
{
  if (b->rank == 0)
    return g_strdup("all");
  if (b->rank == 1)
    return g_strdup("panes");
  for (int v = 0; v < N_VIEWS; v++)
    if (b->places & (1u << v))
      return g_strdup(view_get((ViewId)v)->name);
  return g_strdup("");
}

/* The default that a binding of the user takes the place of, or NULL. */
static const Binding *replaced(const Keymap *k, const Binding *own)
{
  for (guint i = 0; i < k->bindings->len; i++) {
    const Binding *b = g_ptr_array_index(k->bindings, i);
    if (!b->user && b->key == own->key && (b->places & own->places))
      return b;
  }
  return NULL;
}

static void list_keys(App *app)
{
  const Keymap *k = app->keymap;
  Menu *m = menu_new(MENU_HELP, "All keys");
  for (int user = 1; user >= 0; user--) {
    gboolean headed = FALSE;
    for (guint i = 0; i < k->bindings->len; i++) {
      const Binding *b = g_ptr_array_index(k->bindings, i);
      if (b->user != (gboolean)user)
        continue;
      if (!headed)
        menu_add(m, NULL, user ? "Changed by you (keys.conf)" : "As they come", NULL, NULL);
      headed = TRUE;
      g_autofree char *name = key_label(b->key), *places = places_text(b);
      g_autofree char *left = g_strconcat(name, user ? "*" : "", NULL);
      menu_add(m, left, b->command, places, b->command);
    }
  }
  m->typing = TRUE;
  state_show_menu(app->state, m);
}

static void check_keys(App *app)
{
  const Keymap *k = app->keymap;
  Menu *m = menu_new(MENU_TEXT, "Keys of your own");
  guint own = 0;
  for (guint i = 0; i < k->bindings->len; i++) {
    const Binding *b = g_ptr_array_index(k->bindings, i);
    if (!b->user)
      continue;
    own++;
    const Binding *other = replaced(k, b);
    g_autofree char *name = key_label(b->key);
    g_autofree char *line =
        other ? g_strdup_printf("%s takes the place of %s", b->command, other->command)
              : g_strdup(b->command);
    menu_add(m, name, line, b->origin, NULL);
  }
  g_autofree char *collision = keymap_collision(k);
  if (!own)
    menu_add(m, "", "no keys.conf of your own, or no line in it", NULL, NULL);
  menu_add(m, "", collision ? collision : "no two of them are in each other's way", NULL, NULL);
  state_show_menu(app->state, m);
}

gboolean cmd_keys(App *app, int argc, char **argv, GError **error)
{
  if (argc < 2) {
    list_keys(app);
  } else if (strcmp(argv[1], "check") == 0) {
    check_keys(app);
  } else {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "keys takes: nothing, or check");
    return FALSE;
  }
  return TRUE;
}
