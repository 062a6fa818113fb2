/* Lines: cuts text into lines, with a way back to a line already read.
 *
 * A line ends behind its `\n`. Of a line of more than LINE_BYTES_MAX bytes only the beginning is
 * handed out, marked; the caller then skips the rest, or goes back. */
#ifndef CORE_INGEST_LINES_H
#define CORE_INGEST_LINES_H

#include <glib.h>

#define LINE_BYTES_MAX ((gsize)1024 * 1024)

/* Next bytes of text: their number, 0 at the end, -1 with an error. */
typedef gssize (*LinesRead)(void *data, void *buf, gsize len, GError **error);

typedef struct Lines Lines;

typedef struct {
  const char *s; /* valid until the next call of lines_next */
  gsize len;     /* with the line end; the last line may have none */
  guint64 offset;
  gboolean too_long;
} Line;

Lines *lines_new(void);
void lines_free(Lines *l);
/* Starts at a new place; `offset` is the offset of the first byte that `read` gives. */
void lines_start(Lines *l, LinesRead read, void *data, guint64 offset);
/* FALSE at the end of the text, or with an error. */
gboolean lines_next(Lines *l, Line *ret, GError **error);
/* Behind a line that is too long: goes on to the next line. FALSE with an error. */
gboolean lines_skip_rest(Lines *l, GError **error);
/* TRUE when the text up to lines_offset does not end with a line end: it may go on later. */
gboolean lines_open(const Lines *l);
/* Offset of the line that lines_next gives next. */
guint64 lines_offset(const Lines *l);
/* From now on keeps the text from `offset` on (a line handed out by the last lines_next), until
 * lines_release, so that lines_rewind can go back to it or behind it. The caller holds no more
 * than a few LINE_BYTES_MAX. */
void lines_hold(Lines *l, guint64 offset);
/* The held text from `offset` on, up to lines_offset; valid until the next lines_next. */
const char *lines_held(const Lines *l, guint64 offset);
void lines_rewind(Lines *l, guint64 offset);
void lines_release(Lines *l);

#endif
