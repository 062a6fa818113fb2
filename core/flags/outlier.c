/* Lesson outliers: testing every lesson of every cohort, and trying what passes for accidents. */
#include "core/flags/outlier.h"

#include "core/flags/outlier_private.h"
#include "core/stats/multiple.h"
#include "core/stats/ranktest.h"
#include "core/stats/robust.h"

#include <math.h>
#include <string.h>

void outlier_options_init(OutlierOptions *o)
{
  *o = (OutlierOptions){.q = 0.05, .lift = 2, .hits = 25, .students = 5};
}

const char *outlier_verdict_name(OutlierVerdict v)
{
  static const char *const names[N_OUTLIER_VERDICTS] = {"finding", "one-reader", "course-weeks"};
  return names[v];
}

/* --- one lesson in one program ------------------------------------------------------------------
 */

/* The students of one program and what each of them read of one lesson. */
typedef struct {
  const Reading *r;
  const OutlierOptions *o;
  guint begin, end;   /* cohorts of the program: begin .. end - 1 */
  guint32 first, n;   /* their students */
  guint8 *takes_part; /* by place of the cohort in the reading: comparable for this lesson */
  guint n_comparable;
  guint32 n_students;                    /* of the comparable cohorts */
  guint32 *hits;                         /* by place of the student in the reading */
  guint32 *cohort_hits, *cohort_readers; /* by place of the cohort */
  guint64 lesson_hits, all_hits;         /* of the comparable cohorts */
  double *share, *ranks;                 /* of the students of the comparable cohorts, in order */
} Bench;

static OutlierLift lift_of(double observed, double lesson, double cohort, double all)
{
  OutlierLift l = {NAN, NAN};
  if (all > 0 && lesson > 0 && cohort > 0) {
    l.expected = lesson * cohort / all;
    l.lift = observed / l.expected;
  }
  return l;
}

/* Which cohorts could have read the lesson; sums over them. */
static void bench_choose(Bench *b, guint32 lesson)
{
  const Reading *r = b->r;
  b->n_comparable = 0;
  b->n_students = 0;
  b->lesson_hits = b->all_hits = 0;
  for (guint i = b->begin; i < b->end; i++) {
    const ReadingCohort *c = &r->cohorts[i];
    b->takes_part[i] =
        c->n >= b->o->students && c->start <= r->last_day[lesson] && c->end >= r->first_day[lesson];
    if (!b->takes_part[i])
      continue;
    b->n_comparable++;
    b->n_students += c->n;
    b->lesson_hits += b->cohort_hits[i];
    b->all_hits += c->hits;
  }
}

/* Counts the lesson's hits by student and cohort; FALSE when nobody of the program read it. */
static gboolean bench_count(Bench *b, guint32 lesson)
{
  const Reading *r = b->r;
  gboolean any = FALSE;
  memset(b->hits + b->first, 0, sizeof *b->hits * b->n);
  memset(b->cohort_hits + b->begin, 0, sizeof *b->cohort_hits * (b->end - b->begin));
  memset(b->cohort_readers + b->begin, 0, sizeof *b->cohort_readers * (b->end - b->begin));
  for (gsize i = r->cell_start[lesson]; i < r->cell_start[lesson + 1]; i++) {
    const ReadingCell *c = &r->cells[i];
    if (c->student < b->first || c->student >= b->first + b->n)
      continue;
    guint32 cohort = r->students[c->student].cohort;
    b->cohort_readers[cohort] += b->hits[c->student] == 0;
    b->hits[c->student] += c->hits;
    b->cohort_hits[cohort] += c->hits;
    any = TRUE;
  }
  return any;
}

/* Ranks all students by their share; returns the tie sum. */
static double bench_rank(Bench *b)
{
  gsize n = 0;
  for (guint i = b->begin; i < b->end; i++) {
    const ReadingCohort *c = &b->r->cohorts[i];
    for (guint32 s = c->first; b->takes_part[i] && s < c->first + c->n; s++)
      b->share[n++] = (double)b->hits[s] / b->r->students[s].hits;
  }
  return ranktest_ranks(b->share, n, b->ranks);
}

