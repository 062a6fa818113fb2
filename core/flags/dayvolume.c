/* Day volume: one count a day, for the site and for each class, run through two bands. */
#include "core/flags/dayvolume.h"

#include <math.h>

#include "core/stats/ewm.h"
#include "core/stats/robust.h"

#define QUIET_SHARE (1.0 / 3)

void day_options_init(DayOptions *o)
{
  *o = (DayOptions){.span = 30, .k = 3.5, .days = 7, .hits = 100, .gap = 20};
}

/* --- sorts of days -----------------------------------------------------------------------------
 */

static int weekday_of(const AccessLog *log, guint32 day)
{
  return civil_weekday(log->first_day + (CivilDay)day);
}

static guint32 site_hits(const AccessLog *log, guint32 day)
{
  return log->day_start[day + 1] - log->day_start[day];
}

static void find_quiet_weekdays(const AccessLog *log, gboolean *ret)
{
  double *values = g_new(double, (gsize)log->n_days / 7 + 2), median[7], most = 0;
  for (int w = 0; w < 7; w++) {
    gsize n = 0;
    for (guint32 day = 0; day < log->n_days; day++)
      if (weekday_of(log, day) == w)
        values[n++] = site_hits(log, day);
    median[w] = robust_median(values, n);
    most = median[w] > most ? median[w] : most;
  }
  for (int w = 0; w < 7; w++)
    ret[w] = median[w] < QUIET_SHARE * most;
  g_free(values);
}

/* --- one series --------------------------------------------------------------------------------
 */

typedef struct {
  const AccessLog *log;
  DayVolume *v;
  GArray *days;        /* of DayOutlier */
  gint8 *site_outside; /* by day: 1 above, -1 below */
  double *expected;    /* by day, of the site: middle of its band, NaN without one */
} Scan;

/* Tests the day against the band and lets the band see it. */
static void test_day(Scan *s, Ewm *band, guint16 cohort, guint32 day, guint32 hits)
{
  const DayOptions *o = &s->v->options;
  EwmBand b = ewm_band(band, o->k);
  gboolean edge_day = day == 0 || day + 1 == s->log->n_days;
  gboolean above = ewm_above(&b, hits) && hits >= o->hits;
  gboolean below = !edge_day && !isnan(b.sd) && hits < b.lower && b.mid >= o->hits;
  if (cohort == COHORT_NONE)
    s->expected[day] = b.mid;
  if (band->n >= o->days && (above || below)) {
    gint8 side = above ? 1 : -1;
    DayOutlier d = {.cohort = cohort,
                    .day = day,
                    .hits = hits,
                    .above = above,
                    .quiet = s->v->quiet_weekday[weekday_of(s->log, day)],
                    .site_too = cohort != COHORT_NONE && s->site_outside[day] == side,
                    .mid = b.mid,
                    .sd = b.sd,
                    .edge = above ? b.upper : b.lower,
                    .n_days = (guint32)band->n,
                    .top_user = G_MAXUINT32};
    g_array_append_val(s->days, d);
    if (cohort == COHORT_NONE)
      s->site_outside[day] = side;
  }
  /* a day far outside moves the band no further than its edge: else it would hide the next */
  gboolean known = band->n >= o->days && !isnan(b.sd) && b.sd > 0;
  ewm_push(band, known ? CLAMP(hits, b.lower, b.upper) : hits);
}

/* `hits` by day from `first` to `last`. */
static void scan_series(Scan *s, guint16 cohort, const guint32 *hits, guint32 first, guint32 last)
{
  Ewm band[2]; /* busy and quiet days */
  ewm_init(&band[0], s->v->options.span);
  ewm_init(&band[1], s->v->options.span);
  for (guint32 day = first; day <= last; day++)
    test_day(s, &band[s->v->quiet_weekday[weekday_of(s->log, day)] ? 1 : 0], cohort, day,
             hits[day]);
}

static void scan_site(Scan *s)
{
  guint32 *hits = g_new(guint32, s->log->n_days);
  for (guint32 day = 0; day < s->log->n_days; day++)
    hits[day] = site_hits(s->log, day);
  scan_series(s, COHORT_NONE, hits, 0, s->log->n_days - 1);
  g_free(hits);
}

static guint32 day_of_row(const AccessLog *log, guint32 row)
{
  return (guint32)(civil_day_of(log->time[row]) - log->first_day);
}

