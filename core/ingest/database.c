/* Database: the client library in its non-blocking form. */
#include "config.h"

#include "core/ingest/database.h"

#include "core/base/error.h"

#ifdef HAVE_MARIADB

#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>

#include "core/base/text.h"

#define CONNECT_SECONDS  10
#define SILENCE_SECONDS  60 /* until the next bytes of a reply */
#define WAIT_MS          50 /* how often a silent server asks whether to go on */
#define PACKET_BYTES_MAX (16UL * 1024 * 1024)
#define GROUP            "cohortscope" /* in the files of the client programs, beside `client` */
#define TABLES_SHOWN     20

struct Database {
  MYSQL *mysql;
  MYSQL_RES *result; /* rows that are being read */
  char *name;        /* for messages */
  WaitFunc wait;
  void *wait_data;
  gboolean cancelled;
};

/* --- errors ---------------------------------------------------------------------------------- */

static const struct {
  unsigned number;
  const char *advice;
} advices[] = {
    {CR_CONNECTION_ERROR, "check host, port or socket, and that the server runs and lets you in"},
    {CR_CONN_HOST_ERROR,
     "check host and port, and that the server runs and listens to the network"},
    {CR_UNKNOWN_HOST, "check the name of the host"},
    {CR_SERVER_GONE_ERROR, "try again; when it happens again, ask who runs the server"},
    {CR_SERVER_LOST, "check host and port, and try again; when it happens again, ask who runs it"},
    {CR_SERVER_LOST_EXTENDED, "try again; when it happens again, ask who runs the server"},
    {CR_NET_PACKET_TOO_LARGE, "a value is over 16 MiB: make a view of the table without it"},
    {CR_SSL_CONNECTION_ERROR, "set ssl-ca and the like in the group client of ~/.my.cnf"},
    {CR_AUTH_PLUGIN_CANNOT_LOAD, "have the user identified by a password of the usual kind"},
    {ER_ACCESS_DENIED_ERROR, "check user and password; the password belongs into ~/.my.cnf, group "
                             "client, or into a file that --password-file names"},
    {ER_ACCESS_DENIED_NO_PASSWORD_ERROR, "this user logs in without a password, on the machine of "
                                         "the server itself; take another one"},
    {ER_DBACCESS_DENIED_ERROR, "check the name of the database, or have somebody run GRANT SELECT "
                               "on it for this user"},
    {ER_BAD_DB_ERROR, "check the name of the database: mysql://USER@HOST/DATABASE"},
    {ER_TABLEACCESS_DENIED_ERROR, "have somebody run GRANT SELECT on it for this user"},
    {ER_COLUMNACCESS_DENIED_ERROR, "have somebody run GRANT SELECT on the whole table for this "
                                   "user, or make a view of the columns"},
    {ER_HOST_NOT_PRIVILEGED, "have somebody allow this machine in"},
    {ER_HOST_IS_BLOCKED, "have somebody run FLUSH HOSTS on the server"},
    {ER_CON_COUNT_ERROR, "the server is busy: try again later"},
    {ER_USER_LIMIT_REACHED, "the user is connected too often: try again later"},
    {ER_QUERY_INTERRUPTED, "somebody ended the query: try again"},
    {ER_CONNECTION_KILLED, "somebody ended the connection: try again"},
    {ER_STATEMENT_TIMEOUT, "the server allows queries too little time: raise max_statement_time "
                           "for this user"},
};

static gboolean is_refusal(unsigned number)
{
  return number == ER_NO_SUCH_TABLE || number == ER_TABLEACCESS_DENIED_ERROR ||
         number == ER_COLUMNACCESS_DENIED_ERROR || number == ER_WRONG_TABLE_NAME ||
         number == ER_VIEW_INVALID;
}

static void set_cancelled(GError **error)
{
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_CANCELLED, "reading was stopped");
}

