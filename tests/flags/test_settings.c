/* Settings: the table is sound, rules.conf is what it prints, and words change values or say why
 * not. */
#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/flags/flags.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

static void check_parameter(const Rule *rule, guint p)
{
  const RuleParameter *def = &rule->parameters[p];
  assert_non_null(def->name);
  assert_non_null(def->unit);
  assert_non_null(def->help);
  assert_true(def->min <= def->value && def->value <= def->max);
  for (guint q = 0; q < p; q++)
    assert_string_not_equal(rule->parameters[q].name, def->name);
}

static void test_table(void **state)
{
  (void)state;
  for (guint r = 0; r < N_RULES; r++) {
    const Rule *rule = rule_get((RuleId)r);
    assert_non_null(rule->name);
    assert_true(rule->version >= 1);
    assert_true(rule->audience < N_AUDIENCES && rule->subject < N_SUBJECTS);
    assert_true(g_str_has_suffix(rule->question, "?"));
    assert_true(g_str_has_suffix(rule->help, "."));
    assert_true(rule->n_parameters >= 1 && rule->n_parameters <= RULE_MAX_PARAMETERS);
    for (guint p = 0; p < rule->n_parameters; p++)
      check_parameter(rule, p);
    RuleId back = N_RULES;
    assert_true(rule_parse(rule->name, &back));
    assert_int_equal(back, r);
  }
  RuleId untouched = RULE_VOLUME;
  assert_false(rule_parse("bursts", &untouched));
  assert_int_equal(untouched, RULE_VOLUME);
}

static void test_doubts_have_texts(void **state)
{
  (void)state;
  for (guint i = 0; i < N_DOUBTS; i++)
    assert_true(g_str_has_suffix(doubt_text((FlagDoubt)(1u << i)), "."));
  assert_string_equal(baseline_name(BASELINE_PROGRAM), "program");
  assert_string_equal(audience_name(AUDIENCE_TEACHING), "teaching");
  assert_string_equal(subject_type_name(SUBJECT_IP), "ip");
}

static const char HEAD[] =
    "# Rules: what makes a flag.  RULE = on | off,  RULE.PARAMETER = NUMBER\n"
    "#\n"
    "# These are the defaults. Your own file of this name (see the manual) may repeat any line "
    "with\n"
    "# another value; while looking at flags, `:rule burst pages=15` does the same for a moment.\n"
    "# A score is 50 where a case just meets its rule and 75 at twice that; every innocent\n"
    "# explanation that applies multiplies it by 0.6.\n";

