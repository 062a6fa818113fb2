/* Questions 3, 4, 5 and 8 on the full-size log: its published numbers, and what was planted in it.
 * Prints how long each answer takes. */
#include "tests/answers/answer_bed.h"
#include "tests/flags/truth.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

static Bed *bed;
static FlagSet *flags;
static GPtrArray *stories;

static Answer *answered(guint number)
{
  gint64 start = g_get_monotonic_time();
  Answer *a = bed_answer(bed, number, flags);
  print_message("question %u: %.0f ms\n", number, (double)(g_get_monotonic_time() - start) / 1000);
  answer_check(a, bed);
  return a;
}

/* --- question 3 --------------------------------------------------------------------------------
 */

static void test_few_hits(void **state)
{
  (void)state;
  static const struct {
    const char *user;
    gint64 hits;
    const char *reason;
  } few[] = {{"619", 1, "staff-or-test-account"},
             {"879", 1, "log-ends-early"},
             {"918", 1, "log-ends-early"},
             {"940", 1, "log-ends-early"},
             {"832", 3, "one-day"},
             {"278", 4, "one-day"},
             {"539", 5, "staff-or-test-account"},
             {"956", 6, "log-ends-early"},
             {"812", 7, "late-joiner"},
             {"388", 8, "staff-or-test-account"}};
  Answer *a = answered(3);
  const AnswerTable *t = answer_find_table(a, "low_activity");
  assert_true(answer_says(a, "731 users made 647,496 hits in class"));
  for (guint i = 0; i < G_N_ELEMENTS(few); i++) {
    int row = answer_find_row(t, "user", few[i].user);
    assert_int_equal(answer_cell(t, row, "hits_in_class")->v.i, few[i].hits);
    const char *reasons = answer_cell(t, row, "reasons")->v.s;
    if (!strstr(reasons, few[i].reason))
      fail_msg("user %s: %s", few[i].user, reasons);
  }
  guint n = 0;
  for (guint row = 0; row < t->table->n_rows; row++)
    n += answer_cell(t, (int)row, "hits_in_class")->v.i <= 10;
  assert_int_equal(n, G_N_ELEMENTS(few));
  answer_free(a);
}

static gboolean is_kind(const Story *s, const char *const *kinds)
{
  return g_strv_contains(kinds, s->kind);
}

static void test_planted_low(void **state)
{
  (void)state;
  static const char *const kinds[] = {"dropout", "one_day_dummy", NULL};
  Answer *a = bed_answer(bed, 3, flags);
  const AnswerTable *low = answer_find_table(a, "low_activity");
  const AnswerTable *tests = answer_find_table(a, "test_accounts");
  guint n = 0;
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    const char *user = s->users->len ? g_ptr_array_index(s->users, 0) : "";
    if (!s->innocent && is_kind(s, kinds)) {
      n++;
      if (answer_find_row(low, "user", user) < 0 && answer_find_row(tests, "user", user) < 0)
        fail_msg("%s: user %s is not listed", s->id, user);
    }
    if (s->innocent && s->users->len == 1)
      assert_true(answer_find_row(low, "user", user) < 0);
  }
  assert_int_equal(n, 4);
  /* whoever is listed is, or was, a student of that cohort */
  for (guint row = 0; row < low->table->n_rows; row++) {
    guint32 user = bed_user(bed, answer_cell(low, (int)row, "user")->v.s);
    guint16 cohort = bed->study->cohort_of_user[user];
    assert_int_not_equal(cohort, COHORT_NONE);
    assert_false(cohort_table_get(bed->ds->log->cohorts, cohort)->staff);
  }
  answer_free(a);
}

/* --- question 4 --------------------------------------------------------------------------------
 */

static void test_security(void **state)
{
  (void)state;
  Answer *a = answered(4);
  const AnswerTable *t = answer_find_table(a, "shared_networks");
  static const char *const sites[] = {"198.18.0.58", "198.18.0.61"};
  for (guint i = 0; i < G_N_ELEMENTS(sites); i++)
    assert_string_equal(answer_cell(t, answer_find_row(t, "address", sites[i]), "kind")->v.s,
                        "site-regular");
  guint regular = 0;
  for (guint row = 0; row < t->table->n_rows; row++)
    regular += strcmp(answer_cell(t, (int)row, "kind")->v.s, "site-regular") == 0;
  assert_int_equal(regular, 2);
  assert_true(answer_says(a, "no user agents"));
  answer_free(a);
}

/* --- question 5 --------------------------------------------------------------------------------
 */

