/* Doubts: innocent explanations that the evidence itself suggests. */
#include "core/flags/flags_private.h"

#include <stdlib.h>

#define CLASS_SHARE    0.3  /* of the cohort */
#define CLASS_MIN      4    /* a class has so many others who were there */
#define CLASS_PAGES    0.5  /* of the distinct pages of the evidence were read by the other, too */
#define CLASS_AROUND   1800 /* seconds before and after that still are the same hour */
#define CLASS_SPAN_MAX (36 * 3600)
#define PLACE_SHARE    0.5 /* of the rows */
#define WEEK           7
#define HISTORY_DAYS   14
#define STAFF_SOON     (30 * CIVIL_DAY) /* before the first row as staff */

const char *doubt_text(FlagDoubt doubt)
{
  static const char *const texts[N_DOUBTS] = {
      "Half or more of the evidence comes from an address of the school.",
      "Much of the evidence comes from networks where addresses change by themselves: mobile "
      "ones, or a proxy.",
      "The account was staff then, or became staff soon after: people who teach go through pages "
      "differently.",
      "Much of the cohort did the same in the same hour.",
      "It was the first or the last week of the class, when everybody reads more.",
      "There was less than two weeks of history to compare with.",
      "It lies within a week of the first or last day of the log, beyond which nothing is known.",
      "So many users have been there that it is a public place: a cafe, a library, a house of "
      "many students.",
  };
  for (guint i = 0; i < N_DOUBTS; i++)
    if (doubt == (FlagDoubt)(1u << i))
      return texts[i];
  return "";
}

const char *doubt_name(FlagDoubt doubt)
{
  static const char *const names[N_DOUBTS] = {"site-address", "carrier",     "staff",
                                              "whole-class",  "exam-week",   "short-history",
                                              "log-edge",     "public-place"};
  for (guint i = 0; i < N_DOUBTS; i++)
    if (doubt == (FlagDoubt)(1u << i))
      return names[i];
  return "";
}

/* Share of the evidence rows that come from such a place. */
static double place_share(const Study *s, const Flag *f, PlaceKind a, PlaceKind b)
{
  const AccessLog *log = s->ds->log;
  guint32 n = 0;
  for (guint32 i = 0; i < f->n_rows; i++) {
    guint8 kind = s->places->kind_of_ip[log->ip[f->rows[i]]];
    n += kind == a || kind == b;
  }
  return f->n_rows ? (double)n / f->n_rows : 0;
}

/* Whether the user has a row of a staff cohort, not later than `until`. */
static gboolean is_staff_by(const Study *s, guint32 user, CivilTime until)
{
  const AccessLog *log = s->ds->log;
  if (!s->people->staff[user])
    return FALSE;
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 row = log->rows_by_user[i];
    if (log->time[row] > until)
      return FALSE;
    if (cohort_table_get(log->cohorts, log->cohort[row])->staff)
      return TRUE;
  }
  return FALSE;
}

/* Who becomes staff a year later was a student like any other. */
static gboolean is_staff(const Study *s, const Flag *f)
{
  CivilTime until = f->to == CIVIL_NONE ? G_MAXINT64 : f->to + STAFF_SOON;
  for (guint32 i = 0; i < f->n_users; i++)
    if (is_staff_by(s, f->users[i], until))
      return TRUE;
  return FALSE;
}

/* --- a whole class ---------------------------------------------------------------------------- */

/* Marks the distinct pages of the evidence; returns their number. */
static guint32 mark_pages(const Study *s, const Flag *f, guint8 *mark)
{
  const AccessLog *log = s->ds->log;
  const Catalog *c = s->ds->catalog;
  guint32 n = 0;
  for (guint32 i = 0; i < f->n_rows; i++) {
    guint32 entry = c->entry_of_path[log->path[f->rows[i]]];
    if (!pages_is_page((Kind)c->kind_of_entry[entry]) || mark[entry])
      continue;
    mark[entry] = 1;
    n++;
  }
  return n;
}

