/* Sniffing: candidates are tried on the first lines; the first that makes rows of them wins. */
#include "core/ingest/sniff.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ingest/combined.h"
#include "core/ingest/csvread.h"

#define LINES_TRIED     20
#define FIRST_LINE_SHOW 60
#define NAMES_SHOWN     20

typedef struct {
  const char *s;
  gsize len;
} Text;

/* The beginning of a file, cut into its first lines that are not blank. */
typedef struct {
  const SniffHints *hints;
  Text line[LINES_TRIED];
  guint n_lines;
  gsize first;   /* offset of line[0] */
  guint64 blank; /* lines in front of it */
  char *buf;     /* for splitting the first line */
  ColumnName *names;
  guint n_names;
  Layout partial; /* a header of which only a part is known */
  guint partial_roles;
} Sniff;

void sniffed_clear(Sniffed *s)
{
  layout_clear(&s->layout);
  g_clear_pointer(&s->columns, g_free);
  g_clear_pointer(&s->ignored, g_ptr_array_unref);
}

/* --- lines ----------------------------------------------------------------------------------- */

static gboolean is_blank(const char *s, gsize len)
{
  for (gsize i = 0; i < len; i++) {
    if (!g_ascii_isspace(s[i]))
      return FALSE;
  }
  return TRUE;
}

/* A last line without its end is one only when the text ends there, too. */
static void find_lines(Sniff *sniff, const char *text, gsize len, gsize at, gboolean whole)
{
  sniff->first = len;
  while (at < len && sniff->n_lines < LINES_TRIED) {
    const char *nl = memchr(text + at, '\n', len - at);
    if (nl == NULL && !whole && sniff->n_lines > 0)
      return;
    gsize line_len = nl != NULL ? (gsize)(nl - text) + 1 - at : len - at;
    if (!is_blank(text + at, line_len)) {
      if (sniff->n_lines == 0)
        sniff->first = at;
      sniff->line[sniff->n_lines++] = (Text){text + at, line_len};
    } else if (sniff->n_lines == 0) {
      sniff->blank++;
    }
    at += line_len;
  }
}

/* Splits the first line into names. FALSE when it ends inside a quote. */
static gboolean split_first(Sniff *sniff, char delimiter, gboolean quotes)
{
  gboolean open;
  sniff->n_names = csv_split(sniff->line[0].s, sniff->line[0].len, delimiter, quotes, sniff->buf,
                             sniff->names, COLUMNS_MAX, &open);
  return !open && sniff->n_names <= COLUMNS_MAX;
}

/* --- does a line make a row? ----------------------------------------------------------------- */

typedef struct {
  const Layout *layout;
  Rows *rows;
  char *buf;
  ColumnName *fields;
} RowTest;

static gboolean test_csv(const RowTest *t, const Text *line)
{
  gboolean open;
  Record record;
  CivilTime time;
  guint n = csv_split(line->s, line->len, t->layout->delimiter, t->layout->quotes, t->buf,
                      t->fields, COLUMNS_MAX, &open);
  if (open || n != t->layout->n_columns)
    return FALSE;
  for (Role r = 0; r < N_ROLES; r++)
    record.field[r] = (Field){"", 0};
  for (guint i = 0; i < n; i++) {
    if (t->layout->role[i] != ROLE_IGNORED)
      record.field[t->layout->role[i]] = (Field){t->fields[i].s, t->fields[i].len};
  }
  return rows_check(t->rows, &record, &time) == REJECT_NONE;
}

static gboolean test_combined(const Text *line)
{
  Combined *c = combined_new(NULL);
  Record record;
  CivilTime time;
  gboolean ok = combined_parse(c, line->s, line->len, &record) == REJECT_NONE &&
                civil_parse_time(record.field[ROLE_TIME].s, record.field[ROLE_TIME].len, &time);
  combined_free(c);
  return ok;
}

/* Place of the first line from `from` on that is a row; n_lines when none is. */
static guint first_row(const Sniff *sniff, const Layout *layout, guint from)
{
  gsize longest = 1;
  for (guint i = 0; i < sniff->n_lines; i++)
    longest = MAX(longest, sniff->line[i].len);
  RowTest t = {layout, rows_new(layout), g_malloc(longest), g_new(ColumnName, COLUMNS_MAX)};
  guint i = from;
  while (i < sniff->n_lines && !(layout->form == FORM_COMBINED ? test_combined(&sniff->line[i])
                                                               : test_csv(&t, &sniff->line[i])))
    i++;
  rows_free(t.rows);
  g_free(t.buf);
  g_free(t.fields);
  return i;
}

