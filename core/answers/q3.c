/* Question 3: students who hardly use the curriculum while in class, and what may explain it. */
#include "core/answers/q3.h"

#include <math.h>

#include "core/answers/question.h"

/* --- accounting --------------------------------------------------------------------------------
 */

static InClass count_in_class(const Study *study, const LowActivity *l)
{
  const AccessLog *log = study->ds->log;
  guint8 *seen = g_new0(guint8, (gsize)study->people->n_users + 1);
  InClass n = {0};
  for (guint32 row = 0; row < log->n_rows; row++)
    if (access_log_phase(log, row) == PHASE_CLASS) {
      n.rows++;
      n.users += seen[log->user[row]] == 0;
      seen[log->user[row]] = 1;
    }
  for (guint i = 0; i < l->classes->n; i++)
    for (guint32 k = 0; k < l->classes->classes[i].n_students; k++) {
      const ClassStudent *s = &l->classes->classes[i].students[k];
      n.probable_rows += s->probable ? s->hits : 0;
      n.probable_users += s->probable && s->hits > 0;
    }
  g_free(seen);
  return n;
}

static void leave_out(Answer *a, const Study *study, const InClass *n)
{
  static const struct {
    Phase phase;
    const char *what;
  } table[] = {{PHASE_BEFORE, "rows before the class began"},
               {PHASE_AFTER, "rows after the class had ended"},
               {PHASE_STAFF, "rows of staff"},
               {PHASE_UNDATED, "rows of cohorts without dates"}};
  const AccessLog *log = study->ds->log;
  guint64 count[N_PHASES] = {0};
  for (guint32 row = 0; row < log->n_rows; row++)
    count[access_log_phase(log, row)]++;
  g_free(a->scope);
  a->scope = g_strdup("phase=class,none");
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
    answer_leave_out(a, count[table[i].phase], "%s", table[i].what);
  answer_leave_out(a, count[PHASE_NONE] - n->probable_rows,
                   "rows without a cohort, outside the class time of a probable one");
}

/* --- listed students ---------------------------------------------------------------------------
 */

enum {
  LOW_USER,
  LOW_COHORT,
  LOW_COHORT_NAME,
  LOW_PROBABLE,
  LOW_HITS,
  LOW_DAYS,
  LOW_CLASS_DAYS,
  LOW_PER_DAY,
  LOW_OF_MEDIAN,
  LOW_ROBUST_Z,
  LOW_REASONS,
  LOW_EVIDENCE,
  LOW_FIRST,
  LOW_LAST,
  LOW_OUTSIDE,
  LOW_LESSONS,
  LOW_ADDRESSES,
  LOW_N_ADDRESSES,
  LOW_SHARED,
};

static const AnswerColumn low_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the student in the log.", COLUMN_USER},
    {"cohort", "id", CELL_TEXT, 0, "Id of the student's cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the student's cohort.", COLUMN_PLAIN},
    {"probable", "prob.", CELL_BOOL, 0,
     "Yes when the rows carry no cohort and the student was put into one by the time of the first "
     "hit.",
     COLUMN_PLAIN},
    {"hits_in_class", "hits", CELL_INT, 0,
     "Hits of every kind from the first to the last day of the class.", COLUMN_PLAIN},
    {"days_in_class", "days", CELL_INT, 0, "Days of the class with a hit of the student.",
     COLUMN_PLAIN},
    {"class_days", "of", CELL_INT, 0,
     "Class days that the log covers: days of the class on which a fifth of its students made a "
     "hit.",
     COLUMN_PLAIN},
    {"hits_per_class_day", "h/day", CELL_REAL, 2, "Hits in class divided by these class days.",
     COLUMN_PLAIN},
    {"share_of_median", "median", CELL_SHARE, 1,
     "Hits in class as a share of the median of the students of the class.", COLUMN_PLAIN},
    {"robust_z", "z", CELL_REAL, 1,
     "How many deviations (by the median absolute deviation) log(1 + hits per class day) lies from "
     "the median of the class; below -3 is far.",
     COLUMN_PLAIN},
    {"reasons", "reasons", CELL_TEXT, 0,
     "Tags of what may explain it; each is spelled out in the next column.", COLUMN_PLAIN},
    {"evidence", "evidence", CELL_TEXT, 0, "The same in words, with the numbers.", COLUMN_PLAIN},
    {"first_hit", "first", CELL_TIME, 0, "First hit in class, or of all when there is none.",
     COLUMN_PLAIN},
    {"last_hit", "last", CELL_TIME, 0, "Last hit in class, or of all when there is none.",
     COLUMN_PLAIN},
    {"hits_outside", "outside", CELL_INT, 0, "Hits before and after the class, and as staff.",
     COLUMN_PLAIN},
    {"lessons", "lessons", CELL_INT, 0, "Distinct lessons over the whole log.", COLUMN_PLAIN},
    {"addresses", "addresses", CELL_TEXT, 0, "The addresses with most hits, at most four.",
     COLUMN_MARKED},
    {"n_addresses", "n addr.", CELL_INT, 0, "Distinct addresses over the whole log.", COLUMN_PLAIN},
    {"shared_with", "shared with", CELL_TEXT, 0,
     "Other ids seen at the student's private addresses, at most four; the school's own addresses "
     "are not counted.",
     COLUMN_MARKED},
    {NULL}};

