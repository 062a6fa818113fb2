/* Poisson counts: tails through the incomplete gamma function. */
#include "core/stats/poisson.h"

#include <math.h>

#include "core/stats/special.h"

double poisson_exactly(guint64 k, double mean)
{
  if (!(mean >= 0.0))
    return NAN;
  if (mean == 0.0)
    return k == 0 ? 1.0 : 0.0;
  return exp((double)k * log(mean) - mean - special_log_gamma((double)k + 1.0));
}

double poisson_at_least(guint64 k, double mean)
{
  if (!(mean >= 0.0))
    return NAN;
  return k == 0 ? 1.0 : special_gamma_p((double)k, mean);
}

double poisson_at_most(guint64 k, double mean)
{
  if (!(mean >= 0.0))
    return NAN;
  return special_gamma_q((double)k + 1.0, mean);
}

/* The mean at which P(a, mean) = share, by halving: P rises with the mean. */
static double solve_mean(double a, double share)
{
  double low = 0.0, high = a + 1.0;

  while (special_gamma_p(a, high) < share && high < 1e300)
    high *= 2.0;
  for (guint i = 0; i < 200; i++) {
    double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high)
      break;
    if (special_gamma_p(a, middle) < share)
      low = middle;
    else
      high = middle;
  }
  return 0.5 * (low + high);
}

void poisson_interval(guint64 k, double level, double *ret_low, double *ret_high)
{
  double miss = 0.5 * (1.0 - level);

  if (!(level > 0.0 && level < 1.0)) {
    *ret_low = *ret_high = NAN;
    return;
  }
  *ret_low = k == 0 ? 0.0 : solve_mean((double)k, miss);
  *ret_high = solve_mean((double)k + 1.0, 1.0 - miss);
}
