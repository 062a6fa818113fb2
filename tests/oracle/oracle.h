/* Oracle: the log in SQL, read and split by itself, to ask the same questions of another engine.
 *
 * Owns the path from the raw text to the tables of an in-memory SQLite database. Nothing of the
 * program is used on that path but one thing: which path is which page of which kind is taken from
 * the program's catalog (table `pages`), since canonical names are no matter for SQL. Raw paths,
 * users, addresses, cohorts, programs, phases and all times are worked out here. */
#ifndef TESTS_ORACLE_ORACLE_H
#define TESTS_ORACLE_ORACLE_H

#include <sqlite3.h>
#include <stdio.h>

#include "core/query/dimension.h"

/* Tables:
 *   users, ips, paths   id, name
 *   cohorts             id, cid (as in the log), name, start, stop, program, track, staff
 *   days                d (days since 1970), day, weekday (0 Monday), week, month
 *   hits                n, t (seconds since 1970), d, h, path, user, cohort, ip (ids or NULL),
 *                       phase, program, cw (course week or NULL)
 *   pages               path (id), lesson (number), name, kind, module
 */
typedef struct {
  sqlite3 *db;
  GPtrArray *users, *ips, *paths, *cohort_ids; /* of char*: values to draw scopes from */
  GPtrArray *cohort_names, *days;
} Oracle;

/* `log` is raw text, `cohorts` a CSV with header. Fails the test when either cannot be split. */
Oracle *oracle_new(FILE *log, FILE *cohorts);
void oracle_free(Oracle *o);
/* Fills `pages` from the catalog. */
void oracle_set_pages(Oracle *o, const Dataset *ds);
/* Runs SQL that gives no rows; fails the test with the message of the engine. */
void oracle_run(Oracle *o, const char *sql);
sqlite3_stmt *oracle_query(Oracle *o, const char *sql);
/* The one number that the query gives. */
gint64 oracle_number(Oracle *o, const char *sql);

/* A scope drawn at random, in both languages. */
typedef struct {
  char *scope; /* for scope_parse */
  char *where; /* a condition on `hits` */
} DrawnScope;

/* The `n`th scope of a seed; the first few are fixed (everything, one user ...). */
DrawnScope oracle_draw(Oracle *o, GRand *r, guint n);
void drawn_scope_clear(DrawnScope *s);

#endif
