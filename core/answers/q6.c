/* Question 6: what graduates keep referring to, by module, by lesson and by months since their
 * class (q6_months.c), in each program. */
#include "core/answers/q6.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/answers/question.h"
#include "core/answers/traffic.h"
#include "core/query/rank.h"

#define SCOPE    "kind=lesson phase=after"
#define MIN_HITS 100 /* of a program, to speak of it in findings */

static const char *const left_out[] = {
    "", "hits that are not after the own class: before or in it, of staff, or without a cohort",
    NULL};

const char *q6_key_text(const GraduatePart *p, Dimension by, guint32 key)
{
  return by == DIM_LESSON ? p->ds->catalog->entries[key].name : p->ds->catalog->modules[key];
}

gboolean graduate_counts(const GraduatePart *p, const Graduate *g)
{
  return cohort_table_get(p->ds->log->cohorts, g->cohort)->program == p->program &&
         (p->keep_likely || !p->graduates->is_likely[g->user]);
}

/* --- topics: modules and lessons ----------------------------------------------------------------
 */

typedef struct {
  guint32 key, hits, graduates;
  double share;    /* of the graduates' hits */
  double in_class; /* share of the program's hits in class; NaN when it has none */
} Topic;

static int compare_topics(const void *a, const void *b)
{
  const Topic *x = a, *y = b;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return x->graduates != y->graduates ? (x->graduates > y->graduates ? -1 : 1)
                                      : (x->key > y->key) - (x->key < y->key);
}

/* Shares of the program's hits in class, by key; free with g_free. */
static double *shares_in_class(const GraduatePart *p, Dimension by)
{
  Selection *sel = program_select(p->ds, p->program, "kind=lesson phase=class");
  RankRequest req = {.by = by};
  Ranking *r = rank(p->ds, sel, &req);
  guint32 n = dimension_count(p->ds, by);
  double *shares = g_new(double, (gsize)n + 1);
  for (guint32 i = 0; i < n; i++)
    shares[i] = sel->n ? 0 : NAN;
  for (guint32 i = 0; i < r->n; i++)
    shares[r->rows[i].key] = (double)r->rows[i].hits / sel->n;
  ranking_free(r);
  selection_free(sel);
  return shares;
}

static GArray *topics_of(const GraduatePart *p, Dimension by)
{
  GArray *topics = g_array_new(FALSE, FALSE, sizeof(Topic));
  double *in_class = shares_in_class(p, by);
  RankRequest req = {.by = by, .measures = MEASURE_BIT(MEASURE_USERS)};
  Ranking *r = rank(p->ds, p->sel, &req);
  for (guint32 i = 0; i < r->n; i++) {
    const RankRow *row = &r->rows[i];
    Topic t = {row->key, row->hits, row->users, (double)row->hits / p->sel->n, in_class[row->key]};
    g_array_append_val(topics, t);
  }
  g_array_sort(topics, compare_topics);
  ranking_free(r);
  g_free(in_class);
  return topics;
}

enum { COL_NAME, COL_HITS, COL_SHARE, COL_GRADUATES, COL_OF_GRADUATES, COL_IN_CLASS, COL_LIFT };

static const AnswerColumn columns[] = {
    {"lesson", "lesson", CELL_TEXT, 0, "Canonical name of the lesson.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits by graduates of the program after the end of their class.",
     COLUMN_PLAIN},
    {"share", "share", CELL_SHARE, 1, "Share of all such hits on lessons.", COLUMN_PLAIN},
    {"graduates", "grads", CELL_INT, 0, "Graduates who opened it after their class.", COLUMN_PLAIN},
    {"share_of_graduates", "of grads", CELL_SHARE, 1,
     "The same as a share of all graduates of the program that the log knows.", COLUMN_PLAIN},
    {"share_in_class", "in class", CELL_SHARE, 1,
     "Share of the hits on lessons that the program's students made in class.", COLUMN_PLAIN},
    {"lift_over_class", "lift", CELL_REAL, 2,
     "Share among graduates over share in class: above 1 they turn to it more than students do.",
     COLUMN_PLAIN},
    {NULL}};

static const AnswerColumn module_column = {
    "module", "module", CELL_TEXT, 0, "First part of the lesson's name.", COLUMN_PLAIN};

