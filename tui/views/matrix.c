/* Matrix: lessons x cohorts in shades or numbers; Enter opens the users of a cell. */
#include <math.h>

#include "core/base/text.h"
#include "tui/model/grid.h"
#include "tui/views/terms.h"
#include "tui/views/view.h"

#define CELL_WIDTH   4 /* shades: three columns and a blank */
#define NUMBER_WIDTH 6

static Grid *grid(const State *s)
{
  return s->view_data[VIEW_MATRIX];
}

static void grid_drop(gpointer data)
{
  grid_clear(data);
}

static void grid_free(gpointer data)
{
  grid_clear(data);
  grid_forget_cell(data);
  g_free(data);
}

typedef struct {
  int label, cell, columns, rows;
} GridLayout;

static GridLayout lay_out(const Grid *g, Rect body)
{
  GridLayout l;
  l.label = CLAMP(body.w / 4, 14, 40);
  l.cell = g->numbers ? NUMBER_WIDTH : CELL_WIDTH;
  l.columns = MAX((body.w - l.label - 2 - 8) / l.cell, 1);
  l.rows = MAX(body.h - 6, 1); /* title, two heads, ramp, two lines about the cell */
  return l;
}

static gboolean prepare(State *s, Rect body, GError **error)
{
  if (!s->view_data[VIEW_MATRIX]) {
    Grid *g = g_new0(Grid, 1);
    g->sort_column = -1;
    s->view_data[VIEW_MATRIX] = g;
    s->view_data_free[VIEW_MATRIX] = grid_free;
    s->view_data_drop[VIEW_MATRIX] = grid_drop;
  }
  Grid *g = grid(s);
  if (!s->ds)
    return TRUE;
  if (!grid_refresh(g, s->ds, s->generation, s->chips, error))
    return FALSE;
  GridLayout l = lay_out(g, body);
  s->page = l.rows;
  grid_scroll(g, l.rows, l.columns);
  return TRUE;
}

/* --- draw --------------------------------------------------------------------------------------
 */

static void format_value(const Grid *g, double v, char *buf, gsize size)
{
  if (isnan(v))
    g_strlcpy(buf, "", size);
  else if (g->measure == GRID_SHARE)
    g_snprintf(buf, size, "%.1f%%", 100 * v);
  else if (g->measure == GRID_HITS)
    g_snprintf(buf, size, "%.0f", v);
  else
    g_snprintf(buf, size, "%.1f", v);
}

static void draw_title(const State *s, Canvas *c, Rect r)
{
  const Grid *g = grid(s);
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline_focus, ROLE_BORDER_FOCUS);
  g_autofree char *weeks =
      g->weeks ? g_strdup_printf(", course weeks 1 to %u of every cohort", g->weeks) : g_strdup("");
  g_autofree char *left =
      g_strdup_printf(" 8 LESSONS x COHORTS  %s%s ", grid_measure_info(g->measure)->title, weeks);
  int x = r.x + 1 + canvas_text(c, r.x + 1, r.y, left, ROLE_TITLE_FOCUS);
  const char *right = g->whole_scale ? " one scale for all " : " each lesson on its own scale ";
  int w = canvas_text_width(right);
  if (!g->numbers && x + w + 2 < r.x + r.w)
    canvas_text(c, r.x + r.w - w - 1, r.y, right, ROLE_TITLE);
}

static void draw_heads(const State *s, Canvas *c, Rect r, GridLayout l)
{
  const Grid *g = grid(s);
  canvas_text_fit(c, r.x + 1, r.y + 2, l.label, "lesson", ROLE_HEADER, FIT_LEFT);
  for (int i = 0; i < l.columns && g->left + (guint)i < grid_n_columns(g); i++) {
    guint column = g->left + (guint)i;
    g_autofree char *name =
        dimension_label(s->ds, g->matrix->columns, g->matrix->column_keys[column]);
    int x = r.x + 2 + l.label + i * l.cell;
    Role role = column == g->column ? ROLE_COLUMN : ROLE_HEADER;
    /* names two to a line would run together: every other one stands a line higher */
    canvas_text_fit(c, x, r.y + 1 + (i % 2), MIN(2 * l.cell - 1, r.x + r.w - x - 8), name, role,
                    FIT_LEFT);
  }
  canvas_text_fit(c, r.x + r.w - 8, r.y + 2, 7, "all", ROLE_HEADER, FIT_RIGHT);
}

