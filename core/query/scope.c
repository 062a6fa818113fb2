/* Scope: the grammar. Terms as objects, from text and to text; what the words mean in a given log
 * is resolve.c's business. */
#include "core/query/scope.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/query/filter.h"

#include <string.h>

static const FieldInfo fields[N_FIELDS] = {
    [FIELD_PROGRAM] = {"program", DIM_PROGRAM, FALSE, TRUE},
    [FIELD_COHORT] = {"cohort", DIM_COHORT, FALSE, TRUE},
    [FIELD_LESSON] = {"lesson", DIM_LESSON, FALSE, TRUE},
    [FIELD_MODULE] = {"module", DIM_MODULE, FALSE, TRUE},
    [FIELD_PATH] = {"path", DIM_PATH, FALSE, TRUE},
    [FIELD_USER] = {"user", DIM_USER, FALSE, TRUE},
    [FIELD_IP] = {"ip", DIM_IP, FALSE, TRUE},
    [FIELD_KIND] = {"kind", DIM_KIND, FALSE, TRUE},
    [FIELD_PHASE] = {"phase", DIM_PHASE, FALSE, TRUE},
    [FIELD_WEEKDAY] = {"weekday", DIM_WEEKDAY, TRUE, FALSE},
    [FIELD_HOUR] = {"hour", DIM_HOUR, TRUE, FALSE},
    [FIELD_TIME] = {"time", -1, TRUE, FALSE},
    [FIELD_TRACK] = {"track", -1, FALSE, TRUE},
    [FIELD_COURSE_WEEK] = {"course-week", DIM_COURSE_WEEK, TRUE, FALSE},
    [FIELD_AGENT] = {"agent", DIM_AGENT, FALSE, TRUE},
    [FIELD_STAFF] = {"staff", -1, FALSE, FALSE},
    [FIELD_FLAGGED] = {"flagged", -1, FALSE, FALSE},
};

const FieldInfo *scope_field_info(ScopeField f)
{
  return &fields[f];
}

const char *scope_field_name(ScopeField f)
{
  return fields[f].name;
}

void scope_set_error(GError **error, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *raw = g_strdup_vprintf(format, args);
  va_end(args);
  char *safe = text_safe(raw, -1);
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, safe);
  g_free(safe);
  g_free(raw);
}

/* --- objects ---------------------------------------------------------------------------------- */

static ScopeTerm *term_alloc(ScopeField field)
{
  ScopeTerm *t = g_new0(ScopeTerm, 1);
  t->field = field;
  t->values = g_ptr_array_new_with_free_func(g_free);
  return t;
}

void scope_term_free(ScopeTerm *t)
{
  if (!t)
    return;
  g_ptr_array_unref(t->values);
  g_free(t);
}

ScopeTerm *scope_term_new(ScopeField field, const char *value, gboolean negated)
{
  ScopeTerm *t = term_alloc(field);
  t->negated = negated;
  g_ptr_array_add(t->values, g_strdup(value));
  return t;
}

ScopeTerm *scope_term_copy(const ScopeTerm *t)
{
  ScopeTerm *copy = term_alloc(t->field);
  copy->negated = t->negated;
  copy->regex = t->regex;
  copy->off = t->off;
  for (guint i = 0; i < t->values->len; i++)
    g_ptr_array_add(copy->values, g_strdup(t->values->pdata[i]));
  return copy;
}

