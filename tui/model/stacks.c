/* Stacks: whole stacks of filters under a name. */
#include "tui/model/stacks.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/casebook/store.h"
#include "tui/model/pane.h"

#define GROUP        "filters"
#define KEY_NAMES    "names"
#define LOCK_WAIT_MS 2000
#define UNDO_MAX     100

/* A stack before and after a change, as text; NULL: there was, or is, none. */
typedef struct {
  char *name, *before, *after;
} Change;

static void change_free(gpointer data)
{
  Change *c = data;
  g_free(c->name);
  g_free(c->before);
  g_free(c->after);
  g_free(c);
}

static void stack_free(gpointer data)
{
  Stack *s = data;
  g_free(s->name);
  chips_free(s->chips);
  g_free(s);
}

Stacks *stacks_new(void)
{
  Stacks *k = g_new0(Stacks, 1);
  k->list = g_ptr_array_new_with_free_func(stack_free);
  k->undo = g_ptr_array_new_with_free_func(change_free);
  k->redo = g_ptr_array_new_with_free_func(change_free);
  return k;
}

void stacks_free(Stacks *k)
{
  if (!k)
    return;
  g_ptr_array_unref(k->list);
  g_ptr_array_unref(k->undo);
  g_ptr_array_unref(k->redo);
  g_free(k->path);
  g_free(k);
}

/* --- text --------------------------------------------------------------------------------------
 */

char *stacks_print_chips(const Chips *c)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < chips_count(c); i++) {
    const Chip *chip = chips_get(c, i);
    g_autofree char *term = scope_term_print(chip->term);
    g_string_append_printf(out, "%s%s %s %s", i ? "\n" : "",
                           chip->pane == PANE_TYPED ? "typed" : pane_name((PaneId)chip->pane),
                           chip->term->off ? "off" : "on", term);
  }
  return g_string_free(out, FALSE);
}

/* What is not understood is passed over. */
static Chips *parse_chips(const char *text)
{
  Chips *c = chips_new();
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_auto(GStrv) words = g_strsplit(lines[i], " ", 3);
    ScopeTerm *term = g_strv_length(words) == 3 ? scope_term_parse(words[2], NULL) : NULL;
    PaneId pane;
    if (!term)
      continue;
    term->off = strcmp(words[1], "off") == 0;
    if (pane_parse(words[0], &pane))
      chips_drill(c, pane, term);
    else
      chips_add(c, term, FALSE);
  }
  return c;
}

static Stack *find(const Stacks *k, const char *name)
{
  for (guint i = 0; i < k->list->len; i++) {
    Stack *s = g_ptr_array_index(k->list, i);
    if (strcmp(s->name, name) == 0)
      return s;
  }
  return NULL;
}

const Stack *stacks_find(const Stacks *k, const char *name)
{
  return find(k, name);
}

/* Sets, or with `text` NULL removes, a stack in memory. */
static void set(Stacks *k, const char *name, const char *text)
{
  Stack *s = find(k, name);
  if (!text) {
    if (s)
      g_ptr_array_remove(k->list, s);
    return;
  }
  if (!s) {
    s = g_new0(Stack, 1);
    s->name = g_strdup(name);
    g_ptr_array_add(k->list, s);
  }
  chips_free(s->chips);
  s->chips = parse_chips(text);
  s->generation = 0;
}

/* --- the file ----------------------------------------------------------------------------------
 */

static char *print(const Stacks *k)
{
  GKeyFile *file = g_key_file_new();
  g_autofree const char **names = g_new0(const char *, k->list->len + 1);
  for (guint i = 0; i < k->list->len; i++) {
    const Stack *s = g_ptr_array_index(k->list, i);
    g_autofree char *key = g_strdup_printf("stack-%u", i + 1);
    g_autofree char *text = stacks_print_chips(s->chips);
    names[i] = s->name;
    g_key_file_set_string(file, GROUP, key, text);
  }
  g_key_file_set_string_list(file, GROUP, KEY_NAMES, names, k->list->len);
  char *text = g_key_file_to_data(file, NULL, NULL);
  g_key_file_free(file);
  return text;
}

static gboolean name_is_good(const char *name)
{
  glong n = g_utf8_validate(name, -1, NULL) ? g_utf8_strlen(name, -1) : 0;
  if (n < 1 || n > STACK_NAME_MAX)
    return FALSE;
  for (const char *at = name; *at; at = g_utf8_next_char(at))
    if (!g_unichar_isprint(g_utf8_get_char(at)))
      return FALSE;
  return TRUE;
}

