/* Change point: when did the rate of an event change, and is that more than chance?
 *
 * Events in periods (months), each with an exposure (persons who could have caused one). Model: one
 * Poisson rate per unit of exposure before the split, another after it. The best split has the
 * highest likelihood. Because the best of many splits was picked, the chi-square value of its
 * likelihood ratio is far too lax; the p value is found by simulation instead: the same number of
 * events is dealt out to the periods in proportion to exposure, and the best split is searched in
 * the same way each time.
 *
 * Sources: D. Hinkley, "Inference about the change-point in a sequence of random variables",
 * Biometrika 57 (1970); K. Worsley, "The power of likelihood ratio and cumulative sum tests for a
 * change in a binomial probability", Biometrika 70 (1983), for conditioning on the total; interval
 * by the likelihood (1.92 = half of the 95 % point of chi-square with one degree of freedom):
 * Y. Pawitan, "In all likelihood" (2001), 2.6; p with the observation counted in: A. Davison,
 * D. Hinkley, "Bootstrap methods" (1997), 4.2.
 *
 * Events are taken as independent. When the same persons cause events month after month, the true
 * p is greater than the one given. */
#ifndef CORE_STATS_CHANGEPOINT_H
#define CORE_STATS_CHANGEPOINT_H

#include <glib.h>

#define CHANGEPOINT_DROP        1.92 /* log-likelihood below the best, still within the interval */
#define CHANGEPOINT_MAX_PERIODS 100000
#define CHANGEPOINT_MAX_RUNS    1000000

typedef enum {
  CHANGE_EITHER,
  CHANGE_FALL, /* only splits after which the rate is lower */
  CHANGE_RISE
} ChangeDirection;

typedef struct {
  const guint32 *events;
  const double *exposure; /* >= 0; a period without exposure must have no events */
  gsize n;
  /* A split s (1..n-1) has periods 0..s-1 before and s..n-1 after it. allowed[s] FALSE rules it
   * out; n entries, entry 0 is not used. NULL allows all. */
  const guint8 *allowed;
  ChangeDirection direction;
  guint runs;   /* simulations, e.g. 9999; 0: no p value */
  guint64 seed; /* same seed, same p */
} ChangeRequest;

typedef struct {
  gsize split;     /* first period of the new rate; of equal splits the earliest */
  gsize low, high; /* first and last split of the interval */
  gsize in_interval;
  double gain; /* log-likelihood above that of one rate throughout */
  guint64 events_before, events_after;
  double exposure_before, exposure_after;
  double rate_before, rate_after; /* events per unit of exposure */
  double fall;                    /* 1 - rate_after / rate_before; below 0 a rise; -inf from 0 */
  double p;                       /* NaN when runs is 0 */
} ChangePoint;

/* FALSE, with *ret untouched, when no split is possible: fewer than two periods, no events, no
 * allowed split with exposure on both sides in the wanted direction, or an input that breaks the
 * rules above (negative or NaN exposure, events without exposure, more than
 * CHANGEPOINT_MAX_PERIODS). `runs` is capped at CHANGEPOINT_MAX_RUNS. Takes time in proportion to
 * n * runs, about 0.03 s for 40 periods and 9999 runs. */
gboolean changepoint_find(const ChangeRequest *req, ChangePoint *ret);

#endif
