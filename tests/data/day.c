/* One day of the log while it is being made. See day.h. */
#include <string.h>

#include "tests/data/day.h"

void day_init(Day *d)
{
  memset(d, 0, sizeof *d);
  d->starts = g_new(guint32, DAY_SECONDS + 1);
}

void day_clear(Day *d)
{
  g_free(d->events);
  g_free(d->sorted);
  g_free(d->starts);
  memset(d, 0, sizeof *d);
}

void day_grow(Day *d)
{
  d->size = d->size ? d->size * 2 : 4096;
  d->events = g_renew(Event, d->events, d->size);
  d->sorted = g_renew(Event, d->sorted, d->size);
}

/* Counting sort: a day has few seconds and may have many rows. */
void day_sort(Day *d)
{
  memset(d->starts, 0, sizeof *d->starts * (DAY_SECONDS + 1));
  for (guint i = 0; i < d->n; i++) {
    g_assert_cmpuint(d->events[i].second, <, DAY_SECONDS);
    d->starts[d->events[i].second + 1]++;
  }
  for (guint i = 0; i < DAY_SECONDS; i++)
    d->starts[i + 1] += d->starts[i];
  for (guint i = 0; i < d->n; i++)
    d->sorted[d->starts[d->events[i].second]++] = d->events[i];
}
