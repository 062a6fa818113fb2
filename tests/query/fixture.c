/* Fixtures: text to dataset by plain splitting, so that the tests of queries do not depend on the
 * readers of real files. */
#include "tests/query/fixture.h"

#include "core/base/assets.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

static CivilDay day_of(const char *s)
{
  CivilDay day = CIVIL_DAY_NONE;
  if (*s && strcmp(s, "NULL") != 0)
    assert_true(civil_parse_date(s, strlen(s), &day));
  return day;
}

static void add_cohort(CohortTable *t, const char *line)
{
  char **f = g_strsplit(line, ",", -1);
  assert_int_equal(g_strv_length(f), 5);
  guint16 i = cohort_table_intern(t, f[0]);
  guint8 program = cohort_table_program(t, f[4]);
  Cohort *c = &g_array_index(t->cohorts, Cohort, i);
  if (*f[1]) {
    g_free(c->name);
    c->name = g_strdup(f[1]);
  }
  c->start = day_of(f[2]);
  c->end = day_of(f[3]);
  c->program = program;
  c->in_table = TRUE;
  g_strfreev(f);
}

static void add_row(LogBuilder *b, const char *line)
{
  char **f = g_strsplit(line, " ", 7);
  guint n = g_strv_length(f);
  assert_true(n == 6 || n == 7);
  LogRow row = {0};
  gboolean full = FALSE;
  char *when = g_strconcat(f[0], "T", f[1], NULL);
  assert_true(civil_parse_time(when, strlen(when), &row.time));
  row.path = log_builder_path(b, f[2], strlen(f[2]));
  row.user = log_builder_user(b, f[3], strlen(f[3]));
  row.cohort = log_builder_cohort(b, f[4], &full);
  row.ip = log_builder_ip(b, f[5], strlen(f[5]));
  row.agent = n == 7 ? log_builder_agent(b, f[6], strlen(f[6])) : 0;
  assert_true(log_builder_add(b, &row));
  g_free(when);
  g_strfreev(f);
}

static void each_line(const char *text, void (*take)(void *, const char *), void *data)
{
  while (*text) {
    gsize len = strcspn(text, "\n");
    char *line = g_strndup(text, len);
    if (len)
      take(data, line);
    g_free(line);
    text += len + (text[len] == '\n');
  }
}

static void take_cohort(void *data, const char *line)
{
  add_cohort(data, line);
}

static void take_row(void *data, const char *line)
{
  add_row(data, line);
}

static Dataset *finish(LogBuilder *b, guint min_users, guint min_hits)
{
  GPtrArray *programs = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *staff = assets_lines("staff.conf", NULL, NULL);
  assert_true(cohort_table_configure(log_builder_cohorts(b), programs, staff, NULL));
  g_ptr_array_unref(programs);
  g_ptr_array_unref(staff);
  AccessLog *log = log_builder_finish(b);
  CatalogOptions options;
  catalog_options_init(&options);
  options.min_users = min_users;
  options.min_hits = min_hits;
  Catalog *catalog = catalog_new(log, &options, NULL);
  assert_non_null(catalog);
  Dataset *ds = dataset_new(log, catalog);
  access_log_unref(log);
  return ds;
}

Dataset *fixture_new(const char *log, const char *cohorts)
{
  LogBuilder *b = log_builder_new();
  each_line(cohorts, take_cohort, log_builder_cohorts(b));
  each_line(log, take_row, b);
  return finish(b, 1, 1);
}

const char fixture_cohorts[] = "1,Alpha,2019-01-07,2019-03-29,1\n"
                               "2,Beta,2019-02-04,2019-06-28,2\n"
                               "10,Gamma,2019-09-02,2020-01-31,3\n"
                               "4,Staff,2014-02-04,2014-02-04,2\n"
                               "5,Later,,,2\n";

char *fixture_random_log(guint32 seed, guint n, guint users, guint ips)
{
  static const char *const paths[] = {
      "/",         "a/one", "a/two",       "b/one", "A/One", "", "search/search_index.json",
      "img/x.png", "c",     "wp-login.php"};
  static const char *const ids[] = {"1", "2", "10", "4", "5", "77", ""};
  GRand *r = g_rand_new_with_seed(seed);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < n; i++) {
    CivilTime t =
        civil_day_start(civil_day_from_date(2018, 11, 20)) + g_rand_int_range(r, 0, 700 * 86400);
    char buf[CIVIL_BUF];
    gint ip = g_rand_int_range(r, 0, (gint)ips);
    g_string_append_printf(out, "%s %s u%d %s ", civil_format(t, ' ', buf),
                           paths[g_rand_int_range(r, 0, G_N_ELEMENTS(paths))],
                           g_rand_int_range(r, 0, (gint)users),
                           ids[g_rand_int_range(r, 0, G_N_ELEMENTS(ids))]);
    if (ip)
      g_string_append_printf(out, "198.51.%d.%d", ip / 250, ip % 250);
    g_string_append_c(out, '\n');
  }
  g_rand_free(r);
  return g_string_free(out, FALSE);
}
