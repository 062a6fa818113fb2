/* Entries: merging, lessons and strays, aliases, raw paths. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/nearest.h"
#include "tests/catalog/school.h"

/* `users` users u1, u2, ... make `each` hits on `path`. */
static void readers(LogBuilder *b, const char *path, guint users, guint each)
{
  for (guint u = 1; u <= users; u++) {
    char name[16];
    g_snprintf(name, sizeof name, "u%u", u);
    school_hits(b, name, "8", "2019-03-01", path, each);
  }
}

static LogBuilder *school_with_cohorts(void)
{
  LogBuilder *b = school_new();
  school_cohort(b, "8", "Hampton", "2019-01-01", "2019-06-01", "1");
  school_cohort(b, "28", "Staff", "2014-02-04", "2014-02-04", "2");
  return b;
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

static Catalog *catalog_of(const AccessLog *log, const char *aliases, gboolean raw)
{
  CatalogOptions o;
  catalog_options_init(&o);
  GPtrArray *lines = aliases ? school_conf(aliases) : NULL;
  o.aliases_conf = lines;
  o.raw_paths = raw;
  GError *error = NULL;
  Catalog *c = catalog_new(log, &o, &error);
  assert_null(error);
  assert_non_null(c);
  if (lines)
    g_ptr_array_unref(lines);
  return c;
}

static void test_threshold(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  readers(b, "five-two", 5, 2);   /* 5 users, 10 hits */
  readers(b, "four-nine", 4, 9);  /* too few users */
  readers(b, "nine-one", 9, 1);   /* too few hits */
  readers(b, "with-staff", 4, 3); /* staff neither as user ... */
  school_hits(b, "s1", "28", "2019-03-02", "with-staff", 30);
  readers(b, "staff-hits", 5, 1); /* ... nor by their hits */
  school_hits(b, "u1", "28", "2019-03-02", "staff-hits", 30);
  for (guint u = 1; u <= 5; u++) { /* users without a cohort are not staff */
    char name[16];
    g_snprintf(name, sizeof name, "n%u", u);
    school_hits(b, name, "", "2019-03-01", "loose", 2);
  }
  AccessLog *log = school_finish(b);
  Catalog *c = catalog_of(log, NULL, FALSE);
  assert_int_equal(entry_of(c, "five-two")->kind, KIND_LESSON);
  assert_int_equal(entry_of(c, "four-nine")->kind, KIND_STRAY);
  assert_int_equal(entry_of(c, "nine-one")->kind, KIND_STRAY);
  assert_int_equal(entry_of(c, "with-staff")->kind, KIND_STRAY);
  assert_int_equal(entry_of(c, "with-staff")->hits, 42);
  assert_int_equal(entry_of(c, "with-staff")->users, 4);
  assert_int_equal(entry_of(c, "staff-hits")->kind, KIND_STRAY);
  assert_int_equal(entry_of(c, "staff-hits")->users, 5);
  assert_int_equal(entry_of(c, "loose")->kind, KIND_LESSON);
  catalog_free(c);
  CatalogOptions o = {.min_users = 4, .min_hits = 12};
  c = catalog_new(log, &o, NULL);
  assert_int_equal(entry_of(c, "four-nine")->kind, KIND_LESSON);
  assert_int_equal(entry_of(c, "with-staff")->kind, KIND_LESSON);
  assert_int_equal(entry_of(c, "five-two")->kind, KIND_STRAY);
  catalog_free(c);
  access_log_unref(log);
}

static void test_merging(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  readers(b, "1-fundamentals/1.1-intro", 3, 2); /* u1..u3 */
  readers(b, "fundamentals/intro", 5, 1);       /* u1..u5: 11 hits, 5 users together */
  readers(b, "fundamentals/intro.jpg", 1, 1);
  readers(b, "/", 2, 2);
  readers(b, "index.html", 3, 1);
  readers(b, "", 1, 1);
  readers(b, "toc", 2, 1);
  readers(b, "search/search_index.json", 1, 4);
  readers(b, "students/5/x", 1, 1);
  AccessLog *log = school_finish(b);
  Catalog *c = catalog_of(log, NULL, FALSE);
  const CatalogEntry *e = entry_of(c, "fundamentals/intro");
  assert_int_equal(e->kind, KIND_LESSON);
  assert_int_equal(e->hits, 11);
  assert_int_equal(e->users, 5);
  assert_int_equal(e->n_paths, 2);
  assert_string_equal(c->modules[e->module], "fundamentals");
  assert_int_equal(entry_of(c, "fundamentals/intro.jpg")->module, e->module);
  assert_int_equal(entry_of(c, "/")->hits, 7);
  assert_int_equal(entry_of(c, "/")->users, 3);
  assert_int_equal(entry_of(c, "/")->module, 0);
  assert_string_equal(c->modules[0], "");
  assert_int_equal(entry_of(c, "(missing)")->kind, KIND_MISSING);
  assert_int_equal(c->entry_of_path[PATH_MISSING], catalog_find(c, "(missing)"));
  assert_int_equal(entry_of(c, "search/search-index.json")->kind, KIND_SEARCH);
  assert_int_equal(entry_of(c, "students/5/x")->kind, KIND_PROBE);
  static const guint64 hits[N_KINDS] = {11, 7, 2, 4, 1, 1, 0, 1};
  static const guint32 entries[N_KINDS] = {1, 1, 1, 1, 1, 1, 0, 1};
  for (guint k = 0; k < N_KINDS; k++) {
    assert_int_equal(c->kind_hits[k], hits[k]);
    assert_int_equal(c->kind_entries[k], entries[k]);
  }
  for (guint32 i = 0; i < c->n_entries; i++) {
    assert_int_equal(c->kind_of_entry[i], c->entries[i].kind);
    assert_int_equal(c->module_of_entry[i], c->entries[i].module);
  }
  GArray *paths = g_array_new(FALSE, FALSE, sizeof(guint32));
  catalog_paths_of(c, log, catalog_find(c, "fundamentals/intro"), paths);
  assert_int_equal(paths->len, 2);
  assert_string_equal(strpool_get(log->paths, g_array_index(paths, guint32, 0), NULL),
                      "1-fundamentals/1.1-intro");
  assert_string_equal(strpool_get(log->paths, g_array_index(paths, guint32, 1), NULL),
                      "fundamentals/intro");
  g_array_unref(paths);
  /* other spellings lead to the entry, unknown names to none */
  assert_int_equal(catalog_find(c, "1-Fundamentals/2-intro.html"),
                   catalog_find(c, "fundamentals/intro"));
  assert_int_equal(catalog_find(c, "nothing"), CATALOG_NONE);
  catalog_free(c);
  access_log_unref(log);
}

static void test_content(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  readers(b, "html-css", 5, 2);
  readers(b, "content/html-css", 2, 1);
  readers(b, "content/html-css/index.html", 1, 1);
  readers(b, "git", 1, 1); /* no lesson on its own: content/git stays */
  readers(b, "content/git", 5, 2);
  readers(b, "content/php_i", 5, 2); /* nothing without content/ */
  AccessLog *log = school_finish(b);
  Catalog *c = catalog_of(log, NULL, FALSE);
  assert_int_equal(entry_of(c, "html-css")->hits, 13);
  assert_int_equal(entry_of(c, "html-css")->n_paths, 3);
  assert_int_equal(catalog_find(c, "content/html-css"), CATALOG_NONE);
  assert_int_equal(entry_of(c, "content/git")->kind, KIND_LESSON);
  assert_int_equal(entry_of(c, "git")->kind, KIND_STRAY);
  assert_int_equal(entry_of(c, "content/php-i")->kind, KIND_LESSON);
  assert_string_equal(c->modules[entry_of(c, "content/php-i")->module], "content");
  catalog_free(c);
  access_log_unref(log);
}

static void test_aliases(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  readers(b, "old-name", 3, 2);
  readers(b, "older_name", 2, 1);
  readers(b, "new-name", 5, 1);
  AccessLog *log = school_finish(b);
  Catalog *c = catalog_of(log, "old-name = new-name\n1-Older_Name.html = old-name\n", FALSE);
  assert_int_equal(entry_of(c, "new-name")->hits, 13);
  assert_int_equal(entry_of(c, "new-name")->kind, KIND_LESSON);
  assert_int_equal(catalog_find(c, "old-name"), CATALOG_NONE);
  catalog_free(c);
  /* the later line wins; a name for itself undoes an alias */
  c = catalog_of(log, "old-name = new-name\nold-name = older-name\n", FALSE);
  assert_int_equal(entry_of(c, "older-name")->hits, 8);
  catalog_free(c);
  c = catalog_of(log, "old-name = new-name\nold-name = old-name\n", FALSE);
  assert_int_equal(entry_of(c, "old-name")->hits, 6);
  catalog_free(c);
  access_log_unref(log);
}

static void test_bad_settings(void **state)
{
  (void)state;
  AccessLog *log = school_finish(school_with_cohorts());
  static const char *const bad[] = {"a = b\nb = c\nc = a\n", "a =\n", "= b\n"};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    GPtrArray *lines = school_conf(bad[i]);
    CatalogOptions o = {.min_users = 5, .min_hits = 10, .aliases_conf = lines};
    GError *error = NULL;
    assert_null(catalog_new(log, &o, &error));
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
    assert_non_null(strstr(error->message, "test.conf:"));
    g_error_free(error);
    g_ptr_array_unref(lines);
  }
  Catalog *c = catalog_of(log, NULL, FALSE); /* a log without rows is fine */
  assert_int_equal(c->kind_hits[KIND_MISSING], 0);
  assert_int_equal(c->kind_entries[KIND_MISSING], 0);
  catalog_free(c);
  access_log_unref(log);
}

