/* Reader: lines to the reader of their form. */
#include "core/ingest/reader.h"

#include <string.h>

#include "core/ingest/combined.h"
#include "core/ingest/csvread.h"

#define LINES_PER_TICK 1024

struct Reader {
  Lines *lines;
  Rows *rows;
  CsvReader *csv; /* one of these two, by the form */
  Combined *combined;
};

Reader *reader_new(const Layout *layout)
{
  Reader *r = g_new0(Reader, 1);
  r->lines = lines_new();
  r->rows = rows_new(layout);
  if (layout->form == FORM_COMBINED)
    r->combined = combined_new(layout->query_user);
  else
    r->csv = csv_reader_new(layout, r->rows);
  return r;
}

void reader_free(Reader *r)
{
  if (r == NULL)
    return;
  lines_free(r->lines);
  rows_free(r->rows);
  csv_reader_free(r->csv);
  combined_free(r->combined);
  g_free(r);
}

/* Few lines begin with white space, so this costs nothing. */
static gboolean is_blank(const Line *line)
{
  gsize i = 0;
  while (i < line->len && g_ascii_isspace(line->s[i]))
    i++;
  return i == line->len;
}

static void read_combined(Reader *r, const Line *line, Batch *out)
{
  Record record;
  CivilTime time = 0;
  RejectReason reason = combined_parse(r->combined, line->s, line->len, &record);
  if (reason == REJECT_NONE)
    reason = rows_check(r->rows, &record, &time);
  if (reason == REJECT_NONE)
    reason = rows_add(r->rows, &record, time);
  if (reason != REJECT_NONE)
    batch_reject(out, reason, line->s, line->len);
}

/* A line that is too long is skipped up to its end, which may not be there yet. */
static gboolean read_long(Reader *r, const ReaderInput *input, const Line *line, Batch *out,
                          gboolean *ret_left, GError **error)
{
  char start[64];
  gsize len = MIN(line->len, sizeof start);
  memcpy(start, line->s, len);
  if (!lines_skip_rest(r->lines, error))
    return FALSE;
  *ret_left = input->more && lines_open(r->lines);
  if (!*ret_left)
    batch_reject(out, REJECT_TOO_LONG, start, len);
  return TRUE;
}

/* *ret_left: the text ends inside the row, which is to be read again later. */
static gboolean read_line(Reader *r, const ReaderInput *input, const Line *line, Batch *out,
                          gboolean *ret_left, GError **error)
{
  out->lines++;
  if (G_UNLIKELY(line->too_long))
    return read_long(r, input, line, out, ret_left, error);
  if (input->more && lines_open(r->lines)) {
    *ret_left = TRUE;
    return TRUE;
  }
  if (G_UNLIKELY((guint8)line->s[0] <= ' ') && is_blank(line)) {
    out->blank++;
  } else if (G_UNLIKELY(memchr(line->s, '\0', line->len) != NULL)) {
    batch_reject(out, REJECT_NUL, line->s, line->len);
  } else if (G_UNLIKELY(line->s[line->len - 1] != '\n') && input->damaged != NULL &&
             input->damaged(input->data)) {
    batch_reject(out, REJECT_FIELDS, line->s, line->len); /* half a row may look like a whole one */
  } else if (r->csv != NULL) {
    if (!csv_reader_line(r->csv, r->lines, line, out, error))
      return FALSE;
    *ret_left = csv_reader_left_row(r->csv);
  } else {
    read_combined(r, line, out);
  }
  return TRUE;
}

static gboolean run(Reader *r, const ReaderInput *input, guint64 end, Batch *out, WaitFunc tick,
                    void *tick_data, guint64 *ret_end, gboolean *ret_stopped, GError **error)
{
  Line line;
  GError *e = NULL;
  gboolean left = FALSE;
  rows_start(r->rows, out);
  if (r->csv != NULL) {
    csv_reader_reset(r->csv);
    csv_reader_expect_more(r->csv, input->more);
  }
  for (guint n = 1; lines_offset(r->lines) < end; n++) {
    if (!lines_next(r->lines, &line, &e))
      break;
    guint64 start = line.offset;
    if (!read_line(r, input, &line, out, &left, &e))
      break;
    if (left) {
      out->lines--;
      *ret_end = start;
      return TRUE;
    }
    if (n % LINES_PER_TICK == 0 && tick != NULL && !tick(tick_data)) {
      *ret_stopped = TRUE;
      break;
    }
  }
  *ret_end = lines_offset(r->lines);
  if (e == NULL)
    return TRUE;
  g_propagate_error(error, e);
  return FALSE;
}

gboolean reader_run(Reader *r, const ReaderInput *input, guint64 start, guint64 end, Batch *out,
                    WaitFunc tick, void *tick_data, guint64 *ret_end, gboolean *ret_stopped,
                    GError **error)
{
  *ret_stopped = FALSE;
  lines_start(r->lines, input->read, input->data, start);
  return run(r, input, end, out, tick, tick_data, ret_end, ret_stopped, error);
}

gboolean reader_run_from(Reader *r, const ReaderInput *input, guint64 place, guint64 end,
                         Batch *out, guint64 *ret_start, guint64 *ret_end, GError **error)
{
  Line line;
  GError *e = NULL;
  gboolean stopped;
  lines_start(r->lines, input->read, input->data, place);
  if (lines_next(r->lines, &line, &e) && line.too_long)
    lines_skip_rest(r->lines, &e);
  if (e != NULL) {
    g_propagate_error(error, e);
    return FALSE;
  }
  *ret_start = lines_offset(r->lines);
  return run(r, input, end, out, NULL, NULL, ret_end, &stopped, error);
}
