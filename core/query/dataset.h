/* Dataset: what a question is asked of. The log, its catalog, and what is known about people.
 *
 * Owns nothing but references to the parts; a new log (while loading, or when a file grows) makes
 * a new dataset. Any thread may read it. */
#ifndef CORE_QUERY_DATASET_H
#define CORE_QUERY_DATASET_H

#include "core/catalog/catalog.h"
#include "core/log/log.h"

/* Tables for scans (core/query/tables.h): part of the dataset, of no interest to its users. */
typedef struct DatasetTables DatasetTables;

typedef struct {
  AccessLog *log;
  Catalog *catalog;
  DatasetTables *tables;
  /* per user: the cohort with most of the user's hits (ties: the latest), COHORT_NONE without */
  guint16 *user_cohort;
  guint16 *user_n_cohorts;    /* distinct cohorts, "none" not counted */
  guint8 *user_staff;         /* 1: any row of a staff cohort */
  const guint8 *flagged_user; /* set by the owner of the flags, or NULL: nothing is flagged */
  const guint8 *flagged_ip;
  guint session_gap; /* seconds, 1800 */
  gatomicrefcount refs;
} Dataset;

/* Takes ownership of `catalog` and a reference to `log`. */
Dataset *dataset_new(AccessLog *log, Catalog *catalog);
/* One more owner, which calls dataset_free as well. */
Dataset *dataset_ref(Dataset *ds);
void dataset_free(Dataset *ds);
/* User ids in the order people expect: numbers by value, then texts. Index -> rank; computed
 * once. */
const guint32 *dataset_user_order(const Dataset *ds);

#endif
