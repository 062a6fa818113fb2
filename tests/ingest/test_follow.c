/* Following a log: what comes, what is kept, what is told. */
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/log/fingerprint.h"
#include "tests/ingest/following.h"

#define HEADER "date,time,path,user_id,cohort_id,ip\n"

#define ROW "2020-01-01 08:00:00 z 9 8 10.0.0.9\n"

static GBytes *packed_row(void)
{
  const char *names[] = {"c.log", NULL}, *texts[] = {ROW, NULL};
  return helper_pack("gzip", "raw", names, texts);
}

static void test_growth(void **state)
{
  (void)state;
  Following w = following_new("access.log", "2020-01-01 10:00:00 a 1 8 10.0.0.1\n");
  assert_int_equal(following_look(&w), 0);
  file_append(w.path, "2020-01-01 10:00:05 b 2 9 10.0.0.2\n2020-01-01 10:00:06 a 1 8 10.0.0.1\n");
  assert_int_equal(following_look(&w), 2);
  assert_text(loaded_rows(&w.l), "2020-01-01 10:00:00|a|1|8|10.0.0.1\n"
                                 "2020-01-01 10:00:05|b|2|9|10.0.0.2\n"
                                 "2020-01-01 10:00:06|a|1|8|10.0.0.1\n");
  assert_string_equal(w.told->str, "");
  assert_int_equal(strpool_find(w.l.log->users, "1", 1), 0); /* ids stay, new ones come behind */
  assert_int_equal(strpool_find(w.l.log->users, "2", 1), 1);
  assert_int_equal(w.l.log->n_days, 1);
  following_clear(&w);
}