/* What the library or the server said last. */
static void set_said(const Database *db, const char *verb, GError **error)
{
  unsigned number = mysql_errno(db->mysql);
  const char *advice = "try the same with the program mariadb";
  if (db->cancelled) {
    set_cancelled(error);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(advices); i++)
    if (advices[i].number == number)
      advice = advices[i].advice;
  char *said = text_safe(mysql_error(db->mysql), -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "cannot %s %s: %s (error %u); %s", verb,
              db->name, said, number, advice);
  g_free(said);
}

/* --- waiting --------------------------------------------------------------------------------- */

static int happened(short events)
{
  int flags = 0;
  if (events & (POLLIN | POLLHUP | POLLERR | POLLNVAL))
    flags |= MYSQL_WAIT_READ;
  if (events & (POLLOUT | POLLHUP | POLLERR | POLLNVAL))
    flags |= MYSQL_WAIT_WRITE;
  if (events & POLLPRI)
    flags |= MYSQL_WAIT_EXCEPT;
  return flags;
}

/* Waits for what the library asks for; tells it what came. Time that has run out makes it give up
 * what it is doing. */
static int await(Database *db, int wanted)
{
  struct pollfd p = {.fd = mysql_get_socket(db->mysql)};
  p.events =
      (short)((wanted & MYSQL_WAIT_READ ? POLLIN : 0) | (wanted & MYSQL_WAIT_WRITE ? POLLOUT : 0) |
              (wanted & MYSQL_WAIT_EXCEPT ? POLLPRI : 0));
  gint64 end = G_MAXINT64;
  if (wanted & MYSQL_WAIT_TIMEOUT)
    end = g_get_monotonic_time() + (gint64)mysql_get_timeout_value_ms(db->mysql) * 1000;
  for (;;) {
    db->cancelled = db->cancelled || (db->wait != NULL && !db->wait(db->wait_data));
    if (db->cancelled || g_get_monotonic_time() >= end)
      return MYSQL_WAIT_TIMEOUT;
    int n = poll(&p, 1, WAIT_MS);
    int flags = n > 0 ? happened(p.revents) & wanted : 0;
    if (flags != 0)
      return flags;
  }
}

/* --- connecting ------------------------------------------------------------------------------ */

