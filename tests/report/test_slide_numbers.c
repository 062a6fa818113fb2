/* Numbers of slides: counted again from the tables of the answers, on the sample and on the full
 * log. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/answers/build.h"
#include "core/report/slide_model.h"
#include "tests/report/reporting.h"
#include "tests/report/slide_file.h"

static const char *expect_finding(const SlideFile *f, const char *figure, const char *begin)
{
  const char *text = slide_finding(f, figure, begin);
  if (!text)
    fail_msg("no finding \"%s %s\"", figure, begin);
  return text;
}

/* --- numbers, counted again from the tables of the answers -------------------------------------
 */

static const Table *table_of(const Reporting *r, guint question, const char *name,
                             const char *program)
{
  const Table *t = slide_table(slide_answer(&r->report, question), name, program);
  if (!t)
    fail_msg("question %u has no table %s", question, name);
  return t;
}

static const Cell *cell(const Table *t, guint row, const char *column)
{
  int c = slide_column(t, column);
  assert_true(c >= 0);
  return table_cell(t, row, (guint)c);
}

static void check_suspicious(const SlideFile *f, const Reporting *r)
{
  const Table *t = table_of(r, 4, "flags", NULL);
  guint strong = 0;
  GHashTable *scrapers = g_hash_table_new(g_str_hash, g_str_equal);
  static const char *const rules[] = {"burst", "metronome", "grouped-crawl", "sweep", NULL};
  for (guint i = 0; i < t->n_rows; i++) {
    double score = cell(t, i, "score")->v.d;
    strong += score >= 75;
    if (score >= 50 && g_strv_contains(rules, cell(t, i, "rule")->v.s))
      g_hash_table_add(scrapers, cell(t, i, "subject")->v.s);
  }
  char *programs = g_strdup_printf("%u accounts fetched", g_hash_table_size(scrapers)),
       *all = g_strdup_printf("of %u by ", t->n_rows);
  const char *text = expect_finding(f, N_TEXT(strong), "strong cases");
  assert_non_null(strstr(text, all));
  assert_non_null(strstr(text, programs));
  char *title = g_strdup_printf("%u strong cases", strong);
  assert_true(g_str_has_prefix(slide_text(f, "Title"), title));
  g_free(title);
  g_free(all);
  g_free(programs);
  g_hash_table_unref(scrapers);
}

static void check_quiet(const SlideFile *f, const Reporting *r)
{
  const Table *t = table_of(r, 3, "low_activity", NULL);
  guint few = 0, tests = 0;
  for (guint i = 0; i < t->n_rows; i++) {
    const Cell *reasons = cell(t, i, "reasons");
    few += cell(t, i, "hits_in_class")->v.i <= 10;
    tests += !reasons->missing && strstr(reasons->v.s, "staff-or-test-account") != NULL;
  }
  char *counts = g_strdup_printf(": %u with at most 10 hits, %u far below", few, t->n_rows - few);
  assert_non_null(strstr(expect_finding(f, N_TEXT(t->n_rows), "of "), counts));
  g_free(counts);
  char *of_them = g_strdup_printf("%u of them may be staff or a test.", tests);
  assert_true(tests > 0);
  assert_non_null(strstr(f->notes->str, of_them));
  g_free(of_them);
}

/* The direction that was shut off and is crossed most, and the one told behind it. */
static void check_crossing(const SlideFile *f, const Reporting *r)
{
  const Table *t = table_of(r, 5, "cross_access", NULL);
  guint best = 0;
  for (guint i = 1; i < t->n_rows; i++) {
    gboolean fell = strcmp(cell(t, i, "verdict")->v.s, "fell") == 0,
             before = strcmp(cell(t, best, "verdict")->v.s, "fell") == 0;
    if (fell != before ? fell : cell(t, i, "rate")->v.d > cell(t, best, "rate")->v.d)
      best = i;
  }
  assert_string_equal(cell(t, best, "verdict")->v.s, "fell");
  const char *text = expect_finding(f, SHARE_TEXT(cell(t, best, "rate_after")->v.d), "of active ");
  assert_non_null(strstr(text, SHARE_TEXT(cell(t, best, "rate_before")->v.d)));
  assert_int_equal(t->n_rows, 2);
  const char *verdict = cell(t, 1 - best, "verdict")->v.s;
  assert_non_null(strstr(
      text,
      SHARE_TEXT(cell(t, 1 - best, strcmp(verdict, "fell") == 0 ? "rate_after" : "rate")->v.d)));
}

