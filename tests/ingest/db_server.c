/* A database server for a test. */
#include "config.h"

#include "tests/ingest/db_server.h"

#ifdef HAVE_MARIADB

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <gio/gio.h>
#include <mysql.h>

#include "core/base/assets.h"

#define START_SECONDS 60

struct DbServer {
  char *folder, *socket;
  guint port;
  GPid pid;
  MYSQL *admin;
};

/* The server is not where users look for programs. */
static char *find(const char *name)
{
  static const char *const folders[] = {"/usr/sbin", "/usr/local/sbin", "/usr/libexec",
                                        "/usr/local/bin"};
  char *found = g_find_program_in_path(name);
  for (gsize i = 0; found == NULL && i < G_N_ELEMENTS(folders); i++) {
    char *path = g_build_filename(folders[i], name, NULL);
    found = g_find_program_in_path(path);
    g_free(path);
  }
  return found;
}

int db_bound_socket(guint *ret_port)
{
  struct sockaddr_in a = {.sin_family = AF_INET};
  socklen_t len = sizeof a;
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  assert_true(fd >= 0);
  assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
  assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
  *ret_port = ntohs(a.sin_port);
  return fd;
}

static guint free_port(void)
{
  guint port;
  close(db_bound_socket(&port));
  return port;
}

/* Dies with the test, however that ends; has none of what the sanitizers watch. */
static void child_setup(gpointer parent)
{
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != GPOINTER_TO_INT(parent))
    _exit(1);
}

static char **arguments(const char *program, const DbServer *s, const char **more)
{
  GStrvBuilder *b = g_strv_builder_new();
  char *data = g_strdup_printf("--datadir=%s/data", s->folder);
  /* a server that starts removes what others have in a folder they share */
  char *temporary = g_strdup_printf("--tmpdir=%s", s->folder);
  const char *first[] = {program, "--no-defaults", data, temporary, "--innodb-log-file-size=4M",
                         NULL};
  g_strv_builder_addv(b, first);
  g_strv_builder_addv(b, more);
  if (geteuid() == 0) /* it wants that said */
    g_strv_builder_add(b, "--user=root");
  g_free(data);
  g_free(temporary);
  char **argv = g_strv_builder_end(b);
  g_strv_builder_unref(b);
  return argv;
}

static void show_log(const DbServer *s)
{
  char *file = g_build_filename(s->folder, "log", NULL), *text = NULL;
  if (g_file_get_contents(file, &text, NULL, NULL))
    print_message("%s\n", text);
  g_free(file);
  g_free(text);
}

static gboolean install(const DbServer *s, const char *program)
{
  char *out = NULL, *err = NULL;
  int status = 0;
  GError *error = NULL;
  const char *more[] = {"--auth-root-authentication-method=normal", "--skip-test-db", NULL};
  char **argv = arguments(program, s, more);
  gboolean ok = g_spawn_sync(s->folder, argv, NULL, 0, child_setup, GINT_TO_POINTER(getpid()), &out,
                             &err, &status, &error);
  ok = ok && status == 0;
  if (!ok)
    print_message("%s: %s\n%s\n%s\n", program, error != NULL ? error->message : "it failed", out,
                  err);
  g_clear_error(&error);
  g_strfreev(argv);
  g_free(out);
  g_free(err);
  return ok;
}

static gboolean spawn(DbServer *s, const char *program)
{
  GError *error = NULL;
  char *socket_word = g_strconcat("--socket=", s->socket, NULL);
  char *port = g_strdup_printf("--port=%u", s->port);
  char *log = g_strdup_printf("--log-error=%s/log", s->folder);
  char *pid = g_strdup_printf("--pid-file=%s/pid", s->folder);
  const char *more[] = {socket_word,
                        port,
                        log,
                        pid,
                        "--bind-address=127.0.0.1",
                        "--skip-name-resolve",
                        "--innodb-buffer-pool-size=16M",
                        "--innodb-flush-log-at-trx-commit=0",
                        "--performance-schema=OFF",
                        "--sql-mode=",
                        NULL};
  char **argv = arguments(program, s, more);
  gboolean ok =
      g_spawn_async(s->folder, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                    child_setup, GINT_TO_POINTER(getpid()), &s->pid, &error);
  if (!ok)
    print_message("%s: %s\n", program, error->message);
  g_clear_error(&error);
  g_strfreev(argv);
  g_free(socket_word);
  g_free(port);
  g_free(log);
  g_free(pid);
  return ok;
}

