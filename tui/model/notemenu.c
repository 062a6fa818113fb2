/* Menu of one note: its words, and what can be done with it. */
#include "tui/model/notemenu.h"

#include "core/base/text.h"
#include "tui/model/wrap.h"

#define WIDTH 70

Menu *note_menu_new(const Note *note, const char *on)
{
  char day[CIVIL_BUF];
  g_autofree char *author = text_safe(note->by.author, -1);
  g_autofree char *words = text_safe(note->text, -1);
  g_autofree char *title = g_strdup_printf("Note %u, %.16s %s", note->number,
                                           civil_format(note->by.time, ' ', day), author);
  g_autofree char *go = g_strdup_printf("note-go %u", note->number);
  g_autofree char *edit = g_strdup_printf("ask note-edit %u", note->number);
  g_autofree char *drop = g_strdup_printf("note-edit %u", note->number);
  g_autofree char *add = g_strdup_printf("case add note %u", note->number);
  g_autofree char *where = g_strdup_printf("go there: %s", on);
  Menu *m = menu_new(MENU_CHOICE, title);
  g_autoptr(GPtrArray) lines = text_wrap(words, WIDTH);
  for (guint i = 0; i < lines->len; i++)
    menu_add(m, NULL, g_ptr_array_index(lines, i), NULL, NULL);
  menu_add(m, "g", where, NULL, go);
  menu_add(m, "e", "edit", NULL, edit);
  menu_add(m, "c", "add to the open case", NULL, add);
  menu_add(m, "d", "delete", NULL, drop);
  return m;
}
