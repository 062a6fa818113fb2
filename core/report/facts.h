/* Facts of a log as a whole: how many rows, users, addresses, and to which phase and kind of page
 * the rows belong. What `check` tells and what a report starts with. */
#ifndef CORE_REPORT_FACTS_H
#define CORE_REPORT_FACTS_H

#include "core/query/dataset.h"

typedef enum {
  COUNT_USERS,
  COUNT_IPS,
  COUNT_PATHS,
  COUNT_LESSONS,
  COUNT_COHORTS,
  COUNT_COHORTS_WITH_ROWS,
  COUNT_PROGRAMS,
  COUNT_WITHOUT_COHORT,
  COUNT_WITHOUT_PATH,
  COUNT_WITHOUT_IP,
  N_COUNTS
} FactCount;

typedef struct {
  const char *name;  /* "rows_without_cohort" */
  const char *title; /* for people */
} FactCountInfo;

extern const FactCountInfo fact_counts[N_COUNTS];

typedef struct {
  guint64 rows;
  CivilTime first, last; /* CIVIL_NONE without rows */
  guint64 counts[N_COUNTS];
  guint64 phases[N_PHASES];
  guint64 kinds[N_KINDS]; /* hits */
} LogFacts;

void log_facts_gather(const Dataset *ds, LogFacts *ret);

#endif
