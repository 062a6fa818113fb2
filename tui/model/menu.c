/* Menus: the one overlay list behind help, the palette, facets and every choice. */
#include "tui/model/menu.h"

#include <string.h>

#include "tui/model/scroll.h"

static void item_free(gpointer data)
{
  MenuItem *item = data;
  g_free(item->left);
  g_free(item->label);
  g_free(item->right);
  g_free(item->command);
  g_free(item->value);
  g_free(item->detail);
  g_free(item);
}

Menu *menu_new(MenuKind kind, const char *title)
{
  static guint made = 0;
  Menu *m = g_new0(Menu, 1);
  m->serial = ++made;
  m->kind = kind;
  m->title = g_strdup(title);
  m->items = g_ptr_array_new_with_free_func(item_free);
  m->visible = g_array_new(FALSE, FALSE, sizeof(guint));
  m->filter = g_string_new(NULL);
  return m;
}

void menu_free(Menu *m)
{
  if (!m)
    return;
  g_free(m->title);
  g_free(m->footer);
  g_free(m->field);
  g_ptr_array_unref(m->items);
  g_array_unref(m->visible);
  g_string_free(m->filter, TRUE);
  g_free(m);
}

MenuItem *menu_add(Menu *m, const char *left, const char *label, const char *right,
                   const char *command)
{
  MenuItem *item = g_new0(MenuItem, 1);
  item->left = g_strdup(left);
  item->label = g_strdup(label);
  item->right = g_strdup(right);
  item->command = g_strdup(command);
  g_ptr_array_add(m->items, item);
  return item;
}

/* TRUE when all characters of `needle` occur in `text` in order, upper or lower case. */
static gboolean fuzzy(const char *text, const char *needle)
{
  for (; *needle; needle++) {
    while (*text && g_ascii_tolower(*text) != g_ascii_tolower(*needle))
      text++;
    if (!*text)
      return FALSE;
    text++;
  }
  return TRUE;
}

static gboolean contains(const char *text, const char *needle)
{
  size_t n = strlen(needle);
  for (; text && *text; text++)
    if (g_ascii_strncasecmp(text, needle, n) == 0)
      return TRUE;
  return n == 0;
}

/* How well an item answers what was typed: 0 not at all, 3 best. */
static int match(const Menu *m, const MenuItem *item)
{
  const char *typed = m->filter->str;
  if (!*typed)
    return 1;
  if (item->command && g_ascii_strncasecmp(item->command, typed, strlen(typed)) == 0)
    return 3;
  /* the arguments of a command are being typed */
  gsize name = strcspn(typed, " ");
  if (typed[name] && item->detail && strcspn(item->detail, " ") == name &&
      g_ascii_strncasecmp(item->detail, typed, name) == 0)
    return 3;
  if (contains(item->label, typed) || contains(item->command, typed) || contains(item->left, typed))
    return 2;
  return item->command && fuzzy(item->command, typed);
}

static gboolean is_choice(const MenuItem *item)
{
  return item->command != NULL || item->value != NULL;
}

void menu_update(Menu *m)
{
  MenuItem *current = menu_current(m);
  g_array_set_size(m->visible, 0);
  gboolean typed = m->filter->len > 0;
  for (int quality = 3; quality >= 1; quality--)
    for (guint i = 0; i < m->items->len; i++) {
      MenuItem *item = g_ptr_array_index(m->items, i);
      gboolean shown = typed ? is_choice(item) && match(m, item) == quality : quality == 1;
      if (m->kind == MENU_TEXT)
        shown = quality == 1 && (!typed || contains(item->label, m->filter->str));
      if (shown)
        g_array_append_val(m->visible, i);
    }
  m->cursor = 0;
  for (guint i = 0; i < m->visible->len; i++)
    if (g_ptr_array_index(m->items, g_array_index(m->visible, guint, i)) == current && !typed)
      m->cursor = i;
  if (m->visible->len && m->kind != MENU_TEXT &&
      !is_choice(g_ptr_array_index(m->items, g_array_index(m->visible, guint, m->cursor))))
    menu_move(m, 1);
}

MenuItem *menu_current(const Menu *m)
{
  if (m->cursor >= m->visible->len)
    return NULL;
  return g_ptr_array_index(m->items, g_array_index(m->visible, guint, m->cursor));
}

void menu_move(Menu *m, gint64 delta)
{
  gint64 n = m->visible->len, at = m->cursor;
  gint64 step = delta < 0 ? -1 : 1;
  at = CLAMP(at + delta, 0, n - 1);
  /* headings are passed over */
  for (gint64 to = at; to >= 0 && to < n; to += step) {
    MenuItem *item = g_ptr_array_index(m->items, g_array_index(m->visible, guint, (guint)to));
    if (m->kind == MENU_TEXT || is_choice(item)) {
      m->cursor = (guint)to;
      return;
    }
  }
}

void menu_first(Menu *m)
{
  m->cursor = 0;
  menu_move(m, 0);
}

void menu_last(Menu *m)
{
  m->cursor = m->visible->len ? m->visible->len - 1 : 0;
}

void menu_scroll(Menu *m, int height)
{
  scroll_to(m->cursor, m->visible->len, height, &m->top);
  if (m->cursor <= 1 && (int)m->cursor < MAX(height, 1))
    m->top = 0; /* the heading above the first choice stays in view */
}

void menu_type(Menu *m, gunichar ch)
{
  if (ch) {
    if (m->filter->len < 200)
      g_string_append_unichar(m->filter, ch);
  } else if (m->filter->len) {
    const char *last = g_utf8_find_prev_char(m->filter->str, m->filter->str + m->filter->len);
    g_string_truncate(m->filter, last ? (gsize)(last - m->filter->str) : 0);
  }
  menu_update(m);
}
