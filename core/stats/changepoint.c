/* Change point: search over splits by log-likelihood, significance by simulation. */
#include "core/stats/changepoint.h"

#include <math.h>

#include "core/stats/prng.h"

/* Gains are sums of rounded logarithms: equal within this. */
#define SAME_GAIN 1e-9

typedef struct {
  guint64 events;
  double exposure;
} Totals;

/* y log(y / e): the part of the Poisson log-likelihood that depends on where the split is. */
static double log_part(double events, double exposure)
{
  return events > 0.0 ? events * log(events / exposure) : 0.0;
}

/* Gain of a split with y events over exposure e before it; -inf when it is not a candidate. */
static double split_gain(const Totals *all, double y, double e, ChangeDirection direction)
{
  double y2 = (double)all->events - y, e2 = all->exposure - e;
  double lean;

  if (!(e > 0.0) || !(e2 > 0.0))
    return -INFINITY;
  lean = y / e - y2 / e2;
  if ((direction == CHANGE_FALL && !(lean > 0.0)) || (direction == CHANGE_RISE && !(lean < 0.0)))
    return -INFINITY;
  return log_part(y, e) + log_part(y2, e2) - log_part((double)all->events, all->exposure);
}

static gboolean is_allowed(const ChangeRequest *req, gsize split)
{
  return req->allowed == NULL || req->allowed[split];
}

/* Best split of `events`; its gain goes to *ret_gain (-inf when there is none, split 0). */
static gsize best_split(const ChangeRequest *req, const guint64 *events, const Totals *all,
                        double *ret_gain)
{
  double y = 0.0, e = 0.0, best = -INFINITY;
  gsize at = 0;

  for (gsize s = 1; s < req->n; s++) {
    double gain;
    y += (double)events[s - 1];
    e += req->exposure[s - 1];
    if (!is_allowed(req, s))
      continue;
    gain = split_gain(all, y, e, req->direction);
    if (gain > (at == 0 ? -INFINITY : best + SAME_GAIN)) {
      best = gain;
      at = s;
    }
  }
  *ret_gain = best;
  return at;
}

/* Deals all events to the periods in proportion to exposure: a multinomial draw, period by period
 * as binomials of what is left. */
static void deal_events(const ChangeRequest *req, const Totals *all, Prng *g, guint64 *events)
{
  guint64 left = all->events;
  double exposure = all->exposure;

  for (gsize i = 0; i < req->n; i++) {
    double e = req->exposure[i];
    events[i] = e > 0.0 ? prng_binomial(g, left, e / exposure) : 0;
    left -= events[i];
    exposure -= e;
  }
}

static double simulate_p(const ChangeRequest *req, const Totals *all, double gain, guint64 *scratch)
{
  guint runs = MIN(req->runs, CHANGEPOINT_MAX_RUNS), reached = 0;
  Prng g;

  if (runs == 0)
    return NAN;
  prng_seed(&g, req->seed);
  for (guint run = 0; run < runs; run++) {
    double simulated;
    deal_events(req, all, &g, scratch);
    best_split(req, scratch, all, &simulated);
    reached += simulated >= gain - SAME_GAIN ? 1 : 0;
  }
  return (reached + 1.0) / (runs + 1.0);
}

static gboolean sum_totals(const ChangeRequest *req, Totals *ret)
{
  Totals all = {0};

  if (req->n < 2 || req->n > CHANGEPOINT_MAX_PERIODS)
    return FALSE;
  for (gsize i = 0; i < req->n; i++) {
    double e = req->exposure[i];
    if (!(e >= 0.0) || isinf(e) || (e == 0.0 && req->events[i] > 0))
      return FALSE;
    all.events += req->events[i];
    all.exposure += e;
  }
  *ret = all;
  return all.events > 0;
}

/* Rates of both sides of cp->split, and the splits nearly as good as it. */
static void describe(const ChangeRequest *req, const Totals *all, ChangePoint *cp)
{
  double y = 0.0, e = 0.0;

  for (gsize s = 1; s < req->n; s++) {
    y += req->events[s - 1];
    e += req->exposure[s - 1];
    if (s == cp->split) {
      cp->events_before = (guint64)y;
      cp->exposure_before = e;
    }
    if (!is_allowed(req, s) || split_gain(all, y, e, req->direction) < cp->gain - CHANGEPOINT_DROP)
      continue;
    cp->low = cp->in_interval == 0 ? s : cp->low;
    cp->high = s;
    cp->in_interval++;
  }
  cp->events_after = all->events - cp->events_before;
  cp->exposure_after = all->exposure - cp->exposure_before;
  cp->rate_before = (double)cp->events_before / cp->exposure_before;
  cp->rate_after = (double)cp->events_after / cp->exposure_after;
  cp->fall = cp->rate_before > 0.0 ? 1.0 - cp->rate_after / cp->rate_before : -INFINITY;
}

gboolean changepoint_find(const ChangeRequest *req, ChangePoint *ret)
{
  ChangePoint cp = {0};
  Totals all;
  guint64 *events;

  if (!sum_totals(req, &all))
    return FALSE;
  events = g_new(guint64, req->n);
  for (gsize i = 0; i < req->n; i++)
    events[i] = req->events[i];
  cp.split = best_split(req, events, &all, &cp.gain);
  if (cp.split != 0) {
    describe(req, &all, &cp);
    cp.p = simulate_p(req, &all, cp.gain, events);
    *ret = cp;
  }
  g_free(events);
  return cp.split != 0;
}
