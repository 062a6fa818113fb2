/* Database: a connection to a MariaDB or MySQL server, and the rows of its tables, one by one.
 *
 * The only place that knows the client library. Nothing is sent but SELECT, and a request that the
 * session may only read. A call waits for the server in short steps: whoever waits can be asked
 * whether to go on, and a server that falls silent is given up. */
#ifndef CORE_INGEST_DATABASE_H
#define CORE_INGEST_DATABASE_H

#include "core/ingest/dbaddress.h"
#include "core/ingest/raw.h"

typedef struct Database Database;

typedef struct {
  const char *password; /* for an address that holds none, or NULL */
  /* Host, user and password that are still missing come from the files of the client programs
   * (~/.my.cnf and others; groups client and cohortscope) and from MYSQL_PWD. */
  gboolean files;
  guint patience; /* seconds until a silent server is given up; 0 = usual */
} DbLogin;

/* Connects. Errors are CORE_ERROR_INPUT (what, where, what to do) or CORE_ERROR_CANCELLED; this
 * holds for all calls below. */
Database *database_open(const DbAddress *address, const DbLogin *login, WaitFunc wait,
                        void *wait_data, GError **error);
/* At any time, also in the middle of the rows: the rest is not waited for. */
void database_free(Database *db);

/* Names of the columns of a table, of char*. *ret_refused: the connection is fine, but there is no
 * such table or the user may not read it. */
GPtrArray *database_columns(Database *db, const char *table, gboolean *ret_refused, GError **error);
/* Begins to read these columns of all rows. */
gboolean database_select(Database *db, const char *table, const GPtrArray *columns, GError **error);
/* The values of the next row, each with its length; a NULL stays NULL. They live until the next
 * call. FALSE behind the last row, or with an error. */
gboolean database_next(Database *db, const char *const **ret_values, const unsigned long **ret_len,
                       GError **error);

#endif
