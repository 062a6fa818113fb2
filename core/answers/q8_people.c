/* Question 8: classes that the rows do not name, and people who changed sides. */
#include "core/answers/q8.h"
#include "core/flags/becamestaff.h"

#include <math.h>

/* --- cohorts without rows ----------------------------------------------------------------------
 */

static const ProbableGroup *group_of_cohort(const Probable *p, guint16 cohort)
{
  for (guint i = 0; p && i < p->n_groups; i++)
    if (p->groups[i].cohort == cohort)
      return &p->groups[i];
  return NULL;
}

enum { EMPTY_COHORT, EMPTY_NAME, EMPTY_PROGRAM, EMPTY_START, EMPTY_END, EMPTY_SEEN, EMPTY_MEMBERS };

static const AnswerColumn empty_columns[] = {
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"program", "program", CELL_TEXT, 0, "Program of the cohort.", COLUMN_PLAIN},
    {"start", "start", CELL_DATE, 0, "First day of the class.", COLUMN_PLAIN},
    {"end", "end", CELL_DATE, 0, "Last day of the class.", COLUMN_PLAIN},
    {"log_covers", "log covers", CELL_BOOL, 0,
     "Yes when a day of the class lies in the log, so that rows were to be expected.",
     COLUMN_PLAIN},
    {"probable_members", "members", CELL_INT, 0,
     "Users without a cohort who are probably its students; blank when there are none.",
     COLUMN_PLAIN},
    {NULL}};

static gboolean is_covered(const AccessLog *log, const Cohort *c)
{
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  return c->start != CIVIL_DAY_NONE && c->end != CIVIL_DAY_NONE && c->start <= last &&
         c->end >= log->first_day;
}

static void empty_row(AnswerTable *at, const Study *study, guint16 cohort)
{
  const Dataset *ds = study->ds;
  const Cohort *c = cohort_table_get(ds->log->cohorts, cohort);
  const ProbableGroup *g = group_of_cohort(study->probable, cohort);
  Table *t = at->table;
  answer_row(at, NULL);
  table_set_text(t, EMPTY_COHORT, c->id);
  table_set_text(t, EMPTY_NAME, c->name);
  table_set_text(t, EMPTY_PROGRAM, program_text(ds, c->program));
  if (c->start != CIVIL_DAY_NONE)
    table_set_int(t, EMPTY_START, c->start);
  if (c->end != CIVIL_DAY_NONE)
    table_set_int(t, EMPTY_END, c->end);
  table_set_int(t, EMPTY_SEEN, is_covered(ds->log, c));
  if (g)
    table_set_int(t, EMPTY_MEMBERS, g->n_members);
}

static void empty_cohorts(Answer *a, const Study *study)
{
  const AccessLog *log = study->ds->log;
  GString *names = g_string_new(NULL);
  guint n = 0, covered = 0;
  AnswerTable *t = NULL;
  for (guint c = COHORT_NONE + 1; c < log->cohorts->cohorts->len; c++) {
    if (log->cohort_start[c + 1] > log->cohort_start[c])
      continue;
    if (!t)
      t = answer_table(a, study->ds, PROGRAM_NONE, "cohorts_without_rows",
                       "Cohorts of the table without a row in the log", empty_columns);
    empty_row(t, study, (guint16)c);
    n++;
    if (!is_covered(log, cohort_table_get(log->cohorts, (guint16)c)))
      continue;
    covered++;
    g_string_append_printf(names, "%s%s", names->len ? ", " : "",
                           cohort_text(study->ds, (guint16)c));
  }
  if (n)
    answer_finding(a, NULL,
                   "%s of the cohort table %s no row in the log; of these, %s had class while it "
                   "ran%s%s.",
                   COUNT_TEXT(n, "cohort", "cohorts"), n == 1 ? "has" : "have", N_TEXT(covered),
                   covered ? ": " : "", names->str);
  else
    answer_note(a, "Every cohort of the cohort table has rows in the log.");
  g_string_free(names, TRUE);
}

/* --- probable missing cohorts ------------------------------------------------------------------
 */

enum {
  GROUP_START,
  GROUP_WEEK,
  GROUP_MEMBERS,
  GROUP_HITS,
  GROUP_COHORT,
  GROUP_NAME,
  GROUP_PROGRAM,
  GROUP_COHORT_START,
  GROUP_OFF,
  GROUP_TRACK,
  GROUP_SHARE,
  GROUP_WHO,
};

