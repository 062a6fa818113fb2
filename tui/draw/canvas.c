/* Canvas: see canvas.h. Every cell is written through cell_set, the only place that clips and that
 * keeps the halves of wide characters together. */
#include "tui/draw/canvas.h"

#include <math.h>
#include <string.h>

static const CanvasCell blank = {.ch = ' '};

static int size_clamped(int n)
{
  return CLAMP(n, 0, CANVAS_MAX);
}

Canvas *canvas_new(int width, int height, const Glyphs *glyphs)
{
  Canvas *c = g_new0(Canvas, 1);
  c->glyphs = glyphs ? glyphs : &glyphs_ascii;
  canvas_resize(c, width, height);
  return c;
}

void canvas_free(Canvas *c)
{
  if (!c)
    return;
  g_free(c->cells);
  g_free(c);
}

void canvas_resize(Canvas *c, int width, int height)
{
  c->width = size_clamped(width);
  c->height = size_clamped(height);
  g_free(c->cells);
  c->cells = g_new(CanvasCell, (gsize)c->width * (gsize)c->height + 1);
  c->clip_depth = 0;
  c->clip[0] = canvas_bounds(c);
  canvas_clear(c);
}

void canvas_clear(Canvas *c)
{
  gsize n = (gsize)c->width * (gsize)c->height;
  for (gsize i = 0; i < n; i++)
    c->cells[i] = blank;
  c->cursor_x = c->cursor_y = 0;
  c->cursor_visible = FALSE;
}

Rect canvas_bounds(const Canvas *c)
{
  return (Rect){0, 0, c->width, c->height};
}

/* TRUE when nothing that starts here can reach the canvas; also keeps the sums of coordinates
 * below from overflowing. */
static gboolean is_far(int x, int y)
{
  const int far = 4 * CANVAS_MAX;
  return x < -far || x > far || y < -far || y > far;
}

static CanvasCell *cell_at(const Canvas *c, int x, int y)
{
  return &c->cells[(gsize)y * (gsize)c->width + (gsize)x];
}

const CanvasCell *canvas_cell(const Canvas *c, int x, int y)
{
  return rect_contains(canvas_bounds(c), x, y) ? cell_at(c, x, y) : NULL;
}

/* --- clipping ----------------------------------------------------------------------------- */

static Rect clip_now(const Canvas *c)
{
  return c->clip_depth < CANVAS_CLIP_DEPTH ? c->clip[c->clip_depth] : (Rect){0, 0, 0, 0};
}

void canvas_clip_push(Canvas *c, Rect r)
{
  Rect inner = rect_intersect(clip_now(c), r);
  if (++c->clip_depth < CANVAS_CLIP_DEPTH)
    c->clip[c->clip_depth] = inner;
}

void canvas_clip_pop(Canvas *c)
{
  if (c->clip_depth > 0)
    c->clip_depth--;
}

/* --- cells -------------------------------------------------------------------------------- */

/* A cell about to be overwritten may be half of a wide character: the other half becomes blank. */
static void other_half_clear(Canvas *c, int x, int y)
{
  CanvasCell *cell = cell_at(c, x, y);
  if (cell->ch == 0 && x > 0)
    cell[-1].ch = ' ', cell[-1].mark = 0;
  else if (x + 1 < c->width && cell[1].ch == 0)
    cell[1].ch = ' ';
}

/* `ch` must be printable and of `width` 1 or 2. A wide character of which a half falls outside the
 * clip leaves a blank in the other half. */
static void cell_set(Canvas *c, int x, int y, gunichar ch, int width, Role role)
{
  Rect clip = clip_now(c);
  gboolean left = rect_contains(clip, x, y);
  gboolean right = width == 2 && x < G_MAXINT && rect_contains(clip, x + 1, y);
  if (left) {
    other_half_clear(c, x, y);
    *cell_at(c, x, y) = (CanvasCell){.ch = width == 2 && !right ? ' ' : ch, .role = (guint8)role};
  }
  if (right) {
    other_half_clear(c, x + 1, y);
    *cell_at(c, x + 1, y) = (CanvasCell){.ch = left ? 0 : ' ', .role = (guint8)role};
  }
}

