/* Scopes: the grammar, what it refuses, and that printing and parsing undo each other. */
#include <glib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/base/error.h"
#include "core/query/scope.h"

/* `text` is understood and is written as `want` (NULL: as it is). */
static void check(const char *text, const char *want)
{
  GError *error = NULL;
  Scope *s = scope_parse(text, &error);
  if (!s)
    fail_msg("%s: %s", text, error->message);
  char *got = scope_print(s);
  assert_string_equal(got, want ? want : text);
  g_free(got);
  scope_free(s);
}

/* `text` is refused, and the message holds `word`. */
static void refuse(const char *text, const char *word)
{
  GError *error = NULL;
  Scope *s = scope_parse(text, &error);
  assert_null(s);
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  if (!strstr(error->message, word))
    fail_msg("<%s> gives <%s>, without <%s>", text, error->message, word);
  g_error_free(error);
}

static void test_print(void **state)
{
  (void)state;
  check("", "");
  check(" \t\n ", "");
  check("program=3 cohort=Darden,Easley phase=class -kind=asset lesson~^sql user=341", NULL);
  check("ip=198.51.100.7 time=2019-08..2020-02 weekday=sat,sun hour=22..4 flagged=yes", NULL);
  check("  program=3   cohort=8 ", "program=3 cohort=8");
  check("PROGRAM=3", "program=3");
  check("cohort=\"Bash\"", "cohort=Bash");
  check("cohort=\"a b\",\"c,d\",\"e\"\"f\"", NULL);
  check("path=\"a/../b\"", NULL);
  check("path=a/../b", "path=\"a/../b\""); /* no range there: the dots are the path's own */
  check("time=\"2019-08-14 10:00..2019-08-15 11:00\"", NULL);
  check("time=\"2019-08-14 10:00\"..\"2019-08-15 11:00\"",
        "time=\"2019-08-14 10:00..2019-08-15 11:00\"");
  check("time=2019-08..", NULL);
  check("time=..2020-02", NULL);
  check("path=\"\"", NULL);
  check("lesson~a,b\"c", NULL); /* a pattern runs to the next space */
  check("lesson~\"a b\"", NULL);
  check("lesson~\"\"\"a\"", NULL);
  check("-user~=1", NULL);
  check("user=~1", NULL);
  check("path=a=b-c~d", NULL);
}

static void test_terms(void **state)
{
  (void)state;
  Scope *s = scope_parse("-cohort=\"a \"\"b\"\"\",none course-week=1..3 path~x{1,2}", NULL);
  assert_non_null(s);
  assert_int_equal(s->terms->len, 3);
  const ScopeTerm *t = s->terms->pdata[0];
  assert_int_equal(t->field, FIELD_COHORT);
  assert_true(t->negated);
  assert_false(t->regex);
  assert_int_equal(t->values->len, 2);
  assert_string_equal(t->values->pdata[0], "a \"b\"");
  assert_string_equal(t->values->pdata[1], "none");
  t = s->terms->pdata[2];
  assert_true(t->regex);
  assert_int_equal(t->values->len, 1);
  assert_string_equal(t->values->pdata[0], "x{1,2}");
  scope_free(s);
}

static void test_refuse(void **state)
{
  (void)state;
  refuse("cohrt=1", "cohort");
  refuse("program=1 lesons=x", "lesson");
  refuse("program=1 lesons=x", "character 11");
  refuse("xyzzyxyzzy=1", "there are program");
  refuse("day=2019-02-14", "time");
  refuse("month=2019-02", "time");
  refuse("Darden", "field=value");
  refuse("cohort", "field=value");
  refuse("=x", "field=value");
  refuse("-", "field=value");
  refuse("--cohort=1", "no field");
  refuse("cohort=", "value is missing");
  refuse("cohort=a,", "value is missing");
  refuse("cohort=,a", "value is missing");
  refuse("cohort=a,,b", "value is missing");
  refuse("cohort=\"a", "never closed");
  refuse("cohort=a\"b", "doubled");
  refuse("cohort=\"a\"b", "behind the quote");
  refuse("lesson~", "pattern is missing");
  refuse("lesson~\"a\"b", "behind the quote");
  refuse("time~2019", "no pattern");
  refuse("hour~2", "no pattern");
  refuse("staff~y", "no pattern");
  refuse("caf\033[2J=1", "field=value");
}

static void test_term_parse(void **state)
{
  (void)state;
  GError *error = NULL;
  ScopeTerm *t = scope_term_parse(" user=7 ", NULL);
  assert_non_null(t);
  assert_int_equal(t->field, FIELD_USER);
  scope_term_free(t);
  assert_null(scope_term_parse("user=7 user=8", &error));
  assert_non_null(strstr(error->message, "character 8"));
  g_clear_error(&error);
  assert_null(scope_term_parse("", &error));
  assert_non_null(error);
  g_clear_error(&error);
}

