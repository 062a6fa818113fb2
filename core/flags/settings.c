/* Settings of the rules: reading and printing rules.conf, and changes made while looking. */
#include "core/flags/rule.h"

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <string.h>

void rule_settings_init(RuleSettings *s)
{
  memset(s, 0, sizeof *s);
  for (guint r = 0; r < N_RULES; r++) {
    const Rule *rule = rule_get((RuleId)r);
    s->on[r] = TRUE;
    for (guint p = 0; p < rule->n_parameters; p++)
      s->value[r][p] = rule->parameters[p].value;
  }
}

/* --- errors ----------------------------------------------------------------------------------- */

static char *closest_rule(const char *word)
{
  const char *names[N_RULES + 1] = {NULL};
  for (guint i = 0; i < N_RULES; i++)
    names[i] = rule_get((RuleId)i)->name;
  const char *found = text_closest(word, names);
  return found ? g_strdup_printf("; did you mean \"%s\"?", found) : g_strdup("");
}

static char *known_parameters(const Rule *rule, const char *word)
{
  const char *names[RULE_MAX_PARAMETERS + 1] = {NULL};
  for (guint i = 0; i < rule->n_parameters; i++)
    names[i] = rule->parameters[i].name;
  const char *found = text_closest(word, names);
  if (found)
    return g_strdup_printf("; did you mean \"%s\"?", found);
  char *list = g_strjoinv(", ", (char **)names);
  char *text = g_strdup_printf("; it has %s", list);
  g_free(list);
  return text;
}

static void set_error(GError **error, const char *where, const char *what, const char *word,
                      const char *hint)
{
  char *shown = text_safe(word, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s%s \"%s\"%s", where, what, shown, hint);
  g_free(shown);
}

/* --- one value -------------------------------------------------------------------------------- */

/* Sets one parameter from words. `where` begins the message ("my.conf:3: " or ""). */
static gboolean set_parameter(RuleSettings *s, RuleId id, const char *name, const char *text,
                              const char *where, GError **error)
{
  const Rule *rule = rule_get(id);
  guint p = 0;
  while (p < rule->n_parameters && !text_same_word(rule->parameters[p].name, name))
    p++;
  if (p == rule->n_parameters) {
    char *hint = known_parameters(rule, name);
    char *what = g_strdup_printf("rule %s has no parameter", rule->name);
    set_error(error, where, what, name, hint);
    g_free(what);
    g_free(hint);
    return FALSE;
  }
  const RuleParameter *def = &rule->parameters[p];
  char *end;
  double value = g_ascii_strtod(text, &end);
  if (*text && !*end && value >= def->min && value <= def->max) {
    s->value[id][p] = value;
    return TRUE;
  }
  char *what = g_strdup_printf("%s.%s must be a number from %g to %g (%s), not", rule->name,
                               def->name, def->min, def->max, def->unit);
  set_error(error, where, what, text, "");
  g_free(what);
  return FALSE;
}

/* "on" and "off"; FALSE when it is neither. */
static gboolean parse_switch(const char *text, gboolean *ret)
{
  gboolean on = text_same_word(text, "on");
  if (!on && !text_same_word(text, "off"))
    return FALSE;
  *ret = on;
  return TRUE;
}

/* --- files ------------------------------------------------------------------------------------ */

static gboolean apply_line(RuleSettings *s, const SettingLine *l, GError **error)
{
  char *where = g_strdup_printf("%s:%u: ", l->origin, l->line);
  char *dot = strchr(l->key, '.');
  char *name = dot ? g_strndup(l->key, (gsize)(dot - l->key)) : g_strdup(l->key);
  gboolean ok = FALSE;
  RuleId id;
  if (!rule_parse(name, &id)) {
    char *hint = closest_rule(name);
    set_error(error, where, "there is no rule", name, hint);
    g_free(hint);
  } else if (dot) {
    ok = set_parameter(s, id, dot + 1, l->value, where, error);
  } else if (parse_switch(l->value, &s->on[id])) {
    ok = TRUE;
  } else {
    set_error(error, where, "a rule is \"on\" or \"off\", not", l->value,
              "; a parameter is RULE.PARAMETER = NUMBER");
  }
  g_free(name);
  g_free(where);
  return ok;
}

gboolean rule_settings_apply(RuleSettings *s, const GPtrArray *lines, GError **error)
{
  RuleSettings next = *s;
  for (guint i = 0; i < lines->len; i++)
    if (!apply_line(&next, g_ptr_array_index(lines, i), error))
      return FALSE;
  *s = next;
  return TRUE;
}

gboolean rule_settings_load(RuleSettings *s, const char *user_file, GError **error)
{
  GPtrArray *lines = assets_lines("rules.conf", user_file, error);
  if (!lines)
    return FALSE;
  RuleSettings next;
  rule_settings_init(&next);
  gboolean ok = rule_settings_apply(&next, lines, error);
  g_ptr_array_unref(lines);
  if (ok)
    *s = next;
  return ok;
}

/* --- changes made while looking --------------------------------------------------------------- */

static gboolean change_word(RuleSettings *s, RuleId rule, char *word, GError **error)
{
  char *equals = strchr(word, '=');
  if (equals) {
    *equals = '\0';
    return set_parameter(s, rule, word, equals + 1, "", error);
  }
  if (parse_switch(word, &s->on[rule]))
    return TRUE;
  set_error(error, "", "expected PARAMETER=NUMBER, on or off, not", word, "");
  return FALSE;
}

gboolean rule_settings_change(RuleSettings *s, RuleId rule, const char *text, GError **error)
{
  RuleSettings next = *s;
  char **words = g_strsplit_set(text, " \t,", -1);
  gboolean ok = TRUE;
  guint n = 0;
  for (guint i = 0; ok && words[i]; i++)
    if (*words[i]) {
      ok = change_word(&next, rule, words[i], error);
      n++;
    }
  g_strfreev(words);
  if (ok && n == 0) {
    set_error(error, "", "nothing to change for rule", rule_get(rule)->name,
              "; give PARAMETER=NUMBER, on or off");
    return FALSE;
  }
  if (ok)
    *s = next;
  return ok;
}

/* --- printing --------------------------------------------------------------------------------- */

static void append_number(GString *out, double value)
{
  char buf[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append(out, g_ascii_formatd(buf, sizeof buf, "%.10g", value));
}

char *rule_settings_print_rule(const RuleSettings *s, RuleId id)
{
  const Rule *rule = rule_get(id);
  GString *out = g_string_new("");
  for (guint p = 0; p < rule->n_parameters; p++) {
    g_string_append_printf(out, "%s%s=", p ? " " : "", rule->parameters[p].name);
    append_number(out, s->value[id][p]);
  }
  return g_string_free(out, FALSE);
}
