/* Loading from a database: what cannot be read, what falls silent, what is stopped or broken off.
 */
#include "config.h"

#include "tests/ingest/load_helper.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/ingest/follow.h"
#include "tests/ingest/db_server.h"

#define SKIPPED 77

#ifdef HAVE_MARIADB

static DbServer *server;

static Loaded load_rest(const LoadRequest *req, const char *rest)
{
  return db_load(server, req, rest);
}

/* --- what cannot be read --------------------------------------------------------------------- */

static void assert_fails(const char *address, const char *password, const char *const *parts)
{
  LoadRequest req;
  load_request_init(&req);
  const char *logs[] = {address, NULL};
  req.logs = logs;
  req.database_password = password;
  Loaded l = loaded_run(&req);
  if (l.error == NULL)
    fail_msg("%s is read", address);
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_INPUT));
  for (; *parts != NULL; parts++)
    if (strstr(l.error->message, *parts) == NULL)
      fail_msg("%s: \"%s\" does not say \"%s\"", address, l.error->message, *parts);
  assert_null(strstr(l.error->message, DB_PASSWORD));
  loaded_clear(&l);
}

static void test_errors(void **state)
{
  (void)state;
  db_server_run(server, "CREATE TABLE nothing LIKE logs;\n"
                        "CREATE TABLE no_user (`date` DATE, `time` TIME, path TEXT);\n"
                        "CREATE TABLE no_time (user_id INT, path TEXT);\n"
                        "CREATE DATABASE secret;\n"
                        "CREATE TABLE secret.logs LIKE logs;\n"
                        "CREATE TABLE secret.open LIKE logs;\n"
                        "GRANT SELECT ON secret.open TO ana@'%';\n"
                        "CREATE VIEW stale AS SELECT * FROM no_user;\n");
  static const struct {
    const char *login, *password, *rest;
    const char *parts[5];
  } cases[] = {
      {"ana",
       "wrong",
       "school",
       {"cannot open mysql://ana@127.0.0.1:", "Access denied", "(error 1045)", "--password-file"}},
      {"ana", NULL, "school", {"Access denied", "using password: NO", "~/.my.cnf"}},
      {"nobody", "x", "school", {"Access denied", "check user and password"}},
      {"guest", NULL, "school", {"Access denied", "(error 1044)", "GRANT SELECT"}},
      {"root", NULL, "nix", {"Unknown database 'nix'", "check the name of the database"}},
      {"ana",
       DB_PASSWORD,
       "school?logs=nix",
       {"/school has no table `nix`; it has cohorts, logs, no", "?logs=TABLE"}},
      {"ana", DB_PASSWORD, "secret", {"read the table `logs`", "denied", "GRANT SELECT"}},
      {"ana",
       DB_PASSWORD,
       "secret?logs=open&cohorts=logs",
       {"read the table `logs`", "denied", "GRANT SELECT"}},
      {"ana",
       DB_PASSWORD,
       "school?logs=no_user",
       {"/school: no_user: none of its columns (date, time, path) is known to be the user",
        "--columns user=NAME"}},
      {"ana",
       DB_PASSWORD,
       "school?logs=no_time",
       {"none of its columns (user_id, path) is known to be the time"}},
      {"ana", DB_PASSWORD, "school?logs=cohorts", {"is a cohort table", "?logs=TABLE"}},
      {"ana", DB_PASSWORD, "school?cohorts=no_time", {"/school: no_time is no cohort table"}},
      {"ana", DB_PASSWORD, "school?logs=nothing", {"has no rows: the table is empty"}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *address = db_server_address(server, cases[i].login, cases[i].rest);
    assert_fails(address, cases[i].password, cases[i].parts);
    g_free(address);
  }
  db_server_run(server, "DROP TABLE no_user;\n");
  char *stale = db_server_address(server, "ana", "school?logs=stale");
  const char *const stale_parts[] = {"read the table `stale`", "invalid", NULL};
  assert_fails(stale, DB_PASSWORD, stale_parts);
  g_free(stale);
  const char *const unknown[] = {"cannot open mysql://ana@no-such-host.invalid/school", "host",
                                 "(error 2005)", NULL};
  assert_fails("mysql://ana@no-such-host.invalid/school", "x", unknown);
  const char *const socket[] = {"(error 2002)", "check host, port or socket", NULL};
  assert_fails("mysql://ana@localhost/school?socket=/nonexistent/s", "x", socket);
}

static gboolean refuse(void *data, guint64 rows, guint64 bytes, guint64 total)
{
  (void)rows;
  (void)bytes;
  (void)total;
  ++*(int *)data;
  return FALSE;
}

static double seconds_since(gint64 start)
{
  return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static void test_nobody_answers(void **state)
{
  (void)state;
  guint port;
  int asked = 0, fd = db_bound_socket(&port);
  LoadRequest req;
  load_request_init(&req);
  char *address = g_strdup_printf("mysql://ana@127.0.0.1:%u/school", port);
  const char *logs[] = {address, NULL};
  const char *const refused[] = {"Can't connect", "check host, port", NULL};
  assert_fails(address, "x", refused);
  assert_int_equal(listen(fd, 8), 0);
  req.logs = logs;
  req.database_patience = 1;
  gint64 start = g_get_monotonic_time();
  Loaded l = loaded_run(&req); /* given up */
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_INPUT));
  assert_non_null(strstr(l.error->message, address));
  assert_true(seconds_since(start) >= 0.9 && seconds_since(start) < 20);
  loaded_clear(&l);
  req.database_patience = 600;
  req.progress = refuse;
  req.data = &asked;
  l = loaded_run(&req); /* stopped while it waits */
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_CANCELLED));
  assert_true(l.report->cancelled);
  assert_int_equal(asked, 1);
  loaded_clear(&l);
  g_free(address);
  close(fd);
}