/* "198.51.100.7, 203.0.113.4" */
static char *address_list(const Dataset *ds, const LowStudent *s)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < MIN(s->n_ips, LOW_KNOWN); i++)
    g_string_append_printf(out, "%s" MARKED_ADDRESS, i ? ", " : "",
                           ip_table_text(ds->log->ips, s->ips[i]));
  return g_string_free(out, FALSE);
}

static void set_hits(Table *t, const LowStudent *s)
{
  table_set_int(t, LOW_HITS, s->hits);
  table_set_int(t, LOW_OUTSIDE, s->outside);
  table_set_int(t, LOW_LESSONS, s->lessons);
  table_set_int(t, LOW_N_ADDRESSES, s->n_ips);
  if (!s->in)
    return;
  table_set_int(t, LOW_DAYS, s->student->n_days);
  table_set_int(t, LOW_CLASS_DAYS, s->in->n_class_days);
  table_set_real(t, LOW_PER_DAY, s->per_day);
  table_set_real(t, LOW_OF_MEDIAN, s->share);
  table_set_real(t, LOW_ROBUST_Z, s->z);
}

static void set_times(Table *t, const Study *study, const LowStudent *s, guint first, guint last)
{
  const AccessLog *log = study->ds->log;
  const guint32 *rows = log->rows_by_user;
  gboolean in_class = s->in && s->student->hits > 0;
  table_set_int(t, first, in_class ? s->student->first : log->time[rows[log->user_start[s->user]]]);
  table_set_int(t, last,
                in_class ? s->student->last : log->time[rows[log->user_start[s->user + 1] - 1]]);
}

static void low_row(AnswerTable *at, const Study *study, const LowStudent *s)
{
  const Dataset *ds = study->ds;
  Table *t = at->table;
  answer_row(at, answer_link_key("timeline", ds, DIM_USER, s->user, NULL));
  table_set_text(t, LOW_USER, user_text(ds, s->user));
  table_set_text(t, LOW_COHORT, cohort_id_text(ds, s->cohort));
  table_set_text(t, LOW_COHORT_NAME, cohort_text(ds, s->cohort));
  table_set_int(t, LOW_PROBABLE, s->probable);
  set_hits(t, s);
  set_times(t, study, s, LOW_FIRST, LOW_LAST);
  table_take_text(t, LOW_REASONS, low_reasons_names(s));
  table_take_text(t, LOW_EVIDENCE, low_reasons_text(s));
  table_take_text(t, LOW_ADDRESSES, address_list(ds, s));
  char *shared = words_users(ds, s->sharers, s->n_sharers, MIN(s->n_sharers, LOW_KNOWN));
  if (s->n_sharers)
    table_take_text(t, LOW_SHARED, shared);
  else
    g_free(shared);
}

static void low_tables(Answer *a, const Study *study, const LowActivity *l)
{
  AnswerTable *listed = answer_table(a, study->ds, PROGRAM_NONE, "low_activity",
                                     "Students with hardly any use in class", low_columns);
  AnswerTable *tests =
      answer_table(a, study->ds, PROGRAM_NONE, "test_accounts",
                   "Ids of other cohorts that look like tests of the school", low_columns);
  for (guint i = 0; i < l->n; i++)
    low_row(l->students[i].in ? listed : tests, study, &l->students[i]);
}

/* --- classes, and students never seen in them --------------------------------------------------
 */

enum {
  CLASS_COHORT,
  CLASS_NAME,
  CLASS_STUDENTS,
  CLASS_DAYS,
  CLASS_MEDIAN,
  CLASS_LISTED,
  CLASS_NEVER
};