static void add_topics(const GraduatePart *p, const GArray *topics, Dimension by, const char *name,
                       const char *title)
{
  AnswerColumn chosen[G_N_ELEMENTS(columns)];
  memcpy(chosen, columns, sizeof columns);
  if (by == DIM_MODULE)
    chosen[COL_NAME] = module_column;
  AnswerTable *t = answer_table(p->a, p->ds, p->program, name, title, chosen);
  for (guint i = 0; i < topics->len; i++) {
    const Topic *x = &g_array_index(topics, Topic, i);
    answer_row(t, answer_link_key("users", p->ds, by, x->key, p->scope));
    table_set_text(t->table, COL_NAME, q6_key_text(p, by, x->key));
    table_set_int(t->table, COL_HITS, x->hits);
    table_set_real(t->table, COL_SHARE, x->share);
    table_set_int(t->table, COL_GRADUATES, x->graduates);
    table_set_real(t->table, COL_OF_GRADUATES, (double)x->graduates / p->known);
    table_set_real(t->table, COL_IN_CLASS, x->in_class);
    table_set_real(t->table, COL_LIFT, x->in_class > 0 ? x->share / x->in_class : NAN);
  }
}

/* --- findings -----------------------------------------------------------------------------------
 */

static void find_activity(const GraduatePart *p)
{
  char *text = g_strdup_printf(
      "%s: of %s that the log knows, %s (%s) opened lessons after their class, %s.",
      program_text(p->ds, p->program), COUNT_TEXT(p->known, "graduate", "graduates"),
      N_TEXT(p->active), SHARE_TEXT((double)p->active / p->known),
      COUNT_TEXT(p->sel->n, "hit", "hits"));
  if (p->sel->n < MIN_HITS)
    answer_note(p->a, "%s", text);
  else
    answer_finding(p->a, answer_link("users", p->scope), "%s", text);
  g_free(text);
}

/* The answer in a line is that of the program with most graduates. */
static void brief_program(const GraduatePart *p, const GArray *modules, guint32 *most)
{
  if (p->known <= *most)
    return;
  const char *program = program_text(p->ds, p->program),
             *module = q6_key_text(p, DIM_MODULE, g_array_index(modules, Topic, 0).key);
  *most = p->known;
  answer_brief(p->a, SHARE_TEXT((double)p->active / p->known),
               "of %s of %s opened lessons after their class, most of all %s",
               COUNT_TEXT(p->known, "graduate", "graduates"), program, module);
}

/* "a (12 hits by 3 of 40 graduates, 7.5 %); b (9 hits by 2, 5.0 %)": the first `n`; free with
 * g_free. */
static char *list_topics(const GraduatePart *p, const GArray *topics, Dimension by, guint n)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < MIN(n, topics->len); i++) {
    const Topic *x = &g_array_index(topics, Topic, i);
    g_string_append_printf(out, "%s%s (%s by %s", i ? "; " : "", q6_key_text(p, by, x->key),
                           COUNT_TEXT(x->hits, "hit", "hits"), N_TEXT(x->graduates));
    if (i == 0)
      g_string_append_printf(out, " of %s", COUNT_TEXT(p->known, "graduate", "graduates"));
    g_string_append_printf(out, ", %s)", SHARE_TEXT((double)x->graduates / p->known));
  }
  return g_string_free(out, FALSE);
}

static const Topic *most_widely(const GArray *topics)
{
  const Topic *best = &g_array_index(topics, Topic, 0);
  for (guint i = 1; i < topics->len; i++)
    if (g_array_index(topics, Topic, i).graduates > best->graduates)
      best = &g_array_index(topics, Topic, i);
  return best;
}

static void find_topics(const GraduatePart *p, const GArray *topics, Dimension by, const char *word)
{
  const Topic *first = &g_array_index(topics, Topic, 0), *wide = most_widely(topics);
  char *list = list_topics(p, topics, by, p->top);
  char *widest = wide == first
                     ? g_strdup("")
                     : g_strdup_printf(" Most graduates by number opened %s: %s (%s), %s.",
                                       q6_key_text(p, by, wide->key), N_TEXT(wide->graduates),
                                       SHARE_TEXT((double)wide->graduates / p->known),
                                       COUNT_TEXT(wide->hits, "hit", "hits"));
  answer_finding(p->a, answer_link_key("users", p->ds, by, first->key, p->scope),
                 "%s: graduates turn most to the %s %s.%s", program_text(p->ds, p->program), word,
                 list, widest);
  g_free(widest);
  g_free(list);
}

/* A topic of some weight that graduates read relatively more than students. */
static gboolean is_turned_to(const GraduatePart *p, const Topic *x)
{
  return x->in_class > 0 && x->share >= 1.5 * x->in_class && x->share >= 0.01 &&
         x->graduates >= MAX(5, 0.05 * p->known);
}

