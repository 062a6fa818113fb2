/* Kinds by rule: reads lesson-kinds.conf and tests raw paths against it. */
#include "config.h" /* memmem */

#include "core/catalog/kinds.h"

#include <string.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"

static const char *const kind_names[N_KINDS] = {"lesson", "home",  "toc",   "search",
                                                "asset",  "probe", "stray", "missing"};

const char *kind_name(Kind k)
{
  return (guint)k < N_KINDS ? kind_names[k] : "";
}

gboolean kind_parse(const char *s, Kind *ret)
{
  for (guint k = 0; k < N_KINDS; k++)
    if (g_ascii_strcasecmp(s, kind_names[k]) == 0) {
      *ret = (Kind)k;
      return TRUE;
    }
  return FALSE;
}

/* --- the tests ------------------------------------------------------------------------------- */

/* A path as the tests see it: lower case; `bare` without the slashes at both ends and without
 * query and fragment. */
typedef struct {
  const char *full, *bare;
  gsize full_len, bare_len;
} Subject;

typedef gboolean (*TestFunc)(const Subject *p, const char *pattern, gsize len);

static gboolean test_exact(const Subject *p, const char *pattern, gsize len)
{
  return p->bare_len == len && memcmp(p->bare, pattern, len) == 0;
}

static gboolean test_prefix(const Subject *p, const char *pattern, gsize len)
{
  return p->bare_len >= len && memcmp(p->bare, pattern, len) == 0;
}

static gboolean test_suffix(const Subject *p, const char *pattern, gsize len)
{
  return p->bare_len >= len && memcmp(p->bare + p->bare_len - len, pattern, len) == 0;
}

static gboolean test_contains(const Subject *p, const char *pattern, gsize len)
{
  return memmem(p->full, p->full_len, pattern, len) != NULL;
}

static gboolean test_segment(const Subject *p, const char *pattern, gsize len)
{
  for (gsize i = 0; i + len <= p->bare_len;) {
    const char *slash = memchr(p->bare + i, '/', p->bare_len - i);
    gsize n = slash ? (gsize)(slash - (p->bare + i)) : p->bare_len - i;
    if (n == len && memcmp(p->bare + i, pattern, len) == 0)
      return TRUE;
    i += n + 1;
  }
  return FALSE;
}

/* `*` any bytes, `?` one byte, `@` one or more digits. Only the last `*` is ever tried again, so
 * the cost is at most length x pattern. */
static gboolean test_glob(const Subject *p, const char *pattern, gsize len)
{
  const char *s = p->bare;
  gsize n = p->bare_len, i = 0, j = 0, star = G_MAXSIZE, again = 0;
  while (i < n) {
    if (j < len && pattern[j] == '*') {
      star = j++;
      again = i;
    } else if (j < len && pattern[j] == '@' && g_ascii_isdigit(s[i])) {
      while (i < n && g_ascii_isdigit(s[i]))
        i++;
      j++;
    } else if (j < len && pattern[j] != '@' && (pattern[j] == '?' || pattern[j] == s[i])) {
      i++;
      j++;
    } else if (star != G_MAXSIZE) {
      i = ++again;
      j = star + 1;
    } else {
      return FALSE;
    }
  }
  while (j < len && pattern[j] == '*')
    j++;
  return j == len;
}

static const struct {
  const char *name;
  TestFunc test;
  gboolean bare; /* the pattern, too, is written without slashes at its ends */
} test_types[] = {
    {"exact", test_exact, TRUE},        {"prefix", test_prefix, FALSE},
    {"suffix", test_suffix, FALSE},     {"segment", test_segment, TRUE},
    {"contains", test_contains, FALSE}, {"glob", test_glob, TRUE},
};

/* --- the table ------------------------------------------------------------------------------- */

typedef struct {
  Kind kind; /* KIND_BY_READERS for `lesson` */
  TestFunc test;
  char *pattern;
  gsize len;
} Rule;

