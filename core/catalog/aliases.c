/* Aliases of lessons: reads and follows `old = new`. */
#include "core/catalog/aliases.h"

#include <string.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/catalog/catalog.h"

struct Aliases {
  GHashTable *target; /* char* -> char*, both canonical and owned */
};

static gboolean bad_line(const SettingLine *line, GError **error, const char *what)
{
  char *key = text_escaped(line->key, -1, 60), *value = text_escaped(line->value, -1, 60);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "%s:%u: %s in \"%s = %s\"; write OLD-NAME = NEW-NAME", line->origin, line->line, what,
              key, value);
  g_free(key);
  g_free(value);
  return FALSE;
}

static gboolean add_line(Aliases *a, const SettingLine *line, GError **error)
{
  char *from = catalog_canonical(line->key, strlen(line->key));
  char *to = catalog_canonical(line->value, strlen(line->value));
  if (*from == '\0' || *to == '\0') {
    g_free(from);
    g_free(to);
    return bad_line(line, error, "a lesson name is missing");
  }
  if (strcmp(from, to) == 0) { /* a user's way to undo an alias */
    g_hash_table_remove(a->target, from);
    g_free(from);
    g_free(to);
  } else {
    g_hash_table_replace(a->target, from, to);
  }
  return TRUE;
}

/* A walk longer than the table has gone in a circle. */
static gboolean in_circle(const Aliases *a, const char *name)
{
  for (guint steps = g_hash_table_size(a->target) + 1; steps > 0 && name; steps--)
    name = g_hash_table_lookup(a->target, name);
  return name != NULL;
}

static gboolean check_circles(const Aliases *a, const GPtrArray *lines, GError **error)
{
  for (guint i = lines->len; i-- > 0;) {
    const SettingLine *line = g_ptr_array_index(lines, i);
    char *from = catalog_canonical(line->key, strlen(line->key));
    gboolean circle = in_circle(a, from);
    g_free(from);
    if (circle)
      return bad_line(line, error, "names that lead back to themselves");
  }
  return TRUE;
}

Aliases *aliases_new(const GPtrArray *lines, GError **error)
{
  GPtrArray *own = NULL;
  if (!lines) {
    own = assets_lines("lesson-aliases.conf", NULL, error);
    if (!own)
      return NULL;
    lines = own;
  }
  Aliases *a = g_new0(Aliases, 1);
  a->target = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  gboolean ok = TRUE;
  for (guint i = 0; i < lines->len && ok; i++)
    ok = add_line(a, g_ptr_array_index(lines, i), error);
  ok = ok && check_circles(a, lines, error);
  g_clear_pointer(&own, g_ptr_array_unref);
  if (!ok)
    g_clear_pointer(&a, aliases_free);
  return a;
}

void aliases_free(Aliases *a)
{
  if (!a)
    return;
  g_hash_table_unref(a->target);
  g_free(a);
}

const char *aliases_resolve(const Aliases *a, const char *name)
{
  const char *next;
  while ((next = g_hash_table_lookup(a->target, name)) != NULL)
    name = next;
  return name;
}