/* --- candidates ------------------------------------------------------------------------------ */

/* Each sets *l and returns TRUE when it is the answer; FALSE without error when it is not. */

static gboolean try_combined(Sniff *sniff, Layout *l, GError **error)
{
  layout_init(l);
  l->form = FORM_COMBINED;
  static const Role roles[] = {ROLE_IP, ROLE_USER, ROLE_TIME, ROLE_PATH, ROLE_AGENT};
  for (guint i = 0; i < G_N_ELEMENTS(roles); i++) {
    l->column[roles[i]] = (int)i;
    l->role[i] = (guint8)roles[i];
  }
  l->n_columns = G_N_ELEMENTS(roles);
  if (first_row(sniff, l, 0) == sniff->n_lines)
    return FALSE;
  return layout_apply(l, sniff->hints->columns, NULL, l->n_columns, sniff->hints->name, error);
}

/* Columns in their usual order, settings over it; settings by header name cannot be meant. */
static gboolean usual_order(const Sniff *sniff, Layout *l, guint n_columns)
{
  return layout_usual_order(l, n_columns) &&
         layout_apply(l, sniff->hints->columns, NULL, n_columns, sniff->hints->name, NULL) &&
         layout_settle(l);
}

/* One of the first `n_lines` lines is a row of raw text. */
static gboolean try_raw(Sniff *sniff, Layout *l, guint n_lines)
{
  layout_init(l);
  l->form = FORM_RAW;
  l->delimiter = ' ';
  return usual_order(sniff, l, 6) && first_row(sniff, l, 0) < MIN(n_lines, sniff->n_lines);
}

static guint count_roles(const Layout *l)
{
  guint n = 0;
  for (Role r = 0; r < N_ROLES; r++)
    n += l->column[r] != COLUMN_NONE;
  return n;
}

static void start_layout(const Sniff *sniff, Layout *l, char delimiter)
{
  layout_init(l);
  l->delimiter = delimiter;
  l->quotes = delimiter != ' ';
  l->form = sniff->hints->cohorts ? FORM_COHORTS : delimiter == ' ' ? FORM_RAW : FORM_UNKNOWN;
}

/* Some programs write a row number in front of each row, and no name for it in the header. */
static void shift_for_index(Sniff *sniff, Layout *l)
{
  if (l->form == FORM_COHORTS || l->n_columns == COLUMNS_MAX || sniff->n_lines < 2 ||
      first_row(sniff, l, 1) < sniff->n_lines)
    return;
  Layout shifted = *l;
  memmove(shifted.role + 1, shifted.role, l->n_columns);
  shifted.role[0] = ROLE_IGNORED;
  shifted.n_columns++;
  for (Role r = 0; r < N_ROLES; r++)
    shifted.column[r] += shifted.column[r] != COLUMN_NONE;
  if (first_row(sniff, &shifted, 1) == sniff->n_lines)
    return;
  *l = shifted;
  memmove(sniff->names + 1, sniff->names, sniff->n_names * sizeof *sniff->names);
  sniff->names[0] = (ColumnName){"", 0};
  sniff->n_names++;
}

