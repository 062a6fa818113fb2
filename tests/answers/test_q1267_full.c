/* Questions 1, 2, 6 and 7 on the full log, when it is there: the headline lessons, what was planted
 * for question 2, and how long the answers take. */
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/answers/answer_bed.h"
#include "tests/answers/look.h"
#include "tests/flags/truth.h"

static Bed *bed;
static GPtrArray *stories;

static Answer *checked(const Bed *b, guint number)
{
  Answer *a = bed_answer(b, number, NULL);
  answer_check(a, b);
  return a;
}

/* The same log with raw paths for lessons. */
static Bed *bed_raw(void)
{
  CatalogOptions o;
  Bed *raw = g_new0(Bed, 1);
  catalog_options_init(&o);
  o.raw_paths = TRUE;
  raw->ds = dataset_new(bed->ds->log, catalog_new(bed->ds->log, &o, NULL));
  raw->study = study_new(raw->ds, NULL, NULL);
  assert_non_null(raw->study);
  return raw;
}

/* Text of the row with most hits. */
static const char *most_hits(const Answer *a, const char *program)
{
  const Table *t = look_table(a, "lessons", program)->table;
  guint best = 0;
  for (guint row = 1; row < t->n_rows; row++)
    if (look_int(t, row, "hits") > look_int(t, best, "hits"))
      best = row;
  return look_text(t, best, "lesson");
}

static void check_top(const Answer *a, const char *program, const char *name, const char *lesson)
{
  assert_string_equal(most_hits(a, program), lesson);
  char *text = g_strdup_printf("%s: the lesson with the most hits is %s", name, lesson);
  assert_non_null(look_finding(a, text, NULL));
  g_free(text);
}

/* Typing errors and probes never pose as lessons: every name is that of a lesson, with the readers
 * that a lesson needs. */
static void check_lessons(const Bed *b, const Answer *a, const char *table, const char *program)
{
  const Table *t = look_table(a, table, program)->table;
  const Catalog *catalog = b->ds->catalog;
  assert_true(t->n_rows > 0);
  for (guint row = 0; row < t->n_rows; row++) {
    guint32 entry = catalog_find(catalog, look_text(t, row, "lesson"));
    assert_true(entry != CATALOG_NONE);
    assert_int_equal(catalog->kind_of_entry[entry], KIND_LESSON);
    assert_true(b != bed || catalog->entries[entry].users >= 5); /* raw: of all its paths */
  }
}

static void check_programs(const Bed *b, const Answer *a, const char *table)
{
  static const char *const programs[] = {"1", "2", "3"};
  for (guint i = 0; i < G_N_ELEMENTS(programs); i++)
    check_lessons(b, a, table, programs[i]);
}

static void test_canonical(void **state)
{
  (void)state;
  Answer *a = checked(bed, 1);
  check_top(a, "1", "Full Stack PHP", "html-css");
  check_top(a, "2", "Full Stack Java", "javascript-i");
  check_top(a, "3", "Data Science", "fundamentals/intro-to-data-science");
  const Table *t = look_table(a, "lessons", "3")->table;
  guint intro = look_row(t, "lesson", "fundamentals/intro-to-data-science"),
        classification = look_row(t, "lesson", "classification/overview");
  assert_true(look_int(t, intro, "hits") > look_int(t, classification, "hits"));
  assert_true(intro < classification);
  assert_true(look_int(t, intro, "paths") >= 2);
  check_programs(bed, a, "lessons");
  answer_free(a);
}

static void test_raw(void **state)
{
  (void)state;
  Bed *raw = bed_raw();
  Answer *a = checked(raw, 1);
  check_top(a, "1", "Full Stack PHP", "javascript-i");
  check_top(a, "2", "Full Stack Java", "javascript-i");
  check_top(a, "3", "Data Science", "classification/overview");
  check_programs(raw, a, "lessons");
  /* by hits and by steadiness another */
  assert_non_null(
      look_finding(a, "Data Science: the steadiest lesson across cohorts is another", NULL));
  answer_free(a);
  for (guint q = 2; q <= 7; q += q == 2 ? 4 : 1)
    answer_free(checked(raw, q));
  bed_free(raw);
}

static gboolean has_case(const Table *t, const char *lesson, const char *cohort)
{
  for (guint row = 0; row < t->n_rows; row++)
    if (strcmp(look_text(t, row, "lesson"), lesson) == 0 &&
        strcmp(look_text(t, row, "cohort"), cohort) == 0)
      return TRUE;
  return FALSE;
}

