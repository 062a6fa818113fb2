/* Question 2: which cohort dwelt on a lesson that the other cohorts of its program glossed over. */
#include "core/answers/q2.h"
#include "core/answers/question.h"
#include "core/answers/traffic.h"

#define SCOPE "kind=lesson phase=class"

static const char *const left_out[] = {
    "", "hits outside of a class: before or after it, of staff, or without a cohort", NULL};

/* --- findings -----------------------------------------------------------------------------------
 */

static AnswerLink *matrix_link(const OutlierPart *p)
{
  char *scope = program_scope(p->ds, p->program->program, SCOPE);
  AnswerLink *l = answer_link("matrix", scope);
  g_free(scope);
  return l;
}

/* What was tested, and what of it is no finding. */
static void note_summary(const OutlierPart *p)
{
  guint n = p->n[OUTLIER_ONE_READER] + p->n[OUTLIER_WEEKS];
  char *tested = g_strdup_printf("%s of lesson and cohort were tested (%s, %s)",
                                 COUNT_TEXT(p->program->n_tests, "pair", "pairs"),
                                 COUNT_TEXT(p->program->n_lessons, "lesson", "lessons"),
                                 COUNT_TEXT(p->program->n_cohorts, "cohort", "cohorts"));
  char *others =
      n ? g_strdup_printf("; %s more looked like it and %s not: %s carried by one reader, %s "
                          "explained by the weeks of the course that the log has of the class",
                          N_TEXT(n), n == 1 ? "is" : "are", N_TEXT(p->n[OUTLIER_ONE_READER]),
                          N_TEXT(p->n[OUTLIER_WEEKS]))
        : g_strdup("");
  answer_note(p->a, "%s: %s, and in %s a cohort dwelt on a lesson far more than the others did%s.",
              program_text(p->ds, p->program->program), tested,
              p->n[OUTLIER_YES] ? N_TEXT(p->n[OUTLIER_YES]) : "none", others);
  g_free(others);
  g_free(tested);
}

/* A program in which no cohort stands out, or nothing can be compared. */
static void find_nothing(const OutlierPart *p)
{
  const char *name = program_text(p->ds, p->program->program);
  if (p->program->n_tests == 0)
    answer_finding(p->a, matrix_link(p),
                   "%s: fewer than two classes were read in while the log ran, so that nothing can "
                   "be compared.",
                   name);
  else if (p->n[OUTLIER_YES] == 0)
    answer_finding(p->a, matrix_link(p),
                   "%s: no cohort dwelt on a lesson far more than the others did, in %s of lesson "
                   "and cohort that were tested.",
                   name, COUNT_TEXT(p->program->n_tests, "pair", "pairs"));
}

/* ", 4.8 times against the same weeks of their course", or "". */
static char *weeks_text(const OutlierCase *x)
{
  return x->week_others ? g_strdup_printf(", %s times against the same weeks of their course",
                                          REAL_TEXT(x->in_weeks.lift, 1))
                        : g_strdup("");
}

/* " It stands out on 4 more lessons, first a, b and c.", or "": findings of the same cohort. */
static char *more_text(const OutlierPart *p, guint place)
{
  enum { NAMED = 3 };
  const OutlierCase *x = q2_case(p, place);
  const char *names[NAMED];
  guint n = 0;
  for (guint i = p->begin; i < p->end; i++) {
    const OutlierCase *y = q2_case(p, i);
    if (i == place || y->cohort != x->cohort || y->verdict != OUTLIER_YES)
      continue;
    if (n < NAMED)
      names[n] = q2_lesson_text(p, y->lesson);
    n++;
  }
  GString *out = g_string_new(NULL);
  if (n)
    g_string_append_printf(out, " It stands out on %s",
                           COUNT_TEXT(n, "more lesson", "more lessons"));
  for (guint i = 0; i < MIN(n, NAMED); i++)
    g_string_append_printf(out, "%s%s",
                           i == 0                  ? n > NAMED ? ", first " : ": "
                           : i + 1 < MIN(n, NAMED) ? ", "
                                                   : " and ",
                           names[i]);
  g_string_append(out, n ? "." : "");
  return g_string_free(out, FALSE);
}

