/* `matrix`: two dimensions crossed. A grid for people, one cell a row for programs. */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/query/matrix.h"
#include "tui/app/cli_commands.h"
#include "tui/app/cli_parse.h"

/* What a cell can hold. Hits and users of an empty cell are 0 and it is left out of the long form;
 * lift and residual of an empty cell say something. */
typedef enum { VALUE_HITS, VALUE_USERS, VALUE_SHARE, VALUE_LIFT, VALUE_RESIDUAL, N_VALUES } Value;

static const struct {
  const char *name;
  CellType type;
  guint8 decimals;
  gboolean sparse;
  const char *definition;
} values[N_VALUES] = {
    [VALUE_HITS] = {"hits", CELL_INT, 0, TRUE, "Rows of the cell."},
    [VALUE_USERS] = {"users", CELL_INT, 0, TRUE, "Distinct users of the cell."},
    [VALUE_SHARE] = {"share", CELL_SHARE, 1, TRUE,
                     "Hits of the cell divided by all hits of its column in the scope."},
    [VALUE_LIFT] = {"lift", CELL_REAL, 2, FALSE,
                    "Hits divided by the hits to be expected if rows and columns had nothing to do "
                    "with each other."},
    [VALUE_RESIDUAL] = {"residual", CELL_REAL, 1, FALSE,
                        "Distance from the expected hits in standard deviations (adjusted "
                        "residual)."},
};

typedef struct {
  MatrixRequest request;
  Value value;
} MatrixAsk;

static gboolean read_value(const Options *o, Value *ret, GError **error)
{
  const char *text = option_given(o, OPT_MEASURE) ? option_text(o, OPT_MEASURE) : "hits";
  const char *names[N_VALUES + 1] = {NULL};
  for (guint v = 0; v < N_VALUES; v++) {
    names[v] = values[v].name;
    if (g_ascii_strcasecmp(text, names[v]) == 0) {
      *ret = (Value)v;
      return TRUE;
    }
  }
  const char *closest = text_closest(text, names);
  char *list = g_strjoinv(", ", (char **)(gpointer)names), *shown = text_escaped(text, -1, 60);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "--measure: a matrix has no \"%s\"%s%s; it has one of %s", shown,
              closest ? "; did you mean " : "", closest ? closest : "", list);
  g_free(list);
  g_free(shown);
  return FALSE;
}

static gboolean read_ask(const Options *o, MatrixAsk *ask, GError **error)
{
  if (!cli_parse_dimension(o, OPT_ROWS, &ask->request.rows, error) ||
      !cli_parse_dimension(o, OPT_COLUMNS, &ask->request.columns, error) ||
      !read_value(o, &ask->value, error))
    return FALSE;
  ask->request.max_rows = (guint)option_number(o, OPT_LIMIT);
  ask->request.max_columns = (guint)option_number(o, OPT_LIMIT_COLUMNS);
  ask->request.users = ask->value == VALUE_USERS;
  return TRUE;
}

static Cell value_cell(const Matrix *m, Value value, guint32 row, guint32 column)
{
  gsize place = (gsize)row * m->n_columns + column;
  switch (value) {
  case VALUE_HITS:
    return cell_int(m->hits[place]);
  case VALUE_USERS:
    return cell_int(m->users[place]);
  case VALUE_SHARE:
    return cell_real((double)m->hits[place] / (double)m->column_hits[column]);
  case VALUE_LIFT:
    return cell_real(matrix_lift(m, row, column));
  case VALUE_RESIDUAL:
    return cell_real(matrix_residual(m, row, column));
  case N_VALUES:
    break;
  }
  return cell_missing();
}

static void add_value_column(Table *t, Value value, const char *name)
{
  table_add_column(t, name, name, values[value].type, values[value].decimals,
                   values[value].definition);
}

/* row, column, value; cells row by row, both in order of hits. */
static void write_long(CliRun *run, const MatrixAsk *ask, const Matrix *m)
{
  Table *t = table_new("matrix", "matrix");
  guint n_row = cli_add_key_columns_as(t, m->rows, FALSE, "row");
  guint n_keys = n_row + cli_add_key_columns_as(t, m->columns, FALSE, "column");
  GPtrArray *row_texts = g_ptr_array_new_with_free_func(g_free);
  GPtrArray *column_texts = g_ptr_array_new_with_free_func(g_free);
  add_value_column(t, ask->value, "value");
  Writer *w = writer_begin(cli_columns(t), n_keys + 1, &run->write, run->sink);
  Cell cells[5];
  gboolean ok = TRUE;
  for (guint32 r = 0; ok && r < m->n_rows; r++) {
    g_ptr_array_set_size(row_texts, 0);
    cli_key_cells(run, m->rows, m->row_keys[r], FALSE, cells, row_texts);
    for (guint32 c = 0; ok && c < m->n_columns; c++) {
      if (values[ask->value].sparse && m->hits[(gsize)r * m->n_columns + c] == 0)
        continue;
      g_ptr_array_set_size(column_texts, 0);
      cli_key_cells(run, m->columns, m->column_keys[c], FALSE, cells + n_row, column_texts);
      cells[n_keys] = value_cell(m, ask->value, r, c);
      ok = writer_row(w, cells);
    }
  }
  writer_end(w);
  g_ptr_array_free(row_texts, TRUE);
  g_ptr_array_free(column_texts, TRUE);
  table_free(t);
}

static void write_grid(CliRun *run, const MatrixAsk *ask, const Matrix *m)
{
  Table *t = table_new("matrix", "matrix");
  table_add_column(t, dimension_info(m->rows)->name, dimension_info(m->rows)->name, CELL_TEXT, 0,
                   dimension_info(m->rows)->definition);
  for (guint32 c = 0; c < m->n_columns; c++) {
    char *title = cli_key_title(run, m->columns, m->column_keys[c]);
    add_value_column(t, ask->value, title);
    g_free(title);
  }
  for (guint32 r = 0; r < m->n_rows; r++) {
    table_add_row(t);
    table_take_text(t, 0, cli_key_title(run, m->rows, m->row_keys[r]));
    for (guint32 c = 0; c < m->n_columns; c++) {
      Cell cell = value_cell(m, ask->value, r, c);
      if (values[ask->value].type == CELL_INT)
        table_set_int(t, 1 + c, cell.v.i);
      else
        table_set_real(t, 1 + c, cell.v.d);
    }
  }
  write_table(t, &run->write, run->sink);
  table_free(t);
}

int cli_matrix(const Options *o)
{
  CliRun run = {.options = o};
  MatrixAsk ask = {.value = VALUE_HITS};
  GError *error = NULL;
  if (read_ask(o, &ask, &error) && cli_begin(&run, o, &error)) {
    Matrix *m = matrix_new(run.ds, run.sel, &ask.request);
    if (run.people)
      write_grid(&run, &ask, m);
    else
      write_long(&run, &ask, m);
    cli_account(&run, NULL);
    matrix_free(m);
  }
  return cli_end(&run, error);
}

void cli_matrix_help(GString *out)
{
  cli_help_dimensions(out);
  g_string_append(out, "\nMeasures:\n");
  for (guint v = 0; v < N_VALUES; v++)
    option_help_entry(out, values[v].name, values[v].definition);
}
