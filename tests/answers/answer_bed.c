/* Reading answers in tests. */
#include "tests/answers/answer_bed.h"

#include "core/base/text.h"
#include "core/query/scope.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

Answer *bed_answer(const Bed *bed, guint number, const FlagSet *flags)
{
  GError *error = NULL;
  Answer *a = answer_new(number, bed->study, flags, NULL, &error);
  if (!a)
    fail_msg("question %u: %s", number, error->message);
  return a;
}

const AnswerTable *answer_find_table(const Answer *a, const char *name)
{
  for (guint i = 0; i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    if (strcmp(t->table->name, name) == 0)
      return t;
  }
  return NULL;
}

static guint column_of(const AnswerTable *t, const char *column)
{
  for (guint c = 0; c < table_n_columns(t->table); c++)
    if (strcmp(table_column(t->table, c)->name, column) == 0)
      return c;
  fail_msg("table %s has no column %s", t->table->name, column);
  return 0;
}

int answer_find_row(const AnswerTable *t, const char *column, const char *text)
{
  guint c = column_of(t, column);
  for (guint row = 0; row < t->table->n_rows; row++) {
    char *cell = table_cell_text(t->table, row, c);
    gboolean same = strcmp(cell, text) == 0;
    g_free(cell);
    if (same)
      return (int)row;
  }
  return -1;
}

const Cell *answer_cell(const AnswerTable *t, int row, const char *column)
{
  assert_true(row >= 0 && (guint)row < t->table->n_rows);
  return table_cell(t->table, (guint)row, column_of(t, column));
}

gboolean answer_says(const Answer *a, const char *text)
{
  for (guint i = 0; i < a->findings->len; i++)
    if (strstr(((Finding *)g_ptr_array_index(a->findings, i))->text, text))
      return TRUE;
  return FALSE;
}

gboolean answer_notes(const Answer *a, const char *text)
{
  for (guint i = 0; i < a->notes->len; i++)
    if (strstr(g_ptr_array_index(a->notes, i), text))
      return TRUE;
  return FALSE;
}

static void check_text(const char *text)
{
  assert_non_null(text);
  assert_true(*text != '\0');
  if (!text_is_safe(text, strlen(text)))
    fail_msg("unsafe text: %s", text);
}

static void check_link(const AnswerLink *link, const Bed *bed)
{
  GError *error = NULL;
  if (!link)
    return;
  check_text(link->view);
  Scope *s = scope_parse(link->scope, &error);
  if (!s || !scope_check(s, bed->ds, &error))
    fail_msg("link to %s with scope <%s>: %s", link->view, link->scope, error->message);
  scope_free(s);
}

static void check_table(const AnswerTable *t, const Bed *bed)
{
  check_text(t->table->name);
  check_text(t->table->title);
  assert_int_equal(t->links->len, t->table->n_rows);
  for (guint c = 0; c < table_n_columns(t->table); c++) {
    check_text(table_column(t->table, c)->title);
    check_text(table_column(t->table, c)->definition);
  }
  for (guint row = 0; row < t->links->len; row++)
    check_link(g_ptr_array_index(t->links, row), bed);
}

void answer_check(const Answer *a, const Bed *bed)
{
  guint64 sum = a->kept;
  GError *error = NULL;
  for (guint i = 0; i < a->left_out->len; i++) {
    const LeftOut *l = g_ptr_array_index(a->left_out, i);
    check_text(l->what);
    assert_true(l->hits > 0);
    sum += l->hits;
  }
  assert_int_equal(sum, bed->ds->log->n_rows);
  Scope *s = scope_parse(a->scope, &error);
  assert_non_null(s);
  Selection *sel = scope_select(s, bed->ds, &error);
  assert_non_null(sel);
  assert_true(a->kept <= sel->n); /* what no scope can say is left out beyond it */
  selection_free(sel);
  scope_free(s);
  assert_string_equal(a->title, answer_title(a->number));
  assert_true(a->findings->len > 0);
  for (guint i = 0; i < a->findings->len; i++) {
    const Finding *f = g_ptr_array_index(a->findings, i);
    check_text(f->text);
    check_link(f->link, bed);
  }
  for (guint i = 0; i < a->tables->len; i++)
    check_table(g_ptr_array_index(a->tables, i), bed);
  for (guint i = 0; i < a->notes->len; i++)
    check_text(g_ptr_array_index(a->notes, i));
}
