/* How wide a text will be, without a font at hand: an estimate that is rather too wide than too
 * narrow, as the presentation that takes the slide in may use a wider font than ours. Sizes and
 * widths are in points. */
#ifndef CORE_REPORT_SLIDE_MEASURE_H
#define CORE_REPORT_SLIDE_MEASURE_H

#include <glib.h>

#define SLIDE_LINE 1.2 /* height of a line, in sizes of its font */

/* Of valid UTF-8, on one line. */
double slide_width(const char *text, double size, gboolean bold);
/* Lines that it takes within `width`, broken at spaces, and within words that are too long. */
guint slide_lines(const char *text, double size, gboolean bold, double width);
/* The text, or as many of its words as fit on so many lines, and an ellipsis. Free with g_free. */
char *slide_cut(const char *text, double size, gboolean bold, double width, guint lines);
/* The text, or its beginning and end with an ellipsis in between, on one line: the ends of the name
 * of a lesson say most. Free with g_free. */
char *slide_cut_middle(const char *text, double size, gboolean bold, double width);

#endif
