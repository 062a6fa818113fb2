/* Question 5, its sentences: whether access was shut off, how often students crossed, and who still
 * does. */
#include "core/answers/q5.h"

/* A rate below this is rare at all times. */
#define RARE 0.02

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
                             N_TEXT(active), SHARE_TEXT(q5_rate(crossing, active)), year);
  }
  return g_string_free(out, FALSE);
}

/* "web (Full Stack PHP and Full Stack Java)": a track and its programs with rows. */
static char *track_words(const Dataset *ds, int track)
{
  const CohortTable *ct = ds->log->cohorts;
  gboolean used[PROGRAM_MAX + 1] = {FALSE};
  guint n = 0, k = 0;
  for (guint c = COHORT_NONE + 1; c < ct->cohorts->len; c++)
    used[cohort_table_get(ct, (guint16)c)->program] |=
        ds->log->cohort_start[c + 1] > ds->log->cohort_start[c];
  for (guint p = PROGRAM_NONE + 1; p < ct->programs->len; p++)
    n += used[p] && cohort_table_track(ct, (guint8)p) == track;
  GString *out = g_string_new(q5_track(ds, track));
  for (guint p = PROGRAM_NONE + 1; p < ct->programs->len; p++)
    if (used[p] && cohort_table_track(ct, (guint8)p) == track)
      g_string_append_printf(out, "%s%s",
                             k++ == 0 ? " ("
                             : k == n ? " and "
                                      : ", ",
                             program_text(ds, (guint8)p));
  g_string_append(out, n ? ")" : "");
  return g_string_free(out, FALSE);
}

/* What became of one direction, in plain words, as a part of a sentence. */
static char *outcome_text(const Dataset *ds, const Crossing *c, const CrossDirection *d,
                          gboolean first)
{
  char *from = first ? track_words(ds, d->from) : g_strdup(q5_track(ds, d->from)),
       *to = first ? track_words(ds, d->to) : g_strdup(q5_track(ds, d->to)), *text;
  const char *who = COUNT_TEXT(d->crossers, "student", "students");
  double rate = q5_rate(d->crossing_months, d->student_months);
  if (d->verdict == CROSS_FELL)
    text = g_strdup_printf("students of %s on lessons of %s: access looks shut off from %s on, %s "
                           "of the active students a month opened %u or more of them before, %s "
                           "since (%s in all, within %u days)",
                           from, to, MONTH_TEXT(q5_month(d, d->change.split)),
                           SHARE_TEXT(d->change.rate_before), c->options.lessons,
                           SHARE_TEXT(d->change.rate_after), who, c->options.days);
  else if (d->verdict == CROSS_NO_EVENTS)
    text = g_strdup_printf("students of %s on lessons of %s: nobody opened %u or more of them in "
                           "any month, so that no shut-off can be seen",
                           from, to, c->options.lessons);
  else
    text = g_strdup_printf("students of %s on lessons of %s: no shut-off is visible%s, %s of the "
                           "active students a month opened %u or more of them, over the whole log "
                           "(%s in all, within %u days)",
                           from, to, rate < RARE ? " and it was rare at all times" : "",
                           SHARE_TEXT(rate), c->options.lessons, who, c->options.days);
  g_free(to);
  g_free(from);
  return text;
}

/* The answer to the question, both directions in one sentence. */
static void say_outcome(Answer *a, const Study *study, const Crossing *c)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < c->n_directions; i++) {
    char *text = outcome_text(study->ds, c, &c->directions[i], i == 0 || c->n_directions > 2);
    g_string_append_printf(out, "%s%s", i ? "; " : "", text);
    g_free(text);
  }
  if (out->len) {
    out->str[0] = g_ascii_toupper(out->str[0]);
    answer_finding(a, answer_link("cross", NULL), "%s.", out->str);
  }
  g_string_free(out, TRUE);
}

/* --- in a line ---------------------------------------------------------------------------------
 */

/* "January 2020"; free with g_free. */
static char *month_words(int month)
{
  static const char *const names[] = {"January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December"};
  CivilFields f = civil_fields(civil_day_start(civil_month_start(month)));
  return g_strdup_printf("%s %d", names[(f.month - 1) % 12], f.year);
}

static char *change_words(const CrossDirection *d)
{
  return month_words(q5_month(d, d->change.split));
}

/* The program of a track that has only one with rows, else the track itself: what people call it.
 */
static const char *track_name(const Dataset *ds, int track)
{
  const CohortTable *ct = ds->log->cohorts;
  guint8 only = PROGRAM_NONE;
  for (guint c = COHORT_NONE + 1; c < ct->cohorts->len; c++) {
    guint8 program = cohort_table_get(ct, (guint16)c)->program;
    if (ds->log->cohort_start[c + 1] == ds->log->cohort_start[c] ||
        cohort_table_track(ct, program) != track || program == only)
      continue;
    if (only != PROGRAM_NONE)
      return q5_track(ds, track);
    only = program;
  }
  return only != PROGRAM_NONE ? program_text(ds, only) : q5_track(ds, track);
}

