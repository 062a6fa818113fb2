/* Selecting: what each kind of term keeps, what it refuses, and that all the ways of finding rows
 * agree with testing every row on its own. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "tests/query/fixture.h"
#include "core/query/scope.h"

static const char cohorts[] = "1,Alpha,2019-01-07,2019-03-29,1\n"
                              "2,Beta,2019-02-04,2019-06-28,2\n"
                              "3,Beta,2019-09-02,2020-01-31,3\n"
                              "4,Staff,2014-02-04,2014-02-04,2\n"
                              "5,Later,,,2\n"
                              "6,3,2019-01-07,2019-03-29,2\n"; /* a name that is another's id */

/* Row numbers, in order of time, are what the tests below speak of. */
static const char rows[] =
    "2019-01-06 23:59:59 / 7 1 198.51.100.7\n"                     /* 0 Sunday, before */
    "2019-01-07 00:00:00 java-i/intro 7 1 198.51.100.7\n"          /* 1 Monday, class */
    "2019-01-07 00:00:00 mysql/tables 8 1 198.51.100.8\n"          /* 2 */
    "2019-02-10 22:15:00 java-i/intro 9 2 2001:db8::1\n"           /* 3 Sunday */
    "2019-03-29 23:59:59 Java-I/Intro 7 1 203.0.113.9\n"           /* 4 Friday, last class second */
    "2019-03-30 00:00:00 images/x.jpg 7 1 203.0.113.9\n"           /* 5 Saturday, after */
    "2019-04-01 04:30:00  7  198.51.100.7\n"                       /* 6 no path, no cohort */
    "2019-09-03 12:00:00 sql/joins ann 3 203.0.113.200 curl/7.6\n" /* 7 Tuesday */
    "2019-12-31 23:00:00 sql/joins none 3 203.0.113.200 \n"        /* 8 Tuesday */
    "2020-01-01 00:00:00 toc 5 4 198.51.100.7\n"                   /* 9 Wednesday, staff */
    "2020-01-02 03:00:00 sql/joins 11 5 198.51.100.7\n"            /* 10 undated */
    "2020-01-03 10:00:00 sql/joins 11 99 \n"; /* 11 unknown cohort, no address */

static int setup(void **state)
{
  *state = fixture_new(rows, cohorts);
  return 0;
}

static int teardown(void **state)
{
  dataset_free(*state);
  return 0;
}

/* The rows that a scope keeps, as "0 1 4". */
static char *kept(const Dataset *ds, const char *text)
{
  GError *error = NULL;
  Scope *s = scope_parse(text, &error);
  if (!s)
    fail_msg("%s: %s", text, error->message);
  Selection *sel = scope_select(s, ds, &error);
  if (!sel)
    fail_msg("%s: %s", text, error->message);
  assert_true(scope_check(s, ds, NULL));
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < sel->n; i++)
    g_string_append_printf(out, "%s%u", i ? " " : "", selection_row(sel, i));
  selection_free(sel);
  scope_free(s);
  return g_string_free(out, FALSE);
}

static void check(void **state, const char *text, const char *want)
{
  char *got = kept(*state, text);
  if (strcmp(got, want) != 0)
    fail_msg("<%s> keeps %s, not %s", text, got, want);
  g_free(got);
}

static void refuse(void **state, const char *text, const char *word)
{
  GError *error = NULL;
  Scope *s = scope_parse(text, NULL);
  assert_non_null(s);
  assert_null(scope_select(s, *state, &error));
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  if (!strstr(error->message, word))
    fail_msg("<%s> gives <%s>, without <%s>", text, error->message, word);
  g_clear_error(&error);
  assert_false(scope_check(s, *state, &error));
  assert_non_null(error);
  g_clear_error(&error);
  scope_free(s);
}

