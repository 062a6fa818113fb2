/* Looking into answers. */
#include "tests/answers/look.h"

#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

const AnswerTable *look_table(const Answer *a, const char *name, const char *program)
{
  for (guint i = 0; i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    if (strcmp(t->table->name, name) == 0 && g_strcmp0(t->program, program) == 0)
      return t;
  }
  fail_msg("no table %s of program %s", name, program ? program : "(all)");
  return NULL;
}

guint look_column(const Table *t, const char *column)
{
  for (guint c = 0; c < table_n_columns(t); c++)
    if (strcmp(table_column(t, c)->name, column) == 0)
      return c;
  fail_msg("no column %s in %s", column, t->name);
  return 0;
}

static gboolean has_text(const Table *t, guint row, guint column, const char *text)
{
  const Cell *cell = table_cell(t, row, column);
  return !cell->missing && strcmp(cell->v.s, text) == 0;
}

guint look_count(const Table *t, const char *column, const char *text)
{
  guint c = look_column(t, column), n = 0;
  for (guint row = 0; row < t->n_rows; row++)
    n += has_text(t, row, c, text);
  return n;
}

guint look_row(const Table *t, const char *column, const char *text)
{
  guint c = look_column(t, column);
  if (look_count(t, column, text) != 1)
    fail_msg("%u rows with %s = %s in %s", look_count(t, column, text), column, text, t->name);
  for (guint row = 0; row < t->n_rows; row++)
    if (has_text(t, row, c, text))
      return row;
  return 0;
}

const Cell *look_cell(const Table *t, guint row, const char *column)
{
  assert_true(row < t->n_rows);
  return table_cell(t, row, look_column(t, column));
}

gint64 look_int(const Table *t, guint row, const char *column)
{
  const Cell *cell = look_cell(t, row, column);
  assert_false(cell->missing);
  return cell->v.i;
}

double look_real(const Table *t, guint row, const char *column)
{
  const Cell *cell = look_cell(t, row, column);
  return cell->missing ? NAN : cell->v.d;
}

const char *look_text(const Table *t, guint row, const char *column)
{
  const Cell *cell = look_cell(t, row, column);
  return cell->missing ? NULL : cell->v.s;
}

const Finding *look_finding(const Answer *a, const char *text, const char *b)
{
  for (guint i = 0; i < a->findings->len; i++) {
    const Finding *f = g_ptr_array_index(a->findings, i);
    if (strstr(f->text, text) && (!b || strstr(f->text, b)))
      return f;
  }
  return NULL;
}

guint64 look_left_out(const Answer *a, const char *what)
{
  for (guint i = 0; i < a->left_out->len; i++) {
    const LeftOut *l = g_ptr_array_index(a->left_out, i);
    if (strstr(l->what, what))
      return l->hits;
  }
  return 0;
}

void look_near(double got, double expected)
{
  if (!(fabs(got - expected) <= 1e-9 * MAX(1, fabs(expected))))
    fail_msg("%.12g is not %.12g", got, expected);
}
