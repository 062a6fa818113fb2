/* Trend: Theil-Sen line, least squares line, Mann-Kendall test. */
#include "core/stats/trend.h"

#include <math.h>

#include "core/stats/robust.h"
#include "core/stats/special.h"

static double x_at(const double *x, gsize i)
{
  return x ? x[i] : (double)i;
}

static gboolean is_point(const double *x, const double *y, gsize i)
{
  return !isnan(x_at(x, i)) && !isnan(y[i]);
}

static gsize count_points(const double *x, const double *y, gsize n)
{
  gsize points = 0;

  for (gsize i = 0; i < n; i++)
    points += is_point(x, y, i) ? 1 : 0;
  return points;
}

/* Slopes of all pairs with different x into `slopes`; returns how many. */
static gsize pair_slopes(const double *x, const double *y, gsize n, double *slopes)
{
  gsize m = 0;

  for (gsize j = 1; j < n; j++)
    for (gsize i = 0; i < j; i++) {
      double run = x_at(x, j) - x_at(x, i);
      if (is_point(x, y, i) && is_point(x, y, j) && run != 0.0)
        slopes[m++] = (y[j] - y[i]) / run;
    }
  return m;
}

TrendLine trend_theil_sen(const double *x, const double *y, gsize n)
{
  TrendLine line = {count_points(x, y, n), NAN, NAN};
  gsize pairs;
  double *scratch;

  if (line.n < 2 || n > TREND_MAX_POINTS)
    return line;
  scratch = g_new(double, n *(n - 1) / 2 + n);
  pairs = pair_slopes(x, y, n, scratch);
  line.slope = robust_median(scratch, pairs);
  if (pairs > 0) {
    for (gsize i = 0; i < n; i++)
      scratch[i] = y[i] - line.slope * x_at(x, i); /* NaN for what is no point */
    line.intercept = robust_median(scratch, n);
  }
  g_free(scratch);
  return line;
}

TrendLine trend_least_squares(const double *x, const double *y, gsize n)
{
  TrendLine line = {count_points(x, y, n), NAN, NAN};
  double mean_x = 0.0, mean_y = 0.0, sxx = 0.0, sxy = 0.0, k = 0.0;

  for (gsize i = 0; i < n; i++) {
    double dx, dy;
    if (!is_point(x, y, i))
      continue;
    k += 1.0;
    dx = x_at(x, i) - mean_x;
    dy = y[i] - mean_y;
    mean_x += dx / k;
    mean_y += dy / k;
    sxx += dx * (x_at(x, i) - mean_x);
    sxy += dx * (y[i] - mean_y);
  }
  if (sxx > 0.0) {
    line.slope = sxy / sxx;
    line.intercept = mean_y - line.slope * mean_x;
  }
  return line;
}

/* Sums over the groups of t equal values that the variance and tau need. */
typedef struct {
  double pairs; /* t (t - 1) / 2 */
  double cubic; /* t (t - 1) (t - 2) */
  double full;  /* t (t - 1) (2 t + 5) */
} Ties;

static Ties sum_ties(double *values, gsize n)
{
  Ties ties = {0};
  gsize m = robust_sort(values, n);

  for (gsize from = 0, to; from < m; from = to) {
    double t;
    for (to = from + 1; to < m && values[to] == values[from]; to++)
      ;
    t = (double)(to - from);
    ties.pairs += t * (t - 1.0) / 2.0;
    ties.cubic += t * (t - 1.0) * (t - 2.0);
    ties.full += t * (t - 1.0) * (2.0 * t + 5.0);
  }
  return ties;
}

static double sign_of(double v)
{
  return (v > 0.0) - (v < 0.0);
}

/* Variance of s under no trend, ties in both variables (Kendall, 4.3). */
static double score_variance(double n, const Ties *tx, const Ties *ty)
{
  double v = (n * (n - 1.0) * (2.0 * n + 5.0) - tx->full - ty->full) / 18.0;

  v += 2.0 * tx->pairs * ty->pairs / (n * (n - 1.0));
  if (n > 2.0)
    v += tx->cubic * ty->cubic / (9.0 * n * (n - 1.0) * (n - 2.0));
  return v;
}

static Ties ties_of(const double *x, const double *y, gsize n, gboolean of_x, double *scratch)
{
  for (gsize i = 0; i < n; i++)
    scratch[i] = !is_point(x, y, i) ? NAN : of_x ? x_at(x, i) : y[i];
  return sum_ties(scratch, n);
}

TrendTest trend_test(const double *x, const double *y, gsize n)
{
  TrendTest t = {count_points(x, y, n), NAN, NAN, NAN, NAN};
  double *scratch, pairs, spread, variance;
  Ties tx, ty;

  if (t.n < 2 || n > TREND_MAX_POINTS)
    return t;
  t.s = 0.0;
  for (gsize j = 1; j < n; j++)
    for (gsize i = 0; i < j; i++)
      if (is_point(x, y, i) && is_point(x, y, j))
        t.s += sign_of(x_at(x, j) - x_at(x, i)) * sign_of(y[j] - y[i]);
  scratch = g_new(double, n);
  tx = ties_of(x, y, n, TRUE, scratch);
  ty = ties_of(x, y, n, FALSE, scratch);
  g_free(scratch);
  pairs = (double)t.n * ((double)t.n - 1.0) / 2.0;
  spread = (pairs - tx.pairs) * (pairs - ty.pairs);
  t.tau = spread > 0.0 ? t.s / sqrt(spread) : NAN;
  variance = spread > 0.0 ? score_variance((double)t.n, &tx, &ty) : 0.0;
  t.z = variance > 0.0 ? (t.s - sign_of(t.s)) / sqrt(variance) : 0.0;
  t.p = fmin(1.0, 2.0 * special_normal_upper(fabs(t.z)));
  return t;
}
