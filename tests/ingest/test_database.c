/* Loading from a database: the same log as from files, types and names of columns, rejects, and
 * where the cohorts come from. */
#include "config.h"

#include "tests/ingest/load_helper.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/log/fingerprint.h"
#include "tests/ingest/db_server.h"

#define SKIPPED 77

#ifdef HAVE_MARIADB

static DbServer *server;

static Loaded load_rest(const LoadRequest *req, const char *rest)
{
  return db_load(server, req, rest);
}

static Loaded load_good(const char *rest)
{
  return db_load_good(server, rest);
}

static Loaded load_sample(void)
{
  LoadRequest req;
  load_request_init(&req);
  req.memory_log = assets_get("sample/logs.csv.gz");
  req.memory_cohorts = assets_get("sample/cohorts.csv");
  Loaded l = loaded_run(&req);
  g_bytes_unref(req.memory_log);
  g_bytes_unref(req.memory_cohorts);
  assert_null(l.error);
  return l;
}

static void assert_same(const Loaded *a, const Loaded *b)
{
  char *rows_a = loaded_rows(a), *rows_b = loaded_rows(b);
  char *cohorts_a = loaded_cohorts(a), *cohorts_b = loaded_cohorts(b);
  assert_true(strcmp(rows_a, rows_b) == 0); /* megabytes: nothing to print */
  assert_string_equal(cohorts_a, cohorts_b);
  assert_true(log_fingerprint(a->log) == log_fingerprint(b->log));
  g_free(rows_a);
  g_free(rows_b);
  g_free(cohorts_a);
  g_free(cohorts_b);
}

/* --- the same as from files ------------------------------------------------------------------ */

static void test_same_as_files(void **state)
{
  (void)state;
  Loaded files = load_sample(), db = load_good("school");
  assert_true(files.log->n_rows > 50000);
  assert_same(&db, &files);
  assert_int_equal(db.report->files->len, 2);
  assert_int_equal(db.report->rejected, 0);
  assert_int_equal(db.report->warnings->len, 0);
  char *logs = db_server_address(server, "ana", "school: logs");
  assert_string_equal(db_file(&db, 0)->name, logs);
  assert_string_equal(db_file(&db, 0)->container, "database");
  assert_string_equal(db_file(&db, 0)->columns,
                      "time=date+time path=path user=user_id cohort=cohort_id ip=ip");
  assert_int_equal(db_file(&db, 0)->lines, files.log->n_rows);
  assert_int_equal(db_file(&db, 1)->form, FORM_COHORTS);
  assert_int_equal(db_file(&db, 1)->rows, db_file(&files, 1)->rows);
  g_free(logs);
  loaded_clear(&files);
  loaded_clear(&db);
}

static void test_password_in_address_and_socket(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  char *password = g_uri_escape_string(DB_PASSWORD, NULL, TRUE);
  char *login = g_strconcat("ana:", password, NULL);
  char *address = db_server_address(server, login, "school?cohorts=");
  char *local = g_strdup_printf("mariadb://%s@localhost/school?cohorts=&socket=%s", login,
                                db_server_socket(server));
  char *tunnel =
      g_strdup_printf("mysql://%s@localhost:%u/school?cohorts=", login, db_server_port(server));
  const char *const each[] = {address, local, tunnel};
  for (gsize i = 0; i < G_N_ELEMENTS(each); i++) {
    const char *logs[] = {each[i], NULL};
    req.logs = logs;
    Loaded l = loaded_run(&req);
    assert_non_null(l.log);
    char *report = loaded_report(&l);
    assert_null(strstr(report, DB_PASSWORD));
    assert_null(strstr(report, password));
    g_free(report);
    loaded_clear(&l);
  }
  g_free(password);
  g_free(login);
  g_free(address);
  g_free(local);
  g_free(tunnel);
}

