/* Question 7: which lessons are hardly used, by hits, by reach and by last use; the rare and the
 * retired apart. */
#include "core/answers/build.h"
#include "core/answers/question.h"
#include "core/answers/traffic.h"
#include "core/answers/usage.h"
#include "core/query/rank.h"

#include <stdlib.h>

#define SCOPE "kind=lesson staff=no"

static const char *const left_out[] = {"", "hits of staff", NULL};

typedef struct {
  Answer *a;
  const Study *study;
  const Dataset *ds;
  const Usage *usage;
  guint top;
} Part;

static const LessonUsage *usage_of(const Part *p, const ProgramLesson *l)
{
  return &p->usage->lessons[l->lesson];
}

static const char *lesson_text(const Part *p, const LessonUsage *l)
{
  return p->ds->catalog->entries[l->entry].name;
}

static const char *home_text(const Part *p, const LessonUsage *l)
{
  return home_name(p->ds->log, p->study->homes->entries[l->entry].track);
}

static AnswerLink *lesson_link(const Part *p, const LessonUsage *l)
{
  return answer_link_key("users", p->ds, DIM_LESSON, l->entry, "kind=lesson staff=no");
}

/* --- tables -------------------------------------------------------------------------------------
 */

enum {
  COL_LESSON,
  COL_REACH,
  COL_READERS,
  COL_STUDENTS,
  COL_HITS,
  COL_ALL_HITS,
  COL_ALL_USERS,
  COL_LAST,
  COL_IDLE,
  COL_FIRST,
  COL_HOME,
  COL_STATE,
  COL_RARE
};

static const AnswerColumn columns[] = {
    {"lesson", "lesson", CELL_TEXT, 0, "Canonical name of the lesson.", COLUMN_PLAIN},
    {"reach", "reach", CELL_SHARE, 1,
     "Students of the program who opened it in class, as a share of those who were in class while "
     "it was live.",
     COLUMN_PLAIN},
    {"readers", "readers", CELL_INT, 0, "Students of the program who opened it in class.",
     COLUMN_PLAIN},
    {"students", "students", CELL_INT, 0,
     "Students of the program whose time in class (first to last hit there) overlaps the life of "
     "the lesson: from its first hit to its last, or to the end of the log when that is less than "
     "180 days later.",
     COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0,
     "Hits by users of the program, in class or not; probable members of its classes included.",
     COLUMN_PLAIN},
    {"all_hits", "all hits", CELL_INT, 0, "Hits by everybody but staff.", COLUMN_PLAIN},
    {"all_users", "users", CELL_INT, 0, "Distinct users of these hits.", COLUMN_PLAIN},
    {"last_use", "last use", CELL_DATE, 0, "Day of the last of these hits.", COLUMN_PLAIN},
    {"idle_days", "idle", CELL_INT, 0, "Days from then to the last day of the log.", COLUMN_PLAIN},
    {"first_use", "first use", CELL_DATE, 0, "Day of the first of these hits.", COLUMN_PLAIN},
    {"home", "home", CELL_TEXT, 0,
     "Track whose students read it, learned from the hits in class; shared: several do; unknown: "
     "too few readers.",
     COLUMN_PLAIN},
    {"state", "state", CELL_TEXT, 0,
     "in-use: hit within the last 180 days of the log; faded: not, and it never had 20 hits of 5 "
     "users.",
     COLUMN_PLAIN},
    {"rare", "rare", CELL_BOOL, 0, "Yes when its reach is below 5 %.", COLUMN_PLAIN},
    {NULL}};

static gboolean is_rare(const ProgramLesson *l)
{
  return l->reach < USAGE_RARE_REACH; /* not when it is unknown */
}

