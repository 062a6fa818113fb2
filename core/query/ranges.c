/* Ranges of rows: sets of rows that are few stretches. Rows stand in time order, so every term
 * about time, down to the hour of the day, is such a set and costs nothing per row. */
#include "core/query/filter.h"
#include "core/query/period.h"
#include "core/query/tables.h"

#include <string.h>

GArray *ranges_new(void)
{
  return g_array_new(FALSE, FALSE, sizeof(RowRange));
}

static RowRange *range_at(const GArray *ranges, guint i)
{
  return &g_array_index(ranges, RowRange, i);
}

void ranges_add(GArray *ranges, guint32 begin, guint32 end)
{
  if (begin >= end)
    return;
  RowRange *last = ranges->len ? range_at(ranges, ranges->len - 1) : NULL;
  if (last && begin <= last->end) {
    last->end = MAX(last->end, end);
    return;
  }
  RowRange r = {begin, end};
  g_array_append_val(ranges, r);
}

static gint compare_begin(gconstpointer a, gconstpointer b)
{
  const RowRange *x = a, *y = b;
  return (x->begin > y->begin) - (x->begin < y->begin);
}

void ranges_sort(GArray *ranges)
{
  g_array_sort(ranges, compare_begin);
  guint n = ranges->len;
  RowRange *all = g_memdup2(ranges->data, n * sizeof(RowRange));
  g_array_set_size(ranges, 0);
  for (guint i = 0; i < n; i++)
    ranges_add(ranges, all[i].begin, all[i].end);
  g_free(all);
}

GArray *ranges_intersect(const GArray *a, const GArray *b)
{
  GArray *both = ranges_new();
  for (guint i = 0, j = 0; i < a->len && j < b->len;) {
    const RowRange *x = range_at(a, i), *y = range_at(b, j);
    ranges_add(both, MAX(x->begin, y->begin), MIN(x->end, y->end));
    if (x->end < y->end)
      i++;
    else
      j++;
  }
  return both;
}

GArray *ranges_complement(const GArray *a, guint32 n_rows)
{
  GArray *rest = ranges_new();
  guint32 at = 0;
  for (guint i = 0; i < a->len; i++) {
    ranges_add(rest, at, range_at(a, i)->begin);
    at = range_at(a, i)->end;
  }
  ranges_add(rest, at, n_rows);
  return rest;
}

guint32 ranges_total(const GArray *ranges)
{
  guint32 total = 0;
  for (guint i = 0; i < ranges->len; i++)
    total += range_at(ranges, i)->end - range_at(ranges, i)->begin;
  return total;
}

/* --- terms about time ------------------------------------------------------------------------- */

static gboolean add_times(const ScopeTerm *t, const AccessLog *log, GArray *ranges, GError **error)
{
  CivilTime last = log->n_rows ? log->time[log->n_rows - 1] : 0;
  for (guint i = 0; i < t->values->len; i++) {
    Period p;
    char *problem = period_parse_range(t->values->pdata[i], last, &p);
    if (problem) {
      scope_set_error(error, "time: %s", problem);
      g_free(problem);
      return FALSE;
    }
    RowRange r = {access_log_lower_bound(log, p.from), access_log_lower_bound(log, p.to)};
    if (r.begin < r.end)
      g_array_append_val(ranges, r);
  }
  ranges_sort(ranges);
  return TRUE;
}

/* `mon`, `Monday`, `1` .. as 0 .. 6. */
static gboolean weekday_word(const char *s, guint32 *ret)
{
  static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                      "friday", "saturday", "sunday"};
  gsize len = strlen(s);
  for (guint32 i = 0; i < G_N_ELEMENTS(names); i++)
    if (len >= 3 && len <= strlen(names[i]) && g_ascii_strncasecmp(s, names[i], len) == 0) {
      *ret = i;
      return TRUE;
    }
  if (len != 1 || *s < '1' || *s > '7')
    return FALSE;
  *ret = (guint32)(*s - '1');
  return TRUE;
}

static gboolean hour_word(const char *s, guint32 *ret)
{
  gsize len = strspn(s, "0123456789");
  if (len == 0 || len > 2 || s[len])
    return FALSE;
  *ret = (guint32)g_ascii_strtoull(s, NULL, 10);
  return *ret < 24;
}

/* The values of a weekday or hour term in a ring of `n`: a range may run over the end. */
static gboolean ring_mask(const ScopeTerm *t, guint32 n, gboolean (*word)(const char *, guint32 *),
                          const char *hint, gboolean *mask, GError **error)
{
  for (guint i = 0; i < t->values->len; i++) {
    const char *s = t->values->pdata[i];
    guint32 first, last;
    char *problem = number_range_parse(s, word, 0, n - 1, &first, &last);
    if (problem) {
      scope_set_error(error, "%s: %s; write %s", scope_field_name(t->field), problem, hint);
      g_free(problem);
      return FALSE;
    }
    for (guint32 at = first;; at = (at + 1) % n) {
      mask[at] = TRUE;
      if (at == last)
        break;
    }
  }
  return TRUE;
}

static void add_weekdays(const AccessLog *log, const gboolean *mask, GArray *ranges)
{
  int weekday = civil_weekday(log->first_day);
  for (guint32 d = 0; d < log->n_days; d++, weekday = (weekday + 1) % 7)
    if (mask[weekday])
      ranges_add(ranges, log->day_start[d], log->day_start[d + 1]);
}

/* First row of begin .. end at or after `t`. */
static guint32 lower_bound_in(const AccessLog *log, guint32 begin, guint32 end, CivilTime t)
{
  while (begin < end) {
    guint32 middle = begin + (end - begin) / 2;
    if (log->time[middle] < t)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin;
}

static void add_hours(const AccessLog *log, const gboolean *mask, GArray *ranges)
{
  for (guint32 d = 0; d < log->n_days; d++) {
    guint32 begin = log->day_start[d], end = log->day_start[d + 1];
    CivilTime midnight = civil_day_start(log->first_day + (CivilDay)d);
    for (int hour = 0; hour < 24 && begin < end; hour++) {
      guint32 next = lower_bound_in(log, begin, end, midnight + (hour + 1) * 3600);
      if (mask[hour])
        ranges_add(ranges, begin, next);
      begin = next;
    }
  }
}

GArray *ranges_of_term(const ScopeTerm *t, const Dataset *ds, GError **error)
{
  GArray *ranges = ranges_new();
  gboolean mask[24] = {FALSE}, ok;
  if (t->field == FIELD_WEEKDAY) {
    ok = ring_mask(t, 7, weekday_word, "mon..sun or 1..7", mask, error);
    if (ok)
      add_weekdays(ds->log, mask, ranges);
  } else if (t->field == FIELD_HOUR) {
    ok = ring_mask(t, 24, hour_word, "0..23, as in 22..4", mask, error);
    if (ok)
      add_hours(ds->log, mask, ranges);
  } else {
    ok = add_times(t, ds->log, ranges, error);
  }
  if (!ok) {
    g_array_unref(ranges);
    return NULL;
  }
  if (!t->negated)
    return ranges;
  GArray *rest = ranges_complement(ranges, ds->log->n_rows);
  g_array_unref(ranges);
  return rest;
}