/* A joined table holds its cohorts, as a wide file does. */
static void test_wide(void **state)
{
  (void)state;
  db_server_run(server, "CREATE VIEW wide AS SELECT logs.*, name, slack, start_date, end_date,"
                        " created_at, updated_at, deleted_at, program_id"
                        " FROM logs LEFT JOIN cohorts ON logs.cohort_id = cohorts.id;\n");
  Loaded wide = load_good("school?logs=wide"), files = load_sample();
  assert_int_equal(wide.report->files->len, 1);
  assert_int_equal(db_file(&wide, 0)->form, FORM_WIDE);
  assert_true(log_fingerprint(wide.log) == log_fingerprint(files.log));
  for (guint i = 1; i < wide.log->cohorts->cohorts->len; i++) {
    const Cohort *c = cohort_table_get(wide.log->cohorts, (guint16)i);
    const Cohort *same =
        cohort_table_get(files.log->cohorts, cohort_table_find(files.log->cohorts, c->id));
    assert_string_equal(c->name, same->name);
    assert_int_equal(c->start, same->start);
    assert_int_equal(c->end, same->end);
  }
  loaded_clear(&wide);
  loaded_clear(&files);
}

/* --- columns and values ---------------------------------------------------------------------- */

static void test_values(void **state)
{
  (void)state;
  db_server_run(
      server,
      "CREATE TABLE typed (id BIGINT AUTO_INCREMENT PRIMARY KEY, remark TEXT, `IP Address` "
      "CHAR(20),"
      " endpoint VARCHAR(99) CHARACTER SET latin1, `class` DECIMAL(6,1), student VARCHAR(20),"
      " accessed_at DATETIME(6));\n"
      "INSERT INTO typed (remark, `IP Address`, endpoint, `class`, student, accessed_at) VALUES"
      " ('x', '192.0.2.1', 'caf\303\251/men\303\274', 7.0, '00012', '2024-02-29 23:59:58.999999'),"
      " (NULL, NULL, NULL, NULL, 'b', '2024-03-01 00:00:00'),"
      " ('\n', ' 2001:db8::1 ', '  blanks  ', 12, '3.0', '2024-03-01 00:00:01');\n"
      "CREATE TABLE `te``xt` (ip TEXT, cohort_id TEXT, user_id TEXT, path TEXT, `time` TEXT,"
      " `date` TEXT);\n"
      "INSERT INTO `te``xt` VALUES"
      " ('192.0.2.1', '8', '1', 'a/\360\237\230\200', '09:55', '2024-01-02'),"
      " ('NULL', '8.0', '1.0', 'two\nlines', '09:55:03', '2024-01-02');\n");
  Loaded l = load_good("school?logs=typed&cohorts=");
  assert_text(loaded_rows(&l), "2024-02-29 23:59:58|caf\303\251/men\303\274|00012|7|192.0.2.1\n"
                               "2024-03-01 00:00:00||b||\n"
                               "2024-03-01 00:00:01|blanks|3|12|2001:db8::1\n");
  assert_int_equal(db_file(&l, 0)->ignored->len, 2);
  assert_string_equal(db_file(&l, 0)->ignored->pdata[0], "id");
  assert_string_equal(db_file(&l, 0)->ignored->pdata[1], "remark");
  loaded_clear(&l);
  l = load_good("school?logs=te%60xt&cohorts=");
  assert_text(loaded_rows(&l), "2024-01-02 09:55:00|a/\360\237\230\200|1|8|192.0.2.1\n"
                               "2024-01-02 09:55:03|two\nlines|1|8|\n");
  loaded_clear(&l);
}