static const AnswerColumn group_columns[] = {
    {"start", "start", CELL_DATE, 0, "Median of the days on which its members were first seen.",
     COLUMN_PLAIN},
    {"start_week", "week of", CELL_DATE, 0, "Monday of that week.", COLUMN_PLAIN},
    {"members", "members", CELL_INT, 0,
     "Users without any cohort whose first hits lie within 14 days of each other.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "All hits of its members.", COLUMN_PLAIN},
    {"cohort", "id", CELL_TEXT, 0,
     "Id of the cohort without rows that starts within 10 days of it; blank without one.",
     COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of that cohort.", COLUMN_PLAIN},
    {"program", "program", CELL_TEXT, 0, "Program of that cohort.", COLUMN_PLAIN},
    {"cohort_start", "starts", CELL_DATE, 0, "Start date of that cohort.", COLUMN_PLAIN},
    {"days_off", "off", CELL_INT, 0, "Days from that date to the start of the group.",
     COLUMN_PLAIN},
    {"track", "track", CELL_TEXT, 0, "Track of the cohort, or of what the group reads.",
     COLUMN_PLAIN},
    {"read_share", "reads", CELL_SHARE, 0,
     "Share of that track in its hits on lessons that have a home track.", COLUMN_PLAIN},
    {"users", "users", CELL_TEXT, 0, "Its members.", COLUMN_MARKED},
    {NULL}};

static char *members_text(const Dataset *ds, const ProbableGroup *g)
{
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < g->n_members; i++)
    g_string_append_printf(out, "%s" MARKED_USER, i ? ", " : "", user_text(ds, g->members[i].user));
  return g_string_free(out, FALSE);
}

static void group_row(AnswerTable *at, const Study *study, const ProbableGroup *g)
{
  const Dataset *ds = study->ds;
  Table *t = at->table;
  answer_row(at, answer_link_days("users", g->from, g->to, "cohort=none"));
  table_set_int(t, GROUP_START, g->start);
  table_set_int(t, GROUP_WEEK, civil_week_start(g->start));
  table_set_int(t, GROUP_MEMBERS, g->n_members);
  table_set_int(t, GROUP_HITS, (gint64)g->hits);
  if (g->track >= 0)
    table_set_text(t, GROUP_TRACK, home_name(ds->log, g->track));
  table_set_real(t, GROUP_SHARE, g->read_share);
  table_take_text(t, GROUP_WHO, members_text(ds, g));
  if (g->cohort == COHORT_NONE)
    return;
  const Cohort *c = cohort_table_get(ds->log->cohorts, g->cohort);
  table_set_text(t, GROUP_COHORT, c->id);
  table_set_text(t, GROUP_NAME, c->name);
  table_set_text(t, GROUP_PROGRAM, program_text(ds, c->program));
  table_set_int(t, GROUP_COHORT_START, c->start);
  table_set_int(t, GROUP_OFF, g->days_off);
}

static void say_group(Answer *a, const Study *study, const ProbableGroup *g)
{
  const Dataset *ds = study->ds;
  AnswerLink *link = answer_link_days("users", g->from, g->to, "cohort=none");
  if (g->cohort != COHORT_NONE) {
    const Cohort *c = cohort_table_get(ds->log->cohorts, g->cohort);
    answer_finding(a, link,
                   "A class is missing from the rows: %s without a cohort begin in the week of %s, "
                   "and cohort %s (id %s, %s, starts %s) has no row; they made %s.",
                   COUNT_TEXT(g->n_members, "user", "users"), DAY_TEXT(civil_week_start(g->start)),
                   c->name, c->id, program_text(ds, c->program), DAY_TEXT(c->start),
                   COUNT_TEXT(g->hits, "hit", "hits"));
  } else {
    answer_finding(a, link,
                   "A class may be missing from the cohort table: %s without a cohort begin in the "
                   "week of %s and made %s%s%s.",
                   COUNT_TEXT(g->n_members, "user", "users"), DAY_TEXT(civil_week_start(g->start)),
                   COUNT_TEXT(g->hits, "hit", "hits"), g->track >= 0 ? ", reading like track " : "",
                   g->track >= 0 ? home_name(ds->log, g->track) : "");
  }
}

/* The answer in a line, where a class is missing. */
static void brief_missing(Answer *a, const char *names, guint n, guint members, guint64 hits)
{
  answer_brief(a, N_TEXT(members),
               "%s with %s %s no cohort: the %s %s %s to be missing from the rows",
               members == 1 ? "user" : "users", COUNT_TEXT(hits, "hit", "hits"),
               members == 1 ? "carries" : "carry", n == 1 ? "class" : "classes", names,
               n == 1 ? "seems" : "seem");
  answer_headline(a, "%s to be missing from the log", COUNT_TEXT(n, "class seems", "classes seem"));
}

/* The answer in a sentence, where there are several: each has one of its own behind it. */
static void say_missing(Answer *a, const Study *study)
{
  const Probable *p = study->probable;
  GString *names = g_string_new(NULL);
  guint n = 0, members = 0;
  guint64 hits = 0;
  for (guint i = 0; i < p->n_groups; i++) {
    const ProbableGroup *g = &p->groups[i];
    if (g->cohort == COHORT_NONE)
      continue;
    const Cohort *c = cohort_table_get(study->ds->log->cohorts, g->cohort);
    g_string_append_printf(names, "%s%s (%s)", n++ ? ", " : "", c->name,
                           program_text(study->ds, c->program));
    members += g->n_members;
    hits += g->hits;
  }
  if (n > 1)
    answer_finding(a, answer_link("users", "cohort=none"),
                   "%s seem to be missing from the rows, %s: %s whose %s carry no cohort.",
                   COUNT_TEXT(n, "class", "classes"), names->str,
                   COUNT_TEXT(members, "user", "users"), COUNT_TEXT(hits, "hit", "hits"));
  if (n)
    brief_missing(a, names->str, n, members, hits);
  g_string_free(names, TRUE);
}

static void rows_without_cohort(Answer *a, const Study *study)
{
  const AccessLog *log = study->ds->log;
  const Probable *p = study->probable;
  guint64 loose = log->cohort_start[COHORT_NONE + 1] - log->cohort_start[COHORT_NONE];
  if (loose > 0)
    answer_finding(a, answer_link("users", "cohort=none"), "%s no cohort (%s of all)%s%s.",
                   COUNT_TEXT(loose, "row carries", "rows carry"),
                   SHARE_TEXT((double)loose / log->n_rows), p ? "; users without any cohort: " : "",
                   p ? N_TEXT(p->n_loose) : "");
  if (loose > 0 && !a->brief)
    answer_brief(a, SHARE_TEXT((double)loose / log->n_rows), "of all rows carry no cohort: %s",
                 COUNT_TEXT(loose, "row", "rows"));
}

static void probable_cohorts(Answer *a, const Study *study)
{
  const Probable *p = study->probable;
  if (!p || p->n_groups == 0)
    return;
  AnswerTable *t =
      answer_table(a, study->ds, PROGRAM_NONE, "probable_missing_cohorts",
                   "Groups of users without a cohort that look like a class", group_columns);
  say_missing(a, study);
  for (guint i = 0; i < p->n_groups; i++) {
    say_group(a, study, &p->groups[i]);
    group_row(t, study, &p->groups[i]);
  }
}

/* --- ids in several cohorts --------------------------------------------------------------------
 */

enum { SEVERAL_USER, SEVERAL_N, SEVERAL_COHORTS, SEVERAL_STAFF, SEVERAL_TRACKS, SEVERAL_HITS };

static const AnswerColumn several_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the user in the log.", COLUMN_USER},
    {"n_cohorts", "cohorts", CELL_INT, 0, "Distinct cohorts in the rows of the user.",
     COLUMN_PLAIN},
    {"cohorts", "which", CELL_TEXT, 0, "Their names with the hits in each, in order of first use.",
     COLUMN_PLAIN},
    {"staff", "staff", CELL_BOOL, 0, "Yes when a staff cohort is among them.", COLUMN_PLAIN},
    {"several_tracks", "tracks", CELL_BOOL, 0,
     "Yes when these cohorts, staff left out, are of several tracks.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "All hits of the user.", COLUMN_PLAIN},
    {NULL}};

static char *cohorts_text(const Dataset *ds, guint32 user)
{
  const AccessLog *log = ds->log;
  GArray *order = g_array_new(FALSE, FALSE, sizeof(guint16));
  GString *out = g_string_new(NULL);
  guint32 *hits = g_new0(guint32, log->cohorts->cohorts->len);
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint16 c = log->cohort[log->rows_by_user[i]];
    if (c != COHORT_NONE && hits[c]++ == 0)
      g_array_append_val(order, c);
  }
  for (guint i = 0; i < order->len; i++) {
    guint16 c = g_array_index(order, guint16, i);
    g_string_append_printf(out, "%s%s (%s)", i ? ", " : "", cohort_text(ds, c), N_TEXT(hits[c]));
  }
  g_array_unref(order);
  g_free(hits);
  return g_string_free(out, FALSE);
}

