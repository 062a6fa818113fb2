/* Robust location and scale: medians, quantiles, MAD, fences. */
#include "core/stats/robust.h"

#include <math.h>
#include <stdlib.h>

static int compare_doubles(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

gsize robust_sort(double *values, gsize n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++) {
    double v = values[i];
    if (isnan(v))
      continue;
    values[i] = values[kept];
    values[kept++] = v;
  }
  if (kept > 1)
    qsort(values, kept, sizeof *values, compare_doubles);
  return kept;
}

/* Of values without NaN. */
static double quantile_sorted(const double *sorted, gsize n, double q)
{
  double position;
  gsize below;

  if (n == 0 || isnan(q))
    return NAN;
  position = (double)(n - 1) * fmin(1.0, fmax(0.0, q));
  below = (gsize)position;
  if (below + 1 >= n || position == (double)below)
    return sorted[below];
  return sorted[below] + (position - (double)below) * (sorted[below + 1] - sorted[below]);
}

double robust_share_at_most(const double *sorted, gsize n, double x)
{
  gsize low = 0, high = n;

  if (n == 0 || isnan(x))
    return NAN;
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (sorted[middle] <= x)
      low = middle + 1;
    else
      high = middle;
  }
  return (double)low / (double)n;
}

double robust_quantile(double *values, gsize n, double q)
{
  return quantile_sorted(values, robust_sort(values, n), q);
}

double robust_median(double *values, gsize n)
{
  return robust_quantile(values, n, 0.5);
}

RobustSummary robust_summarise(double *values, gsize n)
{
  RobustSummary s = {.n = robust_sort(values, n)};
  double sum = 0.0;

  s.median = quantile_sorted(values, s.n, 0.5);
  s.q1 = quantile_sorted(values, s.n, 0.25);
  s.q3 = quantile_sorted(values, s.n, 0.75);
  for (gsize i = 0; i < s.n; i++) {
    values[i] = fabs(values[i] - s.median);
    sum += values[i];
  }
  s.mean_ad = s.n == 0 ? NAN : sum / (double)s.n;
  s.mad = robust_median(values, s.n);
  return s;
}

double robust_z(const RobustSummary *s, double x)
{
  double scale = s->mad > 0.0 ? ROBUST_MAD_TO_SD * s->mad : ROBUST_MEAN_AD_TO_SD * s->mean_ad;
  double distance = x - s->median;

  if (scale > 0.0)
    return distance / scale;
  return distance == 0.0 ? 0.0 : NAN;
}

void robust_fences(const RobustSummary *s, double k, double *ret_low, double *ret_high)
{
  double reach = k * (s->q3 - s->q1);

  if (ret_low)
    *ret_low = s->q1 - reach;
  if (ret_high)
    *ret_high = s->q3 + reach;
}