static gboolean parse(Stacks *k, const char *text, gsize len)
{
  GKeyFile *file = g_key_file_new();
  gsize n = 0;
  gboolean ok = g_key_file_load_from_data(file, text, len, G_KEY_FILE_NONE, NULL);
  g_auto(GStrv) names = ok ? g_key_file_get_string_list(file, GROUP, KEY_NAMES, &n, NULL) : NULL;
  g_ptr_array_set_size(k->list, 0);
  for (gsize i = 0; i < MIN(n, STACKS_MAX); i++) {
    g_autofree char *key = g_strdup_printf("stack-%u", (guint)i + 1);
    g_autofree char *chips = g_key_file_get_string(file, GROUP, key, NULL);
    if (chips && name_is_good(names[i]))
      set(k, names[i], chips);
  }
  g_key_file_free(file);
  return names != NULL;
}

static gboolean read_file(Stacks *k, GError **error)
{
  g_autofree char *text = NULL;
  gsize len = 0;
  if (!k->path)
    return TRUE;
  StoreResult result = store_load(k->path, &text, &len, error);
  if (result == STORE_READ && !parse(k, text, len)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is no file of saved filters; move it away to save new ones", k->path);
    return FALSE;
  }
  if (result == STORE_ABSENT)
    g_ptr_array_set_size(k->list, 0);
  return result != STORE_FAILED;
}

gboolean stacks_open(Stacks *k, const char *path, GError **error)
{
  g_free(k->path);
  k->path = g_strdup(path);
  if (read_file(k, error))
    return TRUE;
  g_clear_pointer(&k->path, g_free);
  return FALSE;
}

/* The change in memory and in the file, or in none of them. */
static gboolean change(Stacks *k, const char *name, const char *text, GError **error)
{
  if (!k->path) {
    set(k, name, text);
    return TRUE;
  }
  g_autofree char *lock_path = g_strconcat(k->path, ".lock", NULL);
  int lock = store_lock(lock_path, LOCK_WAIT_MS, error);
  gboolean ok = lock >= 0 && read_file(k, error);
  if (ok) {
    set(k, name, text);
    g_autofree char *all = print(k);
    ok = store_save(k->path, all, strlen(all), error);
    if (!ok)
      read_file(k, NULL);
  }
  if (lock >= 0)
    store_unlock(lock);
  return ok;
}

/* --- changes -----------------------------------------------------------------------------------
 */

static gboolean change_and_remember(Stacks *k, const char *name, const char *text, GError **error)
{
  const Stack *old = find(k, name);
  g_autofree char *before = old ? stacks_print_chips(old->chips) : NULL;
  if (!change(k, name, text, error))
    return FALSE;
  Change *c = g_new0(Change, 1);
  c->name = g_strdup(name);
  c->before = g_steal_pointer(&before);
  c->after = g_strdup(text);
  if (k->undo->len >= UNDO_MAX)
    g_ptr_array_remove_index(k->undo, 0);
  g_ptr_array_add(k->undo, c);
  g_ptr_array_set_size(k->redo, 0);
  return TRUE;
}

gboolean stacks_put(Stacks *k, const char *name, const Chips *chips, GError **error)
{
  if (!name_is_good(name)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "a name for filters has 1 to %d letters, digits and other signs", STACK_NAME_MAX);
    return FALSE;
  }
  if (k->list->len >= STACKS_MAX && !find(k, name)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "%d stacks of filters are saved, which is the most; delete one first", STACKS_MAX);
    return FALSE;
  }
  g_autofree char *text = stacks_print_chips(chips);
  return change_and_remember(k, name, text, error);
}

gboolean stacks_drop(Stacks *k, const char *name, GError **error)
{
  if (find(k, name))
    return change_and_remember(k, name, NULL, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < k->list->len; i++)
    g_ptr_array_add(names, ((Stack *)g_ptr_array_index(k->list, i))->name);
  g_ptr_array_add(names, NULL);
  const char *closest = text_closest(name, (const char *const *)names->pdata);
  g_autofree char *safe = text_safe(name, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no filters are saved as \"%s\"%s%s%s", safe,
              closest ? ", did you mean " : "", closest ? closest : "", closest ? "?" : "");
  return FALSE;
}

static gboolean step(Stacks *k, gboolean undo, char **ret_name, GError **error)
{
  GPtrArray *from = undo ? k->undo : k->redo, *to = undo ? k->redo : k->undo;
  if (from->len == 0)
    return FALSE;
  const Change *c = g_ptr_array_index(from, from->len - 1);
  if (!change(k, c->name, undo ? c->before : c->after, error))
    return FALSE;
  *ret_name = g_strdup(c->name);
  g_ptr_array_add(to, g_ptr_array_steal_index(from, from->len - 1));
  return TRUE;
}

gboolean stacks_undo(Stacks *k, char **ret_name, GError **error)
{
  return step(k, TRUE, ret_name, error);
}

gboolean stacks_redo(Stacks *k, char **ret_name, GError **error)
{
  return step(k, FALSE, ret_name, error);
}
