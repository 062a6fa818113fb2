/* Drawing of charts as SVG: pieces of HTML that carry no style of their own.
 *
 * Colours come from the style sheet of the document (report.css), so that a picture follows light,
 * dark and print. Each has a title and a description in words for who cannot see it. */
#ifndef CORE_REPORT_SVG_H
#define CORE_REPORT_SVG_H

#include "core/report/chart.h"

/* Appends an svg element. `id` makes the names in it unique within the document. */
void svg_append_chart(GString *out, const Chart *c, guint id);
/* What the picture shows, in a sentence or two: its largest value, its range. Free with g_free. */
char *svg_describe(const Chart *c);

#endif
