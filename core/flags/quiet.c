/* Quiet: running classes, their weeks, and the students who fall silent in them. */
#include "core/flags/quiet.h"

#include <math.h>

#include "core/stats/robust.h"

#define WEEK 7

void quiet_options_init(QuietOptions *o)
{
  *o = (QuietOptions){.days = 7, .weeks = 2, .share = 0.1, .week_days = 3, .min_class = 5};
}

/* --- weeks -------------------------------------------------------------------------------------
 */

/* Median of the hits that the students of a class made in these days; all who had hits in class
 * until then count, also with none. NaN for a class with fewer than `min_class` of them. */
static double median_hits(const Classes *all, const SchoolClass *c, CivilDay from, CivilDay to,
                          guint min_class)
{
  double *values = g_new(double, (gsize)c->n_students + 1);
  guint32 n = 0;
  for (guint32 i = 0; i < c->n_students; i++) {
    const ClassStudent *s = &c->students[i];
    if (s->hits > 0 && civil_day_of(s->first) <= to)
      values[n++] = class_student_hits(all, s, from, to);
  }
  double median = n >= min_class ? robust_median(values, n) : NAN;
  g_free(values);
  return median;
}

static gboolean is_same_program(const Study *study, guint16 a, guint16 b)
{
  const CohortTable *t = study->ds->log->cohorts;
  guint8 program = cohort_table_get(t, a)->program;
  return program != PROGRAM_NONE && cohort_table_get(t, b)->program == program;
}

/* Median over the earlier classes of the program, in the same days of their course. */
static double earlier_median(const Study *study, const Quiet *q, const SchoolClass *c,
                             CivilDay from, CivilDay to, guint *ret_classes)
{
  double *values = g_new(double, q->classes->n + 1);
  guint n = 0;
  for (guint i = 0; i < q->classes->n; i++) {
    const SchoolClass *e = &q->classes->classes[i];
    CivilDay e_from = e->start + (from - c->start), e_to = e->start + (to - c->start);
    if (e->start >= c->start || !is_same_program(study, e->cohort, c->cohort) || e_from < e->from ||
        e_to > e->to)
      continue;
    double median = median_hits(q->classes, e, e_from, e_to, q->options.min_class);
    if (!isnan(median))
      values[n++] = median;
  }
  *ret_classes = n;
  double median = robust_median(values, n);
  g_free(values);
  return median;
}

static QuietClass running_class(const Study *study, const Quiet *q, const SchoolClass *c)
{
  QuietClass r = {.in = c, .students = c->n_active};
  CivilDay to = q->today;
  r.week = 1 + (to - c->start) / WEEK;
  r.week_from = c->start + (r.week - 1) * WEEK;
  r.judged_week = r.week;
  r.judged_from = r.week_from;
  r.judged_to = to;
  if (r.week > 1 && class_days_between(c, r.week_from, to) < q->options.week_days) {
    r.judged_week--;
    r.judged_from -= WEEK;
    r.judged_to = r.week_from - 1;
  }
  r.week_median = median_hits(q->classes, c, r.week_from, to, q->options.min_class);
  r.judged_median = median_hits(q->classes, c, r.judged_from, r.judged_to, q->options.min_class);
  r.earlier_median = earlier_median(study, q, c, r.week_from, to, &r.earlier_classes);
  return r;
}

/* --- students ----------------------------------------------------------------------------------
 */

/* The last row of the user until the end of a day; the user has one. */
static CivilTime last_seen(const AccessLog *log, guint32 user, CivilDay day)
{
  CivilTime end = civil_day_start(day + 1);
  guint32 low = log->user_start[user], high = log->user_start[user + 1];
  while (high - low > 1) {
    guint32 mid = low + (high - low) / 2;
    if (log->time[log->rows_by_user[mid]] < end)
      low = mid;
    else
      high = mid;
  }
  return log->time[log->rows_by_user[low]];
}

static guint32 active_weeks(const Classes *all, const QuietClass *r, const ClassStudent *s)
{
  guint32 n = 0;
  int before = -1;
  for (guint32 i = 0; i < s->n_days; i++) {
    CivilDay day = g_array_index(all->days, ClassUserDay, s->first_day + i).day;
    int week = (day - r->in->start) / WEEK;
    n += week != before;
    before = week;
  }
  return n;
}

static QuietStudent quiet_student(const Study *study, const Quiet *q, const QuietClass *r,
                                  const ClassStudent *s)
{
  const QuietOptions *o = &q->options;
  QuietStudent one = {.in = r, .student = s, .user = s->user, .hits = s->hits};
  one.last_seen = last_seen(study->ds->log, s->user, q->today);
  one.days_quiet = (guint32)(q->today - civil_day_of(one.last_seen));
  one.class_days_quiet = class_days_between(r->in, civil_day_of(one.last_seen) + 1, q->today);
  one.weeks_active = active_weeks(q->classes, r, s);
  one.week_hits = class_student_hits(q->classes, s, r->week_from, q->today);
  one.judged_hits = class_student_hits(q->classes, s, r->judged_from, r->judged_to);
  if (one.class_days_quiet >= o->days && one.weeks_active >= o->weeks)
    one.why |= QUIET_SILENT;
  if (one.judged_hits < o->share * r->judged_median && one.weeks_active >= o->weeks &&
      civil_day_of(s->first) < r->judged_from)
    one.why |= QUIET_WEEK;
  return one;
}

static int compare_students(gconstpointer a, gconstpointer b)
{
  const QuietStudent *x = a, *y = b;
  if ((x->why == 0) != (y->why == 0))
    return x->why == 0 ? 1 : -1;
  if (x->class_days_quiet != y->class_days_quiet)
    return x->class_days_quiet > y->class_days_quiet ? -1 : 1;
  return x->user < y->user ? -1 : 1;
}

static void read_students(const Study *study, Quiet *q, const QuietClass *r, const SchoolClass *c,
                          GArray *list)
{
  for (guint32 k = 0; k < c->n_students; k++) {
    if (c->students[k].hits == 0)
      continue;
    QuietStudent s = quiet_student(study, q, r, &c->students[k]);
    q->n_quiet += s.why != 0;
    g_array_append_val(list, s);
  }
}

Quiet *quiet_new(const Study *study, const QuietOptions *o)
{
  Quiet *q = g_new0(Quiet, 1);
  GArray *list = g_array_new(FALSE, FALSE, sizeof(QuietStudent));
  if (o)
    q->options = *o;
  else
    quiet_options_init(&q->options);
  q->today = study->today;
  q->classes = classes_new(study, q->today);
  q->running = g_new0(QuietClass, q->classes->n + 1);
  for (guint i = 0; i < q->classes->n; i++) {
    const SchoolClass *c = &q->classes->classes[i];
    if (c->start > q->today || c->end < q->today || c->n_active == 0)
      continue;
    QuietClass *r = &q->running[q->n_classes++];
    *r = running_class(study, q, c);
    read_students(study, q, r, c, list);
  }
  g_array_sort(list, compare_students);
  q->n = list->len;
  q->students = (QuietStudent *)(void *)g_array_free(list, FALSE);
  return q;
}

void quiet_free(Quiet *q)
{
  if (!q)
    return;
  classes_free(q->classes);
  g_free(q->running);
  g_free(q->students);
  g_free(q);
}
