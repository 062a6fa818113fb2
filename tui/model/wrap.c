/* Wrapping: a text as lines of a width. */
#include "tui/model/wrap.h"

#include "tui/draw/canvas.h"

/* The end of the first line of `text`. */
static const char *line_end(const char *text, int room)
{
  const char *end = text, *space = NULL;
  for (int used = 0; *end; end = g_utf8_next_char(end)) {
    used += canvas_char_width(g_utf8_get_char(end));
    if (used > room)
      break;
    if (*end == ' ')
      space = end;
  }
  return *end && *end != ' ' && space && space > text ? space : end;
}

GPtrArray *text_wrap(const char *text, int width)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (const char *at = text; *at || lines->len == 0;) {
    const char *end = line_end(at, MAX(width, 10));
    g_ptr_array_add(lines, g_strndup(at, (gsize)(end - at)));
    for (at = end; *at == ' ';)
      at++;
  }
  return lines;
}
