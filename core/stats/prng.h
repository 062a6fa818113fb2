/* Random numbers that can be repeated: same seed, same numbers, on every machine.
 *
 * Generator: xoshiro256** 1.0, state filled by splitmix64 (D. Blackman, S. Vigna, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 47, 2021; G. Steele, D. Lea, C. Flood, OOPSLA 2014).
 * Whole numbers below a bound: D. Lemire, "Fast random integer generation in an interval", ACM
 * TOMACS 29, 2019. Binomial and Poisson: W. Hoermann, "The generation of binomial random variates",
 * J. Stat. Comput. Simul. 46, 1993, and "The transformed rejection method for generating Poisson
 * random variables", Insurance: Math. Econ. 12, 1993; plain inversion for small means.
 *
 * For simulation, sample data and tests; never for secrets. A Prng belongs to one thread. The whole
 * numbers are the same everywhere; those that pass through a logarithm (normal, binomial, Poisson)
 * could differ between C libraries in rare cases of rounding. */
#ifndef CORE_STATS_PRNG_H
#define CORE_STATS_PRNG_H

#include <glib.h>

typedef struct {
  guint64 s[4];
} Prng;

/* Next number of splitmix64; *state moves on. Good for turning one seed into many. */
guint64 prng_splitmix(guint64 *state);

/* Any seed is good, 0 too. */
void prng_seed(Prng *g, guint64 seed);
/* 64 random bits. */
guint64 prng_next(Prng *g);
/* Uniform in 0..n-1 without bias; 0 for n = 0. */
guint64 prng_below(Prng *g, guint64 n);
/* Uniform in lo..hi, both included; lo when hi < lo. */
gint64 prng_range(Prng *g, gint64 lo, gint64 hi);
/* Uniform in [0,1), 53 bits. */
double prng_double(Prng *g);
/* TRUE with probability p. */
gboolean prng_chance(Prng *g, double p);
/* Standard normal (polar method of Marsaglia; the second number is thrown away). */
double prng_normal(Prng *g);
/* Exponential with the given mean. */
double prng_exponential(Prng *g, double mean);
/* Number of successes in n trials of probability p. p outside 0..1 is clamped, NaN counts as 0. */
guint64 prng_binomial(Prng *g, guint64 n, double p);
/* Poisson with the given mean; 0 for a mean <= 0 or NaN; means above 1e15 are taken as 1e15. */
guint64 prng_poisson(Prng *g, double mean);
/* Index 0..n-1 with probability in proportion to weights[]; n when n is 0 or no weight is > 0.
 * Weights that are negative or NaN count as 0. */
guint prng_pick(Prng *g, const double *weights, guint n);
/* Fisher-Yates shuffle of n elements of `size` bytes each. */
void prng_shuffle(Prng *g, gpointer base, gsize n, gsize size);

#endif