/* Puts a combining mark on the character that ends before column x. */
static void mark_set(Canvas *c, int x, int y, gunichar mark)
{
  if (x <= 0 || !rect_contains(clip_now(c), x - 1, y))
    return;
  CanvasCell *cell = cell_at(c, x - 1, y);
  if (cell->ch == 0 && x > 1)
    cell--;
  if (cell->mark == 0 && cell->ch != 0)
    cell->mark = mark;
}

void canvas_put(Canvas *c, int x, int y, gunichar ch, Role role)
{
  int width = canvas_char_width(ch);
  if (width == 0 || ch == 0)
    ch = ' ', width = 1;
  else if (!g_unichar_isprint(ch))
    ch = '?';
  cell_set(c, x, y, ch, width, role);
}

/* --- lines and areas ---------------------------------------------------------------------- */

void canvas_hline(Canvas *c, int x, int y, int w, gunichar ch, Role role)
{
  canvas_fill(c, (Rect){x, y, w, 1}, ch, role);
}

void canvas_vline(Canvas *c, int x, int y, int h, gunichar ch, Role role)
{
  canvas_fill(c, (Rect){x, y, 1, h}, ch, role);
}

void canvas_fill(Canvas *c, Rect r, gunichar ch, Role role)
{
  Rect area = rect_intersect(clip_now(c), r);
  for (int y = area.y; y < area.y + area.h; y++)
    for (int x = area.x; x < area.x + area.w; x++)
      canvas_put(c, x, y, ch, role);
}

void canvas_box(Canvas *c, Rect r, Role role)
{
  const Glyphs *g = c->glyphs;
  if (rect_is_empty(r) || is_far(r.x, r.y))
    return;
  r = rect_make(r.x, r.y, MIN(r.w, 6 * CANVAS_MAX), MIN(r.h, 6 * CANVAS_MAX));
  int right = r.x + r.w - 1, bottom = r.y + r.h - 1;
  canvas_hline(c, r.x, r.y, r.w, g->hline, role);
  canvas_hline(c, r.x, bottom, r.w, g->hline, role);
  canvas_vline(c, r.x, r.y, r.h, g->vline, role);
  canvas_vline(c, right, r.y, r.h, g->vline, role);
  canvas_put(c, r.x, r.y, g->corner_tl, role);
  canvas_put(c, right, r.y, g->corner_tr, role);
  canvas_put(c, r.x, bottom, g->corner_bl, role);
  canvas_put(c, right, bottom, g->corner_br, role);
}

void canvas_ground(Canvas *c, Rect r, Role ground)
{
  Rect area = rect_intersect(clip_now(c), r);
  for (int y = area.y; y < area.y + area.h; y++)
    for (int x = area.x; x < area.x + area.w; x++)
      cell_at(c, x, y)->ground = (guint8)ground;
}

void canvas_cursor(Canvas *c, int x, int y, gboolean visible)
{
  c->cursor_x = CLAMP(x, 0, MAX(c->width - 1, 0));
  c->cursor_y = CLAMP(y, 0, MAX(c->height - 1, 0));
  c->cursor_visible = visible;
}

void canvas_cursor_row(Canvas *c, int x, int y, int w)
{
  canvas_put(c, x, y, c->glyphs->cursor, ROLE_KEY);
  canvas_ground(c, rect_make(x, y, w, 1), ROLE_CURSOR);
  canvas_cursor(c, x, y, TRUE);
}

/* --- text --------------------------------------------------------------------------------- */

/* Invisible joiners and variation selectors: dropped, because they would change the width of their
 * neighbours in some terminals and not in others. */
static gboolean is_dropped(gunichar ch)
{
  return ch == 0x200b || ch == 0x200c || ch == 0x200d || ch == 0x2060 || ch == 0xfeff ||
         (ch >= 0xfe00 && ch <= 0xfe0f) || (ch >= 0xe0100 && ch <= 0xe01ef);
}

int canvas_char_width(gunichar ch)
{
  if (is_dropped(ch))
    return 0;
  if (!g_unichar_isprint(ch))
    return 1; /* shown as ? */
  if (g_unichar_iszerowidth(ch))
    return 0;
  return g_unichar_iswide(ch) ? 2 : 1;
}

/* The next character of a text as it is drawn, with its width; moves `text` behind it. */
static gunichar text_next(const char **text, int *width)
{
  gunichar ch = g_utf8_get_char_validated(*text, -1);
  if (ch == (gunichar)-1 || ch == (gunichar)-2) {
    *text += 1;
    *width = 1;
    return '?';
  }
  *text = g_utf8_next_char(*text);
  *width = canvas_char_width(ch);
  return *width > 0 && !g_unichar_isprint(ch) ? '?' : ch;
}

