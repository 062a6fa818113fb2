/* Trend: does a series rise or fall, and how fast?
 *
 * Sources: H. Theil, Proc. Kon. Ned. Akad. v. Wetensch. A 53 (1950), and P. Sen, JASA 63 (1968),
 * for the median of pairwise slopes; H. Mann, Econometrica 13 (1945), and M. Kendall, "Rank
 * correlation methods" (4th ed., 1970), for the test with ties; least squares as in any textbook.
 *
 * Points whose x or y is NaN are left out. The test assumes that points do not depend on their
 * neighbours: use weeks or months rather than days, which repeat every week. */
#ifndef CORE_STATS_TREND_H
#define CORE_STATS_TREND_H

#include <glib.h>

/* Pairs grow with the square of the points; longer series give NaN: join days to weeks. */
#define TREND_MAX_POINTS 2048

typedef struct {
  gsize n;          /* points used */
  double slope;     /* median of the slopes of all pairs with different x; per unit of x */
  double intercept; /* median of y - slope * x */
} TrendLine;

typedef struct {
  gsize n;
  double s;   /* pairs that rise minus pairs that fall */
  double tau; /* tau-b, -1..1; NaN when x or y does not vary */
  double z;   /* s over its deviation, ties and continuity corrected */
  double p;   /* two-sided, normal approximation: wants about 10 points */
} TrendTest;

/* `x` NULL stands for 0, 1, 2, ... Fewer than two points with different x, or more than
 * TREND_MAX_POINTS: slope and intercept NaN. */
TrendLine trend_theil_sen(const double *x, const double *y, gsize n);
/* Least squares; no limit of points. One wild value moves it: for comparison only. */
TrendLine trend_least_squares(const double *x, const double *y, gsize n);
/* Mann-Kendall test of y against x. Without variation, p is 1; with fewer than two points or more
 * than TREND_MAX_POINTS all is NaN. */
TrendTest trend_test(const double *x, const double *y, gsize n);

#endif