static void several_cohorts(Answer *a, const Study *study)
{
  const Dataset *ds = study->ds;
  guint n = 0, staff = 0, tracks = 0;
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "ids_in_several_cohorts",
                                "Ids that appear in several cohorts", several_columns);
  for (guint32 u = 0; u < study->people->n_users; u++) {
    gboolean several;
    if (study->people->n_cohorts[u] < 2)
      continue;
    (void)people_only_track(study->people, u, &several);
    n++;
    staff += study->people->staff[u];
    tracks += several;
    answer_row(t, answer_link_key("timeline", ds, DIM_USER, u, NULL));
    table_set_text(t->table, SEVERAL_USER, user_text(ds, u));
    table_set_int(t->table, SEVERAL_N, study->people->n_cohorts[u]);
    table_take_text(t->table, SEVERAL_COHORTS, cohorts_text(ds, u));
    table_set_int(t->table, SEVERAL_STAFF, study->people->staff[u]);
    table_set_int(t->table, SEVERAL_TRACKS, several);
    table_set_int(t->table, SEVERAL_HITS, ds->log->user_start[u + 1] - ds->log->user_start[u]);
  }
  answer_finding(a, NULL,
                 "%s of %s in the log %s in several cohorts: %s with rows of staff, %s in "
                 "programs of several tracks.",
                 N_TEXT(n), COUNT_TEXT(study->people->n_users, "id", "ids"),
                 n == 1 ? "appears" : "appear", N_TEXT(staff), N_TEXT(tracks));
}

