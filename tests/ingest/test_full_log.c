/* The full-size log in its three forms, when it is there: known totals, and the same log each
 * time. */
#include "tests/ingest/load_helper.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char *dir;
static char *expected_sum; /* of rows and cohorts, from the first form read */

static char *sum_of(const Loaded *l)
{
  char *rows = loaded_rows(l);
  char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, rows, -1);
  g_free(rows);
  return sum;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A cohort is known to the wide form only when a row mentions it: compare those. */
static void append_cohorts_with_rows(const Loaded *l, GString *out)
{
  char a[CIVIL_BUF], b[CIVIL_BUF];
  const AccessLog *log = l->log;
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 1; i < log->cohorts->cohorts->len; i++) {
    const Cohort *c = cohort_table_get(log->cohorts, (guint16)i);
    guint32 n = log->cohort_start[i + 1] - log->cohort_start[i];
    if (n > 0)
      g_ptr_array_add(lines,
                      g_strdup_printf("%s %s %s %s %s %s %u\n", c->id, c->name, c->slack,
                                      civil_format_day(c->start, a), civil_format_day(c->end, b),
                                      cohort_table_get_program(log->cohorts, c->program)->id, n));
  }
  g_ptr_array_sort(lines, by_text);
  for (guint i = 0; i < lines->len; i++)
    g_string_append(out, lines->pdata[i]);
  g_ptr_array_unref(lines);
}

static void check_totals(const Loaded *l)
{
  const AccessLog *log = l->log;
  char buf[CIVIL_BUF];
  assert_non_null(log);
  assert_int_equal(l->report->rejected, 0);
  assert_int_equal(log->n_rows, 900223);
  assert_int_equal(strpool_count(log->users), 981);
  assert_int_equal(log->cohort_start[1] - log->cohort_start[0], 52893);
  assert_string_equal(civil_format(log->time[0], ' ', buf), "2018-01-26 09:55:03");
  assert_string_equal(civil_format(log->time[log->n_rows - 1], ' ', buf), "2021-04-21 16:44:39");
  guint32 without_path = 0;
  for (guint32 i = 0; i < log->n_rows; i++)
    without_path += log->path[i] == PATH_MISSING;
  assert_int_equal(without_path, 1);
  guint64 by_phase[N_PHASES] = {0}, all = 0;
  for (guint32 i = 0; i < log->n_rows; i++)
    by_phase[access_log_phase(log, i)]++;
  for (int p = 0; p < N_PHASES; p++)
    all += by_phase[p];
  assert_int_equal(all, 900223);
  assert_int_equal(by_phase[PHASE_NONE], 52893);
  assert_int_equal(by_phase[PHASE_BEFORE], 0);
  assert_int_equal(by_phase[PHASE_UNDATED], 0);
  guint64 by_program[5] = {0};
  for (guint32 i = 0; i < log->n_rows; i++) {
    const Program *p = cohort_table_get_program(log->cohorts, access_log_program(log, i));
    guint64 number = 0;
    if (p->id != NULL)
      assert_true(g_ascii_string_to_unsigned(p->id, 10, 1, 4, &number, NULL));
    by_program[number]++;
  }
  assert_int_equal(by_program[1], 30548);
  assert_int_equal(by_program[2], 713365);
  assert_int_equal(by_program[3], 103412);
  assert_int_equal(by_program[4], 5);
}

static void check_form(const char *log_name, gboolean cohorts, InputForm form)
{
  char *log = g_build_filename(dir, log_name, NULL);
  char *table = g_build_filename(dir, "cohorts.csv", NULL);
  const char *logs[] = {log, cohorts ? table : NULL, NULL};
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  Loaded l = loaded_run(&req);
  if (l.error != NULL)
    fail_msg("%s", l.error->message);
  check_totals(&l);
  const InputFile *f = l.report->files->pdata[0];
  assert_int_equal(f->form, form);
  assert_string_equal(f->container, "gzip");
  GString *sum = g_string_new(NULL);
  char *rows = sum_of(&l);
  g_string_append_printf(sum, "%s\n", rows);
  append_cohorts_with_rows(&l, sum);
  if (expected_sum == NULL)
    expected_sum = g_strdup(sum->str);
  assert_string_equal(sum->str, expected_sum);
  print_message("%s: %u rows in %.0f ms\n", log_name, l.log->n_rows,
                (double)l.report->microseconds / 1000.0);
  g_string_free(sum, TRUE);
  g_free(rows);
  loaded_clear(&l);
  g_free(log);
  g_free(table);
}

static void raw_text(void **state)
{
  (void)state;
  check_form("logs.txt.gz", TRUE, FORM_RAW);
}

static void narrow_table(void **state)
{
  (void)state;
  check_form("logs.csv.gz", TRUE, FORM_CSV);
}

static void wide_table(void **state)
{
  (void)state;
  check_form("curriculum_logs.csv.gz", FALSE, FORM_WIDE);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(raw_text),
      cmocka_unit_test(narrow_table),
      cmocka_unit_test(wide_table),
  };
  dir = getenv("COHORTSCOPE_FULL_LOG");
  char *probe = g_build_filename(dir != NULL ? dir : "", "logs.txt.gz", NULL);
  gboolean there = dir != NULL && g_file_test(probe, G_FILE_TEST_EXISTS);
  g_free(probe);
  if (!there) {
    print_message("skipped: full log absent\n");
    return 77;
  }
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  g_free(expected_sum);
  return failed;
}
