/* Exceptions as text: how they are typed and shown. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/casebook/judge.h"

#define USAGE "user= ip= rule= until= because ..."

void exception_clear(FlagException *x)
{
  g_free(x->block);
  g_free(x->user);
  g_free(x->rule);
  g_free(x->reason);
  g_free(x->by.author);
  memset(x, 0, sizeof *x);
  x->until = CIVIL_DAY_NONE;
}

static gboolean set_until(FlagException *x, const char *value, GError **error)
{
  if (civil_parse_date(value, strlen(value), &x->until))
    return TRUE;
  char *safe = text_safe(value, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "until=%s is no day; write a date such as 2020-01-31", safe);
  g_free(safe);
  return FALSE;
}

static gboolean set_rule(FlagException *x, const char *value, GError **error)
{
  RuleId id;
  if (rule_parse(value, &id)) {
    g_free(x->rule);
    x->rule = g_strdup(rule_get(id)->name);
    return TRUE;
  }
  const char *names[N_RULES + 1] = {NULL};
  for (guint r = 0; r < N_RULES; r++)
    names[r] = rule_get((RuleId)r)->name;
  const char *closest = text_closest(value, names);
  char *safe = text_safe(value, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "there is no rule \"%s\"%s%s%s", safe,
              closest ? "; did you mean " : "", closest ? closest : "", closest ? "?" : "");
  g_free(safe);
  return FALSE;
}

static gboolean set_block(FlagException *x, const char *value, GError **error)
{
  IpBlock block;
  if (!ip_block_parse(value, &block)) {
    char *safe = text_safe(value, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "\"%s\" is no address or block; write 198.51.100.7 or 198.51.100.0/24", safe);
    g_free(safe);
    return FALSE;
  }
  g_free(x->block);
  x->block = ip_block_text(&block);
  return TRUE;
}

static gboolean set_condition(FlagException *x, const char *word, GError **error)
{
  const char *equals = strchr(word, '=');
  gsize len = equals ? (gsize)(equals - word) : 0;
  if (equals && equals[1]) {
    const char *value = equals + 1;
    if (len == 4 && strncmp(word, "user", 4) == 0) {
      g_free(x->user);
      x->user = text_safe(value, -1);
      return TRUE;
    }
    if (len == 2 && strncmp(word, "ip", 2) == 0)
      return set_block(x, value, error);
    if (len == 4 && strncmp(word, "rule", 4) == 0)
      return set_rule(x, value, error);
    if (len == 5 && strncmp(word, "until", 5) == 0)
      return set_until(x, value, error);
  }
  char *safe = text_safe(word, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no condition \"%s\"; there are " USAGE, safe);
  g_free(safe);
  return FALSE;
}

gboolean exception_parse(FlagException *ret, const char *text, GError **error)
{
  FlagException x = {.until = CIVIL_DAY_NONE};
  const char *at = text;
  gboolean ok = TRUE;
  char *word;
  while (ok && (word = text_next_word(&at, NULL))) {
    gboolean because = strcmp(word, "because") == 0;
    if (!because)
      ok = set_condition(&x, word, error);
    g_free(word);
    if (because) {
      x.reason = g_strstrip(g_strdup(at));
      break;
    }
  }
  if (ok && !x.user && !x.block && !x.rule) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "an exception needs a user, an address or a rule: " USAGE);
    ok = FALSE;
  }
  if (!x.reason)
    x.reason = g_strdup("");
  if (!ok) {
    exception_clear(&x);
    return FALSE;
  }
  *ret = x;
  return TRUE;
}

static void append(GString *out, const char *name, const char *value)
{
  if (!value)
    return;
  gboolean quote = strpbrk(value, " \t") != NULL;
  g_string_append_printf(out, "%s%s=%s", out->len ? " " : "", name, quote ? "\"" : "");
  text_append_safe(out, value, -1);
  if (quote)
    g_string_append_c(out, '"');
}

char *exception_print(const FlagException *x)
{
  GString *out = g_string_new(NULL);
  char buf[CIVIL_BUF];
  append(out, "user", x->user);
  append(out, "ip", x->block);
  append(out, "rule", x->rule);
  append(out, "until", x->until == CIVIL_DAY_NONE ? NULL : civil_format_day(x->until, buf));
  return g_string_free(out, FALSE);
}
