/* Answer document: one of the eight answers as lines of a given width. */
#include "tui/model/answerdoc.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/draw/canvas.h"
#include "tui/model/wrap.h"

#define ROWS_FIRST  12 /* rows of a table shown until all are asked for */
#define CELL_WIDEST 40

static void line_free(gpointer data)
{
  DocLine *line = data;
  g_free(line->text);
  g_free(line);
}

void answerdoc_clear(AnswerDoc *d)
{
  g_clear_pointer(&d->lines, g_ptr_array_unref);
  g_clear_pointer(&d->tables, g_array_unref);
  g_clear_pointer(&d->stamp, g_free);
}

static DocLine *add(AnswerDoc *d, LineType type, const char *text)
{
  DocLine *line = g_new0(DocLine, 1);
  line->type = type;
  line->text = g_strdup(text);
  g_ptr_array_add(d->lines, line);
  return line;
}

static void add_wrapped(AnswerDoc *d, LineType type, const char *text, int width,
                        const AnswerLink *link)
{
  g_autoptr(GPtrArray) lines = text_wrap(text, width);
  for (guint i = 0; i < lines->len; i++) {
    DocLine *line = add(d, type, g_ptr_array_index(lines, i));
    line->first = i == 0;
    line->link = link;
  }
}

/* Widths by content; the first column stays, the others shift; what does not fit is left away. */
static DocTable lay_out(const AnswerDoc *d, const Table *t, int width)
{
  DocTable doc = {0};
  guint n = table_n_columns(t);
  int left = width - 3;
  doc.first = n > 1 ? MIN(d->shift, n - 2) : 0;
  for (guint c = 0; c < n && doc.n < DOC_COLUMNS_MAX; c++) {
    if (c > 0 && c <= doc.first)
      continue;
    int widest = canvas_text_width(table_column(t, c)->title);
    for (guint row = 0; row < t->n_rows && row < 200; row++) {
      g_autofree char *cell = table_cell_text(t, row, c);
      widest = MAX(widest, canvas_text_width(cell));
    }
    widest = MIN(widest, MIN(CELL_WIDEST, MAX(width / 2, 8)));
    if (left < widest + 1 && doc.n > 1)
      break;
    left -= widest + 2;
    doc.column[doc.n] = c;
    doc.width[doc.n++] = widest;
  }
  return doc;
}

static void add_table(AnswerDoc *d, const AnswerTable *table, guint number, int width)
{
  const Table *t = table->table;
  DocTable doc = lay_out(d, t, width);
  g_array_append_val(d->tables, doc);
  add(d, LINE_BLANK, NULL);
  g_autofree char *full = table->program_name
                              ? g_strdup_printf("%s: %s", table->program_name, t->title)
                              : g_strdup(t->title);
  g_autofree char *title = text_safe(full, -1);
  guint shown = doc.n ? doc.column[doc.n - 1] + 1 : 0, n = table_n_columns(t);
  g_autofree char *more =
      shown < n || doc.first
          ? g_strdup_printf("%s   (%u of %u columns, < > shift)", title, doc.n, n)
          : g_strdup(title);
  add(d, LINE_TABLE, more)->table = number;
  add(d, LINE_HEAD, NULL)->table = number;
  guint rows = d->all_rows ? t->n_rows : MIN(t->n_rows, (guint)ROWS_FIRST);
  for (guint row = 0; row < rows; row++) {
    DocLine *line = add(d, LINE_ROW, NULL);
    line->table = number;
    line->row = row;
    line->first = TRUE;
    line->link =
        table->links && row < table->links->len ? g_ptr_array_index(table->links, row) : NULL;
  }
  if (rows < t->n_rows) {
    g_autofree char *rest = text_grouped(t->n_rows - rows);
    g_autofree char *text = g_strdup_printf("%s more rows; v shows all", rest);
    add(d, LINE_MORE, text);
  }
  if (t->n_rows == 0)
    add(d, LINE_MORE, "no rows");
}

/* What it looks at comes first, in a line; what that leaves out, in full, at the end. */
static void add_scope(AnswerDoc *d, const Answer *a, int width)
{
  g_autofree char *kept = text_grouped((gint64)a->kept);
  g_autofree char *scope = text_safe(a->scope && *a->scope ? a->scope : "every row", -1);
  guint64 left = 0;
  for (guint i = 0; i < a->left_out->len; i++)
    left += ((const LeftOut *)g_ptr_array_index(a->left_out, i))->hits;
  g_autofree char *rest = text_grouped((gint64)left);
  g_autofree char *text =
      left ? g_strdup_printf("Looks at %s: %s hits; %s are left out, as listed at the end.", scope,
                             kept, rest)
           : g_strdup_printf("Looks at %s: %s hits; nothing is left out.", scope, kept);
  add_wrapped(d, LINE_SCOPE, text, width - 2, NULL);
}

