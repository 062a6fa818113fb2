/* Rules cross-program, day-volume and became-staff: what concerns the school more than a class. */
#include "core/base/marked.h"
#include "core/flags/becamestaff.h"
#include "core/flags/crossing.h"
#include "core/flags/dayvolume.h"
#include "core/flags/rules.h"
#include "core/stats/score.h"

#include <math.h>

static const char *name_of(const RuleContext *c, guint32 user)
{
  return strpool_get(c->study->ds->log->users, user, NULL);
}

static const char *cohort_name(const RuleContext *c, guint16 cohort)
{
  return cohort_table_get(c->study->ds->log->cohorts, cohort)->name;
}

/* --- cross-program -----------------------------------------------------------------------------
 */

/* Students of the cohort who cross in that direction. */
static guint32 crossers_of_cohort(const RuleContext *c, const Crossing *x, const Crosser *s)
{
  guint32 n = 0;
  for (guint i = 0; i < x->n; i++)
    n += x->crossers[i].direction == s->direction &&
         c->study->cohort_of_user[x->crossers[i].user] == c->study->cohort_of_user[s->user];
  return n;
}

static void cross_flag(const RuleContext *c, FlagSink *sink, const Crossing *x, const Crosser *s)
{
  const AccessLog *log = c->study->ds->log;
  const CrossDirection *dir = &x->directions[s->direction];
  guint16 cohort = c->study->cohort_of_user[s->user];
  guint32 members = c->study->member_start[cohort + 1] - c->study->member_start[cohort];
  char first[CIVIL_BUF], last[CIVIL_BUF];
  Flag *f = flag_new(c->rule, SUBJECT_USER, s->user);
  flag_set_rows(f, &g_array_index(x->rows, guint32, s->first_row), s->hits);
  f->raw_score = score_of(s->densest, x->options.lessons);
  flag_add_term(f, "lessons of the other track", s->densest);
  flag_add_term(f, "threshold", x->options.lessons);
  flag_add_term(f, "days", x->options.days);
  flag_add_term(f, "lessons in all", s->lessons);
  flag_add_term(f, "hits", s->hits);
  flag_set_baseline(f, BASELINE_COHORT, crossers_of_cohort(c, x, s) / (double)MAX(1, members),
                    members, "share of the cohort's students who do the same");
  flag_set_baseline(f, BASELINE_PROGRAM, dir->crossers / (double)MAX(1, dir->students),
                    dir->students, "share of the track's students who do the same");
  flag_set_text(f,
                "User " MARKED_USER
                " (%s) opened %u distinct lessons of track %s, %u of them within %u days: "
                "%u hits from %s to %s; %u of the %u students of track %s did so.",
                name_of(c, s->user), cohort_name(c, cohort), s->lessons, home_name(log, dir->to),
                s->densest, x->options.days, s->hits,
                civil_format_day(civil_day_of(s->first), first),
                civil_format_day(civil_day_of(s->last), last), dir->crossers, dir->students,
                home_name(log, dir->from));
  flag_sink_add(sink, c, f);
}

void rule_cross_program(const RuleContext *c, FlagSink *sink)
{
  CrossOptions o;
  cross_options_init(&o);
  o.lessons = (guint)rule_value(c, "lessons");
  o.days = (guint)rule_value(c, "days");
  o.runs = 0;
  Crossing *x = crossing_new(c->study, &o);
  for (guint i = 0; i < x->n; i++)
    cross_flag(c, sink, x, &x->crossers[i]);
  crossing_free(x);
}

/* --- day-volume --------------------------------------------------------------------------------
 */

