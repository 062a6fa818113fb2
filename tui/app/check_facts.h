/* Facts of a log as a whole: the counts that `check` tells. */
#ifndef TUI_APP_CHECK_FACTS_H
#define TUI_APP_CHECK_FACTS_H

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
} CheckCount;

typedef struct {
  const char *name;  /* "rows_without_cohort" */
  const char *title; /* for people */
} CheckCountInfo;

extern const CheckCountInfo check_counts[N_COUNTS];

typedef struct {
  guint64 rows;
  CivilTime first, last; /* CIVIL_NONE without rows */
  guint64 counts[N_COUNTS];
  guint64 phases[N_PHASES];
  guint64 kinds[N_KINDS]; /* hits */
} CheckFacts;

void check_facts_gather(const Dataset *ds, CheckFacts *ret);

#endif