#define GROUP_MANY 5 /* lessons of one module */

static gboolean most_glossed(const OutlierCase *x)
{
  return x->glossed > 0 && 2 * x->glossed >= x->seen;
}

/* Findings of the same cohort on lessons of the same module: with many, its curriculum was another
 * one, which is no habit. */
static gboolean is_module_wide(const OutlierPart *p, const OutlierCase *x)
{
  const guint32 *module = p->ds->catalog->module_of_entry;
  guint n = 0;
  for (guint i = 0; i < p->all->cases->len; i++) {
    const OutlierCase *y = q2_case(p, i);
    n += y->verdict == OUTLIER_YES && y->program == x->program && y->cohort == x->cohort &&
         module[y->lesson] == module[x->lesson];
  }
  return n >= GROUP_MANY;
}

/* The clearer case of what was asked for: one that at least half of the others glossed over goes
 * before any other, one that is not of a whole module goes next, then by weight. */
static gboolean is_clearer(const OutlierPart *p, const OutlierCase *x, const OutlierCase *than)
{
  if (most_glossed(x) != most_glossed(than))
    return most_glossed(x);
  gboolean wide = is_module_wide(p, x), than_wide = is_module_wide(p, than);
  return wide != than_wide ? than_wide : x->weight > than->weight;
}

/* Place of the clearest case from begin .. end - 1; `end` without any. */
static guint clearest(const OutlierPart *p, guint begin, guint end)
{
  guint best = end;
  for (guint i = begin; i < end; i++)
    if (q2_case(p, i)->verdict == OUTLIER_YES &&
        (best == end || is_clearer(p, q2_case(p, i), q2_case(p, best))))
      best = i;
  return best;
}

/* "the strongest of 194 cases: " and the like before the one told first and the strongest, else "".
 * `strongest`: whether it is the strongest of all. */
static char *strongest_text(const OutlierPart *p, guint rank, gboolean strongest)
{
  guint n = p->n[OUTLIER_YES];
  if (n == 1)
    return g_strdup("one case: ");
  if (strongest)
    return g_strdup_printf("the strongest of %s%s cases: ", rank ? "all " : "", N_TEXT(n));
  return rank ? g_strdup("")
              : g_strdup_printf("of %s cases the clearest that most others glossed over: ",
                                N_TEXT(n));
}

/* One case; `rank` counts those told of the program before. */
static void find_case(const OutlierPart *p, guint place, guint rank, gboolean strongest)
{
  const OutlierCase *x = q2_case(p, place);
  char *weeks = weeks_text(x), *more = more_text(p, place),
       *first = strongest_text(p, rank, strongest);
  answer_finding(
      p->a, q2_case_link(p, x),
      "%s: %s%s opened %s %s in class, %s times a student, where the median of %s is %s and the "
      "least %s; %s of them glossed over it%s. That is %s times what it would be if all cohorts "
      "divided their reading alike (%s times without the heaviest reader%s).%s",
      program_text(p->ds, x->program), first, cohort_text(p->ds, x->cohort),
      q2_lesson_text(p, x->lesson), COUNT_TEXT(x->hits, "time", "times"),
      REAL_TEXT(x->per_student, 1), COUNT_TEXT(x->seen, "other cohort", "other cohorts"),
      REAL_TEXT(x->seen_median, 1), REAL_TEXT(x->seen_least, 1),
      x->glossed ? N_TEXT(x->glossed) : "none", rank == 0 ? " (" OUTLIER_GLOSSED_TEXT ")" : "",
      REAL_TEXT(x->all.lift, 1), REAL_TEXT(x->less.lift, 1), weeks, more);
  g_free(weeks);
  g_free(more);
  g_free(first);
}

