/* Rules about the record rather than about anybody: no-cohort, outside-dates. */
#include "core/flags/episode.h"
#include "core/flags/rules.h"
#include "core/query/dimension.h"
#include "core/stats/robust.h"
#include "core/stats/score.h"

#include <math.h>

/* --- no-cohort -------------------------------------------------------------------------------- */

static gboolean is_grouped(const Study *s, guint32 user)
{
  return s->probable && s->probable->group_of_user[user] != PROBABLE_NONE;
}

static GArray *loose_rows(const AccessLog *log, guint32 user)
{
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++)
    if (log->cohort[log->rows_by_user[i]] == COHORT_NONE)
      g_array_append_val(rows, log->rows_by_user[i]);
  return rows;
}

static void loose_flag(const RuleContext *c, FlagSink *sink, guint32 user)
{
  const Study *s = c->study;
  const AccessLog *log = s->ds->log;
  GArray *rows = loose_rows(log, user);
  guint32 all = log->user_start[user + 1] - log->user_start[user];
  Flag *f = flag_new(c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->raw_score = score_of(rows->len, rule_value(c, "hits"));
  flag_add_term(f, "hits", rows->len);
  flag_add_term(f, "threshold", rule_value(c, "hits"));
  flag_add_term(f, "hits in all", all);
  flag_set_baseline(f, BASELINE_OWN, all - rows->len, all, "hits of the user with a cohort");
  char *who = episode_user(c, user), from[CIVIL_BUF], to[CIVIL_BUF];
  civil_format_day(civil_day_of(log->time[f->rows[0]]), from);
  civil_format_day(civil_day_of(log->time[f->rows[f->n_rows - 1]]), to);
  if (rows->len == all)
    flag_set_text(f, "%s has no cohort: %u %s from %s to %s, and no class began together with it.",
                  who, rows->len, rows->len == 1 ? "hit" : "hits", from, to);
  else
    flag_set_text(f, "%s has a cohort, but %u of its %u hits %s none, from %s to %s.", who,
                  rows->len, all, rows->len == 1 ? "carries" : "carry", from, to);
  g_free(who);
  g_array_unref(rows);
  flag_sink_add(sink, c, f);
}

void rule_no_cohort(const RuleContext *c, FlagSink *sink)
{
  const Study *s = c->study;
  for (guint32 user = 0; user < s->people->n_users; user++)
    if (s->people->loose_hits[user] && !is_grouped(s, user))
      loose_flag(c, sink, user);
}

/* --- outside-dates ---------------------------------------------------------------------------- */

typedef struct {
  const RuleContext *c;
  FlagSink *sink;
  GArray **early; /* by user: rows long before the start of their cohort; NULL: none */
} Outside;

static gboolean is_early(const RuleContext *c, const Cohort *cohort, CivilTime t)
{
  return !cohort->staff && cohort->start != CIVIL_DAY_NONE &&
         cohort->start - civil_day_of(t) > rule_value(c, "days");
}

static void find_early(Outside *o)
{
  const AccessLog *log = o->c->study->ds->log;
  for (guint k = 1; k < log->cohorts->cohorts->len; k++) {
    const Cohort *cohort = cohort_table_get(log->cohorts, (guint16)k);
    /* In order of time: the first row that is not early ends it. */
    for (guint32 i = log->cohort_start[k]; i < log->cohort_start[k + 1]; i++) {
      guint32 row = log->rows_by_cohort[i];
      if (!is_early(o->c, cohort, log->time[row]))
        break;
      GArray **rows = &o->early[log->user[row]];
      if (!*rows)
        *rows = g_array_new(FALSE, FALSE, sizeof(guint32));
      g_array_append_val(*rows, row);
    }
  }
}

/* Median early hits of the others of a cohort. */
static double others_early(const Outside *o, guint16 cohort, guint32 but, guint32 *ret_n)
{
  const Study *s = o->c->study;
  guint32 first = s->member_start[cohort], n = 0;
  double *values = g_new(double, s->member_start[cohort + 1] - first + 1);
  for (guint32 i = first; i < s->member_start[cohort + 1]; i++)
    if (s->members[i] != but)
      values[n++] = o->early[s->members[i]] ? o->early[s->members[i]]->len : 0;
  double median = robust_median(values, n);
  g_free(values);
  *ret_n = n;
  return median;
}

static void early_flag(const Outside *o, guint32 user)
{
  const RuleContext *c = o->c;
  const AccessLog *log = c->study->ds->log;
  const GArray *rows = o->early[user];
  guint32 row = g_array_index(rows, guint32, 0), n;
  guint16 k = log->cohort[row];
  const Cohort *cohort = cohort_table_get(log->cohorts, k);
  int before = (int)(cohort->start - civil_day_of(log->time[row]));
  Flag *f = flag_new(c->rule, SUBJECT_USER, user);
  flag_set_rows(f, (const guint32 *)(const void *)rows->data, rows->len);
  f->cohort = k;
  f->raw_score = score_of(rows->len, rule_value(c, "hits"));
  flag_add_term(f, "hits", rows->len);
  flag_add_term(f, "threshold", rule_value(c, "hits"));
  flag_add_term(f, "days before the start", before);
  double median = others_early(o, k, user, &n);
  flag_set_baseline(f, BASELINE_COHORT, median, n, "median such hits of the other students");
  char *who = episode_user(c, user), start[CIVIL_BUF];
  char *name = dimension_label(c->study->ds, DIM_COHORT, k);
  flag_set_text(f,
                "%s made %u %s more than %.0f days before its cohort %s began on %s, the first one "
                "%d days before.",
                who, rows->len, rows->len == 1 ? "hit" : "hits", rule_value(c, "days"), name,
                civil_format_day(cohort->start, start), before);
  g_free(who);
  g_free(name);
  flag_sink_add(o->sink, c, f);
}

static void deleted_flag(const Outside *o, guint16 k)
{
  const RuleContext *c = o->c;
  const AccessLog *log = c->study->ds->log;
  guint32 first = log->cohort_start[k], n = log->cohort_start[k + 1] - first;
  guint8 *seen = g_new0(guint8, (gsize)strpool_count(log->users) + 1);
  Flag *f = flag_new(c->rule, SUBJECT_COHORT, k);
  for (guint32 i = first; i < first + n; i++) {
    guint32 user = log->user[log->rows_by_cohort[i]];
    if (!seen[user])
      flag_add_user(f, user);
    seen[user] = 1;
  }
  flag_set_rows(f, log->rows_by_cohort + first, n);
  f->raw_score = score_of(n, rule_value(c, "hits"));
  flag_add_term(f, "hits", n);
  flag_add_term(f, "threshold", rule_value(c, "hits"));
  flag_add_term(f, "users", f->n_users);
  char *name = dimension_label(c->study->ds, DIM_COHORT, k);
  flag_set_text(f, "Cohort %s is marked deleted, yet %u hits by %u users carry it.", name, n,
                f->n_users);
  g_free(name);
  g_free(seen);
  flag_sink_add(o->sink, c, f);
}

void rule_outside_dates(const RuleContext *c, FlagSink *sink)
{
  const AccessLog *log = c->study->ds->log;
  guint32 n_users = strpool_count(log->users);
  Outside o = {.c = c, .sink = sink, .early = g_new0(GArray *, (gsize)n_users + 1)};
  find_early(&o);
  for (guint32 user = 0; user < n_users; user++)
    if (o.early[user])
      early_flag(&o, user);
  for (guint k = 1; k < log->cohorts->cohorts->len; k++)
    if (cohort_table_get(log->cohorts, (guint16)k)->deleted &&
        log->cohort_start[k] < log->cohort_start[k + 1])
      deleted_flag(&o, (guint16)k);
  for (guint32 user = 0; user < n_users; user++)
    if (o.early[user])
      g_array_unref(o.early[user]);
  g_free(o.early);
}
