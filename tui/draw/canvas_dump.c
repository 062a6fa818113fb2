/* Canvas, read back: as text, as letters of roles, as a picture. */
#include "tui/draw/canvas.h"

#include <string.h>

/* --- text planes -------------------------------------------------------------------------- */

static void line_text(const Canvas *c, int y, GString *out)
{
  gsize start = out->len, end = out->len;
  for (int x = 0; x < c->width; x++) {
    const CanvasCell *cell = canvas_cell(c, x, y);
    if (cell->ch == 0)
      continue;
    g_string_append_unichar(out, cell->ch);
    if (cell->mark)
      g_string_append_unichar(out, cell->mark);
    if (cell->ch != ' ')
      end = out->len;
  }
  g_string_truncate(out, MAX(start, end));
}

static void line_roles(const Canvas *c, int y, GString *out)
{
  gsize end = out->len;
  for (int x = 0; x < c->width; x++) {
    const CanvasCell *cell = canvas_cell(c, x, y);
    guint8 shown = cell->ground ? cell->ground : cell->role;
    g_string_append_c(out, role_letter((Role)shown));
    if (shown != ROLE_NORMAL)
      end = out->len;
  }
  g_string_truncate(out, end);
}

char *canvas_to_text(const Canvas *c)
{
  GString *out = g_string_new(NULL);
  for (int y = 0; y < c->height; y++) {
    line_text(c, y, out);
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}

char *canvas_to_roles(const Canvas *c)
{
  GString *out = g_string_new(NULL);
  for (int y = 0; y < c->height; y++) {
    line_roles(c, y, out);
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}

char *canvas_to_screen(const Canvas *c)
{
  char *text = canvas_to_text(c), *roles = canvas_to_roles(c);
  char *screen = g_strdup_printf("%s-- roles\n%s-- cursor %d %d%s\n", text, roles, c->cursor_x,
                                 c->cursor_y, c->cursor_visible ? "" : " hidden");
  g_free(text);
  g_free(roles);
  return screen;
}

/* --- picture ------------------------------------------------------------------------------ */

/* For 15 pixels of a usual monospaced font: lines and blocks of neighbouring cells touch. */
enum { CELL_W = 9, CELL_H = 17, BASELINE = 14, MARGIN = 12 };

/* Style with all colours known and reversal carried out. */
static Style picture_style(ThemeId theme, const CanvasCell *cell)
{
  Style s = theme_style(theme, DEPTH_DIRECT, (Role)cell->role, (Role)cell->ground);
  if (s.fg < 0)
    s.fg = theme_default_fg(theme);
  if (s.bg < 0)
    s.bg = theme_default_bg(theme);
  if (s.attr & ATTR_REVERSE) {
    int fg = s.fg;
    s.fg = s.bg, s.bg = fg;
  }
  s.attr = (RoleAttr)(s.attr & ~(guint)ATTR_REVERSE);
  return s;
}

static gboolean style_equal(Style a, Style b)
{
  return a.fg == b.fg && a.bg == b.bg && a.attr == b.attr;
}

static void append_escaped(GString *out, gunichar ch)
{
  switch (ch) {
  case '<':
    g_string_append(out, "&lt;");
    break;
  case '>':
    g_string_append(out, "&gt;");
    break;
  case '&':
    g_string_append(out, "&amp;");
    break;
  default:
    g_string_append_unichar(out, ch);
  }
}

static void run_background(GString *out, Style s, ThemeId theme, int x, int y, int n)
{
  if (s.bg != theme_default_bg(theme))
    g_string_append_printf(
        out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
        MARGIN + x * CELL_W, MARGIN + y * CELL_H, n * CELL_W, CELL_H, (guint)s.bg);
}

/* The characters of a run. textLength holds them to the grid whatever the font is; a run ends
 * behind a wide character, so that its neighbours are not moved. */
static void run_text(GString *out, const Canvas *c, Style s, int x, int y, int n)
{
  gboolean any = FALSE;
  for (int i = x; i < x + n; i++)
    any = any || (canvas_cell(c, i, y)->ch != ' ' && canvas_cell(c, i, y)->ch != 0);
  if (!any && !(s.attr & ATTR_UNDERLINE))
    return;
  g_string_append_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s%s>",
                         MARGIN + x * CELL_W, MARGIN + y * CELL_H + BASELINE, n * CELL_W,
                         (guint)s.fg, s.attr & ATTR_BOLD ? " font-weight=\"bold\"" : "",
                         s.attr & ATTR_DIM ? " opacity=\"0.65\"" : "",
                         s.attr & ATTR_UNDERLINE ? " text-decoration=\"underline\"" : "");
  for (int i = x; i < x + n; i++) {
    const CanvasCell *cell = canvas_cell(c, i, y);
    if (cell->ch == 0)
      continue;
    append_escaped(out, cell->ch);
    if (cell->mark)
      append_escaped(out, cell->mark);
  }
  g_string_append(out, "</text>\n");
}

static gboolean is_wide(const Canvas *c, int x, int y)
{
  const CanvasCell *next = canvas_cell(c, x + 1, y);
  return next && next->ch == 0;
}

/* Cells from x that share a style; a wide character is a run of its own. */
static int run_length(const Canvas *c, ThemeId theme, int x, int y)
{
  if (is_wide(c, x, y))
    return 2;
  Style s = picture_style(theme, canvas_cell(c, x, y));
  int n = 1;
  while (x + n < c->width && !is_wide(c, x + n, y) &&
         style_equal(s, picture_style(theme, canvas_cell(c, x + n, y))))
    n++;
  return n;
}

char *canvas_to_svg(const Canvas *c, ThemeId theme, const char *title)
{
  GString *out = g_string_new(NULL);
  int width = c->width * CELL_W + 2 * MARGIN, height = c->height * CELL_H + 2 * MARGIN;
  g_string_append_printf(out,
                         "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                         "viewBox=\"0 0 %d %d\" role=\"img\">\n",
                         width, height, width, height);
  if (title) {
    char *safe = g_markup_escape_text(title, -1);
    g_string_append_printf(out, "<title>%s</title>\n", safe);
    g_free(safe);
  }
  g_string_append_printf(out,
                         "<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#%06x\"/>\n"
                         "<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" "
                         "font-size=\"15\" xml:space=\"preserve\">\n",
                         width, height, (guint)theme_default_bg(theme));
  for (int pass = 0; pass < 2; pass++)
    for (int y = 0; y < c->height; y++)
      for (int x = 0, n; x < c->width; x += n) {
        n = run_length(c, theme, x, y);
        Style s = picture_style(theme, canvas_cell(c, x, y));
        if (pass == 0)
          run_background(out, s, theme, x, y, n);
        else
          run_text(out, c, s, x, y, n);
      }
  g_string_append(out, "</g>\n</svg>\n");
  return g_string_free(out, FALSE);
}