static MYSQL *connect_admin(const DbServer *s)
{
  MYSQL *m = mysql_init(NULL);
  assert_non_null(m);
  mysql_options(m, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (mysql_real_connect(m, "localhost", "root", "", NULL, 0, s->socket, CLIENT_MULTI_STATEMENTS))
    return m;
  mysql_close(m);
  return NULL;
}

static gboolean wait_for(DbServer *s)
{
  gint64 end = g_get_monotonic_time() + START_SECONDS * G_TIME_SPAN_SECOND;
  while ((s->admin = connect_admin(s)) == NULL && g_get_monotonic_time() < end) {
    if (waitpid(s->pid, NULL, WNOHANG) != 0) {
      s->pid = 0;
      break;
    }
    g_usleep(20000);
  }
  if (s->admin == NULL)
    show_log(s);
  return s->admin != NULL;
}

DbServer *db_server_start(void)
{
  char *server = find("mariadbd"), *installer = find("mariadb-install-db");
  DbServer *s = NULL;
  if (server == NULL || installer == NULL) {
    printf("skipped: no database server is installed (on Debian: mariadb-server-core, "
           "mariadb-client-core)\n");
  } else {
    s = g_new0(DbServer, 1);
    s->folder = g_dir_make_tmp("cohortscope-db-XXXXXX", NULL);
    assert_non_null(s->folder);
    s->socket = g_build_filename(s->folder, "s", NULL);
    gboolean up = FALSE, installed = install(s, installer);
    for (int i = 0; installed && !up && i < 3; i++) { /* another may have taken the port */
      s->port = free_port();
      up = spawn(s, server) && wait_for(s);
    }
    if (!up) {
      db_server_stop(s);
      exit(1);
    }
  }
  g_free(server);
  g_free(installer);
  return s;
}

void db_server_stop(DbServer *s)
{
  if (s == NULL)
    return;
  if (s->admin != NULL)
    mysql_close(s->admin);
  if (s->pid > 0) {
    kill(s->pid, SIGKILL); /* what it holds is thrown away */
    waitpid(s->pid, NULL, 0);
  }
  const char *argv[] = {"rm", "-rf", "--", s->folder, NULL};
  g_spawn_sync(NULL, (char **)(gpointer)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
               NULL, NULL);
  g_free(s->folder);
  g_free(s->socket);
  g_free(s);
}

guint db_server_port(const DbServer *s)
{
  return s->port;
}

const char *db_server_socket(const DbServer *s)
{
  return s->socket;
}

/* --- statements ------------------------------------------------------------------------------ */

static void check(const DbServer *s, int failed, const char *statement)
{
  if (failed != 0)
    fail_msg("%.200s: %s", statement, mysql_error(s->admin));
}

void db_server_run(DbServer *s, const char *statements)
{
  check(s, mysql_query(s->admin, statements), statements);
  int more;
  do {
    MYSQL_RES *result = mysql_store_result(s->admin);
    if (result != NULL)
      mysql_free_result(result);
    more = mysql_next_result(s->admin);
    check(s, more > 0, statements);
  } while (more == 0);
}

void db_server_do(DbServer *s, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *statements = g_strdup_vprintf(format, args);
  va_end(args);
  db_server_run(s, statements);
  g_free(statements);
}

char *db_server_ask(DbServer *s, const char *query)
{
  check(s, mysql_query(s->admin, query), query);
  MYSQL_RES *result = mysql_store_result(s->admin);
  assert_non_null(result);
  MYSQL_ROW row = mysql_fetch_row(result);
  char *value = g_strdup(row != NULL ? row[0] : NULL);
  mysql_free_result(result);
  return value;
}

/* --- the sample ------------------------------------------------------------------------------ */

/* Has the server read a file; `columns` is what to do with its fields. */
static void load_data(DbServer *s, const char *table, GBytes *csv, const char *columns)
{
  gsize len;
  const char *text = g_bytes_get_data(csv, &len);
  char *file = g_build_filename(s->folder, "rows.csv", NULL);
  assert_true(g_file_set_contents(file, text, (gssize)len, NULL));
  db_server_do(s,
               "LOAD DATA INFILE '%s' INTO TABLE %s CHARACTER SET utf8mb4"
               " FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'"
               " LINES TERMINATED BY '\\n' IGNORE 1 LINES %s;\n",
               file, table, columns);
  g_free(file);
}

GBytes *db_sample_logs(void)
{
  GBytes *packed = assets_get("sample/logs.csv.gz");
  assert_non_null(packed);
  GInputStream *memory = g_memory_input_stream_new_from_bytes(packed);
  GConverter *unpack = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  GInputStream *text = g_converter_input_stream_new(memory, unpack);
  GOutputStream *out = g_memory_output_stream_new_resizable();
  assert_true(g_output_stream_splice(out, text, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL) >
              0);
  GBytes *bytes = g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(out));
  g_object_unref(out);
  g_object_unref(text);
  g_object_unref(unpack);
  g_object_unref(memory);
  g_bytes_unref(packed);
  return bytes;
}