/* "From web to Data Science: 0.2 % since January 2020, 6.7 % before." */
static void brief_other(Answer *a, const Study *study, const CrossDirection *d)
{
  const char *from = track_name(study->ds, d->from), *to = track_name(study->ds, d->to);
  double rate = q5_rate(d->crossing_months, d->student_months);
  if (d->verdict == CROSS_FELL) {
    char *month = change_words(d);
    answer_brief_more(a, "From %s to %s: %s since %s, %s before.", from, to,
                      SHARE_TEXT(d->change.rate_after), month, SHARE_TEXT(d->change.rate_before));
    g_free(month);
  } else if (d->verdict == CROSS_NO_EVENTS)
    answer_brief_more(a, "From %s to %s nobody crossed.", from, to);
  else
    answer_brief_more(a, "From %s to %s: %s, no shut-off visible.", from, to, SHARE_TEXT(rate));
}

/* The direction to tell first: one that was shut off, then the one with the higher rate. */
static guint brief_direction(const Crossing *c)
{
  guint best = 0;
  for (guint i = 1; i < c->n_directions; i++) {
    const CrossDirection *d = &c->directions[i], *b = &c->directions[best];
    gboolean fell = d->verdict == CROSS_FELL, best_fell = b->verdict == CROSS_FELL;
    if (fell != best_fell ? fell
                          : q5_rate(d->crossing_months, d->student_months) >
                                q5_rate(b->crossing_months, b->student_months))
      best = i;
  }
  return best;
}

/* What fewer students did is no headline. */
#define HEADLINE_STUDENTS 10

static void brief_headline(Answer *a, const Study *study, const Crossing *c,
                           const CrossDirection *d)
{
  guint fell = 0, few = 0;
  const CrossDirection *last = NULL; /* the last change */
  for (guint i = 0; i < c->n_directions; i++) {
    const CrossDirection *x = &c->directions[i];
    if (x->verdict != CROSS_FELL)
      continue;
    fell++;
    few += x->crossers < HEADLINE_STUDENTS;
    if (!last || q5_month(x, x->change.split) > q5_month(last, last->change.split))
      last = x;
  }
  if (few)
    return;
  char *month = last ? change_words(last) : NULL;
  if (last && fell == c->n_directions)
    answer_headline(a, "reading across tracks looks shut off since %s", month);
  else if (last)
    answer_headline(a, "reading of %s lessons by %s students fell to %s",
                    track_name(study->ds, d->to), track_name(study->ds, d->from),
                    SHARE_TEXT(d->change.rate_after));
  else if (d->verdict != CROSS_NO_EVENTS)
    answer_headline(a, "no shut-off of reading across tracks is visible");
  g_free(month);
}

static void say_brief(Answer *a, const Study *study, const Crossing *c)
{
  if (c->n_directions == 0)
    return;
  guint first = brief_direction(c);
  const CrossDirection *d = &c->directions[first];
  const char *from = track_name(study->ds, d->from), *to = track_name(study->ds, d->to);
  if (d->student_months == 0)
    return;
  if (d->verdict == CROSS_FELL) {
    char *month = change_words(d);
    answer_brief(
        a, SHARE_TEXT(d->change.rate_after),
        "of active %s students a month read %u+ %s lessons since %s; %s before (%s in all)", from,
        c->options.lessons, to, month, SHARE_TEXT(d->change.rate_before),
        COUNT_TEXT(d->crossers, "student", "students"));
    g_free(month);
  } else
    answer_brief(a, SHARE_TEXT(q5_rate(d->crossing_months, d->student_months)),
                 "of active %s students a month read %u+ %s lessons; no shut-off visible", from,
                 c->options.lessons, to);
  for (guint i = 0; i < c->n_directions; i++)
    if (i != first)
      brief_other(a, study, &c->directions[i]);
  brief_headline(a, study, c, d);
}

/* How often, by year: also whether it happened before. */
static void say_rates(Answer *a, const Study *study, const CrossDirection *d, const Crossing *c)
{
  const char *from = q5_track(study->ds, d->from), *to = q5_track(study->ds, d->to);
  char *years = years_text(d);
  guint m = 0;
  while (m < d->n_months && d->months[m].crossing == 0)
    m++;
  char *first = m < d->n_months
                    ? g_strdup_printf(
                          " The first month in which anybody did is %s (%s of %s); the log begins "
                          "in %s.",
                          MONTH_TEXT(d->months[m].month), N_TEXT(d->months[m].crossing),
                          COUNT_TEXT(d->months[m].active, "active student", "active students"),
                          MONTH_TEXT(d->months[0].month))
                    : g_strdup("");
  answer_finding(a, answer_link("cross", NULL),
                 "From %s to %s: in %s of %s the student opened %u or more distinct lessons of the "
                 "other track (%s); by year, %s.%s",
                 from, to, N_TEXT(d->crossing_months),
                 COUNT_TEXT(d->student_months, "month in which a student was active",
                            "months in which a student was active"),
                 c->options.lessons, SHARE_TEXT(q5_rate(d->crossing_months, d->student_months)),
                 *years ? years : "nothing", first);
  g_free(first);
  g_free(years);
}