static void test_columns_said(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  db_server_run(server, "CREATE TABLE strange (a INT, b VARCHAR(30), c DATETIME, d TEXT);\n"
                        "INSERT INTO strange VALUES (5, 'eva', '2024-01-02 03:04:05', 'x/y');\n");
  req.columns = "time=3,user=B,path=d";
  Loaded l = load_rest(&req, "school?logs=strange&cohorts=");
  assert_text(loaded_rows(&l), "2024-01-02 03:04:05|x/y|eva||\n");
  loaded_clear(&l);
  req.columns = "time=c,user=nobody";
  l = load_rest(&req, "school?logs=strange&cohorts=");
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_USAGE));
  assert_non_null(strstr(l.error->message, "its header has a, b, c, d"));
  loaded_clear(&l);
}

/* The rows of a file and of a table that are no rows, by number and reason. */
static void test_rejects(void **state)
{
  (void)state;
  static const char csv[] = "date,time,path,user_id,cohort_id,ip\n"
                            "2024-01-02,03:04:05,a,1,8,192.0.2.1\n"
                            "0000-00-00,03:04:05,a,1,8,192.0.2.1\n"
                            "2024-02-30,03:04:05,a,1,8,192.0.2.1\n"
                            ",03:04:05,a,1,8,192.0.2.1\n"
                            "2024-01-02,25:04:05,a,1,8,192.0.2.1\n"
                            "2024-01-02,,a,1,8,192.0.2.1\n"
                            "2024-01-02,03:04:05,a,,8,192.0.2.1\n"
                            "2024-01-02,03:04:05,a,1,\001,192.0.2.1\n"
                            "2024-01-02,03:04:06,a,1,,\n";
  db_server_run(server,
                "CREATE TABLE broken (`date` TEXT, `time` TEXT, path LONGTEXT, user_id TEXT,"
                " cohort_id TEXT, ip TEXT);\n"
                "INSERT INTO broken VALUES ('2024-01-02', '03:04:05', 'a', '1', '8', '192.0.2.1'),"
                " ('0000-00-00', '03:04:05', 'a', '1', '8', '192.0.2.1'),"
                " ('2024-02-30', '03:04:05', 'a', '1', '8', '192.0.2.1'),"
                " (NULL, '03:04:05', 'a', '1', '8', '192.0.2.1'),"
                " ('2024-01-02', '25:04:05', 'a', '1', '8', '192.0.2.1'),"
                " ('2024-01-02', NULL, 'a', '1', '8', '192.0.2.1'),"
                " ('2024-01-02', '03:04:05', 'a', NULL, '8', '192.0.2.1'),"
                " ('2024-01-02', '03:04:05', 'a', '1', '\001', '192.0.2.1'),"
                " ('2024-01-02', '03:04:06', 'a', '1', NULL, NULL);\n");
  Loaded file = loaded_text(NULL, csv, -1), db = load_good("school?logs=broken&cohorts=");
  char *rows = loaded_rows(&file);
  assert_text(loaded_rows(&db), rows);
  g_free(rows);
  assert_int_equal(db.report->rejected, 7);
  assert_int_equal(db.report->rejects->len, 7);
  for (guint i = 0; i < db.report->rejects->len; i++) {
    const Reject *a = file.report->rejects->pdata[i], *b = db.report->rejects->pdata[i];
    assert_int_equal(a->reason, b->reason);
    assert_int_equal(a->line, b->line + 1); /* the file has a header */
    assert_string_equal(a->excerpt, b->excerpt);
  }
  for (int r = 0; r < N_REJECT_REASONS; r++)
    assert_int_equal(db.report->rejected_by[r], file.report->rejected_by[r]);
  loaded_clear(&file);
  loaded_clear(&db);
}

