/* Where everything on a slide stands, and how large: a pure function of what it says. No text is
 * larger than its box by the estimate of slide_measure.h. Points, from the upper left corner. */
#ifndef CORE_REPORT_SLIDE_LAYOUT_H
#define CORE_REPORT_SLIDE_LAYOUT_H

#include "core/report/slide_model.h"

#define SLIDE_WIDTH    960.0
#define SLIDE_HEIGHT   540.0
#define SLIDE_SMALLEST 14.0 /* size of a finding, at least */
#define SLIDE_CELL_PAD 7.0  /* of a cell, right and left */

typedef struct {
  double x, y, w, h;
} SlideRect;

typedef struct {
  SlideRect rect;
  double size;
  char *text; /* as it fits */
} SlideBox;

typedef struct {
  SlideRect accent; /* a short bar above the title */
  SlideBox title, source;
  guint n_findings;
  SlideRect rules[SLIDE_FINDINGS]; /* thin lines above each finding */
  SlideBox figures[SLIDE_FINDINGS], texts[SLIDE_FINDINGS];
  SlideBox nothing; /* in place of findings; without text: there are some */
  /* the table */
  SlideRect table;
  double widths[SLIDE_COLUMNS], head_height, row_height;
  double head_size, cell_size, number_size;
  SlideCell cells[1 + SLIDE_PROGRAMS][SLIDE_COLUMNS]; /* as they fit, the head first */
} SlideLayout;

void slide_layout(const SlideModel *m, SlideLayout *ret);
void slide_layout_clear(SlideLayout *l);

#endif
