/* The frame of answers: accounting of rows, texts, links, words for numbers. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/answers/build.h"
#include "core/base/error.h"
#include "tests/query/fixture.h"

/* Alpha ran from 2019-01-07 to 2019-03-29. */
static const char log_text[] = "2019-01-10 09:00:00 a/one 1 1 192.0.2.1\n"
                               "2019-01-10 09:01:00 a/one 2 1 192.0.2.1\n"
                               "2019-01-10 09:02:00 / 2 1 192.0.2.1\n"
                               "2019-05-10 09:00:00 a/one 1 1 192.0.2.1\n"
                               "2019-05-11 09:00:00 a/one 9 4 192.0.2.1\n"
                               "2019-05-12 09:00:00 a/one 3  192.0.2.1\n";

static const LeftOut *left_out(const Answer *a, guint i)
{
  assert_true(i < a->left_out->len);
  return g_ptr_array_index(a->left_out, i);
}

static void test_accounting(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(log_text, fixture_cohorts);
  Answer *a = answer_start(3, ds);
  assert_string_equal(a->title, answer_title(3));
  assert_int_equal(a->kept, 6);
  static const char *const what[] = {"rows of staff", NULL};
  Selection *sel = answer_use_scope(a, ds, "staff=no phase=class", what, NULL);
  assert_non_null(sel);
  assert_int_equal(sel->n, 3);
  assert_string_equal(a->scope, "staff=no phase=class");
  assert_int_equal(a->kept, 3);
  assert_int_equal(a->left_out->len, 2);
  assert_string_equal(left_out(a, 0)->what, "rows of staff");
  assert_int_equal(left_out(a, 0)->hits, 1);
  assert_string_equal(left_out(a, 1)->what, "rows outside phase=class");
  assert_int_equal(left_out(a, 1)->hits, 2);
  answer_leave_out(a, 1, "rows of user %s", "1\x1b[m");
  answer_leave_out(a, 0, "nothing");
  assert_int_equal(a->left_out->len, 3);
  assert_string_equal(left_out(a, 2)->what, "rows of user 1?[m");
  assert_int_equal(a->kept, 2);
  selection_free(sel);
  answer_free(a);
  dataset_free(ds);
}

static void test_bad_scope(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(log_text, fixture_cohorts);
  static const char *const bad[] = {"fase=class", "phase=clas", "staff=no phase=clas"};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    GError *error = NULL;
    Answer *a = answer_start(1, ds);
    assert_null(answer_use_scope(a, ds, bad[i], NULL, &error));
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
    g_clear_error(&error);
    answer_free(a);
  }
  dataset_free(ds);
}

enum { COL_USER, COL_HITS };

static const AnswerColumn columns[] = {
    {"user", "user", CELL_TEXT, 0, "Id of the user in the log.", COLUMN_USER},
    {"hits", "hits", CELL_INT, 0, "Rows of the log.", COLUMN_PLAIN},
    {NULL}};

static void test_content(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(log_text, fixture_cohorts);
  Answer *a = answer_start(1, ds);
  answer_finding(a, answer_link("lessons", NULL), "Seen: %s of %s.", COUNT_TEXT(1, "hit", "hits"),
                 COUNT_TEXT(12345, "hit", "hits"));
  answer_finding(a, NULL, "%s", "bell \a");
  answer_note(a, "On %s.", DAY_TEXT(ds->log->first_day));
  const Finding *f = g_ptr_array_index(a->findings, 0);
  assert_string_equal(f->text, "Seen: 1 hit of 12,345 hits.");
  assert_string_equal(f->link->view, "lessons");
  assert_string_equal(f->link->scope, "");
  assert_null(f->marked);
  f = g_ptr_array_index(a->findings, 1);
  assert_string_equal(f->text, "bell ?");
  answer_finding(a, NULL, "User " MARKED_USER " at " MARKED_ADDRESS ".", "1", "192.0.2.1");
  f = g_ptr_array_index(a->findings, 2);
  assert_string_equal(f->text, "User 1 at 192.0.2.1.");
  assert_string_equal(f->marked, "User \0011\003 at \002192.0.2.1\003.");
  assert_string_equal(g_ptr_array_index(a->notes, 0), "On 2019-01-10.");
  AnswerTable *t = answer_table(a, ds, PROGRAM_NONE, "users", "Users", columns);
  guint32 two = strpool_find(ds->log->users, "2", 1);
  answer_row(t, answer_link_key("timeline", ds, DIM_USER, two, "phase=class"));
  table_set_text(t->table, COL_USER, user_text(ds, two));
  table_set_int(t->table, COL_HITS, 2);
  answer_row(t, NULL);
  assert_null(t->program);
  assert_int_equal(t->table->n_rows, 2);
  assert_int_equal(t->links->len, 2);
  assert_int_equal(table_column(t->table, COL_USER)->role, COLUMN_USER);
  const AnswerLink *link = g_ptr_array_index(t->links, 0);
  assert_string_equal(link->view, "timeline");
  assert_string_equal(link->scope, "user=2 phase=class");
  guint8 program = cohort_table_get(ds->log->cohorts, 1)->program;
  t = answer_table(a, ds, program, "again", "Again", columns);
  assert_string_equal(t->program, "1");
  assert_string_equal(t->program_name, "Full Stack PHP");
  answer_free(a);
  dataset_free(ds);
}

