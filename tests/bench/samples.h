/* Samples: measured values and their quantiles. */
#ifndef TESTS_BENCH_SAMPLES_H
#define TESTS_BENCH_SAMPLES_H

#include <stdlib.h>

#include <glib.h>

typedef struct {
  double *values; /* NULL at first; all zero is an empty one */
  guint n;
} Samples;

static inline void samples_add(Samples *s, double value)
{
  s->values = g_renew(double, s->values, (gsize)s->n + 1);
  s->values[s->n++] = value;
}

static inline int samples_compare(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The value that a share `q` of the others does not exceed; 0 without any. Sorts. */
static inline double samples_quantile(Samples *s, double q)
{
  if (s->n == 0)
    return 0;
  qsort(s->values, s->n, sizeof *s->values, samples_compare);
  guint at = (guint)(q * (s->n - 1) + 0.5);
  return s->values[at];
}

static inline void samples_clear(Samples *s)
{
  g_free(s->values);
  *s = (Samples){NULL, 0};
}

#endif
