/* The program on a database: the same answers as from files, the ways to a password, and that no
 * way shows it. */
#include "config.h"

#include "tests/ingest/load_helper.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/ingest/db_server.h"

#define SKIPPED 77

#ifdef HAVE_MARIADB

static DbServer *server;
static char *folder, *with_password, *without, *secret_escaped;

/* --- running --------------------------------------------------------------------------------- */

typedef struct {
  char *out, *err;
  int code;
} Ran;

static const char *program(void)
{
  const char *named = g_getenv("COHORTSCOPE");
  return named != NULL ? named : "./cohortscope";
}

static char **environment(const char *name, const char *value)
{
  static const char *const folders[] = {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"};
  char **env = g_environ_setenv(g_get_environ(), "HOME", folder, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
    char *path = g_build_filename(folder, folders[i], NULL);
    env = g_environ_setenv(env, folders[i], path, TRUE);
    g_free(path);
  }
  return name != NULL ? g_environ_setenv(env, name, value, TRUE) : env;
}

static void assert_no_secret(const char *text)
{
  if (strstr(text, DB_PASSWORD) != NULL || strstr(text, secret_escaped) != NULL)
    fail_msg("the password is shown:\n%s", text);
}

/* Runs the program with words up to NULL; never does it show the password. */
static Ran run_with(const char *name, const char *value, const char *const *words)
{
  Ran r = {NULL};
  GError *error = NULL;
  int status = 0;
  GPtrArray *argv = g_ptr_array_new();
  g_ptr_array_add(argv, (gpointer)program());
  for (; *words != NULL; words++)
    g_ptr_array_add(argv, (gpointer)*words);
  g_ptr_array_add(argv, NULL);
  char **env = environment(name, value);
  if (!g_spawn_sync(NULL, (char **)argv->pdata, env, 0, NULL, NULL, &r.out, &r.err, &status,
                    &error))
    fail_msg("%s", error->message);
  r.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  assert_no_secret(r.out);
  assert_no_secret(r.err);
  g_strfreev(env);
  g_ptr_array_unref(argv);
  return r;
}

#define run(...) run_with(NULL, NULL, (const char *const[]){__VA_ARGS__, NULL})

static void ran_clear(Ran *r)
{
  g_free(r->out);
  g_free(r->err);
}

static void assert_ran(Ran r, int code, const char *part)
{
  if (r.code != code || (strstr(r.out, part) == NULL && strstr(r.err, part) == NULL))
    fail_msg("exit code %d, not %d; or no \"%s\" in\n%s\n%s", r.code, code, part, r.out, r.err);
  ran_clear(&r);
}

static char *in_folder(const char *name)
{
  return g_build_filename(folder, name, NULL);
}

static char *write_file(const char *name, const char *text)
{
  char *path = in_folder(name), *parent = g_path_get_dirname(path);
  assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
  assert_true(g_file_set_contents(path, text, -1, NULL));
  g_free(parent);
  return path;
}

/* Every file that a run left behind. */
static void assert_no_secret_in(const char *path)
{
  GDir *dir = g_dir_open(path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
    char *inner = g_build_filename(path, name, NULL), *text = NULL;
    if (g_file_test(inner, G_FILE_TEST_IS_DIR))
      assert_no_secret_in(inner);
    else if (g_file_get_contents(inner, &text, NULL, NULL))
      assert_no_secret(text);
    g_free(text);
    g_free(inner);
  }
  if (dir != NULL)
    g_dir_close(dir);
}

/* --- answers --------------------------------------------------------------------------------- */

static void test_same_rankings(void **state)
{
  (void)state;
  static const char *const dimensions[] = {"user", "lesson", "cohort", "ip",   "program", "module",
                                           "path", "hour",   "day",    "kind", "phase",   "month"};
  for (gsize i = 0; i < G_N_ELEMENTS(dimensions); i++) {
    Ran file = run("rank", "--quiet", "--by", dimensions[i], "--format", "csv", "--measure",
                   "hits,users,days,share");
    Ran db = run("rank", "--quiet", "--by", dimensions[i], "--format", "csv", "--measure",
                 "hits,users,days,share", with_password);
    assert_int_equal(file.code, 0);
    assert_int_equal(db.code, 0);
    assert_true(strlen(file.out) > 30);
    assert_string_equal(db.out, file.out);
    ran_clear(&file);
    ran_clear(&db);
  }
}

static void test_reports(void **state)
{
  (void)state;
  char *source = g_strdup_printf(
      "\"files\": [\n      \"%s\"\n    ],\n    \"sha256\": [\n      null\n", without);
  assert_ran(run("report", "--format", "json", "--question", "1", with_password), 0, source);
  assert_ran(run("report", "--format", "md", "--question", "1", with_password), 0, without);
  assert_ran(run("check", "--format", "json", with_password), 0, "\"container\": \"database\"");
  char *name = g_strconcat(without, ": cohorts\n", NULL);
  assert_ran(run("check", with_password), 0, name);
  assert_ran(run("flags", "--limit", "3", with_password), 0, "");
  assert_ran(run("rank", "--by", "cohort", "--progress", "always", with_password), 0,
             "read: 62,387 rows");
  char *cohorts = g_strconcat("--cohorts=", with_password, NULL);
  assert_ran(run("check", "--format", "json", cohorts, with_password), 0, ": cohorts\"");
  g_free(cohorts);
  g_free(name);
  g_free(source);
}

/* --- passwords ------------------------------------------------------------------------------- */

static void test_password_file(void **state)
{
  (void)state;
  char *file = write_file("password", DB_PASSWORD "\r\nsomething else\n");
  assert_ran(run("check", "--password-file", file, without), 0, "62,387");
  g_free(file);
  file = write_file("password", "wrong");
  assert_ran(run("check", "--password-file", file, without), 2, "Access denied");
  assert_ran(run("check", "--password-file", file, with_password), 0, "62,387"); /* it wins */
  char *many = g_strnfill(2000, 'x');
  g_free(file);
  file = write_file("password", many);
  assert_ran(run("check", "--password-file", file, without), 2, "is over 1024 bytes");
  g_unlink(file);
  assert_ran(run("check", "--password-file", file, without), 2, "No such file");
  assert_ran(run("check", "--password-file", folder, without), 2, "directory");
  g_free(many);
  g_free(file);
}

static void test_client_files(void **state)
{
  (void)state;
  assert_ran(run("check", without), 2, "Access denied");
  assert_ran(run_with("MYSQL_PWD", DB_PASSWORD, (const char *const[]){"check", without, NULL}), 0,
             "62,387");
  char *file = write_file(".my.cnf", "[client]\npassword=\"" DB_PASSWORD "\"\n");
  assert_ran(run("check", without), 0, "62,387");
  g_free(file);
  char *text = g_strdup_printf("[client]\npassword=wrong\n[cohortscope]\nhost=127.0.0.1\nport=%u\n"
                               "user=ana\npassword=\"" DB_PASSWORD "\"\n",
                               db_server_port(server));
  file = write_file(".my.cnf", text);
  assert_ran(run("check", "mysql:///school"), 0, "mysql:///school: logs");
  g_unlink(file);
  g_free(file);
  g_free(text);
}

static void test_settings_file(void **state)
{
  (void)state;
  char *password = write_file("password", DB_PASSWORD);
  char *text = g_strdup_printf("log = %s\n", with_password);
  char *file = write_file("XDG_CONFIG_HOME/cohortscope/config", text);
  assert_ran(run("check"), 0, without);
  g_free(text);
  g_free(file);
  text = g_strdup_printf("log = %s\npassword-file = ~/password\n", without);
  file = write_file("XDG_CONFIG_HOME/cohortscope/config", text);
  assert_ran(run("check"), 0, without);
  g_unlink(file);
  g_free(text);
  g_free(file);
  g_unlink(password);
  g_free(password);
}

static void test_errors(void **state)
{
  (void)state;
  char *wrong = g_strconcat(with_password, "/", DB_PASSWORD, NULL);
  char *unescaped = db_server_address(server, "ana:" DB_PASSWORD, "school");
  char *denied = g_strconcat(with_password, "?logs=nix", NULL);
  assert_ran(run("check", wrong), 1, "is written mysql://USER@HOST:PORT/DATABASE");
  assert_ran(run("check", unescaped), 1, "%2F");
  assert_ran(run("check", denied), 2, "no table `nix`");
  assert_ran(run("rank", "--by", "user", denied), 2, "no table `nix`");
  assert_ran(run("check", "--columns", "user=nobody", with_password), 1, "--columns user=nobody");
  assert_ran(run("chekc", with_password), 1, "did you mean");
  g_free(wrong);
  g_free(unescaped);
  g_free(denied);
}

/* --- the explorer ---------------------------------------------------------------------------- */

static char *screen_of(const char *script, const char *option)
{
  char *text = NULL, *file = write_file("script", script), *screen = in_folder("screen");
  Ran r = run("--script", file, "--size", "100x30", "--screen", screen, with_password, option);
  if (!g_file_get_contents(screen, &text, NULL, NULL))
    fail_msg("no screen: %s %s", r.out, r.err);
  assert_no_secret(text);
  ran_clear(&r);
  g_free(file);
  g_free(screen);
  return text;
}

static void assert_screen(const char *script, const char *option, const char *part)
{
  char *screen = screen_of(script, option);
  if (strstr(screen, part) == NULL)
    fail_msg("no \"%s\" in\n%s", part, screen);
  g_free(screen);
}

static void test_explorer(void **state)
{
  (void)state;
  char *log = in_folder("log.script"), *session = in_folder("friday");
  char *script = g_strdup_printf("scope add cohort=Ivy\nlog save %s\nsession save %s\nview "
                                 "overview\n",
                                 log, session);
  assert_screen(script, NULL, "database school");
  assert_screen("view overview\n", NULL, "school: logs: 62,387 rows");
  assert_screen("scope add cohort=Ivy\nlog\n", NULL, "scope add cohort=Ivy");
  assert_screen("view cohorts\n", "--follow", "Juniper");
  char *follow = write_file("script", "follow\n");
  assert_ran(run("--script", follow, "--size", "80x24", with_password), 1,
             "a database cannot be followed");
  /* notes and sessions find their data again, wherever it is read from */
  char *load = g_strdup_printf("session load %s\n", session), *text = NULL;
  char *file = write_file("script", load), *screen = in_folder("screen");
  assert_ran(run("--script", file, "--size", "80x24", "--screen", screen), 0, "");
  assert_true(g_file_get_contents(screen, &text, NULL, NULL));
  assert_non_null(strstr(text, "cohort=Ivy"));
  assert_no_secret_in(folder);
  char *const all[] = {log, session, script, load, text, file, screen, follow};
  for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
    g_free(all[i]);
}

/* --- while it runs --------------------------------------------------------------------------- */

static char *command_line_of(GPid pid)
{
  char *path = g_strdup_printf("/proc/%d/cmdline", (int)pid), *words = NULL;
  gsize len = 0;
  assert_true(g_file_get_contents(path, &words, &len, NULL));
  for (gsize i = 0; i + 1 < len; i++)
    words[i] = words[i] != '\0' ? words[i] : ' ';
  g_free(path);
  return words;
}

/* Reads until it is interrupted; a list of processes does not show the password. */
static void test_interrupted(void **state)
{
  (void)state;
  GError *error = NULL;
  GPid pid;
  int status = 0;
  char *address = g_strconcat(with_password, "?logs=endless&cohorts=", NULL);
  char *out = in_folder("out"), **env = environment(NULL, NULL);
  const char *argv[] = {program(), "rank",     "--by", "user",  "--progress",
                        "never",   "--output", out,    address, NULL};
  db_server_run(server, "CREATE VIEW endless AS SELECT a.* FROM logs a, logs b;\n");
  if (!g_spawn_async(NULL, (char **)(gpointer)argv, env,
                     G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid,
                     &error))
    fail_msg("%s", error->message);
  char *connected = NULL;
  for (int i = 0; i < 1000 && g_strcmp0(connected, "1") != 0; i++) {
    g_free(connected);
    g_usleep(20000);
    connected = db_server_ask(server, "SELECT COUNT(*) FROM information_schema.processlist"
                                      " WHERE user = 'ana' AND info LIKE '%endless%'"
                                      " AND info NOT LIKE '%LIMIT%'");
  }
  assert_string_equal(connected, "1");
  g_usleep(200000);
  char *words = command_line_of(pid);
  assert_non_null(strstr(words, "mysql://ana:***"));
  assert_no_secret(words);
  kill(pid, SIGINT);
  assert_int_equal(waitpid(pid, &status, 0), pid);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 130);
  char *text = NULL;
  assert_true(g_file_get_contents(out, &text, NULL, NULL));
  assert_non_null(strstr(text, "partial"));
  g_free(text);
  g_free(words);
  g_free(connected);
  g_free(address);
  g_free(out);
  g_strfreev(env);
}