int canvas_text_width(const char *text)
{
  gint64 total = 0;
  for (int width; *text; total += width)
    (void)text_next(&text, &width);
  return (int)MIN(total, G_MAXINT / 4);
}

/* Draws the columns from..to of a text with column `from` at x; a wide character cut in two becomes
 * a blank. */
static void text_part(Canvas *c, int x, int y, const char *text, gint64 from, gint64 to, Role role)
{
  gint64 column = 0;
  gboolean shown = FALSE;
  for (int width; *text && column <= to; column += width) {
    gunichar ch = text_next(&text, &width);
    gint64 at = x + column - from;
    if (at < -2 || at > CANVAS_MAX + 1)
      continue;
    if (width == 0) {
      if (shown && !is_dropped(ch))
        mark_set(c, (int)at, y, ch);
      continue;
    }
    shown = column >= from && column + width <= to;
    if (shown)
      cell_set(c, (int)at, y, ch, width, role);
    else if (column < from && column + width > from)
      cell_set(c, (int)at + 1, y, ' ', 1, role);
    else if (column < to && column + width > to)
      cell_set(c, (int)at, y, ' ', 1, role);
  }
}

int canvas_text(Canvas *c, int x, int y, const char *text, Role role)
{
  int width = canvas_text_width(text);
  text_part(c, x, y, text, 0, width, role);
  return width;
}

int canvas_printf(Canvas *c, int x, int y, Role role, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *text = g_strdup_vprintf(format, args);
  va_end(args);
  int width = canvas_text(c, x, y, text, role);
  g_free(text);
  return width;
}

void canvas_text_fit(Canvas *c, int x, int y, int w, const char *text, Role role, FitFlags flags)
{
  if (w <= 0 || is_far(x, y))
    return;
  w = MIN(w, 6 * CANVAS_MAX);
  int width = canvas_text_width(text);
  canvas_hline(c, x, y, w, ' ', role);
  if (width <= w) {
    int gap = w - width;
    int at = flags & FIT_RIGHT ? gap : flags & FIT_CENTER ? gap / 2 : 0;
    text_part(c, x + at, y, text, 0, width, role);
    return;
  }
  const char *cut = c->glyphs->cut;
  int cut_width = MIN(c->glyphs->cut_width, w);
  int tail = flags & FIT_CUT_MIDDLE ? (w - cut_width + 1) / 2 : 0;
  int head = w - cut_width - tail;
  text_part(c, x, y, text, 0, head, role);
  text_part(c, x + head, y, cut, 0, cut_width, role);
  text_part(c, x + head + cut_width, y, text, (gint64)width - tail, width, role);
}

/* --- charts ------------------------------------------------------------------------------- */

void canvas_spark(Canvas *c, int x, int y, int w, const double *values, guint n, double max,
                  Role role)
{
  gunichar line[CANVAS_MAX];
  if (is_far(x, y))
    return;
  w = size_clamped(w);
  glyph_spark_line(c->glyphs, values, n, max, line, (guint)w);
  for (int i = 0; i < w; i++)
    canvas_put(c, x + i, y, line[i], role);
}

void canvas_bar(Canvas *c, int x, int y, int w, double value, double max, Role role)
{
  gunichar line[CANVAS_MAX];
  if (is_far(x, y))
    return;
  w = size_clamped(w);
  glyph_bar(c->glyphs, value, max, line, (guint)w);
  for (int i = 0; i < w; i++)
    canvas_put(c, x + i, y, line[i], role);
}

void canvas_column(Canvas *c, int x, int y, int w, int h, double value, double max, Role role)
{
  double step = max / MAX(h, 1);
  for (int line = 0; line < h && !isnan(value); line++) {
    double part = value - max * (h - 1 - line) / h;
    if (part <= 0 && line < h - 1)
      continue;
    gunichar glyph = glyph_spark(c->glyphs, CLAMP(part, 0, step), step);
    for (int i = 0; i < w; i++)
      canvas_put(c, x + i, y + line, glyph, role);
  }
}

void canvas_heat(Canvas *c, int x, int y, int w, int level)
{
  canvas_hline(c, x, y, w, glyph_heat(c->glyphs, level), role_heat(level));
}
