/* Fingerprints: the same for every form and order of a log's rows, another one for other rows. */
#include "core/ingest/load.h"
#include "core/log/fingerprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static guint64 of_text(const char *text)
{
  LoadRequest req;
  load_request_init(&req);
  const char *none[] = {NULL};
  req.logs = none;
  req.memory_log = g_bytes_new(text, strlen(text));
  LoadReport *report = NULL;
  GError *error = NULL;
  AccessLog *log = load(&req, &report, &error);
  assert_non_null(log);
  assert_int_equal(report->rejected, 0);
  guint64 f = log_fingerprint(log);
  access_log_unref(log);
  load_report_free(report);
  g_bytes_unref(req.memory_log);
  return f;
}

#define FIRST  "2020-01-06 09:00:00 java-i/arrays 7 22 198.51.100.7\n"
#define SECOND "2020-01-06 09:00:05 mysql/tables 8  2001:db8::1\n"
#define THIRD  "2020-01-07 10:00:00 / 7 22 198.51.100.7\n"

static void forms_agree(void **state)
{
  (void)state;
  guint64 raw = of_text(FIRST SECOND THIRD);
  assert_true(raw == of_text("date,time,path,user_id,cohort_id,ip\n"
                             "2020-01-06,09:00:00,java-i/arrays,7,22.0,198.51.100.7\n"
                             "2020-01-06,09:00:05,mysql/tables,8,NULL,2001:DB8:0::1\n"
                             "2020-01-07,10:00:00,/,7,22,198.51.100.7\n"));
  /* columns in another order, and joined to the cohorts */
  assert_true(
      raw ==
      of_text("cohort_id,date,time,ip,path,user_id,name,start_date,end_date,program_id\n"
              "22.0,2020-01-06,09:00:00,198.51.100.7,java-i/arrays,7,Teddy,2020-01-01,"
              "2020-06-01,2.0\n"
              ",2020-01-06,09:00:05,2001:db8::1,mysql/tables,8,,,,\n"
              "22.0,2020-01-07,10:00:00,198.51.100.7,/,7,Teddy,2020-01-01,2020-06-01,2.0\n"));
}

static void order_does_not_matter(void **state)
{
  (void)state;
  /* rows of one second, too, whose order in the log is that of the file */
  assert_true(of_text(FIRST SECOND THIRD) == of_text(THIRD FIRST SECOND));
  assert_true(of_text("2020-01-06 09:00:00 a 1 2 198.51.100.7\n"
                      "2020-01-06 09:00:00 b 1 2 198.51.100.7\n") ==
              of_text("2020-01-06 09:00:00 b 1 2 198.51.100.7\n"
                      "2020-01-06 09:00:00 a 1 2 198.51.100.7\n"));
}

static void every_field_counts(void **state)
{
  (void)state;
  static const char *const others[] = {
      "2020-01-06 09:00:01 java-i/arrays 7 22 198.51.100.7\n",
      "2020-01-07 09:00:00 java-i/arrays 7 22 198.51.100.7\n",
      "2020-01-06 09:00:00 java-i/Arrays 7 22 198.51.100.7\n",
      "2020-01-06 09:00:00 java-i/arrays 8 22 198.51.100.7\n",
      "2020-01-06 09:00:00 java-i/arrays 22 7 198.51.100.7\n",
      "2020-01-06 09:00:00 java-i/arrays 7  198.51.100.7\n",
      "2020-01-06 09:00:00 java-i/arrays 7 22 198.51.100.8\n",
      FIRST FIRST,
      FIRST SECOND,
  };
  guint64 one = of_text(FIRST);
  for (guint i = 0; i < G_N_ELEMENTS(others); i++)
    assert_true(one != of_text(others[i]));
  /* fields that change places between two rows are other rows */
  assert_true(of_text("2020-01-06 09:00:00 a 1 2 198.51.100.7\n"
                      "2020-01-06 10:00:00 b 3 2 198.51.100.7\n") !=
              of_text("2020-01-06 09:00:00 b 1 2 198.51.100.7\n"
                      "2020-01-06 10:00:00 a 3 2 198.51.100.7\n"));
}

static void text_has_sixteen_digits(void **state)
{
  (void)state;
  char *a = log_fingerprint_text(0),
       *b = log_fingerprint_text(G_GUINT64_CONSTANT(0xfedcba9876543210));
  assert_string_equal(a, "0000000000000000");
  assert_string_equal(b, "fedcba9876543210");
  g_free(a);
  g_free(b);
}

/* --- the full-size log -------------------------------------------------------------------------
 */

static const char *dir;

static guint64 of_file(const char *name, gint64 *ret_us)
{
  char *path = g_build_filename(dir, name, NULL);
  const char *logs[] = {path, NULL};
  LoadRequest req;
  load_request_init(&req);
  req.logs = logs;
  LoadReport *report = NULL;
  AccessLog *log = load(&req, &report, NULL);
  assert_non_null(log);
  assert_int_equal(log->n_rows, 900223);
  gint64 best = G_MAXINT64;
  guint64 f = 0;
  for (guint i = 0; i < 3; i++) {
    gint64 start = g_get_monotonic_time();
    f = log_fingerprint(log);
    best = MIN(best, g_get_monotonic_time() - start);
  }
  *ret_us = best;
  access_log_unref(log);
  load_report_free(report);
  g_free(path);
  return f;
}

static void full_log_forms_agree(void **state)
{
  (void)state;
  gint64 us[3];
  guint64 raw = of_file("logs.txt.gz", &us[0]);
  assert_true(raw == of_file("logs.csv.gz", &us[1]));
  assert_true(raw == of_file("curriculum_logs.csv.gz", &us[2]));
  printf("fingerprint of 900,223 rows: %.1f ms\n", (double)MIN(us[0], MIN(us[1], us[2])) / 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(forms_agree),
      cmocka_unit_test(order_does_not_matter),
      cmocka_unit_test(every_field_counts),
      cmocka_unit_test(text_has_sixteen_digits),
  };
  const struct CMUnitTest full[] = {cmocka_unit_test(full_log_forms_agree)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  dir = getenv("COHORTSCOPE_FULL_LOG");
  char *file = dir && *dir ? g_build_filename(dir, "logs.txt.gz", NULL) : NULL;
  if (file && g_file_test(file, G_FILE_TEST_EXISTS))
    failed += cmocka_run_group_tests(full, NULL, NULL);
  else
    printf("skipped: full log absent\n");
  g_free(file);
  return failed;
}
