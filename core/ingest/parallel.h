/* Parallel reading: one plain text, several threads, the outcome of one.
 *
 * The text is cut into pieces at line ends. That a piece begins with a new row is a guess: it is
 * wrong when a quoted field goes on across the cut. The reader of the piece before knows, and a
 * piece that was guessed wrong is read again. */
#ifndef CORE_INGEST_PARALLEL_H
#define CORE_INGEST_PARALLEL_H

#include "core/ingest/reader.h"
#include "core/ingest/source.h"

typedef struct {
  const Source *source; /* seekable */
  const Layout *layout;
  guint64 start, size; /* of the rows; size of the whole text */
  gsize chunk;         /* bytes in a piece */
  guint threads;       /* at least 2 */
  gboolean more;       /* the text may go on later, see ReaderInput */
} ParallelJob;

/* Reads all rows into `out`. `tick` is called from this thread, after each piece and at least 20
 * times a second, with the place up to which the text is done in *place; FALSE stops. */
gboolean parallel_read(const ParallelJob *job, Batch *out, WaitFunc tick, void *tick_data,
                       guint64 *place, gboolean *ret_stopped, GError **error);

#endif