/* --- cases --------------------------------------------------------------------------------------
 */

/* One test: its place among all, and the numbers that decide. */
typedef struct {
  guint32 lesson;
  guint32 cohort; /* place in the reading */
  double effect;
} Test;

typedef struct {
  GArray *tests; /* of Test */
  GArray *p;     /* of double, one per test */
  guint32 n_lessons;
  guint8 *cohort_tested; /* by place in the reading */
} Tests;

static void test_lesson(Bench *b, guint32 lesson, Tests *all)
{
  if (!bench_count(b, lesson))
    return;
  bench_choose(b, lesson);
  if (b->n_comparable < 2 || b->lesson_hits == 0)
    return;
  double tie_sum = bench_rank(b);
  all->n_lessons++;
  gsize place = 0;
  for (guint i = b->begin; i < b->end; i++) {
    if (!b->takes_part[i])
      continue;
    double sum = 0;
    guint32 n = b->r->cohorts[i].n;
    for (guint32 s = 0; s < n; s++)
      sum += b->ranks[place++];
    RankTest t = ranktest_from_ranks(sum, n, b->n_students - n, tie_sum);
    Test test = {lesson, i, t.effect};
    g_array_append_val(all->tests, test);
    g_array_append_val(all->p, t.p_greater);
    all->cohort_tested[i] = 1;
  }
}

/* Sums of one cohort and of all that take part, without one student. */
static OutlierLift lift_without(const Bench *b, guint32 cohort, guint32 student)
{
  double hits = b->hits[student], total = b->r->students[student].hits;
  return lift_of(b->cohort_hits[cohort] - hits, (double)b->lesson_hits - hits,
                 b->r->cohorts[cohort].hits - total, (double)b->all_hits - total);
}

static void fill_cohort(const Bench *b, guint32 cohort, OutlierCase *x)
{
  const ReadingCohort *c = &b->r->cohorts[cohort];
  x->program = c->program;
  x->cohort = c->cohort;
  x->hits = b->cohort_hits[cohort];
  x->students = c->n;
  x->readers = b->cohort_readers[cohort];
  x->per_student = (double)x->hits / c->n;
  x->share = (double)x->hits / c->hits;
  x->all = lift_of(x->hits, (double)b->lesson_hits, c->hits, (double)b->all_hits);
  x->excess = x->hits - x->all.expected;
  guint32 heaviest = c->first;
  for (guint32 s = c->first; s < c->first + c->n; s++)
    if (b->hits[s] > b->hits[heaviest])
      heaviest = s;
  x->heaviest = b->r->students[heaviest].user;
  x->heaviest_hits = b->hits[heaviest];
  x->less = lift_without(b, cohort, heaviest);
  double less = isnan(x->less.lift) ? 0 : x->less.lift;
  x->weight = sqrt(less / b->o->lift * x->hits / b->o->hits);
}

/* TRUE when at least half of the students have at most one hit. */
static gboolean is_glossed(const Bench *b, const ReadingCohort *c)
{
  guint32 few = 0;
  for (guint32 s = c->first; s < c->first + c->n; s++)
    few += b->hits[s] <= 1;
  return 2 * (guint64)few >= c->n;
}

static gboolean is_mostly_seen(const ReadingCohort *c)
{
  return c->last_week - c->first_week + 1 >= OUTLIER_SEEN_SHARE * c->weeks;
}

/* Takes in the others that are mostly seen, or all. */
static void fill_seen(const Bench *b, guint32 cohort, gboolean all, OutlierCase *x)
{
  double *rates = g_new(double, (gsize)b->n_comparable + 1);
  for (guint i = b->begin; i < b->end; i++) {
    const ReadingCohort *c = &b->r->cohorts[i];
    if (!b->takes_part[i] || i == cohort || !(all || is_mostly_seen(c)))
      continue;
    rates[x->seen++] = (double)b->cohort_hits[i] / c->n;
    x->glossed += is_glossed(b, c);
  }
  x->seen_median = robust_median(rates, x->seen); /* sorts */
  x->seen_least = x->seen ? rates[0] : NAN;
  g_free(rates);
}

