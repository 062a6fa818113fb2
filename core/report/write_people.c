/* Writers for people: aligned columns for a terminal, and Markdown. */
#include <string.h>

#include "core/base/text.h"
#include "core/report/writer.h"

#define CELL_WIDEST 120 /* columns; longer texts are cut in `table`, never elsewhere */
#define COLUMN_GAP  "  "

guint write_width(const char *text)
{
  guint width = 0;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_iszerowidth(c))
      width += g_unichar_iswide(c) ? 2 : 1;
  }
  return width;
}

/* Cuts a safe text to `most` columns, with `..` where something is missing. */
static char *cut(char *text, guint most)
{
  if (write_width(text) <= most)
    return text;
  guint width = 0;
  char *p = text;
  while (*p) {
    gunichar c = g_utf8_get_char(p);
    guint w = g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
    if (width + w > most - 2)
      break;
    width += w;
    p = g_utf8_next_char(p);
  }
  *p = '\0';
  char *out = g_strconcat(text, "..", NULL);
  g_free(text);
  return out;
}

char *write_people_text(const TableColumn *column, const Cell *cell)
{
  char buf[CIVIL_BUF];
  if (column->type == CELL_TIME && !cell->missing)
    return g_strdup(civil_format(cell->v.i, ' ', buf));
  return cell_text(column, cell);
}

static gboolean to_the_right(const TableColumn *column)
{
  return column->type == CELL_INT || column->type == CELL_REAL || column->type == CELL_SHARE;
}

static void append_padding(GString *line, guint n)
{
  for (; n > 0; n--)
    g_string_append_c(line, ' ');
}

/* One line of `n` texts in the widths of the writer; spaces at the end are dropped. A heading is
 * held back as a first text that starts with a line end, which no safe text does. */
static void put_texts(Writer *w, char *const *texts)
{
  if (texts[0][0] == '\n') {
    g_string_append(w->line, texts[0]);
    g_string_append_c(w->line, '\n');
    writer_put_line(w);
    return;
  }
  for (guint c = 0; c < w->n; c++) {
    guint width = write_width(texts[c]);
    guint padding = width < w->widths[c] ? w->widths[c] - width : 0;
    if (c > 0)
      g_string_append(w->line, COLUMN_GAP);
    if (to_the_right(&w->columns[c]))
      append_padding(w->line, padding);
    g_string_append(w->line, texts[c]);
    if (!to_the_right(&w->columns[c]))
      append_padding(w->line, padding);
  }
  while (w->line->len > 0 && w->line->str[w->line->len - 1] == ' ')
    g_string_truncate(w->line, w->line->len - 1);
  g_string_append_c(w->line, '\n');
  writer_put_line(w);
}

static void put_head(Writer *w)
{
  char **texts = g_new0(char *, w->n + 1);
  for (guint c = 0; c < w->n; c++)
    texts[c] = cut(text_safe(w->columns[c].title, -1), CELL_WIDEST);
  put_texts(w, texts);
  for (guint c = 0; c < w->n; c++) {
    g_free(texts[c]);
    texts[c] = g_strnfill(w->widths[c], '-');
  }
  put_texts(w, texts);
  g_strfreev(texts);
}

void people_table_begin(Writer *w)
{
  w->held = g_ptr_array_new_with_free_func(g_free);
  for (guint c = 0; c < w->n; c++) {
    char *title = cut(text_safe(w->columns[c].title, -1), CELL_WIDEST);
    w->widths[c] = write_width(title);
    g_free(title);
  }
}

/* The head and the rows held back; from now on rows are written as they come. */
static void release(Writer *w)
{
  put_head(w);
  for (guint i = 0; i < w->held->len; i += w->n)
    put_texts(w, (char *const *)&g_ptr_array_index(w->held, i));
  g_ptr_array_set_size(w->held, 0);
  w->measured = 0;
}

void people_table_row(Writer *w, const Cell *cells)
{
  for (guint c = 0; c < w->n; c++) {
    char *text = cut(write_people_text(&w->columns[c], &cells[c]), CELL_WIDEST);
    g_ptr_array_add(w->held, text);
    if (w->measured > 0)
      w->widths[c] = MAX(w->widths[c], write_width(text));
  }
  if (w->measured == 0) {
    put_texts(w, (char *const *)w->held->pdata);
    g_ptr_array_set_size(w->held, 0);
  } else if (w->rows + 1 >= w->measured) {
    release(w);
  }
}

void people_table_heading(Writer *w, const char *text)
{
  char *safe = text_safe(text, -1);
  g_ptr_array_add(w->held, g_strconcat("\n", safe, NULL));
  for (guint c = 1; c < w->n; c++)
    g_ptr_array_add(w->held, g_strdup(""));
  g_free(safe);
  if (w->measured == 0) {
    put_texts(w, (char *const *)w->held->pdata);
    g_ptr_array_set_size(w->held, 0);
  }
}

void people_table_end(Writer *w)
{
  if (w->measured > 0 && w->n > 0)
    release(w);
}

void people_md_begin(Writer *w)
{
  g_string_append_c(w->line, '|');
  for (guint c = 0; c < w->n; c++) {
    char *safe = text_safe(w->columns[c].title, -1);
    g_string_append_c(w->line, ' ');
    text_append_markdown(w->line, safe, -1);
    g_string_append(w->line, " |");
    g_free(safe);
  }
  g_string_append(w->line, "\n|");
  for (guint c = 0; c < w->n; c++)
    g_string_append(w->line, to_the_right(&w->columns[c]) ? "---:|" : "---|");
  g_string_append_c(w->line, '\n');
  writer_put_line(w);
}

void people_md_row(Writer *w, const Cell *cells)
{
  g_string_append_c(w->line, '|');
  for (guint c = 0; c < w->n; c++) {
    char *text = write_people_text(&w->columns[c], &cells[c]);
    g_string_append_c(w->line, ' ');
    text_append_markdown(w->line, text, -1);
    g_string_append(w->line, " |");
    g_free(text);
  }
  g_string_append_c(w->line, '\n');
  writer_put_line(w);
}
