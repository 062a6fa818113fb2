/* Keys: see key.h. */
#include "tui/draw/key.h"

#include <string.h>

static const struct {
  const char *name;
  Key key;
} names[] = {
#define KEY_NAME(id, name) {name, K_##id},
    KEY_TABLE(KEY_NAME)
#undef KEY_NAME
    /* also understood */
    {"Space", ' '},
    {"Return", K_ENTER},
    {"Escape", K_ESC},
    {"BS", K_BACKSPACE},
    {"Del", K_DELETE},
    {"Ins", K_INSERT},
    {"PageUp", K_PGUP},
    {"PageDown", K_PGDN},
    {"BackTab", K_BACKTAB},
};

gboolean key_is_text(Key key)
{
  return key >= ' ' && key < 0x110000 && g_unichar_validate(key) && g_unichar_isprint(key);
}

Key key_ctrl(char letter)
{
  switch (g_ascii_toupper(letter)) {
  case 'H':
  case '?':
    return K_BACKSPACE;
  case 'I':
    return K_TAB;
  case 'J':
  case 'M':
    return K_ENTER;
  case '[':
    return K_ESC;
  case ' ':
  case '@':
    return K_CTRL | '@';
  case '\\':
  case ']':
  case '^':
  case '_':
    return K_CTRL | (guchar)letter;
  default:
    return g_ascii_isalpha(letter) ? K_CTRL | (guchar)g_ascii_tolower(letter) : 0;
  }
}

/* The character behind a control prefix, or NULL. */
static const char *control_letter(const char *name)
{
  static const char *const prefixes[] = {"C-", "Ctrl-", "Ctrl+", "^"};
  for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++) {
    gsize len = strlen(prefixes[i]);
    if (g_ascii_strncasecmp(name, prefixes[i], len) == 0 && name[len])
      return name + len;
  }
  return NULL;
}

Key key_parse(const char *name)
{
  if (!name || !*name || !g_utf8_validate(name, -1, NULL))
    return 0;
  if (g_utf8_strlen(name, -1) == 1) {
    gunichar ch = g_utf8_get_char(name);
    return key_is_text(ch) ? ch : 0;
  }
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (g_ascii_strcasecmp(name, names[i].name) == 0)
      return names[i].key;
  const char *letter = control_letter(name);
  if (!letter)
    return 0;
  if (g_ascii_strcasecmp(letter, "Space") == 0)
    return key_ctrl('@');
  return letter[1] == '\0' ? key_ctrl(*letter) : 0;
}

char *key_label(Key key)
{
  if (key & K_CTRL)
    return g_strdup_printf("C-%c", (char)(key & 0x7f));
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (names[i].key == key)
      return g_strdup(names[i].name);
  char utf8[8] = "";
  if (key_is_text(key))
    utf8[g_unichar_to_utf8(key, utf8)] = '\0';
  return g_strdup(utf8);
}
