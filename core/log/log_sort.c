/* Sorting by time, and the indexes: everything here is a counting sort, hence stable and linear. */
#include "core/log/log_private.h"

#include <string.h>

#define DIGIT_BITS 11
#define DIGITS     (1u << DIGIT_BITS)

/* One pass of the radix sort: `from` to `to`, by one digit of the seconds since `first`. */
static void sort_pass(const CivilTime *time, CivilTime first, guint shift, const guint32 *from,
                      guint32 *to, guint32 n_rows)
{
  guint32 place[DIGITS + 1] = {0};
  for (guint32 i = 0; i < n_rows; i++)
    place[((((guint64)time[i] - (guint64)first) >> shift) & (DIGITS - 1)) + 1]++;
  for (guint d = 1; d < DIGITS; d++)
    place[d] += place[d - 1];
  for (guint32 i = 0; i < n_rows; i++) {
    guint32 row = from[i];
    to[place[(((guint64)time[row] - (guint64)first) >> shift) & (DIGITS - 1)]++] = row;
  }
}

guint32 *log_sort_order(const CivilTime *time, guint32 n_rows)
{
  gboolean sorted = TRUE;
  CivilTime first = n_rows ? time[0] : 0, last = first;
  for (guint32 i = 1; i < n_rows; i++) {
    sorted = sorted && time[i] >= time[i - 1];
    first = MIN(first, time[i]);
    last = MAX(last, time[i]);
  }
  if (sorted)
    return NULL;
  guint32 *order = g_new(guint32, n_rows), *spare = g_new(guint32, n_rows);
  for (guint32 i = 0; i < n_rows; i++)
    order[i] = i;
  guint64 range = (guint64)last - (guint64)first;
  for (guint shift = 0; shift < 64 && range >> shift > 0; shift += DIGIT_BITS) {
    sort_pass(time, first, shift, order, spare, n_rows);
    guint32 *swap = order;
    order = spare;
    spare = swap;
  }
  g_free(spare);
  return order;
}

void *log_apply_order(void *from, guint width, const guint32 *order, guint32 n_rows)
{
  if (!order || !from)
    return from;
  void *to = g_malloc_n(MAX(n_rows, 1), width);
  switch (width) {
  case 2:
    for (guint32 i = 0; i < n_rows; i++)
      ((guint16 *)to)[i] = ((const guint16 *)from)[order[i]];
    break;
  case 4:
    for (guint32 i = 0; i < n_rows; i++)
      ((guint32 *)to)[i] = ((const guint32 *)from)[order[i]];
    break;
  default:
    for (guint32 i = 0; i < n_rows; i++)
      ((guint64 *)to)[i] = ((const guint64 *)from)[order[i]];
    break;
  }
  g_free(from);
  return to;
}

/* Value of a column of ids of two or four bytes. */
static inline guint32 key_at(const void *column, ColumnId c, guint32 row)
{
  return c == COL_COHORT ? ((const guint16 *)column)[row] : ((const guint32 *)column)[row];
}

/* Rows by key: *ret_start gets n_keys + 1 entries. */
static void index_rows(const void *column, ColumnId c, guint32 n_rows, guint32 n_keys,
                       const guint32 **ret_rows, const guint32 **ret_start)
{
  guint32 *start = g_new0(guint32, (gsize)n_keys + 1);
  guint32 *rows = g_new(guint32, MAX(n_rows, 1));
  for (guint32 i = 0; i < n_rows; i++)
    start[key_at(column, c, i)]++;
  /* Each entry becomes the end of its key; filling from the back moves it to the start. */
  guint32 end = 0;
  for (guint32 k = 0; k <= n_keys; k++)
    start[k] = end += start[k];
  for (guint32 i = n_rows; i-- > 0;)
    rows[--start[key_at(column, c, i)]] = i;
  *ret_rows = rows;
  *ret_start = start;
}

static void index_days(AccessLog *log)
{
  log->first_day = 0;
  log->n_days = 0;
  if (log->n_rows > 0) {
    log->first_day = civil_day_of(log->time[0]);
    log->n_days = (guint32)(civil_day_of(log->time[log->n_rows - 1]) - log->first_day) + 1;
  }
  guint32 *start = g_new(guint32, (gsize)log->n_days + 1);
  guint32 row = 0;
  for (guint32 d = 0; d < log->n_days; d++) {
    CivilTime day = civil_day_start(log->first_day) + d * CIVIL_DAY;
    while (row < log->n_rows && log->time[row] < day)
      row++;
    start[d] = row;
  }
  start[log->n_days] = log->n_rows;
  log->day_start = start;
}

void log_build_indexes(AccessLog *log)
{
  guint32 n = log->n_rows;
  index_rows(log->user, COL_USER, n, strpool_count(log->users), &log->rows_by_user,
             &log->user_start);
  index_rows(log->ip, COL_IP, n, ip_table_count(log->ips), &log->rows_by_ip, &log->ip_start);
  index_rows(log->cohort, COL_COHORT, n, log->cohorts->cohorts->len, &log->rows_by_cohort,
             &log->cohort_start);
  index_days(log);
}
