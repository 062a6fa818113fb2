/* Inputs: the files that were named, each with its digest. */
#ifndef TUI_APP_INPUTS_H
#define TUI_APP_INPUTS_H

#include <glib.h>

/* Of ReportFile*, freed with the array, in the order of reading. `plan` is a const OpenPlan*: this
 * is a function for a thread of its own, as reading large files takes a while. */
gpointer inputs_digest(gpointer plan);

#endif
