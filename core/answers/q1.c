/* Question 1: which lesson has the most traffic, consistently across cohorts, in each program. */
#include "core/answers/build.h"
#include "core/answers/question.h"
#include "core/answers/traffic.h"

#include <string.h>

#define SCOPE    "kind=lesson staff=no -cohort=none"
#define MIN_HITS 100 /* of a program, to speak of it in findings */

static const char *const left_out[] = {"", "hits of staff", "hits without a cohort", NULL};

/* --- tables -------------------------------------------------------------------------------------
 */

enum {
  COL_NAME,
  COL_MEDIAN_SHARE,
  COL_IN_TOP,
  COL_OF,
  COL_MEDIAN_RANK,
  COL_HITS,
  COL_SHARE,
  COL_USERS,
  COL_COHORTS,
  COL_PATHS
};

static const AnswerColumn columns[] = {
    {"lesson", "lesson", CELL_TEXT, 0,
     "Canonical name of the lesson, or its path when raw paths were asked for.", COLUMN_PLAIN},
    {"median_share", "med. share", CELL_SHARE, 2,
     "Share of a cohort's hits on lessons that went here, median over all cohorts of the program; "
     "a cohort without a hit counts with 0.",
     COLUMN_PLAIN},
    {"cohorts_in_top", "in top", CELL_INT, 0,
     "Cohorts in which it is among the first few by hits (5 unless set otherwise).", COLUMN_PLAIN},
    {"cohorts_ranked", "of", CELL_INT, 0, "Cohorts of the program with any hit on a lesson.",
     COLUMN_PLAIN},
    {"median_rank", "med. rank", CELL_REAL, 1,
     "Its rank by hits within a cohort (1 is the most; equal hits share the better rank; without a "
     "hit it comes behind all that were read), median over all cohorts of the program.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits by students and graduates of the program.", COLUMN_PLAIN},
    {"share", "share", CELL_SHARE, 2, "Share of all hits on lessons of the program.", COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users who opened it.", COLUMN_PLAIN},
    {"cohorts", "cohorts", CELL_INT, 0, "Cohorts with at least one hit.", COLUMN_PLAIN},
    {"paths", "paths", CELL_INT, 0, "Raw paths of the log that count as this lesson.",
     COLUMN_PLAIN},
    {NULL}};

/* In place of the lesson. */
static const AnswerColumn module_column = {
    "module", "module", CELL_TEXT, 0, "First part of the lesson's name.", COLUMN_PLAIN};

enum {
  TOP_COHORT,
  TOP_NAME,
  TOP_HITS,
  TOP_LESSON,
  TOP_LESSON_HITS,
  TOP_LESSON_SHARE,
  TOP_MODULE,
  TOP_MODULE_HITS,
  TOP_MODULE_SHARE
};

static const AnswerColumn cohort_columns[] = {
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of the cohort on lessons.", COLUMN_PLAIN},
    {"lesson", "top lesson", CELL_TEXT, 0, "Lesson with most hits of the cohort.", COLUMN_PLAIN},
    {"lesson_hits", "hits", CELL_INT, 0, "Hits of the cohort on that lesson.", COLUMN_PLAIN},
    {"lesson_share", "share", CELL_SHARE, 1, "Share of the cohort's hits on that lesson.",
     COLUMN_PLAIN},
    {"module", "top module", CELL_TEXT, 0, "Module with most hits of the cohort.", COLUMN_PLAIN},
    {"module_hits", "hits", CELL_INT, 0, "Hits of the cohort on that module.", COLUMN_PLAIN},
    {"module_share", "share", CELL_SHARE, 1, "Share of the cohort's hits on that module.",
     COLUMN_PLAIN},
    {NULL}};

/* One program, lessons and modules. */
typedef struct {
  Answer *a;
  const Dataset *ds;
  guint8 program;
  char *scope; /* of its rows */
  Traffic *lessons, *modules;
} Part;

static const char *key_text(const Part *p, Dimension by, guint32 key)
{
  return by == DIM_LESSON ? p->ds->catalog->entries[key].name : p->ds->catalog->modules[key];
}

static void add_ranking(const Part *p, const Traffic *t, const char *name, const char *title)
{
  AnswerColumn chosen[G_N_ELEMENTS(columns)];
  memcpy(chosen, columns, sizeof columns);
  if (t->by == DIM_MODULE) {
    chosen[COL_NAME] = module_column;
    chosen[COL_PATHS] = (AnswerColumn){NULL};
  }
  AnswerTable *table = answer_table(p->a, p->ds, p->program, name, title, chosen);
  for (guint32 i = 0; i < t->n; i++) {
    const TrafficRow *r = &t->rows[i];
    answer_row(table, answer_link_key("cohorts", p->ds, t->by, r->key, p->scope));
    table_set_text(table->table, COL_NAME, key_text(p, t->by, r->key));
    table_set_real(table->table, COL_MEDIAN_SHARE, r->median_share);
    table_set_int(table->table, COL_IN_TOP, r->in_top);
    table_set_int(table->table, COL_OF, t->n_cohorts);
    table_set_real(table->table, COL_MEDIAN_RANK, r->median_rank);
    table_set_int(table->table, COL_HITS, r->hits);
    table_set_real(table->table, COL_SHARE, r->share);
    table_set_int(table->table, COL_USERS, r->users);
    table_set_int(table->table, COL_COHORTS, r->cohorts);
    if (t->by == DIM_LESSON)
      table_set_int(table->table, COL_PATHS, p->ds->catalog->entries[r->key].n_paths);
  }
}

static void set_best(const Part *p, AnswerTable *table, guint column, Dimension by,
                     const TrafficCohort *c)
{
  table_set_text(table->table, column, key_text(p, by, c->best));
  table_set_int(table->table, column + 1, c->best_hits);
  table_set_real(table->table, column + 2, (double)c->best_hits / (double)c->hits);
}

static void add_cohorts(const Part *p)
{
  AnswerTable *table = answer_table(p->a, p->ds, p->program, "cohort_tops",
                                    "Top lesson and module of each cohort", cohort_columns);
  for (guint32 i = 0; i < p->lessons->n_cohorts; i++) {
    const TrafficCohort *c = &p->lessons->cohorts[i], *m = &p->modules->cohorts[i];
    answer_row(table,
               answer_link_key("lessons", p->ds, DIM_COHORT, c->cohort, "kind=lesson staff=no"));
    table_set_text(table->table, TOP_COHORT, cohort_id_text(p->ds, c->cohort));
    table_set_text(table->table, TOP_NAME, cohort_text(p->ds, c->cohort));
    table_set_int(table->table, TOP_HITS, (gint64)c->hits);
    set_best(p, table, TOP_LESSON, DIM_LESSON, c);
    set_best(p, table, TOP_MODULE, DIM_MODULE, m);
  }
}

/* --- findings -----------------------------------------------------------------------------------
 */

/* "among the 5 most read in 25 of 27 cohorts" */
static char *reach(const Traffic *t, const TrafficRow *r)
{
  return g_strdup_printf("among the %u most read in %s of %s", t->top, N_TEXT(r->in_top),
                         COUNT_TEXT(t->n_cohorts, "cohort", "cohorts"));
}

/* "median place 1, median share 3.5 % of a cohort's hits on lessons"; free both with g_free. */
static char *standing(const TrafficRow *r)
{
  char rank[WORDS_BUF];
  words_real(rank, r->median_rank, r->median_rank == (guint64)r->median_rank ? 0 : 1);
  return g_strdup_printf("median place %s, median share %s of a cohort's hits on lessons", rank,
                         SHARE_TEXT(r->median_share));
}

/* " (its 3 paths in the log counted together)", or "". */
static char *merged(const Part *p, const Traffic *t, guint32 key)
{
  guint32 n = t->by == DIM_LESSON ? p->ds->catalog->entries[key].n_paths : 1;
  return n > 1 ? g_strdup_printf(" (its %s in the log counted together)",
                                 COUNT_TEXT(n, "path", "paths"))
               : g_strdup("");
}

#define RUNNERS_UP 2

/* " Next by hits are a with 12 and b with 9.", or ""; free with g_free. */
static char *runners_up(const Part *p, const Traffic *t)
{
  guint32 best[1 + RUNNERS_UP], n = 0;
  for (guint32 i = 0; i < t->n; i++) {
    guint32 place = MIN(n, RUNNERS_UP);
    if (n <= RUNNERS_UP)
      n++;
    else if (t->rows[i].hits <= t->rows[best[place]].hits)
      continue;
    for (; place > 0 && t->rows[i].hits > t->rows[best[place - 1]].hits; place--)
      best[place] = best[place - 1];
    best[place] = i;
  }
  GString *text = g_string_new(NULL);
  for (guint32 i = 1; i < n; i++)
    g_string_append_printf(text, "%s%s with %s",
                           i > 1    ? " and "
                           : n == 2 ? " Next by hits is "
                                    : " Next by hits are ",
                           key_text(p, t->by, t->rows[best[i]].key), N_TEXT(t->rows[best[i]].hits));
  g_string_append(text, n > 1 ? "." : "");
  return g_string_free(text, FALSE);
}

static void find_most(const Part *p, const Traffic *t, const char *word)
{
  const TrafficRow *r = &t->rows[t->most];
  char *wide = reach(t, r), *stands = standing(r), *paths = merged(p, t, r->key),
       *next = runners_up(p, t);
  answer_finding(p->a, answer_link_key("cohorts", p->ds, t->by, r->key, p->scope),
                 "%s: the %s with the most hits is %s%s: %s by %s, %s of the program's hits on "
                 "lessons, and %s. %s%s.%s",
                 program_text(p->ds, p->program), word, key_text(p, t->by, r->key), paths,
                 COUNT_TEXT(r->hits, "hit", "hits"), COUNT_TEXT(r->users, "user", "users"),
                 SHARE_TEXT(r->share), wide,
                 t->most == 0 ? "It is also the steadiest across cohorts: " : "Across cohorts: ",
                 stands, next);
  g_free(next);
  g_free(stands);
  g_free(wide);
  g_free(paths);
}

static void find_steadiest(const Part *p, const Traffic *t, const char *word)
{
  const TrafficRow *r = &t->rows[0], *most = &t->rows[t->most];
  if (t->most == 0)
    return;
  char *wide = reach(t, r), *stands = standing(r), *paths = merged(p, t, r->key);
  answer_finding(p->a, answer_link_key("cohorts", p->ds, t->by, r->key, p->scope),
                 "%s: the steadiest %s across cohorts is another, %s%s: %s, %s. It has %s; the "
                 "median share of %s is %s.",
                 program_text(p->ds, p->program), word, key_text(p, t->by, r->key), paths, wide,
                 stands, COUNT_TEXT(r->hits, "hit", "hits"), key_text(p, t->by, most->key),
                 SHARE_TEXT(most->median_share));
  g_free(stands);
  g_free(wide);
  g_free(paths);
}

/* The answer in a line is that of the program with most hits on lessons: `p` or one before it. */
static void brief_most(const Part *p, guint64 *most)
{
  const Traffic *t = p->lessons;
  const TrafficRow *r = &t->rows[t->most];
  if (t->hits <= *most)
    return;
  char *wide = reach(t, r);
  const char *name = key_text(p, t->by, r->key), *program = program_text(p->ds, p->program);
  *most = t->hits;
  answer_brief(p->a, SHARE_TEXT(r->share), "of the hits on lessons of %s go to %s, %s", program,
               name, wide);
  answer_headline(p->a, "%s is the most read lesson of %s", name, program);
  g_free(wide);
}

static void add_findings(const Part *p, guint64 *most)
{
  if (p->lessons->hits < MIN_HITS) {
    answer_note(p->a, "%s has %s on lessons by %s in the whole log: too few to speak of.",
                program_text(p->ds, p->program), COUNT_TEXT(p->lessons->hits, "hit", "hits"),
                COUNT_TEXT(p->lessons->users, "user", "users"));
    return;
  }
  brief_most(p, most);
  find_most(p, p->lessons, "lesson");
  find_steadiest(p, p->lessons, "lesson");
  find_most(p, p->modules, "module");
  find_steadiest(p, p->modules, "module");
}

static void add_program(Answer *a, const Dataset *ds, guint8 program, guint top, guint64 *most)
{
  Selection *sel = program_select(ds, program, "kind=lesson staff=no");
  Part p = {.a = a,
            .ds = ds,
            .program = program,
            .scope = program_scope(ds, program, "kind=lesson staff=no"),
            .lessons = traffic_new(ds, sel, DIM_LESSON, top),
            .modules = traffic_new(ds, sel, DIM_MODULE, top)};
  add_findings(&p, most);
  add_ranking(&p, p.lessons, "lessons", "Lessons, steadiest across cohorts first");
  add_ranking(&p, p.modules, "modules", "Modules, steadiest across cohorts first");
  add_cohorts(&p);
  traffic_free(p.lessons);
  traffic_free(p.modules);
  g_free(p.scope);
  selection_free(sel);
}

/* How many of the rows without a cohort belong to students of probable cohorts. */
static void note_probable(Answer *a, const Study *s)
{
  guint64 hits = 0;
  for (guint g = 0; s->probable && g < s->probable->n_groups; g++)
    if (s->probable->groups[g].cohort != COHORT_NONE)
      hits += s->probable->groups[g].hits;
  if (hits)
    answer_note(a,
                "Hits without a cohort are no program's; %s of them, on pages of every kind, are "
                "by users who probably belong to a class that was not joined to the log.",
                N_TEXT(hits));
}

Answer *answer_q1(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  (void)flags;
  const Dataset *ds = study->ds;
  Answer *a = answer_start(1, ds);
  Selection *sel = answer_use_scope(a, ds, SCOPE, left_out, error);
  if (!sel) {
    answer_free(a);
    return NULL;
  }
  GArray *programs = programs_of(ds, sel);
  guint64 most = 0;
  for (guint i = 0; i < programs->len; i++)
    add_program(a, ds, g_array_index(programs, guint8, i), MAX(o->top, 1), &most);
  if (programs->len == 0)
    answer_finding(a, NULL, "No program has a hit on a lesson in this log.");
  else if (a->findings->len == 0)
    answer_finding(a, NULL, "No program has %d hits on lessons, too few to rank any.", MIN_HITS);
  answer_note(a, "Steadiest means the largest median share: for each cohort the share of its hits "
                 "on lessons that went to this one, then the middle value over the cohorts of the "
                 "program, so that a large cohort counts no more than a small one.");
  answer_note(a, "Hits are those of students and graduates alike, before, during and after their "
                 "class.");
  note_probable(a, study);
  g_array_unref(programs);
  selection_free(sel);
  return a;
}
