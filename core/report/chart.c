/* Charts: which tables have one, and how its numbers are taken from their columns. */
#include "core/report/chart.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "core/query/series.h"
#include "core/report/content.h"

#define VALUES_MOST 4
#define LINES_MOST  4

/* A chart of one table. Names are those of columns and tables of the answer. */
typedef struct {
  guint number; /* of the question */
  const char *table;
  ChartKind kind;
  const char *label;               /* column of the labels; NULL: the punch card of the log */
  const char *values[VALUES_MOST]; /* columns of the values, a line each */
  const char *by[2];               /* lines are the values of these columns instead, "a to b" */
  guint most;                      /* rows that are drawn: the first ones; 0: all */
  guint least_rows;                /* a table with fewer has no chart */
  const char *weight;              /* column of what a value rests on, which is left out below */
  double least;                    /* this */
  const char *marks;               /* table of what is marked: one row for each line */
  const char *mark;                /* its column with the label, where `mark_if` is `mark_word` */
  const char *mark_if, *mark_word;
  gboolean first;              /* stands before all tables of the answer */
  const char *title, *caption; /* NULL: the title of the table; none */
} ChartSpec;

static const ChartSpec specs[] = {
    {.number = 1,
     .table = "lessons",
     .kind = CHART_BARS,
     .label = "lesson",
     .values = {"median_share"},
     .most = 10,
     .least_rows = 5,
     .title = "the ten lessons that cohorts read most steadily",
     .caption = "Share of a cohort's hits that went to the lesson: the median of the cohorts."},
    {.number = 5,
     .table = "cross_access_by_month",
     .kind = CHART_LINES,
     .label = "month",
     .values = {"rate"},
     .by = {"from_track", "to_track"},
     .weight = "active",
     .least = 10,
     .marks = "cross_access",
     .mark = "change_month",
     .mark_if = "verdict",
     .mark_word = "fell",
     .first = TRUE,
     .title = "Students who read the other track, month by month",
     .caption =
         "Share of the students active in the month who opened three or more different "
         "lessons of the other track. Months with fewer than 10 active students are not drawn."},
    {.number = 6,
     .table = "modules",
     .kind = CHART_BARS,
     .label = "module",
     .values = {"hits"},
     .most = 8,
     .least_rows = 5,
     .title = "the modules that graduates read most",
     .caption = "Hits of graduates after the last day of their class."},
    {.number = 8,
     .table = "months",
     .kind = CHART_COLUMNS,
     .label = "month",
     .values = {"hits"},
     .title = "Hits by month"},
    {.number = 8,
     .table = "profiles",
     .kind = CHART_HEAT,
     .title = "Hits by weekday and hour",
     .caption = "The stronger the colour, the more hits in that hour of the week."},
};

/* --- life ------------------------------------------------------------------------------------- */

static void clear_line(gpointer p)
{
  ChartLine *l = p;
  g_free(l->name);
  g_free(l->values);
}

static void clear_mark(gpointer p)
{
  g_free(((ChartMark *)p)->text);
}

Chart *chart_new(ChartKind kind, const char *title, const char *caption)
{
  Chart *c = g_new0(Chart, 1);
  c->kind = kind;
  c->title = text_safe(title, -1);
  c->caption = caption ? text_safe(caption, -1) : NULL;
  c->labels = g_ptr_array_new_with_free_func(g_free);
  c->lines = g_array_new(FALSE, TRUE, sizeof(ChartLine));
  g_array_set_clear_func(c->lines, clear_line);
  c->marks = g_array_new(FALSE, TRUE, sizeof(ChartMark));
  g_array_set_clear_func(c->marks, clear_mark);
  return c;
}

void chart_free(Chart *c)
{
  if (!c)
    return;
  g_free(c->title);
  g_free(c->caption);
  g_free(c->unit);
  g_ptr_array_unref(c->labels);
  g_array_unref(c->lines);
  g_array_unref(c->marks);
  g_free(c);
}

/* --- columns ---------------------------------------------------------------------------------- */

static int find_column(const Table *t, const char *name)
{
  for (guint c = 0; name && c < table_n_columns(t); c++)
    if (strcmp(table_column(t, c)->name, name) == 0)
      return (int)c;
  return -1;
}

