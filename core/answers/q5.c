/* Question 5: students who read the other track, before and after it may have been shut off. */
#include "core/answers/q5.h"
#include "core/answers/question.h"

#include <math.h>

/* --- accounting --------------------------------------------------------------------------------
 */

static gboolean set_scope(Answer *a, const Study *study, GError **error)
{
  static const char *const what[] = {"rows that are no lesson", "rows of staff", NULL};
  static const char *const who[N_CROSS_WHO] = {
      NULL, "rows of people of the staff under another cohort",
      "rows of people enrolled in several tracks",
      "rows of members of probable cohorts, whose track is a guess",
      "rows of users without a cohort, or whose cohort has no track"};
  guint64 rows[N_CROSS_WHO] = {0};
  Selection *sel = answer_use_scope(a, study->ds, "kind=lesson staff=no", what, error);
  if (!sel)
    return FALSE;
  guint8 *who_of = g_new0(guint8, (gsize)study->people->n_users + 1);
  for (guint32 u = 0; u < study->people->n_users; u++) {
    CrossWho w;
    (void)cross_track_of(study, u, FALSE, &w);
    who_of[u] = (guint8)w;
  }
  for (guint32 i = 0; i < sel->n; i++)
    rows[who_of[study->ds->log->user[selection_row(sel, i)]]]++;
  for (guint w = CROSS_WHO_STAFF; w < N_CROSS_WHO; w++)
    answer_leave_out(a, rows[w], "%s", who[w]);
  g_free(who_of);
  selection_free(sel);
  return TRUE;
}

/* --- tables ------------------------------------------------------------------------------------
 */

enum {
  DIR_FROM,
  DIR_TO,
  DIR_STUDENTS,
  DIR_LESSONS,
  DIR_CROSSERS,
  DIR_ACTIVE,
  DIR_CROSSING,
  DIR_RATE,
  DIR_VERDICT,
  DIR_CHANGE,
  DIR_LOW,
  DIR_HIGH,
  DIR_BEFORE,
  DIR_AFTER,
  DIR_FALL,
  DIR_P,
};

static const AnswerColumn direction_columns[] = {
    {"from_track", "students of", CELL_TEXT, 0, "Track of the students.", COLUMN_PLAIN},
    {"to_track", "reading", CELL_TEXT, 0, "Track whose lessons they read.", COLUMN_PLAIN},
    {"students", "students", CELL_INT, 0, "Students of the track who take part in the count.",
     COLUMN_PLAIN},
    {"lessons", "lessons", CELL_INT, 0, "Lessons that are clearly at home in the other track.",
     COLUMN_PLAIN},
    {"crossers", "crossers", CELL_INT, 0,
     "Students with three or more distinct lessons of the other track within 90 days.",
     COLUMN_PLAIN},
    {"student_months", "months", CELL_INT, 0,
     "Months in which a student made any hit, summed over "
     "the students.",
     COLUMN_PLAIN},
    {"crossing_months", "crossing", CELL_INT, 0,
     "Of these, months with three or more distinct lessons of the other track.", COLUMN_PLAIN},
    {"rate", "rate", CELL_SHARE, 2, "Crossing months as a share of student months.", COLUMN_PLAIN},
    {"verdict", "verdict", CELL_TEXT, 0,
     "fell: the rate fell by half or more, p below 0.01; no-change: no split of the months is that "
     "clear; none: nobody crossed in any month.",
     COLUMN_PLAIN},
    {"change_month", "change", CELL_TEXT, 0,
     "First month of the lower rate, of the clearest split.", COLUMN_PLAIN},
    {"change_first", "earliest", CELL_TEXT, 0,
     "Earliest month within 1.92 of the best log-likelihood: the change lies between this and the "
     "next, with about 95 % confidence.",
     COLUMN_PLAIN},
    {"change_last", "latest", CELL_TEXT, 0, "Latest such month.", COLUMN_PLAIN},
    {"rate_before", "before", CELL_SHARE, 2, "Rate in the months before the split.", COLUMN_PLAIN},
    {"rate_after", "after", CELL_SHARE, 2, "Rate from the split on.", COLUMN_PLAIN},
    {"fall", "fall", CELL_SHARE, 0, "1 - rate after / rate before.", COLUMN_PLAIN},
    {"p", "p", CELL_REAL, 4,
     "Share of 9,999 simulated courses of the same number of crossings, dealt out by chance, whose "
     "clearest split is as clear.",
     COLUMN_PLAIN},
    {NULL}};

