/* Question 5: students who read the other track, before and after it may have been shut off. */
#include "core/answers/build.h"
#include "core/answers/question.h"
#include "core/flags/crossing.h"

#include <math.h>

/* A rate below this is rare at all times. */
#define RARE 0.02

static const char *track_text(const Dataset *ds, int track)
{
  return home_name(ds->log, track);
}

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

static int month_of(const CrossDirection *d, gsize place)
{
  return d->months[MIN(place, (gsize)d->n_months - 1)].month;
}

static double rate_of(guint64 crossing, guint64 active)
{
  return active ? (double)crossing / (double)active : NAN;
}

static void direction_row(AnswerTable *at, const Dataset *ds, const CrossDirection *d)
{
  Table *t = at->table;
  answer_row(at, answer_link("cross", NULL));
  table_set_text(t, DIR_FROM, track_text(ds, d->from));
  table_set_text(t, DIR_TO, track_text(ds, d->to));
  table_set_int(t, DIR_STUDENTS, d->students);
  table_set_int(t, DIR_LESSONS, d->lessons);
  table_set_int(t, DIR_CROSSERS, d->crossers);
  table_set_int(t, DIR_ACTIVE, (gint64)d->student_months);
  table_set_int(t, DIR_CROSSING, (gint64)d->crossing_months);
  table_set_real(t, DIR_RATE, rate_of(d->crossing_months, d->student_months));
  table_set_text(t, DIR_VERDICT, verdict_names[d->verdict]);
  if (d->verdict == CROSS_NO_EVENTS)
    return;
  table_set_text(t, DIR_CHANGE, MONTH_TEXT(month_of(d, d->change.split)));
  table_set_text(t, DIR_LOW, MONTH_TEXT(month_of(d, d->change.low)));
  table_set_text(t, DIR_HIGH, MONTH_TEXT(month_of(d, d->change.high)));
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
    table_set_text(t, MONTH_FROM, track_text(ds, d->from));
    table_set_text(t, MONTH_TO, track_text(ds, d->to));
    table_set_text(t, MONTH_MONTH, MONTH_TEXT(month->month));
    table_set_int(t, MONTH_ACTIVE, month->active);
    table_set_int(t, MONTH_CROSSING, month->crossing);
    table_set_real(t, MONTH_RATE, rate_of(month->crossing, month->active));
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
  table_set_text(t, CROSS_FROM, track_text(ds, d->from));
  table_set_text(t, CROSS_TO, track_text(ds, d->to));
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

/* Still reads the other track in earnest after the change. */
static gboolean is_still_crossing(const Crossing *c, const Crosser *s)
{
  return c->directions[s->direction].verdict == CROSS_FELL &&
         s->lessons_after >= c->options.lessons;
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
    if (is_still_crossing(c, &c->crossers[i]))
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

/* --- findings ----------------------------------------------------------------------------------
 */

/* "in 2018 21 of 1,080 (1.9 %), in 2019 ..." */
static char *years_text(const CrossDirection *d)
{
  GString *out = g_string_new(NULL);
  for (guint m = 0; m < d->n_months;) {
    int year = civil_fields(civil_day_start(civil_month_start(d->months[m].month))).year;
    guint64 active = 0, crossing = 0;
    for (; m < d->n_months &&
           civil_fields(civil_day_start(civil_month_start(d->months[m].month))).year == year;
         m++) {
      active += d->months[m].active;
      crossing += d->months[m].crossing;
    }
    if (active)
      g_string_append_printf(out, "%s%s of %s (%s) in %d", out->len ? ", " : "", N_TEXT(crossing),
                             N_TEXT(active), SHARE_TEXT(rate_of(crossing, active)), year);
  }
  return g_string_free(out, FALSE);
}

static void say_rates(Answer *a, const Study *study, const CrossDirection *d, const Crossing *c)
{
  const char *from = track_text(study->ds, d->from), *to = track_text(study->ds, d->to);
  char *years = years_text(d);
  answer_finding(a, answer_link("cross", NULL),
                 "Students of track %s on lessons of track %s: in %s of %s in which a student was "
                 "active, the student opened %u or more distinct ones (%s); by year, %s.",
                 from, to, N_TEXT(d->crossing_months),
                 COUNT_TEXT(d->student_months, "month", "months"), c->options.lessons,
                 SHARE_TEXT(rate_of(d->crossing_months, d->student_months)),
                 *years ? years : "nothing");
  g_free(years);
}

static void say_first(Answer *a, const Study *study, const Crossing *c, guint direction)
{
  const CrossDirection *d = &c->directions[direction];
  for (guint m = 0; m < d->n_months; m++)
    if (d->months[m].crossing > 0) {
      answer_finding(a, NULL,
                     "The first month with a crossing from %s to %s is %s (%s of %s); the log "
                     "begins in %s.",
                     track_text(study->ds, d->from), track_text(study->ds, d->to),
                     MONTH_TEXT(d->months[m].month), N_TEXT(d->months[m].crossing),
                     COUNT_TEXT(d->months[m].active, "active student", "active students"),
                     MONTH_TEXT(d->months[0].month));
      return;
    }
}

static void say_verdict(Answer *a, const Study *study, const Crossing *c, const CrossDirection *d)
{
  const char *from = track_text(study->ds, d->from), *to = track_text(study->ds, d->to);
  const ChangePoint *p = &d->change;
  gboolean rare = rate_of(d->crossing_months, d->student_months) < RARE;
  if (d->verdict == CROSS_NO_EVENTS)
    answer_finding(a, NULL,
                   "From %s to %s nobody crossed in any month, so there is no cut-off to "
                   "see.",
                   from, to);
  else if (d->verdict == CROSS_NO_CHANGE)
    answer_finding(a, answer_link("cross", NULL),
                   "From %s to %s no cut-off is visible%s: the clearest split, in %s, goes from %s "
                   "to %s of the active students a month, and chance makes one as clear with "
                   "%s (asked for: below %s, and a fall by %s).",
                   from, to, rare ? ", and crossing is rare at all times" : "",
                   MONTH_TEXT(month_of(d, p->split)), SHARE_TEXT(p->rate_before),
                   SHARE_TEXT(p->rate_after), P_TEXT(p->p), REAL_TEXT(c->options.p, 2),
                   SHARE_TEXT(c->options.fall));
  else
    answer_finding(
        a, answer_link("cross", NULL),
        "From %s to %s the rate fell in %s (between %s and %s): %s crossing months in %s "
        "student months before (%s), %s in %s from then on (%s), a fall by %s; chance "
        "makes a split as clear with %s.",
        from, to, MONTH_TEXT(month_of(d, p->split)), MONTH_TEXT(month_of(d, p->low)),
        MONTH_TEXT(month_of(d, p->high)), N_TEXT(p->events_before), N_TEXT(p->exposure_before),
        SHARE_TEXT(p->rate_before), N_TEXT(p->events_after), N_TEXT(p->exposure_after),
        SHARE_TEXT(p->rate_after), SHARE_TEXT(p->fall), P_TEXT(p->p));
}

static void say_still(Answer *a, const Study *study, const Crossing *c, guint direction, guint top)
{
  const CrossDirection *d = &c->directions[direction];
  GArray *users = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < c->n; i++)
    if (c->crossers[i].direction == direction && is_still_crossing(c, &c->crossers[i]))
      g_array_append_val(users, c->crossers[i].user);
  char *names = words_users(study->ds, (const guint32 *)(const void *)users->data, users->len, top);
  if (d->verdict == CROSS_FELL && users->len)
    answer_finding(a, NULL,
                   "From %s on, %s of track %s still opened %u or more distinct lessons of track "
                   "%s: %s.",
                   MONTH_TEXT(month_of(d, d->change.split)),
                   COUNT_TEXT(users->len, "student", "students"), track_text(study->ds, d->from),
                   c->options.lessons, track_text(study->ds, d->to), names);
  else if (d->verdict == CROSS_FELL)
    answer_finding(a, NULL, "From %s on, no student of track %s opened %u lessons of track %s.",
                   MONTH_TEXT(month_of(d, d->change.split)), track_text(study->ds, d->from),
                   c->options.lessons, track_text(study->ds, d->to));
  g_free(names);
  g_array_unref(users);
}

/* What the rates would be with the members of probable cohorts. */
static void say_probable(Answer *a, const Study *study, const Crossing *c)
{
  CrossOptions o = c->options;
  o.probable = TRUE;
  o.runs = 0;
  if (c->n_left_out[CROSS_WHO_PROBABLE] == 0)
    return;
  Crossing *with = crossing_new(study, &o);
  for (guint i = 0; i < with->n_directions; i++) {
    const CrossDirection *d = &with->directions[i], *without = &c->directions[i];
    if (d->students == without->students)
      continue;
    answer_finding(a, NULL,
                   "With the %s of probable cohorts, whose track is a guess, students of track %s "
                   "would have crossed to %s in %s of %s (%s) instead of %s of %s.",
                   COUNT_TEXT(d->students - without->students, "member", "members"),
                   track_text(study->ds, d->from), track_text(study->ds, d->to),
                   N_TEXT(d->crossing_months), COUNT_TEXT(d->student_months, "month", "months"),
                   SHARE_TEXT(rate_of(d->crossing_months, d->student_months)),
                   N_TEXT(without->crossing_months), N_TEXT(without->student_months));
  }
  crossing_free(with);
}

static void notes(Answer *a, const Crossing *c)
{
  answer_note(a,
              "A track is a group of programs that share lessons; it is said in programs.conf. A "
              "student crosses in a month with %u or more distinct lessons whose home is the "
              "other track. The home of a lesson is learned from who reads it in class; lessons "
              "that many students of both tracks open have none.",
              c->options.lessons);
  answer_note(a,
              "Students count before, during and after their class. Left out are people with rows "
              "of staff (%s), people enrolled in several tracks (%s), members of probable cohorts "
              "(%s), and users without a cohort or track (%s).",
              N_TEXT(c->n_left_out[CROSS_WHO_STAFF]), N_TEXT(c->n_left_out[CROSS_WHO_SEVERAL]),
              N_TEXT(c->n_left_out[CROSS_WHO_PROBABLE]), N_TEXT(c->n_left_out[CROSS_WHO_UNKNOWN]));
  answer_note(a,
              "The change is the split of the months after which a steady rate per active student "
              "is lower and fits best; its p counts each crossing month as independent, so that a "
              "few students who cross again and again make it look surer than it is.");
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
  for (guint d = 0; d < c->n_directions; d++) {
    say_verdict(a, study, c, &c->directions[d]);
    say_still(a, study, c, d, MAX(1, o->top));
  }
  for (guint d = 0; d < c->n_directions; d++) {
    say_rates(a, study, &c->directions[d], c);
    say_first(a, study, c, d);
  }
  if (c->n_directions == 0)
    answer_finding(a, NULL,
                   "There are no two tracks with lessons of their own, so that nobody "
                   "could cross.");
  say_probable(a, study, c);
  tables(a, study, c);
  notes(a, c);
  crossing_free(c);
  return a;
}
