/* The access log: reading, lifetime and size of a finished log. */
#include "core/log/log_private.h"

AccessLog *access_log_ref(AccessLog *log)
{
  g_atomic_ref_count_inc(&((LogOwner *)log)->refs);
  return log;
}

void access_log_unref(AccessLog *log)
{
  LogOwner *owner = (LogOwner *)log;
  if (!log || !g_atomic_ref_count_dec(&owner->refs))
    return;
  const void *const arrays[] = {
      log->time,           log->path,         log->user,       log->cohort,     log->ip,
      log->agent,          log->rows_by_user, log->user_start, log->rows_by_ip, log->ip_start,
      log->rows_by_cohort, log->cohort_start, log->day_start};
  for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
    g_free((void *)arrays[i]);
  strpool_free((StrPool *)log->paths);
  strpool_free((StrPool *)log->users);
  strpool_free((StrPool *)log->agents);
  ip_table_free((IpTable *)log->ips);
  cohort_table_free((CohortTable *)log->cohorts);
  g_free(owner);
}

guint32 access_log_lower_bound(const AccessLog *log, CivilTime t)
{
  guint32 low = 0, high = log->n_rows;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (log->time[middle] < t)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

Phase access_log_phase(const AccessLog *log, guint32 row)
{
  return cohort_phase(cohort_table_get(log->cohorts, log->cohort[row]),
                      civil_day_of(log->time[row]));
}

guint8 access_log_program(const AccessLog *log, guint32 row)
{
  return cohort_table_get(log->cohorts, log->cohort[row])->program;
}

gsize access_log_bytes(const AccessLog *log)
{
  gsize row = 3 * sizeof(guint32); /* the three indexes */
  for (int c = 0; c < N_COLUMNS; c++)
    row += c != COL_AGENT || log->agent ? log_column_width[c] : 0;
  gsize starts = (gsize)strpool_count(log->users) + ip_table_count(log->ips) +
                 log->cohorts->cohorts->len + log->n_days + 4;
  return sizeof(LogOwner) + row * log->n_rows + starts * sizeof(guint32) +
         strpool_bytes(log->paths) + strpool_bytes(log->users) +
         (log->agents ? strpool_bytes(log->agents) : 0) + ip_table_bytes_held(log->ips) +
         cohort_table_bytes(log->cohorts);
}
