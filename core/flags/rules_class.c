/* Rules low-activity and gone-quiet: students who hardly read, and students who stopped. */
#include "core/base/marked.h"
#include "core/flags/lowactivity.h"
#include "core/flags/quiet.h"
#include "core/flags/rules.h"
#include "core/stats/score.h"

#include <math.h>

/* A class of which the log shows fewer class days than this says little about its students. */
#define YOUNG_CLASS 20
/* Multiples of the threshold beyond which nothing more is to be said. */
#define MULTIPLE_MAX 20

static const char *name_of(const RuleContext *c, guint32 user)
{
  return strpool_get(c->study->ds->log->users, user, NULL);
}

static const char *cohort_name(const RuleContext *c, guint16 cohort)
{
  return cohort == COHORT_NONE ? "no cohort"
                               : cohort_table_get(c->study->ds->log->cohorts, cohort)->name;
}

/* Rows of the user on the days from..to. */
static void rows_of_days(const RuleContext *c, guint32 user, CivilDay from, CivilDay to,
                         GArray *ret)
{
  const AccessLog *log = c->study->ds->log;
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 row = log->rows_by_user[i];
    CivilDay day = civil_day_of(log->time[row]);
    if (day >= from && day <= to)
      g_array_append_val(ret, row);
  }
}

static void set_rows(Flag *f, const RuleContext *c, guint32 user, CivilDay from, CivilDay to)
{
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  rows_of_days(c, user, from, to, rows);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  g_array_unref(rows);
}

/* --- low activity ------------------------------------------------------------------------------
 */

/* How many times as little as the threshold asks for; the most telling of the three. */
static double low_multiple(const LowStudent *s, const LowOptions *o)
{
  double few = o->hits / MAX(1, s->hits ? s->hits : s->outside);
  double share = s->listed & LOW_SHARE ? o->share / MAX(s->share, 1e-6) : 0;
  double z = s->listed & LOW_Z ? s->z / MIN(o->z, -1e-6) : 0;
  few = s->listed & (LOW_FEW_HITS | LOW_TEST_ID) ? few : 0;
  return MIN(MULTIPLE_MAX, MAX(few, MAX(share, z)));
}

static void low_text(Flag *f, const RuleContext *c, const LowStudent *s, double median)
{
  char *reasons = low_reasons_text(s);
  const char *in = cohort_name(c, s->cohort);
  if (s->in)
    flag_set_text(f,
                  "User " MARKED_USER
                  " made %u %s in class (%s%s) on %u of %u class days that the log covers; "
                  "the median of the class is %.0f%s%s.",
                  name_of(c, s->user), s->hits, s->hits == 1 ? "hit" : "hits",
                  s->probable ? "probably " : "", in, s->student->n_days, s->in->n_class_days,
                  median, *reasons ? "; " : "", reasons);
  else
    flag_set_text(f, "User " MARKED_USER " (%s) made %u %s in all: %s.", name_of(c, s->user), in,
                  s->outside, s->outside == 1 ? "hit" : "hits", reasons);
  g_free(reasons);
}

static void low_flag(const RuleContext *c, FlagSink *sink, const LowActivity *l,
                     const LowStudent *s)
{
  Flag *f = flag_new(c->rule, SUBJECT_USER, s->user);
  f->cohort = s->cohort;
  if (s->in)
    set_rows(f, c, s->user, s->in->from, s->in->to);
  else
    set_rows(f, c, s->user, G_MININT32, G_MAXINT32);
  const LowBaseline *b = s->in ? &l->baselines[s->in - l->classes->classes] : NULL;
  f->raw_score = score_of(low_multiple(s, &l->options), 1);
  flag_add_term(f, "hits in class", s->hits);
  flag_add_term(f, "threshold", l->options.hits);
  if (s->in) {
    flag_add_term(f, "class days", s->in->n_class_days);
    flag_add_term(f, "hits per class day", s->per_day);
    flag_add_term(f, "share of the median", s->share);
    flag_add_term(f, "robust z", s->z);
    flag_set_baseline(f, BASELINE_COHORT, b->median, b->students, "median hits in class");
  }
  flag_add_term(f, "days", s->days);
  flag_add_term(f, "lessons", s->lessons);
  flag_add_term(f, "addresses", s->n_ips);
  if (s->in && s->in->n_class_days < YOUNG_CLASS)
    f->doubts |= DOUBT_LOG_EDGE;
  if (s->staff)
    f->doubts |= DOUBT_STAFF;
  low_text(f, c, s, b ? b->median : NAN);
  flag_sink_add(sink, c, f);
}

