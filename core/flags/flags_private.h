/* Flags, the inside: the steps between a rule's finding and a finished list. For core/flags only.
 */
#ifndef CORE_FLAGS_FLAGS_PRIVATE_H
#define CORE_FLAGS_FLAGS_PRIVATE_H

#include "core/flags/flags.h"

struct FlagSink {
  const Study *study;
  GPtrArray *flags; /* of Flag* */
};

/* Doubts that the evidence of a finished flag raises, those of `mask` only. */
guint doubts_of(const Study *s, const Flag *f, guint mask);
/* Finds the related flags of every flag anew. */
void flags_relate(GPtrArray *flags, const Study *s);

#endif
