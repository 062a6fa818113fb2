/* Cohorts and programs: phases, course weeks, settings, joining of tables, full tables. */
#include "core/log/cohorts.h"

#include "core/base/assets.h"
#include "core/base/error.h"

#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static Cohort *put(CohortTable *t, const char *id, int start, int end, const char *program)
{
  Cohort *c = &g_array_index(t->cohorts, Cohort, cohort_table_intern(t, id));
  c->start = start;
  c->end = end;
  c->program = cohort_table_program(t, program);
  c->in_table = TRUE;
  return c;
}

static gboolean configure(CohortTable *t, const char *programs, const char *staff, GError **error)
{
  GPtrArray *p = programs ? assets_parse(programs, strlen(programs), "my/programs.conf") : NULL;
  GPtrArray *s = staff ? assets_parse(staff, strlen(staff), "my/staff.conf") : NULL;
  gboolean ok = cohort_table_configure(t, p, s, error);
  if (p)
    g_ptr_array_unref(p);
  if (s)
    g_ptr_array_unref(s);
  return ok;
}

static void test_intern(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  assert_int_equal(cohort_table_find(t, "8"), COHORT_NONE);
  assert_int_equal(cohort_table_intern(t, "8"), 1);
  assert_int_equal(cohort_table_intern(t, "22"), 2);
  assert_int_equal(cohort_table_intern(t, "8"), 1);
  assert_int_equal(cohort_table_intern(t, ""), COHORT_NONE);
  assert_int_equal(cohort_table_intern(t, NULL), COHORT_NONE);
  assert_int_equal(cohort_table_find(t, "22"), 2);
  const Cohort *c = cohort_table_get(t, 2);
  assert_string_equal(c->id, "22");
  assert_string_equal(c->name, "cohort 22");
  assert_int_equal(c->start, CIVIL_DAY_NONE);
  assert_false(c->in_table);
  assert_null(cohort_table_get(t, COHORT_NONE)->id);
  assert_int_equal(cohort_table_track(t, PROGRAM_NONE), -1);
  cohort_table_free(t);
  cohort_table_free(NULL);
}

static void test_phase(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  Cohort *c = put(t, "8", 100, 200, "2");
  assert_int_equal(cohort_phase(c, 99), PHASE_BEFORE);
  assert_int_equal(cohort_phase(c, 100), PHASE_CLASS);
  assert_int_equal(cohort_phase(c, 200), PHASE_CLASS);
  assert_int_equal(cohort_phase(c, 201), PHASE_AFTER);
  c->end = CIVIL_DAY_NONE;
  assert_int_equal(cohort_phase(c, 150), PHASE_UNDATED);
  c->staff = TRUE;
  assert_int_equal(cohort_phase(c, 150), PHASE_STAFF);
  assert_int_equal(cohort_phase(cohort_table_get(t, COHORT_NONE), 150), PHASE_NONE);
  assert_string_equal(phase_name(PHASE_BEFORE), "before");
  assert_string_equal(phase_name(PHASE_NONE), "none");
  assert_string_equal(phase_name(N_PHASES), "");
  cohort_table_free(t);
}