void rule_low_activity(const RuleContext *c, FlagSink *sink)
{
  LowOptions o;
  low_options_init(&o);
  o.hits = rule_value(c, "hits");
  o.share = rule_value(c, "share");
  o.z = rule_value(c, "z");
  LowActivity *l = low_activity_new(c->study, &o);
  for (guint i = 0; i < l->n; i++)
    low_flag(c, sink, l, &l->students[i]);
  low_activity_free(l);
}

/* --- gone quiet --------------------------------------------------------------------------------
 */

static void quiet_text(Flag *f, const RuleContext *c, const Quiet *q, const QuietStudent *s)
{
  char seen[CIVIL_BUF], today[CIVIL_BUF];
  civil_format(s->last_seen, ' ', seen);
  civil_format_day(q->today, today);
  if (s->why & QUIET_SILENT)
    flag_set_text(f,
                  "User " MARKED_USER
                  " (%s, running) was last seen on %s: %u class days (%u days) without a "
                  "hit until %s, after hits in %u weeks of the course.",
                  name_of(c, s->user), cohort_name(c, s->in->in->cohort), seen, s->class_days_quiet,
                  s->days_quiet, today, s->weeks_active);
  else
    flag_set_text(f,
                  "User " MARKED_USER
                  " (%s, running) made %u hits in week %d of the course so far, where the "
                  "median of the class is %.0f.",
                  name_of(c, s->user), cohort_name(c, s->in->in->cohort), s->judged_hits,
                  s->in->judged_week, s->in->judged_median);
}

static void quiet_flag(const RuleContext *c, FlagSink *sink, const Quiet *q, const QuietStudent *s)
{
  Flag *f = flag_new(c->rule, SUBJECT_USER, s->user);
  const QuietClass *r = s->in;
  f->cohort = r->in->cohort;
  /* the last fortnight in which the student was there: what the silence is measured against */
  CivilDay last = civil_day_of(s->last_seen);
  set_rows(f, c, s->user, last - 13, last);
  double silent = s->why & QUIET_SILENT ? s->class_days_quiet / (double)MAX(1, q->options.days) : 0;
  double week =
      s->why & QUIET_WEEK ? q->options.share * r->judged_median / MAX(0.5, s->judged_hits) : 0;
  f->raw_score = score_of(MIN(MULTIPLE_MAX, MAX(silent, week)), 1);
  flag_add_term(f, "class days quiet", s->class_days_quiet);
  flag_add_term(f, "threshold", q->options.days);
  flag_add_term(f, "days quiet", s->days_quiet);
  flag_add_term(f, "weeks active", s->weeks_active);
  flag_add_term(f, "course week", r->week);
  flag_add_term(f, "hits this week", s->week_hits);
  flag_set_baseline(f, BASELINE_OWN, s->hits / (double)MAX(1, s->weeks_active), s->weeks_active,
                    "hits in a week with hits");
  flag_set_baseline(f, BASELINE_COHORT, r->week_median, r->students,
                    "median hits this week of the course");
  flag_set_baseline(f, BASELINE_PROGRAM, r->earlier_median, r->earlier_classes,
                    "median hits of earlier classes in the same days of the course");
  quiet_text(f, c, q, s);
  flag_sink_add(sink, c, f);
}

void rule_gone_quiet(const RuleContext *c, FlagSink *sink)
{
  QuietOptions o;
  quiet_options_init(&o);
  o.days = (guint)rule_value(c, "days");
  o.weeks = (guint)rule_value(c, "weeks");
  o.share = rule_value(c, "share");
  Quiet *q = quiet_new(c->study, &o);
  for (guint i = 0; i < q->n_quiet; i++)
    quiet_flag(c, sink, q, &q->students[i]);
  quiet_free(q);
}
