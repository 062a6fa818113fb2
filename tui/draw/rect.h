/* Rectangles of cells. x and y may lie anywhere; a width or height of 0 or less is empty. */
#ifndef TUI_DRAW_RECT_H
#define TUI_DRAW_RECT_H

#include <glib.h>

typedef struct {
  int x, y, w, h;
} Rect;

static inline Rect rect_make(int x, int y, int w, int h)
{
  return (Rect){x, y, w < 0 ? 0 : w, h < 0 ? 0 : h};
}

static inline gboolean rect_is_empty(Rect r)
{
  return r.w <= 0 || r.h <= 0;
}

static inline gboolean rect_contains(Rect r, int x, int y)
{
  return x >= r.x && y >= r.y && (gint64)x - r.x < r.w && (gint64)y - r.y < r.h;
}

/* The part common to both; sums are taken in 64 bits, so no pair of rectangles overflows. */
static inline Rect rect_intersect(Rect a, Rect b)
{
  gint64 left = MAX(a.x, b.x), top = MAX(a.y, b.y);
  gint64 right = MIN((gint64)a.x + a.w, (gint64)b.x + b.w);
  gint64 bottom = MIN((gint64)a.y + a.h, (gint64)b.y + b.h);
  if (right <= left || bottom <= top)
    return (Rect){(int)left, (int)top, 0, 0};
  return (Rect){(int)left, (int)top, (int)(right - left), (int)(bottom - top)};
}

#endif
