/* One day of the log while it is being made: rows in any order, then sorted by second. */
#ifndef TESTS_DATA_DAY_H
#define TESTS_DATA_DAY_H

#include "tests/data/school.h"

#define DAY_SECONDS 86400

typedef struct {
  guint32 second; /* of the day */
  guint32 user;   /* index */
  guint32 path;   /* index into the curriculum's paths */
  Address ip;
  guint16 cohort; /* index or NO_COHORT */
  guint16 story;  /* number of the story that wrote it, 0 = none */
} Event;

typedef struct {
  int date;
  guint n;
  guint size;
  Event *events;
  Event *sorted;
  guint32 *starts; /* DAY_SECONDS + 1 places */
} Day;

void day_init(Day *d);
void day_clear(Day *d);
void day_grow(Day *d);
/* Fills `sorted`: by second, rows of one second in the order they were added. */
void day_sort(Day *d);

static inline void day_add(Day *d, Event e)
{
  if (G_UNLIKELY(d->n == d->size))
    day_grow(d);
  d->events[d->n++] = e;
}

#endif
