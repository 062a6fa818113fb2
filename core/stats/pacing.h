/* Pacing: does somebody turn pages like a clock?
 *
 * The statistic of a run of gaps between pages is sqrt(max(0, variance - 1/6)) / mean, a
 * coefficient of variation. The 1/6: stamps are cut to whole seconds, which shifts each by an error
 * that is uniform over one second and has variance 1/12; a gap is the difference of two stamps, so
 * its error has variance 1/12 + 1/12 = 1/6 (W. Sheppard, Proc. London Math. Soc. 29, 1898, is the
 * classic correction of this kind). Without it a perfect clock of 2.5 s has 0.2. The variance
 * divides by n. People who read are far from even; a program that sleeps between requests is not.
 *
 * Gaps are whole seconds. No run crosses a gap above PACING_MAX_GAP, which also keeps every sum of
 * squares within 64 bits. */
#ifndef CORE_STATS_PACING_H
#define CORE_STATS_PACING_H

#include <glib.h>

#define PACING_MAX_GAP     65535 /* seconds, 18 hours */
#define PACING_STAMP_ERROR (1.0 / 6.0)

typedef struct {
  gsize first;      /* index of the first gap */
  gsize n;          /* gaps; they lie between n + 1 pages, first .. first + n */
  double mean;      /* seconds */
  double statistic; /* see above */
} PacingRun;

/* Statistic of n gaps. NaN for n = 0, for a mean of 0 and when a gap is above PACING_MAX_GAP. */
double pacing_statistic(const guint32 *gaps, gsize n);

/* Goes through the steady runs of `gaps` from left to right. A run starts where `min_gaps`
 * consecutive gaps (2 at least) have a statistic below `threshold`, and grows to the right while it
 * stays below. When the next gap breaks it, gaps are dropped from its left until the rest holds
 * again; a run that cannot be saved with min_gaps left has ended. A run is reported at its longest.
 * Reported runs do not overlap. Takes time in proportion to n, all calls together.
 *
 * Fill with pacing_search_init, then call pacing_search_next until it gives FALSE (*ret is then
 * untouched). `gaps` must outlive the search. */
typedef struct {
  const guint32 *gaps;
  gsize n, min_gaps;
  double threshold;
  gsize first, end; /* the window: gaps first .. end - 1 */
  guint64 sum, squares;
} PacingSearch;

void pacing_search_init(PacingSearch *s, const guint32 *gaps, gsize n, gsize min_gaps,
                        double threshold);
gboolean pacing_search_next(PacingSearch *s, PacingRun *ret);

/* The longest of these runs, the earliest of equals. FALSE, with *ret untouched, without any. */
gboolean pacing_longest_run(const guint32 *gaps, gsize n, gsize min_gaps, double threshold,
                            PacingRun *ret);

#endif
