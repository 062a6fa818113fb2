/* Keymap: which key runs which command line, where. */
#include "tui/app/keymap.h"

#include <string.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/views/view.h"

#define PLACES_PANES                                                                               \
  ((1u << VIEW_PROGRAMS) | (1u << VIEW_COHORTS) | (1u << VIEW_LESSONS) | (1u << VIEW_USERS) |      \
   (1u << VIEW_IPS))

static void binding_free(gpointer data)
{
  Binding *b = data;
  g_free(b->command);
  g_free(b->origin);
  g_free(b);
}

void keymap_free(Keymap *k)
{
  if (!k)
    return;
  g_ptr_array_unref(k->bindings);
  g_free(k);
}

static gboolean parse_place(const char *word, guint *places, guint *rank)
{
  ViewId view;
  if (strcmp(word, "all") == 0) {
    *places = (1u << N_VIEWS) - 1;
    *rank = 0;
  } else if (strcmp(word, "panes") == 0) {
    *places = PLACES_PANES;
    *rank = 1;
  } else if (word[1] && view_parse(word, &view)) {
    *places = 1u << view;
    *rank = 2;
  } else {
    return FALSE;
  }
  return TRUE;
}

/* The first word of the line, or after a `;` in it, that is no command; or NULL. */
static const char *find_unknown(const GPtrArray *words, gboolean (*known)(const char *))
{
  for (guint i = 3; i < words->len; i++) {
    const char *word = g_ptr_array_index(words, i);
    gboolean first = i == 3 || strcmp(g_ptr_array_index(words, i - 1), ";") == 0;
    if (first && !known(word))
      return word;
  }
  return NULL;
}

static gboolean parse_line(Keymap *k, const char *line, const char *origin, gboolean user,
                           gboolean (*known)(const char *), GError **error)
{
  g_auto(GStrv) words = g_strsplit_set(line, " \t", -1);
  g_autofree char *shown = text_escaped(line, -1, 60);
  GPtrArray *w = g_ptr_array_new();
  for (guint i = 0; words[i]; i++)
    if (*words[i])
      g_ptr_array_add(w, words[i]);
  gboolean ok = FALSE;
  guint places = 0, rank = 0;
  Key key = 0;
  const char *unknown = NULL;
  if (w->len < 4 || strcmp(g_ptr_array_index(w, 0), "bind") != 0)
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "%s: expected `bind PLACE KEY COMMAND`, found `%s`", origin, shown);
  else if (!parse_place(g_ptr_array_index(w, 1), &places, &rank))
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "%s: no place `%s`; it is `all`, `panes` or a view", origin,
                (char *)g_ptr_array_index(w, 1));
  else if ((key = key_parse(g_ptr_array_index(w, 2))) == 0)
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "%s: no key `%s`; keys are written as a, C-f, Enter, PgDn, F1", origin,
                (char *)g_ptr_array_index(w, 2));
  else if (known && (unknown = find_unknown(w, known)))
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s: no command `%s`; `:` lists them", origin,
                unknown);
  else
    ok = TRUE;
  if (ok) {
    Binding *b = g_new0(Binding, 1);
    b->places = places;
    b->rank = rank;
    b->user = user;
    b->key = key;
    GString *command = g_string_new(g_ptr_array_index(w, 3));
    for (guint i = 4; i < w->len; i++)
      g_string_append_printf(command, " %s", (char *)g_ptr_array_index(w, i));
    b->command = g_string_free(command, FALSE);
    b->origin = g_strdup(origin);
    g_ptr_array_add(k->bindings, b);
  }
  g_ptr_array_unref(w);
  return ok;
}

static gboolean parse_text(Keymap *k, const char *text, gsize len, const char *name, gboolean user,
                           gboolean (*known)(const char *), GError **error)
{
  g_autofree char *copy = g_strndup(text, len);
  g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_strstrip(lines[i]);
    if (!*lines[i] || *lines[i] == '#')
      continue;
    g_autofree char *origin = g_strdup_printf("%s:%u", name, i + 1);
    if (!parse_line(k, lines[i], origin, user, known, error))
      return FALSE;
  }
  return TRUE;
}