static void test_people(void **state)
{
  check(state, "", "0 1 2 3 4 5 6 7 8 9 10 11");
  check(state, "user=7", "0 1 4 5 6");
  check(state, "user=7,9", "0 1 3 4 5 6");
  check(state, "user=ANN", "7");
  check(state, "-user=7,9", "2 7 8 9 10 11");
  check(state, "user~^1", "10 11");
  check(state, "program=1", "0 1 2 4 5");
  check(state, "program=\"full stack java\"", "3 9 10");
  check(state, "program=none", "6 11");
  check(state, "-program=none program=1,2", "0 1 2 3 4 5 9 10");
  check(state, "cohort=alpha", "0 1 2 4 5");
  check(state, "cohort=Beta", "3 7 8"); /* both classes of that name */
  check(state, "cohort=3", "7 8");      /* the id wins over the name of cohort 6 */
  check(state, "cohort=none", "6");
  check(state, "cohort=99", "11");
  check(state, "cohort~^be", "3 7 8");
  check(state, "track=ds", "7 8");
  check(state, "track=WEB", "0 1 2 3 4 5 9 10");
  check(state, "-track~^(ds|web)$", "6 11");
  check(state, "track=none", "6 11");
  check(state, "staff=yes", "9");
  check(state, "-staff=yes", "0 1 2 3 4 5 6 7 8 10 11");
  check(state, "staff=yes,no user=7", "0 1 4 5 6");
}

static void test_pages(void **state)
{
  check(state, "lesson=java-i/intro", "1 3 4");
  check(state, "path=java-i/intro", "1 3");
  check(state, "path=Java-I/Intro", "4");
  check(state, "path=JAVA-I/INTRO", "1 3 4"); /* no such path: upper and lower case are one */
  check(state, "lesson~^JAVA", "1 3 4");
  check(state, "module=sql,mysql", "2 7 8 10 11");
  check(state, "module=none", "0 6");
  check(state, "kind=home,missing", "0 6");
  check(state, "kind=none", "6");
  check(state, "path=none", "6");
  check(state, "lesson=none", "6");
  check(state, "-kind=lesson", "0 5 6 9");
  check(state, "kind=probe", "");
  check(state, "agent=curl/7.6", "7");
  check(state, "agent~curl", "7");
  check(state, "-agent=none", "7");
}

static void test_addresses(void **state)
{
  check(state, "ip=198.51.100.8", "2");
  check(state, "ip=198.51.100.0/24", "0 1 2 6 9 10");
  check(state, "ip=203.0.113.0/25", "4 5");
  check(state, "ip=2001:DB8::/32", "3");
  check(state, "ip=2001:0db8:0::0001", "3"); /* another spelling */
  check(state, "ip=none", "11");
  check(state, "-ip=198.51.100.0/24,none", "3 4 5 7 8");
  check(state, "ip~^203", "4 5 7 8");
}

static void test_times(void **state)
{
  check(state, "time=2019-01-07", "1 2");
  check(state, "time=2019-01", "0 1 2");
  check(state, "time=2019-W02", "1 2");
  check(state, "-time=2019", "9 10 11");
  check(state, "time=2019-01,2020", "0 1 2 9 10 11");
  check(state, "time=2019-03-29..2019-04", "4 5 6");
  check(state, "time=\"2019-03-29 23:59..\"", "4 5 6 7 8 9 10 11");
  check(state, "time=..2019-01-06T23:59:58", "");
  check(state, "time=last1d", "11");
  check(state, "time=last3d", "9 10 11");
  check(state, "time=2030", "");
  check(state, "weekday=sun", "0 3");
  check(state, "weekday=sat,Sunday", "0 3 5");
  check(state, "weekday=fri..mon", "0 1 2 3 4 5 6 11");
  check(state, "weekday=7..1", "0 1 2 3 6");
  check(state, "-weekday=fri..mon", "7 8 9 10");
  check(state, "hour=22..4", "0 1 2 3 4 5 6 8 9 10");
  check(state, "hour=22..4 -hour=0", "0 3 4 6 8 10");
  check(state, "hour=10..12", "7 11");
  check(state, "hour=23..", "0 4 8");
  check(state, "time=2019 hour=23 -weekday=sun", "4 8");
}