/* The table is locked: the server has nothing to say. */
static void test_silence(void **state)
{
  (void)state;
  LoadRequest req;
  load_request_init(&req);
  db_server_run(server, "CREATE TABLE held AS SELECT * FROM logs LIMIT 5;\n"
                        "LOCK TABLES held WRITE;\n");
  req.database_patience = 1;
  Loaded l = load_rest(&req, "school?logs=held&cohorts=");
  assert_true(g_error_matches(l.error, CORE_ERROR, CORE_ERROR_INPUT));
  assert_non_null(strstr(l.error->message, "try again"));
  loaded_clear(&l);
  db_server_run(server, "UNLOCK TABLES;\n");
  l = db_load_good(server, "school?logs=held&cohorts=");
  assert_int_equal(l.log->n_rows, 5);
  loaded_clear(&l);
}

/* --- stopping and breaking ------------------------------------------------------------------- */

/* A view of more rows than anybody would wait for. */
static void make_endless(void)
{
  db_server_run(server, "CREATE OR REPLACE VIEW endless AS SELECT a.* FROM logs a, logs b;\n");
}

typedef struct {
  guint64 rows;
  guint asked;
  gboolean kill;
} Watch;

static gboolean watch(void *data, guint64 rows, guint64 bytes, guint64 total)
{
  Watch *w = data;
  assert_true(rows >= w->rows);
  assert_int_equal(total, 0); /* nobody knows how much there is */
  assert_true(rows == 0 || bytes > 0);
  w->rows = rows;
  if (rows == 0 || ++w->asked < 3)
    return TRUE;
  if (!w->kill)
    return FALSE;
  if (w->asked == 3) {
    char *id = db_server_ask(server, "SELECT id FROM information_schema.processlist"
                                     " WHERE user = 'ana' ORDER BY id DESC LIMIT 1");
    assert_non_null(id);
    db_server_do(server, "KILL %s;\n", id);
    g_free(id);
  }
  return w->asked < 500; /* had it not been broken off, it would never end */
}

