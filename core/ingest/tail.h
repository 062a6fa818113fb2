/* Tail: one file that others write to. What has come since it was read, and whether it is still
 * the same text. Bytes only; no rows.
 *
 * It is asked now and then (no inotify, so that network folders work, too). As `tail -F` does, it
 * follows the name: when another file has taken the name, the old one is read to its end first.
 * A file that is replaced by a longer copy of itself goes on where it was. */
#ifndef CORE_INGEST_TAIL_H
#define CORE_INGEST_TAIL_H

#include <glib.h>

#define TAIL_WINDOW 1024 /* bytes that are compared: the first, and those before the place */

typedef enum {
  TAIL_QUIET, /* nothing new */
  TAIL_MORE,  /* there is text behind the place */
  TAIL_END,   /* the same, and no more will come: the name belongs to another file now */
  TAIL_ANEW,  /* another text, from its beginning: the place is 0 */
  TAIL_GONE,  /* told once: there is no file of that name; it may come back */
  TAIL_FAILED /* with an error; ask again later */
} TailChange;

typedef struct Tail Tail;

/* Bytes at an offset, as source_pread. */
typedef gssize (*TailRead)(gconstpointer data, void *buf, gsize len, guint64 offset,
                           GError **error);

/* A file of which nothing has been read. It need not be there. */
Tail *tail_new(const char *path);
void tail_free(Tail *t);
/* The text has been read up to `place`; `read` gives it, to know it again by. FALSE with an error.
 * `read` NULL: from the file itself. */
gboolean tail_set_place(Tail *t, guint64 place, TailRead read, gconstpointer data, GError **error);
guint64 tail_place(const Tail *t);
/* What has happened. Nothing is consumed: tail_set_place does that. Of the same bytes TAIL_MORE is
 * told once. Errors are CORE_ERROR_INPUT. */
TailChange tail_look(Tail *t, GError **error);
/* Size of the text at the last look. */
guint64 tail_size(const Tail *t);
/* TRUE while there is no file of that name. */
gboolean tail_is_gone(const Tail *t);
/* Bytes of the file that was looked at: their number, 0 at the end, -1 with an error. */
gssize tail_pread(gconstpointer tail, void *buf, gsize len, guint64 offset, GError **error);
/* Tells the text of now again at the next look: it could not be used this time. */
void tail_look_again(Tail *t);
/* Lets go of the file; the next look opens it anew. */
void tail_rest(Tail *t);

#endif