static void print_rule(GString *out, const RuleSettings *s, RuleId id)
{
  const Rule *rule = rule_get(id);
  g_string_append_printf(out, "\n# %s (%s)\n# %s\n%s = %s\n", rule->question,
                         audience_name(rule->audience), rule->help, rule->name,
                         s->on[id] ? "on" : "off");
  for (guint p = 0; p < rule->n_parameters; p++) {
    const RuleParameter *def = &rule->parameters[p];
    g_string_append_printf(out, "# %s: %s\n%s.%s = ", def->unit, def->help, rule->name, def->name);
    char value[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(out, "%s\n",
                           g_ascii_formatd(value, sizeof value, "%.10g", s->value[id][p]));
  }
}

/* The whole of `s` as a commented rules.conf. */
static char *print_settings(const RuleSettings *s)
{
  GString *out = g_string_new(HEAD);
  for (guint r = 0; r < N_RULES; r++)
    print_rule(out, s, (RuleId)r);
  return g_string_free(out, FALSE);
}

/* assets/rules.conf holds every parameter of every rule with its default, to the byte. */
static void test_file_agrees(void **state)
{
  (void)state;
  RuleSettings s;
  rule_settings_init(&s);
  char *printed = print_settings(&s);
  GBytes *bytes = assets_get("rules.conf");
  assert_non_null(bytes);
  gsize len;
  const char *text = g_bytes_get_data(bytes, &len);
  char *file = g_strndup(text, len);
  assert_string_equal(file, printed);
  g_free(file);
  g_free(printed);
  g_bytes_unref(bytes);
}

static void test_round_trip(void **state)
{
  (void)state;
  RuleSettings s, back;
  rule_settings_init(&s);
  for (guint r = 0; r < N_RULES; r++) {
    s.on[r] = r % 2;
    for (guint p = 0; p < rule_get((RuleId)r)->n_parameters; p++)
      s.value[r][p] = rule_get((RuleId)r)->parameters[p].max;
  }
  char *text = print_settings(&s);
  GPtrArray *lines = assets_parse(text, strlen(text), "my.conf");
  rule_settings_init(&back);
  assert_true(rule_settings_apply(&back, lines, NULL));
  assert_memory_equal(&back, &s, sizeof s);
  g_ptr_array_unref(lines);
  g_free(text);
}

static void apply(RuleSettings *s, const char *text, const char *complaint)
{
  GPtrArray *lines = assets_parse(text, strlen(text), "my.conf");
  RuleSettings before = *s;
  GError *error = NULL;
  gboolean ok = rule_settings_apply(s, lines, &error);
  g_ptr_array_unref(lines);
  if (!complaint) {
    assert_true(ok);
    assert_null(error);
    return;
  }
  assert_false(ok);
  assert_true(g_error_matches(error, CORE_ERROR, CORE_ERROR_USAGE));
  assert_string_equal(error->message, complaint);
  assert_memory_equal(s, &before, sizeof before);
  g_error_free(error);
}

static void test_apply(void **state)
{
  (void)state;
  RuleSettings s;
  rule_settings_init(&s);
  apply(&s, "burst.pages = 15\nSweep = off\noff-hours.own = 2.5\n", NULL);
  assert_true(s.value[RULE_BURST][0] == 15);
  assert_false(s.on[RULE_SWEEP]);
  assert_true(s.value[RULE_OFF_HOURS][4] == 2.5);
  apply(&s, "burst = on\nbrust.pages = 15\n",
        "my.conf:2: there is no rule \"brust\"; did you mean \"burst\"?");
  apply(&s, "volume.hits = 70\nburst.page = 15\n",
        "my.conf:2: rule burst has no parameter \"page\"; did you mean \"pages\"?");
  apply(&s, "linked-ids.xyzzy = 15\n",
        "my.conf:1: rule linked-ids has no parameter \"xyzzy\"; it has hours, silent");
  apply(&s, "burst.pages = many\n",
        "my.conf:1: burst.pages must be a number from 2 to 1e+06 (pages), not \"many\"");
  apply(&s, "burst.pages = 1\n",
        "my.conf:1: burst.pages must be a number from 2 to 1e+06 (pages), not \"1\"");
  apply(&s, "burst.pages = nan\n",
        "my.conf:1: burst.pages must be a number from 2 to 1e+06 (pages), not \"nan\"");
  apply(&s, "burst.pages\n",
        "my.conf:1: burst.pages must be a number from 2 to 1e+06 (pages), not \"\"");
  apply(&s, "burst = maybe\n",
        "my.conf:1: a rule is \"on\" or \"off\", not \"maybe\"; a parameter is "
        "RULE.PARAMETER = NUMBER");
}

static void test_change(void **state)
{
  (void)state;
  RuleSettings s;
  rule_settings_init(&s);
  assert_true(rule_settings_change(&s, RULE_BURST, " pages=15  seconds=30 ", NULL));
  assert_true(s.value[RULE_BURST][0] == 15 && s.value[RULE_BURST][1] == 30);
  assert_true(rule_settings_change(&s, RULE_BURST, "off", NULL));
  assert_false(s.on[RULE_BURST]);
  RuleSettings before = s;
  GError *error = NULL;
  assert_false(rule_settings_change(&s, RULE_BURST, "pages=30 second=x", &error));
  assert_string_equal(error->message,
                      "rule burst has no parameter \"second\"; did you mean \"seconds\"?");
  g_clear_error(&error);
  assert_false(rule_settings_change(&s, RULE_BURST, "30", &error));
  assert_string_equal(error->message, "expected PARAMETER=NUMBER, on or off, not \"30\"");
  g_clear_error(&error);
  assert_false(rule_settings_change(&s, RULE_BURST, "  ", &error));
  g_clear_error(&error);
  assert_memory_equal(&s, &before, sizeof s);
  char *text = rule_settings_print_rule(&s, RULE_BURST);
  assert_string_equal(text, "pages=15 seconds=30 fast-pages=15 fast-seconds=10");
  g_free(text);
}

static void test_load(void **state)
{
  (void)state;
  RuleSettings defaults, s;
  rule_settings_init(&defaults);
  memset(&s, 0, sizeof s);
  assert_true(rule_settings_load(&s, NULL, NULL));
  assert_memory_equal(&s, &defaults, sizeof s);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),       cmocka_unit_test(test_doubts_have_texts),
      cmocka_unit_test(test_file_agrees), cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_apply),       cmocka_unit_test(test_change),
      cmocka_unit_test(test_load),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