static void day_text(Flag *f, const RuleContext *c, const DayOutlier *d)
{
  char day[CIVIL_BUF], top[128] = "";
  CivilDay date = c->study->ds->log->first_day + (CivilDay)d->day;
  if (d->above && d->top_hits * 2 >= d->hits)
    g_snprintf(top, sizeof top, " One user, " MARKED_USER ", made %u of them.",
               name_of(c, d->top_user), d->top_hits);
  flag_set_text(f,
                "%s made %u hits by %u users on %s (%s), %s the band of the %u %s weekdays before, "
                "which %s at %.0f (middle %.0f).%s",
                d->cohort == COHORT_NONE ? "The whole site" : cohort_name(c, d->cohort), d->hits,
                d->users, civil_format_day(date, day), civil_weekday_name(civil_weekday(date)),
                d->above ? "above" : "below", d->n_days, d->quiet ? "quiet" : "busy",
                d->above ? "ends" : "begins", d->edge, d->mid, top);
}

static void day_flag(const RuleContext *c, FlagSink *sink, const DayVolume *v, const DayOutlier *d)
{
  const AccessLog *log = c->study->ds->log;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  Flag *f = flag_new(c->rule, SUBJECT_DAY, d->day);
  day_volume_rows(c->study, d, rows);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  g_array_unref(rows);
  f->cohort = d->cohort;
  f->ips = g_new0(guint32, 1); /* a whole day: its addresses are no evidence */
  f->from = civil_day_start(log->first_day + (CivilDay)d->day);
  f->to = f->from + CIVIL_DAY - 1;
  double z = d->sd > 0 ? fabs(d->hits - d->mid) / d->sd : 2 * v->options.k;
  f->raw_score = score_of(z, v->options.k);
  flag_add_term(f, "hits", d->hits);
  flag_add_term(f, "deviations", z);
  flag_add_term(f, "threshold", v->options.k);
  flag_add_term(f, "edge of the band", d->edge);
  flag_add_term(f, "users", d->users);
  flag_add_term(f, "most by one user", d->top_hits);
  flag_set_baseline(f, BASELINE_OWN, d->mid, d->n_days, "middle of the band of earlier days");
  day_text(f, c, d);
  flag_sink_add(sink, c, f);
}

void rule_day_volume(const RuleContext *c, FlagSink *sink)
{
  DayOptions o;
  day_options_init(&o);
  o.span = rule_value(c, "span");
  o.k = rule_value(c, "k");
  o.days = (guint)rule_value(c, "days");
  o.hits = (guint)rule_value(c, "hits");
  DayVolume *v = day_volume_new(c->study, &o);
  for (guint i = 0; i < v->n; i++)
    if (!v->days[i].site_too) /* the site says it already */
      day_flag(c, sink, v, &v->days[i]);
  day_volume_free(v);
}

/* --- became-staff ------------------------------------------------------------------------------
 */

static void became_flag(const RuleContext *c, FlagSink *sink, const BecameStaff *b)
{
  const AccessLog *log = c->study->ds->log;
  char last[CIVIL_BUF], first[CIVIL_BUF];
  Flag *f = flag_new(c->rule, SUBJECT_USER, b->user);
  flag_set_rows(f, log->rows_by_user + log->user_start[b->user],
                log->user_start[b->user + 1] - log->user_start[b->user]);
  f->cohort = b->cohort;
  f->raw_score = score_of(MIN(b->before, b->staff), rule_value(c, "hits"));
  flag_add_term(f, "rows as a student before", b->before);
  flag_add_term(f, "rows as a student after", b->after);
  flag_add_term(f, "rows as staff", b->staff);
  flag_add_term(f, "threshold", rule_value(c, "hits"));
  flag_set_text(f,
                "User " MARKED_USER
                " read as a student of %s (%u rows from %s on) and has rows of staff since "
                "%s (%u); %u of the rows as a student came later.",
                name_of(c, b->user), cohort_name(c, b->cohort), b->before,
                civil_format_day(civil_day_of(b->first), first),
                civil_format_day(civil_day_of(b->staff_first), last), b->staff, b->after);
  flag_sink_add(sink, c, f);
}

void rule_became_staff(const RuleContext *c, FlagSink *sink)
{
  GArray *list = became_staff_find(c->study);
  for (guint i = 0; i < list->len; i++)
    became_flag(c, sink, &g_array_index(list, BecameStaff, i));
  g_array_unref(list);
}
