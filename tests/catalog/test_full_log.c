/* The catalog, probable cohorts and homes on the full-size log, when it is there. */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/catalog/homes.h"
#include "tests/catalog/full.h"

static AccessLog *the_log;
static Catalog *canonical, *raw;

static Catalog *catalog_of(gboolean raw_paths)
{
  CatalogOptions o;
  catalog_options_init(&o);
  o.raw_paths = raw_paths;
  gint64 begin = g_get_monotonic_time();
  Catalog *c = catalog_new(the_log, &o, NULL);
  print_message("catalog of %u paths, %u rows: %.1f ms\n", c->n_paths, the_log->n_rows,
                (double)(g_get_monotonic_time() - begin) / 1000);
  return c;
}

static const CatalogEntry *entry_of(const Catalog *c, const char *name)
{
  guint32 e = catalog_find(c, name);
  if (e == CATALOG_NONE) {
    print_message("no entry <%s>\n", name);
    fail();
  }
  return &c->entries[e];
}

/* Hits of every entry by one program, counted from the rows. */
static guint64 program_hits(const Catalog *c, const char *program, const char *name)
{
  guint64 n = 0;
  guint32 entry = catalog_find(c, name);
  for (guint32 i = 0; i < the_log->n_rows; i++) {
    const Program *p = cohort_table_get_program(the_log->cohorts, access_log_program(the_log, i));
    n += p->id && strcmp(p->id, program) == 0 && c->entry_of_path[the_log->path[i]] == entry;
  }
  return n;
}

static void test_accounting(void **state)
{
  (void)state;
  guint64 sum = 0;
  guint32 entries = 0;
  for (guint k = 0; k < N_KINDS; k++) {
    print_message("%-8s %8" G_GUINT64_FORMAT " hits %5u entries\n", kind_name((Kind)k),
                  canonical->kind_hits[k], canonical->kind_entries[k]);
    sum += canonical->kind_hits[k];
    entries += canonical->kind_entries[k];
    assert_int_equal(canonical->kind_hits[k], raw->kind_hits[k]);
  }
  assert_int_equal(sum, 900223);
  assert_int_equal(entries, canonical->n_entries);
  assert_int_equal(canonical->n_paths, 2314); /* with the missing one */
  assert_int_equal(raw->n_entries, 2314);
  assert_int_equal(canonical->kind_hits[KIND_MISSING], 1);
  assert_int_equal(canonical->kind_hits[KIND_TOC], 18297);
  assert_int_equal(canonical->kind_hits[KIND_SEARCH], 19519 + 1910);
  assert_int_equal(canonical->kind_hits[KIND_HOME], 50313 + 1778 + 1 + 1);
}

/* Which name comes first in a program depends on merging. */
static void test_merging(void **state)
{
  (void)state;
  const char *intro = "fundamentals/intro-to-data-science", *overview = "classification/overview";
  assert_int_equal(program_hits(canonical, "3", intro), 1634 + 1414);
  assert_true(program_hits(canonical, "3", intro) > program_hits(canonical, "3", overview));
  assert_int_equal(program_hits(raw, "3", intro), 1414);
  assert_int_equal(program_hits(raw, "3", overview), 1789);
  assert_int_equal(program_hits(canonical, "1", "html-css"), 262 + 542);
  assert_int_equal(program_hits(canonical, "1", "javascript-i"), 736);
  assert_int_equal(program_hits(raw, "1", "html-css"), 542);
}

static void test_strays(void **state)
{
  (void)state;
  static const char *const strays[][2] = {
      {"javascript-i/introduction/working-with-data-types-operators-and-variables/google.com",
       "javascript-i/introduction/working-with-data-types-operators-and-variables"},
      {"htmle-css/elements", "html-css/elements"},
      {"java-iii/servelets", "java-iii/servlets"},
      {"jacascript-i/introdection", "javascript-i/introduction"},
      {"spring/repositories", "spring/fundamentals/repositories"},
      {"promises", "javascript-ii/promises"},
      {"appendix/open_data/www.flickr.com/services/api", "appendix/open-data"},
  };
  static const char *const probes[] = {"students/743/notes",
                                       "students/743/notes/0",
                                       "examples/css/..%5c",
                                       "examples/css/..%2f",
                                       "examples/css/..%255c",
                                       "examples/css/%252e%252e%255c",
                                       "examples/css/..%c0%af",
                                       "wp-admin",
                                       "wp-login",
                                       "login.aspx",
                                       ".git",
                                       "users/2/edit"};
  for (guint i = 0; i < G_N_ELEMENTS(strays); i++) {
    const CatalogEntry *e = entry_of(canonical, strays[i][0]);
    assert_int_equal(e->kind, KIND_STRAY);
    assert_int_not_equal(e->nearest, CATALOG_NONE);
    assert_string_equal(canonical->entries[e->nearest].name, strays[i][1]);
  }
  for (guint i = 0; i < G_N_ELEMENTS(probes); i++)
    assert_int_equal(entry_of(raw, probes[i])->kind, KIND_PROBE);
}

