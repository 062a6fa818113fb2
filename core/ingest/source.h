/* Source: the text of one input, whatever it is stored in.
 *
 * Plain text bypasses the unpacker: it is recognised by its first bytes, and when it is a file or
 * memory, several threads can read it at different places. */
#ifndef CORE_INGEST_SOURCE_H
#define CORE_INGEST_SOURCE_H

#include "core/ingest/raw.h"

/* Where an input is. One of `path`, `bytes` and `fd` counts, in this order. */
typedef struct {
  char *name;    /* for messages: "logs.zip: june.csv" */
  char *path;    /* a file, or NULL */
  GBytes *bytes; /* memory, or NULL */
  int fd;        /* a descriptor that stays the caller's */
  guint member;  /* which file of an archive */
} Origin;

void origin_free(Origin *o);

typedef struct Source Source;

Source *source_open(const Origin *origin, WaitFunc wait, void *wait_data, GError **error);
void source_free(Source *s);

/* "gzip"; NULL for plain text. Static. */
const char *source_container(const Source *s);
/* TRUE when it is an archive of named files, of which source_read gives one. */
gboolean source_is_archive(const Source *s);
/* One origin for each file of the archive. An archive that comes through a pipe is kept in
 * memory for this. Call before the first source_peek or source_read. */
GPtrArray *source_members(Source *s, const Origin *origin, GError **error);
/* TRUE when source_pread works. */
gboolean source_is_seekable(const Source *s);
/* TRUE when the origin can be opened again to read the same bytes. */
gboolean source_is_reopenable(const Source *s);
/* Bytes stored (0 for a stream), and how many of them have been read: what progress is made of. */
guint64 source_size(const Source *s);
guint64 source_position(const Source *s);

/* The first bytes of text, up to `want`, without consuming them; owned by the source. */
gssize source_peek(Source *s, gsize want, const char **ret, GError **error);
/* Next bytes of text: their number, 0 at the end, -1 with an error. */
gssize source_read(Source *s, void *buf, gsize len, GError **error);
/* Bytes at `offset` of seekable text; any number of threads at a time. */
gssize source_pread(const Source *s, void *buf, gsize len, guint64 offset, GError **error);
/* "truncated gzip": why the text ended before its time, or NULL. Valid at the end. */
const char *source_damage(const Source *s);

#endif
