/* Keys: one number per key, and their names.
 *
 * A key is a Unicode character, a named key (from K_FIRST_NAMED), or a letter with
 * K_CTRL. Names are those of key bindings, scripts and help: `a`, `C-f`, `Space`, `Enter`, `S-Tab`,
 * `PgDn`, `F1`. Two keys that terminals cannot tell apart are one key: C-i is Tab, C-m and C-j are
 * Enter, C-h and DEL are Backspace, C-[ is Esc. */
#ifndef TUI_DRAW_KEY_H
#define TUI_DRAW_KEY_H

#include <glib.h>

typedef guint32 Key; /* 0 is no key */

#define K_CTRL ((Key)1 << 24) /* with a letter a-z or one of @ \ ] ^ _ */

/* Identifier, name. */
#define KEY_TABLE(X)                                                                               \
  X(UP, "Up")                                                                                      \
  X(DOWN, "Down")                                                                                  \
  X(LEFT, "Left")                                                                                  \
  X(RIGHT, "Right")                                                                                \
  X(PGUP, "PgUp")                                                                                  \
  X(PGDN, "PgDn")                                                                                  \
  X(HOME, "Home")                                                                                  \
  X(END, "End")                                                                                    \
  X(INSERT, "Insert")                                                                              \
  X(DELETE, "Delete")                                                                              \
  X(ENTER, "Enter")                                                                                \
  X(BACKSPACE, "Backspace")                                                                        \
  X(TAB, "Tab")                                                                                    \
  X(BACKTAB, "S-Tab")                                                                              \
  X(ESC, "Esc")                                                                                    \
  X(F1, "F1")                                                                                      \
  X(F2, "F2")                                                                                      \
  X(F3, "F3")                                                                                      \
  X(F4, "F4")                                                                                      \
  X(F5, "F5")                                                                                      \
  X(F6, "F6")                                                                                      \
  X(F7, "F7")                                                                                      \
  X(F8, "F8")                                                                                      \
  X(F9, "F9")                                                                                      \
  X(F10, "F10")                                                                                    \
  X(F11, "F11")                                                                                    \
  X(F12, "F12")

#define KEY_ENUM(id, name) K_##id,
enum { K_BEFORE_NAMED = 0x110000 - 1, KEY_TABLE(KEY_ENUM) K_AFTER_NAMED };
#undef KEY_ENUM
#define K_FIRST_NAMED K_UP

/* TRUE for a printable character without modifiers: what a prompt takes as text. */
gboolean key_is_text(Key key);
/* C-a .. C-z and the like: key_ctrl('f'). */
Key key_ctrl(char letter);

/* Key of a name, 0 when it is none. Upper and lower case of a single letter differ, those of names
 * do not. Understood besides the names that key_label gives: Return, BS, Del, Ins, PageUp,
 * PageDown, Escape, BackTab, `^F` and `Ctrl-f` for C-f. */
Key key_parse(const char *name);
/* Name of a key, key_parse's inverse. Free with g_free. */
char *key_label(Key key);

#endif