static const AnswerColumn class_columns[] = {
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"students", "students", CELL_INT, 0,
     "Students of the cohort with a hit in class, probable ones among them.", COLUMN_PLAIN},
    {"class_days", "days", CELL_INT, 0,
     "Class days that the log covers: days of the class on which a fifth of its students made a "
     "hit.",
     COLUMN_PLAIN},
    {"median_hits", "median", CELL_REAL, 0, "Median of the hits in class of its students.",
     COLUMN_PLAIN},
    {"listed", "listed", CELL_INT, 0, "Students of it that are listed above.", COLUMN_PLAIN},
    {"never_in_class", "never", CELL_INT, 0,
     "Students of it who have hits, but none in the part of the class that the log covers.",
     COLUMN_PLAIN},
    {NULL}};

static guint32 count_in(const LowStudent *list, guint n, const SchoolClass *c)
{
  guint32 found = 0;
  for (guint i = 0; i < n; i++)
    found += list[i].in == c;
  return found;
}

static void class_table(Answer *a, const Study *study, const LowActivity *l)
{
  const Dataset *ds = study->ds;
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "classes",
                                "Classes that the log covers, at least in part", class_columns);
  for (guint i = 0; i < l->classes->n; i++) {
    const SchoolClass *c = &l->classes->classes[i];
    if (c->from > c->to)
      continue;
    answer_row(t, answer_link_key("users", ds, DIM_COHORT, c->cohort, "phase=class"));
    table_set_text(t->table, CLASS_COHORT, cohort_id_text(ds, c->cohort));
    table_set_text(t->table, CLASS_NAME, cohort_text(ds, c->cohort));
    table_set_int(t->table, CLASS_STUDENTS, c->n_active);
    table_set_int(t->table, CLASS_DAYS, c->n_class_days);
    table_set_real(t->table, CLASS_MEDIAN, l->baselines[i].median);
    table_set_int(t->table, CLASS_LISTED, count_in(l->students, l->n, c));
    table_set_int(t->table, CLASS_NEVER,
                  count_in((const LowStudent *)(const void *)l->never->data, l->never->len, c));
  }
}

enum {
  NEVER_USER,
  NEVER_COHORT,
  NEVER_COHORT_NAME,
  NEVER_HITS,
  NEVER_FIRST,
  NEVER_LAST,
  NEVER_WHY
};

static const AnswerColumn never_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the student in the log.", COLUMN_USER},
    {"cohort", "id", CELL_TEXT, 0, "Id of the student's cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the student's cohort.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits over the whole log, all outside the class.", COLUMN_PLAIN},
    {"first_hit", "first", CELL_TIME, 0, "First hit of all.", COLUMN_PLAIN},
    {"last_hit", "last", CELL_TIME, 0, "Last hit of all.", COLUMN_PLAIN},
    {"evidence", "evidence", CELL_TEXT, 0, "What may explain it: an edge of the log.",
     COLUMN_PLAIN},
    {NULL}};

static void never_table(Answer *a, const Study *study, const LowActivity *l)
{
  const Dataset *ds = study->ds;
  if (l->never->len == 0)
    return;
  AnswerTable *t =
      answer_table(a, ds, PROGRAM_NONE, "never_in_class",
                   "Students with hits, but none while their class ran", never_columns);
  for (guint i = 0; i < l->never->len; i++) {
    const LowStudent *s = &g_array_index(l->never, LowStudent, i);
    answer_row(t, answer_link_key("timeline", ds, DIM_USER, s->user, NULL));
    table_set_text(t->table, NEVER_USER, user_text(ds, s->user));
    table_set_text(t->table, NEVER_COHORT, cohort_id_text(ds, s->cohort));
    table_set_text(t->table, NEVER_COHORT_NAME, cohort_text(ds, s->cohort));
    table_set_int(t->table, NEVER_HITS, s->outside);
    set_times(t->table, study, s, NEVER_FIRST, NEVER_LAST);
    if (s->reasons)
      table_take_text(t->table, NEVER_WHY, low_reasons_text(s));
  }
}

Answer *answer_q3(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  (void)flags;
  Roster *roster = o->roster ? roster_read(o->roster, error) : NULL;
  if (o->roster && !roster)
    return NULL;
  Answer *a = answer_start(3, study->ds);
  LowActivity *l = low_activity_new(study, NULL);
  InClass n = count_in_class(study, l);
  leave_out(a, study, &n);
  q3_findings(a, study, l, &n, MAX(1, o->top));
  low_tables(a, study, l);
  q3_quiet(a, study, o);
  never_table(a, study, l);
  class_table(a, study, l);
  q3_roster(a, study, l, roster);
  q3_notes(a, l, &n);
  low_activity_free(l);
  roster_free(roster);
  return a;
}