static void add_program_table(const Part *p, const ProgramUsage *u)
{
  AnswerTable *t = answer_table(p->a, p->ds, u->program, "least_used",
                                "Lessons by reach, lowest first (retired ones apart)", columns);
  for (guint i = 0; i < u->lessons->len; i++) {
    const ProgramLesson *x = &g_array_index(u->lessons, ProgramLesson, i);
    const LessonUsage *l = usage_of(p, x);
    if (l->state == USAGE_RETIRED)
      continue;
    answer_row(t, lesson_link(p, l));
    table_set_text(t->table, COL_LESSON, lesson_text(p, l));
    table_set_real(t->table, COL_REACH, x->reach);
    table_set_int(t->table, COL_READERS, x->readers);
    table_set_int(t->table, COL_STUDENTS, x->students);
    table_set_int(t->table, COL_HITS, x->hits);
    table_set_int(t->table, COL_ALL_HITS, l->hits);
    table_set_int(t->table, COL_ALL_USERS, l->users);
    table_set_int(t->table, COL_LAST, l->last);
    table_set_int(t->table, COL_IDLE, l->idle);
    table_set_int(t->table, COL_FIRST, l->first);
    table_set_text(t->table, COL_HOME, home_text(p, l));
    table_set_text(t->table, COL_STATE, usage_state_name(l->state));
    table_set_int(t->table, COL_RARE, is_rare(x));
  }
}

