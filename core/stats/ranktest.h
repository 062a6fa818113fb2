/* Rank-sum test: do the values of one group tend to lie above those of another?
 *
 * Sources: F. Wilcoxon, Biometrics Bulletin 1 (1945); H. Mann, D. Whitney, Ann. Math. Stat. 18
 * (1947); tie correction and continuity correction as in E. Lehmann, "Nonparametrics: statistical
 * methods based on ranks" (1975), 1.2-1.4; effect size u / (n_a n_b): K. McGraw, S. Wong,
 * Psychological Bulletin 111 (1992).
 *
 * Small groups without ties are counted exactly; all others use the normal approximation, which
 * wants about 8 values in each group. Values are only compared, never added: one heavy reader
 * counts as one person above the others, whatever the number of hits. */
#ifndef CORE_STATS_RANKTEST_H
#define CORE_STATS_RANKTEST_H

#include <glib.h>

/* Exact when n_a * n_b is at most this and no two values are equal. The number of orders is then
 * below 2^63. */
#define RANKTEST_EXACT_PAIRS 1024

typedef struct {
  gsize n_a, n_b;
  double u;      /* pairs in which a's value is the greater; a tie is half a pair */
  double effect; /* u / (n_a n_b): chance that a random a lies above a random b; 0.5 = no shift */
  double z;      /* normal score of u with ties and continuity corrected; 0 when all are equal */
  double p_greater, p_less, p_two_sided; /* a tends to lie above b, below b, either */
  gboolean exact;                        /* the p values are counted, not approximated */
} RankTest;

/* Tests a against b; NaN values are left out. With an empty group every number is NaN. When all
 * values are equal, each p is 1. */
RankTest ranktest_run(const double *a, gsize n_a, const double *b, gsize n_b);

/* The same in two steps, for one ranking and many groups. First the ranks, 1 for the smallest,
 * equal values share their mean rank; NaN gets rank NaN and takes no place. Returns the sum of
 * t^3 - t over the groups of t equal values. */
double ranktest_ranks(const double *values, gsize n, double *ranks);
/* Then the test of a group of n_a values with the given sum of ranks against the other n_b. */
RankTest ranktest_from_ranks(double rank_sum_a, gsize n_a, gsize n_b, double tie_sum);

#endif
