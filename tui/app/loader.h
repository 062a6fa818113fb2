/* Loader: reads the log in a thread of its own and hands finished datasets to the one that draws.
 *
 * Nothing is shared but what loader_take gives away; a byte on the wake descriptor says that there
 * is something to take. */
#ifndef TUI_APP_LOADER_H
#define TUI_APP_LOADER_H

#include "tui/app/open.h"

typedef struct Loader Loader;

typedef struct {
  AccessLog *log;     /* the caller's reference, or NULL: nothing new */
  Dataset *dataset;   /* of that log; the caller owns it */
  LoadReport *report; /* once, at the end; the caller owns it */
  GError *error;      /* the end, and there is no log */
  Follow *follow;     /* once, at the end: to read on; the caller owns it */
  gboolean done;
  guint64 rows, bytes, total_bytes; /* progress */
  double rows_per_second;
} LoaderNews;

/* `plan` must live as long as the loader. `at_once`: nothing arrives before everything is read. */
Loader *loader_start(OpenPlan *plan, gboolean at_once);
/* Descriptor to wait on for reading. */
int loader_fd(const Loader *l);
/* What is new since the last call. */
void loader_take(Loader *l, LoaderNews *ret);
/* Asks it to stop; the rows read so far still arrive. */
void loader_cancel(Loader *l);
/* Stops, waits for the thread, frees what nobody took. */
void loader_free(Loader *l);

#endif