static void check_missing(const SlideFile *f, const Reporting *r)
{
  const Table *t = table_of(r, 8, "probable_missing_cohorts", NULL);
  gint64 members = 0, hits = 0;
  for (guint i = 0; i < t->n_rows; i++) {
    if (cell(t, i, "cohort")->missing)
      continue;
    members += cell(t, i, "members")->v.i;
    hits += cell(t, i, "hits")->v.i;
  }
  char *begin = g_strdup_printf("users with %s hits carry no cohort", N_TEXT(hits));
  const char *text = expect_finding(f, N_TEXT(members), begin);
  for (guint i = 0; i < t->n_rows; i++)
    assert_true(cell(t, i, "cohort")->missing ||
                strstr(text, cell(t, i, "cohort_name")->v.s) != NULL);
  g_free(begin);
}

/* The case that is told is one of the table, and no other that half of the others glossed over
 * weighs more unless it is of a whole module. */
static void check_outlier(const SlideFile *f, const Reporting *r)
{
  const Answer *a = slide_answer(&r->report, 2);
  guint cases = 0, named = 0;
  for (guint i = 0; i < a->tables->len; i++) {
    const Table *t = ((const AnswerTable *)g_ptr_array_index(a->tables, i))->table;
    if (strcmp(t->name, "outliers") != 0)
      continue;
    cases += t->n_rows;
    for (guint row = 0; row < t->n_rows; row++) {
      char *begin = g_strdup_printf(
          "hits a student of %s on %s in class; the median of %" G_GINT64_FORMAT
          " other cohorts is %s.",
          cell(t, row, "cohort_name")->v.s, cell(t, row, "lesson")->v.s,
          cell(t, row, "others_seen")->v.i, REAL_TEXT(cell(t, row, "others_median")->v.d, 1));
      if (slide_finding(f, REAL_TEXT(cell(t, row, "hits_per_student")->v.d, 1), begin)) {
        named++;
        assert_true(2 * cell(t, row, "others_glossed")->v.i >= cell(t, row, "others_seen")->v.i);
      }
      g_free(begin);
    }
  }
  assert_int_equal(named, 1);
  char *count = g_strdup_printf("The clearest of %u such cases.", cases);
  assert_non_null(strstr(f->notes->str, count));
  g_free(count);
}

static void check_rare(const SlideFile *f, const Reporting *r)
{
  const Answer *a = slide_answer(&r->report, 7);
  int most = -1;
  const char *program = "no program";
  for (guint i = 0; i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    int rare = 0;
    if (strcmp(t->table->name, "least_used") != 0)
      continue;
    for (guint row = 0; row < t->table->n_rows; row++)
      rare += cell(t->table, row, "rare")->v.i != 0 && cell(t->table, row, "students")->v.i > 0;
    if (rare > most) {
      most = rare;
      program = t->program_name;
    }
  }
  const char *text = expect_finding(f, N_TEXT(most), "of ");
  assert_non_null(strstr(text, program));
  char *retired =
      g_strdup_printf("%u lessons are retired", table_of(r, 7, "retired", NULL)->n_rows);
  assert_non_null(strstr(f->notes->str, retired));
  g_free(retired);
}

