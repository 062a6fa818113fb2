/* Many tests at once: how small must a p value be when a thousand were computed?
 *
 * Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", J. R. Stat. Soc. B 57
 * (1995); adjusted values as in D. Yekutieli, Y. Benjamini, J. Stat. Plan. Inference 82 (1999). */
#ifndef CORE_STATS_MULTIPLE_H
#define CORE_STATS_MULTIPLE_H

#include <glib.h>

/* q[i] = the smallest false discovery rate at which test i is still a discovery: of all tests with
 * q <= 0.05 at most 5 % are expected to be false. In the order of p; q may be p itself. A p that is
 * NaN (no test was made) gets q NaN and does not count as a test. */
void multiple_q_values(const double *p, gsize n, double *q);

#endif
