/* Question 2: its tables, and the links behind their rows. */
#include "core/answers/q2.h"
#include "core/stats/score.h"

const OutlierCase *q2_case(const OutlierPart *p, guint i)
{
  return &g_array_index(p->all->cases, OutlierCase, i);
}

const char *q2_lesson_text(const OutlierPart *p, guint32 lesson)
{
  return p->ds->catalog->entries[lesson].name;
}

static char *case_scope(const OutlierPart *p, const OutlierCase *x)
{
  AnswerLink *l = answer_link_key("users", p->ds, DIM_COHORT, x->cohort, "phase=class");
  char *scope = g_strdup(l->scope);
  answer_link_free(l);
  return scope;
}

AnswerLink *q2_case_link(const OutlierPart *p, const OutlierCase *x)
{
  char *more = case_scope(p, x);
  AnswerLink *l = answer_link_key("users", p->ds, DIM_LESSON, x->lesson, more);
  g_free(more);
  return l;
}

/* --- tables -------------------------------------------------------------------------------------
 */

enum {
  COL_LESSON,
  COL_COHORT,
  COL_NAME,
  COL_PER_STUDENT,
  COL_OTHERS_MEDIAN,
  COL_OTHERS_LEAST,
  COL_GLOSSED,
  COL_OF,
  COL_HITS,
  COL_EXPECTED,
  COL_LIFT,
  COL_LIFT_LESS,
  COL_LIFT_WEEKS,
  COL_STUDENTS,
  COL_READERS,
  COL_HEAVIEST,
  COL_HEAVIEST_HITS,
  COL_EFFECT,
  COL_Q,
  COL_TESTED,
  COL_SCORE
};

static const AnswerColumn columns[] = {
    {"lesson", "lesson", CELL_TEXT, 0, "Canonical name of the lesson.", COLUMN_PLAIN},
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"hits_per_student", "h/student", CELL_REAL, 1,
     "Hits of the cohort on the lesson in class, per student who read any lesson in class.",
     COLUMN_PLAIN},
    {"others_median", "others", CELL_REAL, 1,
     "Hits per student of the other cohorts, median over those of whose class the log covers three "
     "quarters or more (all, where there is no such cohort).",
     COLUMN_PLAIN},
    {"others_least", "least", CELL_REAL, 1, "The least hits per student among these cohorts.",
     COLUMN_PLAIN},
    {"others_glossed", "glossed", CELL_INT, 0,
     "How many of these cohorts glossed over it: " OUTLIER_GLOSSED_TEXT ".", COLUMN_PLAIN},
    {"others_seen", "of", CELL_INT, 0, "How many such cohorts there are.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of the cohort on the lesson in class.", COLUMN_PLAIN},
    {"expected_hits", "expected", CELL_REAL, 1,
     "Hits it would have if all cohorts divided their hits on lessons alike: hits of all on the "
     "lesson times hits of the cohort over hits of all.",
     COLUMN_PLAIN},
    {"lift", "lift", CELL_REAL, 2, "Hits over expected hits.", COLUMN_PLAIN},
    {"lift_without_heaviest", "lift -1", CELL_REAL, 2,
     "The same after the cohort's heaviest reader of the lesson is taken out.", COLUMN_PLAIN},
    {"lift_same_weeks", "lift wk", CELL_REAL, 2,
     "The same against the other cohorts in the same weeks of their course.", COLUMN_PLAIN},
    {"students", "students", CELL_INT, 0, "Students of the cohort who read any lesson in class.",
     COLUMN_PLAIN},
    {"readers", "readers", CELL_INT, 0, "Students of these who opened the lesson.", COLUMN_PLAIN},
    {"heaviest_user", "heaviest", CELL_TEXT, 0, "The student with most hits on it.", COLUMN_USER},
    {"heaviest_hits", "hits", CELL_INT, 0, "Hits of that student on it.", COLUMN_PLAIN},
    {"effect", "effect", CELL_SHARE, 0,
     "Chance that a student of the cohort, drawn at random, gave the lesson a greater share of the "
     "own hits than one of the other cohorts; 50 % is no difference.",
     COLUMN_PLAIN},
    {"q", "q", CELL_REAL, 6,
     "Rank-sum test of the students' shares, corrected for all tests made: the expected share of "
     "false findings among those up to here.",
     COLUMN_PLAIN},
    {"others_tested", "tested", CELL_INT, 0,
     "Other cohorts of the program in the test: those whose class overlaps the time from the first "
     "to the last hit on the lesson by anyone.",
     COLUMN_PLAIN},
    {"score", "score", CELL_REAL, 1,
     "How far it lies beyond the hits and the lift (without the heaviest reader) that are asked "
     "for, 0 to 100; 50 is just there.",
     COLUMN_PLAIN},
    {NULL}};