/* The rows of the table against the tables that they come from. */
static void check_programs(const SlideFile *f, const Reporting *r)
{
  static const char *const heads[] = {"Program", "Most read lesson   a leading one in cohorts",
                                      "Graduates return to   share of them",
                                      "Least opened in class   by students"};
  const Answer *a = slide_answer(&r->report, 1);
  guint columns = f->widths->len, found = 0;
  assert_int_equal(columns, G_N_ELEMENTS(heads));
  for (guint c = 0; c < columns; c++)
    assert_string_equal(g_ptr_array_index(f->cells, c), heads[c]);
  for (guint i = 0; i < a->tables->len; i++) {
    const AnswerTable *t = g_ptr_array_index(a->tables, i);
    if (strcmp(t->table->name, "lessons") != 0)
      continue;
    for (guint k = columns; k < f->cells->len; k += columns) {
      if (strcmp(g_ptr_array_index(f->cells, k), t->program_name) != 0)
        continue;
      guint best = 0;
      for (guint row = 0; row < t->table->n_rows; row++)
        if (cell(t->table, row, "hits")->v.i > cell(t->table, best, "hits")->v.i)
          best = row;
      char *lesson = g_strdup_printf("%s   %s of %s", cell(t->table, best, "lesson")->v.s,
                                     N_TEXT(cell(t->table, best, "cohorts_in_top")->v.i),
                                     N_TEXT(cell(t->table, best, "cohorts_ranked")->v.i));
      assert_string_equal(g_ptr_array_index(f->cells, k + 1), lesson);
      const Table *modules = table_of(r, 6, "modules", t->program);
      char *module = g_strdup_printf("%s   %s", cell(modules, 0, "module")->v.s,
                                     SHARE_TEXT(cell(modules, 0, "share_of_graduates")->v.d));
      assert_string_equal(g_ptr_array_index(f->cells, k + 2), module);
      g_free(module);
      g_free(lesson);
      found++;
    }
  }
  assert_int_equal(found, f->cells->len / columns - 1);
}

/* Every answer that the slide speaks of has its scope and its caveats in the notes. */
static void check_notes(const SlideFile *f, const Reporting *r)
{
  for (guint n = 1; n <= N_QUESTIONS; n++) {
    const Answer *a = slide_answer(&r->report, n);
    char *head = g_strdup_printf("\n%s (question %u)\n", a->title, n),
         *kept = g_strdup_printf(a->left_out->len ? "\nRows looked at: %s of "
                                                  : "\nRows looked at: all %s row",
                                 N_TEXT(a->kept));
    assert_non_null(strstr(f->notes->str, head));
    assert_non_null(strstr(f->notes->str, kept));
    for (guint i = 0; i < a->notes->len; i++)
      assert_non_null(strstr(f->notes->str, g_ptr_array_index(a->notes, i)));
    g_free(head);
    g_free(kept);
  }
}

static void check_numbers(const Reporting *r)
{
  SlideFile *f = slide_of(&r->report);
  assert_int_equal(slide_n_findings(f), 6);
  check_suspicious(f, r);
  check_quiet(f, r);
  check_crossing(f, r);
  check_missing(f, r);
  check_outlier(f, r);
  check_rare(f, r);
  check_programs(f, r);
  check_notes(f, r);
  char *rows = g_strdup_printf("%s rows of %s user ids", N_TEXT(r->report.study->ds->log->n_rows),
                               N_TEXT(strpool_count(r->report.study->ds->log->users)));
  assert_non_null(strstr(slide_text(f, "Source"), rows));
  g_free(rows);
  slide_file_free(f);
}

static void test_sample(void **state)
{
  (void)state;
  Bed *bed = bed_sample();
  Reporting *r = reporting_new(bed);
  check_numbers(r);
  reporting_free(r);
  bed_free(bed);
}

static void test_full(void **state)
{
  (void)state;
  Bed *bed = bed_full();
  if (!bed)
    return; /* which it has said */
  Reporting *r = reporting_new(bed);
  check_numbers(r);
  SlideFile *f = slide_of(&r->report);
  assert_non_null(strstr(expect_finding(f, "40", "users with 44,253 hits"), "Ada"));
  expect_finding(f, "0.2 %", "of active Data Science students");
  assert_string_equal(g_ptr_array_index(f->cells, 5), "javascript-i   21 of 27");
  slide_file_free(f);
  reporting_free(r);
  bed_free(bed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sample),
      cmocka_unit_test(test_full),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
