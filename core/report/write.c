/* Writers: the table of formats, pseudonyms, and the way from a Table to rows. */
#include "core/report/write.h"

#include <math.h>

#include "core/report/writer.h"

static const FormatWriter formats[N_WRITE_FORMATS] = {
    [WRITE_TABLE] = {"table", TRUE, people_table_begin, people_table_row, people_table_end,
                     people_table_heading},
    [WRITE_CSV] = {"csv", FALSE, data_csv_begin, data_csv_row, NULL},
    [WRITE_JSON] = {"json", FALSE, data_json_begin, data_json_row, data_json_end},
    [WRITE_JSONL] = {"jsonl", FALSE, NULL, data_jsonl_row, NULL},
    [WRITE_MD] = {"md", TRUE, people_md_begin, people_md_row, NULL},
};

const char *write_format_name(WriteFormat f)
{
  return formats[f].name;
}

gboolean write_format_parse(const char *name, WriteFormat *ret)
{
  for (guint f = 0; f < N_WRITE_FORMATS; f++) {
    if (g_ascii_strcasecmp(formats[f].name, name) == 0) {
      *ret = (WriteFormat)f;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean write_format_for_people(WriteFormat f)
{
  return (guint)f < N_WRITE_FORMATS && formats[f].for_people;
}

void writer_put_line(Writer *w)
{
  sink_write(w->sink, w->line->str, w->line->len);
  g_string_truncate(w->line, 0);
}

Writer *writer_begin(const TableColumn *columns, guint n, const WriteOptions *o, Sink *sink)
{
  Writer *w = g_new0(Writer, 1);
  w->format = &formats[o->format];
  w->columns = columns;
  w->n = n;
  w->options = o;
  w->sink = sink;
  w->line = g_string_sized_new(512);
  w->cells = g_new0(Cell, n);
  w->made = g_ptr_array_new_with_free_func(g_free);
  w->widths = g_new0(guint, n);
  w->measured = WRITE_MEASURED;
  if (w->format->begin)
    w->format->begin(w);
  return w;
}

Cell write_outgoing(const WriteOptions *o, const TableColumn *column, const Cell *cell,
                    GPtrArray *made)
{
  gboolean real = column->type == CELL_REAL || column->type == CELL_SHARE;
  if (cell->missing || (real && !isfinite(cell->v.d)))
    return cell_missing();
  if (column->type != CELL_TEXT || column->role == COLUMN_PLAIN)
    return *cell;
  if (column->role == COLUMN_MARKED) {
    char *text = pseudonyms_marked(o->pseudonyms, cell->v.s);
    g_ptr_array_add(made, text);
    return cell_borrowed(text);
  }
  if (!o->pseudonyms)
    return *cell;
  if (column->role == COLUMN_PERSON)
    return cell_missing();
  return cell_borrowed(pseudonym_of(o->pseudonyms, (ColumnRole)column->role, cell->v.s));
}

gboolean writer_row(Writer *w, const Cell *cells)
{
  if (!sink_ok(w->sink))
    return FALSE;
  for (guint c = 0; c < w->n; c++)
    w->cells[c] = write_outgoing(w->options, &w->columns[c], &cells[c], w->made);
  w->format->row(w, w->cells);
  g_ptr_array_set_size(w->made, 0);
  w->rows++;
  return sink_ok(w->sink);
}

void writer_heading(Writer *w, const char *text)
{
  if (w->format->heading)
    w->format->heading(w, text);
}

/* A member of an object (`key`), or an element of an array (NULL). */
static void json_cell(JsonOut *j, const char *key, CellType type, const Cell *cell)
{
  char buf[CIVIL_BUF];
  if (cell->missing) {
    json_out_null(j, key);
    return;
  }
  switch (type) {
  case CELL_TEXT:
    json_out_text(j, key, cell->v.s);
    break;
  case CELL_INT:
    json_out_int(j, key, cell->v.i);
    break;
  case CELL_REAL:
  case CELL_SHARE:
    json_out_real(j, key, cell->v.d);
    break;
  case CELL_TIME:
    json_out_time(j, key, cell->v.i);
    break;
  case CELL_DATE:
    json_out_text(j, key, civil_format_day((CivilDay)cell->v.i, buf));
    break;
  case CELL_BOOL:
    json_out_bool(j, key, cell->v.i != 0);
    break;
  }
}

static void put_json_cell(JsonOut *j, const char *key, const TableColumn *column, const Cell *cell,
                          const WriteOptions *o)
{
  GPtrArray *made = g_ptr_array_new_with_free_func(g_free);
  Cell out = write_outgoing(o, column, cell, made);
  json_cell(j, key, column->type, &out);
  g_ptr_array_unref(made);
}

void write_json_cell(JsonOut *j, const TableColumn *column, const Cell *cell, const WriteOptions *o)
{
  put_json_cell(j, column->name, column, cell, o);
}

void write_json_element(JsonOut *j, const TableColumn *column, const Cell *cell,
                        const WriteOptions *o)
{
  put_json_cell(j, NULL, column, cell, o);
}

void writer_end(Writer *w)
{
  if (w->format->end)
    w->format->end(w);
  g_string_free(w->line, TRUE);
  g_free(w->cells);
  g_ptr_array_unref(w->made);
  g_free(w->widths);
  if (w->held)
    g_ptr_array_free(w->held, TRUE);
  g_free(w);
}

void write_table(const Table *t, const WriteOptions *o, Sink *sink)
{
  guint n = table_n_columns(t);
  Writer *w = writer_begin((const TableColumn *)(gconstpointer)t->columns->data, n, o, sink);
  w->measured = G_MAXUINT;
  for (guint row = 0; row < t->n_rows && n > 0; row++)
    if (!writer_row(w, table_cell(t, row, 0)))
      break;
  writer_end(w);
}
