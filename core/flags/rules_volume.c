/* Rule volume: a day on which one user read far more than ever, or than anybody does.
 *
 * A day is measured against the band of the user's earlier active days, as it stood the day before:
 * a band that already holds the day stretches to let it pass. Days without a hit are no steps, or
 * two quiet months would make a single page remarkable. */
#include "core/flags/baseline.h"
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/stats/ewm.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#include <math.h>

#define BUSY_SHARE 0.3 /* of the cohort read more than its usual day: the class was at work */
#define BUSY_MIN   4   /* a class has so many others */
#define BUSY_TIMES 5   /* what is more than so many times the class's most is no class work */
#define HISTORY    14  /* days before it, or the band stands on little */

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  double hits, half, span, k, high;
  guint64 days;
  double fence;  /* above the user-days of everybody */
  double *usual; /* by user: median hits of an active day; NaN until asked for */
} Volume;

/* Upper fence of all user-days. */
static double all_days_fence(const Pages *p, double k)
{
  double *values = g_new(double, (gsize)p->n_days + 1), high;
  for (guint32 i = 0; i < p->n_days; i++)
    values[i] = day_measure(&p->days[i], DAY_REQUESTS);
  RobustSummary s = robust_summarise(values, p->n_days);
  robust_fences(&s, k, NULL, &high);
  g_free(values);
  return high;
}

static double usual_day(Volume *v, guint32 user)
{
  const Pages *p = v->c->study->pages;
  if (!isnan(v->usual[user]))
    return v->usual[user];
  guint32 first = p->day_start[user], n = p->day_start[user + 1] - first;
  double *values = g_new(double, (gsize)n + 1);
  for (guint32 i = 0; i < n; i++)
    values[i] = day_measure(&p->days[first + i], DAY_REQUESTS);
  v->usual[user] = robust_median(values, n);
  g_free(values);
  return v->usual[user];
}

/* Whether much of the user's class read more than usual on that day, and somebody there came
 * anywhere near the user: the class explains an amount, but not five times its most. */
static gboolean is_busy_class(Volume *v, guint32 user, guint32 day)
{
  const Study *s = v->c->study;
  const Pages *p = s->pages;
  guint16 cohort = s->cohort_of_user[user];
  CivilDay date = s->ds->log->first_day + (CivilDay)day;
  double most = 0, own = 0;
  guint32 busy = 0, present = cohort == COHORT_NONE ? 0 : study_present(s, cohort, date, date);
  if (present < BUSY_MIN + 1)
    return FALSE;
  for (guint32 i = s->member_start[cohort]; i < s->member_start[cohort + 1]; i++) {
    guint32 other = s->members[i], at = pages_day_at(p, other, day);
    if (at == p->day_start[other + 1] || p->days[at].day != day)
      continue;
    double hits = day_measure(&p->days[at], DAY_REQUESTS);
    if (other == user) {
      own = hits;
      continue;
    }
    busy += hits > usual_day(v, other);
    most = MAX(most, hits);
  }
  return busy >= BUSY_SHARE * (present - 1) && own <= BUSY_TIMES * most;
}

static void set_evidence(Flag *f, const Dataset *ds, const UserDay *d)
{
  const AccessLog *log = ds->log;
  guint32 *rows = g_new(guint32, (gsize)d->hits + 1), n = 0;
  for (guint32 i = d->first_row; i < d->first_row + d->hits; i++) {
    guint32 row = log->rows_by_user[i];
    guint32 entry = ds->catalog->entry_of_path[log->path[row]];
    if (ds->catalog->kind_of_entry[entry] != KIND_ASSET)
      rows[n++] = row;
  }
  flag_set_rows(f, rows, n);
  g_free(rows);
}

static void describe(Flag *f, const RuleContext *c, guint32 user, const UserDay *d, double limit,
                     gboolean own)
{
  char *who = episode_user(c, user), *lasted = episode_duration(f->to - f->from);
  char day[CIVIL_BUF];
  civil_format_day(civil_day_of(f->from), day);
  flag_set_text(f,
                own ? "%s made %u hits (%u distinct pages) on %s within %s; the band of the "
                      "earlier days ended at %.0f."
                    : "%s made %u hits (%u distinct pages) on %s within %s; hardly any day of "
                      "anybody is above %.0f.",
                who, d->requests, d->distinct, day, lasted, limit);
  g_free(who);
  g_free(lasted);
}

/* `limit`: the upper edge of the band, or the fence; `h`: what scores 50. */
static void volume_flag(Volume *v, guint32 user, const UserDay *d, double limit, double h,
                        gboolean own)
{
  const Study *s = v->c->study;
  Flag *f = flag_new(v->c->rule, SUBJECT_USER, user);
  set_evidence(f, s->ds, d);
  f->from = s->ds->log->time[f->rows[0]];
  f->to = s->ds->log->time[f->rows[f->n_rows - 1]];
  double minutes = MAX(1, (double)(f->to - f->from) / 60);
  f->raw_score = score_of(d->requests, h);
  flag_add_term(f, "hits", d->requests);
  flag_add_term(f, "threshold", h);
  flag_add_term(f, own ? "band" : "fence", limit);
  flag_add_term(f, "pages", d->pages);
  flag_add_term(f, "distinct pages", d->distinct);
  flag_add_term(f, "duration seconds", (double)(f->to - f->from));
  flag_add_term(f, "pages per minute", d->pages / minutes);
  baseline_set_days(f, s, DAY_REQUESTS);
  if (is_busy_class(v, user, d->day))
    f->doubts |= DOUBT_WHOLE_CLASS;
  if (own && d->day - s->pages->days[s->pages->day_start[user]].day < HISTORY)
    f->doubts |= DOUBT_SHORT_HISTORY;
  describe(f, v->c, user, d, limit, own);
  flag_sink_add(v->sink, v->c, f);
}

static void volume_user(Volume *v, guint32 user)
{
  const Pages *p = v->c->study->pages;
  Ewm band;
  ewm_init(&band, v->span);
  for (guint32 i = p->day_start[user]; i < p->day_start[user + 1]; i++) {
    const UserDay *d = &p->days[i];
    double x = day_measure(d, DAY_REQUESTS);
    EwmBand yesterday = ewm_band(&band, v->k);
    gboolean above = band.n >= v->days && x >= v->hits && ewm_above(&yesterday, x);
    if (above)
      volume_flag(v, user, d, yesterday.upper, v->half, TRUE);
    else if (x > v->high && x > v->fence)
      volume_flag(v, user, d, v->fence, v->high, FALSE);
    ewm_push(&band, x);
  }
}

void rule_volume(const RuleContext *c, FlagSink *sink)
{
  const Pages *p = c->study->pages;
  Volume v = {.c = c,
              .sink = sink,
              .hits = rule_value(c, "hits"),
              .half = rule_value(c, "half"),
              .span = rule_value(c, "span"),
              .k = rule_value(c, "k"),
              .high = rule_value(c, "high"),
              .days = (guint64)rule_value(c, "days"),
              .fence = all_days_fence(p, rule_value(c, "fence")),
              .usual = g_new(double, (gsize)p->n_users + 1)};
  for (guint32 user = 0; user < p->n_users; user++)
    v.usual[user] = NAN;
  for (guint32 user = 0; user < p->n_users; user++)
    volume_user(&v, user);
  g_free(v.usual);
}