/* Distinct marked pages that `user` read from..to. Marks are 1 before and after. */
static guint32 count_marked(const Pages *p, guint32 user, CivilTime from, CivilTime to,
                            guint8 *mark)
{
  guint32 first = pages_at(p, user, from), n = 0, i;
  for (i = first; i < p->start[user + 1] && p->time[i] <= to; i++)
    if (mark[p->entry[i]] == 1) {
      mark[p->entry[i]] = 2;
      n++;
    }
  while (i-- > first)
    if (mark[p->entry[i]] == 2)
      mark[p->entry[i]] = 1;
  return n;
}

static gboolean is_suspect(const Flag *f, guint32 user)
{
  for (guint32 i = 0; i < f->n_users; i++)
    if (f->users[i] == user)
      return TRUE;
  return FALSE;
}

static gboolean is_whole_class(const Study *s, const Flag *f)
{
  if (f->cohort == COHORT_NONE || f->n_rows == 0 || f->to - f->from > CLASS_SPAN_MAX)
    return FALSE;
  guint32 present = study_present(s, f->cohort, civil_day_of(f->from), civil_day_of(f->to));
  if (present < CLASS_MIN + f->n_users)
    return FALSE;
  guint8 *mark = g_new0(guint8, s->ds->catalog->n_entries + 1);
  guint32 distinct = mark_pages(s, f, mark), same = 0;
  for (guint32 i = s->member_start[f->cohort]; distinct && i < s->member_start[f->cohort + 1];
       i++) {
    guint32 user = s->members[i];
    if (!is_suspect(f, user))
      same += count_marked(s->pages, user, f->from - CLASS_AROUND, f->to + CLASS_AROUND, mark) >=
              CLASS_PAGES * distinct;
  }
  g_free(mark);
  return distinct && same >= CLASS_SHARE * (present - f->n_users);
}

/* --- time ------------------------------------------------------------------------------------- */

static gboolean is_exam_week(const Study *s, const Flag *f)
{
  const Cohort *c = cohort_table_get(s->ds->log->cohorts, f->cohort);
  CivilDay day = civil_day_of(f->from);
  if (f->cohort == COHORT_NONE || c->start == CIVIL_DAY_NONE || c->end == CIVIL_DAY_NONE)
    return FALSE;
  return (day >= c->start && day < c->start + WEEK) || (day > c->end - WEEK && day <= c->end);
}

static gboolean is_short_history(const Study *s, const Flag *f)
{
  const AccessLog *log = s->ds->log;
  if (f->subject != SUBJECT_USER || log->user_start[f->key] == log->user_start[f->key + 1])
    return FALSE;
  CivilTime first = log->time[log->rows_by_user[log->user_start[f->key]]];
  return civil_day_of(f->from) - civil_day_of(first) < HISTORY_DAYS;
}

static gboolean is_log_edge(const Study *s, const Flag *f)
{
  const AccessLog *log = s->ds->log;
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  return civil_day_of(f->from) < log->first_day + WEEK || civil_day_of(f->to) > last - WEEK;
}

guint doubts_of(const Study *s, const Flag *f, guint mask)
{
  guint found = 0;
  gboolean timed = f->from != CIVIL_NONE && f->to != CIVIL_NONE && s->ds->log->n_rows > 0;
  if (mask & DOUBT_SITE_ADDRESS &&
      place_share(s, f, PLACE_SITE_REGULAR, PLACE_SITE_OCCASIONAL) >= PLACE_SHARE)
    found |= DOUBT_SITE_ADDRESS;
  if (mask & DOUBT_CARRIER && place_share(s, f, PLACE_CARRIER, PLACE_CARRIER) >= PLACE_SHARE)
    found |= DOUBT_CARRIER;
  if (mask & DOUBT_STAFF && is_staff(s, f))
    found |= DOUBT_STAFF;
  if (mask & DOUBT_WHOLE_CLASS && timed && is_whole_class(s, f))
    found |= DOUBT_WHOLE_CLASS;
  if (mask & DOUBT_EXAM_WEEK && timed && is_exam_week(s, f))
    found |= DOUBT_EXAM_WEEK;
  if (mask & DOUBT_SHORT_HISTORY && timed && is_short_history(s, f))
    found |= DOUBT_SHORT_HISTORY;
  if (mask & DOUBT_LOG_EDGE && timed && is_log_edge(s, f))
    found |= DOUBT_LOG_EDGE;
  return found;
}