static void test_partial_line(void **state)
{
  (void)state;
  Following w = following_new("access.log", "2020-01-01 10:00:00 a 1 8 10.0.0.1\n"
                                            "2020-01-01 10:00:05 b 22");
  assert_int_equal(w.l.log->n_rows, 1);
  assert_int_equal(w.l.report->rejected, 0);
  assert_false(follow_needs_reload(w.follow));
  assert_int_equal(following_look(&w), 0);
  file_append(w.path, "22 8 10.0.0.1");
  assert_int_equal(following_look(&w), 0);
  file_append(w.path, "\n2020");
  assert_int_equal(following_look(&w), 1);
  assert_int_equal(strpool_find(w.l.log->users, "22", 2), STRPOOL_NONE);
  assert_int_equal(strpool_find(w.l.log->users, "2222", 4), 1);
  file_append(w.path, "-01-02 00:00:00 c 1 8 10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  assert_int_equal(w.l.log->n_days, 2);
  following_clear(&w);
}

/* Without `growing` the half line counts as a row, as it must; then it is to be loaded again. */
static void test_half_line_loaded(void **state)
{
  (void)state;
  const char *text = "2020-01-01 10:00:00 a 1 8 10.0.0.1\n2020-01-01 10:00:05 b 2 8 10.0.0.1";
  LoadRequest req;
  load_request_init(&req);
  char *path = helper_file("access.log", text, strlen(text));
  const char *logs[] = {path, NULL};
  req.logs = logs;
  Following w = following_load(&req, path);
  assert_int_equal(w.l.log->n_rows, 2);
  assert_true(follow_needs_reload(w.follow));
  following_clear(&w);
  g_free(path);
}

static void test_late_rows(void **state)
{
  (void)state;
  Following w = following_new("access.log", "2020-01-02 10:00:00 a 1 8 10.0.0.1\n"
                                            "2020-01-02 10:00:00 b 1 8 10.0.0.1\n"
                                            "2020-01-04 10:00:00 c 1 8 10.0.0.1\n");
  AccessLog *before = access_log_ref(w.l.log);
  file_append(w.path, "2020-01-05 00:00:00 d 3 8 10.0.0.1\n2020-01-02 10:00:00 e 3 8 10.0.0.1\n"
                      "2020-01-01 10:00:00 f 3 8 10.0.0.1\n");
  assert_int_equal(following_look(&w), 3);
  assert_text(loaded_rows(&w.l), "2020-01-01 10:00:00|f|3|8|10.0.0.1\n"
                                 "2020-01-02 10:00:00|a|1|8|10.0.0.1\n"
                                 "2020-01-02 10:00:00|b|1|8|10.0.0.1\n"
                                 "2020-01-02 10:00:00|e|3|8|10.0.0.1\n"
                                 "2020-01-04 10:00:00|c|1|8|10.0.0.1\n"
                                 "2020-01-05 00:00:00|d|3|8|10.0.0.1\n");
  assert_int_equal(access_log_row_in(before, 0, w.l.log), 1);
  assert_int_equal(access_log_row_in(before, 1, w.l.log), 2);
  assert_int_equal(access_log_row_in(before, 2, w.l.log), 4);
  access_log_unref(before);
  following_clear(&w);
}

static void test_rotation(void **state)
{
  (void)state;
  Following w = following_new("access.csv", HEADER "2020-01-01,10:00:00,a,1,8,10.0.0.1\n");
  g_autofree char *aside = g_strconcat(w.path, ".1", NULL);
  assert_int_equal(following_look(&w), 0);
  file_append(w.path, "2020-01-01,10:00:01,b,1,8,10.0.0.1\n2020-01-01,10:00:02,c,1,8,10.0.0.1");
  assert_int_equal(g_rename(w.path, aside), 0); /* its last line has no end and gets none */
  file_append(w.path, HEADER "2020-01-01,10:00:03,d,2,8,10.0.0.1\n");
  assert_int_equal(following_look(&w), 3);
  assert_string_equal(w.told->str, "access.csv begins anew: the rows read before stay\n");
  assert_text(loaded_rows(&w.l), "2020-01-01 10:00:00|a|1|8|10.0.0.1\n"
                                 "2020-01-01 10:00:01|b|1|8|10.0.0.1\n"
                                 "2020-01-01 10:00:02|c|1|8|10.0.0.1\n"
                                 "2020-01-01 10:00:03|d|2|8|10.0.0.1\n");
  const InputFile *f = w.l.report->files->pdata[0];
  assert_int_equal(f->header, 2); /* not a reject */
  assert_int_equal(f->rejected, 0);
  /* columns in another order, as the new header says */
  file_replace(w.path, "user_id,path,date,time,cohort_id,ip\n7,e,2020-01-01,10:00:04,8,10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  assert_int_not_equal(strpool_find(w.l.log->users, "7", 1), STRPOOL_NONE);
  g_unlink(aside);
  following_clear(&w);
}

static void test_truncation(void **state)
{
  (void)state;
  Following w = following_new("access.csv", HEADER "2020-01-01,10:00:00,a,1,8,10.0.0.1\n"
                                                   "2020-01-01,10:00:01,b,1,8,10.0.0.1\n");
  file_rewrite(w.path, "");
  assert_int_equal(following_look(&w), 0);
  assert_string_equal(w.told->str, "access.csv begins anew: the rows read before stay\n");
  /* its writer goes on without a second header */
  file_append(w.path, "2020-01-01,10:00:02,c,1,8,10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  file_rewrite(w.path, HEADER "2020-01-01,10:00:03,d,1,8,10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  assert_int_equal(w.l.log->n_rows, 4);
  assert_int_equal(w.l.report->rejected, 0);
  following_clear(&w);
}

static void test_gone_and_back(void **state)
{
  (void)state;
  Following w = following_new("access.log", "2020-01-01 10:00:00 a 1 8 10.0.0.1\n");
  following_look(&w);
  assert_int_equal(g_unlink(w.path), 0);
  assert_int_equal(following_look(&w), 0);
  assert_int_equal(following_look(&w), 0);
  file_append(w.path, "2020-01-01 10:00:01 b 1 8 10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  assert_string_equal(w.told->str, "access.log is gone: waiting for it to come back\n"
                                   "access.log is back\n"
                                   "access.log begins anew: the rows read before stay\n");
  assert_int_equal(w.l.log->n_rows, 2);
  following_clear(&w);
}

static void test_rejects(void **state)
{
  (void)state;
  Following w = following_new("access.log", "2020-01-01 10:00:00 a 1 8 10.0.0.1\n");
  g_autofree char *huge = g_strnfill(1100 * 1024, 'x');
  file_append(w.path, "2020-13-01 10:00:00 a 1 8 10.0.0.1\n\nnothing\n");
  file_append(w.path, huge); /* over the limit of a line, and without its end yet */
  assert_int_equal(following_look(&w), 0);
  assert_int_equal(w.l.report->rejected, 2);
  file_append(w.path, "\n2020-01-01 10:00:01 b 1 8 10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  assert_int_equal(w.l.report->rejected, 3);
  assert_int_equal(loaded_rejects(&w.l, REJECT_TOO_LONG), 1);
  const Reject *r = w.l.report->rejects->pdata[0];
  assert_int_equal(r->reason, REJECT_DATE);
  assert_int_equal(r->line, 2);
  r = w.l.report->rejects->pdata[1];
  assert_int_equal(r->line, 4);
  FILE *f = fopen(w.path, "a");
  fwrite("2020-01-01 10:00:02 \0 1 8 10.0.0.1\n", 1, 35, f);
  fclose(f);
  assert_int_equal(following_look(&w), 0);
  assert_int_equal(loaded_rejects(&w.l, REJECT_NUL), 1);
  following_clear(&w);
}

/* A quoted field may go on in lines that are still to come. */
static void test_quotes(void **state)
{
  (void)state;
  Following w = following_new("access.csv", HEADER "2020-01-01,10:00:00,a,1,8,10.0.0.1\n"
                                                   "2020-01-01,10:00:01,\"first\n");
  assert_int_equal(w.l.log->n_rows, 1);
  assert_int_equal(w.l.report->rejected, 0);
  file_append(w.path, "second");
  assert_int_equal(following_look(&w), 0);
  file_append(w.path, " line\",1,8,10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  assert_int_not_equal(strpool_find(w.l.log->paths, "first\nsecond line", 17), STRPOOL_NONE);
  /* a quote that is never closed costs its own line, once the next row is there */
  file_append(w.path, "2020-01-01,10:00:02,\"open,1,8,10.0.0.1\n");
  assert_int_equal(following_look(&w), 0);
  assert_int_equal(w.l.report->rejected, 0);
  file_append(w.path, "2020-01-01,10:00:03,b,1,8,10.0.0.1\n");
  assert_int_equal(following_look(&w), 1);
  assert_int_equal(loaded_rejects(&w.l, REJECT_QUOTE), 1);
  following_clear(&w);
}

static void test_half_header(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  char *first = helper_file("a.log", "2020-01-01 10:00:00 a 1 8 10.0.0.1\n", 35);
  char *second = helper_file("b.csv", "date,time,path,user_id", 22);
  const char *logs[] = {first, second, NULL};
  req.logs = logs;
  req.growing = TRUE;
  Following w = following_load(&req, first);
  file_append(second, ",cohort_id,ip\n2020-01-01,09:00:00,b,5,9,10.0.0.5\n");
  assert_int_equal(following_look(&w), 1);
  assert_int_equal(w.l.report->rejected, 0);
  assert_text(loaded_rows(&w.l), "2020-01-01 09:00:00|b|5|9|10.0.0.5\n"
                                 "2020-01-01 10:00:00|a|1|8|10.0.0.1\n");
  following_clear(&w);
  helper_remove(second);
  g_free(first);
}

/* Several logs, one of them packed and one still empty; and a cohort table, which is none. */
static void test_several(void **state)
{
  (void)state;
  GBytes *gz = packed_row();
  LoadRequest req;
  load_request_init(&req);
  char *a = helper_file("a.log", "2020-01-01 10:00:00 a 1 8 10.0.0.1\n", 35);
  char *b = helper_file("b.log", "", 0);
  char *c = helper_file("c.log.gz", g_bytes_get_data(gz, NULL), (gssize)g_bytes_get_size(gz));
  char *t =
      helper_file("cohorts.csv", "id,name,start_date,end_date\n8,Ash,2020-01-01,2020-05-01\n", 57);
  const char *logs[] = {a, b, c, NULL};
  req.logs = logs;
  req.cohorts = t;
  req.growing = TRUE;
  Following w = following_load(&req, a);
  assert_true(follow_possible(w.follow, NULL));
  assert_text(follow_names(w.follow), "2 of 3 logs");
  file_append(b, "2020-01-01 09:00:00 b 2 9 10.0.0.2\n");
  file_append(a, "2020-01-01 11:00:00 a 1 8 10.0.0.1\n");
  assert_int_equal(following_look(&w), 2);
  assert_int_equal(w.l.log->n_rows, 4);
  assert_string_equal(cohort_table_get(w.l.log->cohorts, 1)->name, "Ash");
  assert_int_not_equal(cohort_table_find(w.l.log->cohorts, "9"), COHORT_NONE); /* new */
  following_clear(&w);
  g_bytes_unref(gz);
  helper_remove(b);
  helper_remove(c);
  helper_remove(t);
  g_free(a);
}

static void check_refused(LoadRequest *req, const char *path, const char *why)
{
  Following w = following_load(req, path);
  GError *e = NULL;
  assert_false(follow_possible(w.follow, &e));
  assert_non_null(strstr(e->message, why));
  g_error_free(e);
  assert_int_equal(following_look(&w), 0);
  g_free(w.path);
  follow_free(w.follow);
  loaded_clear(&w.l);
  g_string_free(w.told, TRUE);
}

static void test_refused(void **state)
{
  (void)state;
  GBytes *gz = packed_row();
  char *c = helper_file("c.log.gz", g_bytes_get_data(gz, NULL), (gssize)g_bytes_get_size(gz));
  const char *packed[] = {c, NULL}, *standard[] = {"-", NULL};
  LoadRequest req;
  load_request_init(&req);
  req.logs = packed;
  req.growing = TRUE;
  check_refused(&req, c, "c.log.gz is packed (gzip)");
  req.logs = NULL;
  req.memory_log = gz;
  check_refused(&req, c, "the sample does not grow");
  req.memory_log = NULL;
  req.logs = standard;
  FILE *in = tmpfile();
  assert_non_null(in);
  fputs(ROW, in);
  rewind(in);
  req.stdin_fd = fileno(in);
  check_refused(&req, c, "standard input cannot be followed");
  fclose(in);
  g_bytes_unref(gz);
  helper_remove(c);
}

/* A plain log gives way to a packed one. */
static void test_packed_later(void **state)
{
  (void)state;
  GBytes *gz = packed_row();
  Following w = following_new("access.log", "2020-01-01 10:00:00 a 1 8 10.0.0.1\n");
  assert_true(
      g_file_set_contents(w.path, g_bytes_get_data(gz, NULL), (gssize)g_bytes_get_size(gz), NULL));
  assert_int_equal(following_look(&w), 0);
  assert_non_null(strstr(w.told->str, "access.log is packed now and is no longer followed\n"));
  assert_false(follow_possible(w.follow, NULL));
  g_bytes_unref(gz);
  following_clear(&w);
}

/* Cohorts of a wide log: the first row that describes one counts, wherever it comes. */
static void test_wide(void **state)
{
  (void)state;
  const char *head = "date,time,path,user_id,cohort_id,ip,name,start_date,end_date,program_id\n";
  g_autofree char *text =
      g_strconcat(head, "2020-01-01,10:00:00,a,1,8,10.0.0.1,Ash,2020-01-01,2020-05-01,2\n", NULL);
  Following w = following_new("wide.csv", text);
  file_append(w.path, "2020-01-01,10:00:01,a,2,9,10.0.0.1,Birch,2020-02-01,2020-06-01,3\n"
                      "2020-01-01,10:00:02,a,1,8,10.0.0.1,Other,2021-02-01,2021-06-01,3\n");
  assert_int_equal(following_look(&w), 2);
  const Cohort *ash = cohort_table_get(w.l.log->cohorts, cohort_table_find(w.l.log->cohorts, "8"));
  const Cohort *birch =
      cohort_table_get(w.l.log->cohorts, cohort_table_find(w.l.log->cohorts, "9"));
  assert_string_equal(ash->name, "Ash");
  assert_string_equal(birch->name, "Birch");
  assert_int_equal(birch->start, civil_day_from_date(2020, 2, 1));
  assert_true(birch->program != PROGRAM_NONE && birch->program != ash->program);
  following_clear(&w);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_growth),           cmocka_unit_test(test_partial_line),
      cmocka_unit_test(test_half_line_loaded), cmocka_unit_test(test_late_rows),
      cmocka_unit_test(test_rotation),         cmocka_unit_test(test_truncation),
      cmocka_unit_test(test_gone_and_back),    cmocka_unit_test(test_rejects),
      cmocka_unit_test(test_quotes),           cmocka_unit_test(test_half_header),
      cmocka_unit_test(test_several),          cmocka_unit_test(test_refused),
      cmocka_unit_test(test_packed_later),     cmocka_unit_test(test_wide),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