static MYSQL *start_library(const DbLogin *login)
{
  const unsigned connect = login->patience != 0 ? login->patience : CONNECT_SECONDS;
  const unsigned silence = login->patience != 0 ? login->patience : SILENCE_SECONDS;
  const unsigned no = 0;
  const unsigned long packet = PACKET_BYTES_MAX;
  MYSQL *m = mysql_init(NULL);
  if (m == NULL)
    return NULL;
  mysql_options(m, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_options(m, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
  mysql_options(m, MYSQL_OPT_READ_TIMEOUT, &silence);
  mysql_options(m, MYSQL_OPT_WRITE_TIMEOUT, &silence);
  mysql_options(m, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet);
  mysql_options(m, MYSQL_OPT_LOCAL_INFILE, &no); /* a server must not ask for files of ours */
  if (login->files)
    mysql_options(m, MYSQL_READ_DEFAULT_GROUP, GROUP);
  if (mysql_options(m, MYSQL_OPT_NONBLOCK, NULL) == 0)
    return m;
  mysql_close(m);
  return NULL;
}

static gboolean connect_to(Database *db, const DbAddress *a, const DbLogin *login, GError **error)
{
  const char *password = a->password != NULL       ? a->password
                         : login->password != NULL ? login->password
                         : login->files            ? NULL
                                                   : "";
  /* the library takes the socket for localhost, whatever the port: a tunnel would be missed */
  const unsigned tcp = MYSQL_PROTOCOL_TCP;
  if (a->port != 0 && a->socket == NULL)
    mysql_options(db->mysql, MYSQL_OPT_PROTOCOL, &tcp);
  const char *host = a->host != NULL || login->files ? a->host : "localhost";
  MYSQL *done = NULL;
  int wanted = mysql_real_connect_start(&done, db->mysql, host, a->user, password, a->database,
                                        a->port, a->socket, 0);
  while (wanted != 0)
    wanted = mysql_real_connect_cont(&done, db->mysql, await(db, wanted));
  if (done == NULL)
    set_said(db, "open", error);
  return done != NULL;
}

static gboolean run(Database *db, const char *sql)
{
  int failed = 0;
  int wanted = mysql_real_query_start(&failed, db->mysql, sql, strlen(sql));
  while (wanted != 0)
    wanted = mysql_real_query_cont(&failed, db->mysql, await(db, wanted));
  return failed == 0;
}

/* How texts come, whatever a file of the client programs says; and that nothing will be changed.
 * Old servers do not know the latter, which does no harm. */
static gboolean prepare(Database *db, GError **error)
{
  int failed = 0;
  int wanted = mysql_set_character_set_start(&failed, db->mysql, "utf8mb4");
  while (wanted != 0)
    wanted = mysql_set_character_set_cont(&failed, db->mysql, await(db, wanted));
  if (failed == 0 && !run(db, "SET SESSION TRANSACTION READ ONLY"))
    failed = db->cancelled || mysql_errno(db->mysql) == CR_SERVER_LOST ||
             mysql_errno(db->mysql) == CR_SERVER_GONE_ERROR;
  if (failed != 0)
    set_said(db, "open", error);
  return failed == 0;
}

Database *database_open(const DbAddress *address, const DbLogin *login, WaitFunc wait,
                        void *wait_data, GError **error)
{
  Database *db = g_new0(Database, 1);
  db->name = db_address_name(address);
  db->wait = wait;
  db->wait_data = wait_data;
  db->mysql = start_library(login);
  if (db->mysql == NULL)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "cannot open %s: the client library for databases does not start; install another "
                "version of libmariadb3",
                db->name);
  else if (connect_to(db, address, login, error) && prepare(db, error))
    return db;
  database_free(db);
  return NULL;
}

/* Ends the connection hard: otherwise the library reads what is left of a result before it frees
 * it, and a server that waits for room to send more learns of the end after a minute only. */
static void cut_off(Database *db)
{
  const struct linger now = {.l_onoff = 1, .l_linger = 0};
  int fd = (int)mysql_get_socket(db->mysql);
  if (fd >= 0)
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  mariadb_cancel(db->mysql);
}

static void drop_result(Database *db, gboolean whole)
{
  if (db->result == NULL)
    return;
  if (!whole)
    cut_off(db);
  mysql_free_result(db->result);
  db->result = NULL;
}

void database_free(Database *db)
{
  if (db == NULL)
    return;
  drop_result(db, FALSE);
  if (db->mysql != NULL) {
    if (db->cancelled)
      cut_off(db);
    mysql_close(db->mysql);
  }
  g_free(db->name);
  g_free(db);
}

/* --- tables ---------------------------------------------------------------------------------- */

static void append_name(GString *sql, const char *name)
{
  g_string_append_c(sql, '`');
  for (; *name != '\0'; name++)
    g_string_append_printf(sql, *name == '`' ? "``" : "%c", *name);
  g_string_append_c(sql, '`');
}

/* Sends a query and gets ready for its rows. */
static gboolean query(Database *db, const char *sql)
{
  if (!run(db, sql))
    return FALSE;
  db->result = mysql_use_result(db->mysql);
  return db->result != NULL;
}

static gboolean next_row(Database *db, MYSQL_ROW *ret)
{
  *ret = NULL;
  int wanted = mysql_fetch_row_start(ret, db->result);
  while (wanted != 0)
    wanted = mysql_fetch_row_cont(ret, db->result, await(db, wanted));
  return *ret != NULL;
}

/* The tables that there are, for a message; NULL when there are none or they cannot be had. */
static char *tables(Database *db)
{
  MYSQL_ROW row;
  guint n = 0;
  GString *list = g_string_new(NULL);
  if (query(db, "SELECT table_name FROM information_schema.tables "
                "WHERE table_schema = DATABASE() ORDER BY table_name LIMIT 21")) {
    for (; next_row(db, &row) && n < TABLES_SHOWN; n++) {
      g_string_append(list, n > 0 ? ", " : "");
      text_append_safe(list, row[0] != NULL ? row[0] : "", -1);
    }
    if (n == TABLES_SHOWN)
      g_string_append(list, ", ...");
    drop_result(db, n < TABLES_SHOWN);
  }
  return g_string_free(list, n == 0);
}

static void set_no_table(Database *db, const char *table, GError **error)
{
  char *safe = text_safe(table, -1), *there = tables(db);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
              "%s has no table `%s`; %s%s%s; name yours behind its address: ?logs=TABLE or "
              "?cohorts=TABLE, joined by &",
              db->name, safe, there != NULL ? "it has " : "this user sees no table in it",
              there != NULL ? there : "", there != NULL ? "" : " at all");
  g_free(safe);
  g_free(there);
}