static void test_raw_paths(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  readers(b, "3-sql/1-joins", 3, 2);
  readers(b, "sql/joins", 5, 1);
  readers(b, "sql/joims", 1, 1);
  readers(b, "index.html", 1, 1);
  readers(b, "/", 1, 1);
  readers(b, "", 1, 1);
  AccessLog *log = school_finish(b);
  Catalog *c = catalog_of(log, NULL, FALSE), *r = catalog_of(log, NULL, TRUE);
  const CatalogEntry *e = entry_of(r, "3-sql/1-joins");
  assert_int_equal(e->kind, KIND_LESSON); /* by itself it would have too few readers */
  assert_int_equal(e->hits, 6);
  assert_int_equal(e->users, 3);
  assert_string_equal(r->modules[e->module], "3-sql");
  assert_string_equal(entry_of(r, "index.html")->name, "index.html");
  assert_int_equal(entry_of(r, "index.html")->kind, KIND_HOME);
  assert_string_equal(entry_of(r, "(missing)")->name, "(missing)");
  assert_string_equal(r->entries[entry_of(r, "sql/joims")->nearest].name, "3-sql/1-joins");
  assert_string_equal(c->entries[entry_of(c, "sql/joims")->nearest].name, "sql/joins");
  for (guint k = 0; k < N_KINDS; k++)
    assert_int_equal(c->kind_hits[k], r->kind_hits[k]);
  for (guint32 p = 0; p < c->n_paths; p++)
    assert_int_equal(c->kind_of_entry[c->entry_of_path[p]], r->kind_of_entry[r->entry_of_path[p]]);
  catalog_free(c);
  catalog_free(r);
  access_log_unref(log);
}