static void find_turned_to(const GraduatePart *p, const GArray *modules)
{
  GString *list = g_string_new(NULL);
  guint n = 0;
  for (guint i = 0; i < modules->len && n < p->top; i++) {
    const Topic *x = &g_array_index(modules, Topic, i);
    if (is_turned_to(p, x))
      g_string_append_printf(list, "%s%s (%s of the hits of graduates, %s of those in class)",
                             n++ ? "; " : "", q6_key_text(p, DIM_MODULE, x->key),
                             SHARE_TEXT(x->share), SHARE_TEXT(x->in_class));
  }
  if (n)
    answer_finding(p->a, answer_link("lessons", p->scope),
                   "%s: graduates read these modules at least half as much again as students in "
                   "class do: %s.",
                   program_text(p->ds, p->program), list->str);
  g_string_free(list, TRUE);
}

static void add_findings(const GraduatePart *p, const GArray *modules, const GArray *lessons,
                         guint32 *most)
{
  if (p->sel->n >= MIN_HITS) {
    brief_program(p, modules, most);
    find_topics(p, modules, DIM_MODULE, "modules");
    find_topics(p, lessons, DIM_LESSON, "lessons");
    find_turned_to(p, modules);
  }
  find_activity(p);
}

/* --- those who became staff ---------------------------------------------------------------------
 */

enum {
  STAFF_USER,
  STAFF_COHORT,
  STAFF_NAME,
  STAFF_WHY,
  STAFF_HITS,
  STAFF_SITE,
  STAFF_WEEKS,
  STAFF_BUSY,
  STAFF_FIRST,
  STAFF_LAST
};

static const AnswerColumn staff_columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the user in the log.", COLUMN_USER},
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort that the last hit after class carries.",
     COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of that cohort.", COLUMN_PLAIN},
    {"why", "why", CELL_TEXT, 0,
     "staff-rows: the user also has rows of staff; at-school: weeks of heavy reading from the "
     "school's own addresses after the class, and mostly from there.",
     COLUMN_PLAIN},
    {"hits_after", "hits", CELL_INT, 0, "Hits of every kind after the class.", COLUMN_PLAIN},
    {"site_share", "school", CELL_SHARE, 0, "Share of these from the school's own addresses.",
     COLUMN_PLAIN},
    {"weeks", "weeks", CELL_INT, 0, "Weeks (Monday to Sunday) with such a hit.", COLUMN_PLAIN},
    {"busy_weeks", "busy", CELL_INT, 0,
     "Of these, weeks with 20 hits or more from the school's own addresses.", COLUMN_PLAIN},
    {"first_hit", "first", CELL_TIME, 0, "First hit after the class.", COLUMN_PLAIN},
    {"last_hit", "last", CELL_TIME, 0, "Last hit after the class.", COLUMN_PLAIN},
    {NULL}};

static void add_likely_staff(Answer *a, const Dataset *ds, const Graduates *g)
{
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "likely_staff",
                                "Graduates who became staff under their old cohort", staff_columns);
  for (guint i = 0; i < g->likely_staff->len; i++) {
    const LikelyStaff *x = &g_array_index(g->likely_staff, LikelyStaff, i);
    if (x->hits == 0)
      continue;
    answer_row(t, answer_link_key("timeline", ds, DIM_USER, x->user, NULL));
    table_set_text(t->table, STAFF_USER, user_text(ds, x->user));
    table_set_text(t->table, STAFF_COHORT, cohort_id_text(ds, x->cohort));
    table_set_text(t->table, STAFF_NAME, cohort_text(ds, x->cohort));
    table_set_text(t->table, STAFF_WHY, x->staff_rows ? "staff-rows" : "at-school");
    table_set_int(t->table, STAFF_HITS, x->hits);
    table_set_real(t->table, STAFF_SITE, (double)x->site_hits / x->hits);
    table_set_int(t->table, STAFF_WEEKS, x->weeks);
    table_set_int(t->table, STAFF_BUSY, x->busy_weeks);
    table_set_int(t->table, STAFF_FIRST, x->first);
    table_set_int(t->table, STAFF_LAST, x->last);
  }
}

/* --- all of it ----------------------------------------------------------------------------------
 */

/* The rows of a selection without those of marked users. */
static Selection *without_likely(const Dataset *ds, const Selection *sel, const Graduates *g)
{
  Selection *kept = g_new0(Selection, 1);
  kept->rows = kept->own = g_new(guint32, (gsize)sel->n + 1);
  for (guint32 i = 0; i < sel->n; i++) {
    guint32 row = selection_row(sel, i);
    if (!g->is_likely[ds->log->user[row]])
      kept->own[kept->n++] = row;
  }
  return kept;
}

