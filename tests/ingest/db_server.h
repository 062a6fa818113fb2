/* A database server for a test: its own files, socket and port, and no longer alive than the
 * test. */
#ifndef TESTS_INGEST_DB_SERVER_H
#define TESTS_INGEST_DB_SERVER_H

#include "tests/ingest/load_helper.h"

typedef struct DbServer DbServer;

/* NULL, with a line on what is missing, when no server is installed; the test is then skipped. A
 * server that does not start fails the test. */
DbServer *db_server_start(void);
void db_server_stop(DbServer *s);
guint db_server_port(const DbServer *s);
const char *db_server_socket(const DbServer *s);
/* A socket bound to a port of this machine, on which nobody listens yet; close it. */
int db_bound_socket(guint *ret_port);

/* Statements of the administrator, each ended by `;` and a line end, on one connection. A failure
 * fails the test. */
void db_server_run(DbServer *s, const char *statements);
/* The same, formatted. */
void db_server_do(DbServer *s, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The first value of the first row; free with g_free. */
char *db_server_ask(DbServer *s, const char *query);
/* Creates the database `school` with the tables of the sample, and the users `ana` (password
 * DB_PASSWORD, may read it) and `guest` (no password, may read nothing). */
#define DB_PASSWORD "pa:ss/w@rd-of-ana"
void db_server_fill(DbServer *s);
/* The log of the sample, unpacked. */
GBytes *db_sample_logs(void);
/* An address of that server: `mysql://LOGIN@127.0.0.1:PORT/REST`; free with g_free. */
char *db_server_address(const DbServer *s, const char *login, const char *rest);

/* Loads an address of `ana`: that password, and what `req` (or NULL) says besides. */
Loaded db_load(const DbServer *s, const LoadRequest *req, const char *rest);
/* The same, which must succeed. */
Loaded db_load_good(const DbServer *s, const char *rest);
const InputFile *db_file(const Loaded *l, guint i);

#endif
