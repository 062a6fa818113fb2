/* While loading goes on: progress, and logs of the rows so far. */
#include "core/ingest/load_private.h"

#define TICK_USEC     (50 * G_TIME_SPAN_MILLISECOND)
#define FIRST_USEC    (100 * G_TIME_SPAN_MILLISECOND) /* a first look, as soon as there is one */
#define SNAPSHOT_ROWS 100000
#define SNAPSHOT_TIMES                                                                             \
  4 /* each snapshot costs a copy: rows between them grow so that it is paid                       \
     */

void load_progress_start(Loader *l)
{
  l->started = l->last_tick = g_get_monotonic_time();
  l->next_snapshot = SNAPSHOT_ROWS;
}

gboolean load_apply_cohorts(Loader *l, GError **error)
{
  CohortTable *table = log_builder_cohorts(l->builder);
  cohort_facts_apply(l->facts, table);
  return cohort_table_configure(table, l->req->programs_conf, l->req->staff_conf, error);
}

static void hand_out_snapshot(Loader *l, gint64 now)
{
  guint64 rows = log_builder_count(l->builder);
  gboolean first = l->next_snapshot == SNAPSHOT_ROWS && now - l->started >= FIRST_USEC;
  if (l->req->snapshot == NULL || rows == 0 || (rows < l->next_snapshot && !first))
    return;
  /* Settings that cannot be understood are reported at the end. */
  if (!load_apply_cohorts(l, NULL))
    return;
  l->next_snapshot = MAX(rows, SNAPSHOT_ROWS) * SNAPSHOT_TIMES;
  l->req->snapshot(l->req->data, log_builder_snapshot(l->builder));
}

static guint64 bytes_so_far(const Loader *l)
{
  if (l->place != NULL)
    return l->bytes_before + *l->place;
  return l->bytes_before + (l->current != NULL ? source_position(l->current) : 0);
}

gboolean load_tick(void *loader)
{
  Loader *l = loader;
  gint64 now = g_get_monotonic_time();
  if (l->stopped)
    return FALSE;
  hand_out_snapshot(l, now);
  if (l->req->progress == NULL || now - l->last_tick < TICK_USEC)
    return TRUE;
  l->last_tick = now;
  guint64 bytes = bytes_so_far(l);
  /* With a stream among the inputs nobody knows how much there is. */
  guint64 total = l->total_bytes == 0 ? 0 : MAX(l->total_bytes, bytes);
  l->stopped = !l->req->progress(l->req->data, log_builder_count(l->builder), bytes, total);
  return !l->stopped;
}
