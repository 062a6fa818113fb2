/* Scores: how far beyond its threshold something is, on a scale of 0 to 100.
 *
 * The scale is that of half-lives: 50 at the threshold, 75 at twice it, 87.5 at three times; it
 * never reaches 100 and needs no maximum. Doubts shrink a score by a fixed factor each. Scores of
 * independent rules join like independent chances of being right (noisy-or: J. Pearl,
 * "Probabilistic reasoning in intelligent systems", 1988, 4.3.2). A score orders a list; it is not
 * a probability. */
#ifndef CORE_STATS_SCORE_H
#define CORE_STATS_SCORE_H

#include <glib.h>

#define SCORE_DOUBT 0.6 /* factor of one doubt */

/* 100 (1 - 2^(-x / h)) for the quantity x and threshold h. 0 for x <= 0 or NaN; with h <= 0 or NaN
 * any x > 0 gives 100. */
double score_of(double x, double h);
/* `score` after `n` doubts: score * 0.6^n. */
double score_doubted(double score, guint n);
/* 100 (1 - product(1 - s / 100)); each score is clamped to 0..100 first, NaN counts as 0. 0 for
 * n = 0. */
double score_combine(const double *scores, gsize n);

#endif
