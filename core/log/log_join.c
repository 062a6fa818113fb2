/* Joining: a log and the rows that have come since, as a new log. */
#include "core/log/log_private.h"

#include <string.h>

LogBuilder *log_builder_on(const AccessLog *log)
{
  LogBuilder *b = log_builder_new();
  strpool_free(b->paths);
  strpool_free(b->users);
  ip_table_free(b->ips);
  cohort_table_free(b->cohorts);
  b->paths = strpool_copy(log->paths);
  b->users = strpool_copy(log->users);
  b->agents = log->agents ? strpool_copy(log->agents) : NULL;
  b->ips = ip_table_copy(log->ips);
  b->cohorts = cohort_table_copy(log->cohorts);
  b->max_rows -= log->n_rows;
  return b;
}

/* Where the rows of the new log come from: the first `same` are those of the old one, the others
 * are listed, rows of the builder counted from n_old on. */
typedef struct {
  guint32 n_old, n_new, same;
  guint32 *from;
} Merge;

static Merge merge_times(const CivilTime *old, guint32 n_old, const CivilTime *more, guint32 n_more)
{
  Merge m = {.n_old = n_old, .n_new = n_old + n_more, .same = n_old};
  while (n_more > 0 && m.same > 0 && old[m.same - 1] > more[0])
    m.same--;
  m.from = g_new0(guint32, m.n_new - m.same + 1);
  guint32 a = m.same, b = 0;
  for (guint32 i = 0; i < m.n_new - m.same; i++) {
    gboolean take_old = a < n_old && (b == n_more || old[a] <= more[b]);
    m.from[i] = take_old ? a++ : n_old + b++;
  }
  return m;
}

/* One column of the new log. A column that is absent is all zeros. */
static void *merge_column(const Merge *m, guint width, const void *old, const void *more)
{
  char *to = g_malloc0_n(MAX(m->n_new, 1), width);
  if (old)
    memcpy(to, old, (gsize)m->same * width);
  for (guint32 i = m->same; i < m->n_new; i++) {
    guint32 from = m->from[i - m->same];
    gboolean is_old = from < m->n_old;
    const char *column = is_old ? old : more;
    if (column)
      memcpy(to + (gsize)i * width, column + (gsize)(is_old ? from : from - m->n_old) * width,
             width);
  }
  return to;
}

static void merge_columns(AccessLog *log, const AccessLog *old, const AccessLog *more)
{
  Merge m = merge_times(old->time, old->n_rows, more->time, more->n_rows);
  const guint8 *width = log_column_width;
  log->n_rows = m.n_new;
  log->time = merge_column(&m, width[COL_TIME], old->time, more->time);
  log->path = merge_column(&m, width[COL_PATH], old->path, more->path);
  log->user = merge_column(&m, width[COL_USER], old->user, more->user);
  log->cohort = merge_column(&m, width[COL_COHORT], old->cohort, more->cohort);
  log->ip = merge_column(&m, width[COL_IP], old->ip, more->ip);
  if (log->agents)
    log->agent = merge_column(&m, width[COL_AGENT], old->agent, more->agent);
  g_free(m.from);
}

AccessLog *access_log_join(const AccessLog *log, LogBuilder *b)
{
  LogOwner *owner = g_new0(LogOwner, 1), *sorted = g_new0(LogOwner, 1);
  AccessLog *joined = &owner->log, *more = &sorted->log;
  g_atomic_ref_count_init(&owner->refs);
  g_atomic_ref_count_init(&sorted->refs);
  joined->paths = g_steal_pointer(&b->paths);
  joined->users = g_steal_pointer(&b->users);
  joined->ips = g_steal_pointer(&b->ips);
  joined->cohorts = g_steal_pointer(&b->cohorts);
  if (b->agents && strpool_count(b->agents) > 1)
    joined->agents = g_steal_pointer(&b->agents);
  more->agents = joined->agents; /* borrowed: it says that the column is there */
  log_take_columns(more, b, TRUE);
  more->agents = NULL;
  log_builder_free(b);
  merge_columns(joined, log, more);
  access_log_unref(more);
  log_build_indexes(joined);
  return joined;
}

guint32 access_log_row_in(const AccessLog *log, guint32 row, const AccessLog *longer)
{
  CivilTime time = log->time[row];
  return access_log_lower_bound(longer, time) + (row - access_log_lower_bound(log, time));
}