static void add_case(const OutlierPart *p, AnswerTable *t, const OutlierCase *x)
{
  Table *table = t->table;
  answer_row(t, q2_case_link(p, x));
  table_set_text(table, COL_LESSON, q2_lesson_text(p, x->lesson));
  table_set_text(table, COL_COHORT, cohort_id_text(p->ds, x->cohort));
  table_set_text(table, COL_NAME, cohort_text(p->ds, x->cohort));
  table_set_real(table, COL_PER_STUDENT, x->per_student);
  table_set_real(table, COL_OTHERS_MEDIAN, x->seen_median);
  table_set_real(table, COL_OTHERS_LEAST, x->seen_least);
  table_set_int(table, COL_GLOSSED, x->glossed);
  table_set_int(table, COL_OF, x->seen);
  table_set_int(table, COL_HITS, x->hits);
  table_set_real(table, COL_EXPECTED, x->all.expected);
  table_set_real(table, COL_LIFT, x->all.lift);
  table_set_real(table, COL_LIFT_LESS, x->less.lift);
  table_set_real(table, COL_LIFT_WEEKS, x->in_weeks.lift);
  table_set_int(table, COL_STUDENTS, x->students);
  table_set_int(table, COL_READERS, x->readers);
  table_set_text(table, COL_HEAVIEST, user_text(p->ds, x->heaviest));
  table_set_int(table, COL_HEAVIEST_HITS, x->heaviest_hits);
  table_set_real(table, COL_EFFECT, x->effect);
  table_set_real(table, COL_Q, x->q);
  table_set_int(table, COL_TESTED, x->others);
  table_set_real(table, COL_SCORE, score_of(x->weight, 1));
}

static void add_cases(const OutlierPart *p, const char *name, const char *title, gboolean findings)
{
  AnswerTable *t = answer_table(p->a, p->ds, p->program->program, name, title, columns);
  for (guint i = p->begin; i < p->end; i++)
    if ((q2_case(p, i)->verdict == OUTLIER_YES) == findings)
      add_case(p, t, q2_case(p, i));
}

enum {
  WEEK_LESSON,
  WEEK_COHORT,
  WEEK_NAME,
  WEEK_FROM,
  WEEK_TO,
  WEEK_OF,
  WEEK_PER_STUDENT,
  WEEK_MEDIAN,
  WEEK_OTHERS,
  WEEK_LIFT,
  WEEK_LIFT_ALL,
  WEEK_VERDICT
};

static const AnswerColumn week_columns[] = {
    {"lesson", "lesson", CELL_TEXT, 0, "Canonical name of the lesson.", COLUMN_PLAIN},
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"first_week", "from wk", CELL_INT, 0,
     "First week of the course that the log has of this cohort.", COLUMN_PLAIN},
    {"last_week", "to wk", CELL_INT, 0, "Last such week.", COLUMN_PLAIN},
    {"weeks", "of", CELL_INT, 0, "Weeks of the whole class.", COLUMN_PLAIN},
    {"hits_per_student", "h/student", CELL_REAL, 1,
     "Hits of the cohort on the lesson, per student.", COLUMN_PLAIN},
    {"others_median", "others", CELL_REAL, 1,
     "Hits per student in these weeks, median over the cohorts of which the log covers all of "
     "them.",
     COLUMN_PLAIN},
    {"others", "cohorts", CELL_INT, 0, "How many such cohorts there are.", COLUMN_PLAIN},
    {"lift_same_weeks", "lift wk", CELL_REAL, 2,
     "Hits over the hits expected if all cohorts divided their hits of these weeks alike.",
     COLUMN_PLAIN},
    {"lift", "lift", CELL_REAL, 2, "The same over whole classes.", COLUMN_PLAIN},
    {"verdict", "verdict", CELL_TEXT, 0,
     "finding; one-reader: below the lift asked for without the heaviest reader; course-weeks: "
     "below it in equal weeks, or a class seen in part that has not read more than others in all.",
     COLUMN_PLAIN},
    {NULL}};

