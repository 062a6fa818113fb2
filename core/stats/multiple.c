/* Many tests at once: Benjamini-Hochberg step-up from the largest p down. */
#include "core/stats/multiple.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
  double p;
  gsize at;
} Test;

static int compare_tests(const void *x, const void *y)
{
  double a = ((const Test *)x)->p, b = ((const Test *)y)->p;

  return (a > b) - (a < b);
}

void multiple_q_values(const double *p, gsize n, double *q)
{
  Test *order = g_new(Test, n);
  gsize kept = 0;
  double smallest = 1.0;

  for (gsize i = 0; i < n; i++) {
    if (isnan(p[i]))
      q[i] = NAN;
    else
      order[kept++] = (Test){p[i], i};
  }
  if (kept > 1)
    qsort(order, kept, sizeof *order, compare_tests);
  for (gsize rank = kept; rank > 0; rank--) {
    const Test *test = &order[rank - 1];
    smallest = fmin(smallest, test->p * (double)kept / (double)rank);
    q[test->at] = smallest;
  }
  g_free(order);
}
