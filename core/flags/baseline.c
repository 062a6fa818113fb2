/* Baselines: user-days to compare with, and their medians. */
#include "core/flags/baseline.h"

#include "core/stats/robust.h"

#include <math.h>

#define AROUND 7 /* days before and after that still are "the same weeks" */

double day_measure(const UserDay *d, DayMeasure m)
{
  switch (m) {
  case DAY_REQUESTS:
    return d->requests;
  case DAY_PAGES:
    return d->pages;
  case DAY_DISTINCT:
    return d->distinct;
  case DAY_IN_MINUTE:
    return d->in_minute;
  case N_DAY_MEASURES:
    break;
  }
  return 0;
}

/* Days of one user from..to (since the first day of the log). */
static void add_days(const Study *s, guint32 user, gint64 from, gint64 to, GPtrArray *ret)
{
  const Pages *p = s->pages;
  if (to < 0)
    return;
  guint32 i = pages_day_at(p, user, (guint32)CLAMP(from, 0, G_MAXUINT32));
  for (; i < p->day_start[user + 1] && p->days[i].day <= to; i++)
    g_ptr_array_add(ret, &p->days[i]);
}

static void add_own(const Study *s, guint32 user, gint64 from, gint64 to, GPtrArray *ret)
{
  add_days(s, user, 0, from - 1, ret);
  add_days(s, user, to + 1, G_MAXUINT32, ret);
}

static void add_cohort(const Study *s, guint16 cohort, guint32 but, gint64 from, gint64 to,
                       GPtrArray *ret)
{
  for (guint32 i = s->member_start[cohort]; i < s->member_start[cohort + 1]; i++)
    if (s->members[i] != but)
      add_days(s, s->members[i], from, to, ret);
}

/* Other cohorts of the program, each shifted so that the starts fall together. */
static void add_program(const Study *s, guint16 cohort, gint64 from, gint64 to, GPtrArray *ret)
{
  const CohortTable *table = s->ds->log->cohorts;
  const Cohort *own = cohort_table_get(table, cohort);
  if (own->start == CIVIL_DAY_NONE || own->program == PROGRAM_NONE)
    return;
  for (guint c = 1; c < table->cohorts->len; c++) {
    const Cohort *other = cohort_table_get(table, (guint16)c);
    if (c == cohort || other->program != own->program || other->staff ||
        other->start == CIVIL_DAY_NONE)
      continue;
    gint64 shift = (gint64)other->start - own->start;
    add_cohort(s, (guint16)c, G_MAXUINT32, from + shift, to + shift, ret);
  }
}

void baseline_days(const Study *s, BaselineKind k, guint32 user, CivilDay from, CivilDay to,
                   GPtrArray *ret)
{
  CivilDay first = s->ds->log->first_day;
  gint64 a = (gint64)from - first, b = (gint64)to - first;
  guint16 cohort = s->cohort_of_user[user];
  if (k == BASELINE_OWN)
    add_own(s, user, a, b, ret);
  else if (cohort == COHORT_NONE)
    return;
  else if (k == BASELINE_COHORT)
    add_cohort(s, cohort, user, a - AROUND, b + AROUND, ret);
  else
    add_program(s, cohort, a - AROUND, b + AROUND, ret);
}

double baseline_median(const Study *s, BaselineKind k, DayMeasure m, guint32 user, CivilDay from,
                       CivilDay to, guint32 *ret_n)
{
  GPtrArray *days = g_ptr_array_new();
  baseline_days(s, k, user, from, to, days);
  double *values = g_new(double, days->len + 1);
  for (guint i = 0; i < days->len; i++)
    values[i] = day_measure(g_ptr_array_index(days, i), m);
  double median = robust_median(values, days->len);
  *ret_n = days->len;
  g_free(values);
  g_ptr_array_unref(days);
  return median;
}

void baseline_set_days(Flag *f, const Study *s, DayMeasure m)
{
  static const char *const what[N_DAY_MEASURES] = {
      [DAY_REQUESTS] = "median hits per active day, assets not counted",
      [DAY_PAGES] = "median pages per active day",
      [DAY_DISTINCT] = "median distinct pages per active day",
      [DAY_IN_MINUTE] = "median distinct pages in the busiest minute of an active day",
  };
  g_return_if_fail(m < N_DAY_MEASURES);
  for (guint k = 0; k < N_BASELINES; k++) {
    guint32 n = 0;
    double median = baseline_median(s, (BaselineKind)k, m, f->key, civil_day_of(f->from),
                                    civil_day_of(f->to), &n);
    flag_set_baseline(f, (BaselineKind)k, median, n, what[m]);
  }
}

void baseline_set_values(Flag *f, const Study *s, const guint16 *value, const char *what)
{
  GPtrArray *days = g_ptr_array_new();
  for (guint k = 0; k < N_BASELINES; k++) {
    g_ptr_array_set_size(days, 0);
    baseline_days(s, (BaselineKind)k, f->key, civil_day_of(f->from), civil_day_of(f->to), days);
    double *values = g_new(double, days->len + 1);
    for (guint i = 0; i < days->len; i++)
      values[i] = value[(const UserDay *)g_ptr_array_index(days, i) - s->pages->days];
    flag_set_baseline(f, (BaselineKind)k, robust_median(values, days->len), days->len, what);
    g_free(values);
  }
  g_ptr_array_unref(days);
}