struct KindRules {
  GArray *rules; /* of Rule */
};

static void rule_clear(gpointer data)
{
  g_free(((Rule *)data)->pattern);
}

static gboolean bad_line(const SettingLine *line, GError **error, const char *what)
{
  char *key = text_escaped(line->key, -1, 40), *value = text_escaped(line->value, -1, 40);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "%s:%u: %s in \"%s = %s\"; write KIND = TYPE PATTERN ..., where KIND is home, toc, "
              "search, asset, probe, stray or lesson and TYPE is exact, prefix, suffix, segment, "
              "contains or glob",
              line->origin, line->line, what, key, value);
  g_free(key);
  g_free(value);
  return FALSE;
}

static void add_rule(KindRules *rules, Kind kind, guint type, const char *word)
{
  const char *from = word, *to = word + strlen(word);
  while (test_types[type].bare && from < to && *from == '/')
    from++;
  while (test_types[type].bare && to > from && to[-1] == '/')
    to--;
  gsize len = (gsize)(to - from);
  Rule rule = {kind == KIND_LESSON ? KIND_BY_READERS : kind, test_types[type].test,
               g_ascii_strdown(from, (gssize)len), len};
  g_array_append_val(rules->rules, rule);
}

static gboolean add_line(KindRules *rules, const SettingLine *line, GError **error)
{
  Kind kind;
  if (!kind_parse(line->key, &kind) || kind == KIND_MISSING)
    return bad_line(line, error, "unknown kind");
  char **words = g_strsplit_set(line->value, " \t", -1);
  guint type = 0, patterns = 0;
  while (type < G_N_ELEMENTS(test_types) &&
         strcmp(words[0] ? words[0] : "", test_types[type].name) != 0)
    type++;
  if (type < G_N_ELEMENTS(test_types))
    for (char **w = words + 1; *w; w++)
      if (**w) {
        add_rule(rules, kind, type, *w);
        patterns++;
      }
  g_strfreev(words);
  if (type == G_N_ELEMENTS(test_types))
    return bad_line(line, error, "unknown type of pattern");
  return patterns > 0 || bad_line(line, error, "no pattern");
}

KindRules *kind_rules_new(const GPtrArray *lines, GError **error)
{
  GPtrArray *own = NULL;
  if (!lines) {
    own = assets_lines("lesson-kinds.conf", NULL, error);
    if (!own)
      return NULL;
    lines = own;
  }
  KindRules *rules = g_new0(KindRules, 1);
  rules->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
  g_array_set_clear_func(rules->rules, rule_clear);
  gboolean ok = TRUE;
  for (guint i = 0; i < lines->len && ok; i++)
    ok = add_line(rules, g_ptr_array_index(lines, i), error);
  g_clear_pointer(&own, g_ptr_array_unref);
  if (!ok)
    g_clear_pointer(&rules, kind_rules_free);
  return rules;
}

void kind_rules_free(KindRules *rules)
{
  if (!rules)
    return;
  g_array_unref(rules->rules);
  g_free(rules);
}

Kind kind_rules_test(const KindRules *rules, const char *path, gsize len)
{
  if (len == 0)
    return KIND_MISSING;
  char *lower = g_malloc(len);
  for (gsize i = 0; i < len; i++)
    lower[i] = g_ascii_tolower(path[i]);
  gsize from = 0, to = 0;
  while (to < len && lower[to] != '?' && lower[to] != '#')
    to++;
  while (to > 0 && lower[to - 1] == '/')
    to--;
  while (from < to && lower[from] == '/')
    from++;
  Subject subject = {lower, lower + from, len, to - from};
  Kind kind = KIND_BY_READERS;
  for (guint i = rules->rules->len; i-- > 0;) {
    const Rule *r = &g_array_index(rules->rules, Rule, i);
    if (r->test(&subject, r->pattern, r->len)) {
      kind = r->kind;
      break;
    }
  }
  g_free(lower);
  return kind;
}
