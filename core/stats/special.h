/* Special functions: the few integrals that the tests of this folder end in.
 *
 * Sources: M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions" (1964), 6.5.29 (series)
 * and 6.5.31 (continued fraction) for the incomplete gamma function, 26.4.14 for its normal limit
 * (E. Wilson, M. Hilferty, PNAS 17, 1931); W. Lentz, Applied Optics 15 (1976), for the evaluation
 * of the fraction. The normal tail is erfc of the C library.
 *
 * All functions are pure and safe to call from any thread. NaN in gives NaN out. */
#ifndef CORE_STATS_SPECIAL_H
#define CORE_STATS_SPECIAL_H

#include <glib.h>

/* Natural logarithm of gamma(x), x > 0. (lgamma of the C library writes a global; this does not.)
 */
double special_log_gamma(double x);

/* Regularised incomplete gamma functions, a > 0, x >= 0: P(a,x) rises from 0 to 1 and Q = 1 - P.
 * Each is computed directly where it is small, so that tiny tails keep their digits. Outside the
 * domain: NaN. Relative error about 1e-15 * a below a = 1e6; above, the normal limit (absolute
 * error below 1e-8). */
double special_gamma_p(double a, double x);
double special_gamma_q(double a, double x);

/* Probability that a standard normal variable exceeds z. */
double special_normal_upper(double z);

/* Probability that a chi-square variable with `df` degrees of freedom is at least x; 1 for
 * x <= 0; NaN for df <= 0. */
double special_chi2_upper(double x, double df);

#endif