static void test_course_week(void **state)
{
  (void)state;
  Cohort c = {.id = (char *)"8", .start = 100, .end = CIVIL_DAY_NONE};
  static const int cases[][2] = {{100, 1}, {106, 1}, {107, 2}, {240, 21}, {99, -1},
                                 {93, -1}, {92, -2}, {86, -2}, {85, -3}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_int_equal(cohort_course_week(&c, cases[i][0]), cases[i][1]);
  c.start = CIVIL_DAY_NONE;
  assert_int_equal(cohort_course_week(&c, 100), 0);
}

static void test_programs_conf(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  put(t, "8", 1, 2, "2");
  put(t, "9", 1, 2, "7");
  put(t, "10", 1, 2, "");
  assert_true(configure(t,
                        "2 = Old, track=x\n3 = Data Science , track=ds,weeks = 22\n"
                        "2 = Full Stack Java, track=web, weeks=20\n4 = Front End, track=web\n",
                        NULL, NULL));
  guint8 java = cohort_table_get(t, 1)->program;
  const Program *p = cohort_table_get_program(t, java);
  assert_string_equal(p->id, "2");
  assert_string_equal(p->name, "Full Stack Java");
  assert_string_equal(p->track, "web");
  assert_int_equal(p->weeks, 20);
  p = cohort_table_get_program(t, cohort_table_get(t, 2)->program);
  assert_string_equal(p->id, "7");
  assert_string_equal(p->name, "7");
  assert_string_equal(p->track, "");
  assert_int_equal(cohort_table_get(t, 3)->program, PROGRAM_NONE);
  /* By name and by id, in any case. */
  guint8 ds = cohort_table_program(t, "data science");
  assert_string_equal(cohort_table_get_program(t, ds)->id, "3");
  assert_int_equal(cohort_table_program(t, "3"), ds);
  assert_int_equal(cohort_table_get_program(t, ds)->weeks, 22);
  assert_int_equal(t->tracks->len, 2);
  assert_int_equal(cohort_table_track(t, java), 0);
  assert_int_equal(cohort_table_track(t, ds), 1);
  assert_int_equal(cohort_table_track(t, cohort_table_program(t, "Front End")), 0);
  assert_int_equal(cohort_table_track(t, cohort_table_program(t, "7")), -1);
  cohort_table_free(t);
}

/* The data named programs before the settings were known. */
static void test_program_by_name_first(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  put(t, "a", 1, 2, "Zoo");
  put(t, "b", 1, 2, "Data Science");
  put(t, "c", 1, 2, "3");
  put(t, "d", 1, 2, "Front End");
  put(t, "e", 1, 2, "data science");
  assert_true(configure(t, "3 = Data Science, track=ds\n4 = Front End, track=web\n", NULL, NULL));
  const char *const expected[] = {"Zoo", "3", "3", "4", "3"};
  for (guint16 i = 1; i <= 5; i++)
    assert_string_equal(cohort_table_get_program(t, cohort_table_get(t, i)->program)->id,
                        expected[i - 1]);
  assert_int_equal(t->programs->len, 4);
  /* A second time nothing changes. */
  assert_true(configure(t, "3 = Data Science, track=ds\n4 = Front End, track=web\n", NULL, NULL));
  assert_int_equal(t->programs->len, 4);
  cohort_table_free(t);
}

/* A name that is also the id of another program stays with that one. */
static void test_name_is_an_id(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  put(t, "a", 1, 2, "web");
  assert_true(configure(t, "1 = web, track=x\nweb = Old Web, track=y\n", NULL, NULL));
  const Program *p = cohort_table_get_program(t, cohort_table_get(t, 1)->program);
  assert_string_equal(p->id, "web");
  assert_string_equal(p->name, "Old Web");
  assert_int_equal(t->programs->len, 3);
  cohort_table_free(t);
}

static void test_staff_conf(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  put(t, "28", 50, 50, "2");
  put(t, "5", 1, 9, "2");
  g_free(cohort_table_get(t, 2)->name);
  g_array_index(t->cohorts, Cohort, 2).name = g_strdup("STAFF");
  put(t, "7", 1, 9, "2");
  put(t, "70", 1, 9, "2");
  put(t, "71", CIVIL_DAY_NONE, CIVIL_DAY_NONE, "2");
  static const struct {
    const char *conf;
    gboolean staff[5];
  } cases[] = {{"end = start\nname = Staff\n", {TRUE, TRUE, FALSE, FALSE, FALSE}},
               {"id = 7\n", {FALSE, FALSE, TRUE, FALSE, FALSE}},
               {"end = start\nnone\nid = 70\n", {FALSE, FALSE, FALSE, TRUE, FALSE}},
               {"", {FALSE, FALSE, FALSE, FALSE, FALSE}}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    assert_true(configure(t, NULL, cases[i].conf, NULL));
    for (guint16 c = 0; c < 5; c++)
      assert_int_equal(cohort_table_get(t, (guint16)(c + 1))->staff, cases[i].staff[c]);
  }
  cohort_table_free(t);
}

static void test_conf_errors(void **state)
{
  (void)state;
  static const struct {
    const char *programs, *staff, *message;
  } cases[] = {
      {"1 = A\n\n2 = B, weeks=x\n", NULL, "my/programs.conf:3: "},
      {"2 = B, weeks=-1\n", NULL, "\"-1\""},
      {"2 = B, weeks=521\n", NULL, "\"521\""},
      {"2 = B, colour=red\n", NULL, "\"colour\""},
      {"2 = B, track\n", NULL, "\"track\""},
      {"2\n", NULL, "needs an id and a name"},
      {"2 = , track=web\n", NULL, "needs an id and a name"},
      {"= B\n", NULL, "needs an id and a name"},
      {NULL, "# c\nend = begin\n", "my/staff.conf:2: "},
      {NULL, "nmae = Staff\n", "\"nmae\""},
      {NULL, "id =\n", "\"id\""},
      {"1 = New\n", "x\x1b[2J = 1\n", "x\\x1b[2J"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    CohortTable *t = cohort_table_new();
    put(t, "8", 5, 5, "1");
    GError *error = NULL;
    assert_false(configure(t, cases[i].programs, cases[i].staff, &error));
    assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
    assert_non_null(strstr(error->message, cases[i].message));
    g_clear_error(&error);
    assert_string_equal(cohort_table_get_program(t, 1)->name, "1");
    assert_false(cohort_table_get(t, 1)->staff);
    cohort_table_free(t);
  }
}

/* The settings that come with the program. */
static void test_compiled_in(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  put(t, "1", 10, 20, "3");
  put(t, "2", 10, 10, "2");
  GPtrArray *p = assets_lines("programs.conf", NULL, NULL);
  GPtrArray *s = assets_lines("staff.conf", NULL, NULL);
  assert_true(cohort_table_configure(t, p, s, NULL));
  assert_string_equal(cohort_table_get_program(t, cohort_table_get(t, 1)->program)->name,
                      "Data Science");
  assert_false(cohort_table_get(t, 1)->staff);
  assert_true(cohort_table_get(t, 2)->staff);
  g_ptr_array_unref(p);
  g_ptr_array_unref(s);
  cohort_table_free(t);
}

static void test_full(void **state)
{
  (void)state;
  CohortTable *t = cohort_table_new();
  char id[16];
  for (guint i = 1; i <= COHORT_MAX; i++) {
    g_snprintf(id, sizeof id, "%u", i);
    assert_int_equal(cohort_table_intern(t, id), i);
  }
  assert_int_equal(cohort_table_intern(t, "one more"), COHORT_NONE);
  assert_int_equal(cohort_table_intern(t, "65535"), 65535);
  for (guint i = 1; i <= PROGRAM_MAX; i++) {
    g_snprintf(id, sizeof id, "p%u", i);
    assert_int_equal(cohort_table_program(t, id), i);
  }
  assert_int_equal(cohort_table_program(t, "one more"), PROGRAM_NONE);
  assert_int_equal(cohort_table_program(t, "p255"), 255);
  /* Settings for programs that no longer fit change nothing and are no error. */
  assert_true(configure(t, "p255 = Last, track=web\nother = Other, track=ds\n", NULL, NULL));
  assert_int_equal(t->programs->len, 256);
  assert_string_equal(cohort_table_get_program(t, 255)->name, "Last");
  assert_int_equal(cohort_table_program(t, "Other"), PROGRAM_NONE);
  /* Joining: what is known fits, one more does not, and then nothing has changed. */
  guint16 map[3];
  CohortTable *src = cohort_table_new();
  put(src, "65535", 1, 2, "p255");
  assert_true(cohort_table_merge(t, src, map));
  assert_int_equal(map[1], 65535);
  assert_int_equal(cohort_table_get(t, 65535)->end, 2);
  cohort_table_intern(src, "one more");
  g_array_index(src->cohorts, Cohort, 1).program = PROGRAM_NONE;
  assert_false(cohort_table_merge(t, src, map));
  assert_int_equal(t->cohorts->len, 65536);
  cohort_table_free(src);
  src = cohort_table_new();
  put(src, "1", 1, 2, "one more");
  assert_false(cohort_table_merge(t, src, map));
  assert_int_equal(cohort_table_get(t, 1)->start, CIVIL_DAY_NONE);
  cohort_table_free(src);
  cohort_table_free(t);
}

static void test_too_many_settings(void **state)
{
  (void)state;
  GString *text = g_string_new(NULL);
  for (int i = 0; i < 256; i++)
    g_string_append_printf(text, "%d = program %d\n", i, i);
  CohortTable *t = cohort_table_new();
  GError *error = NULL;
  assert_false(configure(t, text->str, NULL, &error));
  assert_non_null(strstr(error->message, "my/programs.conf:256: "));
  assert_int_equal(t->programs->len, 1);
  g_clear_error(&error);
  cohort_table_free(t);
  g_string_free(text, TRUE);
}

static void test_merge(void **state)
{
  (void)state;
  CohortTable *a = cohort_table_new(), *b = cohort_table_new();
  cohort_table_intern(a, "22"); /* only the log of `a` knows it */
  put(a, "8", 100, 200, "2");
  put(b, "99", 1, 2, "");
  Cohort *c = put(b, "22", 300, 400, "Data Science");
  g_free(c->name);
  c->name = g_strdup("Teddy");
  c->slack = g_strdup("#teddy");
  c->created = 12345;
  c->deleted = TRUE;
  c->staff = TRUE;
  put(b, "8", 111, 222, "3"); /* already known: stays as it is */
  assert_true(configure(b, "3 = Data Science, track=ds, weeks=22\n", NULL, NULL));
  guint16 map[4] = {9, 9, 9, 9};
  assert_true(cohort_table_merge(a, b, map));
  assert_int_equal(map[0], 0);
  assert_int_equal(map[1], 3);
  assert_int_equal(map[2], 1);
  assert_int_equal(map[3], 2);
  const Cohort *teddy = cohort_table_get(a, 1);
  assert_string_equal(teddy->name, "Teddy");
  assert_string_equal(teddy->slack, "#teddy");
  assert_int_equal(teddy->start, 300);
  assert_int_equal(teddy->end, 400);
  assert_int_equal(teddy->created, 12345);
  assert_true(teddy->in_table && teddy->deleted && teddy->staff);
  const Program *p = cohort_table_get_program(a, teddy->program);
  assert_string_equal(p->id, "3");
  assert_string_equal(p->track, "ds");
  assert_int_equal(p->weeks, 22);
  assert_int_equal(cohort_table_track(a, teddy->program), 0);
  assert_int_equal(cohort_table_get(a, 2)->start, 100);
  assert_string_equal(cohort_table_get_program(a, cohort_table_get(a, 2)->program)->id, "2");
  /* The other way round: dates are here, the other table is bare. */
  CohortTable *bare = cohort_table_new();
  cohort_table_intern(bare, "8");
  assert_true(cohort_table_merge(a, bare, map));
  assert_int_equal(cohort_table_get(a, 2)->end, 200);
  assert_true(cohort_table_get(a, 2)->in_table);
  /* A copy is equal and lives on its own. */
  CohortTable *copy = cohort_table_copy(a);
  assert_int_equal(cohort_table_bytes(copy), cohort_table_bytes(a));
  cohort_table_free(a);
  assert_int_equal(cohort_table_find(copy, "99"), 3);
  assert_string_equal(cohort_table_get(copy, 1)->name, "Teddy");
  assert_string_equal(copy->tracks->pdata[0], "ds");
  assert_int_equal(cohort_table_intern(copy, "100"), 4);
  cohort_table_free(copy);
  cohort_table_free(bare);
  cohort_table_free(b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_intern),
      cmocka_unit_test(test_phase),
      cmocka_unit_test(test_course_week),
      cmocka_unit_test(test_programs_conf),
      cmocka_unit_test(test_program_by_name_first),
      cmocka_unit_test(test_name_is_an_id),
      cmocka_unit_test(test_staff_conf),
      cmocka_unit_test(test_conf_errors),
      cmocka_unit_test(test_compiled_in),
      cmocka_unit_test(test_full),
      cmocka_unit_test(test_too_many_settings),
      cmocka_unit_test(test_merge),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
