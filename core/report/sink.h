/* Sinks: where written results go. Buffered, with one error kept until the end.
 *
 * A writer calls sink_write as often as it likes and asks once, at the end, whether everything
 * arrived. After the first error nothing more is written. A file appears under its name only when
 * it is complete: it is written beside it and renamed, so a full disk leaves an older file as it
 * was. */
#ifndef CORE_REPORT_SINK_H
#define CORE_REPORT_SINK_H

#include <glib.h>

typedef struct Sink Sink;

/* Writes to a file descriptor that stays the caller's. `name` is used in messages ("standard
 * output"). The program must ignore SIGPIPE. */
Sink *sink_fd(int fd, const char *name);
/* Writes to a file. A path that exists and is no ordinary file (a device, a pipe) is written
 * directly. NULL with CORE_ERROR_OUTPUT when it cannot be created. */
Sink *sink_file(const char *path, GError **error);
/* Appends to `out`, which must outlive the sink. */
Sink *sink_string(GString *out);

/* FALSE once anything failed; then the call does nothing. */
gboolean sink_write(Sink *s, const char *bytes, gsize n);
gboolean sink_puts(Sink *s, const char *text);
gboolean sink_ok(const Sink *s);

/* Writes out what is buffered, closes, renames, and frees. FALSE with CORE_ERROR_OUTPUT (what,
 * where, what to do) when any byte did not arrive; with CORE_ERROR_CANCELLED when the reader of a
 * pipe went away, which is no fault and deserves no message. */
gboolean sink_close(Sink *s, GError **error);
/* Drops what is buffered and an unfinished file, and frees. NULL is fine. */
void sink_abandon(Sink *s);

#endif