static void add_weeks(const OutlierPart *p)
{
  AnswerTable *t = answer_table(p->a, p->ds, p->program->program, "equal_weeks",
                                "The same at equal weeks of the course", week_columns);
  for (guint i = p->begin; i < p->end; i++) {
    const OutlierCase *x = q2_case(p, i);
    answer_row(t, q2_case_link(p, x));
    table_set_text(t->table, WEEK_LESSON, q2_lesson_text(p, x->lesson));
    table_set_text(t->table, WEEK_COHORT, cohort_id_text(p->ds, x->cohort));
    table_set_text(t->table, WEEK_NAME, cohort_text(p->ds, x->cohort));
    table_set_int(t->table, WEEK_FROM, x->first_week);
    table_set_int(t->table, WEEK_TO, x->last_week);
    table_set_int(t->table, WEEK_OF, x->weeks);
    table_set_real(t->table, WEEK_PER_STUDENT, x->per_student);
    table_set_real(t->table, WEEK_MEDIAN, x->week_median);
    table_set_int(t->table, WEEK_OTHERS, x->week_others);
    table_set_real(t->table, WEEK_LIFT, x->in_weeks.lift);
    table_set_real(t->table, WEEK_LIFT_ALL, x->all.lift);
    table_set_text(t->table, WEEK_VERDICT, outlier_verdict_name(x->verdict));
  }
}

/* --- groups: lessons of one module that one cohort dwelt on -------------------------------------
 */

static int compare_groups(gconstpointer a, gconstpointer b)
{
  const OutlierGroup *x = a, *y = b;
  if (x->lessons != y->lessons)
    return x->lessons > y->lessons ? -1 : 1;
  if (x->excess != y->excess)
    return x->excess > y->excess ? -1 : 1;
  return x->module < y->module ? -1 : 1;
}

GArray *q2_groups(const OutlierPart *p)
{
  GArray *groups = g_array_new(FALSE, TRUE, sizeof(OutlierGroup));
  for (guint i = p->begin; i < p->end; i++) {
    const OutlierCase *x = q2_case(p, i);
    guint32 module = p->ds->catalog->module_of_entry[x->lesson];
    guint k = 0;
    if (x->verdict != OUTLIER_YES)
      continue;
    while (k < groups->len && (g_array_index(groups, OutlierGroup, k).module != module ||
                               g_array_index(groups, OutlierGroup, k).cohort != x->cohort))
      k++;
    if (k == groups->len)
      g_array_set_size(groups, k + 1);
    OutlierGroup *g = &g_array_index(groups, OutlierGroup, k);
    g->module = module;
    g->cohort = x->cohort;
    g->lessons++;
    g->hits += x->hits;
    g->excess += x->excess;
  }
  g_array_sort(groups, compare_groups);
  return groups;
}

AnswerLink *q2_group_link(const OutlierPart *p, const OutlierGroup *g)
{
  AnswerLink *cohort = answer_link_key("lessons", p->ds, DIM_COHORT, g->cohort, "phase=class");
  AnswerLink *l = answer_link_key("lessons", p->ds, DIM_MODULE, g->module, cohort->scope);
  answer_link_free(cohort);
  return l;
}

static const AnswerColumn group_columns[] = {
    {"module", "module", CELL_TEXT, 0, "First part of the lessons' names.", COLUMN_PLAIN},
    {"cohort", "id", CELL_TEXT, 0, "Id of the cohort.", COLUMN_PLAIN},
    {"cohort_name", "cohort", CELL_TEXT, 0, "Name of the cohort.", COLUMN_PLAIN},
    {"lessons", "lessons", CELL_INT, 0, "Lessons of the module that the cohort stands out on.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits of the cohort on these lessons in class.", COLUMN_PLAIN},
    {"excess_hits", "excess", CELL_REAL, 0, "Of these, hits beyond the expected ones.",
     COLUMN_PLAIN},
    {NULL}};

static void add_groups(const OutlierPart *p, const GArray *groups)
{
  AnswerTable *t = answer_table(p->a, p->ds, p->program->program, "outlier_modules",
                                "The same by cohort and module", group_columns);
  for (guint i = 0; i < groups->len; i++) {
    const OutlierGroup *g = &g_array_index(groups, OutlierGroup, i);
    answer_row(t, q2_group_link(p, g));
    table_set_text(t->table, 0, p->ds->catalog->modules[g->module]);
    table_set_text(t->table, 1, cohort_id_text(p->ds, g->cohort));
    table_set_text(t->table, 2, cohort_text(p->ds, g->cohort));
    table_set_int(t->table, 3, g->lessons);
    table_set_int(t->table, 4, (gint64)g->hits);
    table_set_real(t->table, 5, g->excess);
  }
}

/* --- all of them --------------------------------------------------------------------------------
 */

void q2_add_tables(const OutlierPart *p, const GArray *groups)
{
  add_cases(p, "outliers", "Lessons that one cohort dwelt on, highest score first", TRUE);
  add_groups(p, groups);
  add_weeks(p);
  add_cases(p, "not_outliers", "Looked like it, and are not", FALSE);
}
