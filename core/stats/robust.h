/* Robust location and scale: numbers that a few wild values cannot move.
 *
 * Sources: R. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American
 * Statistician 50 (1996), definition 7 for quantiles; F. Hampel, JASA 69 (1974), for the median
 * absolute deviation; B. Iglewicz, D. Hoaglin, "How to detect and handle outliers" (ASQC, 1993),
 * for the robust z score; J. Tukey, "Exploratory data analysis" (1977), for the fences.
 *
 * Nothing is allocated: functions on unsorted values reorder the caller's array, as each says. NaN
 * values are left out. Without any value the results are NaN. */
#ifndef CORE_STATS_ROBUST_H
#define CORE_STATS_ROBUST_H

#include <glib.h>

/* 1 / 0.6745: for normal values, MAD times this estimates the standard deviation. */
#define ROBUST_MAD_TO_SD 1.482602218505602
/* The same for the mean absolute deviation from the median, sqrt(pi / 2). */
#define ROBUST_MEAN_AD_TO_SD 1.2533141373155003

typedef struct {
  gsize n; /* values, NaN not counted */
  double median, q1, q3;
  double mad;     /* median of |value - median|, not scaled */
  double mean_ad; /* mean of |value - median|, not scaled */
} RobustSummary;

/* Sorts ascending and moves NaN to the end; returns the number of values that are not NaN. */
gsize robust_sort(double *values, gsize n);
/* Share of values that are <= x, 0..1, of sorted values without NaN. */
double robust_share_at_most(const double *sorted, gsize n, double x);
/* Quantile `q` (0..1, clamped) and median of unsorted values: linear between the two neighbours of
 * position (n - 1) q. NaN is left out; `values` comes back sorted. */
double robust_quantile(double *values, gsize n, double q);
double robust_median(double *values, gsize n);
/* Everything at once; `values` comes back in no useful order and with other values. */
RobustSummary robust_summarise(double *values, gsize n);

/* (x - median) / scale, scale = ROBUST_MAD_TO_SD * MAD, which is the "0.6745 (x - median) / MAD" of
 * the books. When more than half of the values are equal the MAD is 0, and the mean absolute
 * deviation takes its place; when all are equal, 0 for that value and NaN for any other (there is
 * no scale to measure with). */
double robust_z(const RobustSummary *s, double x);
/* Q1 - k (Q3 - Q1) and Q3 + k (Q3 - Q1); either pointer may be NULL. */
void robust_fences(const RobustSummary *s, double k, double *ret_low, double *ret_high);

#endif
