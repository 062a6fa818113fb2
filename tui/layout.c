/* Layout: where everything goes, as a function of the size alone. */
#include "tui/layout.h"

#include <string.h>

#define RAIL_WIDTH   26
#define DETAIL_WIDTH 40

FrameLayout layout_frame(int width, int height)
{
  FrameLayout f = {0};
  if (width < LAYOUT_MIN_WIDTH || height < LAYOUT_MIN_HEIGHT) {
    f.too_small = TRUE;
    f.body = rect_make(0, 0, width, height);
    return f;
  }
  int bottom = height;
  if (height >= 16)
    f.hints = rect_make(0, --bottom, width, 1);
  f.status = rect_make(0, --bottom, width, 1);
  f.path = rect_make(0, 0, width, 1);
  f.chips = rect_make(0, 1, width, 1);
  f.body = rect_make(0, 2, width, bottom - 2);
  return f;
}

/* Three columns: what leads here | the lessons | who, and the details. */
static PaneLayout layout_wide(Rect body, gboolean detail)
{
  PaneLayout l;
  memset(&l, 0, sizeof l);
  int top = body.y, h = body.h;
  if (h >= 40) {
    l.strip = rect_make(body.x, top, body.w, 5);
    top += 5;
    h -= 5;
  }
  int left_w = 38, right_w = body.w >= 190 ? 72 : 62;
  int mid_w = body.w - left_w - right_w - 2;
  int programs_h = 8, ips_h = h / 4;
  if (h < 30)
    programs_h = 7;
  l.pane[PANE_PROGRAMS] = rect_make(body.x, top, left_w, programs_h);
  l.pane[PANE_COHORTS] = rect_make(body.x, top + programs_h, left_w, h - programs_h - ips_h);
  l.pane[PANE_IPS] = rect_make(body.x, top + h - ips_h, left_w, ips_h);
  l.pane[PANE_LESSONS] = rect_make(body.x + left_w + 1, top, mid_w, h);
  int right_x = body.x + left_w + 1 + mid_w + 1;
  int users_h = detail ? h * 3 / 5 : h;
  l.pane[PANE_USERS] = rect_make(right_x, top, right_w, users_h);
  l.detail = rect_make(right_x, top + users_h, right_w, h - users_h);
  return l;
}

PaneLayout layout_panes(Rect body, PaneId focus, int parent, int next, gboolean maximised,
                        gboolean detail)
{
  PaneLayout l;
  memset(&l, 0, sizeof l);
  if (maximised) {
    l.pane[focus] = body;
    return l;
  }
  if (body.w >= 160 && body.h >= 24)
    return layout_wide(body, detail);
  Rect main = body;
  if (detail && body.w >= 110) {
    l.detail = rect_make(body.x + body.w - DETAIL_WIDTH, body.y, DETAIL_WIDTH, body.h);
    main.w -= DETAIL_WIDTH + 1;
  } else if (detail && body.h >= 18) {
    int h = body.h >= 24 ? 7 : 6;
    l.detail = rect_make(body.x, body.y + body.h - h, body.w, h);
    main.h -= h;
  }
  int beside = parent;
  if (parent < 0 && next >= 0) { /* the first screen: the rail has the cursor, the list follows */
    beside = (int)focus;
    focus = (PaneId)next;
  }
  if (main.w >= 74 && beside >= 0) {
    l.pane[beside] = rect_make(main.x, main.y, RAIL_WIDTH, main.h);
    l.pane[focus] = rect_make(main.x + RAIL_WIDTH + 1, main.y, main.w - RAIL_WIDTH - 1, main.h);
  } else if (parent < 0 && next >= 0 && main.h >= 14) {
    l.pane[beside] = rect_make(main.x, main.y, main.w, 7);
    l.pane[focus] = rect_make(main.x, main.y + 7, main.w, main.h - 7);
  } else {
    l.pane[parent < 0 && next >= 0 ? (PaneId)beside : focus] = main;
  }
  return l;
}

TimelineLayout layout_timeline(Rect body)
{
  TimelineLayout t = {0};
  int y = body.y, bottom = body.y + body.h;
  t.head = rect_make(body.x, y, body.w, MIN(2, body.h));
  y += 2;
  if (body.h >= 17) {
    int h = 8; /* a head line and seven weekdays */
    int punch_w = body.w >= 110 ? 5 + 24 * 3 : 5 + 12 * 3;
    t.punch = rect_make(body.x, y, MIN(punch_w, body.w), h);
    int weeks_x = body.x + punch_w + 2;
    if (body.x + body.w - weeks_x >= 24)
      t.weeks = rect_make(weeks_x, y, body.x + body.w - weeks_x, h);
    y += h;
  }
  t.list = rect_make(body.x, y, body.w, bottom - y);
  return t;
}