/* `scale`: of all rows, or 0: the row has its own. */
static void draw_row(const State *s, Canvas *c, Rect r, GridLayout l, int line, double scale)
{
  const Grid *g = grid(s);
  guint row = g->top + (guint)line;
  int y = r.y + 3 + line;
  g_autofree char *name = dimension_label(s->ds, g->matrix->rows, grid_row_key(g, row));
  canvas_text_fit(c, r.x + 1, y, l.label, name, row == g->row ? ROLE_STRONG : ROLE_NORMAL,
                  FIT_CUT_MIDDLE);
  if (!(scale > 0))
    scale = grid_row_scale(g, row);
  for (int i = 0; i < l.columns && g->left + (guint)i < grid_n_columns(g); i++) {
    guint column = g->left + (guint)i;
    int x = r.x + 2 + l.label + i * l.cell;
    double v = grid_value(g, row, column);
    if (grid_hits(g, row, column) == 0)
      continue; /* blank: never opened */
    if (g->numbers) {
      char buf[24];
      format_value(g, v, buf, sizeof buf);
      canvas_text_fit(c, x, y, l.cell - 1, buf, role_heat(glyph_heat_level(v, scale)), FIT_RIGHT);
    } else {
      canvas_heat(c, x, y, l.cell - 1, glyph_heat_level(v, scale));
    }
  }
  g_autofree char *all = text_grouped((gint64)g->matrix->row_hits[g->row_order[row]]);
  canvas_text_fit(c, r.x + r.w - 8, y, 7, all, ROLE_NUMBER, FIT_RIGHT);
  if (row == g->row) {
    canvas_put(c, r.x, y, c->glyphs->cursor, ROLE_KEY);
    int x = r.x + 2 + l.label + (int)(g->column - g->left) * l.cell;
    canvas_ground(c, rect_make(x, y, l.cell - 1, 1), ROLE_CURSOR);
    if (grid_hits(g, row, g->column) == 0)
      canvas_text_fit(c, x, y, l.cell - 1, "", ROLE_CURSOR, FIT_LEFT);
    canvas_cursor(c, x, y, TRUE);
  }
}

static void draw_cell_text(const State *s, Canvas *c, Rect r)
{
  const Grid *g = grid(s);
  int y = r.y + r.h - 3;
  int x = r.x + 1 + canvas_text(c, r.x + 1, y, "never ", ROLE_DIM);
  for (int level = 0; level <= GLYPH_HEAT_MAX; level++) {
    canvas_heat(c, x, y, 2, level);
    x += 2;
  }
  x += canvas_text(c, x, y, " most", ROLE_DIM);
  if (!grid_n_rows(g) || !grid_n_columns(g))
    return;
  g_autofree char *lesson = dimension_label(s->ds, g->matrix->rows, grid_row_key(g, g->row));
  g_autofree char *cohort =
      dimension_label(s->ds, g->matrix->columns, g->matrix->column_keys[g->column]);
  g_autofree char *hits = text_grouped(grid_hits(g, g->row, g->column));
  char value[24], median[24];
  guint n = 0;
  format_value(g, grid_value(g, g->row, g->column), value, sizeof value);
  format_value(g, grid_row_median(g, g->row, &n), median, sizeof median);
  double lift = matrix_lift(g->matrix, g->row_order[g->row], g->column);
  guint32 users = g->column_users[g->column];
  g_autofree char *others =
      g_strdup_printf("median of %u cohort%s %s, lift %.1f; %u user%s", n, n == 1 ? "" : "s",
                      median, isnan(lift) ? 0 : lift, users, users == 1 ? "" : "s");
  if (r.x + r.w - x > 30)
    canvas_text_fit(c, x + 2, y, r.x + r.w - x - 3, others, ROLE_NORMAL, FIT_LEFT);
  g_autofree char *text =
      g_strdup_printf(": %s hit%s; %s %s", hits, strcmp(hits, "1") == 0 ? "" : "s",
                      grid_measure_info(g->measure)->title, *value ? value : "-");
  g_autofree char *cell = g_strdup_printf("%s x %s", cohort, lesson);
  int cell_w = MIN(canvas_text_width(cell), MAX(r.w - 2 - canvas_text_width(text), 8));
  canvas_text_fit(c, r.x + 1, y + 1, cell_w, cell, ROLE_NORMAL, FIT_LEFT | FIT_CUT_MIDDLE);
  canvas_text_fit(c, r.x + 1 + cell_w, y + 1, MAX(r.w - 2 - cell_w, 0), text, ROLE_NORMAL,
                  FIT_LEFT);
  canvas_text_fit(c, r.x + 1, y + 2, r.w - 2, grid_measure_info(g->measure)->definition, ROLE_DIM,
                  FIT_LEFT);
}