static void say_verdict(Answer *a, const Study *study, const Crossing *c, const CrossDirection *d)
{
  const char *from = q5_track(study->ds, d->from), *to = q5_track(study->ds, d->to);
  const ChangePoint *p = &d->change;
  if (d->verdict == CROSS_NO_EVENTS)
    return;
  if (d->verdict == CROSS_NO_CHANGE)
    answer_finding(a, answer_link("cross", NULL),
                   "From %s to %s no month parts the log clearly into more and less: the best one, "
                   "%s, goes from %s to %s of the active students a month, and chance alone parts "
                   "it as clearly with %s (asked for: below %s, and a fall by %s).",
                   from, to, MONTH_TEXT(q5_month(d, p->split)), SHARE_TEXT(p->rate_before),
                   SHARE_TEXT(p->rate_after), P_TEXT(p->p), REAL_TEXT(c->options.p, 2),
                   SHARE_TEXT(c->options.fall));
  else
    answer_finding(
        a, answer_link("cross", NULL),
        "From %s to %s the fall came in %s (at the earliest %s, at the latest %s): %s of %s months "
        "in which a student was active before (%s), %s of %s from then on (%s), less by %s; chance "
        "alone makes as clear a fall with %s.",
        from, to, MONTH_TEXT(q5_month(d, p->split)), MONTH_TEXT(q5_month(d, p->low)),
        MONTH_TEXT(q5_month(d, p->high)), N_TEXT(p->events_before), N_TEXT(p->exposure_before),
        SHARE_TEXT(p->rate_before), N_TEXT(p->events_after), N_TEXT(p->exposure_after),
        SHARE_TEXT(p->rate_after), SHARE_TEXT(p->fall), P_TEXT(p->p));
}

static void say_still(Answer *a, const Study *study, const Crossing *c, guint direction, guint top)
{
  const CrossDirection *d = &c->directions[direction];
  GArray *users = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < c->n; i++)
    if (c->crossers[i].direction == direction && q5_still_crossing(c, &c->crossers[i]))
      g_array_append_val(users, c->crossers[i].user);
  char *names = words_users(study->ds, (const guint32 *)(const void *)users->data, users->len, top);
  if (d->verdict == CROSS_FELL && users->len)
    answer_finding(
        a, answer_link_users(study->ds, (const guint32 *)(const void *)users->data, users->len),
        "From %s on, %s of track %s still opened %u or more distinct lessons of track "
        "%s: %s.",
        MONTH_TEXT(q5_month(d, d->change.split)), COUNT_TEXT(users->len, "student", "students"),
        q5_track(study->ds, d->from), c->options.lessons, q5_track(study->ds, d->to), names);
  else if (d->verdict == CROSS_FELL)
    answer_finding(a, NULL, "From %s on, no student of track %s opened %u lessons of track %s.",
                   MONTH_TEXT(q5_month(d, d->change.split)), q5_track(study->ds, d->from),
                   c->options.lessons, q5_track(study->ds, d->to));
  g_free(names);
  g_array_unref(users);
}

void q5_findings(Answer *a, const Study *study, const Crossing *c, guint top)
{
  say_outcome(a, study, c);
  say_brief(a, study, c);
  for (guint d = 0; d < c->n_directions; d++)
    say_rates(a, study, &c->directions[d], c);
  for (guint d = 0; d < c->n_directions; d++) {
    say_verdict(a, study, c, &c->directions[d]);
    say_still(a, study, c, d, top);
  }
  if (c->n_directions == 0)
    answer_finding(a, NULL,
                   "There are no two tracks with lessons of their own, so that nobody could "
                   "cross.");
}

/* --- notes -------------------------------------------------------------------------------------
 */

/* What the rates would be with the members of probable cohorts. */
static void note_probable(Answer *a, const Study *study, const Crossing *c)
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
    answer_note(a,
                "With the %s of probable cohorts, whose track is a guess, students of track %s "
                "would have crossed to %s in %s of %s (%s) instead of %s of %s.",
                COUNT_TEXT(d->students - without->students, "member", "members"),
                q5_track(study->ds, d->from), q5_track(study->ds, d->to),
                N_TEXT(d->crossing_months), COUNT_TEXT(d->student_months, "month", "months"),
                SHARE_TEXT(q5_rate(d->crossing_months, d->student_months)),
                N_TEXT(without->crossing_months), N_TEXT(without->student_months));
  }
  crossing_free(with);
}

void q5_notes(Answer *a, const Study *study, const Crossing *c)
{
  note_probable(a, study, c);
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
