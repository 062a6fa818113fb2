/* Commands about rules: thresholds changed while looking, on and off, explanations. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"

static gboolean known_rule(const char *name, RuleId *ret, GError **error)
{
  if (rule_parse(name, ret))
    return TRUE;
  const char *names[N_RULES + 1] = {NULL};
  for (guint r = 0; r < N_RULES; r++)
    names[r] = rule_get((RuleId)r)->name;
  const char *closest = text_closest(name, names);
  g_autofree char *safe = text_safe(name, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "there is no rule \"%s\"%s%s%s", safe,
              closest ? "; did you mean " : "", closest ? closest : "; `rules` lists them",
              closest ? "?" : "");
  return FALSE;
}

/* The rule of the flag at hand, or with a name its own. */
static gboolean rule_at_hand(App *app, const char *name, RuleId *ret, GError **error)
{
  if (name)
    return known_rule(name, ret, error);
  const Judgement *j = cases_flag(app, error);
  if (j)
    *ret = j->flag->rule;
  return j != NULL;
}

/* What the prompt of a rule starts with: its thresholds; free with g_free. */
char *rule_proposal(App *app, const char *name)
{
  RuleId id;
  if (!app->state->flags || !rule_parse(name, &id))
    return NULL;
  return rule_settings_print_rule(&app->state->flags->settings, id);
}

static void explain_rule(App *app, RuleId id)
{
  const State *s = app->state;
  const Rule *rule = rule_get(id);
  const RuleSettings *now = &s->flags->settings;
  g_autofree char *title = g_strdup_printf("%s, version %u", rule->name, rule->version);
  g_autofree char *ask = g_strdup_printf("ask rule %s", rule->name);
  Menu *m = menu_new(MENU_CHOICE, title);
  menu_add(m, NULL, rule->question, NULL, NULL);
  menu_add(m, NULL, rule->help, NULL, NULL);
  for (guint i = 0; i < rule->n_parameters; i++) {
    const RuleParameter *p = &rule->parameters[i];
    g_autofree char *value = g_strdup_printf("%g", now->value[id][i]);
    g_autofree char *label = g_strdup_printf("%s  %s %s", p->name, value, p->help);
    g_autofree char *usual = g_strdup_printf("default %g %s", p->value, p->unit);
    menu_add(m, "=", label, now->value[id][i] != p->value ? usual : p->unit, ask);
  }
  g_autofree char *toggle = g_strdup_printf("rule %s %s", rule->name, now->on[id] ? "off" : "on");
  g_autofree char *defaults = g_strdup_printf("rule %s default", rule->name);
  g_autofree char *list =
      g_strdup_printf("queue reset status=any audience=any rule=%s", rule->name);
  g_autofree char *n = g_strdup_printf("%u flags", s->flags->count[id]);
  menu_add(m, "o", now->on[id] ? "switch this rule off" : "switch this rule on", NULL, toggle);
  menu_add(m, "d", "all thresholds as they were by default", NULL, defaults);
  menu_add(m, "f", "list its flags", n, list);
  menu_add(m, "l", "all rules", NULL, "rules");
  state_show_menu(app->state, m);
  menu_first(m);
}

static gboolean change_rule(App *app, RuleId id, const char *text, GError **error)
{
  State *s = app->state;
  RuleSettings settings = s->flags->settings;
  if (strcmp(text, "default") == 0) {
    settings.on[id] = app->file_rules.on[id];
    memcpy(settings.value[id], app->file_rules.value[id], sizeof settings.value[id]);
  } else if (!rule_settings_change(&settings, id, text, error)) {
    return FALSE;
  }
  if (s->learned_ds || app->relearning) { /* rows have come since: all of it is learned anew */
    app->rules = s->flags->settings = settings;
    app_learn(app);
    state_message(s, "%s: the flags are computed again, with the new rows", rule_get(id)->name);
    return TRUE;
  }
  guint before = s->flags->count[id];
  queue_drop(&s->queue); /* points into the flags */
  work_halt(s->work);    /* it looks at who is flagged */
  flag_set_rerun(s->flags, s->study, id, &settings);
  app->rules = s->flags->settings;
  state_flags_changed(s);
  g_autofree char *values = rule_settings_print_rule(&s->flags->settings, id);
  g_autofree char *time =
      s->show_times ? g_strdup_printf(" in %d ms", (int)(s->flags->microseconds[id] / 1000))
                    : g_strdup("");
  state_message(s, "%s: %u flags, before %u%s; %s", rule_get(id)->name, s->flags->count[id], before,
                time, settings.on[id] ? values : "off");
  return TRUE;
}

gboolean cmd_rule(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  RuleId id;
  g_auto(GStrv) words = g_strsplit(argc > 1 ? argv[1] : "", " ", 2);
  if (!s->flags || !s->study) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "the flags are not computed yet");
    return FALSE;
  }
  if (!rule_at_hand(app, words[0] && *words[0] ? words[0] : NULL, &id, error))
    return FALSE;
  char *text = words[0] && words[1] ? g_strstrip(words[1]) : NULL;
  if (!text || !*text) {
    explain_rule(app, id);
    return TRUE;
  }
  if (s->learning) { /* they are being read by whoever writes the answers */
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "not while the answers are being written; try again in a moment");
    return FALSE;
  }
  return change_rule(app, id, text, error);
}

gboolean cmd_rules(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  State *s = app->state;
  if (!s->flags) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "the flags are not computed yet");
    return FALSE;
  }
  Menu *m = menu_new(MENU_CHOICE, "Rules; Enter explains and changes one");
  for (guint r = 0; r < N_RULES; r++) {
    const Rule *rule = rule_get((RuleId)r);
    g_autofree char *command = g_strdup_printf("rule %s", rule->name);
    g_autofree char *n = g_strdup_printf("%u", s->flags->count[r]);
    const char *right = !rule->run ? "not built in" : !s->flags->settings.on[r] ? "off" : n;
    menu_add(m, rule->name, rule->question, right, command);
  }
  m->typing = TRUE;
  state_show_menu(app->state, m);
  return TRUE;
}
