/* CSV reading: libcsv gets one line at a time, so that a broken record cannot swallow more. */
#include "core/ingest/csvread.h"

#include <csv.h>
#include <string.h>

#define TEXT_BYTES 4096 /* of the fields of one row, at first */

/* NUL bytes never reach the parser, so NUL as the quote character means: no quoting. */
#define NO_QUOTE 0

/* A record under way: the fields that matter, one behind the other. */
typedef struct {
  CsvReader *reader;
  struct csv_parser parser;
  guint n_fields;
  gboolean too_long;
  char *text;
  gsize used, size;
  gsize at[N_ROLES], len[N_ROLES];
  /* of the last record that ended */
  guint n_records; /* since it was set to 0 */
  RejectReason verdict;
  CivilTime time;
  Record record;
} Assembly;

struct CsvReader {
  const Layout *layout;
  Rows *rows;
  Batch *out;
  const char *line; /* what is shown of a rejected record */
  gsize line_len;
  guint8 role[COLUMNS_MAX]; /* of each column; ROLE_IGNORED for what is not stored */
  Assembly main, trial;
  gboolean more, left_row;
};

/* --- callbacks of libcsv --------------------------------------------------------------------- */

static void grow_text(Assembly *a, gsize len)
{
  a->size = MAX(a->size * 2, a->used + len);
  a->text = g_realloc(a->text, a->size);
}

static void on_field(void *s, size_t len, void *data)
{
  Assembly *a = data;
  guint i = a->n_fields++;
  if (G_UNLIKELY(len > FIELD_BYTES_MAX)) {
    a->too_long = TRUE;
    return;
  }
  guint8 role = i < COLUMNS_MAX ? a->reader->role[i] : ROLE_IGNORED;
  if (role == ROLE_IGNORED)
    return;
  if (G_UNLIKELY(a->used + len > a->size))
    grow_text(a, len);
  memcpy(a->text + a->used, s, len);
  a->at[role] = a->used;
  a->len[role] = len;
  a->used += len;
}

/* The record is whole: judges it, and makes it the last one. */
static void finish_record(Assembly *a)
{
  const CsvReader *c = a->reader;
  a->n_records++;
  a->verdict = REJECT_FIELDS;
  if (a->too_long) {
    a->verdict = REJECT_TOO_LONG;
  } else if (a->n_fields == c->layout->n_columns) {
    for (guint r = 0; r < N_ROLES; r++)
      a->record.field[r] = (Field){a->text + a->at[r], a->len[r]};
    a->verdict = rows_check(c->rows, &a->record, &a->time);
  }
  a->n_fields = 0;
  a->used = 0;
  a->too_long = FALSE;
}

static void on_trial_record(int end, void *data)
{
  (void)end;
  finish_record(data);
}

static void accept_or_reject(CsvReader *c)
{
  Assembly *a = &c->main;
  if (a->verdict == REJECT_NONE)
    a->verdict = rows_add(c->rows, &a->record, a->time);
  if (a->verdict != REJECT_NONE)
    batch_reject(c->out, a->verdict, c->line, c->line_len);
}

static void on_record(int end, void *data)
{
  Assembly *a = data;
  (void)end;
  finish_record(a);
  if (a->n_records > 1) /* a CR inside the line ended the record before */
    a->reader->out->lines++;
  accept_or_reject(a->reader);
}

/* --- setting up ------------------------------------------------------------------------------ */

static void setup_parser(struct csv_parser *p, char delimiter, gboolean quotes)
{
  csv_init(p, 0);
  csv_set_delim(p, (unsigned char)delimiter);
  csv_set_quote(p, quotes ? CSV_QUOTE : NO_QUOTE);
  csv_set_realloc_func(p, g_realloc);
  csv_set_free_func(p, g_free);
  csv_set_blk_size(p, 32 * 1024);
}

static void setup_assembly(Assembly *a, CsvReader *c)
{
  a->reader = c;
  setup_parser(&a->parser, c->layout->delimiter, c->layout->quotes);
  a->size = TEXT_BYTES;
  a->text = g_malloc(a->size);
}

CsvReader *csv_reader_new(const Layout *layout, Rows *rows)
{
  CsvReader *c = g_new0(CsvReader, 1);
  c->layout = layout;
  c->rows = rows;
  memcpy(c->role, layout->role, sizeof c->role);
  for (guint i = 0; i < layout->n_columns; i++) {
    gboolean stored =
        c->role[i] < ROLE_FIRST_FACT || (layout->form != FORM_CSV && c->role[i] != ROLE_UPDATED);
    if (!stored)
      c->role[i] = ROLE_IGNORED;
  }
  setup_assembly(&c->main, c);
  setup_assembly(&c->trial, c);
  return c;
}

void csv_reader_free(CsvReader *c)
{
  if (c == NULL)
    return;
  csv_free(&c->main.parser);
  csv_free(&c->trial.parser);
  g_free(c->main.text);
  g_free(c->trial.text);
  g_free(c);
}

/* --- lines ----------------------------------------------------------------------------------- */

/* Gives the parser a whole line. Afterwards `parser.quoted` tells whether a quoted field goes on
 * behind it: nothing else survives a line end. */
