/* Exponentially weighted band: streaming mean and bias-corrected deviation. */
#include "core/stats/ewm.h"

#include <math.h>

void ewm_init(Ewm *e, double span)
{
  *e = (Ewm){.decay = 1.0 - 2.0 / (fmax(1.0, span) + 1.0)};
}

void ewm_push(Ewm *e, double value)
{
  double delta, old;

  e->weight *= e->decay;
  e->weight2 *= e->decay * e->decay;
  e->squares *= e->decay;
  if (!isfinite(value))
    return;
  old = e->weight;
  delta = value - e->mean;
  e->weight += 1.0;
  e->weight2 += 1.0;
  e->mean += delta / e->weight;
  e->squares += delta * delta * old / e->weight;
  e->n++;
}

double ewm_mean(const Ewm *e)
{
  return e->n == 0 ? NAN : e->mean;
}

double ewm_sd(const Ewm *e)
{
  /* Equals weight - weight2 / weight: the degrees of freedom of weighted values. */
  double freedom = e->weight > 0.0 ? e->weight - e->weight2 / e->weight : 0.0;

  if (e->n < 2 || !(freedom > 0.0))
    return NAN;
  return sqrt(e->squares / freedom);
}

EwmBand ewm_band(const Ewm *e, double k)
{
  EwmBand band = {.mid = ewm_mean(e), .sd = ewm_sd(e)};

  band.lower = band.mid - k * band.sd;
  band.upper = band.mid + k * band.sd;
  return band;
}

double ewm_percent_b(const EwmBand *band, double value)
{
  double width = band->upper - band->lower;

  return width > 0.0 ? (value - band->lower) / width : NAN;
}

gboolean ewm_above(const EwmBand *band, double value)
{
  return value > band->upper;
}

void ewm_series(const double *values, gsize n, double span, double k, EwmBand *today,
                EwmBand *yesterday)
{
  Ewm e;

  ewm_init(&e, span);
  for (gsize i = 0; i < n; i++) {
    if (yesterday)
      yesterday[i] = ewm_band(&e, k);
    ewm_push(&e, values[i]);
    if (today)
      today[i] = ewm_band(&e, k);
  }
}
