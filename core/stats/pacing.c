/* Pacing: clockwork statistic of gaps, and the runs in which it stays small. */
#include "core/stats/pacing.h"

#include <math.h>

/* Cancellation costs digits of the variance only where these do not matter: at the greatest gap
 * the error is 1e-6 of a squared second. */
static double statistic_of(guint64 sum, guint64 squares, gsize n)
{
  double mean = (double)sum / (double)n;
  double variance = (double)squares / (double)n - mean * mean;

  return mean > 0.0 ? sqrt(fmax(0.0, variance - PACING_STAMP_ERROR)) / mean : NAN;
}

double pacing_statistic(const guint32 *gaps, gsize n)
{
  guint64 sum = 0, squares = 0;

  if (n == 0)
    return NAN;
  for (gsize i = 0; i < n; i++) {
    if (gaps[i] > PACING_MAX_GAP)
      return NAN;
    sum += gaps[i];
    squares += (guint64)gaps[i] * gaps[i];
  }
  return statistic_of(sum, squares, n);
}

static void restart_at(PacingSearch *s, gsize at)
{
  s->first = s->end = at;
  s->sum = s->squares = 0;
}

static void take_gap(PacingSearch *s)
{
  guint64 gap = s->gaps[s->end++];

  s->sum += gap;
  s->squares += gap * gap;
}

static void drop_gap(PacingSearch *s)
{
  guint64 gap = s->gaps[s->first++];

  s->sum -= gap;
  s->squares -= gap * gap;
}

/* Drops gaps from the left until the window is steady. FALSE when min_gaps of them are not. */
static gboolean make_steady(PacingSearch *s, double *ret_statistic)
{
  for (;;) {
    gsize n = s->end - s->first;
    *ret_statistic = statistic_of(s->sum, s->squares, n);
    if (*ret_statistic < s->threshold)
      return TRUE;
    if (n <= s->min_gaps)
      return FALSE;
    drop_gap(s);
  }
}

void pacing_search_init(PacingSearch *s, const guint32 *gaps, gsize n, gsize min_gaps,
                        double threshold)
{
  *s = (PacingSearch){gaps, n, MAX(min_gaps, 2), threshold, 0, 0, 0, 0};
}

gboolean pacing_search_next(PacingSearch *s, PacingRun *ret)
{
  PacingRun best = {0};
  double statistic;

  while (s->end < s->n) {
    if (s->gaps[s->end] > PACING_MAX_GAP) {
      restart_at(s, s->end + 1);
      if (best.n > 0)
        break;
      continue;
    }
    take_gap(s);
    if (s->end - s->first < s->min_gaps)
      continue;
    if (make_steady(s, &statistic)) {
      gsize n = s->end - s->first;
      if (n > best.n)
        best = (PacingRun){s->first, n, (double)s->sum / (double)n, statistic};
    } else if (best.n > 0) {
      /* Ended. The last gaps may begin another run, as far as this one did not use them. */
      restart_at(s, MAX(best.first + best.n, s->end - s->min_gaps + 1));
      break;
    }
  }
  if (best.n == 0)
    return FALSE;
  *ret = best;
  return TRUE;
}

gboolean pacing_longest_run(const guint32 *gaps, gsize n, gsize min_gaps, double threshold,
                            PacingRun *ret)
{
  PacingSearch s;
  PacingRun run, best = {0};

  pacing_search_init(&s, gaps, n, min_gaps, threshold);
  while (pacing_search_next(&s, &run))
    if (run.n > best.n)
      best = run;
  if (best.n == 0)
    return FALSE;
  *ret = best;
  return TRUE;
}
