/* Following: the new text of one file, as rows into the builder of a look. */
#include "core/ingest/follow_private.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/csvread.h"
#include "core/ingest/unpack.h"

#define LOOK_BYTES ((guint64)32 * 1024 * 1024) /* of one file in one look, so that it ends soon */

/* --- what text is it? ----------------------------------------------------------------------------
 */

static void give_up(Look *look, Followed *w, const char *what)
{
  g_free(w->why_not);
  w->why_not = g_strdup_printf("%s %s now and is no longer followed", w->name, what);
  follow_tell(look, TRUE, "%s", w->why_not);
  tail_rest(w->tail);
}

/* A text without a header, of as many columns as the one before: a table that was cut off, whose
 * writer writes no second header. */
static gboolean has_old_columns(const Followed *w, const char *text, gsize len)
{
  const Layout *old = &w->sniffed.layout;
  const char *nl = memchr(text, '\n', len);
  gsize line = nl != NULL ? (gsize)(nl - text) : len;
  if (!w->sniffed_once || !old->header)
    return FALSE;
  if (line > 0 && text[line - 1] == '\r')
    line--;
  gboolean open;
  char *buf = g_malloc(line + 1);
  guint n = csv_split(text, line, old->delimiter, old->quotes, buf, NULL, 0, &open);
  g_free(buf);
  return n == old->n_columns;
}

static void take_sniffed(Followed *w, const Sniffed *now)
{
  if (w->sniffed_once)
    sniffed_clear(&w->sniffed);
  w->sniffed = *now;
  w->sniffed_once = TRUE;
}

/* Recognises a text from its beginning. *ret_start: where its rows begin. FALSE when that cannot be
 * said yet; then it has been told why, unless it is only that there is too little of it. */
static gboolean recognise(Look *look, Followed *w, const char *text, gsize len, gboolean whole,
                          gsize *ret_start)
{
  SniffHints hints = {w->name, look->follow->form, FALSE, look->follow->columns};
  Sniffed now;
  GError *e = NULL;
  gboolean ok = sniff(text, len, whole, &hints, &now, &e);
  *ret_start = 0;
  if (ok && now.layout.form == FORM_COHORTS) {
    sniffed_clear(&now);
    give_up(look, w, "is a cohort table");
    return FALSE;
  }
  if (ok && (now.layout.header || !has_old_columns(w, text, len))) {
    take_sniffed(w, &now);
    *ret_start = now.start;
    return TRUE;
  }
  if (ok)
    sniffed_clear(&now);
  /* else the columns are as before */
  if (ok || has_old_columns(w, text, len) || (w->sniffed_once && !w->sniffed.layout.header)) {
    g_clear_error(&e);
    return TRUE;
  }
  follow_tell_error(look, w, e);
  return FALSE;
}

/* The same for the file; `b` gets the lines in front of the rows. */
static gboolean learn(Look *look, Followed *w, gboolean last, FollowPart *part, guint64 *ret_start)
{
  GError *e = NULL;
  char *text = g_malloc(SNIFF_BYTES);
  gsize len = 0, start = 0;
  gssize n = 0;
  while (len < SNIFF_BYTES && (n = tail_pread(w->tail, text + len, SNIFF_BYTES - len, len, &e)) > 0)
    len += (gsize)n;
  if (e != NULL)
    follow_tell_error(look, w, e);
  gboolean whole = len < SNIFF_BYTES,
           packed = container_recognise((const guint8 *)text, len) != NULL;
  while (whole && !last && len > 0 && text[len - 1] != '\n')
    len--;
  if (packed)
    give_up(look, w, "is packed");
  gboolean ok = n >= 0 && len > 0 && !packed && recognise(look, w, text, len, whole, &start);
  g_free(text);
  if (!ok)
    return FALSE;
  w->known = TRUE;
  *ret_start = start;
  if (start > 0) {
    part->batch->lines = w->sniffed.lines;
    part->batch->blank = w->sniffed.blank;
    part->header = w->sniffed.layout.header ? 1 : 0;
  }
  return TRUE;
}

/* --- its rows ------------------------------------------------------------------------------------
 */

typedef struct {
  Tail *tail;
  guint64 offset;
} Place;

static gssize read_place(void *data, void *buf, gsize len, GError **error)
{
  Place *p = data;
  gssize n = tail_pread(p->tail, buf, len, p->offset, error);
  if (n > 0)
    p->offset += (guint64)n;
  return n;
}

static FollowPart *part_new(Look *look, const Followed *w)
{
  FollowPart *part = g_new0(FollowPart, 1);
  if (look->builder == NULL)
    look->builder = log_builder_on(look->log);
  part->file = w->file;
  part->batch = batch_new_on(look->builder, look->follow->facts);
  part->batch->lines = w->lines;
  return part;
}

/* Reads rows from `start` on; returns the place behind them. */
static guint64 read_rows(Look *look, Followed *w, gboolean last, FollowPart *part, guint64 start)
{
  Place place = {w->tail, start};
  ReaderInput in = {read_place, &place, NULL, !last};
  guint64 limit = start + LOOK_BYTES, end = start;
  gboolean stopped;
  GError *e = NULL;
  Reader *reader = reader_new(&w->sniffed.layout);
  reader_run(reader, &in, start, limit, part->batch, NULL, NULL, &end, &stopped, &e);
  reader_free(reader);
  if (e != NULL)
    follow_tell_error(look, w, e);
  else
    g_clear_pointer(&w->trouble, g_free);
  look->news->waiting |= end >= limit && end < tail_size(w->tail);
  return end;
}

void follow_read(Look *look, Followed *w, gboolean last)
{
  FollowPart *part = part_new(look, w);
  GError *e = NULL;
  guint64 before = tail_place(w->tail), start = before, end = before;
  if (w->known || learn(look, w, last, part, &start))
    end = read_rows(look, w, last, part, start);
  else if (last)
    end = tail_size(w->tail); /* what it was will never be known */
  part->lines = part->batch->lines - w->lines;
  part->bytes = end - before;
  w->lines = part->batch->lines;
  look->news->rows += part->batch->rows;
  look->news->rejected += part->batch->rejected;
  if (end != before && !tail_set_place(w->tail, end, NULL, NULL, &e))
    follow_tell_error(look, w, e);
  if (look->news->waiting || w->trouble != NULL)
    tail_look_again(w->tail);
  g_ptr_array_add(look->news->parts, part);
}
