/* Entropy: H = log2(N) - sum(c log2 c) / N, which needs no second pass over the counts. */
#include "core/stats/entropy.h"

#include <math.h>

void entropy_add(Entropy *e, guint64 count)
{
  double c = (double)count;

  if (count == 0)
    return;
  e->classes++;
  e->total += c;
  e->sum_log += c * log2(c);
}

Entropy entropy_of(const guint64 *counts, gsize n)
{
  Entropy e = {0};

  for (gsize i = 0; i < n; i++)
    entropy_add(&e, counts[i]);
  return e;
}

double entropy_bits(const Entropy *e)
{
  if (e->classes == 0)
    return NAN;
  if (e->classes == 1)
    return 0.0;
  return fmax(0.0, log2(e->total) - e->sum_log / e->total);
}

double entropy_evenness(const Entropy *e)
{
  if (e->classes == 0)
    return NAN;
  return e->classes == 1 ? 0.0 : fmin(1.0, entropy_bits(e) / log2((double)e->classes));
}

double entropy_effective_number(const Entropy *e)
{
  return e->classes == 0 ? NAN : exp2(entropy_bits(e));
}
