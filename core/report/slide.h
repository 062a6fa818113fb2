/* Slides: the answers on one page of a presentation (Office Open XML, .pptx).
 *
 * One slide of 16:9 with text, shapes and a table of the office program's own, no pictures: it can
 * be dropped into a presentation and changed there. Definitions, scopes and caveats stand in the
 * notes for the speaker. No user and no address is named anywhere in it. The same answers give the
 * same file to the byte, as it holds no date. */
#ifndef CORE_REPORT_SLIDE_H
#define CORE_REPORT_SLIDE_H

#include "core/report/report.h"

/* Writes the whole file. FALSE with CORE_ERROR_OUTPUT when it cannot be packed; errors of the sink
 * are told by sink_close. */
gboolean slide_write(const Report *r, Sink *sink, GError **error);

#endif
