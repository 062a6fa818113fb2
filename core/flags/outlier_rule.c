/* Rule lesson-outlier: every lesson outlier as a flag about the lesson and the cohort. */
#include "core/flags/outlier.h"

#include "core/base/text.h"
#include "core/flags/rules.h"
#include "core/query/dimension.h"
#include "core/stats/score.h"

/* Rows of one cohort on the lessons of its cases. */
typedef struct {
  const Study *study;
  guint32 *case_of_entry; /* 1 + place in `rows`; 0: no case */
  GPtrArray *rows;        /* of GArray of guint32 */
} Evidence;

static void free_rows(gpointer rows)
{
  g_array_unref(rows);
}

/* Hits that the test has counted: of students of the cohort, in class. */
static void collect_rows(Evidence *e, guint16 cohort)
{
  const Study *s = e->study;
  const AccessLog *log = s->ds->log;
  for (guint32 i = log->cohort_start[cohort]; i < log->cohort_start[cohort + 1]; i++) {
    guint32 row = log->rows_by_cohort[i];
    guint32 place = e->case_of_entry[s->ds->catalog->entry_of_path[log->path[row]]];
    if (place && s->cohort_of_user[log->user[row]] == cohort &&
        access_log_phase(log, row) == PHASE_CLASS)
      g_array_append_val((GArray *)g_ptr_array_index(e->rows, place - 1), row);
  }
}

static void add_terms(Flag *f, const OutlierCase *x)
{
  flag_add_term(f, "hits", x->hits);
  flag_add_term(f, "expected hits", x->all.expected);
  flag_add_term(f, "lift", x->all.lift);
  flag_add_term(f, "lift without the heaviest reader", x->less.lift);
  if (x->week_others)
    flag_add_term(f, "lift in the same course weeks", x->in_weeks.lift);
  flag_add_term(f, "hits per student", x->per_student);
  flag_add_term(f, "readers", x->readers);
  flag_add_term(f, "students", x->students);
  flag_add_term(f, "q", x->q);
}

static void set_text(Flag *f, const Study *s, const OutlierCase *x)
{
  const Cohort *c = cohort_table_get(s->ds->log->cohorts, x->cohort);
  const char *program = cohort_table_get_program(s->ds->log->cohorts, x->program)->name;
  char *hits = text_grouped(x->hits), *glossed = text_grouped(x->glossed);
  flag_set_text(f,
                "%s opened %s %s times in class, %.1f hits a student, %.1f times what the reading "
                "of all %s cohorts would give; the median of %u other cohorts is %.1f a student, "
                "and %s of them glossed over it (" OUTLIER_GLOSSED_TEXT ").",
                c->name, s->ds->catalog->entries[x->lesson].name, hits, x->per_student, x->all.lift,
                program, x->seen, x->seen_median, x->glossed ? glossed : "none");
  g_free(hits);
  g_free(glossed);
}

static void add_flag(const RuleContext *c, FlagSink *sink, const OutlierCase *x, const GArray *rows)
{
  Flag *f = flag_new(c->rule, SUBJECT_LESSON, x->lesson);
  f->cohort = x->cohort;
  f->raw_score = score_of(x->weight, 1);
  f->ips = g_new0(guint32, 1); /* a class has many addresses, and they tell nothing here */
  flag_set_rows(f, &g_array_index(rows, guint32, 0), rows->len);
  add_terms(f, x);
  flag_set_baseline(f, BASELINE_COHORT, x->week_median, x->week_others,
                    "median hits per student of cohorts in the same course weeks");
  flag_set_baseline(f, BASELINE_PROGRAM, x->seen_median, x->seen,
                    "median hits per student of the program's other cohorts");
  set_text(f, c->study, x);
  flag_sink_add(sink, c, f);
}

/* Flags of one cohort: `cases` of const OutlierCase*. */
static void flag_cohort(const RuleContext *c, FlagSink *sink, const GPtrArray *cases)
{
  const OutlierCase *first = g_ptr_array_index(cases, 0);
  Evidence e = {.study = c->study,
                .case_of_entry = g_new0(guint32, (gsize)c->study->ds->catalog->n_entries + 1),
                .rows = g_ptr_array_new_with_free_func(free_rows)};
  for (guint i = 0; i < cases->len; i++) {
    e.case_of_entry[((const OutlierCase *)g_ptr_array_index(cases, i))->lesson] = i + 1;
    g_ptr_array_add(e.rows, g_array_new(FALSE, FALSE, sizeof(guint32)));
  }
  collect_rows(&e, first->cohort);
  for (guint i = 0; i < cases->len; i++)
    add_flag(c, sink, g_ptr_array_index(cases, i), g_ptr_array_index(e.rows, i));
  g_ptr_array_unref(e.rows);
  g_free(e.case_of_entry);
}

static int compare_cohorts(gconstpointer a, gconstpointer b)
{
  const OutlierCase *x = *(OutlierCase *const *)a, *y = *(OutlierCase *const *)b;
  return x->cohort < y->cohort ? -1 : x->cohort > y->cohort;
}

void rule_lesson_outlier(const RuleContext *c, FlagSink *sink)
{
  OutlierOptions o;
  outlier_options_init(&o);
  o.q = rule_value(c, "q");
  o.lift = rule_value(c, "lift");
  o.hits = (guint)rule_value(c, "hits");
  Outliers *all = outliers_new(c->study, &o);
  GPtrArray *found = g_ptr_array_new(), *cases = g_ptr_array_new();
  for (guint i = 0; i < all->cases->len; i++)
    if (g_array_index(all->cases, OutlierCase, i).verdict == OUTLIER_YES)
      g_ptr_array_add(found, &g_array_index(all->cases, OutlierCase, i));
  g_ptr_array_sort(found, compare_cohorts);
  for (guint i = 0; i < found->len; i++) {
    g_ptr_array_add(cases, g_ptr_array_index(found, i));
    if (i + 1 < found->len && compare_cohorts(&found->pdata[i], &found->pdata[i + 1]) == 0)
      continue;
    flag_cohort(c, sink, cases);
    g_ptr_array_set_size(cases, 0);
  }
  g_ptr_array_unref(found);
  g_ptr_array_unref(cases);
  outliers_free(all);
}
