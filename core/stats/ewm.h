/* Exponentially weighted band: a moving mean with a deviation around it, recent values weigh more.
 *
 * Weights (1 - alpha)^age with alpha = 2 / (span + 1), over all values so far and divided by their
 * sum, so that the first values are not drawn towards zero ("adjusted" weights). The deviation is
 * corrected for bias with the effective number of values, (sum w)^2 / ((sum w)^2 - sum w^2).
 * Sources: J. Bollinger, "Bollinger on Bollinger Bands" (2001), for band and %b; J. Hunter, J.
 * Qual. Technol. 18 (1986), for the weights; D. West, Comm. ACM 22 (1979), for the update of mean
 * and sum of squares that does not lose digits. The numbers are those of pandas: ewm(span=,
 * adjust=True).mean() and .std(bias=False).
 *
 * Streaming: one Ewm is five numbers, a push is O(1). The band read before a push is the band as it
 * stood yesterday; a value tested against it has not moved it. */
#ifndef CORE_STATS_EWM_H
#define CORE_STATS_EWM_H

#include <glib.h>

typedef struct {
  double decay;  /* 1 - alpha */
  double weight; /* sum of the weights */
  double weight2;
  double mean;
  double squares; /* weighted sum of (value - mean)^2 */
  guint64 n;      /* values so far, NaN not counted */
} Ewm;

typedef struct {
  double mid, sd;      /* NaN: no value yet; no deviation before the second value */
  double lower, upper; /* mid -+ k sd; NaN when sd is */
} EwmBand;

/* `span` in steps, >= 1 (smaller or NaN is taken as 1: only the last value counts). */
void ewm_init(Ewm *e, double span);
/* One step. NaN or infinity is a step without a value: the older values age, the band
 * stays. */
void ewm_push(Ewm *e, double value);
/* NaN before the first value. */
double ewm_mean(const Ewm *e);
/* NaN before the second value. */
double ewm_sd(const Ewm *e);
/* The band with half width of k deviations. */
EwmBand ewm_band(const Ewm *e, double k);
/* %b: where a value lies in the band, 0 at the lower edge, 1 at the upper. NaN without a band or
 * when its width is 0. */
double ewm_percent_b(const EwmBand *band, double value);
/* TRUE when the value lies above the band; FALSE without a band. A band of width 0 (all earlier
 * values equal) is exceeded by every greater value. */
gboolean ewm_above(const EwmBand *band, double value);

/* Whole series at once, n values. today[i] holds the band with value i in it, yesterday[i] the band
 * of the values before i. Either may be NULL. */
void ewm_series(const double *values, gsize n, double span, double k, EwmBand *today,
                EwmBand *yesterday);

#endif
