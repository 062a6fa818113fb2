/* Addresses of databases: `mysql://user:password@host:port/database?logs=TABLE&cohorts=TABLE`.
 *
 * Everything that is shown of an address goes through here, so that its password is not. */
#ifndef CORE_INGEST_DBADDRESS_H
#define CORE_INGEST_DBADDRESS_H

#include <glib.h>

typedef struct {
  const char *scheme; /* "mysql" or "mariadb" */
  char *user;         /* NULL: not said */
  char *password;     /* NULL: not said */
  char *host; /* NULL: not said, which means this machine; an IPv6 address has no brackets */
  guint port; /* 0: the usual one */
  char *database;
  char *socket;  /* of a server on this machine, or NULL */
  char *logs;    /* the table of the log; "logs" when not said */
  char *cohorts; /* the cohort table; NULL: not said; "": none */
} DbAddress;

/* TRUE for what begins as such an address does, whatever follows. */
gboolean db_address_is(const char *text);
/* CORE_ERROR_USAGE when it cannot be understood: what is wrong and how it is written. */
DbAddress *db_address_parse(const char *text, GError **error);
void db_address_free(DbAddress *a);

/* The address without password and tables: `mysql://user@host/database`. Free with g_free. */
char *db_address_name(const DbAddress *a);
/* Any name of an input as it may be shown: an address without its password, also one that cannot
 * be understood; other names as they are. Free with g_free. */
char *db_address_masked(const char *text);
/* Overwrites the password in a word of the command line, such as an address or `--cohorts=` and
 * one. Other words stay as they are. */
void db_address_blot(char *word);

#endif
