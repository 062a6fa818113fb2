/* Grid: lessons x cohorts of the scope, with a cursor on a cell. */
#include "tui/model/grid.h"

#include <math.h>

#include "core/stats/robust.h"
#include "tui/model/scroll.h"

static const GridMeasureInfo measures[N_GRID_MEASURES] = {
    [GRID_PER_USER] = {"per-user", "hits per user",
                       "Hits of the cell divided by the cohort's users of lessons in this scope."},
    [GRID_SHARE] = {"share", "share of cohort",
                    "Hits of the cell as a share of the cohort's hits on lessons in this scope."},
    [GRID_LIFT] = {"lift", "lift",
                   "Hits divided by those expected from both totals; 2.0 = twice as many."},
    [GRID_RESIDUAL] =
        {"residual", "residual",
         "Standard deviations from the expected hits; one reader can cause it (A 2)."},
    [GRID_HITS] = {"hits", "hits", "Rows of the log in the cell."},
};

#define ROWS_MAX    500
#define COLUMNS_MAX 200

const GridMeasureInfo *grid_measure_info(GridMeasure m)
{
  return &measures[m];
}

void grid_clear(Grid *g)
{
  g_clear_pointer(&g->matrix, matrix_free);
  g_clear_pointer(&g->column_users, g_free);
  g_clear_pointer(&g->row_order, g_free);
  g_clear_pointer(&g->stamp, g_free);
}

/* The filters without those that single out a cohort, a lesson, a user or an address on the path:
 * the grid shows all of them beside each other. Typed filters stay. */
static Scope *grid_scope(const Chips *chips)
{
  Scope *scope = scope_new();
  gboolean has_kind = FALSE;
  for (guint i = 0; i < chips_count(chips); i++) {
    const Chip *chip = chips_get(chips, i);
    gboolean path = chip->pane != PANE_TYPED && chip->pane != PANE_PROGRAMS;
    if (chip->term->off || path)
      continue;
    has_kind = has_kind || chip->term->field == FIELD_KIND;
    g_ptr_array_add(scope->terms, scope_term_copy(chip->term));
  }
  if (!has_kind)
    g_ptr_array_add(scope->terms, scope_term_new(FIELD_KIND, "lesson", FALSE));
  return scope;
}

/* The last course week that every cohort of the selection with at least ten users has reached. */
static guint common_weeks(const Dataset *ds, const Selection *sel)
{
  RankRequest req = {.by = DIM_COHORT,
                     .measures = MEASURE_BIT(MEASURE_USERS) | MEASURE_BIT(MEASURE_LAST)};
  Ranking *r = rank(ds, sel, &req);
  guint weeks = 0;
  for (guint32 i = 0; i < r->n; i++) {
    const Cohort *c = cohort_table_get(ds->log->cohorts, (guint16)r->rows[i].key);
    if (r->rows[i].key == COHORT_NONE || c->staff || c->start == CIVIL_DAY_NONE ||
        r->rows[i].users < 10)
      continue;
    CivilDay last = civil_day_of(r->rows[i].last);
    if (c->end != CIVIL_DAY_NONE)
      last = MIN(last, c->end);
    int week = cohort_course_week(c, last);
    if (week > 0 && (weeks == 0 || (guint)week < weeks))
      weeks = (guint)week;
  }
  ranking_free(r);
  return weeks;
}

static void count_column_users(Grid *g, const Dataset *ds, const Selection *sel)
{
  RankRequest req = {.by = g->matrix->columns, .measures = MEASURE_BIT(MEASURE_USERS)};
  Ranking *r = rank(ds, sel, &req);
  g->column_users = g_new0(guint32, g->matrix->n_columns + 1);
  for (guint32 c = 0; c < g->matrix->n_columns; c++)
    for (guint32 i = 0; i < r->n; i++)
      if (r->rows[i].key == g->matrix->column_keys[c])
        g->column_users[c] = r->rows[i].users;
  ranking_free(r);
}

static gint compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
  const Grid *g = data;
  guint32 ra = *(const guint32 *)a, rb = *(const guint32 *)b;
  for (guint32 c = 0; c < g->matrix->n_columns; c++)
    if ((int)g->matrix->column_keys[c] == g->sort_column) {
      guint32 ha = g->matrix->hits[(gsize)ra * g->matrix->n_columns + c];
      guint32 hb = g->matrix->hits[(gsize)rb * g->matrix->n_columns + c];
      if (ha != hb)
        return ha > hb ? -1 : 1;
    }
  return ra < rb ? -1 : ra > rb; /* most hits first, as the matrix has them */
}

static void order_rows(Grid *g)
{
  g_free(g->row_order);
  g->row_order = g_new(guint32, g->matrix->n_rows + 1);
  for (guint32 i = 0; i < g->matrix->n_rows; i++)
    g->row_order[i] = i;
  g_qsort_with_data(g->row_order, (gint)g->matrix->n_rows, sizeof(guint32), compare_rows, g);
}

void grid_forget_cell(Grid *g)
{
  g_clear_pointer(&g->row_id, g_free);
  g_clear_pointer(&g->column_id, g_free);
}

/* Remembers the names of the cell under the cursor. */
static void name_cell(Grid *g, const Dataset *ds)
{
  if (g->row >= grid_n_rows(g) || g->column >= grid_n_columns(g) ||
      (g->row_id && g->named_row == g->row && g->named_column == g->column))
    return;
  grid_forget_cell(g);
  g->row_id = dimension_id(ds, DIM_LESSON, grid_row_key(g, g->row));
  g->column_id = dimension_id(ds, DIM_COHORT, g->matrix->column_keys[g->column]);
  g->named_row = g->row;
  g->named_column = g->column;
}