/* What was planted is in the table, and told in a sentence. */
static void test_planted(void **state)
{
  (void)state;
  Answer *a = checked(bed, 2);
  guint n = 0;
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    if (s->innocent || s->rule != RULE_LESSON_OUTLIER)
      continue;
    const CohortTable *cohorts = bed->ds->log->cohorts;
    const Cohort *c = cohort_table_get(cohorts, cohort_table_find(cohorts, s->cohort));
    const char *program = cohort_table_get_program(cohorts, c->program)->id;
    assert_true(has_case(look_table(a, "outliers", program)->table, s->lesson, s->cohort));
    char *text = g_strdup_printf("%s opened %s ", c->name, s->lesson);
    assert_non_null(look_finding(a, text, NULL));
    g_free(text);
    n++;
  }
  assert_true(n >= 2);
  check_lessons(bed, a, "outliers", "2");
  check_lessons(bed, a, "outliers", "3");
  /* A class that has just begun is not accused of reading what one reads first. */
  const Table *weeks = look_table(a, "equal_weeks", "3")->table;
  for (guint row = 0; row < weeks->n_rows; row++)
    if (look_real(weeks, row, "lift_same_weeks") < 2)
      assert_string_not_equal(look_text(weeks, row, "verdict"), "finding");
  answer_free(a);
}

static void test_graduates(void **state)
{
  (void)state;
  Answer *a = checked(bed, 6);
  /* 199,834 rows after the end, 84,031 of them of the staff cohort */
  guint64 lessons = 0;
  for (guint32 row = 0; row < bed->ds->log->n_rows; row++)
    lessons +=
        access_log_phase(bed->ds->log, row) == PHASE_AFTER &&
        bed->ds->catalog->kind_of_entry[bed->ds->catalog->entry_of_path[bed->ds->log->path[row]]] ==
            KIND_LESSON;
  assert_true(lessons < 199834 - 84031);
  assert_int_equal(a->kept + look_left_out(a, "became staff"), lessons);
  const Table *t = look_table(a, "likely_staff", NULL)->table;
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    if (strcmp(s->kind, "cohort_to_staff") == 0)
      assert_string_equal(look_text(t, look_row(t, "user", g_ptr_array_index(s->users, 0)), "why"),
                          "staff-rows");
  }
  check_programs(bed, a, "lessons");
  /* Nobody with a row of staff counts as a graduate: no lesson has more readers than the log has
   * others after their class. */
  guint32 n_users = strpool_count(bed->ds->log->users), others = 0;
  guint8 *after = g_new0(guint8, (gsize)n_users + 1);
  for (guint32 row = 0; row < bed->ds->log->n_rows; row++)
    if (access_log_phase(bed->ds->log, row) == PHASE_AFTER)
      after[bed->ds->log->user[row]] = 1;
  for (guint32 u = 0; u < n_users; u++)
    others += after[u] && !bed->study->people->staff[u];
  static const char *const programs[] = {"1", "2", "3"};
  for (guint p = 0; p < G_N_ELEMENTS(programs); p++) {
    const Table *modules = look_table(a, "modules", programs[p])->table;
    for (guint row = 0; row < modules->n_rows; row++)
      assert_in_range(look_int(modules, row, "graduates"), 1, others);
  }
  g_free(after);
  answer_free(a);
}

static void test_least_used(void **state)
{
  (void)state;
  Answer *a = checked(bed, 7);
  const Table *retired = look_table(a, "retired", NULL)->table;
  for (guint row = 0; row < retired->n_rows; row++) {
    assert_true(look_int(retired, row, "idle_days") >= 180);
    assert_true(look_int(retired, row, "hits") >= 20);
    assert_true(look_int(retired, row, "users") >= 5);
  }
  /* Typing errors and probes never pose as lessons. */
  static const char *const programs[] = {"2", "3"};
  for (guint p = 0; p < G_N_ELEMENTS(programs); p++) {
    const Table *t = look_table(a, "least_used", programs[p])->table;
    assert_true(t->n_rows > 100);
    for (guint row = 0; row < t->n_rows; row++) {
      const char *name = look_text(t, row, "lesson");
      guint32 entry = catalog_find(bed->ds->catalog, name);
      assert_int_equal(bed->ds->catalog->kind_of_entry[entry], KIND_LESSON);
      assert_true(bed->ds->catalog->entries[entry].users >= 5);
      assert_null(strstr(name, "wp-login"));
    }
  }
  answer_free(a);
}

static void test_time(void **state)
{
  (void)state;
  static const guint questions[] = {1, 2, 6, 7};
  double all = 0;
  for (guint i = 0; i < G_N_ELEMENTS(questions); i++) {
    gint64 start = g_get_monotonic_time();
    answer_free(bed_answer(bed, questions[i], NULL));
    double ms = (double)(g_get_monotonic_time() - start) / 1000;
    print_message("question %u: %.0f ms\n", questions[i], ms);
    all += ms;
  }
  print_message("together: %.0f ms\n", all);
  assert_true(all < 10000); /* generous: the machine may be busy, and the program have sanitizers */
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_canonical),  cmocka_unit_test(test_raw),
      cmocka_unit_test(test_planted),    cmocka_unit_test(test_graduates),
      cmocka_unit_test(test_least_used), cmocka_unit_test(test_time),
  };
  bed = bed_full();
  if (!bed)
    return 77;
  char *truth = bed_full_file("truth.json");
  stories = truth_load(truth);
  g_free(truth);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  g_ptr_array_unref(stories);
  bed_free(bed);
  return failed;
}