static void fill_others(const Bench *b, guint32 cohort, OutlierCase *x)
{
  x->others = b->n_comparable - 1;
  fill_seen(b, cohort, FALSE, x);
  if (x->seen == 0)
    fill_seen(b, cohort, TRUE, x);
}

/* --- the same weeks of the course ---------------------------------------------------------------
 */

/* TRUE when the log covers the weeks from..to of the cohort, as far as its class has them. */
static gboolean is_seen_in(const ReadingCohort *c, guint from, guint to)
{
  return from <= c->weeks && c->first_week <= from && c->last_week >= MIN(to, c->weeks);
}

static guint32 cohort_hits_in(const Reading *r, const ReadingCohort *c, guint from, guint to)
{
  guint32 hits = 0;
  for (guint32 s = c->first; s < c->first + c->n; s++)
    hits += reading_hits(r, s, from, to);
  return hits;
}

/* Hits on the lesson by cohort in the weeks from..to; free with g_free. */
static guint32 *lesson_hits_in(const Bench *b, guint32 lesson, guint from, guint to)
{
  const Reading *r = b->r;
  guint32 *hits = g_new0(guint32, (gsize)r->n_cohorts + 1);
  for (gsize i = r->cell_start[lesson]; i < r->cell_start[lesson + 1]; i++)
    if (r->cells[i].week >= from && r->cells[i].week <= to)
      hits[r->students[r->cells[i].student].cohort] += r->cells[i].hits;
  return hits;
}

static void fill_weeks(const Bench *b, guint32 cohort, OutlierCase *x)
{
  const Reading *r = b->r;
  const ReadingCohort *own = &r->cohorts[cohort];
  guint from = own->first_week, to = own->last_week;
  guint32 *hits = lesson_hits_in(b, x->lesson, from, to);
  double *rates = g_new(double, (gsize)b->n_comparable + 1);
  double lesson = x->hits, all = own->hits;
  for (guint i = b->begin; i < b->end; i++) {
    const ReadingCohort *c = &r->cohorts[i];
    if (i == cohort || !b->takes_part[i] || !is_seen_in(c, from, to))
      continue;
    lesson += hits[i];
    all += cohort_hits_in(r, c, from, to);
    rates[x->week_others++] = (double)hits[i] / c->n;
  }
  x->first_week = (guint16)from;
  x->last_week = (guint16)to;
  x->weeks = (guint16)own->weeks;
  x->week_median = robust_median(rates, x->week_others);
  x->in_weeks = x->week_others ? lift_of(x->hits, lesson, own->hits, all) : (OutlierLift){NAN, NAN};
  g_free(rates);
  g_free(hits);
}

static OutlierVerdict judge(const OutlierCase *x, const OutlierOptions *o)
{
  if (!(x->less.lift >= o->lift))
    return OUTLIER_ONE_READER;
  gboolean in_part = x->first_week > 1 || x->last_week < x->weeks;
  if ((x->week_others && x->in_weeks.lift < o->lift) ||
      (in_part && x->per_student < o->lift * x->seen_median))
    return OUTLIER_WEEKS;
  return OUTLIER_YES;
}

/* --- all of it ----------------------------------------------------------------------------------
 */

static Bench *bench_new(const Reading *r, const OutlierOptions *o)
{
  Bench *b = g_new0(Bench, 1);
  b->r = r;
  b->o = o;
  b->takes_part = g_new0(guint8, (gsize)r->n_cohorts + 1);
  b->cohort_hits = g_new0(guint32, (gsize)r->n_cohorts + 1);
  b->cohort_readers = g_new0(guint32, (gsize)r->n_cohorts + 1);
  b->hits = g_new0(guint32, (gsize)r->n_students + 1);
  b->share = g_new(double, (gsize)r->n_students + 1);
  b->ranks = g_new(double, (gsize)r->n_students + 1);
  return b;
}

static void bench_free(Bench *b)
{
  g_free(b->takes_part);
  g_free(b->cohort_hits);
  g_free(b->cohort_readers);
  g_free(b->hits);
  g_free(b->share);
  g_free(b->ranks);
  g_free(b);
}

