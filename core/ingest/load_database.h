/* Loading from databases: the log and the cohort table of each as two inputs of one connection. */
#ifndef CORE_INGEST_LOAD_DATABASE_H
#define CORE_INGEST_LOAD_DATABASE_H

#include "core/ingest/database.h"
#include "core/ingest/load_private.h"

/* Connects, and adds the table of the log, or with `cohorts` the cohort table alone. */
gboolean load_open_database(Loader *l, const char *address, gboolean cohorts, GError **error);
/* When all inputs are known: adds the cohort tables of the databases that were opened, where the
 * address names one or no other input describes the cohorts. */
gboolean load_open_database_cohorts(Loader *l, GError **error);
/* Reads the rows of the table into `out`; *ret_bytes counts those of their values. */
gboolean load_read_table(Loader *l, const Input *input, Batch *out, guint64 *ret_bytes,
                         GError **error);
/* An element of l->databases. */
void load_database_free(void *opened);

#endif
