/* The sample log: what its truth file says about lessons, probes and the class without cohort. */
#include <glib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/catalog/homes.h"
#include "tests/catalog/full.h"

static AccessLog *the_log;
static Catalog *catalog;
static JsonArray *planted;

typedef void (*StoryFunc)(JsonObject *story);

/* Calls `f` for every story of a kind; there must be one. */
static void each_story(const char *kind, StoryFunc f)
{
  guint n = 0;
  for (guint i = 0; i < json_array_get_length(planted); i++) {
    JsonObject *story = json_array_get_object_element(planted, i);
    if (strcmp(json_object_get_string_member(story, "kind"), kind) == 0) {
      f(story);
      n++;
    }
  }
  assert_true(n > 0);
}

static guint64 probe_rows;

static void add_rows(JsonObject *story)
{
  probe_rows += (guint64)json_object_get_int_member(story, "rows");
}

static void test_probes(void **state)
{
  (void)state;
  each_story("probe", add_rows);
  assert_int_equal(catalog->kind_hits[KIND_PROBE], probe_rows);
}

static void check_lesson(JsonObject *story)
{
  const char *name = json_object_get_string_member(story, "lesson");
  guint32 e = catalog_find(catalog, name);
  assert_int_not_equal(e, CATALOG_NONE);
  assert_string_equal(catalog->entries[e].name, name);
  assert_int_equal(catalog->entries[e].kind, KIND_LESSON);
  assert_int_equal(catalog->entries[e].hits, json_object_get_int_member(story, "rows"));
}

static void check_renamed(JsonObject *story)
{
  check_lesson(story);
  guint32 e = catalog_find(catalog, json_object_get_string_member(story, "lesson"));
  assert_true(catalog->entries[e].n_paths >= 2);
}

static void test_lessons(void **state)
{
  (void)state;
  each_story("renamed_lesson", check_renamed);
  each_story("rare_lesson", check_lesson);
  each_story("retired_lesson", check_lesson);
}

static void check_class(JsonObject *story)
{
  People *people = people_new(the_log);
  Probable *p = probable_new(the_log, people, NULL);
  JsonArray *users = json_object_get_array_member(story, "users");
  char *cohort = g_strdup_printf("%" G_GINT64_FORMAT, json_object_get_int_member(story, "cohort"));
  assert_int_equal(p->n_groups, 1);
  assert_int_equal(p->groups[0].n_members, json_array_get_length(users));
  assert_string_equal(cohort_table_get(the_log->cohorts, p->groups[0].cohort)->id, cohort);
  for (guint i = 0; i < json_array_get_length(users); i++) {
    char id[32];
    g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT, json_array_get_int_element(users, i));
    guint32 user = strpool_find(the_log->users, id, strlen(id));
    assert_int_not_equal(user, STRPOOL_NONE);
    assert_int_equal(p->group_of_user[user], 0);
  }
  g_free(cohort);
  probable_free(p);
  people_free(people);
}

static void test_class_without_cohort(void **state)
{
  (void)state;
  each_story("missing_cohort", check_class);
}

int main(void)
{
  const char *srcdir = g_getenv("SRCDIR");
  char *folder = g_build_filename(srcdir ? srcdir : SRCDIR, "assets", "sample", NULL);
  char *truth = g_build_filename(folder, "truth.json", NULL);
  JsonParser *parser = json_parser_new();
  CatalogOptions o;
  catalog_options_init(&o);
  the_log = full_load(folder, "logs.csv.gz");
  if (!the_log || !json_parser_load_from_file(parser, truth, NULL))
    return 1;
  planted =
      json_object_get_array_member(json_node_get_object(json_parser_get_root(parser)), "planted");
  catalog = catalog_new(the_log, &o, NULL);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_probes),
      cmocka_unit_test(test_lessons),
      cmocka_unit_test(test_class_without_cohort),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  catalog_free(catalog);
  access_log_unref(the_log);
  g_object_unref(parser);
  g_free(truth);
  g_free(folder);
  return failed;
}