void db_server_fill(DbServer *s)
{
  GBytes *logs = db_sample_logs(), *cohorts = assets_get("sample/cohorts.csv");
  db_server_run(s, "CREATE DATABASE school CHARACTER SET utf8mb4;\n"
                   "DELETE FROM mysql.global_priv WHERE User = '';\n"
                   "FLUSH PRIVILEGES;\n"
                   "CREATE USER ana@'%' IDENTIFIED BY '" DB_PASSWORD "';\n"
                   "CREATE USER guest@'%';\n"
                   "GRANT SELECT ON school.* TO ana@'%';\n"
                   "USE school;\n"
                   "CREATE TABLE logs (`date` DATE, `time` TIME, path VARCHAR(255), user_id INT,"
                   " cohort_id INT, ip VARCHAR(50));\n"
                   "CREATE TABLE cohorts (id INT, name TEXT, slack TEXT, start_date DATE,"
                   " end_date DATE, created_at DATETIME, updated_at DATETIME,"
                   " deleted_at DATETIME, program_id INT);\n");
  load_data(s, "logs", logs,
            "(`date`, `time`, @path, user_id, @cohort, @ip) SET"
            " path = NULLIF(@path, ''), cohort_id = NULLIF(@cohort, ''),"
            " ip = NULLIF(@ip, '')");
  load_data(s, "cohorts", cohorts, "");
  g_bytes_unref(logs);
  g_bytes_unref(cohorts);
}

char *db_server_address(const DbServer *s, const char *login, const char *rest)
{
  return g_strdup_printf("mysql://%s@127.0.0.1:%u/%s", login, s->port, rest);
}

/* --- loading --------------------------------------------------------------------------------- */

Loaded db_load(const DbServer *s, const LoadRequest *req, const char *rest)
{
  LoadRequest r;
  load_request_init(&r);
  if (req != NULL)
    r = *req;
  char *address = db_server_address(s, "ana", rest);
  const char *logs[] = {address, NULL, NULL};
  if (r.logs != NULL)
    logs[1] = r.logs[0];
  r.logs = logs;
  r.database_password = DB_PASSWORD;
  Loaded l = loaded_run(&r);
  g_free(address);
  return l;
}

Loaded db_load_good(const DbServer *s, const char *rest)
{
  Loaded l = db_load(s, NULL, rest);
  if (l.error != NULL)
    fail_msg("%s: %s", rest, l.error->message);
  return l;
}

const InputFile *db_file(const Loaded *l, guint i)
{
  assert_true(i < l->report->files->len);
  return l->report->files->pdata[i];
}

#endif