/* A cohort while its class ran, as far as the log covers it. */
static void scan_cohort(Scan *s, guint16 cohort, guint32 *hits)
{
  const AccessLog *log = s->log;
  const Cohort *c = cohort_table_get(log->cohorts, cohort);
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  if (c->start == CIVIL_DAY_NONE || cohort_phase(c, c->start) != PHASE_CLASS ||
      c->end < log->first_day || c->start > last)
    return;
  guint32 from = (guint32)(MAX(c->start, log->first_day) - log->first_day);
  guint32 to = (guint32)(MIN(c->end, last) - log->first_day);
  for (guint32 day = from; day <= to; day++)
    hits[day] = 0;
  guint32 n = 0;
  for (guint32 i = log->cohort_start[cohort]; i < log->cohort_start[cohort + 1]; i++) {
    guint32 day = day_of_row(log, log->rows_by_cohort[i]);
    if (day >= from && day <= to) {
      hits[day]++;
      n++;
    }
  }
  if (n > 0)
    scan_series(s, cohort, hits, from, to);
}

/* --- gaps --------------------------------------------------------------------------------------
 */

static void find_gaps(const Scan *s, GArray *gaps)
{
  const AccessLog *log = s->log;
  for (guint32 day = 0; day < log->n_days; day++) {
    guint32 end = day;
    double expected = 0;
    for (; end < log->n_days && site_hits(log, end) == 0; end++)
      expected += isnan(s->expected[end]) ? 0 : s->expected[end];
    if (end == day)
      continue;
    LogGap g = {.from = log->first_day + (CivilDay)day,
                .to = log->first_day + (CivilDay)end - 1,
                .before = log->time[log->day_start[day] - 1], /* the first day has rows */
                .after = log->time[log->day_start[end]],      /* and so has the last */
                .expected = expected};
    if (expected >= s->v->options.gap)
      g_array_append_val(gaps, g);
    day = end;
  }
}

/* --- who it was --------------------------------------------------------------------------------
 */

void day_volume_rows(const Study *study, const DayOutlier *d, GArray *ret)
{
  const AccessLog *log = study->ds->log;
  for (guint32 row = log->day_start[d->day]; row < log->day_start[d->day + 1]; row++)
    if (d->cohort == COHORT_NONE || log->cohort[row] == d->cohort)
      g_array_append_val(ret, row);
}

static void count_users(const Study *study, DayOutlier *d, guint32 *tally)
{
  const AccessLog *log = study->ds->log;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  day_volume_rows(study, d, rows);
  for (guint i = 0; i < rows->len; i++) {
    guint32 user = log->user[g_array_index(rows, guint32, i)];
    d->users += tally[user]++ == 0;
    if (tally[user] > d->top_hits) {
      d->top_hits = tally[user];
      d->top_user = user;
    }
  }
  for (guint i = 0; i < rows->len; i++)
    tally[log->user[g_array_index(rows, guint32, i)]] = 0;
  g_array_unref(rows);
}

/* --- life --------------------------------------------------------------------------------------
 */

static void run(Scan *s, const Study *study)
{
  const AccessLog *log = s->log;
  GArray *gaps = g_array_new(FALSE, FALSE, sizeof(LogGap));
  guint32 *hits = g_new0(guint32, log->n_days);
  guint32 *tally = g_new0(guint32, (gsize)strpool_count(log->users) + 1);
  s->site_outside = g_new0(gint8, log->n_days);
  s->expected = g_new0(double, log->n_days);
  find_quiet_weekdays(log, s->v->quiet_weekday);
  scan_site(s);
  for (guint c = COHORT_NONE + 1; c < log->cohorts->cohorts->len; c++)
    scan_cohort(s, (guint16)c, hits);
  for (guint i = 0; i < s->days->len; i++)
    count_users(study, &g_array_index(s->days, DayOutlier, i), tally);
  find_gaps(s, gaps);
  s->v->n_gaps = gaps->len;
  s->v->gaps = (LogGap *)(void *)g_array_free(gaps, FALSE);
  g_free(hits);
  g_free(tally);
  g_free(s->site_outside);
  g_free(s->expected);
}

DayVolume *day_volume_new(const Study *study, const DayOptions *o)
{
  DayVolume *v = g_new0(DayVolume, 1);
  if (o)
    v->options = *o;
  else
    day_options_init(&v->options);
  Scan s = {.log = study->ds->log, .v = v};
  s.days = g_array_new(FALSE, FALSE, sizeof(DayOutlier));
  if (s.log->n_days > 0)
    run(&s, study);
  v->n = s.days->len;
  v->days = (DayOutlier *)(void *)g_array_free(s.days, FALSE);
  return v;
}

void day_volume_free(DayVolume *v)
{
  if (!v)
    return;
  g_free(v->days);
  g_free(v->gaps);
  g_free(v);
}