/* One name in two kinds stays two entries. */
static void test_kinds_apart(void **state)
{
  (void)state;
  LogBuilder *b = school_with_cohorts();
  readers(b, "a%2egit", 5, 2); /* decodes to a.git, which no rule claims */
  readers(b, ".git", 1, 1);
  readers(b, "%2egit", 5, 2); /* decodes to .git: judged by its readers */
  AccessLog *log = school_finish(b);
  Catalog *c = catalog_of(log, NULL, FALSE);
  assert_int_equal(c->kind_entries[KIND_LESSON], 2);
  assert_int_equal(c->kind_entries[KIND_PROBE], 1);
  assert_int_equal(entry_of(c, ".git")->kind, KIND_LESSON); /* a lesson first */
  catalog_free(c);
  access_log_unref(log);
}

/* --- nearest --------------------------------------------------------------------------------- */

static void test_nearest(void **state)
{
  (void)state;
  static const char *const names[] = {
      "html-css/css-i/box-model", "html-css",    "java-i",       "java-ii",
      "javascript-i/loops",       "mysql/loops", "spring/setup", "jquery/events/mouse-events"};
  static const guint32 hits[] = {50, 900, 500, 600, 40, 30, 10, 20};
  static const struct {
    const char *stray, *want;
  } table[] = {
      {"htnl-css", "html-css"}, /* one edit */
      {"java-iii", "java-ii"},  /* one edit, against two */
      {"java-iv", "java-ii"},   /* one edit to two names: more hits */
      {"java-", "java-i"},
      {"box-model", "html-css/css-i/box-model"},             /* segments left out in front */
      {"loops", "javascript-i/loops"},                       /* of two the one with more hits */
      {"jquery/mouse-events", "jquery/events/mouse-events"}, /* ... between */
      {"spring/set-up/", "spring/setup"},
      {"mysql/lops/zzz/google.com", NULL},
      {"spring/setup/www.google.com", "spring/setup"}, /* continued */
      {"html-css/css-i/box-model/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z",
       "html-css/css-i/box-model"},
      {"zzzzzz", NULL},
      {"", NULL},
      {"/", NULL},
  };
  NearestIndex *index = nearest_index_new(names, hits, G_N_ELEMENTS(names));
  for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
    guint32 place = nearest_find(index, table[i].stray);
    const char *got = place == NEAREST_NONE ? "(none)" : names[place];
    if (strcmp(got, table[i].want ? table[i].want : "(none)") != 0)
      print_message("stray <%s>\n", table[i].stray);
    assert_string_equal(got, table[i].want ? table[i].want : "(none)");
  }
  nearest_index_free(index);
  index = nearest_index_new(NULL, NULL, 0);
  assert_int_equal(nearest_find(index, "x"), NEAREST_NONE);
  nearest_index_free(index);
}

