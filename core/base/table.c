/* Tables: storage of cells, and their text for people.
 *
 * Numbers are printed without the locale, so that a report is the same everywhere. */
#include "core/base/table.h"

#include "core/base/marked.h"
#include "core/base/text.h"

#include <math.h>
#include <string.h>

#define DECIMALS_MAX 15

Table *table_new(const char *name, const char *title)
{
  Table *t = g_new0(Table, 1);
  t->name = g_strdup(name ? name : "");
  t->title = g_strdup(title ? title : "");
  t->columns = g_array_new(FALSE, TRUE, sizeof(TableColumn));
  t->cells = g_array_new(FALSE, TRUE, sizeof(Cell));
  return t;
}

guint table_n_columns(const Table *t)
{
  return t->columns->len;
}

const TableColumn *table_column(const Table *t, guint column)
{
  g_return_val_if_fail(column < t->columns->len, NULL);
  return &g_array_index(t->columns, TableColumn, column);
}

void table_free(Table *t)
{
  if (!t)
    return;
  guint n = t->columns->len;
  for (guint c = 0; c < n; c++) {
    TableColumn *col = &g_array_index(t->columns, TableColumn, c);
    if (col->type == CELL_TEXT)
      for (guint r = 0; r < t->n_rows; r++)
        g_free(g_array_index(t->cells, Cell, r * n + c).v.s);
    g_free(col->name);
    g_free(col->title);
    g_free(col->definition);
  }
  g_array_free(t->columns, TRUE);
  g_array_free(t->cells, TRUE);
  g_free(t->name);
  g_free(t->title);
  g_free(t);
}

void table_add_column(Table *t, const char *name, const char *title, CellType type, guint decimals,
                      const char *definition)
{
  g_return_if_fail(t->n_rows == 0);
  TableColumn col = {.name = g_strdup(name),
                     .title = g_strdup(title),
                     .type = type,
                     .decimals = (guint8)MIN(decimals, DECIMALS_MAX),
                     .definition = g_strdup(definition ? definition : "")};
  g_array_append_val(t->columns, col);
}

void table_add_row(Table *t)
{
  guint first = t->cells->len;
  g_array_set_size(t->cells, first + t->columns->len);
  for (guint c = first; c < t->cells->len; c++)
    g_array_index(t->cells, Cell, c).missing = TRUE;
  t->n_rows++;
}

const Cell *table_cell(const Table *t, guint row, guint column)
{
  g_return_val_if_fail(row < t->n_rows && column < t->columns->len, NULL);
  return &g_array_index(t->cells, Cell, row * t->columns->len + column);
}

/* Cell of the last row, or NULL when there is none. */
static Cell *last_cell(Table *t, guint column)
{
  g_return_val_if_fail(t->n_rows > 0 && column < t->columns->len, NULL);
  return &g_array_index(t->cells, Cell, (t->n_rows - 1) * t->columns->len + column);
}

void table_take_text(Table *t, guint column, char *s)
{
  Cell *cell = last_cell(t, column);
  if (!cell || table_column(t, column)->type != CELL_TEXT) {
    g_free(s);
    g_return_if_fail(cell && table_column(t, column)->type == CELL_TEXT);
    return;
  }
  g_free(cell->v.s);
  cell->v.s = s;
  cell->missing = s == NULL;
}

void table_set_text(Table *t, guint column, const char *s)
{
  table_take_text(t, column, g_strdup(s));
}

void table_set_real(Table *t, guint column, double v)
{
  Cell *cell = last_cell(t, column);
  g_return_if_fail(cell);
  CellType type = table_column(t, column)->type;
  g_return_if_fail(type == CELL_REAL || type == CELL_SHARE);
  cell->v.d = v;
  cell->missing = !isfinite(v);
}

void table_set_int(Table *t, guint column, gint64 v)
{
  Cell *cell = last_cell(t, column);
  g_return_if_fail(cell);
  CellType type = table_column(t, column)->type;
  g_return_if_fail(type != CELL_TEXT);
  if (type == CELL_REAL || type == CELL_SHARE) {
    table_set_real(t, column, (double)v);
    return;
  }
  cell->v.i = v;
  cell->missing = (type == CELL_TIME && v == CIVIL_NONE) ||
                  (type == CELL_DATE && (v == CIVIL_DAY_NONE || v == CIVIL_NONE));
}

/* `-1,234.50`; a number that rounds to zero has no sign. */
static char *real_text(double v, guint decimals, const char *suffix)
{
  char format[8], digits[400];
  g_snprintf(format, sizeof format, "%%.%uf", decimals);
  g_ascii_formatd(digits, sizeof digits, format, fabs(v));
  gboolean negative = v < 0 && strpbrk(digits, "123456789") != NULL;
  gsize whole = strcspn(digits, ".");
  GString *out = g_string_new(negative ? "-" : "");
  for (gsize i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0)
      g_string_append_c(out, ',');
    g_string_append_c(out, digits[i]);
  }
  g_string_append(out, digits + whole);
  g_string_append(out, suffix);
  return g_string_free(out, FALSE);
}

/* Seconds are left out where they are zero: most times people ask for are whole minutes. */
static char *time_text(CivilTime t)
{
  char buf[CIVIL_BUF];
  civil_format(t, ' ', buf);
  if (g_str_has_suffix(buf, ":00"))
    buf[strlen(buf) - 3] = '\0';
  return g_strdup(buf);
}

char *cell_text(const TableColumn *col, const Cell *cell)
{
  if (cell->missing)
    return g_strdup("");
  char buf[CIVIL_BUF];
  switch (col->type) {
  case CELL_TEXT:
    return col->role == COLUMN_MARKED ? marked_text(cell->v.s, NULL, NULL)
                                      : text_safe(cell->v.s, -1);
  case CELL_INT:
    return text_grouped(cell->v.i);
  case CELL_REAL:
    return real_text(cell->v.d, col->decimals, "");
  case CELL_SHARE:
    return real_text(cell->v.d * 100, col->decimals, " %");
  case CELL_TIME:
    return time_text(cell->v.i);
  case CELL_DATE:
    return g_strdup(civil_format_day((CivilDay)cell->v.i, buf));
  case CELL_BOOL:
    return g_strdup(cell->v.i ? "yes" : "no");
  }
  return g_strdup("");
}

char *table_cell_text(const Table *t, guint row, guint column)
{
  const Cell *cell = table_cell(t, row, column);
  return cell ? cell_text(table_column(t, column), cell) : g_strdup("");
}