static void test_rejects_of_types(void **state)
{
  (void)state;
  db_server_run(server,
                "CREATE TABLE zeros (`date` DATE, `time` TIME, path LONGTEXT, user_id INT,"
                " cohort_id INT, ip TEXT);\n"
                "INSERT INTO zeros VALUES (0, '01:02:03', 'a', 1, 8, NULL),"
                " ('2024-01-02', '30:00:00', 'a', 1, 8, NULL),"
                " ('2024-01-02', '-01:00:00', 'a', 1, 8, NULL),"
                " ('2024-01-02', '01:02:03', REPEAT('x', 70000), 1, 8, NULL),"
                " ('2024-01-02', '01:02:03', CONCAT('a', CHAR(0), 'b'), 1, 8, NULL),"
                " ('2024-01-02', '01:02:03', 'a', 0, 8, NULL);\n"
                "CREATE TABLE zero_cohorts (id INT, name TEXT, start_date DATE, end_date DATE,"
                " created_at DATETIME, deleted_at DATETIME, program_id INT);\n"
                "INSERT INTO zero_cohorts VALUES (8, 'Nil', 0, 0, 0, 0, 1),"
                " (8, 'Again', '2024-01-01', '2024-06-01', NULL, NULL, 1),"
                " (9, 'Late', '2024-06-01', '2024-01-01', NULL, '2024-01-01 00:00:00', 1),"
                " (NULL, NULL, '2024-06-01', '2024-01-01', NULL, NULL, 1);\n");
  Loaded l = load_good("school?logs=zeros&cohorts=zero_cohorts");
  static const RejectReason expected[] = {REJECT_DATE, REJECT_TIME, REJECT_TIME, REJECT_TOO_LONG,
                                          REJECT_NUL};
  guint n = 0;
  for (guint i = 0; i < l.report->rejects->len; i++) {
    const Reject *r = l.report->rejects->pdata[i];
    if (db_file(&l, r->file)->form == FORM_COHORTS)
      continue;
    assert_true(n < G_N_ELEMENTS(expected));
    assert_int_equal(r->reason, expected[n]);
    assert_int_equal(r->line, ++n);
  }
  assert_int_equal(n, G_N_ELEMENTS(expected));
  assert_text(loaded_rows(&l), "2024-01-02 01:02:03|a|0|8|\n");
  assert_text(loaded_cohorts(&l), "8|Nil||||1|\n9|Late||||1||deleted\n");
  assert_int_equal(loaded_rejects(&l, REJECT_DUPLICATE_COHORT), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_COHORT), 1);
  assert_int_equal(loaded_rejects(&l, REJECT_DATES_ORDER), 1);
  assert_true(loaded_warns(&l, "/school: zero_cohorts:3: cohort 9 ends before it starts"));
  assert_false(loaded_warns(&l, "cohort 8 has a start or end date that is none"));
  loaded_clear(&l);
}

/* --- where the cohorts come from ------------------------------------------------------------- */

static void test_cohorts(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  db_server_run(server, "CREATE DATABASE bare;\n"
                        "GRANT SELECT ON bare.* TO ana@'%';\n"
                        "CREATE TABLE bare.logs LIKE school.logs;\n"
                        "INSERT INTO bare.logs VALUES"
                        " ('2024-01-02', '03:04:05', 'a', 1, 32, '192.0.2.1');\n");
  Loaded l = load_good("bare"); /* none is there: said, and no more */
  assert_int_equal(l.report->files->len, 1);
  assert_true(loaded_warns(&l, "/bare has no table `cohorts`; it has logs;"));
  assert_true(loaded_warns(&l, "there is no cohort table"));
  loaded_clear(&l);
  db_server_run(server, "CREATE TABLE bare.cohorts (title TEXT, teacher TEXT);\n");
  l = load_good("bare"); /* the name alone does not make one */
  assert_true(loaded_warns(&l, "/bare: cohorts is no cohort table"));
  assert_int_equal(l.log->n_rows, 1);
  loaded_clear(&l);
  l = load_rest(NULL, "bare?cohorts=cohorts"); /* asked for */
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_INPUT));
  loaded_clear(&l);
  l = load_good("bare?cohorts="); /* told not to look */
  assert_int_equal(l.report->warnings->len, 1);
  loaded_clear(&l);
  char *other = db_server_address(server, "ana", "school");
  req.cohorts = other; /* of another database */
  l = load_rest(&req, "bare");
  assert_text(loaded_rows(&l), "2024-01-02 03:04:05|a|1|32|192.0.2.1\n");
  assert_int_equal(l.report->files->len, 2);
  assert_int_equal(db_file(&l, 1)->rows, 14);
  assert_int_equal(l.report->warnings->len, 0);
  loaded_clear(&l);
  g_free(other);
}