/* --- students who became staff -----------------------------------------------------------------
 */

enum {
  BECAME_USER,
  BECAME_COHORT,
  BECAME_NAME,
  BECAME_BEFORE,
  BECAME_SINCE,
  BECAME_ROWS,
  BECAME_LATER
};

static const AnswerColumn became_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the user in the log.", COLUMN_USER},
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort as a student.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort as a student.", COLUMN_PLAIN},
    {"student_hits", "before", CELL_INT, 0, "Hits as a student before the first one of staff.",
     COLUMN_PLAIN},
    {"staff_since", "staff since", CELL_TIME, 0, "First hit in a staff cohort.", COLUMN_PLAIN},
    {"staff_hits", "as staff", CELL_INT, 0, "Hits in staff cohorts.", COLUMN_PLAIN},
    {"student_hits_later", "later", CELL_INT, 0,
     "Hits under a student cohort after the first one of staff.", COLUMN_PLAIN},
    {NULL}};

static void became_staff(Answer *a, const Study *study, guint top)
{
  const Dataset *ds = study->ds;
  GArray *list = became_staff_find(study);
  GArray *users = g_array_new(FALSE, FALSE, sizeof(guint32));
  AnswerTable *t = list->len ? answer_table(a, ds, PROGRAM_NONE, "became_staff",
                                            "Students who became staff", became_columns)
                             : NULL;
  for (guint i = 0; i < list->len; i++) {
    const BecameStaff *b = &g_array_index(list, BecameStaff, i);
    g_array_append_val(users, b->user);
    answer_row(t, answer_link_key("timeline", ds, DIM_USER, b->user, NULL));
    table_set_text(t->table, BECAME_USER, user_text(ds, b->user));
    table_set_text(t->table, BECAME_COHORT, cohort_id_text(ds, b->cohort));
    table_set_text(t->table, BECAME_NAME, cohort_text(ds, b->cohort));
    table_set_int(t->table, BECAME_BEFORE, b->before);
    table_set_int(t->table, BECAME_SINCE, b->staff_first);
    table_set_int(t->table, BECAME_ROWS, b->staff);
    table_set_int(t->table, BECAME_LATER, b->after);
  }
  char *names =
      words_users(ds, (const guint32 *)(const void *)users->data, users->len, MAX(top, 10));
  if (list->len)
    answer_finding(a, answer_link_users(ds, (const guint32 *)(const void *)users->data, users->len),
                   "%s first read as a student and %s rows of staff later: %s.",
                   COUNT_TEXT(list->len, "id", "ids"), list->len == 1 ? "has" : "have", names);
  g_free(names);
  g_array_unref(users);
  g_array_unref(list);
}

void q8_people(Answer *a, const Study *study, guint top)
{
  probable_cohorts(a, study);
  rows_without_cohort(a, study);
  empty_cohorts(a, study);
  several_cohorts(a, study);
  became_staff(a, study, top);
}
