/* Resolving: the words of a term to keys of a dimension, by id, name, block or pattern. Patterns
 * run over the distinct strings, never over the rows. */
#include "core/base/text.h"
#include "core/query/filter.h"
#include "core/query/tables.h"

#include <string.h>

/* Words that are weighed when the closest one is looked for. */
#define WORDS_MAX 20000
/* So few words are simply listed. */
#define WORDS_LISTED 12

/* --- ranges of numbers ------------------------------------------------------------------------ */

char *number_range_parse(const char *s, gboolean (*word)(const char *s, guint32 *ret), guint32 min,
                         guint32 max, guint32 *ret_first, guint32 *ret_last)
{
  const char *dots = strstr(s, "..");
  char *left = dots ? g_strndup(s, (gsize)(dots - s)) : g_strdup(s);
  const char *right = dots ? dots + 2 : left;
  guint32 first = min, last = max;
  gboolean ok = (!dots || *left || *right) && ((dots && !*left) || word(left, &first)) &&
                ((dots && !*right) || word(right, &last)) && first >= min && first <= max &&
                last >= min && last <= max;
  g_free(left);
  if (!ok)
    return g_strdup_printf("there is no \"%s\"", s);
  *ret_first = first;
  *ret_last = last;
  return NULL;
}

/* --- unknown words ---------------------------------------------------------------------------- */

static void words_of_dimension(const Dataset *ds, Dimension d, GPtrArray *words)
{
  guint32 n = dimension_count(ds, d);
  for (guint32 key = 0; key < n && words->len < WORDS_MAX; key++) {
    char *id = dimension_id(ds, d, key);
    const char *name = dimension_name(ds, d, key);
    if (name)
      g_ptr_array_add(words, g_strdup(name));
    if (id)
      g_ptr_array_add(words, id);
  }
}

static void words_of_tracks(const Dataset *ds, GPtrArray *words)
{
  const GPtrArray *tracks = ds->log->cohorts->tracks;
  for (guint i = 0; i < tracks->len; i++)
    g_ptr_array_add(words, g_strdup(tracks->pdata[i]));
}

static void set_unknown(const ScopeTerm *t, const Dataset *ds, const char *value, GError **error)
{
  const FieldInfo *info = scope_field_info(t->field);
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  if (info->dimension >= 0)
    words_of_dimension(ds, (Dimension)info->dimension, words);
  else
    words_of_tracks(ds, words);
  g_ptr_array_add(words, NULL);
  const char *closest = text_closest(value, (const char *const *)words->pdata);
  char *advice;
  if (strstr(value, "..")) {
    advice = g_strdup("; ranges are known to time, hour, weekday and course-week only");
  } else if (closest) {
    advice = g_strdup_printf("; the closest is \"%s\"", closest);
  } else if (words->len > 1 && words->len - 1 <= WORDS_LISTED) {
    char *all = g_strjoinv(", ", (char **)words->pdata);
    advice = g_strdup_printf("; there are %s", all);
    g_free(all);
  } else {
    advice = g_strdup("");
  }
  scope_set_error(error, "%s: \"%s\" is not in this log%s", info->name, value, advice);
  g_free(advice);
  g_ptr_array_unref(words);
}

/* --- patterns --------------------------------------------------------------------------------- */

static GRegex *compile(const ScopeTerm *t, GError **error)
{
  const char *pattern = t->values->pdata[0];
  GError *problem = NULL;
  GRegex *regex = NULL;
  if (g_utf8_validate(pattern, -1, NULL))
    regex = g_regex_new(pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &problem);
  if (!regex)
    scope_set_error(error, "%s~%s: %s", scope_field_name(t->field), pattern,
                    problem ? problem->message : "the pattern is not valid UTF-8");
  g_clear_error(&problem);
  return regex;
}

/* 1 match, 0 none, -1 with an error: a pattern that would run for ever. */
static int matches(const GRegex *regex, const ScopeTerm *t, const char *s, GError **error)
{
  if (!s)
    return 0;
  char *valid = g_utf8_validate(s, -1, NULL) ? NULL : g_utf8_make_valid(s, -1);
  GError *problem = NULL;
  gboolean yes = g_regex_match_full(regex, valid ? valid : s, -1, 0, 0, NULL, &problem);
  g_free(valid);
  if (!problem)
    return yes;
  scope_set_error(error, "%s~%s: %s", scope_field_name(t->field), (char *)t->values->pdata[0],
                  problem->message);
  g_error_free(problem);
  return -1;
}