/* In the grid of a log that has grown the cursor goes to the cell of these names. */
static void find_cell(Grid *g, const Dataset *ds)
{
  guint32 row = 0, column = 0;
  if (g->row_id && dimension_find(ds, DIM_LESSON, g->row_id, &row))
    for (guint i = 0; i < grid_n_rows(g); i++)
      if (grid_row_key(g, i) == row)
        g->row = i;
  if (g->column_id && dimension_find(ds, DIM_COHORT, g->column_id, &column))
    for (guint i = 0; i < grid_n_columns(g); i++)
      if (g->matrix->column_keys[i] == column)
        g->column = i;
}

gboolean grid_refresh(Grid *g, const Dataset *ds, guint64 generation, const Chips *chips,
                      GError **error)
{
  Scope *scope = grid_scope(chips);
  g_autofree char *scope_text = scope_print(scope);
  g_autofree char *stamp =
      g_strdup_printf("%" G_GUINT64_FORMAT "|%d|%s", generation, g->equal_weeks, scope_text);
  if (g_strcmp0(stamp, g->stamp) == 0) {
    name_cell(g, ds);
    scope_free(scope);
    return TRUE;
  }
  Selection *sel = scope_select(scope, ds, error);
  g->weeks = 0;
  if (sel && g->equal_weeks && (g->weeks = common_weeks(ds, sel)) > 0) {
    g_autofree char *text = g_strdup_printf("course-week=1..%u", g->weeks);
    g_ptr_array_add(scope->terms, scope_term_parse(text, NULL));
    selection_free(sel);
    sel = scope_select(scope, ds, error);
  }
  scope_free(scope);
  if (!sel)
    return FALSE;
  grid_clear(g);
  MatrixRequest req = {DIM_LESSON, DIM_COHORT, ROWS_MAX, COLUMNS_MAX, FALSE};
  g->matrix = matrix_new(ds, sel, &req);
  count_column_users(g, ds, sel);
  selection_free(sel);
  order_rows(g);
  g->stamp = g_steal_pointer(&stamp);
  if (g->generation != generation)
    find_cell(g, ds);
  g->generation = generation;
  grid_move(g, g->row, g->column);
  grid_forget_cell(g);
  name_cell(g, ds);
  return TRUE;
}

guint grid_n_rows(const Grid *g)
{
  return g->matrix ? g->matrix->n_rows : 0;
}

guint grid_n_columns(const Grid *g)
{
  return g->matrix ? g->matrix->n_columns : 0;
}

guint32 grid_row_key(const Grid *g, guint row)
{
  return g->matrix->row_keys[g->row_order[row]];
}

guint32 grid_hits(const Grid *g, guint row, guint column)
{
  return g->matrix->hits[(gsize)g->row_order[row] * g->matrix->n_columns + column];
}

double grid_value(const Grid *g, guint row, guint column)
{
  double hits = grid_hits(g, row, column);
  switch (g->measure) {
  case GRID_PER_USER:
    return g->column_users[column] ? hits / g->column_users[column] : NAN;
  case GRID_SHARE:
    return g->matrix->column_hits[column] ? hits / (double)g->matrix->column_hits[column] : NAN;
  case GRID_LIFT:
    return matrix_lift(g->matrix, g->row_order[row], column);
  case GRID_RESIDUAL:
    return matrix_residual(g->matrix, g->row_order[row], column);
  default:
    return hits;
  }
}

double grid_row_scale(const Grid *g, guint row)
{
  double max = 0;
  for (guint c = 0; c < grid_n_columns(g); c++) {
    double v = grid_value(g, row, c);
    if (v > max)
      max = v;
  }
  return max;
}

double grid_whole_scale(const Grid *g)
{
  double max = 0;
  for (guint row = 0; row < grid_n_rows(g); row++)
    max = MAX(max, grid_row_scale(g, row));
  return max;
}

double grid_row_median(const Grid *g, guint row, guint *ret_n)
{
  guint n = 0;
  g_autofree double *values = g_new(double, grid_n_columns(g) + 1);
  for (guint c = 0; c < grid_n_columns(g); c++) {
    double v = grid_value(g, row, c);
    if (!isnan(v))
      values[n++] = v;
  }
  *ret_n = n;
  return n ? robust_median(values, n) : NAN;
}

void grid_move(Grid *g, gint64 row, gint64 column)
{
  gint64 rows = grid_n_rows(g), columns = grid_n_columns(g);
  g->row = rows ? (guint)CLAMP(row, 0, rows - 1) : 0;
  g->column = columns ? (guint)CLAMP(column, 0, columns - 1) : 0;
}

void grid_scroll(Grid *g, int rows, int columns)
{
  scroll_to(g->row, grid_n_rows(g), rows, &g->top);
  scroll_to(g->column, grid_n_columns(g), columns, &g->left);
}

void grid_sort_by_column(Grid *g)
{
  if (!g->matrix || g->column >= g->matrix->n_columns)
    return;
  int key = (int)g->matrix->column_keys[g->column];
  g->sort_column = g->sort_column == key ? -1 : key;
  order_rows(g);
  g->row = g->top = 0;
}
