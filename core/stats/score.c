/* Scores: threshold scale, doubts, combination. */
#include "core/stats/score.h"

#include <math.h>

double score_of(double x, double h)
{
  if (!(x > 0.0))
    return 0.0;
  if (!(h > 0.0))
    return 100.0;
  return 100.0 * (1.0 - exp2(-x / h));
}

double score_doubted(double score, guint n)
{
  return score * pow(SCORE_DOUBT, (double)n);
}

double score_combine(const double *scores, gsize n)
{
  double miss = 1.0;

  for (gsize i = 0; i < n; i++)
    miss *= 1.0 - fmin(100.0, fmax(0.0, scores[i])) / 100.0;
  return 100.0 * (1.0 - miss);
}
