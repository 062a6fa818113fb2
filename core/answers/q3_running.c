/* Question 3: who has gone quiet in running classes, and who is on the roster but not in the log.
 */
#include "core/answers/q3.h"

#include <math.h>
#include <string.h>

#include "core/flags/quiet.h"

/* --- running classes ---------------------------------------------------------------------------
 */

enum {
  RUN_COHORT,
  RUN_NAME,
  RUN_WEEK,
  RUN_STUDENTS,
  RUN_QUIET,
  RUN_MEDIAN,
  RUN_EARLIER,
  RUN_EARLIER_CLASSES,
};

static const AnswerColumn running_columns[] = {
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"course_week", "week", CELL_INT, 0,
     "Week of the course on the day of looking; the first is 1.", COLUMN_PLAIN},
    {"students", "students", CELL_INT, 0, "Students with a hit in class so far.", COLUMN_PLAIN},
    {"quiet", "quiet", CELL_INT, 0, "Of these, who have gone quiet.", COLUMN_PLAIN},
    {"week_median", "median", CELL_REAL, 1,
     "Median of the hits of its students in this week of the course so far.", COLUMN_PLAIN},
    {"earlier_median", "earlier", CELL_REAL, 1,
     "Median, over earlier classes of the program, of their medians in the same days of the same "
     "week of their course.",
     COLUMN_PLAIN},
    {"earlier_classes", "classes", CELL_INT, 0, "Earlier classes that this rests on.",
     COLUMN_PLAIN},
    {NULL}};

static guint32 quiet_in(const Quiet *q, const QuietClass *r)
{
  guint32 n = 0;
  for (guint i = 0; i < q->n_quiet; i++)
    n += q->students[i].in == r;
  return n;
}

static void running_table(Answer *a, const Dataset *ds, const Quiet *q)
{
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "running_classes", "Classes that are running",
                                running_columns);
  for (guint i = 0; i < q->n_classes; i++) {
    const QuietClass *r = &q->running[i];
    answer_row(t, answer_link_key("users", ds, DIM_COHORT, r->in->cohort, NULL));
    table_set_text(t->table, RUN_COHORT, cohort_id_text(ds, r->in->cohort));
    table_set_text(t->table, RUN_NAME, cohort_text(ds, r->in->cohort));
    table_set_int(t->table, RUN_WEEK, r->week);
    table_set_int(t->table, RUN_STUDENTS, r->students);
    table_set_int(t->table, RUN_QUIET, quiet_in(q, r));
    table_set_real(t->table, RUN_MEDIAN, r->week_median);
    table_set_real(t->table, RUN_EARLIER, r->earlier_median);
    table_set_int(t->table, RUN_EARLIER_CLASSES, r->earlier_classes);
  }
}

enum {
  QUIET_USER,
  QUIET_COHORT,
  QUIET_COHORT_NAME,
  QUIET_SEEN,
  QUIET_DAYS,
  QUIET_CLASS_DAYS,
  QUIET_WEEKS,
  QUIET_COURSE_WEEK,
  QUIET_WEEK_HITS,
  QUIET_WEEK_MEDIAN,
  QUIET_EARLIER,
  QUIET_REASON,
};

static const AnswerColumn quiet_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the student in the log.", COLUMN_USER},
    {"cohort", "id", CELL_TEXT, 0, "Id of the student's cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the student's cohort.", COLUMN_PLAIN},
    {"last_seen", "last seen", CELL_TIME, 0, "Time of the last hit of any kind.", COLUMN_PLAIN},
    {"days_quiet", "days", CELL_INT, 0, "Calendar days from then to the day of looking.",
     COLUMN_PLAIN},
    {"class_days_quiet", "class days", CELL_INT, 0,
     "Class days since then: days on which a fifth of the class made a hit.", COLUMN_PLAIN},
    {"weeks_active", "weeks", CELL_INT, 0, "Weeks of the course with a hit of the student.",
     COLUMN_PLAIN},
    {"course_week", "week", CELL_INT, 0,
     "Week of the course on the day of looking; the first is 1.", COLUMN_PLAIN},
    {"week_hits", "this week", CELL_INT, 0,
     "Hits of the student in this week of the course so far.", COLUMN_PLAIN},
    {"week_median", "median", CELL_REAL, 1,
     "Median of the hits of the class in this week of the course so far.", COLUMN_PLAIN},
    {"earlier_median", "earlier", CELL_REAL, 1,
     "Median, over earlier classes of the program, of their medians in the same days of the same "
     "week of their course.",
     COLUMN_PLAIN},
    {"reason", "why", CELL_TEXT, 0,
     "silent: no hit for seven class days after two weeks with hits; low-week: less than a tenth "
     "of "
     "the median of the class in the week.",
     COLUMN_PLAIN},
    {NULL}};

static void quiet_row(AnswerTable *at, const Dataset *ds, const QuietStudent *s)
{
  Table *t = at->table;
  guint16 cohort = s->in->in->cohort;
  answer_row(at, answer_link_key("timeline", ds, DIM_USER, s->user, NULL));
  table_set_text(t, QUIET_USER, user_text(ds, s->user));
  table_set_text(t, QUIET_COHORT, cohort_id_text(ds, cohort));
  table_set_text(t, QUIET_COHORT_NAME, cohort_text(ds, cohort));
  table_set_int(t, QUIET_SEEN, s->last_seen);
  table_set_int(t, QUIET_DAYS, s->days_quiet);
  table_set_int(t, QUIET_CLASS_DAYS, s->class_days_quiet);
  table_set_int(t, QUIET_WEEKS, s->weeks_active);
  table_set_int(t, QUIET_COURSE_WEEK, s->in->week);
  table_set_int(t, QUIET_WEEK_HITS, s->week_hits);
  table_set_real(t, QUIET_WEEK_MEDIAN, s->in->week_median);
  table_set_real(t, QUIET_EARLIER, s->in->earlier_median);
  table_set_text(t, QUIET_REASON,
                 (s->why & QUIET_SILENT) && (s->why & QUIET_WEEK) ? "silent, low-week"
                 : s->why & QUIET_SILENT                          ? "silent"
                                                                  : "low-week");
}