/* What was read is kept, and the rest of the rows is not waited for. */
static void test_stopped(void **state)
{
  (void)state;
  Watch w = {0};
  LoadRequest req;
  load_request_init(&req);
  make_endless();
  req.progress = watch;
  req.data = &w;
  Loaded l = load_rest(&req, "school?logs=endless");
  assert_null(l.error);
  assert_true(l.report->cancelled);
  assert_true(w.rows > 0 && l.log->n_rows >= w.rows);
  assert_true(db_file(&l, 0)->partial);
  assert_int_equal(w.asked, 3);
  loaded_clear(&l);
}

static void test_broken_off(void **state)
{
  (void)state;
  Watch w = {.kill = TRUE};
  LoadRequest req;
  load_request_init(&req);
  make_endless();
  req.progress = watch;
  req.data = &w;
  Loaded l = load_rest(&req, "school?logs=endless");
  assert_null(l.error); /* as for a file that is cut off: the rows before it count */
  assert_false(l.report->cancelled);
  assert_true(db_file(&l, 0)->partial);
  assert_true(l.log->n_rows > 0);
  char *n = db_server_ask(server, "SELECT COUNT(*) * COUNT(*) FROM logs");
  assert_true(l.log->n_rows < g_ascii_strtoull(n, NULL, 10));
  g_free(n);
  assert_true(loaded_warns(&l, "cannot read on in mysql://ana@127.0.0.1:"));
  assert_true(loaded_warns(&l, "try again"));
  assert_true(loaded_warns(&l, "rows up to number "));
  loaded_clear(&l);
}

/* --- what is sent, what cannot be followed --------------------------------------------------- */

static void test_only_reads(void **state)
{
  (void)state;
  db_server_run(server, "SET GLOBAL log_output = 'TABLE';\nSET GLOBAL general_log = 1;\n"
                        "TRUNCATE mysql.general_log;\n");
  Loaded l = db_load_good(server, "school");
  loaded_clear(&l);
  l = load_rest(NULL, "school?logs=nix");
  loaded_clear(&l);
  db_server_run(server, "SET GLOBAL general_log = 0;\n");
  char *selects = db_server_ask(server, "SELECT COUNT(*) FROM mysql.general_log"
                                        " WHERE user_host LIKE '%ana%' AND command_type = 'Query'"
                                        " AND argument LIKE 'SELECT %'");
  char *others = db_server_ask(server, "SELECT GROUP_CONCAT(DISTINCT argument ORDER BY argument)"
                                       " FROM mysql.general_log"
                                       " WHERE user_host LIKE '%ana%' AND command_type = 'Query'"
                                       " AND argument NOT LIKE 'SELECT %'");
  assert_string_equal(selects,
                      "6"); /* names and rows of two tables; no table, and which there are */
  assert_string_equal(others, "SET NAMES utf8mb4,SET SESSION TRANSACTION READ ONLY");
  g_free(selects);
  g_free(others);
}

static void test_not_followed(void **state)
{
  (void)state;
  Follow *follow = NULL;
  GError *error = NULL;
  LoadRequest req;
  load_request_init(&req);
  req.ret_follow = &follow;
  req.growing = TRUE;
  Loaded l = load_rest(&req, "school");
  assert_non_null(follow);
  assert_false(follow_possible(follow, &error));
  assert_non_null(strstr(error->message, "a database cannot be followed"));
  g_error_free(error);
  follow_free(follow);
  loaded_clear(&l);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_errors),       cmocka_unit_test(test_nobody_answers),
      cmocka_unit_test(test_silence),      cmocka_unit_test(test_stopped),
      cmocka_unit_test(test_broken_off),   cmocka_unit_test(test_only_reads),
      cmocka_unit_test(test_not_followed),
  };
  server = db_server_start();
  if (server == NULL)
    return SKIPPED;
  db_server_fill(server);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  db_server_stop(server);
  return failed;
}

#else /* without the library */

int main(void)
{
  printf("skipped: built without databases\n");
  return SKIPPED;
}

#endif