/* The first `top` of those that most others glossed over, beyond the ones already told. */
static void find_glossed(const OutlierPart *p, const guint8 *told)
{
  guint n = 0, named = 0;
  GString *list = g_string_new(NULL);
  for (guint i = p->begin; i < p->end; i++) {
    const OutlierCase *x = q2_case(p, i);
    if (x->verdict != OUTLIER_YES || !most_glossed(x))
      continue;
    n++;
    if (told[i - p->begin] || named == p->top)
      continue;
    g_string_append_printf(list, "%s%s with %s (%s hits a student, the others' median %s)",
                           named++ ? "; " : "", cohort_text(p->ds, x->cohort),
                           q2_lesson_text(p, x->lesson), REAL_TEXT(x->per_student, 1),
                           REAL_TEXT(x->seen_median, 1));
  }
  if (named)
    answer_finding(p->a, matrix_link(p),
                   "%s: in %s at least half of the others glossed over the lesson. The largest "
                   "not yet named: %s.",
                   program_text(p->ds, p->program->program), COUNT_TEXT(n, "case", "cases"),
                   list->str);
  g_string_free(list, TRUE);
}

/* Where a cohort stands out on many lessons of one module, it followed another curriculum. */
static void find_groups(const OutlierPart *p, const GArray *groups)
{
  guint n = 0;
  GString *list = g_string_new(NULL);
  for (guint i = 0; i < groups->len && n < p->top; i++) {
    const OutlierGroup *g = &g_array_index(groups, OutlierGroup, i);
    if (g->lessons < GROUP_MANY)
      break;
    g_string_append_printf(
        list, "%s%s with %s of %s", n++ ? "; " : "", cohort_text(p->ds, g->cohort),
        COUNT_TEXT(g->lessons, "lesson", "lessons"), p->ds->catalog->modules[g->module]);
  }
  if (n)
    answer_finding(p->a, q2_group_link(p, &g_array_index(groups, OutlierGroup, 0)),
                   "%s: some stand out on whole modules, which is more likely a curriculum that "
                   "changed than a habit: %s.",
                   program_text(p->ds, p->program->program), list->str);
  g_string_free(list, TRUE);
}

/* TRUE when an earlier case of the program's findings is of the same cohort. */
static gboolean cohort_is_told(const OutlierPart *p, const guint8 *told, guint16 cohort)
{
  for (guint i = p->begin; i < p->end; i++)
    if (told[i - p->begin] && q2_case(p, i)->cohort == cohort)
      return TRUE;
  return FALSE;
}

#define CASES_TOLD 3 /* in sentences of their own, each of another cohort */

/* The first cases, and what the others have in common. Asked for are lessons that others glossed
 * over: the clearest of these comes first, then the strongest, which stand first in the list. */
static void add_findings(const OutlierPart *p, const GArray *groups)
{
  guint8 *told = g_new0(guint8, (gsize)(p->end - p->begin) + 1);
  guint n = 0, strongest = p->end, first = clearest(p, p->begin, p->end);
  find_nothing(p);
  if (p->program->n_tests)
    note_summary(p);
  for (guint i = p->end; i-- > p->begin;)
    if (q2_case(p, i)->verdict == OUTLIER_YES)
      strongest = i;
  if (first < p->end && most_glossed(q2_case(p, first))) {
    find_case(p, first, n++, first == strongest);
    told[first - p->begin] = 1;
  }
  for (guint i = strongest; i < p->end && n < MIN(p->top, CASES_TOLD); i++) {
    const OutlierCase *x = q2_case(p, i);
    if (x->verdict != OUTLIER_YES || cohort_is_told(p, told, x->cohort))
      continue;
    find_case(p, i, n++, i == strongest);
    told[i - p->begin] = 1;
  }
  find_glossed(p, told);
  find_groups(p, groups);
  g_free(told);
}

/* --- in a line ---------------------------------------------------------------------------------
 */

