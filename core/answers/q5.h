/* Question 5, the inside: what its tables and its sentences share. For core/answers/q5*.c only. */
#ifndef CORE_ANSWERS_Q5_H
#define CORE_ANSWERS_Q5_H

#include <math.h>

#include "core/answers/build.h"
#include "core/flags/crossing.h"

static inline const char *q5_track(const Dataset *ds, int track)
{
  return home_name(ds->log, track);
}

/* The month at that place; the last one for a place behind it. */
static inline int q5_month(const CrossDirection *d, gsize place)
{
  return d->months[MIN(place, (gsize)d->n_months - 1)].month;
}

static inline double q5_rate(guint64 crossing, guint64 active)
{
  return active ? (double)crossing / (double)active : NAN;
}

/* Still reads the other track in earnest after the change. */
static inline gboolean q5_still_crossing(const Crossing *c, const Crosser *s)
{
  return c->directions[s->direction].verdict == CROSS_FELL &&
         s->lessons_after >= c->options.lessons;
}

/* What was found, the answer to the question first. */
void q5_findings(Answer *a, const Study *study, const Crossing *c, guint top);
void q5_notes(Answer *a, const Study *study, const Crossing *c);

#endif