/* Bit-parallel distances against the textbook table, over random words. */
static guint textbook(const char *a, const char *b)
{
  guint row[80], n = (guint)strlen(b);
  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 1; a[i - 1]; i++) {
    guint diagonal = row[0];
    row[0] = i;
    for (guint j = 1; j <= n; j++) {
      guint up = row[j];
      row[j] = MIN(MIN(up, row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
      diagonal = up;
    }
  }
  return row[n];
}

static void test_nearest_distance(void **state)
{
  (void)state;
  GRand *rand = g_rand_new_with_seed(7);
  for (guint round = 0; round < 3000; round++) {
    char word[65] = "", stray[65] = "";
    guint n = (guint)g_rand_int_range(rand, 12, 64);
    for (guint i = 0; i < n; i++)
      word[i] = stray[i] = (char)('a' + g_rand_int_range(rand, 0, 4));
    for (guint k = (guint)g_rand_int_range(rand, 0, 8); k > 0; k--) {
      guint at = (guint)g_rand_int_range(rand, 0, (gint32)strlen(stray));
      if (g_rand_boolean(rand))
        stray[at] = (char)('a' + g_rand_int_range(rand, 0, 4));
      else
        memmove(stray + at, stray + at + 1, strlen(stray + at));
    }
    const char *names[] = {word};
    guint32 hits[] = {1};
    NearestIndex *index = nearest_index_new(names, hits, 1);
    guint limit = MIN(5, 1 + (guint)strlen(stray) / 4);
    assert_int_equal(nearest_find(index, stray) == 0, textbook(stray, word) <= limit);
    nearest_index_free(index);
  }
  g_rand_free(rand);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_threshold),        cmocka_unit_test(test_merging),
      cmocka_unit_test(test_content),          cmocka_unit_test(test_aliases),
      cmocka_unit_test(test_bad_settings),     cmocka_unit_test(test_raw_paths),
      cmocka_unit_test(test_kinds_apart),      cmocka_unit_test(test_nearest),
      cmocka_unit_test(test_nearest_distance),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