static const AnswerColumn retired_columns[] = {
    {"lesson", "lesson", CELL_TEXT, 0, "Canonical name of the lesson.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits by everybody but staff.", COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users of these hits.", COLUMN_PLAIN},
    {"last_use", "last use", CELL_DATE, 0, "Day of the last of these hits.", COLUMN_PLAIN},
    {"idle_days", "idle", CELL_INT, 0, "Days from then to the last day of the log.", COLUMN_PLAIN},
    {"first_use", "first use", CELL_DATE, 0, "Day of the first of these hits.", COLUMN_PLAIN},
    {"home", "home", CELL_TEXT, 0,
     "Track whose students read it, learned from the hits in class; shared: several do; unknown: "
     "too few readers.",
     COLUMN_PLAIN},
    {NULL}};

static int by_hits_falling(gconstpointer a, gconstpointer b)
{
  const LessonUsage *x = *(LessonUsage *const *)a, *y = *(LessonUsage *const *)b;
  if (x->hits != y->hits)
    return x->hits > y->hits ? -1 : 1;
  return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static int by_hits_rising(gconstpointer a, gconstpointer b)
{
  const LessonUsage *x = *(LessonUsage *const *)a, *y = *(LessonUsage *const *)b;
  if (x->hits != y->hits)
    return x->hits < y->hits ? -1 : 1;
  return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static int by_idle_falling(gconstpointer a, gconstpointer b)
{
  const LessonUsage *x = *(LessonUsage *const *)a, *y = *(LessonUsage *const *)b;
  return x->idle != y->idle ? (x->idle > y->idle ? -1 : 1) : by_hits_rising(a, b);
}

/* Lessons that are retired, or that are not, in an order; free with g_ptr_array_unref. */
static GPtrArray *lessons_by(const Part *p, gboolean retired, GCompareFunc order)
{
  GPtrArray *list = g_ptr_array_new();
  for (guint32 i = 0; i < p->usage->n; i++)
    if ((p->usage->lessons[i].state == USAGE_RETIRED) == retired)
      g_ptr_array_add(list, &p->usage->lessons[i]);
  g_ptr_array_sort(list, order);
  return list;
}

static void add_retired(const Part *p, const GPtrArray *list)
{
  AnswerTable *t = answer_table(p->a, p->ds, PROGRAM_NONE, "retired",
                                "Retired lessons, most hits first", retired_columns);
  for (guint i = 0; i < list->len; i++) {
    const LessonUsage *l = g_ptr_array_index(list, i);
    answer_row(t, lesson_link(p, l));
    table_set_text(t->table, 0, lesson_text(p, l));
    table_set_int(t->table, 1, l->hits);
    table_set_int(t->table, 2, l->users);
    table_set_int(t->table, 3, l->last);
    table_set_int(t->table, 4, l->idle);
    table_set_int(t->table, 5, l->first);
    table_set_text(t->table, 6, home_text(p, l));
  }
}

/* --- what is no lesson --------------------------------------------------------------------------
 */

typedef struct {
  guint32 names, hits, users;
} KindUse;

static void count_kinds(const Dataset *ds, KindUse kinds[N_KINDS])
{
  Scope *scope = scope_parse("staff=no", NULL);
  Selection *sel = scope_select(scope, ds, NULL);
  RankRequest by_kind = {.by = DIM_KIND, .measures = MEASURE_BIT(MEASURE_USERS)};
  RankRequest by_lesson = {.by = DIM_LESSON};
  Ranking *r = rank(ds, sel, &by_kind), *names = rank(ds, sel, &by_lesson);
  for (guint32 i = 0; i < r->n; i++)
    kinds[r->rows[i].key] = (KindUse){0, r->rows[i].hits, r->rows[i].users};
  for (guint32 i = 0; i < names->n; i++)
    kinds[ds->catalog->kind_of_entry[names->rows[i].key]].names++;
  ranking_free(r);
  ranking_free(names);
  selection_free(sel);
  scope_free(scope);
}

static const AnswerColumn kind_columns[] = {
    {"kind", "kind", CELL_TEXT, 0,
     "stray: a name with too few readers for a lesson (typing errors, pasted text, drafts); probe: "
     "an address that no lesson links to; asset: an image, style or script that loads with a page.",
     COLUMN_PLAIN},
    {"names", "names", CELL_INT, 0, "Distinct names.", COLUMN_PLAIN},
    {"hits", "hits", CELL_INT, 0, "Hits by everybody but staff.", COLUMN_PLAIN},
    {"users", "users", CELL_INT, 0, "Distinct users of these hits.", COLUMN_PLAIN},
    {NULL}};

static void add_beside(const Part *p)
{
  static const Kind shown[] = {KIND_STRAY, KIND_PROBE, KIND_ASSET};
  static const char *const words[] = {"strays (typing errors, pasted text, drafts)",
                                      "probes (addresses that no lesson links to)",
                                      "assets (images, styles, scripts)"};
  KindUse kinds[N_KINDS] = {{0}};
  GString *list = g_string_new(NULL);
  count_kinds(p->ds, kinds);
  AnswerTable *t = answer_table(p->a, p->ds, PROGRAM_NONE, "beside",
                                "Counted beside: what is no lesson", kind_columns);
  for (guint i = 0; i < G_N_ELEMENTS(shown); i++) {
    const KindUse *k = &kinds[shown[i]];
    answer_row(t, answer_link_key("lessons", p->ds, DIM_KIND, shown[i], "staff=no"));
    table_set_text(t->table, 0, kind_name(shown[i]));
    table_set_int(t->table, 1, k->names);
    table_set_int(t->table, 2, k->hits);
    table_set_int(t->table, 3, k->users);
    g_string_append_printf(list, "%s%s with %s by %s", i ? "; " : "", words[i],
                           COUNT_TEXT(k->hits, "hit", "hits"),
                           COUNT_TEXT(k->users, "user", "users"));
  }
  answer_note(p->a, "Counted beside, and not listed as lessons: %s.", list->str);
  g_string_free(list, TRUE);
}

/* --- findings -----------------------------------------------------------------------------------
 */

/* A module and how many rare lessons it has. */
typedef struct {
  guint32 module, rare;
} RareModule;

static int compare_rare(const void *a, const void *b)
{
  const RareModule *x = a, *y = b;
  if (x->rare != y->rare)
    return x->rare > y->rare ? -1 : 1;
  return x->module < y->module ? -1 : x->module > y->module;
}

/* "content 61, slides 20": modules with most rare lessons; free with g_free. */
static char *rare_modules(const Part *p, const ProgramUsage *u)
{
  guint32 n = p->ds->catalog->n_modules;
  RareModule *modules = g_new0(RareModule, (gsize)n + 1);
  GString *text = g_string_new(NULL);
  for (guint32 m = 0; m < n; m++)
    modules[m].module = m;
  for (guint i = 0; i < u->lessons->len; i++) {
    const ProgramLesson *x = &g_array_index(u->lessons, ProgramLesson, i);
    const LessonUsage *l = usage_of(p, x);
    modules[p->ds->catalog->module_of_entry[l->entry]].rare +=
        l->state != USAGE_RETIRED && is_rare(x);
  }
  qsort(modules, n, sizeof *modules, compare_rare);
  for (guint32 m = 0; m < MIN(n, p->top) && modules[m].rare; m++)
    g_string_append_printf(text, "%s%s %s", m ? ", " : "",
                           p->ds->catalog->modules[modules[m].module], N_TEXT(modules[m].rare));
  g_free(modules);
  return g_string_free(text, FALSE);
}

/* "a (0 of 12 students, 3 hits); ...": lowest reach; free with g_free. */
static char *lowest_reach(const Part *p, const ProgramUsage *u)
{
  GString *list = g_string_new(NULL);
  guint named = 0;
  for (guint i = 0; i < u->lessons->len && named < p->top; i++) {
    const ProgramLesson *x = &g_array_index(u->lessons, ProgramLesson, i);
    const LessonUsage *l = usage_of(p, x);
    if (l->state == USAGE_RETIRED || x->students == 0)
      continue;
    g_string_append_printf(list, "%s%s (%s of %s, %s)", named++ ? "; " : "", lesson_text(p, l),
                           N_TEXT(x->readers), COUNT_TEXT(x->students, "student", "students"),
                           COUNT_TEXT(x->hits, "hit", "hits"));
  }
  return g_string_free(list, FALSE);
}

/* The answer in a line is that of the program with most rare lessons. */
static void brief_reach(const Part *p, const ProgramUsage *u, guint rare, guint live)
{
  answer_brief(p->a, N_TEXT(rare),
               "of %s of %s %s rare: fewer than %s of the students opened %s in class",
               COUNT_TEXT(live, "lesson", "lessons"), program_text(p->ds, u->program),
               rare == 1 ? "is" : "are", words_share((char[WORDS_BUF]){0}, USAGE_RARE_REACH, 0),
               rare == 1 ? "it" : "them");
}

static void find_reach(const Part *p, const ProgramUsage *u, guint *most)
{
  guint live = 0, rare = 0;
  for (guint i = 0; i < u->lessons->len; i++) {
    const ProgramLesson *x = &g_array_index(u->lessons, ProgramLesson, i);
    gboolean counts = usage_of(p, x)->state != USAGE_RETIRED && x->students > 0;
    live += counts;
    rare += counts && is_rare(x);
  }
  if (!live)
    return;
  if (!p->a->brief || rare > *most)
    brief_reach(p, u, rare, live);
  *most = MAX(*most, rare);
  char *modules = rare_modules(p, u), *lowest = lowest_reach(p, u),
       *scope = program_scope(p->ds, u->program, SCOPE);
  answer_finding(p->a, answer_link("lessons", scope),
                 "%s: least accessed, by the share of the students who opened it while in class, "
                 "are %s.",
                 program_text(p->ds, u->program), lowest);
  answer_finding(p->a, answer_link("lessons", scope),
                 "%s: of %s that are not retired, %s %s rare: fewer than %s of the students who "
                 "were in class while it was live opened it in class.%s%s%s",
                 program_text(p->ds, u->program), COUNT_TEXT(live, "lesson", "lessons"),
                 N_TEXT(rare), rare == 1 ? "is" : "are", SHARE_TEXT(USAGE_RARE_REACH),
                 rare ? " Modules with most of them: " : "", modules, rare ? "." : "");
  g_free(modules);
  g_free(lowest);
  g_free(scope);
}

static void find_fewest(const Part *p)
{
  GPtrArray *list = lessons_by(p, FALSE, by_hits_rising);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < MIN(p->top, list->len); i++) {
    const LessonUsage *l = g_ptr_array_index(list, i);
    g_string_append_printf(text, "%s%s (%s by %s, the last on %s)", i ? "; " : "",
                           lesson_text(p, l), COUNT_TEXT(l->hits, "hit", "hits"),
                           COUNT_TEXT(l->users, "user", "users"), DAY_TEXT(l->last));
  }
  if (list->len)
    answer_finding(p->a, lesson_link(p, g_ptr_array_index(list, 0)),
                   "Fewest hits of all %s that are not retired: %s.",
                   COUNT_TEXT(list->len, "lesson", "lessons"), text->str);
  g_string_free(text, TRUE);
  g_ptr_array_unref(list);
}

/* Lessons that never had many hits, and lately none. */
static void find_faded(const Part *p)
{
  GPtrArray *list = lessons_by(p, FALSE, by_idle_falling);
  GString *text = g_string_new(NULL);
  guint n = 0;
  for (guint i = 0; i < list->len; i++) {
    const LessonUsage *l = g_ptr_array_index(list, i);
    if (l->state == USAGE_FADED && n++ < p->top)
      g_string_append_printf(text, "%s%s (last on %s, %s)", n > 1 ? "; " : "", lesson_text(p, l),
                             DAY_TEXT(l->last), COUNT_TEXT(l->hits, "hit", "hits"));
  }
  if (n)
    answer_finding(p->a, lesson_link(p, g_ptr_array_index(list, 0)),
                   "%s never had %d hits by %d users, and none in the last %d days of the log. "
                   "Longest without a hit: %s.",
                   COUNT_TEXT(n, "lesson", "lessons"), USAGE_RETIRED_HITS, USAGE_RETIRED_USERS,
                   USAGE_IDLE_DAYS, text->str);
  g_string_free(text, TRUE);
  g_ptr_array_unref(list);
}

static void find_retired(const Part *p, const GPtrArray *list)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < MIN(p->top, list->len); i++) {
    const LessonUsage *l = g_ptr_array_index(list, i);
    g_string_append_printf(text, "%s%s (%s by %s, the last on %s)", i ? "; " : "",
                           lesson_text(p, l), COUNT_TEXT(l->hits, "hit", "hits"),
                           COUNT_TEXT(l->users, "user", "users"), DAY_TEXT(l->last));
  }
  if (list->len)
    answer_finding(p->a, lesson_link(p, g_ptr_array_index(list, 0)),
                   "%s %s retired: at least %d hits by %d users once, none in the last %d days of "
                   "the log. Most used of them: %s.",
                   COUNT_TEXT(list->len, "lesson", "lessons"), list->len == 1 ? "is" : "are",
                   USAGE_RETIRED_HITS, USAGE_RETIRED_USERS, USAGE_IDLE_DAYS, text->str);
  g_string_free(text, TRUE);
}