static char *verb_for(const char *table)
{
  char *safe = text_safe(table, -1), *verb = g_strdup_printf("read the table `%s` of", safe);
  g_free(safe);
  return verb;
}

GPtrArray *database_columns(Database *db, const char *table, gboolean *ret_refused, GError **error)
{
  GString *sql = g_string_new("SELECT * FROM ");
  append_name(sql, table);
  g_string_append(sql, " LIMIT 0");
  gboolean ok = query(db, sql->str);
  g_string_free(sql, TRUE);
  *ret_refused = !ok && is_refusal(mysql_errno(db->mysql));
  if (!ok && mysql_errno(db->mysql) == ER_NO_SUCH_TABLE) {
    set_no_table(db, table, error);
  } else if (!ok) {
    char *verb = verb_for(table);
    set_said(db, verb, error);
    g_free(verb);
  }
  if (!ok)
    return NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  const MYSQL_FIELD *fields = mysql_fetch_fields(db->result);
  for (unsigned i = 0; i < mysql_num_fields(db->result); i++)
    g_ptr_array_add(names, g_strdup(fields[i].name));
  MYSQL_ROW row;
  drop_result(db, !next_row(db, &row));
  return names;
}

gboolean database_select(Database *db, const char *table, const GPtrArray *columns, GError **error)
{
  GString *sql = g_string_new("SELECT ");
  for (guint i = 0; i < columns->len; i++) {
    g_string_append(sql, i > 0 ? ", " : "");
    append_name(sql, columns->pdata[i]);
  }
  g_string_append(sql, " FROM ");
  append_name(sql, table);
  gboolean ok = query(db, sql->str);
  g_string_free(sql, TRUE);
  if (!ok) {
    char *verb = verb_for(table);
    set_said(db, verb, error);
    g_free(verb);
  }
  return ok;
}

gboolean database_next(Database *db, const char *const **ret_values, const unsigned long **ret_len,
                       GError **error)
{
  MYSQL_ROW row;
  if (next_row(db, &row)) {
    *ret_values = (const char *const *)row;
    *ret_len = mysql_fetch_lengths(db->result);
    return TRUE;
  }
  gboolean whole = mysql_errno(db->mysql) == 0;
  if (!whole)
    set_said(db, "read on in", error);
  drop_result(db, whole);
  return FALSE;
}

#else /* without the library */

Database *database_open(const DbAddress *address, const DbLogin *login, WaitFunc wait,
                        void *wait_data, GError **error)
{
  char *name = db_address_name(address);
  (void)login;
  (void)wait;
  (void)wait_data;
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
              "cannot open %s: this program was built without databases; install libmariadb-dev "
              "and build it again (./configure --with-mariadb), or export the tables as CSV",
              name);
  g_free(name);
  return NULL;
}

void database_free(Database *db)
{
  (void)db;
}

GPtrArray *database_columns(Database *db, const char *table, gboolean *ret_refused, GError **error)
{
  (void)db;
  (void)table;
  (void)error;
  *ret_refused = FALSE;
  return NULL;
}

gboolean database_select(Database *db, const char *table, const GPtrArray *columns, GError **error)
{
  (void)db;
  (void)table;
  (void)columns;
  (void)error;
  return FALSE;
}

gboolean database_next(Database *db, const char *const **ret_values, const unsigned long **ret_len,
                       GError **error)
{
  (void)db;
  (void)ret_values;
  (void)ret_len;
  (void)error;
  return FALSE;
}

#endif