static void say_brief(Answer *a, const OutlierPart *p)
{
  guint n = 0, end = p->all->cases->len, best = clearest(p, 0, end);
  for (guint i = 0; i < end; i++)
    n += q2_case(p, i)->verdict == OUTLIER_YES;
  if (best < end) {
    const OutlierCase *x = q2_case(p, best);
    answer_brief(a, REAL_TEXT(x->per_student, 1),
                 "hits a student of %s on %s in class; the median of %s is %s",
                 cohort_text(p->ds, x->cohort), q2_lesson_text(p, x->lesson),
                 COUNT_TEXT(x->seen, "other cohort", "other cohorts"),
                 REAL_TEXT(x->seen_median, 1));
    if (n > 1)
      answer_brief_more(a, "The clearest of %s.", COUNT_TEXT(n, "such case", "such cases"));
  } else if (p->all->n_tests) {
    answer_brief(a, "0", "cohorts dwelt on a lesson far more than the others did");
  }
}

/* --- all of it ----------------------------------------------------------------------------------
 */

/* The program's cases begin at `begin`; returns the place behind them. */
static guint add_program(OutlierPart *p, guint begin)
{
  p->begin = p->end = begin;
  for (guint v = 0; v < N_OUTLIER_VERDICTS; v++)
    p->n[v] = 0;
  while (p->end < p->all->cases->len && q2_case(p, p->end)->program == p->program->program)
    p->n[q2_case(p, p->end++)->verdict]++;
  GArray *groups = q2_groups(p);
  add_findings(p, groups);
  if (p->program->n_tests)
    q2_add_tables(p, groups);
  g_array_unref(groups);
  return p->end;
}

static void add_notes(Answer *a, const Outliers *x)
{
  answer_note(a,
              "A student counts once: the test asks whether the students of a cohort gave the "
              "lesson a greater share of their hits than the students of the other cohorts of the "
              "program, so that one heavy reader is one person. %s were made; of what is reported "
              "at most %s are expected to be chance.",
              COUNT_TEXT(x->n_tests, "test", "tests"), SHARE_TEXT(x->options.q));
  answer_note(a,
              "Reported is what passes that test with at least %s, and with %s times the expected "
              "hits or more, also without the cohort's heaviest reader, and also against the other "
              "cohorts in the same weeks of their course. A class of which the log has only a part "
              "must also have read the lesson %s times as often, by student, as the others did in "
              "their whole class.",
              COUNT_TEXT(x->options.hits, "hit", "hits"), REAL_TEXT(x->options.lift, 1),
              REAL_TEXT(x->options.lift, 1));
  answer_note(a,
              "Glossed over means: " OUTLIER_GLOSSED_TEXT
              ". Cohorts with fewer than %u students who read in class take no part, nor do "
              "students whose rows carry no cohort.",
              x->options.students);
}

Answer *answer_q2(const Study *study, const FlagSet *flags, const AnswerOptions *o, GError **error)
{
  (void)flags;
  Answer *a = answer_start(2, study->ds);
  Selection *sel = answer_use_scope(a, study->ds, SCOPE, left_out, error);
  if (!sel) {
    answer_free(a);
    return NULL;
  }
  Outliers *x = outliers_new(study, NULL);
  answer_leave_out(a, sel->n - MIN(x->hits, sel->n),
                   "hits of students in a class that is not theirs (those with several cohorts "
                   "count in the one with most of their hits)");
  OutlierPart p = {.a = a, .ds = study->ds, .all = x, .top = MAX(o->top, 1)};
  guint begin = 0;
  for (guint i = 0; i < x->programs->len; i++) {
    p.program = &g_array_index(x->programs, OutlierProgram, i);
    begin = add_program(&p, begin);
  }
  say_brief(a, &p);
  if (x->programs->len == 0)
    answer_finding(
        a, NULL, "No student was seen to read lessons in class, so that nothing can be compared.");
  add_notes(a, x);
  outliers_free(x);
  selection_free(sel);
  return a;
}