static void test_phases(void **state)
{
  check(state, "phase=before", "0");
  check(state, "phase=class", "1 2 3 4 7 8");
  check(state, "phase=after", "5");
  check(state, "phase=staff,undated,none", "6 9 10 11");
  check(state, "phase=undated", "10 11");
  check(state, "-phase=class,after cohort=1", "0");
  check(state, "course-week=1", "1 2 3 7");
  check(state, "course-week=12", "4 5"); /* the week runs on when the class has ended */
  check(state, "course-week=2..", "4 5 8 9");
  check(state, "course-week=..11", "1 2 3 7");
  check(state, "course-week=none", "0 6 10 11");
  check(state, "course-week=5000", "");
}

static void test_flags(void **state)
{
  Dataset *ds = *state;
  check(state, "flagged=yes", "");
  guint32 user, ip;
  assert_true(dimension_find(ds, DIM_USER, "9", &user));
  assert_true(dimension_find(ds, DIM_IP, "203.0.113.9", &ip));
  guint8 *users = g_malloc0(dimension_count(ds, DIM_USER));
  guint8 *ips = g_malloc0(dimension_count(ds, DIM_IP));
  users[user] = ips[ip] = 1;
  ds->flagged_user = users;
  check(state, "flagged=yes", "3");
  ds->flagged_ip = ips;
  check(state, "flagged=yes", "3 4 5");
  check(state, "-flagged=yes user=7", "0 1 6");
  check(state, "flagged=no user=9", "");
  ds->flagged_user = ds->flagged_ip = NULL;
  g_free(users);
  g_free(ips);
}

static void test_unknown(void **state)
{
  refuse(state, "cohort=Alfa", "Alpha");
  refuse(state, "cohort=100", "not in this log");
  refuse(state, "cohort=1 user=1234", "not in this log");
  refuse(state, "user=7..9", "ranges are known to");
  refuse(state, "user=none9", "none");
  refuse(state, "lesson=jawa-i/intro", "java-i/intro");
  refuse(state, "kind=lessons", "lesson");
  refuse(state, "phase=klass", "class");
  refuse(state, "ip=10.0.0.0/8", "not in this log");
  refuse(state, "ip=10.0.0.0/99", "not in this log");
  refuse(state, "weekday=someday", "mon..sun");
  refuse(state, "weekday=mo", "mon..sun");
  refuse(state, "weekday=0", "1..7");
  refuse(state, "hour=24", "0..23");
  refuse(state, "hour=none", "0..23");
  refuse(state, "hour=..", "0..23");
  refuse(state, "time=2019-13", "2019-W33");
  refuse(state, "time=2020..2019", "ends before");
  refuse(state, "course-week=0", "from 1 on");
  refuse(state, "course-week=9..3", "ends before");
  refuse(state, "staff=maybe", "staff=yes");
  refuse(state, "flagged=1", "flagged=yes");
  refuse(state, "track=webb", "web");
  refuse(state, "lesson~(", "lesson~(");
  refuse(state, "user~[", "user~[");
}

static void test_off(void **state)
{
  Scope *s = scope_parse("user=nobody kind=lesson", NULL);
  ((ScopeTerm *)s->terms->pdata[0])->off = TRUE;
  Selection *sel = scope_select(s, *state, NULL);
  assert_non_null(sel);
  assert_int_equal(sel->n, 8);
  selection_free(sel);
  scope_free(s);
}

static void test_runs(void **state)
{
  static const char *const runs[] = {"", "time=2019", "time=2019-02..", "-time=2019",
                                     "user=7 time=2030"};
  for (guint i = 0; i < G_N_ELEMENTS(runs); i++) {
    Scope *s = scope_parse(runs[i], NULL);
    Selection *sel = scope_select(s, *state, NULL);
    assert_null(sel->rows);
    selection_free(sel);
    scope_free(s);
  }
}

/* One list of an index, cut by a time, is read where it stands; anything more is a list of its
 * own. */
