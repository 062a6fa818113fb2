/* Layout: where everything goes, as a function of the size alone. */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include "tui/draw/rect.h"
#include "tui/model/chips.h"

#define LAYOUT_MIN_WIDTH  40
#define LAYOUT_MIN_HEIGHT 10

typedef struct {
  gboolean too_small;
  Rect path, chips, body, status, hints; /* empty when there is no room for it */
} FrameLayout;

FrameLayout layout_frame(int width, int height);

typedef struct {
  Rect pane[N_PANES]; /* empty: not shown */
  Rect detail;
  Rect strip; /* hits over time */
} PaneLayout;

/* `focus`: the pane with the cursor; `parent`: the pane beside it, or -1 (see state_parent_pane);
 * `next`: the pane that follows, for the first screen. */
PaneLayout layout_panes(Rect body, PaneId focus, int parent, int next, gboolean maximised,
                        gboolean detail);

typedef struct {
  Rect head, punch, weeks, list;
} TimelineLayout;

TimelineLayout layout_timeline(Rect body);

#endif
