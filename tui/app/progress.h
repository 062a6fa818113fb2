/* Progress: a line on standard error while a log is read, and Ctrl-C. */
#ifndef TUI_APP_PROGRESS_H
#define TUI_APP_PROGRESS_H

#include "core/ingest/load.h"
#include "tui/app/options.h"

typedef struct Progress Progress;

/* Sets the progress callback of the request, and catches SIGINT until progress_stop: the first one
 * stops reading and keeps what was read, the second ends the program. One at a time. */
Progress *progress_start(const Options *o, LoadRequest *req);
/* Removes the line and gives SIGINT back. With `--progress always` a line that sums up stays. */
void progress_stop(Progress *p, const LoadReport *report);

#endif