/* The delimiter by which most columns of the header are recognised. */
static gboolean try_header(Sniff *sniff, Layout *l, GError **error)
{
  static const char delimiters[] = {',', ';', '\t', '|', ' '};
  guint best = 0;
  GError *first_error = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(delimiters); i++) {
    Layout candidate;
    GError *e = NULL;
    start_layout(sniff, &candidate, delimiters[i]);
    if (!split_first(sniff, delimiters[i], candidate.quotes) || sniff->n_names < 2)
      continue;
    layout_from_names(&candidate, sniff->names, sniff->n_names);
    if (!layout_apply(&candidate, sniff->hints->columns, sniff->names, sniff->n_names,
                      sniff->hints->name, &e)) {
      if (first_error == NULL)
        first_error = e;
      else
        g_error_free(e);
      continue;
    }
    gboolean settled = layout_settle(&candidate);
    guint roles = count_roles(&candidate);
    if (settled && roles > best) {
      best = roles;
      *l = candidate;
    } else if (!settled && roles > sniff->partial_roles) {
      sniff->partial_roles = roles;
      sniff->partial = candidate;
    }
  }
  if (best == 0) {
    /* The message of the usual delimiter; with one that fits, a missing column was a mistake of
     * the delimiter only. */
    if (first_error != NULL)
      g_propagate_error(error, first_error);
    return FALSE;
  }
  g_clear_error(&first_error);
  split_first(sniff, l->delimiter, l->quotes);
  l->header = l->form == FORM_COHORTS || first_row(sniff, l, 0) != 0;
  if (l->header)
    shift_for_index(sniff, l);
  return TRUE;
}

static gboolean has_digit(const ColumnName *f)
{
  for (gsize i = 0; i < f->len; i++) {
    if (g_ascii_isdigit(f->s[i]))
      return TRUE;
  }
  return FALSE;
}

/* No known name in the first line, but rows with the columns in their usual order. */
static gboolean try_usual_order(Sniff *sniff, Layout *l)
{
  static const char delimiters[] = {',', ';', '\t', '|'};
  if (sniff->hints->cohorts)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(delimiters); i++) {
    start_layout(sniff, l, delimiters[i]);
    if (!split_first(sniff, delimiters[i], TRUE) || !usual_order(sniff, l, sniff->n_names))
      continue;
    guint row = first_row(sniff, l, 0);
    if (row == sniff->n_lines)
      continue;
    int time = l->column[l->column[ROLE_TIME] != COLUMN_NONE ? ROLE_TIME : ROLE_DATE];
    l->header = row > 0 && !has_digit(&sniff->names[time]);
    return TRUE;
  }
  return FALSE;
}

/* --- what is it then? ------------------------------------------------------------------------ */

static gboolean looks_binary(const char *s, gsize len)
{
  gsize odd = 0;
  for (gsize i = 0; i < len; i++) {
    guint8 c = (guint8)s[i];
    odd += (c < 0x20 && strchr("\t\n\r\f\033", c) == NULL) || c == 0x7f || c == 0;
  }
  return odd > len / 20;
}

char *column_names_text(const ColumnName *names, guint n)
{
  GString *list = g_string_new(NULL);
  for (guint i = 0; i < MIN(n, NAMES_SHOWN); i++) {
    g_string_append(list, i > 0 ? ", " : "");
    text_append_safe(list, names[i].s, (gssize)names[i].len);
  }
  if (n > NAMES_SHOWN)
    g_string_append(list, ", ...");
  return g_string_free(list, FALSE);
}

void layout_set_incomplete(GError **error, const Layout *l, const char *name,
                           const ColumnName *names, guint n)
{
  gboolean time = l->column[ROLE_TIME] != COLUMN_NONE || l->column[ROLE_DATE] != COLUMN_NONE;
  gboolean user = l->column[ROLE_USER] != COLUMN_NONE;
  g_autofree char *list = column_names_text(names, n);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
              "%s: none of its columns (%s) is known to be the %s; say which it is, for example "
              "--columns %s",
              name, list,
              time   ? "user"
              : user ? "time"
                     : "time and the user",
              time   ? "user=NAME"
              : user ? "time=NAME"
                     : "time=NAME,user=NAME");
}

/* A header of which some names are known: says which are missing. */
static void set_incomplete(GError **error, Sniff *sniff, const char *name)
{
  split_first(sniff, sniff->partial.delimiter, sniff->partial.quotes);
  layout_set_incomplete(error, &sniff->partial, name, sniff->names, sniff->n_names);
}

static void set_no_form(GError **error, const Sniff *sniff, const char *name)
{
  const Text *first = &sniff->line[0];
  gsize n = first->len;
  while (n > 0 && (first->s[n - 1] == '\n' || first->s[n - 1] == '\r'))
    n--;
  char *show = text_escaped(first->s, (gssize)n, FIRST_LINE_SHOW);
  if (sniff->hints->cohorts)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is no cohort table: its first line is \"%s\"; expected a header such as "
                "id,name,start_date,end_date,program_id",
                name, show);
  else
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is not recognised as a log: its first line is \"%s\"; expected rows such as "
                "\"2024-03-01 09:30:00 intro/welcome 17 3 192.0.2.10\", a table with a header that "
                "names date, time and user, or a web server log. Name the columns by hand with "
                "--columns, for example time=1,path=2,user=3",
                name, show);
  g_free(show);
}

