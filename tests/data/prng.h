/* Random numbers of the sample generator.
 *
 * A counter-based stream (SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014). Each user and day gets a stream of its own, so that a change to one story
 * leaves every other row where it was. Integers only: floating point would make the bytes depend
 * on the machine. */
#ifndef TESTS_DATA_PRNG_H
#define TESTS_DATA_PRNG_H

#include <glib.h>

typedef struct {
  guint64 state;
} Prng;

static inline guint64 prng_mix(guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static inline guint64 prng_next(Prng *r)
{
  r->state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  return prng_mix(r->state);
}

/* The stream that belongs to (seed, a, b). */
static inline Prng prng_stream(guint64 seed, guint64 a, guint64 b)
{
  Prng r = {prng_mix(prng_mix(seed + a * G_GUINT64_CONSTANT(0xd1342543de82ef95)) ^
                     (b * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)))};
  return r;
}

/* 0 .. n-1; n > 0. */
static inline guint32 prng_below(Prng *r, guint32 n)
{
  return (guint32)(((prng_next(r) >> 32) * n) >> 32);
}

/* TRUE in `per_mille` of 1000 draws. */
static inline gboolean prng_chance(Prng *r, guint32 per_mille)
{
  return prng_below(r, 1000) < per_mille;
}

#endif