static void draw(const State *s, Canvas *c, Rect body)
{
  const Grid *g = grid(s);
  if (!s->ds || !g || !g->matrix)
    return;
  GridLayout l = lay_out(g, body);
  draw_title(s, c, body);
  if (grid_n_rows(g) == 0) {
    canvas_text_fit(c, body.x + 2, body.y + 2, body.w - 3,
                    "nothing passes the filters above; x drops the last", ROLE_DIM, FIT_LEFT);
    return;
  }
  draw_heads(s, c, body, l);
  double scale = g->whole_scale ? grid_whole_scale(g) : 0;
  for (int line = 0; line < l.rows && g->top + (guint)line < grid_n_rows(g); line++)
    draw_row(s, c, body, l, line, scale);
  draw_cell_text(s, c, body);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void move(State *s, Move m, gint64 amount)
{
  Grid *g = grid(s);
  if (!g || !g->matrix)
    return;
  if (m == MOVE_LEFT || m == MOVE_RIGHT)
    grid_move(g, g->row, (gint64)g->column + (m == MOVE_LEFT ? -1 : 1));
  else
    grid_move(g, view_moved(m, amount, g->row, grid_n_rows(g), s->page), g->column);
}

static gboolean enter(State *s, GError **error)
{
  Grid *g = grid(s);
  (void)error;
  if (!g || !grid_n_rows(g))
    return TRUE;
  ScopeTerm *cohort =
      scope_term_for_key(s->ds, g->matrix->columns, g->matrix->column_keys[g->column], FALSE);
  ScopeTerm *lesson = scope_term_for_key(s->ds, g->matrix->rows, grid_row_key(g, g->row), FALSE);
  state_open_cell(s, cohort, lesson);
  return TRUE;
}

static gboolean command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  Grid *g = grid(s);
  (void)argc;
  (void)error;
  *handled = g != NULL;
  if (!g)
    return TRUE;
  if (g_strcmp0(argv[0], "style") == 0)
    g->numbers = !g->numbers;
  else if (g_strcmp0(argv[0], "base") == 0)
    g->measure = (GridMeasure)((g->measure + 1) % N_GRID_MEASURES);
  else if (g_strcmp0(argv[0], "scale") == 0)
    g->whole_scale = !g->whole_scale;
  else if (g_strcmp0(argv[0], "equal-weeks") == 0)
    g->equal_weeks = !g->equal_weeks;
  else if (g_strcmp0(argv[0], "sort-column") == 0)
    grid_sort_by_column(g);
  else
    *handled = FALSE;
  return TRUE;
}

/* The cell at a shown row, in the column of the cursor. */
static Entity *entity(const State *s, guint place)
{
  const Grid *g = grid(s);
  if (!g || place >= grid_n_rows(g) || g->column >= grid_n_columns(g))
    return NULL;
  ScopeTerm *row = scope_term_for_key(s->ds, g->matrix->rows, grid_row_key(g, place), FALSE);
  ScopeTerm *column =
      scope_term_for_key(s->ds, g->matrix->columns, g->matrix->column_keys[g->column], FALSE);
  g_autofree char *row_text = scope_term_print(row), *column_text = scope_term_print(column);
  scope_term_free(row);
  scope_term_free(column);
  return entity_cell(row_text, column_text);
}

static guint place(const State *s, guint *ret_n)
{
  const Grid *g = grid(s);
  *ret_n = g ? grid_n_rows(g) : 0;
  return g ? g->row : 0;
}

static char *status(const State *s)
{
  const Grid *g = grid(s);
  return g ? g_strdup_printf("CELL %u/%u x %u/%u", g->row + 1, grid_n_rows(g), g->column + 1,
                             grid_n_columns(g))
           : g_strdup("MATRIX");
}

static char *copy(const State *s, gboolean whole)
{
  const Grid *g = grid(s);
  char buf[24];
  if (!g || !grid_n_rows(g))
    return NULL;
  if (!whole) {
    format_value(g, grid_value(g, g->row, g->column), buf, sizeof buf);
    return g_strdup(buf);
  }
  GString *out = g_string_new("lesson");
  for (guint c = 0; c < grid_n_columns(g); c++) {
    g_autofree char *name = dimension_label(s->ds, g->matrix->columns, g->matrix->column_keys[c]);
    g_string_append_printf(out, "\t%s", name);
  }
  for (guint row = 0; row < grid_n_rows(g); row++) {
    g_autofree char *name = dimension_label(s->ds, g->matrix->rows, grid_row_key(g, row));
    g_string_append_printf(out, "\n%s", name);
    for (guint c = 0; c < grid_n_columns(g); c++) {
      format_value(g, grid_value(g, row, c), buf, sizeof buf);
      g_string_append_printf(out, "\t%s", buf);
    }
  }
  g_string_append_c(out, '\n');
  return g_string_free(out, FALSE);
}

/* Every measure, the one shown first. */
static void explain(const State *s, Menu *m)
{
  const Grid *g = grid(s);
  for (int i = 0; g && i < N_GRID_MEASURES; i++) {
    const GridMeasureInfo *info =
        grid_measure_info((GridMeasure)((g->measure + i) % N_GRID_MEASURES));
    terms_add(s, m, info->title, info->definition, "cancel");
  }
}

const View view_matrix = {.name = "matrix",
                          .title = "Matrix",
                          .key = '8',
                          .prepare = prepare,
                          .draw = draw,
                          .move = move,
                          .enter = enter,
                          .command = command,
                          .entity = entity,
                          .place = place,
                          .status = status,
                          .copy = copy,
                          .explain = explain,
                          .hints = "Enter users|h j k l move|% measure|v numbers|L scale|b equal "
                                   "weeks|s sort|y copy|? help"};
