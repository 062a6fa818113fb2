/* What a slide says: the table of programs, a row each, from the tables of three answers. */
#include "core/report/slide_model.h"

#include "core/answers/build.h"
#include "core/base/text.h"

#include <math.h>
#include <string.h>

/* A program, and the tables that tell of it; any of them may be NULL. */
typedef struct {
  const char *id, *name;
  gint64 hits; /* on lessons */
  const Table *lessons, *graduates, *least;
} ProgramRow;

/* --- cells ------------------------------------------------------------------------------------ */

static const Cell *cell_of(const Table *t, guint row, const char *column)
{
  int c = slide_column(t, column);
  const Cell *cell = c >= 0 && row < t->n_rows ? table_cell(t, row, (guint)c) : NULL;
  return cell && !cell->missing ? cell : NULL;
}

static gint64 whole(const Table *t, guint row, const char *column)
{
  const Cell *cell = cell_of(t, row, column);
  return cell ? cell->v.i : 0;
}

static char *name_of(const Table *t, guint row, const char *column)
{
  const Cell *cell = cell_of(t, row, column);
  return cell ? text_safe(cell->v.s, -1) : NULL;
}

/* The row with most hits; the first one of several. */
static guint most_hits(const Table *t)
{
  guint best = 0;
  for (guint i = 1; i < t->n_rows; i++)
    if (whole(t, i, "hits") > whole(t, best, "hits"))
      best = i;
  return best;
}

static SlideCell lesson_cell(const ProgramRow *p)
{
  const Table *t = p->lessons;
  if (!t || t->n_rows == 0)
    return (SlideCell){NULL, NULL};
  guint row = most_hits(t);
  return (SlideCell){name_of(t, row, "lesson"),
                     g_strdup_printf("%s of %s", N_TEXT(whole(t, row, "cohorts_in_top")),
                                     N_TEXT(whole(t, row, "cohorts_ranked")))};
}

static SlideCell graduates_cell(const ProgramRow *p)
{
  const Table *t = p->graduates;
  const Cell *share = t && t->n_rows ? cell_of(t, 0, "share_of_graduates") : NULL;
  if (!share)
    return (SlideCell){NULL, NULL};
  return (SlideCell){name_of(t, 0, "module"), g_strdup(SHARE_TEXT(share->v.d))};
}

/* The first lesson whose reach can be told. */
static SlideCell least_cell(const ProgramRow *p)
{
  const Table *t = p->least;
  guint row = 0;
  while (t && row < t->n_rows && whole(t, row, "students") == 0)
    row++;
  if (!t || row == t->n_rows)
    return (SlideCell){NULL, NULL};
  return (SlideCell){name_of(t, row, "lesson"),
                     g_strdup_printf("%s of %s", N_TEXT(whole(t, row, "readers")),
                                     N_TEXT(whole(t, row, "students")))};
}

static SlideCell program_cell(const ProgramRow *p)
{
  return (SlideCell){text_safe(p->name, -1), NULL};
}

static const struct {
  const char *name, *number;
  SlideCell (*cell)(const ProgramRow *p);
} columns[SLIDE_COLUMNS] = {
    {"Program", NULL, program_cell},
    {"Most read lesson", "a leading one in cohorts", lesson_cell},
    {"Graduates return to", "share of them", graduates_cell},
    {"Least opened in class", "by students", least_cell},
};

/* --- programs --------------------------------------------------------------------------------- */

static int by_hits(gconstpointer a, gconstpointer b)
{
  const ProgramRow *x = a, *y = b;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return strcmp(x->id, y->id);
}

/* Hits on lessons of a program, as its table has them. */
static gint64 total_hits(const Table *t)
{
  gint64 n = 0;
  for (guint i = 0; i < t->n_rows; i++)
    n += whole(t, i, "hits");
  return n;
}

/* Programs with hits on lessons worth a row, most hits first. */
static GArray *program_rows(const Report *r)
{
  enum { LEAST = 100 };
  const Answer *a = slide_answer(r, 1);
  GArray *rows = g_array_new(FALSE, TRUE, sizeof(ProgramRow));
  for (guint i = 0; a && i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    if (!t->program || strcmp(t->table->name, "lessons") != 0)
      continue;
    ProgramRow p = {.id = t->program,
                    .name = t->program_name ? t->program_name : t->program,
                    .hits = total_hits(t->table),
                    .lessons = t->table,
                    .graduates = slide_table(slide_answer(r, 6), "modules", t->program),
                    .least = slide_table(slide_answer(r, 7), "least_used", t->program)};
    if (p.hits >= LEAST)
      g_array_append_val(rows, p);
  }
  g_array_sort(rows, by_hits);
  if (rows->len > SLIDE_PROGRAMS)
    g_array_set_size(rows, SLIDE_PROGRAMS);
  return rows;
}

/* A column without any value is left out. */
void slide_add_columns(SlideModel *m, const Report *r)
{
  GArray *rows = program_rows(r);
  for (guint c = 0; rows->len && c < SLIDE_COLUMNS; c++) {
    SlideColumn column = {
        .head = {g_strdup(columns[c].name), g_strdup(columns[c].number)},
    };
    gboolean any = FALSE;
    for (guint i = 0; i < rows->len; i++) {
      column.cells[i] = columns[c].cell(&g_array_index(rows, ProgramRow, i));
      any |= column.cells[i].name != NULL;
    }
    g_array_append_val(m->columns, column);
    if (!any)
      g_array_set_size(m->columns, m->columns->len - 1);
  }
  m->n_programs = rows->len;
  g_array_unref(rows);
}
