/* Export tables: what is on the screen, in scope or marked, as something that can be written. */
#include "tui/app/export_table.h"

#include <string.h>

#include "core/base/text.h"
#include "core/report/doc.h"
#include "tui/app/cli_fields.h"
#include "tui/model/row_entity.h"
#include "tui/views/view.h"

/* --- lists -------------------------------------------------------------------------------------
 */

static CellType cell_type(ColumnType type)
{
  switch (type) {
  case COLUMN_IS_COUNT:
    return CELL_INT;
  case COLUMN_IS_REAL:
    return CELL_REAL;
  case COLUMN_IS_SHARE:
    return CELL_SHARE;
  case COLUMN_IS_DATE:
    return CELL_DATE;
  default:
    return CELL_TEXT;
  }
}

static gboolean is_marked(const State *s, const Pane *p, guint place)
{
  const View *view = view_get(pane_view(p->id));
  Entity *e = view_get(s->view) == view ? view->entity(s, place) : NULL;
  gboolean marked = e && casebook_is_marked(s->casebook, e);
  entity_free(e);
  return marked;
}

guint export_count_marked(const State *s, const Pane *p)
{
  guint n = 0;
  if (casebook_records(s->casebook, RECORD_MARK)->len)
    for (guint i = 0; i < p->n_visible; i++)
      n += (guint)is_marked(s, p, i);
  return n;
}

Table *export_pane(const State *s, const Pane *p, gboolean marked)
{
  Table *t = table_new(pane_name(p->id), pane_title(p->id));
  ColumnId columns[N_COLUMNS];
  guint n = 0;
  ColumnRole role = p->dim == DIM_USER ? COLUMN_USER
                    : p->dim == DIM_IP ? COLUMN_ADDRESS
                                       : COLUMN_PLAIN;
  table_add_column(t, "id", "id", CELL_TEXT, 0, "Id as in the log.");
  table_set_role(t, 0, role);
  for (int c = 0; c < N_COLUMNS; c++) {
    const ColumnInfo *info = column_info((ColumnId)c);
    gboolean measured = info->measure == N_MEASURES || c == COLUMN_HITS || c == COLUMN_SHARE ||
                        (p->ranking->measures & MEASURE_BIT(info->measure));
    if (info->type == COLUMN_IS_SPARK || !column_applies((ColumnId)c, p->id) || !measured)
      continue;
    columns[n++] = (ColumnId)c;
    table_add_column(t, info->name, info->name, cell_type(info->type),
                     info->type == COLUMN_IS_TEXT ? 0 : 2, info->definition);
    if (c == COLUMN_LABEL)
      table_set_role(t, n, role);
  }
  for (guint place = 0; place < p->n_visible; place++) {
    if (marked && !is_marked(s, p, place))
      continue;
    table_add_row(t);
    table_take_text(t, 0, dimension_id(s->ds, p->dim, pane_row(p, place)->key));
    for (guint i = 0; i < n; i++) {
      double v = pane_value(p, s->ds, place, columns[i]);
      ColumnType type = column_info(columns[i])->type;
      if (type == COLUMN_IS_TEXT)
        table_take_text(t, i + 1, pane_cell(p, s->ds, place, columns[i]));
      else if (v != v)
        continue;
      else if (type == COLUMN_IS_COUNT || type == COLUMN_IS_DATE)
        table_set_int(t, i + 1, (gint64)v);
      else
        table_set_real(t, i + 1, v);
    }
  }
  return t;
}

/* --- other views -------------------------------------------------------------------------------
 */

/* TRUE when every text of the column is a number as people see it ("1,234", "0.5", ""). */
static gboolean all_numbers(GPtrArray *rows, guint column)
{
  gboolean any = FALSE;
  for (guint r = 1; r < rows->len; r++) {
    char **cells = g_ptr_array_index(rows, r);
    const char *text = column < g_strv_length(cells) ? cells[column] : "";
    char *end = NULL;
    g_autofree char *plain = g_strdup(text);
    for (char *from = plain, *to = plain; (*to = *from) != 0; from++)
      to += *from != ',';
    if (!*plain)
      continue;
    g_ascii_strtod(plain, &end);
    if (*end)
      return FALSE;
    any = TRUE;
  }
  return any;
}