static gboolean match_pattern(const ScopeTerm *t, const Dataset *ds, Dimension d, guint8 *match,
                              GError **error)
{
  GRegex *regex = compile(t, error);
  if (!regex)
    return FALSE;
  guint32 n = dimension_count(ds, d);
  int yes = 0;
  for (guint32 key = 0; key < n && yes >= 0; key++) {
    char buf[CIVIL_BUF];
    yes = matches(regex, t, dimension_text(ds, d, key, buf), error);
    if (yes == 0)
      yes = matches(regex, t, dimension_name(ds, d, key), error);
    match[key] = yes > 0;
  }
  g_regex_unref(regex);
  return yes >= 0;
}

/* --- values ----------------------------------------------------------------------------------- */

/* Every address in the block `value`; FALSE when it is no block or holds none of them. */
static gboolean match_block(const Dataset *ds, const char *value, guint8 *match)
{
  IpBlock block;
  gboolean any = FALSE;
  if (!strchr(value, '/') || !ip_block_parse(value, &block))
    return FALSE;
  for (guint32 id = IP_NONE + 1; id < ds->tables->n_ips; id++)
    if (ip_block_contains(&block, ds->log->ips, id))
      any = match[id] = TRUE;
  return any;
}

static gboolean course_week_word(const char *s, guint32 *ret)
{
  gsize len = strspn(s, "0123456789");
  if (len == 0 || len > 5 || s[len])
    return FALSE;
  *ret = (guint32)g_ascii_strtoull(s, NULL, 10);
  return TRUE;
}

static gboolean match_course_weeks(const Dataset *ds, const char *value, guint8 *match,
                                   GError **error)
{
  guint32 first = 0, last = 0, n = dimension_count(ds, DIM_COURSE_WEEK);
  char *problem = number_range_parse(value, course_week_word, 1, 99999, &first, &last);
  if (!problem && first > last)
    problem = g_strdup_printf("\"%s\" ends before it begins", value);
  if (problem) {
    scope_set_error(error, "course-week: %s; write a week from 1 on, or 1..8, or none", problem);
    g_free(problem);
    return FALSE;
  }
  for (guint32 key = first; key <= last && key < n; key++)
    match[key] = TRUE;
  return TRUE;
}

static gboolean match_value(const ScopeTerm *t, const Dataset *ds, Dimension d, const char *value,
                            guint8 *match, GError **error)
{
  guint32 key, n = dimension_count(ds, d);
  if (strcmp(value, "none") == 0 && dimension_missing(ds, d, &key)) {
    match[key] = TRUE;
    return TRUE;
  }
  if (d == DIM_COURSE_WEEK)
    return match_course_weeks(ds, value, match, error);
  if (dimension_find_id(ds, d, value, &key)) { /* an id wins over a name */
    match[key] = TRUE;
    return TRUE;
  }
  gboolean any = d == DIM_IP && match_block(ds, value, match);
  for (key = 0; key < n; key++)
    if (dimension_is_called(ds, d, key, value)) /* a shared name means all that bear it */
      any = match[key] = TRUE;
  if (!any)
    set_unknown(t, ds, value, error);
  return any;
}

gboolean term_match_keys(const ScopeTerm *t, const Dataset *ds, guint8 *match, GError **error)
{
  Dimension d = (Dimension)scope_field_info(t->field)->dimension;
  if (t->regex)
    return match_pattern(t, ds, d, match, error);
  for (guint i = 0; i < t->values->len; i++)
    if (!match_value(t, ds, d, t->values->pdata[i], match, error))
      return FALSE;
  return TRUE;
}

gboolean term_match_tracks(const ScopeTerm *t, const Dataset *ds, guint8 *match, GError **error)
{
  const GPtrArray *tracks = ds->log->cohorts->tracks;
  GRegex *regex = t->regex ? compile(t, error) : NULL;
  gboolean ok = !t->regex || regex;
  for (guint i = 0; i < t->values->len && ok; i++) {
    const char *value = t->values->pdata[i];
    gboolean any = t->regex;
    if (!t->regex && strcmp(value, "none") == 0)
      any = match[tracks->len] = TRUE;
    for (guint k = 0; k < tracks->len && ok; k++) {
      int yes = regex ? matches(regex, t, tracks->pdata[k], error)
                      : text_same_word(tracks->pdata[k], value);
      ok = yes >= 0;
      if (yes > 0)
        any = match[k] = TRUE;
    }
    if (ok && !any) {
      set_unknown(t, ds, value, error);
      ok = FALSE;
    }
  }
  if (regex)
    g_regex_unref(regex);
  return ok;
}
