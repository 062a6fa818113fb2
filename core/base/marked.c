/* Marked text: finding the names, and taking the marks out. */
#include "core/base/marked.h"

#include "core/base/text.h"

#include <string.h>

#define MARK_USER    '\001'
#define MARK_ADDRESS '\002'
#define MARK_END     '\003'

static const char marks[] = {MARK_USER, MARK_ADDRESS, MARK_END, '\0'};

static ColumnRole role_of(char mark)
{
  return mark == MARK_USER ? COLUMN_USER : COLUMN_ADDRESS;
}

/* End of the name that starts behind the mark at `start`, or NULL when that is a lone mark. */
static const char *name_end(const char *start)
{
  const char *end = *start == MARK_END ? NULL : strpbrk(start + 1, marks);
  return end && *end == MARK_END ? end : NULL;
}

char *marked_text(const char *marked, MarkedName name, gpointer data)
{
  GString *out = g_string_sized_new(strlen(marked));
  const char *p = marked;
  while (*p) {
    const char *mark = strpbrk(p, marks);
    text_append_safe(out, p, mark ? mark - p : -1);
    if (!mark)
      break;
    const char *end = name_end(mark);
    if (end) {
      char *raw = g_strndup(mark + 1, (gsize)(end - mark - 1));
      text_append_safe(out, name ? name(data, role_of(*mark), raw) : raw, -1);
      g_free(raw);
    } else {
      g_string_append_c(out, '?');
      end = mark;
    }
    p = end + 1;
  }
  return g_string_free(out, FALSE);
}

gboolean marked_has_names(const char *marked)
{
  for (const char *p = strpbrk(marked, marks); p; p = strpbrk(p + 1, marks))
    if (name_end(p))
      return TRUE;
  return FALSE;
}
