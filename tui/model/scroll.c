/* Scrolling: which part of a list is in sight. */
#include "tui/model/scroll.h"

void scroll_to(guint cursor, guint n, int height, guint *top)
{
  guint h = height > 0 ? (guint)height : 1;
  if (cursor < *top)
    *top = cursor;
  if (cursor >= *top + h)
    *top = cursor - h + 1;
  if (n <= h)
    *top = 0;
  else if (*top > n - h)
    *top = n - h;
}