static void feed_line(Assembly *a, const Line *line, void (*on_end)(int, void *))
{
  csv_parse(&a->parser, line->s, line->len, on_field, on_end, a);
  if (line->s[line->len - 1] != '\n') /* the last line of the text */
    csv_parse(&a->parser, "\n", 1, on_field, on_end, a);
}

static void reset_assembly(Assembly *a)
{
  csv_fini(&a->parser, NULL, NULL, NULL);
  a->n_fields = a->n_records = 0;
  a->used = 0;
  a->too_long = FALSE;
}

void csv_reader_expect_more(CsvReader *c, gboolean more)
{
  c->more = more;
}

gboolean csv_reader_left_row(const CsvReader *c)
{
  return c->left_row;
}

void csv_reader_reset(CsvReader *c)
{
  reset_assembly(&c->main);
}

/* TRUE when the line is a whole row by itself. */
static gboolean is_row(CsvReader *c, const Line *line)
{
  Assembly *t = &c->trial;
  reset_assembly(t);
  feed_line(t, line, on_trial_record);
  return !t->parser.quoted && t->n_records == 1 && t->verdict == REJECT_NONE;
}

/* Feeds the line behind an open quote. FALSE when the quote is to be given up: the line is a row
 * by itself, or is none that could belong to a field. */
static gboolean continue_quoted(CsvReader *c, const Line *line)
{
  if (line->too_long || memchr(line->s, '\0', line->len) != NULL || is_row(c, line))
    return FALSE;
  feed_line(&c->main, line, on_trial_record);
  return TRUE;
}

/* The row that began on `first` ends inside a quoted field. Reads on to its end. When it has none
 * within reason, only the first line is lost. */
static gboolean read_quoted(CsvReader *c, Lines *lines, const Line *first, GError **error)
{
  Assembly *a = &c->main;
  guint64 start = first->offset, behind = lines_offset(lines);
  guint64 more = 0;
  gboolean whole = FALSE, failed = FALSE, ended = FALSE;
  gboolean first_record = a->n_records == 0;
  Line line;
  GError *e = NULL;
  a->n_records = 0;
  lines_hold(lines, start);
  while (!whole && more < QUOTED_LINES_MAX && lines_offset(lines) - start < LINE_BYTES_MAX) {
    if (!lines_next(lines, &line, &e)) {
      failed = e != NULL;
      ended = !failed;
      break;
    }
    if (c->more && lines_open(lines)) { /* half a line: what it is will be seen */
      ended = TRUE;
      break;
    }
    if (!continue_quoted(c, &line))
      break;
    more++;
    whole = !a->parser.quoted;
  }
  c->left_row = ended && c->more && first_record;
  if (c->left_row) {
    reset_assembly(a);
    lines_rewind(lines, start);
    lines_release(lines);
    return TRUE;
  }
  c->line = lines_held(lines, start);
  /* Records of a wrong width are what a stray quote makes of the lines behind it. */
  if (!failed && whole && a->n_records == 1 && a->verdict != REJECT_FIELDS) {
    accept_or_reject(c);
    c->out->lines += more;
    c->out->continued += more;
  } else if (!failed) {
    reset_assembly(a);
    batch_reject(c->out, REJECT_QUOTE, c->line, c->line_len);
    lines_rewind(lines, behind);
  }
  lines_release(lines);
  if (failed)
    g_propagate_error(error, e);
  return !failed;
}

gboolean csv_reader_line(CsvReader *c, Lines *lines, const Line *line, Batch *out, GError **error)
{
  Assembly *a = &c->main;
  c->out = out;
  c->left_row = FALSE;
  c->line = line->s;
  c->line_len = line->len;
  a->n_records = 0;
  feed_line(a, line, on_record);
  if (G_LIKELY(!a->parser.quoted))
    return TRUE;
  if (a->n_records > 0) /* a CR inside the line ended a record in front of the open one */
    out->lines++;
  return read_quoted(c, lines, line, error);
}

/* --- splitting one line ---------------------------------------------------------------------- */

typedef struct {
  char *to;
  ColumnName *fields;
  guint n, max;
  gboolean ended;
} Split;

static void on_split_field(void *s, size_t len, void *data)
{
  Split *split = data;
  if (split->ended)
    return;
  if (split->n < split->max) {
    memcpy(split->to, s, len);
    split->fields[split->n] = (ColumnName){split->to, len};
    split->to += len;
  }
  split->n++;
}

static void on_split_end(int end, void *data)
{
  (void)end;
  ((Split *)data)->ended = TRUE;
}

guint csv_split(const char *line, gsize len, char delimiter, gboolean quotes, char *buf,
                ColumnName *fields, guint max, gboolean *ret_open)
{
  struct csv_parser p;
  Split split = {.to = buf, .fields = fields, .max = max};
  setup_parser(&p, delimiter, quotes);
  csv_parse(&p, line, len, on_split_field, on_split_end, &split);
  if (!split.ended)
    csv_parse(&p, "\n", 1, on_split_field, on_split_end, &split);
  *ret_open = !split.ended && p.quoted;
  csv_free(&p);
  return split.n;
}
