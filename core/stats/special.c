/* Special functions: incomplete gamma by series and continued fraction, normal tail by erfc. */
#include "core/stats/special.h"

#include <float.h>
#include <math.h>

#define NORMAL_LIMIT   1e6   /* above this a, the normal limit is used */
#define MAX_ITERATIONS 20000 /* convergence takes about 8 sqrt(a) steps */
#define TINY           1e-300

double special_log_gamma(double x)
{
  int sign;
  return lgamma_r(x, &sign);
}

/* The factor x^a e^-x / gamma(a) of both expansions. */
static double prefactor(double a, double x)
{
  return exp(a * log(x) - x - special_log_gamma(a));
}

static double lower_by_series(double a, double x)
{
  double term = 1.0 / a, sum = term;

  for (int n = 1; n < MAX_ITERATIONS; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * DBL_EPSILON)
      break;
  }
  return sum * prefactor(a, x);
}

static double upper_by_fraction(double a, double x)
{
  double b = x + 1.0 - a, c = 1.0 / TINY, d = 1.0 / b, h = d;

  for (int n = 1; n < MAX_ITERATIONS; n++) {
    double an = n * (a - n);
    b += 2.0;
    d = an * d + b;
    d = 1.0 / (fabs(d) < TINY ? TINY : d);
    c = b + an / c;
    if (fabs(c) < TINY)
      c = TINY;
    h *= d * c;
    if (fabs(d * c - 1.0) < DBL_EPSILON)
      break;
  }
  return h * prefactor(a, x);
}

/* The cube root of a gamma variable over its mean is nearly normal. */
static double normal_score(double a, double x)
{
  double v = 1.0 / (9.0 * a);
  return (cbrt(x / a) - (1.0 - v)) / sqrt(v);
}

static gboolean outside_domain(double a, double x)
{
  return !(a > 0.0) || !(x >= 0.0) || isinf(a);
}

double special_gamma_p(double a, double x)
{
  if (outside_domain(a, x))
    return NAN;
  if (x == 0.0)
    return 0.0;
  if (isinf(x))
    return 1.0;
  if (a > NORMAL_LIMIT)
    return special_normal_upper(-normal_score(a, x));
  return x < a + 1.0 ? fmin(1.0, lower_by_series(a, x)) : 1.0 - upper_by_fraction(a, x);
}

double special_gamma_q(double a, double x)
{
  if (outside_domain(a, x))
    return NAN;
  if (x == 0.0)
    return 1.0;
  if (isinf(x))
    return 0.0;
  if (a > NORMAL_LIMIT)
    return special_normal_upper(normal_score(a, x));
  return x < a + 1.0 ? fmax(0.0, 1.0 - lower_by_series(a, x)) : upper_by_fraction(a, x);
}

double special_normal_upper(double z)
{
  return 0.5 * erfc(z * M_SQRT1_2);
}

double special_chi2_upper(double x, double df)
{
  if (isnan(x) || !(df > 0.0))
    return NAN;
  return x <= 0.0 ? 1.0 : special_gamma_q(0.5 * df, 0.5 * x);
}
