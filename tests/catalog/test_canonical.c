/* Canonical names of single paths, and kinds by rule. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/catalog/kinds.h"

static void check(const char *path, const char *want)
{
  char *got = catalog_canonical(path, strlen(path));
  if (strcmp(got, want) != 0)
    print_message("path <%s>\n", path);
  assert_string_equal(got, want);
  g_free(got);
}

static void test_spelling(void **state)
{
  (void)state;
  check("java-iii", "java-iii");
  check("A_B.html", "a-b");
  check("A_B.HTML", "a-b");
  check("//a//b/", "a/b");
  check("/java-i/methods/", "java-i/methods");
  check("slides/console_io", "slides/console-io");
  check("javascript-ii/RESTful-api", "javascript-ii/restful-api");
  check("mysql//sample-database", "mysql/sample-database");
}

static void test_home_and_index(void **state)
{
  (void)state;
  check("", "");
  check("/", "");
  check("//", "");
  check(".html", "");
  check("x/index", "x");
  check("x/index/", "x");
  check("x/index.html", "x");
  check("x/.html", "x");
  check("index.html", "index");
  check("index", "index");
  check("/index", "index");
  check("x/reindex", "x/reindex");
  check("content/laravel/intro/index.html", "content/laravel/intro");
}

static void test_ordering_numbers(void **state)
{
  (void)state;
  check("3-sql/1-mysql-overview", "sql/mysql-overview");
  check("1-fundamentals/1.1-intro-to-data-science", "fundamentals/intro-to-data-science");
  check("1.1_intro", "intro");
  check("2.02.05_Compare_Means", "compare-means");
  check("11._DistributedML.md", "distributedml.md");
  check("4-python/8.4.4-advanced-dataframes", "python/advanced-dataframes");
  check("7-1.2-x", "1.2-x"); /* one number only */
  check("5.01", "01");       /* the pattern backs off to the last dot */
  check("10.2nd", "2nd");
  check("3d-plotting", "3d-plotting");
  check("133", "133");
  check("cohorts/24/grades", "cohorts/24/grades");
  check("00_", "00-"); /* a segment never vanishes */
  check("1-/2-", "1-/2-");
  check("x/1.html", "x/1");
  check("1.x-y", "x-y");
  check("chapter-1.1-x", "chapter-1.1-x");
}

static void test_percent(void **state)
{
  (void)state;
  check("%2e%2e", "..");
  check("itc%20-%20ml", "itc - ml");
  check("a%2Fb", "a/b");
  check("a%2F%2Fb%2F", "a/b");
  check("%41_B", "a-b");
  check("100%", "100%");
  check("%zz/%4", "%zz/%4");
  check("%%41", "%a");
  check("%2541", "%41"); /* decoded once */
  check("a%0ab%00c%7fd%1B", "a%0ab%00c%7fd%1b");
  check("caf%c3%a9", "caf\xc3\xa9");
  check("x%c0%af%20y", "x%c0%af y"); /* no UTF-8: only the ASCII part is decoded */
  check("x%c2%85y", "x%c2%85y");     /* a control character beyond ASCII */
}

static void test_query(void **state)
{
  (void)state;
  check("java-i?from=mail", "java-i");
  check("java-i/#methods", "java-i");
  check("?q=loops", "");
  check("a.html?x=/b", "a");
  check("a%3fb", "a?b");
}

static void test_odd_bytes(void **state)
{
  (void)state;
  char *s = catalog_canonical("a\0b", 3);
  assert_string_equal(s, "a%00b");
  g_free(s);
  check("\xff\xfe/x", "\xff\xfe/x");
  char *longest = g_strnfill(65536, '/');
  memcpy(longest + 30000, "1-A", 3);
  check(longest, "a");
  memset(longest, '1', 65535);
  s = catalog_canonical(longest, 65536);
  assert_int_equal(strlen(s), 65535);
  g_free(s);
  g_free(longest);
}

/* --- kinds ----------------------------------------------------------------------------------- */

static Kind kind_of(const KindRules *rules, const char *path)
{
  return kind_rules_test(rules, path, strlen(path));
}