static const char *const verdict_names[] = {"none", "no-change", "fell"};

static void direction_row(AnswerTable *at, const Dataset *ds, const CrossDirection *d)
{
  Table *t = at->table;
  answer_row(at, answer_link("cross", NULL));
  table_set_text(t, DIR_FROM, q5_track(ds, d->from));
  table_set_text(t, DIR_TO, q5_track(ds, d->to));
  table_set_int(t, DIR_STUDENTS, d->students);
  table_set_int(t, DIR_LESSONS, d->lessons);
  table_set_int(t, DIR_CROSSERS, d->crossers);
  table_set_int(t, DIR_ACTIVE, (gint64)d->student_months);
  table_set_int(t, DIR_CROSSING, (gint64)d->crossing_months);
  table_set_real(t, DIR_RATE, q5_rate(d->crossing_months, d->student_months));
  table_set_text(t, DIR_VERDICT, verdict_names[d->verdict]);
  if (d->verdict == CROSS_NO_EVENTS)
    return;
  table_set_text(t, DIR_CHANGE, MONTH_TEXT(q5_month(d, d->change.split)));
  table_set_text(t, DIR_LOW, MONTH_TEXT(q5_month(d, d->change.low)));
  table_set_text(t, DIR_HIGH, MONTH_TEXT(q5_month(d, d->change.high)));
  table_set_real(t, DIR_BEFORE, d->change.rate_before);
  table_set_real(t, DIR_AFTER, d->change.rate_after);
  table_set_real(t, DIR_FALL, d->change.fall);
  table_set_real(t, DIR_P, d->change.p);
}

enum {
  MONTH_FROM,
  MONTH_TO,
  MONTH_MONTH,
  MONTH_ACTIVE,
  MONTH_CROSSING,
  MONTH_RATE,
  MONTH_LIVE,
  MONTH_HITS
};

static const AnswerColumn month_columns[] = {
    {"from_track", "students of", CELL_TEXT, 0, "Track of the students.", COLUMN_PLAIN},
    {"to_track", "reading", CELL_TEXT, 0, "Track whose lessons they read.", COLUMN_PLAIN},
    {"month", "month", CELL_TEXT, 0, "Month of the log.", COLUMN_PLAIN},
    {"active", "active", CELL_INT, 0, "Students of the track with any hit in the month.",
     COLUMN_PLAIN},
    {"crossing", "crossing", CELL_INT, 0,
     "Of these, with three or more distinct lessons of the other track in the month.",
     COLUMN_PLAIN},
    {"rate", "rate", CELL_SHARE, 2, "Crossing students as a share of the active ones.",
     COLUMN_PLAIN},
    {"live_lessons", "live", CELL_INT, 0,
     "Lessons of the other track whose first hit by anybody lies before the end of the month, and "
     "whose last one after its beginning.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of the students on lessons of the other track.",
     COLUMN_PLAIN},
    {NULL}};

static void month_rows(AnswerTable *at, const Dataset *ds, const CrossDirection *d)
{
  Table *t = at->table;
  for (guint m = 0; m < d->n_months; m++) {
    const CrossMonth *month = &d->months[m];
    if (month->active == 0 && month->live == 0)
      continue;
    char scope[2 * CIVIL_BUF];
    g_snprintf(scope, sizeof scope, "time=%s", MONTH_TEXT(month->month));
    answer_row(at, answer_link("cross", scope));
    table_set_text(t, MONTH_FROM, q5_track(ds, d->from));
    table_set_text(t, MONTH_TO, q5_track(ds, d->to));
    table_set_text(t, MONTH_MONTH, MONTH_TEXT(month->month));
    table_set_int(t, MONTH_ACTIVE, month->active);
    table_set_int(t, MONTH_CROSSING, month->crossing);
    table_set_real(t, MONTH_RATE, q5_rate(month->crossing, month->active));
    table_set_int(t, MONTH_LIVE, month->live);
    table_set_int(t, MONTH_HITS, (gint64)month->hits);
  }
}

enum {
  CROSS_USER,
  CROSS_COHORT,
  CROSS_COHORT_NAME,
  CROSS_FROM,
  CROSS_TO,
  CROSS_DENSEST,
  CROSS_LESSONS,
  CROSS_HITS,
  CROSS_MONTHS,
  CROSS_FIRST,
  CROSS_LAST,
  CROSS_AFTER_LESSONS,
  CROSS_AFTER_HITS,
};

