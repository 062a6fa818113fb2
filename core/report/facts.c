/* Facts of a log as a whole: one pass over the rows. */
#include "core/report/facts.h"

const FactCountInfo fact_counts[N_COUNTS] = {
    [COUNT_USERS] = {"users", "users"},
    [COUNT_IPS] = {"ips", "addresses"},
    [COUNT_PATHS] = {"paths", "paths"},
    [COUNT_LESSONS] = {"lessons", "lessons"},
    [COUNT_COHORTS] = {"cohorts", "cohorts"},
    [COUNT_COHORTS_WITH_ROWS] = {"cohorts_with_rows", "cohorts with rows"},
    [COUNT_PROGRAMS] = {"programs", "programs of those cohorts"},
    [COUNT_WITHOUT_COHORT] = {"rows_without_cohort", "rows without cohort"},
    [COUNT_WITHOUT_PATH] = {"rows_without_path", "rows without path"},
    [COUNT_WITHOUT_IP] = {"rows_without_ip", "rows without address"},
};

static void count_cohorts(const AccessLog *log, guint64 *counts)
{
  gboolean program_seen[PROGRAM_MAX + 1] = {FALSE};
  guint n = log->cohorts->cohorts->len;
  counts[COUNT_COHORTS] = n - 1; /* the first is "none" */
  for (guint c = 1; c < n; c++) {
    guint8 program = cohort_table_get(log->cohorts, (guint16)c)->program;
    if (log->cohort_start[c + 1] > log->cohort_start[c])
      counts[COUNT_COHORTS_WITH_ROWS]++;
    if (program != PROGRAM_NONE && !program_seen[program])
      counts[COUNT_PROGRAMS]++;
    program_seen[program] = TRUE;
  }
}

void log_facts_gather(const Dataset *ds, LogFacts *ret)
{
  const AccessLog *log = ds->log;
  LogFacts f = {.rows = log->n_rows, .first = CIVIL_NONE, .last = CIVIL_NONE};
  if (log->n_rows > 0) {
    f.first = log->time[0];
    f.last = log->time[log->n_rows - 1];
  }
  f.counts[COUNT_USERS] = strpool_count(log->users);
  f.counts[COUNT_IPS] = ip_table_count(log->ips) - 1;
  f.counts[COUNT_PATHS] = strpool_count(log->paths) - 1;
  f.counts[COUNT_LESSONS] = ds->catalog->kind_entries[KIND_LESSON];
  count_cohorts(log, f.counts);
  for (guint32 row = 0; row < log->n_rows; row++) {
    f.counts[COUNT_WITHOUT_COHORT] += log->cohort[row] == COHORT_NONE;
    f.counts[COUNT_WITHOUT_PATH] += log->path[row] == PATH_MISSING;
    f.counts[COUNT_WITHOUT_IP] += log->ip[row] == IP_NONE;
    f.phases[access_log_phase(log, row)]++;
  }
  for (int k = 0; k < N_KINDS; k++)
    f.kinds[k] = ds->catalog->kind_hits[k];
  *ret = f;
}