Keymap *keymap_new(const char *user_file, gboolean (*known)(const char *command), GError **error)
{
  Keymap *k = g_new0(Keymap, 1);
  k->bindings = g_ptr_array_new_with_free_func(binding_free);
  GBytes *bytes = assets_get("keys.conf");
  gsize len = 0;
  const char *text = bytes ? g_bytes_get_data(bytes, &len) : "";
  gboolean ok = parse_text(k, text, len, "keys.conf", FALSE, known, error);
  if (bytes)
    g_bytes_unref(bytes);
  g_autoptr(GByteArray) own = g_byte_array_new();
  if (ok && user_file)
    ok = assets_user_file(user_file, own, error) &&
         (own->len == 0 ||
          parse_text(k, (const char *)own->data, own->len, user_file, TRUE, known, error));
  if (!ok) {
    keymap_free(k);
    return NULL;
  }
  return k;
}

static const Binding *find(const Keymap *k, ViewId view, Key key)
{
  const Binding *best = NULL;
  for (guint i = 0; i < k->bindings->len; i++) {
    const Binding *b = g_ptr_array_index(k->bindings, i);
    if (b->key != key || !(b->places & (1u << view)))
      continue;
    if (!best || b->user > best->user || (b->user == best->user && b->rank >= best->rank))
      best = b;
  }
  return best;
}

const char *keymap_find(const Keymap *k, ViewId view, Key key)
{
  const Binding *b = find(k, view, key);
  return b ? b->command : NULL;
}

guint keymap_count_own(const Keymap *k)
{
  guint n = 0;
  for (guint i = 0; i < k->bindings->len; i++)
    n += ((const Binding *)g_ptr_array_index(k->bindings, i))->user;
  return n;
}

char *keymap_key_of(const Keymap *k, ViewId view, const char *command)
{
  for (int user = 1; user >= 0; user--) /* what people chose for themselves comes first */
    for (guint i = 0; i < k->bindings->len; i++) {
      const Binding *b = g_ptr_array_index(k->bindings, i);
      if (b->user != (gboolean)user || !(b->places & (1u << view)) ||
          strcmp(b->command, command) != 0 || find(k, view, b->key) != b)
        continue;
      g_autofree char *name = key_label(b->key);
      return g_strconcat(name, b->user ? "*" : "", NULL);
    }
  return NULL;
}

char *keymap_keys_with(const Keymap *k, ViewId view, const char *command)
{
  GString *out = g_string_new(NULL);
  gsize n = strlen(command);
  guint found = 0;
  for (guint i = 0; i < k->bindings->len && found < 4; i++) {
    const Binding *b = g_ptr_array_index(k->bindings, i);
    if (!(b->places & (1u << view)) || strncmp(b->command, command, n) != 0 ||
        b->command[n] != ' ' || strchr(b->command, ';') || find(k, view, b->key) != b)
      continue;
    g_autofree char *name = key_label(b->key);
    g_string_append_printf(out, "%s%s%s", found++ ? " " : "", name, b->user ? "*" : "");
  }
  return g_string_free(out, !found);
}

char *keymap_collision(const Keymap *k)
{
  for (guint i = 0; i < k->bindings->len; i++)
    for (guint j = i + 1; j < k->bindings->len; j++) {
      const Binding *a = g_ptr_array_index(k->bindings, i);
      const Binding *b = g_ptr_array_index(k->bindings, j);
      if (a->key == b->key && a->user == b->user && a->rank == b->rank && (a->places & b->places)) {
        g_autofree char *name = key_label(a->key);
        return g_strdup_printf("%s is bound twice: %s and %s", name, a->origin, b->origin);
      }
    }
  return NULL;
}