static void set_unknown(GError **error, Sniff *sniff, const char *text, gsize len)
{
  char *name = text_safe(sniff->hints->name, -1);
  if (len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0))
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is UTF-16 text; convert it first: iconv -f UTF-16 -t UTF-8 %s", name, name);
  else if (looks_binary(text, len))
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is binary data, not a log; give text, plain or packed with gzip, zstd, xz, "
                "bzip2 or zip",
                name);
  else if (sniff->partial_roles > 0 && !sniff->hints->cohorts)
    set_incomplete(error, sniff, name);
  else
    set_no_form(error, sniff, name);
  g_free(name);
}

static gboolean recognise(Sniff *sniff, Layout *l, GError **error)
{
  const char *form = sniff->hints->form;
  gboolean any = form == NULL && !sniff->hints->cohorts;
  gboolean raw = any || g_strcmp0(form, "raw") == 0;
  GError *e = NULL;
  if (raw && try_raw(sniff, l, 1))
    return TRUE;
  if ((any || g_strcmp0(form, "combined") == 0) && try_combined(sniff, l, &e))
    return TRUE;
  if (e == NULL && (any || sniff->hints->cohorts || g_strcmp0(form, "csv") == 0) &&
      (try_header(sniff, l, &e) || (e == NULL && try_usual_order(sniff, l))))
    return TRUE;
  /* Last, raw text whose first line is broken: its rows could hide a header that is known. */
  if (e == NULL && raw && try_raw(sniff, l, LINES_TRIED))
    return TRUE;
  if (e != NULL)
    g_propagate_error(error, e);
  return FALSE;
}

static void finish(Sniff *sniff, const Layout *l, const char *text, gsize len, gboolean whole,
                   Sniffed *ret)
{
  const ColumnName *names = l->header ? sniff->names : NULL;
  guint n = l->header ? sniff->n_names : 0;
  ret->layout = *l;
  ret->start = sniff->first + (l->header ? sniff->line[0].len : 0);
  ret->lines = sniff->blank + (l->header ? 1 : 0);
  ret->blank = sniff->blank;
  ret->has_rows = !whole || !is_blank(text + ret->start, len - ret->start);
  ret->columns = layout_describe(l, names, n);
  ret->ignored = layout_ignored(l, names, n);
}

/* Old line ends would make one line of the whole text. */
static gboolean check_line_ends(const char *text, gsize len, const char *file, GError **error)
{
  const char *cr = memchr(text, '\r', len);
  if (cr == NULL || cr == text + len - 1 || memchr(text, '\n', len) != NULL)
    return TRUE;
  char *name = text_safe(file, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
              "%s: its lines end in CR alone; convert it first: tr '\\r' '\\n' < %s", name, name);
  g_free(name);
  return FALSE;
}

gboolean sniff(const char *text, gsize len, gboolean whole, const SniffHints *hints, Sniffed *ret,
               GError **error)
{
  Sniff sniff = {.hints = hints};
  Layout layout;
  GError *e = NULL;
  gsize mark = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  find_lines(&sniff, text, len, mark, whole);
  if (sniff.n_lines == 0) {
    char *name = text_safe(hints->name, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "%s is empty: there is nothing to read", name);
    g_free(name);
    return FALSE;
  }
  if (!check_line_ends(text, len, hints->name, error))
    return FALSE;
  sniff.buf = g_malloc(sniff.line[0].len + 1);
  sniff.names = g_new0(ColumnName, COLUMNS_MAX + 1);
  layout_init(&layout);
  gboolean ok = recognise(&sniff, &layout, &e);
  if (ok)
    finish(&sniff, &layout, text, len, whole, ret);
  else if (e != NULL)
    g_propagate_error(error, e);
  else
    set_unknown(error, &sniff, text, len);
  g_free(sniff.buf);
  g_free(sniff.names);
  return ok;
}