/* Sets the bench to the program of the cohort at place `begin`; returns the place behind it. */
static guint bench_set_program(Bench *b, guint begin)
{
  const Reading *r = b->r;
  b->begin = b->end = begin;
  b->first = r->cohorts[begin].first;
  b->n = 0;
  while (b->end < r->n_cohorts && r->cohorts[b->end].program == r->cohorts[begin].program)
    b->n += r->cohorts[b->end++].n;
  return b->end;
}

/* Tests every lesson in one program after the other. */
static void run_tests(Bench *b, const Catalog *catalog, Tests *all, GArray *programs)
{
  for (guint i = 0; i < b->r->n_cohorts;) {
    OutlierProgram p = {.program = b->r->cohorts[i].program};
    guint32 tests = all->tests->len, lessons = all->n_lessons;
    i = bench_set_program(b, i);
    for (guint32 e = 0; e < catalog->n_entries; e++)
      if (catalog->kind_of_entry[e] == KIND_LESSON)
        test_lesson(b, e, all);
    p.n_tests = all->tests->len - tests;
    p.n_lessons = all->n_lessons - lessons;
    for (guint k = b->begin; k < b->end; k++)
      p.n_cohorts += all->cohort_tested[k];
    g_array_append_val(programs, p);
  }
}

/* The case behind a test, when it is over the thresholds. */
static void add_case(Bench *b, const Test *t, double p, double q, GArray *cases)
{
  const OutlierOptions *o = b->o;
  if (!(q < o->q))
    return;
  if (t->cohort < b->begin || t->cohort >= b->end)
    for (guint i = 0; i <= t->cohort;)
      i = bench_set_program(b, i);
  bench_count(b, t->lesson);
  bench_choose(b, t->lesson);
  OutlierCase x = {.lesson = t->lesson, .effect = t->effect, .p = p, .q = q};
  fill_cohort(b, t->cohort, &x);
  if (x.hits < o->hits || !(x.all.lift >= o->lift))
    return;
  fill_others(b, t->cohort, &x);
  fill_weeks(b, t->cohort, &x);
  x.verdict = judge(&x, o);
  g_array_append_val(cases, x);
}

static int compare_cases(gconstpointer a, gconstpointer b)
{
  const OutlierCase *x = a, *y = b;
  if (x->program != y->program)
    return x->program < y->program ? -1 : 1;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  if (x->lesson != y->lesson)
    return x->lesson < y->lesson ? -1 : 1;
  return x->cohort < y->cohort ? -1 : 1;
}

Outliers *outliers_new(const Study *study, const OutlierOptions *o)
{
  Outliers *out = g_new0(Outliers, 1);
  outlier_options_init(&out->options);
  if (o)
    out->options = *o;
  out->cases = g_array_new(FALSE, FALSE, sizeof(OutlierCase));
  out->programs = g_array_new(FALSE, FALSE, sizeof(OutlierProgram));
  Reading *r = reading_new(study);
  for (guint i = 0; i < r->n_cohorts; i++)
    out->hits += r->cohorts[i].hits;
  Bench *b = bench_new(r, &out->options);
  Tests all = {.tests = g_array_new(FALSE, FALSE, sizeof(Test)),
               .p = g_array_new(FALSE, FALSE, sizeof(double)),
               .cohort_tested = g_new0(guint8, (gsize)r->n_cohorts + 1)};
  run_tests(b, study->ds->catalog, &all, out->programs);
  double *p = (double *)(void *)all.p->data, *q = g_new(double, (gsize)all.p->len + 1);
  multiple_q_values(p, all.p->len, q);
  for (guint i = 0; i < all.tests->len; i++)
    add_case(b, &g_array_index(all.tests, Test, i), p[i], q[i], out->cases);
  g_array_sort(out->cases, compare_cases);
  out->n_tests = all.tests->len;
  g_free(q);
  g_array_unref(all.tests);
  g_array_unref(all.p);
  g_free(all.cohort_tested);
  bench_free(b);
  reading_free(r);
  return out;
}

void outliers_free(Outliers *x)
{
  if (!x)
    return;
  g_array_unref(x->cases);
  g_array_unref(x->programs);
  g_free(x);
}