static int run_all(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_same_rankings), cmocka_unit_test(test_reports),
      cmocka_unit_test(test_password_file), cmocka_unit_test(test_client_files),
      cmocka_unit_test(test_settings_file), cmocka_unit_test(test_errors),
      cmocka_unit_test(test_explorer),      cmocka_unit_test(test_interrupted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
  server = db_server_start();
  if (server == NULL)
    return SKIPPED;
  db_server_fill(server);
  g_unsetenv("MYSQL_PWD");
  folder = g_dir_make_tmp("cohortscope-XXXXXX", NULL);
  secret_escaped = g_uri_escape_string(DB_PASSWORD, NULL, TRUE);
  char *login = g_strconcat("ana:", secret_escaped, NULL);
  with_password = db_server_address(server, login, "school");
  without = db_server_address(server, "ana", "school");
  int failed = run_all();
  db_server_stop(server);
  const char *argv[] = {"rm", "-rf", "--", folder, NULL};
  g_spawn_sync(NULL, (char **)(gpointer)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
               NULL, NULL);
  char *const all[] = {folder, secret_escaped, login, with_password, without};
  for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
    g_free(all[i]);
  return failed;
}

#else /* without the library */

int main(void)
{
  printf("skipped: built without databases\n");
  return SKIPPED;
}

#endif