/* Readers of every lesson and stray, counted again the slow way. */
static void test_readers(void **state)
{
  (void)state;
  GHashTable *pairs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  guint32 *users = g_new0(guint32, canonical->n_entries);
  guint32 *hits = g_new0(guint32, canonical->n_entries);
  for (guint32 i = 0; i < the_log->n_rows; i++) {
    guint32 e = canonical->entry_of_path[the_log->path[i]];
    if (cohort_table_get(the_log->cohorts, the_log->cohort[i])->staff)
      continue;
    hits[e]++;
    guint64 pair = ((guint64)e << 32) | the_log->user[i];
    if (!g_hash_table_contains(pairs, &pair)) {
      g_hash_table_add(pairs, g_memdup2(&pair, sizeof pair));
      users[e]++;
    }
  }
  for (guint32 e = 0; e < canonical->n_entries; e++) {
    Kind kind = canonical->entries[e].kind;
    assert_int_equal(canonical->entries[e].users, users[e]);
    if (kind == KIND_LESSON || kind == KIND_STRAY)
      assert_int_equal(kind == KIND_LESSON, users[e] >= 5 && hits[e] >= 10);
  }
  g_free(users);
  g_free(hits);
  g_hash_table_unref(pairs);
}

static void check_group(const ProbableGroup *g, const char *cohort, const char *week, guint members,
                        const char *track)
{
  assert_string_equal(cohort_table_get(the_log->cohorts, g->cohort)->id, cohort);
  assert_int_equal(civil_week_start(g->start), school_day(week));
  assert_int_equal(g->days_off, 0);
  assert_int_equal(g->n_members, members);
  assert_string_equal(home_name(the_log, g->track), track);
}

static void test_probable_and_homes(void **state)
{
  (void)state;
  static const char *const homes[][2] = {
      {"classification/overview", "ds"},
      {"fundamentals/intro-to-data-science", "ds"},
      {"sql/mysql-overview", "ds"},
      {"python/dataframes", "ds"},
      {"mysql/tables", "web"},
      {"mysql/introduction", "web"},
      {"spring/fundamentals/views", "web"},
      {"spring/fundamentals/services", "web"},
      {"java-iii", "web"},
      {"html-css", "web"},
      {"javascript-i", "web"},
      {"appendix/documentation", "shared"},
      {"content/laravel/quickstart/views", "unknown"},
  };
  People *people = people_new(the_log);
  Probable *p = probable_new(the_log, people, NULL);
  HomesOptions o;
  homes_options_init(&o);
  Homes *h = homes_new(the_log, canonical, people, p, &o, NULL);
  probable_read_tracks(p, the_log, canonical, h);
  assert_int_equal(p->n_loose, 70);
  assert_int_equal(p->n_groups, 2);
  check_group(&p->groups[0], "30", "2019-02-04", 21, "ds");
  check_group(&p->groups[1], "60", "2020-07-20", 19, "web");
  assert_true(p->groups[1].read_share > 0.9);
  for (guint i = 0; i < G_N_ELEMENTS(homes); i++) {
    const LessonHome *home = &h->entries[catalog_find(canonical, homes[i][0])];
    if (strcmp(home_name(the_log, home->track), homes[i][1]) != 0)
      print_message("lesson <%s>\n", homes[i][0]);
    assert_string_equal(home_name(the_log, home->track), homes[i][1]);
  }
  homes_free(h);
  probable_free(p);
  people_free(people);
}

int main(void)
{
  const char *folder = g_getenv("COHORTSCOPE_FULL_LOG");
  if (!folder || !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
    printf("skipped: full log absent\n");
    return 77;
  }
  the_log = full_load(folder, "logs.txt.gz");
  if (!the_log)
    return 1;
  canonical = catalog_of(FALSE);
  raw = catalog_of(TRUE);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_accounting),
      cmocka_unit_test(test_merging),
      cmocka_unit_test(test_strays),
      cmocka_unit_test(test_readers),
      cmocka_unit_test(test_probable_and_homes),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  catalog_free(canonical);
  catalog_free(raw);
  access_log_unref(the_log);
  return failed;
}