/* A cohort table among the files named takes the place of that of the database. */
static void test_cohorts_in_file(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  static const char text[] = "id,name,start_date,end_date,program_id\n"
                             "32,Mine,2024-01-01,2024-06-01,2\n";
  char *file = helper_file("c.csv", text, strlen(text));
  const char *logs[] = {file, NULL};
  req.logs = logs;
  Loaded l = load_rest(&req, "school");
  assert_int_equal(l.report->files->len, 2);
  assert_int_equal(db_file(&l, 1)->form, FORM_COHORTS);
  const Cohort *c = cohort_table_get(l.log->cohorts, cohort_table_find(l.log->cohorts, "32"));
  assert_string_equal(c->name, "Mine");
  loaded_clear(&l);
  req.logs = NULL;
  req.cohorts = file;
  l = load_rest(&req, "school");
  assert_int_equal(l.report->files->len, 2);
  loaded_clear(&l);
  helper_remove(file);
}

/* Two tables of one database, which have one cohort table; and a file beside them. */
static void test_merged(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  static const char text[] = "2024-01-02 03:04:05 file 7 32 192.0.2.9\n";
  db_server_run(server, "CREATE TABLE early AS SELECT * FROM logs WHERE `date` < '2022-06-01';\n"
                        "CREATE TABLE later AS SELECT * FROM logs WHERE `date` >= '2022-06-01';\n");
  char *early = db_server_address(server, "ana", "school?logs=early");
  char *later = db_server_address(server, "ana", "school?logs=later");
  char *file = helper_file("l.txt", text, strlen(text));
  const char *logs[] = {later, early, file, NULL};
  req.logs = logs;
  req.database_password = DB_PASSWORD;
  Loaded l = loaded_run(&req);
  assert_non_null(l.log);
  assert_int_equal(l.report->files->len, 4);
  char *n = db_server_ask(server, "SELECT COUNT(*) + 1 FROM logs");
  assert_int_equal(l.log->n_rows, g_ascii_strtoull(n, NULL, 10));
  assert_int_equal(loaded_rejects(&l, REJECT_DUPLICATE_COHORT), 0);
  loaded_clear(&l);
  g_free(n);
  g_free(early);
  g_free(later);
  helper_remove(file);
}

/* --- all ------------------------------------------------------------------------------------- */

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_same_as_files),
      cmocka_unit_test(test_password_in_address_and_socket),
      cmocka_unit_test(test_wide),
      cmocka_unit_test(test_values),
      cmocka_unit_test(test_columns_said),
      cmocka_unit_test(test_rejects),
      cmocka_unit_test(test_rejects_of_types),
      cmocka_unit_test(test_cohorts),
      cmocka_unit_test(test_cohorts_in_file),
      cmocka_unit_test(test_merged),
  };
  server = db_server_start();
  if (server == NULL)
    return SKIPPED;
  db_server_fill(server);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  db_server_stop(server);
  return failed;
}

#else /* without the library: says so, and what to do */

static void test_not_built_in(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  const char *logs[] = {"mysql://ana:secret@host/school", NULL};
  req.logs = logs;
  Loaded l = loaded_run(&req);
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_INPUT));
  assert_non_null(strstr(l.error->message, "cannot open mysql://ana@host/school: "));
  assert_non_null(strstr(l.error->message, "libmariadb-dev"));
  assert_non_null(strstr(l.error->message, "--with-mariadb"));
  loaded_clear(&l);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_not_built_in)};
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  printf("skipped: built without databases\n");
  return failed != 0 ? failed : SKIPPED;
}

#endif
