/* Entropy: how widely the hits of somebody are spread over lessons, places or hours.
 *
 * Source: C. Shannon, "A mathematical theory of communication", Bell Syst. Tech. J. 27 (1948); the
 * effective number 2^H: M. Hill, "Diversity and evenness", Ecology 54 (1973); evenness H / log2 of
 * the number of classes: E. Pielou, J. Theor. Biol. 13 (1966).
 *
 * Either all counts at once or one by one into an accumulator. Counts of 0 change nothing. */
#ifndef CORE_STATS_ENTROPY_H
#define CORE_STATS_ENTROPY_H

#include <glib.h>

typedef struct {
  guint64 classes; /* counts above 0 */
  double total;
  double sum_log; /* of count * log2(count) */
} Entropy;

/* Start with a zeroed Entropy: `Entropy e = {0}`. */
void entropy_add(Entropy *e, guint64 count);
Entropy entropy_of(const guint64 *counts, gsize n);
/* Bits: 0 when all lies in one class, log2(classes) when evenly spread; NaN without any count. */
double entropy_bits(const Entropy *e);
/* 0..1: bits / log2(classes); 0 with one class, NaN without any count. */
double entropy_evenness(const Entropy *e);
/* The number of equally used classes with the same entropy: 1..classes; NaN without any count. */
double entropy_effective_number(const Entropy *e);

#endif
