/* Scrolling: which part of a list is in sight. */
#ifndef TUI_MODEL_SCROLL_H
#define TUI_MODEL_SCROLL_H

#include <glib.h>

/* Moves the first entry in sight as little as needed, so that the one under the cursor is among the
 * `height` that follow and no line stays empty at the end. */
void scroll_to(guint cursor, guint n, int height, guint *top);

#endif
