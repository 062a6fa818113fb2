/* Poisson counts: how surprising is a count when so many were to be expected?
 *
 * Source: N. Johnson, A. Kemp, S. Kotz, "Univariate discrete distributions" (3rd ed., 2005), 4.4:
 * the tails are incomplete gamma functions (special.h says how exact these are). The interval for
 * a mean: F. Garwood, Biometrika 28 (1936).
 *
 * Hits come in bursts, so a Poisson tail of hits is far too small; use it on persons or days. */
#ifndef CORE_STATS_POISSON_H
#define CORE_STATS_POISSON_H

#include <glib.h>

/* Probability of exactly k, of k or more, of k or fewer events when `mean` are expected. Mean 0
 * gives 0 events for sure; a negative or NaN mean gives NaN. */
double poisson_exactly(guint64 k, double mean);
double poisson_at_least(guint64 k, double mean);
double poisson_at_most(guint64 k, double mean);
/* Interval for the mean after k events were seen: each side misses with probability at most
 * (1 - level) / 2. `level` in 0..1, e.g. 0.95; else both ends are NaN. */
void poisson_interval(guint64 k, double level, double *ret_low, double *ret_high);

#endif
