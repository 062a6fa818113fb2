/* Raw input: the bytes of one input as they are stored, before any decoding.
 *
 * A regular file, a block of memory, or a stream (pipe, terminal, socket). Regular files are read
 * with pread and never mapped: a log that is cut off by its rotation while it is read gives a
 * short read, where a mapping would give a fatal signal. */
#ifndef CORE_INGEST_RAW_H
#define CORE_INGEST_RAW_H

#include <glib.h>

typedef struct Raw Raw;

/* Asked now and then while a stream is silent; FALSE gives up with CORE_ERROR_CANCELLED. */
typedef gboolean (*WaitFunc)(void *data);

/* `name` is for messages. Errors say what is wrong with the file and what to do. */
Raw *raw_open_file(const char *name, GError **error);
/* A descriptor that stays the caller's. */
Raw *raw_open_fd(int fd, const char *name);
Raw *raw_open_memory(GBytes *bytes, const char *name);
void raw_free(Raw *raw);

/* TRUE for a regular file or memory: it can be read at any place, and opened again. */
gboolean raw_is_seekable(const Raw *raw);
/* Bytes stored; 0 for a stream. A file that grows is read up to the size it had when opened. */
guint64 raw_size(const Raw *raw);
/* Bytes handed out by raw_read so far. Any thread may ask. */
guint64 raw_position(const Raw *raw);
/* Next bytes: their number, 0 at the end, -1 with an error. */
gssize raw_read(Raw *raw, void *buf, gsize len, WaitFunc wait, void *wait_data, GError **error);
/* Bytes from `offset` of a seekable input; any number of threads at a time. */
gssize raw_pread(const Raw *raw, void *buf, gsize len, guint64 offset, GError **error);
/* The first bytes, up to 8, without consuming them. Only before the first raw_read. */
gssize raw_peek(Raw *raw, guint8 *buf, gsize len, WaitFunc wait, void *wait_data, GError **error);
/* Continues at `offset`; seekable inputs only. */
void raw_seek(Raw *raw, guint64 offset);
/* The rest of the input as one block of memory; CORE_ERROR_LIMIT when it is over `max` bytes. */
GBytes *raw_slurp(Raw *raw, gsize max, WaitFunc wait, void *wait_data, GError **error);

#endif
