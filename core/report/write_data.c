/* Writers for programs: csv, json, jsonl. */
#include <string.h>

#include "core/base/text.h"
#include "core/report/jsonout.h"
#include "core/report/writer.h"

void write_append_plain(GString *out, const TableColumn *column, const Cell *cell)
{
  char buf[CIVIL_BUF];
  if (cell->missing)
    return;
  switch (column->type) {
  case CELL_TEXT:
    text_append_safe(out, cell->v.s, -1);
    break;
  case CELL_INT:
    g_string_append_printf(out, "%" G_GINT64_FORMAT, cell->v.i);
    break;
  case CELL_REAL:
  case CELL_SHARE:
    json_append_real(out, cell->v.d);
    break;
  case CELL_TIME:
    g_string_append(out, civil_format(cell->v.i, 'T', buf));
    break;
  case CELL_DATE:
    g_string_append(out, civil_format_day((CivilDay)cell->v.i, buf));
    break;
  case CELL_BOOL:
    g_string_append(out, cell->v.i ? "true" : "false");
    break;
  }
}

static void append_csv_text(Writer *w, const char *s)
{
  gsize len = strlen(s);
  if (text_is_safe(s, len)) {
    text_append_csv(w->line, s, (gssize)len, w->options->spreadsheet);
    return;
  }
  char *safe = text_safe(s, (gssize)len);
  text_append_csv(w->line, safe, -1, w->options->spreadsheet);
  g_free(safe);
}

void data_csv_begin(Writer *w)
{
  for (guint c = 0; c < w->n; c++) {
    if (c > 0)
      g_string_append_c(w->line, ',');
    append_csv_text(w, w->columns[c].name);
  }
  g_string_append_c(w->line, '\n');
  writer_put_line(w);
}

void data_csv_row(Writer *w, const Cell *cells)
{
  for (guint c = 0; c < w->n; c++) {
    if (c > 0)
      g_string_append_c(w->line, ',');
    if (w->columns[c].type == CELL_TEXT && !cells[c].missing)
      append_csv_text(w, cells[c].v.s);
    else
      write_append_plain(w->line, &w->columns[c], &cells[c]);
  }
  /* A line of one empty field would be read as a blank line. */
  if (w->n == 1 && w->line->len == 0)
    g_string_append(w->line, "\"\"");
  g_string_append_c(w->line, '\n');
  writer_put_line(w);
}

static gboolean quoted_in_json(CellType type)
{
  return type == CELL_TEXT || type == CELL_TIME || type == CELL_DATE;
}

static void append_object(Writer *w, const Cell *cells)
{
  g_string_append_c(w->line, '{');
  for (guint c = 0; c < w->n; c++) {
    if (c > 0)
      g_string_append_c(w->line, ',');
    json_append_text(w->line, w->columns[c].name);
    g_string_append_c(w->line, ':');
    if (cells[c].missing) {
      g_string_append(w->line, "null");
    } else if (w->columns[c].type == CELL_TEXT) {
      json_append_text(w->line, cells[c].v.s);
    } else {
      const char *quote = quoted_in_json(w->columns[c].type) ? "\"" : "";
      g_string_append(w->line, quote);
      write_append_plain(w->line, &w->columns[c], &cells[c]);
      g_string_append(w->line, quote);
    }
  }
  g_string_append_c(w->line, '}');
}

void data_json_begin(Writer *w)
{
  sink_puts(w->sink, "[");
}

void data_json_row(Writer *w, const Cell *cells)
{
  g_string_append(w->line, w->rows ? ",\n" : "\n");
  append_object(w, cells);
  writer_put_line(w);
}

void data_json_end(Writer *w)
{
  sink_puts(w->sink, w->rows ? "\n]\n" : "]\n");
}

void data_jsonl_row(Writer *w, const Cell *cells)
{
  append_object(w, cells);
  g_string_append_c(w->line, '\n');
  writer_put_line(w);
}