static void test_default_kinds(void **state)
{
  (void)state;
  static const struct {
    const char *path;
    Kind kind;
  } table[] = {
      {"", KIND_MISSING},
      {"/", KIND_HOME},
      {"//", KIND_HOME},
      {"/?utm=x", KIND_HOME},
      {"index.html", KIND_HOME},
      {"Index.html", KIND_HOME},
      {"x/index.html", KIND_BY_READERS},
      {"toc", KIND_TOC},
      {"/toc/", KIND_TOC},
      {"octoc", KIND_BY_READERS},
      {"search/search_index.json", KIND_SEARCH},
      {"mkdocs/search_index.json", KIND_SEARCH},
      {"content/html-css/search_index.json", KIND_ASSET},
      {"a/b.JPG", KIND_ASSET},
      {"a/b.jpeg?v=2", KIND_ASSET},
      {"jpg", KIND_BY_READERS},
      {"a/map", KIND_BY_READERS},
      {"assets/js/x.min.js.map", KIND_ASSET},
      {"x.woff2", KIND_ASSET},
      {"examples/assets.zip", KIND_BY_READERS},
      {"examples/css/..%5c", KIND_PROBE},
      {"examples/css/..%2F", KIND_PROBE},
      {"examples/css/..%255c", KIND_PROBE},
      {"examples/css/%252e%252e%255c", KIND_PROBE},
      {"examples/css/..%c0%af", KIND_PROBE},
      {"../../etc/passwd.png", KIND_PROBE}, /* a probe even when it asks for a picture */
      {"x?file=../../passwd", KIND_PROBE},
      {"content..", KIND_BY_READERS},
      {"wp-admin", KIND_PROBE},
      {"blog/wp-login.php", KIND_PROBE},
      {"wp-administration", KIND_BY_READERS},
      {".git", KIND_PROBE},
      {".git/config", KIND_PROBE},
      {"content/git/gitignore-file.html", KIND_BY_READERS},
      {".env", KIND_PROBE},
      {"login.aspx", KIND_PROBE},
      {"login", KIND_BY_READERS},
      {"students/850/notes/0", KIND_PROBE},
      {"students/850", KIND_BY_READERS},
      {"students/units/75", KIND_BY_READERS},
      {"users/2/edit", KIND_PROBE},
      {"users/2/edited", KIND_BY_READERS},
      {"mysql/users", KIND_BY_READERS},
  };
  KindRules *rules = kind_rules_new(NULL, NULL);
  assert_non_null(rules);
  for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
    if (kind_of(rules, table[i].path) != table[i].kind)
      print_message("path <%s>\n", table[i].path);
    assert_int_equal(kind_of(rules, table[i].path), table[i].kind);
  }
  kind_rules_free(rules);
}

static KindRules *rules_of(const char *text, GError **error)
{
  GPtrArray *lines = assets_parse(text, strlen(text), "test.conf");
  KindRules *rules = kind_rules_new(lines, error);
  g_ptr_array_unref(lines);
  return rules;
}

static void test_own_kinds(void **state)
{
  (void)state;
  KindRules *rules = rules_of("asset = suffix .json .png\n"
                              "lesson = exact examples/inventory.json\n"
                              "stray = prefix draft- \n"
                              "probe = glob a/*/c?/@.x\n"
                              "toc = segment menu\n",
                              NULL);
  assert_non_null(rules);
  assert_int_equal(kind_of(rules, "x.json"), KIND_ASSET);
  assert_int_equal(kind_of(rules, "examples/inventory.json"), KIND_BY_READERS);
  assert_int_equal(kind_of(rules, "/Draft-1.png"), KIND_STRAY);
  assert_int_equal(kind_of(rules, "a/b/b2/cc/cd/17.x"), KIND_PROBE);
  assert_int_equal(kind_of(rules, "a/b/cd/.x"), KIND_BY_READERS);
  assert_int_equal(kind_of(rules, "a/b/cd/1a.x"), KIND_BY_READERS);
  assert_int_equal(kind_of(rules, "x/menu/y"), KIND_TOC);
  assert_int_equal(kind_of(rules, "x/menus"), KIND_BY_READERS);
  assert_int_equal(kind_of(rules, "/"), KIND_BY_READERS);
  kind_rules_free(rules);
}

static void test_bad_kinds(void **state)
{
  (void)state;
  static const char *const bad[] = {"picture = suffix .x\n", "missing = exact x\n",
                                    "asset = ending .x\n", "asset = suffix\n", "asset\n"};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    GError *error = NULL;
    char *text = g_strconcat("toc = exact toc\n\n# note\n", bad[i], NULL);
    assert_null(rules_of(text, &error));
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
    assert_true(g_str_has_prefix(error->message, "test.conf:4: "));
    g_error_free(error);
    g_free(text);
  }
}

static void test_kind_names(void **state)
{
  (void)state;
  for (guint k = 0; k < N_KINDS; k++) {
    Kind back;
    assert_true(kind_parse(kind_name((Kind)k), &back));
    assert_int_equal(back, k);
  }
  Kind k = KIND_TOC;
  assert_false(kind_parse("lessons", &k));
  assert_int_equal(k, KIND_TOC);
  assert_string_equal(kind_name(KIND_STRAY), "stray");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_spelling),
      cmocka_unit_test(test_home_and_index),
      cmocka_unit_test(test_ordering_numbers),
      cmocka_unit_test(test_percent),
      cmocka_unit_test(test_query),
      cmocka_unit_test(test_odd_bytes),
      cmocka_unit_test(test_default_kinds),
      cmocka_unit_test(test_own_kinds),
      cmocka_unit_test(test_bad_kinds),
      cmocka_unit_test(test_kind_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
