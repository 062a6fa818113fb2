/* Lines: a sliding window over text. */
#include "core/ingest/lines.h"

#include <string.h>

#define WINDOW_BYTES ((gsize)256 * 1024)

struct Lines {
  LinesRead read;
  void *data;
  char *buf;
  gsize size;
  gsize at, end;  /* the unread text is buf[at .. end) */
  gsize hold;     /* with `holding`: text from here on is kept */
  guint64 offset; /* of buf[0] */
  gboolean holding, ended, open;
};

Lines *lines_new(void)
{
  Lines *l = g_new0(Lines, 1);
  l->size = WINDOW_BYTES;
  l->buf = g_malloc(l->size);
  return l;
}

void lines_free(Lines *l)
{
  if (l == NULL)
    return;
  g_free(l->buf);
  g_free(l);
}

void lines_start(Lines *l, LinesRead read, void *data, guint64 offset)
{
  l->read = read;
  l->data = data;
  l->at = l->end = l->hold = 0;
  l->offset = offset;
  l->holding = l->ended = l->open = FALSE;
}

guint64 lines_offset(const Lines *l)
{
  return l->offset + l->at;
}

/* Drops what is no longer needed and reads more behind the rest. FALSE with an error. */
static gboolean refill(Lines *l, GError **error)
{
  gsize keep = l->holding ? l->hold : l->at;
  if (keep > 0) {
    memmove(l->buf, l->buf + keep, l->end - keep);
    l->at -= keep;
    l->end -= keep;
    l->hold = 0;
    l->offset += keep;
  }
  if (l->end == l->size) {
    l->size *= 2;
    l->buf = g_realloc(l->buf, l->size);
  }
  gssize n = l->read(l->data, l->buf + l->end, l->size - l->end, error);
  if (n < 0)
    return FALSE;
  l->ended = n == 0;
  l->end += (gsize)n;
  return TRUE;
}

gboolean lines_skip_rest(Lines *l, GError **error)
{
  for (;;) {
    const char *nl = memchr(l->buf + l->at, '\n', l->end - l->at);
    l->at = nl != NULL ? (gsize)(nl - l->buf) + 1 : l->end;
    l->open = nl == NULL;
    if (nl != NULL || l->ended)
      return TRUE;
    if (!refill(l, error))
      return FALSE;
  }
}

gboolean lines_next(Lines *l, Line *ret, GError **error)
{
  gsize scanned = 0; /* bytes of this line known to hold no line end */
  for (;;) {
    const char *start = l->buf + l->at;
    gsize have = l->end - l->at;
    const char *nl = have > scanned ? memchr(start + scanned, '\n', have - scanned) : NULL;
    if (nl != NULL || (l->ended && have > 0) || have > LINE_BYTES_MAX) {
      gsize len = nl != NULL ? (gsize)(nl - start) + 1 : have;
      ret->s = start;
      ret->len = MIN(len, LINE_BYTES_MAX);
      ret->offset = l->offset + l->at;
      ret->too_long = len > LINE_BYTES_MAX;
      l->at += ret->len;
      l->open = nl == NULL;
      return TRUE;
    }
    if (l->ended)
      return FALSE;
    scanned = have;
    if (!refill(l, error))
      return FALSE;
  }
}

gboolean lines_open(const Lines *l)
{
  return l->open;
}

void lines_hold(Lines *l, guint64 offset)
{
  g_return_if_fail(offset >= l->offset && offset - l->offset <= l->at);
  l->hold = (gsize)(offset - l->offset);
  l->holding = TRUE;
}

const char *lines_held(const Lines *l, guint64 offset)
{
  g_return_val_if_fail(l->holding && offset >= l->offset + l->hold, NULL);
  return l->buf + (offset - l->offset);
}

void lines_rewind(Lines *l, guint64 offset)
{
  g_return_if_fail(l->holding && offset >= l->offset + l->hold && offset <= lines_offset(l));
  l->at = (gsize)(offset - l->offset);
  l->open = FALSE;
}

void lines_release(Lines *l)
{
  l->holding = FALSE;
}
