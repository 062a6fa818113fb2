/* Lesson outliers in the full log, against what was planted there. */
#include "core/flags/outlier.h"
#include "tests/flags/truth.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static Bed *bed;
static FlagSet *set;
static GPtrArray *stories;

static void test_planted(void **state)
{
  (void)state;
  guint n = 0;
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    if (s->innocent || s->rule != RULE_LESSON_OUTLIER)
      continue;
    Found found = truth_find(s, bed, set);
    if (!found.flag)
      fail_msg("%s of cohort %s was not found", s->lesson, s->cohort);
    assert_true(found.flag->score >= 50);
    assert_true(found.flag->from <= s->last && found.flag->to >= s->first);
    print_message("%s of cohort %s: score %.1f, place %u\n", s->lesson, s->cohort,
                  found.flag->score, found.rank);
    n++;
  }
  assert_true(n >= 2);
}

static gboolean is_user(const Story *s, const char *id)
{
  for (guint i = 0; i < s->users->len; i++)
    if (strcmp(g_ptr_array_index(s->users, i), id) == 0)
      return TRUE;
  return FALSE;
}

/* Rows of the evidence that the innocent case is made of. */
static guint32 rows_of(const Flag *f, const Story *s)
{
  const AccessLog *log = bed->ds->log;
  guint32 n = 0;
  for (guint32 i = 0; i < f->n_rows; i++) {
    guint32 row = f->rows[i];
    n += log->time[row] >= s->first && log->time[row] <= s->last &&
         is_user(s, strpool_get(log->users, log->user[row], NULL));
  }
  return n;
}

/* No finding rests on what was planted to mislead. */
static void test_innocent(void **state)
{
  (void)state;
  guint n = 0;
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    n += s->innocent;
    for (guint k = 0; s->innocent && k < set->flags->len; k++) {
      const Flag *f = g_ptr_array_index(set->flags, k);
      assert_true(3 * (guint64)rows_of(f, s) < f->events);
    }
  }
  assert_true(n > 0);
}

/* Every flag keeps its thresholds, and its rows are its hits. */
static void test_flags(void **state)
{
  (void)state;
  assert_true(set->flags->len > 0);
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    assert_true(f->score >= 50);
    assert_int_equal(f->events, (guint64)bed_term(f, "hits"));
    assert_true(bed_term(f, "lift without the heaviest reader") >= 2);
    assert_true(bed_term(f, "q") < 0.05);
    assert_true(f->events >= 25);
  }
  print_message("%u flags in %.1f ms\n", set->flags->len,
                (double)set->microseconds[RULE_LESSON_OUTLIER] / 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_planted),
      cmocka_unit_test(test_innocent),
      cmocka_unit_test(test_flags),
  };
  bed = bed_full();
  if (!bed)
    return 77;
  char *file = bed_full_file("truth.json");
  stories = truth_load(file);
  g_free(file);
  set = bed_run(bed, RULE_LESSON_OUTLIER, NULL);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  flag_set_free(set);
  g_ptr_array_unref(stories);
  bed_free(bed);
  return failed;
}