static void add_left_out(AnswerDoc *d, const Answer *a)
{
  if (a->left_out->len == 0)
    return;
  add(d, LINE_BLANK, NULL);
  add(d, LINE_TABLE, "Left out");
  for (guint i = 0; i < a->left_out->len; i++) {
    const LeftOut *left = g_ptr_array_index(a->left_out, i);
    g_autofree char *hits = text_grouped((gint64)left->hits);
    g_autofree char *text = g_strdup_printf("%10s  %s", hits, left->what);
    g_autofree char *safe = text_safe(text, -1);
    add(d, LINE_NOTE, safe);
  }
}

void answerdoc_refresh(AnswerDoc *d, const Answer *answer, guint64 learned, int width)
{
  g_autofree char *stamp = g_strdup_printf("%u|%" G_GUINT64_FORMAT "|%d|%u|%d|%d", d->question,
                                           learned, width, d->shift, d->all_rows, answer != NULL);
  if (g_strcmp0(stamp, d->stamp) == 0)
    return;
  answerdoc_clear(d);
  d->lines = g_ptr_array_new_with_free_func(line_free);
  d->tables = g_array_new(FALSE, FALSE, sizeof(DocTable));
  d->stamp = g_steal_pointer(&stamp);
  if (!answer)
    return;
  g_autofree char *title = g_strdup_printf("%u. %s", answer->number, answer->title);
  add_wrapped(d, LINE_TITLE, title, width - 2, NULL);
  add_scope(d, answer, width);
  add(d, LINE_BLANK, NULL);
  for (guint i = 0; i < answer->findings->len; i++) {
    const Finding *f = g_ptr_array_index(answer->findings, i);
    add_wrapped(d, LINE_FINDING, f->text, MIN(width - 5, 110), f->link);
  }
  for (guint i = 0; i < answer->tables->len; i++)
    add_table(d, g_ptr_array_index(answer->tables, i), i, width);
  add_left_out(d, answer);
  if (answer->notes->len)
    add(d, LINE_BLANK, NULL);
  for (guint i = 0; i < answer->notes->len; i++)
    add_wrapped(d, LINE_NOTE, g_ptr_array_index(answer->notes, i), MIN(width - 5, 110), NULL);
  answerdoc_move(d, d->cursor, 1);
}

const DocLine *answerdoc_line(const AnswerDoc *d, guint place)
{
  return d->lines && place < d->lines->len ? g_ptr_array_index(d->lines, place) : NULL;
}

static gboolean stands(const DocLine *line)
{
  return line->first && (line->type == LINE_FINDING || line->type == LINE_ROW);
}

void answerdoc_move(AnswerDoc *d, gint64 to, int step)
{
  gint64 n = d->lines ? d->lines->len : 0;
  if (n == 0)
    return;
  to = CLAMP(to, 0, n - 1);
  for (int pass = 0; pass < 2; pass++, step = -step)
    for (gint64 at = to; at >= 0 && at < n; at += step)
      if (stands(answerdoc_line(d, (guint)at))) {
        d->cursor = (guint)at;
        return;
      }
  d->cursor = (guint)to;
}

void answerdoc_scroll(AnswerDoc *d, int height)
{
  guint n = d->lines ? d->lines->len : 0, h = height > 0 ? (guint)height : 1;
  if (d->cursor >= n)
    d->cursor = n ? n - 1 : 0;
  if (n && !stands(answerdoc_line(d, d->cursor)))
    answerdoc_move(d, d->cursor, 1);
  /* the heads above the first row one can stand on come into view with it */
  guint above = d->cursor;
  while (above > 0 && d->cursor - above < 4 && !stands(answerdoc_line(d, above - 1)))
    above--;
  if (above <= 8 && d->cursor < h)
    above = 0;
  if (above < d->top)
    d->top = above;
  guint below = d->cursor;
  while (below + 1 < n && below - d->cursor < 4 &&
         answerdoc_line(d, below + 1)->type == LINE_FINDING && !answerdoc_line(d, below + 1)->first)
    below++;
  if (below >= d->top + h)
    d->top = below - h + 1;
  if (n <= h)
    d->top = 0;
}
