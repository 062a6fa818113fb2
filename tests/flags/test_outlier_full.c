/* Lesson outliers in the full log, against what was planted there. */
#include "core/flags/outlier.h"
#include "tests/flags/bed.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static Bed *bed;
static FlagSet *set;
static JsonParser *truth;

static JsonArray *cases_of(const char *which)
{
  return json_object_get_array_member(json_node_get_object(json_parser_get_root(truth)), which);
}

static CivilTime time_of(JsonObject *o, const char *member)
{
  return bed_time(json_object_get_string_member(o, member));
}

static const Flag *flag_of(guint32 lesson, guint16 cohort)
{
  for (guint i = 0; i < set->flags->len; i++) {
    const Flag *f = g_ptr_array_index(set->flags, i);
    if (f->lesson == lesson && f->cohort == cohort)
      return f;
  }
  return NULL;
}

static void test_planted(void **state)
{
  (void)state;
  JsonArray *planted = cases_of("planted");
  guint n = 0;
  for (guint i = 0; i < json_array_get_length(planted); i++) {
    JsonObject *o = json_array_get_object_element(planted, i);
    if (strcmp(json_object_get_string_member(o, "kind"), "lesson_outlier") != 0)
      continue;
    char *cohort = g_strdup_printf("%" G_GINT64_FORMAT, json_object_get_int_member(o, "cohort"));
    const char *path = json_object_get_string_member(o, "path");
    char *name = catalog_canonical(path, strlen(path));
    guint32 lesson = catalog_find(bed->ds->catalog, name);
    const Flag *f = flag_of(lesson, cohort_table_find(bed->ds->log->cohorts, cohort));
    if (!f)
      fail_msg("%s of cohort %s was not found", path, cohort);
    assert_true(f->score >= 50);
    assert_true(f->from <= time_of(o, "last") && f->to >= time_of(o, "first"));
    g_free(name);
    g_free(cohort);
    n++;
  }
  assert_true(n >= 2);
}

static gboolean is_user(JsonArray *users, const char *id)
{
  for (guint i = 0; i < json_array_get_length(users); i++) {
    char *user = g_strdup_printf("%" G_GINT64_FORMAT, json_array_get_int_element(users, i));
    gboolean same = strcmp(user, id) == 0;
    g_free(user);
    if (same)
      return TRUE;
  }
  return FALSE;
}

/* Rows of the evidence that the innocent case is made of. */
static guint32 rows_of(const Flag *f, JsonObject *o)
{
  const AccessLog *log = bed->ds->log;
  JsonArray *users = json_object_get_array_member(o, "users");
  CivilTime first = time_of(o, "first"), last = time_of(o, "last");
  guint32 n = 0;
  for (guint32 i = 0; i < f->n_rows; i++) {
    guint32 row = f->rows[i];
    n += log->time[row] >= first && log->time[row] <= last &&
         is_user(users, strpool_get(log->users, log->user[row], NULL));
  }
  return n;
}

/* No finding rests on what was planted to mislead. */
static void test_innocent(void **state)
{
  (void)state;
  JsonArray *innocent = cases_of("innocent");
  assert_true(json_array_get_length(innocent) > 0);
  for (guint i = 0; i < json_array_get_length(innocent); i++)
    for (guint k = 0; k < set->flags->len; k++) {
      const Flag *f = g_ptr_array_index(set->flags, k);
      assert_true(3 * (guint64)rows_of(f, json_array_get_object_element(innocent, i)) < f->events);
    }
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
  truth = json_parser_new();
  if (!json_parser_load_from_file(truth, file, NULL)) {
    print_message("skipped: full log absent (no truth file)\n");
    return 77;
  }
  g_free(file);
  set = bed_run(bed, RULE_LESSON_OUTLIER, NULL);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  flag_set_free(set);
  g_object_unref(truth);
  bed_free(bed);
  return failed;
}