static void test_crossing(void **state)
{
  (void)state;
  static const char *const kinds[] = {"cross_program", NULL};
  Answer *a = answered(5);
  const AnswerTable *t = answer_find_table(a, "crossing_students");
  guint n = 0;
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    for (guint k = 0; k < s->users->len; k++) {
      int row = answer_find_row(t, "user", g_ptr_array_index(s->users, k));
      if (!s->innocent && is_kind(s, kinds)) {
        n++;
        assert_in_range(row, 0, 9); /* among the ten heaviest */
      } else if (s->innocent && s->users->len == 1) {
        assert_true(row < 0);
      }
    }
  }
  assert_int_equal(n, 2);
  for (guint row = 0; row < t->table->n_rows; row++)
    assert_false(bed->study->people->staff[bed_user(bed, answer_cell(t, (int)row, "user")->v.s)]);
  answer_free(a);
}

/* --- question 8 --------------------------------------------------------------------------------
 */

static void test_missing_cohorts(void **state)
{
  (void)state;
  static const struct {
    const char *cohort, *program, *week;
    gint64 members;
  } missing[] = {{"Ada", "Data Science", "2019-02-04", 21},
                 {"Io", "Full Stack Java", "2020-07-20", 19}};
  Answer *a = answered(8);
  const AnswerTable *t = answer_find_table(a, "probable_missing_cohorts");
  assert_int_equal(t->table->n_rows, G_N_ELEMENTS(missing));
  for (guint i = 0; i < G_N_ELEMENTS(missing); i++) {
    int row = answer_find_row(t, "cohort_name", missing[i].cohort);
    assert_string_equal(answer_cell(t, row, "program")->v.s, missing[i].program);
    assert_int_equal(answer_cell(t, row, "members")->v.i, missing[i].members);
    char *week = table_cell_text(t->table, (guint)row, 1);
    assert_string_equal(week, missing[i].week);
    g_free(week);
  }
  assert_true(answer_says(a, "52,893 rows carry no cohort"));
  t = answer_find_table(a, "cohorts_without_rows");
  static const char *const empty[] = {"3", "10", "20", "30", "60", "136"};
  assert_int_equal(t->table->n_rows, G_N_ELEMENTS(empty));
  for (guint i = 0; i < G_N_ELEMENTS(empty); i++)
    assert_true(answer_find_row(t, "cohort", empty[i]) >= 0);
  answer_free(a);
}

static void test_became_staff(void **state)
{
  (void)state;
  static const char *const kinds[] = {"cohort_to_staff", NULL};
  Answer *a = bed_answer(bed, 8, flags);
  const AnswerTable *t = answer_find_table(a, "became_staff");
  guint n = 0;
  for (guint i = 0; i < stories->len; i++) {
    const Story *s = g_ptr_array_index(stories, i);
    if (s->innocent && s->users->len == 1)
      assert_true(answer_find_row(t, "user", g_ptr_array_index(s->users, 0)) < 0);
    if (!is_kind(s, kinds))
      continue;
    n++;
    assert_true(answer_find_row(t, "user", g_ptr_array_index(s->users, 0)) >= 0);
  }
  assert_int_equal(n, 2);
  t = answer_find_table(a, "site_addresses");
  int row = answer_find_row(t, "address", "198.18.0.58");
  assert_int_equal(answer_cell(t, row, "hits")->v.i, 284579);
  assert_int_equal(answer_cell(t, row, "first")->v.i, civil_day_from_date(2018, 7, 16));
  row = answer_find_row(t, "address", "198.18.0.61");
  assert_int_equal(answer_cell(t, row, "hits")->v.i, 61662);
  assert_int_equal(answer_cell(t, row, "last")->v.i, civil_day_from_date(2018, 7, 13));
  answer_free(a);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_few_hits),        cmocka_unit_test(test_planted_low),
      cmocka_unit_test(test_security),        cmocka_unit_test(test_crossing),
      cmocka_unit_test(test_missing_cohorts), cmocka_unit_test(test_became_staff),
  };
  RuleSettings settings;
  bed = bed_full();
  if (!bed)
    return 77;
  char *truth = bed_full_file("truth.json");
  stories = truth_load(truth);
  g_free(truth);
  rule_settings_init(&settings);
  gint64 start = g_get_monotonic_time();
  flags = flag_set_new(bed->study, &settings);
  print_message("all flags: %.0f ms\n", (double)(g_get_monotonic_time() - start) / 1000);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  flag_set_free(flags);
  g_ptr_array_unref(stories);
  bed_free(bed);
  return failed;
}
