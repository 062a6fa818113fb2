/* Unpacking: compressed bytes to text, in a thread of its own.
 *
 * The container is recognised by its first bytes, never by the name of the file. What could be
 * decoded before damage is handed out; the damage is a note, not an error. */
#ifndef CORE_INGEST_UNPACK_H
#define CORE_INGEST_UNPACK_H

#include "core/ingest/raw.h"

typedef struct {
  const char *name; /* "gzip" */
  guint8 magic[8];
  guint8 n_magic;
  gboolean archive; /* holds several named files */
} Container;

/* NULL when the bytes start no known container: then they are the text. */
const Container *container_recognise(const guint8 *start, gsize len);

typedef struct Unpack Unpack;

/* Starts to decode `raw` (borrowed: it must outlive the result, and nobody else may read from
 * it). `member`: which file of an archive, from 0. */
Unpack *unpack_new(Raw *raw, const Container *container, guint member);
/* Stops the thread. */
void unpack_free(Unpack *u);
/* Next bytes of text: their number, 0 at the end (or at damage), -1 when `wait` gave up or
 * reading itself failed. */
gssize unpack_read(Unpack *u, void *buf, gsize len, WaitFunc wait, void *wait_data, GError **error);
/* What is wrong with the container, such as "truncated gzip"; NULL when it is whole, or
 * not yet decoded to its end. Owned by `u`. */
const char *unpack_damage(Unpack *u);

/* Names of the files in an archive (folders and system entries left out), in order. Reads `raw`
 * from the start; seekable inputs only. */
GPtrArray *unpack_list(Raw *raw, const char *name, GError **error);

#endif
