/* Scopes and dimensions: which field filters by which dimension, the term that keeps one key, and
 * terms in the words of people. */
#include "core/base/text.h"
#include "core/query/filter.h"
#include "core/query/tables.h"

#include <string.h>

ScopeField scope_field_of(Dimension d)
{
  for (guint f = 0; f < N_FIELDS; f++)
    if (scope_field_info((ScopeField)f)->dimension == (int)d)
      return (ScopeField)f;
  return FIELD_TIME; /* day, week, month */
}

ScopeTerm *scope_term_for_key(const Dataset *ds, Dimension d, guint32 key, gboolean negated)
{
  char *id = dimension_id(ds, d, key);
  ScopeField field = scope_field_of(d);
  guint32 missing;
  ScopeTerm *t;
  if (id && strcmp(id, "none") == 0 && !(dimension_missing(ds, d, &missing) && missing == key)) {
    /* Something that is really called so: the word alone would mean a missing one. */
    t = scope_term_new(field, "(?-i)^none$", negated);
    t->regex = TRUE;
  } else {
    t = scope_term_new(field, id ? id : "none", negated);
  }
  g_free(id);
  return t;
}

static char *value_label(const ScopeTerm *t, const Dataset *ds, const char *value)
{
  int d = scope_field_info(t->field)->dimension;
  guint32 key;
  if (!t->regex && d >= 0 && dimension_find_id(ds, (Dimension)d, value, &key))
    return dimension_label(ds, (Dimension)d, key);
  return text_safe(value, -1);
}

char *scope_term_label(const ScopeTerm *t, const Dataset *ds)
{
  GString *out = g_string_new(t->negated ? "-" : "");
  g_string_append(out, scope_field_name(t->field));
  g_string_append_c(out, t->regex ? '~' : '=');
  for (guint i = 0; i < t->values->len; i++) {
    char *label = value_label(t, ds, t->values->pdata[i]);
    g_string_append_printf(out, "%s%s", i ? "," : "", label);
    g_free(label);
  }
  return g_string_free(out, FALSE);
}