/* A failed parse says nothing harmful, whatever it was given. */
static void test_safe_messages(void **state)
{
  (void)state;
  GError *error = NULL;
  assert_null(scope_parse("cohort\033]0;x\007", &error));
  assert_true(g_utf8_validate(error->message, -1, NULL));
  for (const char *p = error->message; *p; p++)
    assert_true((guchar)*p >= ' ');
  g_error_free(error);
}

static void test_off_terms(void **state)
{
  (void)state;
  Scope *s = scope_parse("user=7 kind=asset", NULL);
  ((ScopeTerm *)s->terms->pdata[0])->off = TRUE;
  char *text = scope_print(s);
  assert_string_equal(text, "kind=asset");
  g_free(text);
  assert_false(scope_is_empty(s));
  ((ScopeTerm *)s->terms->pdata[1])->off = TRUE;
  assert_true(scope_is_empty(s));
  Scope *copy = scope_copy(s);
  assert_true(scope_equal(s, copy));
  ((ScopeTerm *)copy->terms->pdata[1])->off = FALSE;
  assert_false(scope_equal(s, copy));
  scope_free(s);
  scope_free(copy);
}

/* --- round trip ------------------------------------------------------------------------------- */

/* Bytes that have a meaning in the grammar, and some that have none anywhere. */
static const char nasty[] = " \t\n\v,\"\"..--~=\\'/aZ9:#%{}()*^$\xc3\xa9\xff\x01\x1b";

static char *random_value(GRand *r)
{
  GString *s = g_string_new(NULL);
  guint len = (guint)g_rand_int_range(r, 0, 8);
  while (s->len < len)
    g_string_append_c(s, nasty[g_rand_int_range(r, 0, (gint32)sizeof nasty - 1)]);
  return g_string_free(s, FALSE);
}

static ScopeTerm *random_term(GRand *r)
{
  ScopeField field = (ScopeField)g_rand_int_range(r, 0, N_FIELDS);
  char *value = random_value(r);
  ScopeTerm *t = scope_term_new(field, value, g_rand_boolean(r));
  g_free(value);
  t->regex = field <= FIELD_PHASE && g_rand_int_range(r, 0, 3) == 0;
  for (gint more = g_rand_int_range(r, 0, 3); more > 0 && !t->regex; more--)
    g_ptr_array_add(t->values, random_value(r));
  return t;
}

static void test_round_trip(void **state)
{
  (void)state;
  GRand *r = g_rand_new_with_seed(20180126);
  for (guint i = 0; i < 20000; i++) {
    Scope *s = scope_new();
    for (gint n = g_rand_int_range(r, 0, 5); n > 0; n--)
      g_ptr_array_add(s->terms, random_term(r));
    char *text = scope_print(s);
    GError *error = NULL;
    Scope *back = scope_parse(text, &error);
    if (!back)
      fail_msg("<%s>: %s", text, error->message);
    if (!scope_equal(s, back))
      fail_msg("<%s> is not what was printed", text);
    char *again = scope_print(back);
    assert_string_equal(again, text);
    g_free(again);
    g_free(text);
    scope_free(back);
    scope_free(s);
  }
  g_rand_free(r);
}

/* Random text never does worse than an error; what is accepted prints and parses to itself. */
static void test_random_text(void **state)
{
  (void)state;
  static const char *const pieces[] = {"cohort=", "lesson~", "-",      "time=",  "\"", "a", "..",
                                       ",",       " ",       "user=7", "\"\"\"", "~",  "=", "x y"};
  GRand *r = g_rand_new_with_seed(7);
  guint accepted = 0;
  for (guint i = 0; i < 20000; i++) {
    GString *s = g_string_new(NULL);
    for (gint n = g_rand_int_range(r, 0, 9); n > 0; n--)
      g_string_append(s, pieces[g_rand_int_range(r, 0, G_N_ELEMENTS(pieces))]);
    GError *error = NULL;
    Scope *scope = scope_parse(s->str, &error);
    assert_true((scope == NULL) == (error != NULL));
    if (scope) {
      char *text = scope_print(scope);
      Scope *back = scope_parse(text, NULL);
      assert_non_null(back);
      assert_true(scope_equal(scope, back));
      scope_free(back);
      g_free(text);
      accepted++;
    }
    g_clear_error(&error);
    scope_free(scope);
    g_string_free(s, TRUE);
  }
  assert_true(accepted > 500);
  g_rand_free(r);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_print),      cmocka_unit_test(test_terms),
      cmocka_unit_test(test_refuse),     cmocka_unit_test(test_term_parse),
      cmocka_unit_test(test_off_terms),  cmocka_unit_test(test_safe_messages),
      cmocka_unit_test(test_round_trip), cmocka_unit_test(test_random_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