static void count_graduates(GraduatePart *p)
{
  guint8 *seen = g_new0(guint8, (gsize)strpool_count(p->ds->log->users) + 1);
  for (guint i = 0; i < p->graduates->list->len; i++) {
    const Graduate *g = &g_array_index(p->graduates->list, Graduate, i);
    if (graduate_counts(p, g) && !seen[g->user]) {
      seen[g->user] = 1;
      p->known++;
    }
  }
  for (guint32 i = 0; i < p->sel->n; i++) {
    guint8 *user = &seen[p->ds->log->user[selection_row(p->sel, i)]];
    p->active += *user == 1;
    *user = 2;
  }
  g_free(seen);
}

static void add_program(GraduatePart *p, guint32 *most)
{
  Selection *sel = program_select(p->ds, p->program, SCOPE);
  p->sel = p->keep_likely ? g_steal_pointer(&sel) : without_likely(p->ds, sel, p->graduates);
  p->scope = program_scope(p->ds, p->program, SCOPE);
  p->known = p->active = 0;
  count_graduates(p);
  if (p->sel->n) {
    GArray *modules = topics_of(p, DIM_MODULE), *lessons = topics_of(p, DIM_LESSON);
    add_findings(p, modules, lessons, most);
    add_topics(p, modules, DIM_MODULE, "modules", "Modules that graduates read, most hits first");
    add_topics(p, lessons, DIM_LESSON, "lessons", "Lessons that graduates read, most hits first");
    q6_add_months(p);
    g_array_unref(modules);
    g_array_unref(lessons);
  }
  g_free(p->scope);
  selection_free(p->sel);
  selection_free(sel);
}

/* What the marked ones are, and what was done about them. */
static void tell_likely_staff(Answer *a, const Graduates *g, gboolean keep)
{
  guint32 with_rows = 0, by_use = 0;
  for (guint i = 0; i < g->likely_staff->len; i++) {
    const LikelyStaff *x = &g_array_index(g->likely_staff, LikelyStaff, i);
    with_rows += x->hits && x->staff_rows;
    by_use += x->hits && !x->staff_rows;
  }
  guint64 hits = graduates_likely_hits(g);
  if (!keep)
    answer_leave_out(a, hits, "hits of graduates who became staff under their old cohort");
  if (with_rows + by_use)
    answer_finding(a, NULL,
                   "%s became staff and went on under their old cohort: %s by rows of staff that "
                   "they have too, %s by weeks of heavy reading at the school after their class. "
                   "Their %s on lessons %s.",
                   COUNT_TEXT(with_rows + by_use, "graduate", "graduates"), N_TEXT(with_rows),
                   N_TEXT(by_use), COUNT_TEXT(hits, "hit", "hits"),
                   keep ? "are counted here as asked for" : "are left out here");
}

static void add_notes(Answer *a)
{
  answer_note(a, "A graduate is a user with rows of a cohort whose class ended before the last day "
                 "of the log. Of classes that were over before the log began only those are known "
                 "who came back, so that their share of active graduates is too high.");
  answer_note(a,
              "Heavy reading at the school: %d weeks or more with %d hits or more from the "
              "school's own addresses, and half of all hits after the class from there.",
              GRADUATE_BUSY_WEEKS, GRADUATE_BUSY_HITS);
}

Answer *answer_q6(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  (void)flags;
  const Dataset *ds = study->ds;
  Answer *a = answer_start(6, ds);
  Selection *sel = answer_use_scope(a, ds, SCOPE, left_out, error);
  if (!sel) {
    answer_free(a);
    return NULL;
  }
  Graduates *g = graduates_new(study);
  GArray *programs = programs_of(ds, sel);
  guint32 most = 0;
  for (guint i = 0; i < programs->len; i++) {
    GraduatePart p = {.a = a,
                      .ds = ds,
                      .graduates = g,
                      .keep_likely = o->keep_likely_staff,
                      .top = MAX(o->top, 1),
                      .program = g_array_index(programs, guint8, i)};
    add_program(&p, &most);
  }
  if (programs->len == 0)
    answer_finding(a, NULL, "No graduate has opened a lesson after class in this log.");
  tell_likely_staff(a, g, o->keep_likely_staff);
  add_likely_staff(a, ds, g);
  add_notes(a);
  g_array_unref(programs);
  graduates_free(g);
  selection_free(sel);
  return a;
}
