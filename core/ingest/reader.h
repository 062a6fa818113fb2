/* Reader: a stretch of text of a known layout into a batch. */
#ifndef CORE_INGEST_READER_H
#define CORE_INGEST_READER_H

#include "core/ingest/lines.h"
#include "core/ingest/raw.h"
#include "core/ingest/rows.h"

typedef struct Reader Reader;

typedef struct {
  LinesRead read;
  void *data;
  gboolean (*damaged)(void *data); /* at the end of the text: it was cut off; or NULL */
  /* the text may go on later: a last line without its end, and a last row whose quoted field is
   * open, are left */
  gboolean more;
} ReaderInput;

Reader *reader_new(const Layout *layout);
void reader_free(Reader *r);
/* Reads rows from `start`, which must be the beginning of a line, up to the last line that begins
 * before `end`, and adds them to `out`. `tick` (or NULL) is called now and then; FALSE stops.
 * *ret_stopped tells so; *ret_end gets the place behind what was read. FALSE with an error;
 * `out` holds the rows before it. */
gboolean reader_run(Reader *r, const ReaderInput *input, guint64 start, guint64 end, Batch *out,
                    WaitFunc tick, void *tick_data, guint64 *ret_end, gboolean *ret_stopped,
                    GError **error);
/* The same, for a place in the middle of a line: begins with the next one, *ret_start. */
gboolean reader_run_from(Reader *r, const ReaderInput *input, guint64 place, guint64 end,
                         Batch *out, guint64 *ret_start, guint64 *ret_end, GError **error);

#endif
