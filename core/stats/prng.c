/* Random numbers that can be repeated: xoshiro256** and the distributions drawn from it. */
#include "core/stats/prng.h"

#include <math.h>

#include "core/stats/special.h"

#define SMALL_MEAN 10.0 /* below, inversion is both exact and fast */

guint64 prng_splitmix(guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

void prng_seed(Prng *g, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS(g->s); i++)
    g->s[i] = prng_splitmix(&seed);
}

static guint64 rotate_left(guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

guint64 prng_next(Prng *g)
{
  guint64 *s = g->s;
  guint64 result = rotate_left(s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left(s[3], 45);
  return result;
}

/* High 64 bits of the 128-bit product, *low the rest; without a 128-bit type. */
static guint64 multiply_wide(guint64 a, guint64 b, guint64 *low)
{
  guint64 a0 = (guint32)a, a1 = a >> 32, b0 = (guint32)b, b1 = b >> 32;
  guint64 p00 = a0 * b0, p01 = a0 * b1, p10 = a1 * b0;
  guint64 middle = (p00 >> 32) + (guint32)p01 + (guint32)p10;

  *low = a * b;
  return a1 * b1 + (p01 >> 32) + (p10 >> 32) + (middle >> 32);
}

guint64 prng_below(Prng *g, guint64 n)
{
  guint64 low, high;

  if (n == 0)
    return 0;
  high = multiply_wide(prng_next(g), n, &low);
  if (low < n) {
    /* The first 2^64 mod n values of each slot are one too many: draw again. */
    guint64 excess = (0 - n) % n;
    while (low < excess)
      high = multiply_wide(prng_next(g), n, &low);
  }
  return high;
}

gint64 prng_range(Prng *g, gint64 lo, gint64 hi)
{
  guint64 span;

  if (hi <= lo)
    return lo;
  span = (guint64)hi - (guint64)lo + 1; /* 0 means all 2^64 values */
  return (gint64)((guint64)lo + (span == 0 ? prng_next(g) : prng_below(g, span)));
}

double prng_double(Prng *g)
{
  return (double)(prng_next(g) >> 11) * 0x1.0p-53;
}

gboolean prng_chance(Prng *g, double p)
{
  return prng_double(g) < p;
}

double prng_normal(Prng *g)
{
  double u, v, r;

  do {
    u = 2.0 * prng_double(g) - 1.0;
    v = 2.0 * prng_double(g) - 1.0;
    r = u * u + v * v;
  } while (r >= 1.0 || r == 0.0);
  return u * sqrt(-2.0 * log(r) / r);
}

double prng_exponential(Prng *g, double mean)
{
  return -mean * log1p(-prng_double(g));
}

/* Counts down the cumulated probability from k = 0; n p is small here. */
static guint64 binomial_by_inversion(Prng *g, guint64 n, double p)
{
  double ratio = p / (1.0 - p);
  double start = exp((double)n * log1p(-p));

  for (;;) {
    double f = start, u = prng_double(g);
    for (guint64 k = 0; k <= n && k < 200; k++) {
      if (u < f)
        return k;
      u -= f;
      f *= ratio * (double)(n - k) / (double)(k + 1);
    }
    /* Only rounding leads here; draw again. */
  }
}

/* Hoermann's transformed rejection (BTRS); p <= 1/2 and n p >= 10. */
static guint64 binomial_by_rejection(Prng *g, guint64 n, double p)
{
  double nn = (double)n, q = 1.0 - p, sd = sqrt(nn * p * q);
  double b = 1.15 + 2.53 * sd, a = -0.0873 + 0.0248 * b + 0.01 * p, c = nn * p + 0.5;
  double v_r = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * sd;
  double mode = floor((nn + 1.0) * p), log_odds = log(p / q);
  double h = special_log_gamma(mode + 1.0) + special_log_gamma(nn - mode + 1.0);

  for (;;) {
    double u = prng_double(g) - 0.5, v = prng_double(g), us = 0.5 - fabs(u);
    double k = floor((2.0 * a / us + b) * u + c);
    if (!(k >= 0.0 && k <= nn))
      continue;
    if (us >= 0.07 && v <= v_r)
      return (guint64)k;
    if (log(v * alpha / (a / (us * us) + b)) <=
        h - special_log_gamma(k + 1.0) - special_log_gamma(nn - k + 1.0) + (k - mode) * log_odds)
      return (guint64)k;
  }
}

guint64 prng_binomial(Prng *g, guint64 n, double p)
{
  if (n == 0 || !(p > 0.0))
    return 0;
  if (p >= 1.0)
    return n;
  if (p > 0.5)
    return n - prng_binomial(g, n, 1.0 - p);
  return (double)n * p < SMALL_MEAN ? binomial_by_inversion(g, n, p)
                                    : binomial_by_rejection(g, n, p);
}

static guint64 poisson_by_products(Prng *g, double mean)
{
  double limit = exp(-mean), product = prng_double(g);
  guint64 k = 0;

  while (product > limit) {
    product *= prng_double(g);
    k++;
  }
  return k;
}

/* Hoermann's transformed rejection (PTRS); mean >= 10. */
static guint64 poisson_by_rejection(Prng *g, double mean)
{
  double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
  double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), v_r = 0.9277 - 3.6224 / (b - 2.0);
  double log_mean = log(mean);

  for (;;) {
    double u = prng_double(g) - 0.5, v = prng_double(g), us = 0.5 - fabs(u);
    double k = floor((2.0 * a / us + b) * u + mean + 0.43);
    if (!(k >= 0.0 && k < 1e18) || (us < 0.013 && v > us))
      continue;
    if (us >= 0.07 && v <= v_r)
      return (guint64)k;
    if (log(v * inverse_alpha / (a / (us * us) + b)) <=
        k * log_mean - mean - special_log_gamma(k + 1.0))
      return (guint64)k;
  }
}

guint64 prng_poisson(Prng *g, double mean)
{
  if (!(mean > 0.0))
    return 0;
  if (mean < SMALL_MEAN)
    return poisson_by_products(g, mean);
  return poisson_by_rejection(g, fmin(mean, 1e15));
}

guint prng_pick(Prng *g, const double *weights, guint n)
{
  double total = 0.0, u;
  guint last = n;

  for (guint i = 0; i < n; i++)
    total += weights[i] > 0.0 ? weights[i] : 0.0;
  if (!(total > 0.0))
    return n;
  u = prng_double(g) * total;
  for (guint i = 0; i < n; i++) {
    if (!(weights[i] > 0.0))
      continue;
    last = i;
    if (u < weights[i])
      return i;
    u -= weights[i];
  }
  return last;
}

void prng_shuffle(Prng *g, gpointer base, gsize n, gsize size)
{
  guint8 *bytes = base;

  for (gsize i = n; i > 1; i--) {
    guint8 *x = bytes + (i - 1) * size, *y = bytes + prng_below(g, i) * size;
    for (gsize b = 0; x != y && b < size; b++) {
      guint8 t = x[b];
      x[b] = y[b];
      y[b] = t;
    }
  }
}