static double number_of(const Table *t, guint row, guint column)
{
  const Cell *cell = table_cell(t, row, column);
  CellType type = table_column(t, column)->type;
  if (cell->missing || type == CELL_TEXT)
    return NAN;
  return type == CELL_REAL || type == CELL_SHARE ? cell->v.d : (double)cell->v.i;
}

/* Place of a label, which is added when it is new. */
static guint place_of(Chart *c, const char *label)
{
  guint n = c->labels->len;
  for (guint i = 0; i < n; i++)
    if (strcmp(g_ptr_array_index(c->labels, i), label) == 0)
      return i;
  g_ptr_array_add(c->labels, g_strdup(label));
  return n;
}

double *chart_add_line(Chart *c, char *name)
{
  ChartLine line = {.name = name, .values = g_new(double, c->labels->len + 1)};
  for (guint i = 0; i < c->labels->len; i++)
    line.values[i] = NAN;
  g_array_append_val(c->lines, line);
  return line.values;
}

static void set_unit(Chart *c, const TableColumn *column)
{
  g_free(c->unit);
  c->unit = text_safe(column->title, -1);
  c->share = column->type == CELL_SHARE;
}

/* --- lines that are columns ------------------------------------------------------------------- */

static void take_columns(Chart *c, const ChartSpec *spec, const Table *t, guint label)
{
  guint n = spec->most ? MIN(spec->most, t->n_rows) : t->n_rows;
  for (guint row = 0; row < n; row++)
    g_ptr_array_add(c->labels, table_cell_text(t, row, label));
  for (guint v = 0; v < VALUES_MOST && spec->values[v]; v++) {
    int column = find_column(t, spec->values[v]);
    if (column < 0)
      continue;
    double *values = chart_add_line(c, text_safe(table_column(t, (guint)column)->title, -1));
    for (guint row = 0; row < n; row++)
      values[row] = number_of(t, row, (guint)column);
    set_unit(c, table_column(t, (guint)column));
  }
}

/* --- lines that are rows ---------------------------------------------------------------------- */

/* Name of the line that a row belongs to: "web to ds"; free with g_free. */
static char *line_name(const ChartSpec *spec, const Table *t, guint row)
{
  int first = find_column(t, spec->by[0]), second = find_column(t, spec->by[1]);
  char *a = first < 0 ? g_strdup("") : table_cell_text(t, row, (guint)first);
  if (second < 0)
    return a;
  char *b = table_cell_text(t, row, (guint)second);
  char *name = g_strdup_printf("%s to %s", a, b);
  g_free(a);
  g_free(b);
  return name;
}

/* Place of the line of that name, or -1. */
static int find_line(const Chart *c, const char *name)
{
  for (guint i = 0; i < c->lines->len; i++)
    if (strcmp(g_array_index(c->lines, ChartLine, i).name, name) == 0)
      return (int)i;
  return -1;
}

/* The value of a row, NaN where it rests on too little. */
static double value_of(const ChartSpec *spec, const Table *t, guint row, guint column)
{
  int weight = find_column(t, spec->weight);
  if (weight >= 0 && !(number_of(t, row, (guint)weight) >= spec->least))
    return NAN;
  return number_of(t, row, column);
}

static void take_rows(Chart *c, const ChartSpec *spec, const Table *t, guint label)
{
  int column = find_column(t, spec->values[0]);
  if (column < 0)
    return;
  set_unit(c, table_column(t, (guint)column));
  for (guint row = 0; row < t->n_rows; row++) {
    char *text = table_cell_text(t, row, label);
    place_of(c, text);
    g_free(text);
  }
  for (guint row = 0; row < t->n_rows; row++) {
    char *name = line_name(spec, t, row), *text = table_cell_text(t, row, label);
    int line = find_line(c, name);
    if (line < 0 && c->lines->len < LINES_MOST) {
      chart_add_line(c, g_strdup(name));
      line = (int)c->lines->len - 1;
    }
    if (line >= 0)
      g_array_index(c->lines, ChartLine, line).values[place_of(c, text)] =
          value_of(spec, t, row, (guint)column);
    g_free(name);
    g_free(text);
  }
}

