/* Rank-sum test: ranks with ties, exact counts for small groups, normal approximation. */
#include "core/stats/ranktest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/stats/special.h"

typedef struct {
  double value;
  gsize at;
} Placed;

static int compare_placed(const void *x, const void *y)
{
  double a = ((const Placed *)x)->value, b = ((const Placed *)y)->value;

  return (a > b) - (a < b);
}

double ranktest_ranks(const double *values, gsize n, double *ranks)
{
  Placed *order = g_new(Placed, n);
  gsize kept = 0;
  double tie_sum = 0.0;

  for (gsize i = 0; i < n; i++) {
    if (isnan(values[i]))
      ranks[i] = NAN;
    else
      order[kept++] = (Placed){values[i], i};
  }
  if (kept > 1)
    qsort(order, kept, sizeof *order, compare_placed);
  for (gsize from = 0, to; from < kept; from = to) {
    for (to = from + 1; to < kept && order[to].value == order[from].value; to++)
      ;
    for (gsize i = from; i < to; i++)
      ranks[order[i].at] = 0.5 * ((double)from + 1.0 + (double)to);
    double t = (double)(to - from);
    tie_sum += t * t * t - t;
  }
  g_free(order);
  return tie_sum;
}

/* Fills counts[0..m n] with the number of orders of m a's and n b's that have each u: the
 * coefficients of the Gaussian binomial, product over i of (1 - q^(n+i)) / (1 - q^i). Unsigned
 * arithmetic may wrap on the way; the results are below 2^63, hence exact. */
static void count_orders(gsize m, gsize n, guint64 *counts)
{
  gsize top = m * n;

  memset(counts, 0, (top + 1) * sizeof *counts);
  counts[0] = 1;
  for (gsize i = 1; i <= m; i++) {
    for (gsize u = top; u >= n + i; u--)
      counts[u] -= counts[u - n - i];
    for (gsize u = i; u <= top; u++)
      counts[u] += counts[u - i];
  }
}

static void exact_tails(RankTest *t)
{
  guint64 counts[RANKTEST_EXACT_PAIRS + 1];
  gsize pairs = t->n_a * t->n_b, u = (gsize)(t->u + 0.5);
  guint64 below = 0, at, total = 0;

  count_orders(MIN(t->n_a, t->n_b), MAX(t->n_a, t->n_b), counts);
  for (gsize i = 0; i <= pairs; i++) {
    below += i < u ? counts[i] : 0;
    total += counts[i];
  }
  at = counts[MIN(u, pairs)];
  t->p_greater = (double)(total - below) / (double)total;
  t->p_less = (double)(below + at) / (double)total;
}

static void normal_tails(RankTest *t, double shift, double sd)
{
  if (sd > 0.0) {
    t->p_greater = special_normal_upper((shift - 0.5) / sd);
    t->p_less = special_normal_upper(-(shift + 0.5) / sd);
  } else {
    t->p_greater = t->p_less = 1.0;
  }
}

RankTest ranktest_from_ranks(double rank_sum_a, gsize n_a, gsize n_b, double tie_sum)
{
  RankTest t = {.n_a = n_a, .n_b = n_b};
  double a = (double)n_a, b = (double)n_b, n = a + b, shift, sd;

  if (n_a == 0 || n_b == 0) {
    t.u = t.effect = t.z = t.p_greater = t.p_less = t.p_two_sided = NAN;
    return t;
  }
  t.u = rank_sum_a - a * (a + 1.0) / 2.0;
  t.effect = t.u / (a * b);
  shift = t.u - a * b / 2.0;
  sd = sqrt(fmax(0.0, a * b / 12.0 * (n + 1.0 - tie_sum / (n * (n - 1.0)))));
  t.z = sd > 0.0 ? copysign(fmax(0.0, fabs(shift) - 0.5), shift) / sd : 0.0;
  t.exact = tie_sum == 0.0 && n_a <= RANKTEST_EXACT_PAIRS / n_b;
  if (t.exact)
    exact_tails(&t);
  else
    normal_tails(&t, shift, sd);
  t.p_two_sided = fmin(1.0, 2.0 * fmin(t.p_greater, t.p_less));
  return t;
}

RankTest ranktest_run(const double *a, gsize n_a, const double *b, gsize n_b)
{
  gsize n = n_a + n_b, kept_a = 0, kept_b = 0;
  double *values = g_new(double, n), *ranks = g_new(double, n);
  double tie_sum, sum = 0.0;

  for (gsize i = 0; i < n_a; i++)
    values[i] = a[i];
  for (gsize i = 0; i < n_b; i++)
    values[n_a + i] = b[i];
  tie_sum = ranktest_ranks(values, n, ranks);
  for (gsize i = 0; i < n; i++) {
    if (isnan(ranks[i]))
      continue;
    if (i < n_a) {
      kept_a++;
      sum += ranks[i];
    } else {
      kept_b++;
    }
  }
  g_free(values);
  g_free(ranks);
  return ranktest_from_ranks(sum, kept_a, kept_b, tie_sum);
}