static gboolean term_equal(const ScopeTerm *a, const ScopeTerm *b)
{
  if (a->field != b->field || !a->negated != !b->negated || !a->regex != !b->regex ||
      !a->off != !b->off || a->values->len != b->values->len)
    return FALSE;
  for (guint i = 0; i < a->values->len; i++)
    if (strcmp(a->values->pdata[i], b->values->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

static void free_term(gpointer t)
{
  scope_term_free(t);
}

Scope *scope_new(void)
{
  Scope *s = g_new(Scope, 1);
  s->terms = g_ptr_array_new_with_free_func(free_term);
  return s;
}

void scope_free(Scope *s)
{
  if (!s)
    return;
  g_ptr_array_unref(s->terms);
  g_free(s);
}

Scope *scope_copy(const Scope *s)
{
  Scope *copy = scope_new();
  for (guint i = 0; i < s->terms->len; i++)
    g_ptr_array_add(copy->terms, scope_term_copy(s->terms->pdata[i]));
  return copy;
}

gboolean scope_equal(const Scope *a, const Scope *b)
{
  if (a->terms->len != b->terms->len)
    return FALSE;
  for (guint i = 0; i < a->terms->len; i++)
    if (!term_equal(a->terms->pdata[i], b->terms->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean scope_is_empty(const Scope *s)
{
  for (guint i = 0; i < s->terms->len; i++)
    if (!((const ScopeTerm *)s->terms->pdata[i])->off)
      return FALSE;
  return TRUE;
}

/* --- to text ---------------------------------------------------------------------------------- */

static gboolean is_space(char c)
{
  return g_ascii_isspace(c) || c == '\v';
}

static gboolean has_space(const char *s)
{
  for (; *s; s++)
    if (is_space(*s))
      return TRUE;
  return FALSE;
}

static gboolean needs_quotes(const ScopeTerm *t, const char *s)
{
  if (!*s || has_space(s))
    return TRUE;
  if (t->regex)
    return *s == '"'; /* a pattern runs to the next space, whatever it holds */
  return strpbrk(s, ",\"") || (!fields[t->field].ranges && strstr(s, ".."));
}

static void print_value(GString *out, const ScopeTerm *t, const char *s)
{
  if (!needs_quotes(t, s)) {
    g_string_append(out, s);
    return;
  }
  g_string_append_c(out, '"');
  for (; *s; s++) {
    if (*s == '"')
      g_string_append_c(out, '"');
    g_string_append_c(out, *s);
  }
  g_string_append_c(out, '"');
}

static void print_term(GString *out, const ScopeTerm *t)
{
  g_string_append_printf(out, "%s%s%c", t->negated ? "-" : "", fields[t->field].name,
                         t->regex ? '~' : '=');
  for (guint i = 0; i < t->values->len; i++) {
    if (i)
      g_string_append_c(out, ',');
    print_value(out, t, t->values->pdata[i]);
  }
}

char *scope_term_print(const ScopeTerm *t)
{
  GString *out = g_string_new(NULL);
  print_term(out, t);
  return g_string_free(out, FALSE);
}

char *scope_print(const Scope *s)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < s->terms->len; i++) {
    const ScopeTerm *t = s->terms->pdata[i];
    if (t->off)
      continue;
    if (out->len)
      g_string_append_c(out, ' ');
    print_term(out, t);
  }
  return g_string_free(out, FALSE);
}

/* --- from text -------------------------------------------------------------------------------- */

typedef struct {
  const char *text; /* the whole, for saying where */
  const char *at;
} Reader;

static void skip_space(Reader *r)
{
  while (is_space(*r->at))
    r->at++;
}

static guint place(const Reader *r, const char *at)
{
  return (guint)(at - r->text) + 1;
}

static gboolean find_field(const Reader *r, const char *name, ScopeField *ret, GError **error)
{
  const char *words[N_FIELDS + 1] = {NULL};
  for (guint f = 0; f < N_FIELDS; f++) {
    words[f] = fields[f].name;
    if (g_ascii_strcasecmp(name, fields[f].name) == 0) {
      *ret = (ScopeField)f;
      return TRUE;
    }
  }
  const char *closest = text_closest(name, words);
  Dimension d;
  if (dimension_parse(name, &d)) /* day, week, month */
    closest = fields[scope_field_of(d)].name;
  char *all = closest ? NULL : g_strjoinv(", ", (char **)words);
  scope_set_error(error, "scope, character %u: there is no field \"%s\"; %s%s", place(r, r->at),
                  name, closest ? "the closest is " : "there are ", closest ? closest : all);
  g_free(all);
  return FALSE;
}

static gboolean read_field(Reader *r, ScopeTerm *t, GError **error)
{
  t->negated = *r->at == '-';
  if (t->negated)
    r->at++;
  const char *end = r->at;
  while (g_ascii_isalpha(*end) || *end == '-')
    end++;
  if (end == r->at || (*end != '=' && *end != '~')) {
    const char *stop = end;
    while (*stop && !is_space(*stop))
      stop++;
    scope_set_error(error,
                    "scope, character %u: \"%.*s\" is not a term; write field=value or "
                    "field~pattern, as in cohort=Darden",
                    place(r, r->at), (int)MIN(stop - r->at, 60), r->at);
    return FALSE;
  }
  char *name = g_strndup(r->at, (gsize)(end - r->at));
  gboolean ok = find_field(r, name, &t->field, error);
  g_free(name);
  t->regex = *end == '~';
  r->at = end + 1;
  if (ok && t->regex && !fields[t->field].regex) {
    scope_set_error(error, "scope, character %u: %s takes no pattern; write %s=value",
                    place(r, end), fields[t->field].name, fields[t->field].name);
    return FALSE;
  }
  return ok;
}

/* A quoted stretch, appended without its quotes. */
static gboolean read_quoted(Reader *r, GString *value, GError **error)
{
  const char *start = r->at++;
  for (; *r->at; r->at++) {
    if (*r->at == '"' && *++r->at != '"')
      return TRUE;
    g_string_append_c(value, *r->at);
  }
  scope_set_error(error, "scope, character %u: the quote is never closed", place(r, start));
  return FALSE;
}

/* One value: bare, quoted, or a range whose ends are quoted. */
static gboolean read_value(Reader *r, GString *value, GError **error)
{
  const char *start = r->at;
  while (*r->at && !is_space(*r->at) && *r->at != ',') {
    if (*r->at != '"') {
      g_string_append_c(value, *r->at++);
      continue;
    }
    gboolean behind_dots = r->at - start >= 2 && r->at[-1] == '.' && r->at[-2] == '.';
    if (r->at != start && !behind_dots) {
      scope_set_error(error,
                      "scope, character %u: a value with a quote in it stands in quotes, with its "
                      "own quotes doubled",
                      place(r, r->at));
      return FALSE;
    }
    if (!read_quoted(r, value, error))
      return FALSE;
    if (*r->at && !is_space(*r->at) && *r->at != ',' && strncmp(r->at, "..", 2) != 0) {
      scope_set_error(error, "scope, character %u: a space or comma is missing behind the quote",
                      place(r, r->at));
      return FALSE;
    }
  }
  if (r->at == start) {
    scope_set_error(error, "scope, character %u: a value is missing; \"\" is the empty one",
                    place(r, start));
    return FALSE;
  }
  return TRUE;
}

static gboolean read_pattern(Reader *r, GString *value, GError **error)
{
  const char *start = r->at;
  if (*r->at == '"') {
    if (!read_quoted(r, value, error))
      return FALSE;
    if (!*r->at || is_space(*r->at))
      return TRUE;
    scope_set_error(error, "scope, character %u: a space is missing behind the quote",
                    place(r, r->at));
    return FALSE;
  }
  while (*r->at && !is_space(*r->at))
    g_string_append_c(value, *r->at++);
  if (r->at == start)
    scope_set_error(error, "scope, character %u: a pattern is missing", place(r, start));
  return r->at != start;
}

/* Values up to the next space. */
static gboolean read_values(Reader *r, ScopeTerm *t, GError **error)
{
  for (;;) {
    GString *value = g_string_new(NULL);
    gboolean ok = t->regex ? read_pattern(r, value, error) : read_value(r, value, error);
    g_ptr_array_add(t->values, g_string_free(value, FALSE));
    if (!ok)
      return FALSE;
    if (*r->at != ',')
      return TRUE;
    r->at++;
  }
}

static ScopeTerm *read_term(Reader *r, GError **error)
{
  ScopeTerm *t = term_alloc(FIELD_PROGRAM);
  if (read_field(r, t, error) && read_values(r, t, error))
    return t;
  scope_term_free(t);
  return NULL;
}

Scope *scope_parse(const char *text, GError **error)
{
  Reader r = {text, text};
  Scope *s = scope_new();
  for (skip_space(&r); *r.at; skip_space(&r)) {
    ScopeTerm *t = read_term(&r, error);
    if (!t) {
      scope_free(s);
      return NULL;
    }
    g_ptr_array_add(s->terms, t);
  }
  return s;
}

ScopeTerm *scope_term_parse(const char *text, GError **error)
{
  Reader r = {text, text};
  skip_space(&r);
  ScopeTerm *t = read_term(&r, error);
  if (!t)
    return NULL;
  skip_space(&r);
  if (!*r.at)
    return t;
  scope_set_error(error, "scope, character %u: one term was expected, and here a second begins",
                  place(&r, r.at));
  scope_term_free(t);
  return NULL;
}