static void say_quiet(Answer *a, const Dataset *ds, const Quiet *q, guint top)
{
  guint32 *users = g_new(guint32, q->n_quiet + 1);
  for (guint i = 0; i < q->n_quiet; i++)
    users[i] = q->students[i].user;
  char *names = words_users(ds, users, q->n_quiet, top);
  if (q->n_quiet)
    answer_finding(a, answer_link_users(ds, users, q->n_quiet),
                   "On %s, %s in %s had gone quiet (no hit for %s, or a week far below the class): "
                   "%s; user " MARKED_USER " was last seen %s before.",
                   DAY_TEXT(q->today), COUNT_TEXT(q->n_quiet, "student", "students"),
                   COUNT_TEXT(q->n_classes, "running class", "running classes"),
                   COUNT_TEXT(q->options.days, "class day", "class days"), names,
                   user_text(ds, q->students[0].user),
                   COUNT_TEXT(q->students[0].days_quiet, "day", "days"));
  else
    answer_finding(a, NULL, "On %s nobody had gone quiet in %s.", DAY_TEXT(q->today),
                   COUNT_TEXT(q->n_classes, "running class", "running classes"));
  g_free(names);
  g_free(users);
}

void q3_quiet(Answer *a, const Study *study, const AnswerOptions *o)
{
  Quiet *q = quiet_new(study, NULL);
  if (q->n_classes > 0) {
    say_quiet(a, study->ds, q, MAX(1, o->top));
    AnswerTable *t = answer_table(a, study->ds, PROGRAM_NONE, "gone_quiet",
                                  "Students who have gone quiet in a running class", quiet_columns);
    for (guint i = 0; i < q->n_quiet; i++)
      quiet_row(t, study->ds, &q->students[i]);
    running_table(a, study->ds, q);
  } else if (study->ds->log->n_rows > 0) {
    answer_finding(a, NULL, "No class was running on %s.", DAY_TEXT(q->today));
  }
  quiet_free(q);
}

/* --- roster ------------------------------------------------------------------------------------
 */

enum { ROSTER_USER, ROSTER_NAME, ROSTER_COHORT };

static const AnswerColumn roster_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the student on the roster.", COLUMN_USER},
    {"name", "name", CELL_TEXT, 0, "Name on the roster.", COLUMN_PERSON},
    {"cohort", "cohort", CELL_TEXT, 0, "Cohort as the roster has it.", COLUMN_PLAIN},
    {NULL}};

static gboolean has_rows(const AccessLog *log, const char *user)
{
  guint32 id = strpool_find(log->users, user, strlen(user));
  return id != STRPOOL_NONE && log->user_start[id + 1] > log->user_start[id];
}

/* Students with hits in class that the roster does not have. */
static guint32 not_on_roster(const Dataset *ds, const LowActivity *l, const Roster *r)
{
  GHashTable *on = g_hash_table_new(g_str_hash, g_str_equal);
  guint32 n = 0;
  for (guint i = 0; i < r->lines->len; i++)
    g_hash_table_add(on, ((RosterLine *)g_ptr_array_index(r->lines, i))->user);
  for (guint i = 0; i < l->classes->n; i++)
    for (guint32 k = 0; k < l->classes->classes[i].n_students; k++) {
      const ClassStudent *s = &l->classes->classes[i].students[k];
      n += s->hits > 0 && !g_hash_table_contains(on, user_text(ds, s->user));
    }
  g_hash_table_unref(on);
  return n;
}

void q3_roster(Answer *a, const Study *study, const LowActivity *l, const Roster *r)
{
  const Dataset *ds = study->ds;
  guint32 missing = 0;
  if (!r) {
    answer_note(a, "Students who never made a single hit cannot be seen in a log; with a roster of "
                   "the classes (--roster FILE) they would be listed.");
    return;
  }
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "on_roster_never_seen",
                                "On the roster, without a single hit", roster_columns);
  for (guint i = 0; i < r->lines->len; i++) {
    const RosterLine *line = g_ptr_array_index(r->lines, i);
    if (has_rows(ds->log, line->user))
      continue;
    missing++;
    answer_row(t, NULL);
    table_set_text(t->table, ROSTER_USER, line->user);
    table_set_text(t->table, ROSTER_NAME, *line->name ? line->name : NULL);
    table_set_text(t->table, ROSTER_COHORT, *line->cohort ? line->cohort : NULL);
  }
  answer_finding(a, NULL,
                 "Of %s on the roster, %s without a single hit in the log; %s with hits in class "
                 "%s not on the roster.",
                 COUNT_TEXT(r->lines->len, "student", "students"), COUNT_TEXT(missing, "is", "are"),
                 COUNT_TEXT(not_on_roster(ds, l, r), "id", "ids"),
                 not_on_roster(ds, l, r) == 1 ? "is" : "are");
  if (r->skipped)
    answer_note(a, "%s of the roster named no user, or one named before, and were skipped.",
                COUNT_TEXT(r->skipped, "line", "lines"));
}