static const AnswerColumn crosser_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the student in the log.", COLUMN_USER},
    {"cohort", "id", CELL_TEXT, 0, "Id of the student's cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the student's cohort.", COLUMN_PLAIN},
    {"from_track", "track", CELL_TEXT, 0, "Track of the student.", COLUMN_PLAIN},
    {"to_track", "reading", CELL_TEXT, 0, "Track whose lessons the student reads.", COLUMN_PLAIN},
    {"lessons_in_90_days", "densest", CELL_INT, 0,
     "Most distinct lessons of the other track within 90 days.", COLUMN_PLAIN},
    {"lessons", "lessons", CELL_INT, 0, "Distinct lessons of the other track over the whole log.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits on them.", COLUMN_PLAIN},
    {"crossing_months", "months", CELL_INT, 0, "Months with three or more of these lessons.",
     COLUMN_PLAIN},
    {"first_hit", "first", CELL_TIME, 0, "First hit on such a lesson.", COLUMN_PLAIN},
    {"last_hit", "last", CELL_TIME, 0, "Last hit on such a lesson.", COLUMN_PLAIN},
    {"lessons_after", "after", CELL_INT, 0,
     "Distinct lessons of the other track from the month of the change on; blank without a change.",
     COLUMN_PLAIN},
    {"hits_after", "hits after", CELL_INT, 0, "Hits on them.", COLUMN_PLAIN},
    {NULL}};

static void crosser_row(AnswerTable *at, const Study *study, const Crossing *c, const Crosser *s)
{
  const Dataset *ds = study->ds;
  const CrossDirection *d = &c->directions[s->direction];
  Table *t = at->table;
  answer_row(at, answer_link_key("timeline", ds, DIM_USER, s->user, NULL));
  table_set_text(t, CROSS_USER, user_text(ds, s->user));
  table_set_text(t, CROSS_COHORT, cohort_id_text(ds, study->cohort_of_user[s->user]));
  table_set_text(t, CROSS_COHORT_NAME, cohort_text(ds, study->cohort_of_user[s->user]));
  table_set_text(t, CROSS_FROM, q5_track(ds, d->from));
  table_set_text(t, CROSS_TO, q5_track(ds, d->to));
  table_set_int(t, CROSS_DENSEST, s->densest);
  table_set_int(t, CROSS_LESSONS, s->lessons);
  table_set_int(t, CROSS_HITS, s->hits);
  table_set_int(t, CROSS_MONTHS, s->months);
  table_set_int(t, CROSS_FIRST, s->first);
  table_set_int(t, CROSS_LAST, s->last);
  if (d->verdict != CROSS_FELL)
    return;
  table_set_int(t, CROSS_AFTER_LESSONS, s->lessons_after);
  table_set_int(t, CROSS_AFTER_HITS, s->hits_after);
}

static void tables(Answer *a, const Study *study, const Crossing *c)
{
  const Dataset *ds = study->ds;
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "cross_access",
                                "Reading across the tracks, by direction", direction_columns);
  for (guint d = 0; d < c->n_directions; d++)
    direction_row(t, ds, &c->directions[d]);
  t = answer_table(a, ds, PROGRAM_NONE, "still_crossing",
                   "Students who read the other track after the change", crosser_columns);
  for (guint i = 0; i < c->n; i++)
    if (q5_still_crossing(c, &c->crossers[i]))
      crosser_row(t, study, c, &c->crossers[i]);
  t = answer_table(a, ds, PROGRAM_NONE, "crossing_students",
                   "Students who read the other track at any time", crosser_columns);
  for (guint i = 0; i < c->n; i++)
    crosser_row(t, study, c, &c->crossers[i]);
  t = answer_table(a, ds, PROGRAM_NONE, "cross_access_by_month",
                   "Reading across the tracks, month by month", month_columns);
  for (guint d = 0; d < c->n_directions; d++)
    month_rows(t, ds, &c->directions[d]);
}

Answer *answer_q5(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  CrossOptions options;
  cross_options_init(&options);
  options.seed = o->seed;
  (void)flags;
  Answer *a = answer_start(5, study->ds);
  if (!set_scope(a, study, error)) {
    answer_free(a);
    return NULL;
  }
  Crossing *c = crossing_new(study, &options);
  q5_findings(a, study, c, MAX(1, o->top));
  tables(a, study, c);
  q5_notes(a, study, c);
  crossing_free(c);
  return a;
}
