/* Terminal, line by line: what of a canvas has to be sent again, and how it is printed where there
 * is no cursor addressing. Needs no curses. */
#include "tui/draw/terminal_state.h"
#include "tui/draw/tty.h"

#include <string.h>
#include <wchar.h>

gboolean terminal_can_draw(const CanvasCell *cell, int width)
{
  return cell->ch < 0x80 || wcwidth((wchar_t)cell->ch) == width;
}

/* One line of the canvas in the width of the terminal. */
static void fetch_line(const Terminal *t, const Canvas *c, int y, CanvasCell *line)
{
  for (int x = 0; x < t->width; x++) {
    const CanvasCell *cell = canvas_cell(c, x, y);
    line[x] = cell ? *cell : (CanvasCell){.ch = ' '};
  }
  const CanvasCell *beyond = canvas_cell(c, t->width, y);
  if (beyond && beyond->ch == 0)
    line[t->width - 1].ch = ' ';
}

int terminal_update_lines(Terminal *t, const Canvas *c, TerminalDrawLine draw)
{
  static CanvasCell line[CANVAS_MAX];
  gsize size = (gsize)t->width * sizeof *line;
  int changed = 0;
  for (int y = 0; y < t->height; y++) {
    CanvasCell *shown = t->shown + (gsize)y * (gsize)t->width;
    fetch_line(t, c, y, line);
    if (t->shown_valid && !t->repaint && memcmp(shown, line, size) == 0)
      continue;
    memcpy(shown, line, size);
    changed++;
    if (draw)
      draw(t, y, shown);
  }
  t->shown_valid = TRUE;
  return changed;
}

/* The last column stays free: what happens behind it differs between such terminals. */
void terminal_present_paper(Terminal *t, const Canvas *c)
{
  int changed = terminal_update_lines(t, c, NULL);
  if (changed == 0)
    return;
  GString *out = g_string_new(NULL);
  for (int y = 0; y < t->height; y++) {
    const CanvasCell *line = t->shown + (gsize)y * (gsize)t->width;
    int end = t->width - 1;
    while (end > 0 && line[end - 1].ch == ' ')
      end--;
    g_string_append(out, "\r\n");
    for (int x = 0; x < end; x++) {
      int width = line[x + 1].ch == 0 ? 2 : 1;
      if (line[x].ch)
        g_string_append_unichar(out, terminal_can_draw(&line[x], width) ? line[x].ch : '?');
    }
  }
  tty_send(t->out_fd, out->str, out->len);
  g_string_free(out, TRUE);
}
