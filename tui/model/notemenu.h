/* Menu of one note: its words, and what can be done with it. */
#ifndef TUI_MODEL_NOTEMENU_H
#define TUI_MODEL_NOTEMENU_H

#include "core/casebook/records.h"
#include "tui/model/menu.h"

/* `on` says what it is about (visit_title). Free with menu_free. */
Menu *note_menu_new(const Note *note, const char *on);

#endif