static void test_links_of_days(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(log_text, fixture_cohorts);
  CivilDay day = ds->log->first_day;
  AnswerLink *l = answer_link_days("users", day, day, NULL);
  assert_string_equal(l->scope, "time=2019-01-10");
  answer_link_free(l);
  l = answer_link_days("users", day, day + 2, "phase=class");
  assert_string_equal(l->scope, "time=2019-01-10..2019-01-12 phase=class");
  Scope *s = scope_parse(l->scope, NULL);
  assert_true(scope_check(s, ds, NULL));
  scope_free(s);
  answer_link_free(l);
  dataset_free(ds);
}

/* Also of users whose ids have to be quoted. */
static void test_links_of_users(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(log_text, fixture_cohorts);
  const guint32 users[] = {0, 1};
  AnswerLink *l = answer_link_users(ds, users, G_N_ELEMENTS(users));
  Scope *s = scope_parse(l->scope, NULL);
  Selection *sel = scope_select(s, ds, NULL);
  guint32 rows = 0;
  for (guint32 row = 0; row < ds->log->n_rows; row++)
    rows += ds->log->user[row] <= 1;
  assert_true(rows > 0);
  assert_int_equal(sel->n, rows);
  assert_string_equal(l->view, "users");
  assert_null(answer_link_users(ds, users, 0));
  selection_free(sel);
  scope_free(s);
  answer_link_free(l);
  dataset_free(ds);
}

static void test_words(void **state)
{
  (void)state;
  assert_string_equal(N_TEXT(1234567), "1,234,567");
  assert_string_equal(N_TEXT(-12), "-12");
  assert_string_equal(COUNT_TEXT(0, "day", "days"), "0 days");
  assert_string_equal(SHARE_TEXT(0.1234), "12.3 %");
  assert_string_equal(SHARE_TEXT(NAN), "an unknown share");
  assert_string_equal(REAL_TEXT(2.5, 2), "2.50");
  assert_string_equal(REAL_TEXT(NAN, 2), "unknown");
}

static void test_numbers_of_questions(void **state)
{
  (void)state;
  Dataset *ds = fixture_new(log_text, fixture_cohorts);
  GError *error = NULL;
  Study study = {.ds = ds};
  assert_null(answer_title(0));
  assert_null(answer_title(N_QUESTIONS + 1));
  for (guint i = 1; i <= N_QUESTIONS; i++)
    assert_true(strlen(answer_title(i)) > 10);
  assert_null(answer_new(0, &study, NULL, NULL, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  g_clear_error(&error);
  assert_null(answer_new(N_QUESTIONS + 1, &study, NULL, NULL, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  g_clear_error(&error);
  dataset_free(ds);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_accounting),
      cmocka_unit_test(test_bad_scope),
      cmocka_unit_test(test_content),
      cmocka_unit_test(test_links_of_days),
      cmocka_unit_test(test_links_of_users),
      cmocka_unit_test(test_words),
      cmocka_unit_test(test_numbers_of_questions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
