/* One log in both engines: making the two, and comparing tables with what SQL gives. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/answers/both.h"
#include "tests/answers/look.h"
#include "tests/flags/bed.h"
#include "tests/query/fixture.h"

/* --- comparing ----------------------------------------------------------------------------------
 */

#define KEY_MARK "\x1f"

static char *key_of_table(const Table *t, guint row, const char *const *columns, guint n_keys)
{
  GString *key = g_string_new(NULL);
  for (guint k = 0; k < n_keys; k++)
    g_string_append_printf(key, "%s" KEY_MARK, look_text(t, row, columns[k]));
  return g_string_free(key, FALSE);
}

static char *key_of_sql(sqlite3_stmt *q, guint n_keys)
{
  GString *key = g_string_new(NULL);
  for (guint k = 0; k < n_keys; k++)
    g_string_append_printf(key, "%s" KEY_MARK, (const char *)sqlite3_column_text(q, (int)k));
  return g_string_free(key, FALSE);
}

static void compare_cell(const Table *t, guint row, const char *column, sqlite3_stmt *q, int at,
                         const char *key)
{
  const Cell *cell = look_cell(t, row, column);
  CellType type = table_column(t, look_column(t, column))->type;
  gboolean null = sqlite3_column_type(q, at) == SQLITE_NULL;
  if (cell->missing || null) {
    if (cell->missing != null)
      fail_msg("%s of %s in %s: missing on one side", column, key, t->name);
    return;
  }
  double sql = sqlite3_column_double(q, at);
  double ours = type == CELL_REAL || type == CELL_SHARE ? cell->v.d : (double)cell->v.i;
  if (type == CELL_TEXT)
    assert_string_equal(cell->v.s, (const char *)sqlite3_column_text(q, at));
  else if (!(fabs(ours - sql) <= 1e-9 * MAX(1, fabs(sql))))
    fail_msg("%s of %s in %s: %.12g, in SQL %.12g", column, key, t->name, ours, sql);
}

/* Rows of a table by their keys. */
static GHashTable *rows_by_key(const Table *t, const char *const *columns, guint n_keys)
{
  GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint row = 0; row < t->n_rows; row++)
    assert_true(g_hash_table_insert(rows, key_of_table(t, row, columns, n_keys),
                                    GUINT_TO_POINTER(row + 1)));
  return rows;
}

void both_compare(Both *b, const Table *t, const char *sql, const char *const *columns,
                  guint n_keys, gboolean all)
{
  GHashTable *rows = rows_by_key(t, columns, n_keys);
  sqlite3_stmt *q = oracle_query(b->oracle, sql);
  guint found = 0, n = 0;
  while (sqlite3_step(q) == SQLITE_ROW) {
    char *key = key_of_sql(q, n_keys);
    guint row = GPOINTER_TO_UINT(g_hash_table_lookup(rows, key));
    n++;
    if (row) {
      found++;
      for (guint c = n_keys; columns[c]; c++)
        compare_cell(t, row - 1, columns[c], q, (int)c, key);
    } else if (all) {
      fail_msg("%s is not in %s", key, t->name);
    }
    g_free(key);
  }
  sqlite3_finalize(q);
  if (found != t->n_rows)
    fail_msg("%s has %u rows, SQL %u, %u of them the same", t->name, t->n_rows, n, found);
  b->compared += found;
  g_hash_table_unref(rows);
}

void both_compare_programs(Both *b, const Answer *a, const char *name, const char *format,
                           const char *word, const char *const *columns, guint n_keys, gboolean all)
{
  for (guint i = 0; i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    if (strcmp(t->table->name, name) != 0)
      continue;
    GString *sql = g_string_new(format);
    g_string_replace(sql, "$program", t->program, 0);
    g_string_replace(sql, "$word", word, 0);
    both_compare(b, t->table, sql->str, columns, n_keys, all);
    g_string_free(sql, TRUE);
  }
}

/* Hits on lessons but those of staff; and who was ever in which cohort. */
static const char read_sql[] =
    "PRAGMA temp_store = memory; PRAGMA cache_size = -200000;"
    "CREATE TABLE read AS SELECT h.*, p.name, p.module FROM hits h JOIN pages p ON p.path = h.path"
    " WHERE p.kind = 'lesson' AND h.phase <> 'staff';"
    "CREATE INDEX read_phase ON read(program, phase);"
    "CREATE TABLE present AS SELECT DISTINCT user, cohort FROM hits;"
    "CREATE INDEX present_cohort ON present(cohort);";

/* --- the two logs -------------------------------------------------------------------------------
 */

static Study *study_of(const Dataset *ds)
{
  StudyOptions o;
  study_options_init(&o);
  o.no_probable = TRUE;
  Study *s = study_new(ds, &o, NULL);
  assert_non_null(s);
  return s;
}

static FILE *text_file(const char *text)
{
  FILE *f = tmpfile();
  assert_non_null(f);
  fputs(text, f);
  rewind(f);
  return f;
}

int both_small(void **state)
{
  Both *b = g_new0(Both, 1);
  char *text = fixture_random_log(7, 4000, 90, 40);
  GString *cohorts = g_string_new("id,name,start_date,end_date,program_id\n");
  g_string_append(cohorts, fixture_cohorts);
  b->ds = fixture_new(text, fixture_cohorts);
  b->study = study_of(b->ds);
  FILE *log = text_file(text), *table = text_file(cohorts->str);
  b->oracle = oracle_new(log, table);
  oracle_set_pages(b->oracle, b->ds);
  oracle_run(b->oracle, read_sql);
  fclose(log);
  fclose(table);
  g_string_free(cohorts, TRUE);
  g_free(text);
  *state = b;
  return 0;
}

static FILE *open_gzip(const char *file)
{
  const char *argv[] = {"gzip", "-dc", file, NULL};
  int fd = -1;
  assert_true(g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                       NULL, NULL, &fd, NULL, NULL));
  return fdopen(fd, "r");
}

int both_full(void **state)
{
  Both *b = g_new0(Both, 1);
  Bed *bed = bed_full();
  b->ds = g_steal_pointer(&bed->ds);
  study_free(bed->study);
  g_free(bed);
  b->study = study_of(b->ds);
  char *log_file = bed_full_file("logs.txt.gz"), *cohort_file = bed_full_file("cohorts.csv");
  FILE *log = open_gzip(log_file), *table = fopen(cohort_file, "r");
  assert_true(log && table);
  b->oracle = oracle_new(log, table);
  oracle_set_pages(b->oracle, b->ds);
  oracle_run(b->oracle, read_sql);
  fclose(log);
  fclose(table);
  g_free(log_file);
  g_free(cohort_file);
  *state = b;
  return 0;
}

int both_teardown(void **state)
{
  Both *b = *state;
  print_message("%u rows compared\n", b->compared);
  oracle_free(b->oracle);
  study_free(b->study);
  dataset_free(b->ds);
  g_free(b);
  return 0;
}