static void test_lists(void **state)
{
  static const struct {
    const char *scope, *rows;
    gboolean own;
  } cases[] = {
      {"ip=198.51.100.7", "0 1 6 9 10", FALSE},
      {"ip=198.51.100.7 time=2019-01-07..2019-12", "1 6", FALSE},
      {"cohort=2,4", "3 9", TRUE}, /* 4 and 2 are not neighbours in time */
      {"user=7 phase=class", "1 4", TRUE},
      {"user=7 -time=2019-01-07..2019-02", "0 4 5 6", TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    Scope *s = scope_parse(cases[i].scope, NULL);
    Selection *sel = scope_select(s, *state, NULL);
    assert_non_null(sel->rows);
    assert_int_equal(sel->own != NULL, cases[i].own);
    selection_free(sel);
    scope_free(s);
    check(state, cases[i].scope, cases[i].rows);
  }
}

/* Seeking finds what looking at every place finds. */
static void test_seek(void **state)
{
  (void)state;
  guint32 list[400], n = 0;
  for (guint32 row = 3; n < G_N_ELEMENTS(list); row += 1 + (row * row) % 11)
    list[n++] = row;
  const Selection all[] = {{.n = n, .rows = list}, {.n = 1, .rows = list}, {.n = 50, .begin = 20}};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++)
    for (guint32 from = 0; from <= all[i].n; from += 1 + from / 8)
      for (guint32 row = 0; row < list[n - 1] + 3; row++) {
        guint32 want = from;
        while (want < all[i].n && selection_row(&all[i], want) < row)
          want++;
        assert_int_equal(selection_seek(&all[i], from, row), want);
      }
}

/* The term for a key keeps exactly the rows that have it, in every dimension. */
static void test_term_for_key(void **state)
{
  const Dataset *ds = *state;
  for (guint d = 0; d < N_DIMENSIONS; d++)
    for (guint32 key = 0; key < dimension_count(ds, (Dimension)d); key++)
      for (gboolean negated = FALSE; negated <= TRUE; negated++) {
        GString *want = g_string_new(NULL);
        for (guint32 row = 0; row < ds->log->n_rows; row++)
          if ((dimension_key(ds, (Dimension)d, row) == key) != negated)
            g_string_append_printf(want, "%s%u", want->len ? " " : "", row);
        ScopeTerm *t = scope_term_for_key(ds, (Dimension)d, key, negated);
        char *text = scope_term_print(t);
        check(state, text, want->str);
        g_free(text);
        scope_term_free(t);
        g_string_free(want, TRUE);
      }
}

static void test_labels(void **state)
{
  static const struct {
    const char *term, *label;
  } cases[] = {
      {"cohort=1,3", "cohort=Alpha,Beta"}, {"-program=3", "-program=Data Science"},
      {"lesson~^sql", "lesson~^sql"},      {"weekday=sat", "weekday=Sat"},
      {"cohort=none", "cohort=none"},      {"time=2019-08..2020-02", "time=2019-08..2020-02"},
      {"path=\"a\033b c\"", "path=a?b c"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    ScopeTerm *t = scope_term_parse(cases[i].term, NULL);
    char *label = scope_term_label(t, *state);
    assert_string_equal(label, cases[i].label);
    g_free(label);
    scope_term_free(t);
  }
}

static void test_empty_log(void **state)
{
  (void)state;
  Dataset *ds = fixture_new("", cohorts);
  static const char *const scopes[] = {"",         "time=2019", "hour=3",        "weekday=mon",
                                       "cohort=1", "staff=yes", "course-week=1", "time=last30d"};
  for (guint i = 0; i < G_N_ELEMENTS(scopes); i++) {
    char *got = kept(ds, scopes[i]);
    assert_string_equal(got, "");
    g_free(got);
  }
  dataset_free(ds);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_people),    cmocka_unit_test(test_pages),
      cmocka_unit_test(test_addresses), cmocka_unit_test(test_times),
      cmocka_unit_test(test_phases),    cmocka_unit_test(test_flags),
      cmocka_unit_test(test_unknown),   cmocka_unit_test(test_off),
      cmocka_unit_test(test_runs),      cmocka_unit_test(test_term_for_key),
      cmocka_unit_test(test_labels),    cmocka_unit_test(test_empty_log),
      cmocka_unit_test(test_lists),     cmocka_unit_test(test_seek),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