static void set_cell(Table *t, guint column, const char *text)
{
  if (table_column(t, column)->type == CELL_TEXT) {
    table_set_text(t, column, text);
    return;
  }
  g_autofree char *plain = g_strdup(text);
  for (char *from = plain, *to = plain; (*to = *from) != 0; from++)
    to += *from != ',';
  if (*plain)
    table_set_real(t, column, g_ascii_strtod(plain, NULL));
}

Table *export_view(State *s)
{
  const View *view = view_get(s->view);
  g_autofree char *text = view && view->copy ? view->copy(s, TRUE) : NULL;
  if (!text || !*text)
    return NULL;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
  for (guint i = 0; lines[i]; i++)
    if (*lines[i])
      g_ptr_array_add(rows, g_strsplit(lines[i], "\t", -1));
  char **head = g_ptr_array_index(rows, 0);
  guint n = g_strv_length(head);
  Table *t = table_new(view->name, view->title);
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = *head[i] ? g_strdup(head[i]) : g_strdup_printf("column_%u", i + 1);
    table_add_column(t, name, name, all_numbers(rows, i) ? CELL_REAL : CELL_TEXT, 2, name);
  }
  for (guint r = 1; r < rows->len; r++) {
    char **cells = g_ptr_array_index(rows, r);
    table_add_row(t);
    for (guint i = 0; i < n && cells[i]; i++)
      set_cell(t, i, cells[i]);
  }
  return t;
}

/* --- rows of the log ---------------------------------------------------------------------------
 */

static gint by_number(gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

GArray *export_marked_rows(const State *s)
{
  GArray *found = g_array_new(FALSE, FALSE, sizeof(guint32));
  const GPtrArray *marks = casebook_records(s->casebook, RECORD_MARK);
  for (guint i = 0; i < marks->len; i++) {
    const Entity *e = ((const Mark *)g_ptr_array_index(marks, i))->on;
    gint64 at = e->type == ENTITY_ROW ? row_find(s->ds, e, 0) : -1;
    for (; at >= 0; at = row_find(s->ds, e, (guint32)at + 1)) {
      guint32 row = (guint32)at;
      g_array_append_val(found, row);
    }
  }
  g_array_sort(found, by_number);
  return found;
}

guint32 export_rows(const State *s, const Selection *sel, const GArray *rows, const WriteOptions *o,
                    Sink *sink)
{
  RowFields fields = {.list = NULL};
  cli_fields_bind(&fields, s->ds);
  Table *t = cli_fields_columns(&fields);
  Cell *cells = g_new0(Cell, fields.list->len + 1);
  guint32 n = rows ? rows->len : sel->n, done = 0;
  Writer *w = writer_begin(table_column(t, 0), fields.list->len, o, sink);
  for (gboolean ok = TRUE; ok && done < n; done++) {
    cli_fields_fill(&fields, rows ? g_array_index(rows, guint32, done) : selection_row(sel, done),
                    cells);
    ok = writer_row(w, cells);
  }
  writer_end(w);
  g_free(cells);
  table_free(t);
  cli_fields_clear(&fields);
  return done;
}

Table *export_rows_table(const State *s, const Selection *sel, const GArray *rows)
{
  RowFields fields = {.list = NULL};
  cli_fields_bind(&fields, s->ds);
  Table *t = cli_fields_columns(&fields);
  guint n_columns = fields.list->len;
  Cell *cells = g_new0(Cell, n_columns + 1);
  guint32 n = rows ? rows->len : sel->n;
  for (guint32 i = 0; i < n; i++) {
    cli_fields_fill(&fields, rows ? g_array_index(rows, guint32, i) : selection_row(sel, i), cells);
    table_add_row(t);
    for (guint c = 0; c < n_columns; c++)
      if (!cells[c].missing && table_column(t, c)->type == CELL_TEXT)
        table_set_text(t, c, cells[c].v.s);
      else if (!cells[c].missing)
        table_set_int(t, c, cells[c].v.i);
  }
  g_free(cells);
  cli_fields_clear(&fields);
  return t;
}

void export_html(const Table *t, const char *title, const char *about, Pseudonyms *p, Sink *sink)
{
  Doc d;
  doc_begin(&d, &doc_html, sink, p, title);
  doc_open(&d, DOC_MAIN, NULL);
  doc_heading(&d, 1, NULL, title);
  doc_block(&d, DOC_LEAD, "%s", about);
  doc_table(&d, &(TableBlock){.table = t});
  doc_close(&d);
  doc_end(&d);
}