/* Programs with users, but with no student in class: reach cannot be told. */
static void find_without_class(const Part *p, const Selection *sel)
{
  GArray *programs = programs_of(p->ds, sel);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < programs->len; i++) {
    guint8 program = g_array_index(programs, guint8, i);
    gboolean found = FALSE;
    for (guint k = 0; k < p->usage->n_programs; k++)
      found |= p->usage->programs[k].program == program;
    if (!found)
      g_string_append_printf(text, "%s%s", text->len ? ", " : "", program_text(p->ds, program));
  }
  if (text->len)
    answer_note(p->a,
                "No class of these programs ran while the log was kept, so that the reach of a "
                "lesson among their students cannot be told: %s. Their lessons stand in the tables "
                "of the other programs of their track.",
                text->str);
  g_string_free(text, TRUE);
  g_array_unref(programs);
}

static void add_all(const Part *p, const Selection *sel)
{
  GPtrArray *retired = lessons_by(p, TRUE, by_hits_falling);
  guint most = 0;
  for (guint i = 0; i < p->usage->n_programs; i++)
    find_reach(p, &p->usage->programs[i], &most);
  if (p->a->brief && retired->len)
    answer_brief_more(p->a, "%s retired: no hit in the last %d days.",
                      COUNT_TEXT(retired->len, "lesson is", "lessons are"), USAGE_IDLE_DAYS);
  if (p->usage->n == 0)
    answer_finding(p->a, NULL, "No lesson has a hit by anybody but staff in this log.");
  find_fewest(p);
  find_faded(p);
  find_retired(p, retired);
  for (guint i = 0; i < p->usage->n_programs; i++)
    add_program_table(p, &p->usage->programs[i]);
  add_retired(p, retired);
  add_beside(p);
  find_without_class(p, sel);
  g_ptr_array_unref(retired);
}

static void add_notes(Answer *a)
{
  answer_note(a,
              "A lesson counts for the programs of its home track; where it has no home, of the "
              "track whose students give it the greater share of their hits in class, or else "
              "of the program with most hits on it. Of several programs of a track, those are left "
              "out that have less than a tenth of its readers in class, as shares of their "
              "students. Students of probable classes, whose rows "
              "carry no cohort, count as students of the class.");
  answer_note(a, "A name with fewer than 10 hits or 5 readers is a stray and no lesson, unless "
                 "these settings were changed.");
}

Answer *answer_q7(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  (void)flags;
  Answer *a = answer_start(7, study->ds);
  Selection *sel = answer_use_scope(a, study->ds, SCOPE, left_out, error);
  if (!sel) {
    answer_free(a);
    return NULL;
  }
  Usage *usage = usage_new(study);
  Part p = {.a = a, .study = study, .ds = study->ds, .usage = usage, .top = MAX(o->top, 1)};
  add_all(&p, sel);
  add_notes(a);
  usage_free(usage);
  selection_free(sel);
  return a;
}