static void take_marks(Chart *c, const ChartSpec *spec, const Table *t)
{
  int label = find_column(t, spec->mark), test = find_column(t, spec->mark_if);
  for (guint row = 0; label >= 0 && test >= 0 && row < t->n_rows; row++) {
    char *word = table_cell_text(t, row, (guint)test), *name = line_name(spec, t, row);
    char *text = table_cell_text(t, row, (guint)label);
    guint n = c->labels->len, place = 0;
    while (place < n && strcmp(g_ptr_array_index(c->labels, place), text) != 0)
      place++;
    if (strcmp(word, spec->mark_word) == 0 && place < n) {
      ChartMark mark = {.label = place, .text = g_strdup_printf("%s %s, %s", name, word, text)};
      g_array_append_val(c->marks, mark);
    }
    g_free(word);
    g_free(name);
    g_free(text);
  }
}

/* --- the punch card --------------------------------------------------------------------------- */

/* Colours alone say little: the caption has the largest number. */
static void say_strongest(Chart *c, guint32 card[7][24])
{
  guint day = 0, hour = 0;
  for (guint i = 0; i < 7 * 24; i++) {
    if (card[i / 24][i % 24] <= card[day][hour])
      continue;
    day = i / 24;
    hour = i % 24;
  }
  char *hits = text_grouped(card[day][hour]);
  char *caption =
      g_strdup_printf("%s The strongest, %s from %u:00 to %u:59, has %s.",
                      c->caption ? c->caption : "", civil_weekday_name((int)day), hour, hour, hits);
  g_free(c->caption);
  c->caption = caption;
  g_free(hits);
}

static void take_punch_card(Chart *c, const Dataset *ds)
{
  guint32 card[7][24];
  Scope *every = scope_new();
  Selection *sel = scope_select(every, ds, NULL);
  c->unit = g_strdup("hits");
  for (guint hour = 0; hour < 24; hour++)
    g_ptr_array_add(c->labels, g_strdup_printf("%u", hour));
  series_punch_card(ds, sel, card);
  for (guint day = 0; day < 7; day++) {
    double *values = chart_add_line(c, g_strdup(civil_weekday_name((int)day)));
    for (guint hour = 0; hour < 24; hour++)
      values[hour] = card[day][hour];
  }
  selection_free(sel);
  scope_free(every);
  say_strongest(c, card);
}

/* --- together --------------------------------------------------------------------------------- */

static char *title_of(const ChartSpec *spec, const AnswerTable *at, const Dataset *ds)
{
  if (!spec->title)
    return content_table_title(ds, at);
  return at->program ? g_strdup_printf("%s: %s", content_program_name(ds, at), spec->title)
                     : g_strdup(spec->title);
}

static Chart *chart_from(const ChartSpec *spec, const Answer *a, const AnswerTable *at,
                         const Dataset *ds)
{
  const Table *t = at->table;
  int label = find_column(t, spec->label);
  if (t->n_rows < spec->least_rows)
    return NULL;
  char *title = title_of(spec, at, ds);
  Chart *c = chart_new(spec->kind, title, spec->caption);
  c->first = spec->first;
  g_free(title);
  if (!spec->label)
    take_punch_card(c, ds);
  else if (label >= 0 && spec->by[0])
    take_rows(c, spec, t, (guint)label);
  else if (label >= 0)
    take_columns(c, spec, t, (guint)label);
  for (guint i = 0; spec->marks && i < a->tables->len; i++) {
    const AnswerTable *other = g_ptr_array_index(a->tables, i);
    if (strcmp(other->table->name, spec->marks) == 0)
      take_marks(c, spec, other->table);
  }
  if (c->lines->len > 0 && c->labels->len > 1)
    return c;
  chart_free(c);
  return NULL;
}

void charts_of_table(const Answer *a, const AnswerTable *t, const Dataset *ds, GPtrArray *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS(specs); i++) {
    if (specs[i].number != a->number || strcmp(specs[i].table, t->table->name) != 0)
      continue;
    Chart *c = chart_from(&specs[i], a, t, ds);
    if (c)
      g_ptr_array_add(ret, c);
  }
}
