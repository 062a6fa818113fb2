/* Reading members of JSON objects that anybody may have edited. */
#include "core/casebook/jsonread.h"

#include <string.h>

#include "core/base/error.h"

#define DEPTH_MAX 32 /* the parser calls itself for each level: its stack has an end */

static gboolean is_too_deep(const char *text, gsize len)
{
  guint depth = 0;
  gboolean quoted = FALSE;
  for (gsize i = 0; i < len; i++) {
    if (text[i] == '"')
      quoted = !quoted;
    else if (quoted && text[i] == '\\')
      i++;
    else if (!quoted && (text[i] == '[' || text[i] == '{') && ++depth > DEPTH_MAX)
      return TRUE;
    else if (!quoted && (text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;
  }
  return FALSE;
}

JsonObject *jsonread_root(const char *text, gsize len, GError **error)
{
  /* JSON has no NUL; the parser would stop there and take what comes before for everything */
  if (len == 0 || memchr(text, '\0', len) || is_too_deep(text, len)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_INPUT, "it is no case book");
    return NULL;
  }
  JsonParser *parser = json_parser_new();
  JsonNode *node = json_parser_load_from_data(parser, text, (gssize)len, error)
                       ? json_parser_get_root(parser)
                       : NULL;
  JsonObject *root =
      node && JSON_NODE_HOLDS_OBJECT(node) ? json_object_ref(json_node_get_object(node)) : NULL;
  g_object_unref(parser);
  if (!root && error && !*error)
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_INPUT, "it is no case book");
  return root;
}

static JsonNode *value(JsonObject *o, const char *member)
{
  JsonNode *node = json_object_get_member(o, member);
  return node && JSON_NODE_HOLDS_VALUE(node) ? node : NULL;
}

const char *jsonread_text(JsonObject *o, const char *member)
{
  JsonNode *node = value(o, member);
  return node && json_node_get_value_type(node) == G_TYPE_STRING ? json_node_get_string(node)
                                                                 : NULL;
}

double jsonread_real(JsonObject *o, const char *member, double fallback)
{
  JsonNode *node = value(o, member);
  GType type = node ? json_node_get_value_type(node) : G_TYPE_INVALID;
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double(node) : fallback;
}

gint64 jsonread_int(JsonObject *o, const char *member, gint64 fallback, gint64 min, gint64 max)
{
  JsonNode *node = value(o, member);
  if (!node || json_node_get_value_type(node) != G_TYPE_INT64)
    return fallback;
  gint64 n = json_node_get_int(node);
  return n >= min && n <= max ? n : fallback;
}

CivilTime jsonread_time(JsonObject *o, const char *member)
{
  const char *s = jsonread_text(o, member);
  CivilTime t = CIVIL_NONE;
  if (s && !civil_parse_time(s, strlen(s), &t))
    t = CIVIL_NONE;
  return t;
}

CivilDay jsonread_day(JsonObject *o, const char *member)
{
  const char *s = jsonread_text(o, member);
  CivilDay d = CIVIL_DAY_NONE;
  if (s && !civil_parse_date(s, strlen(s), &d))
    d = CIVIL_DAY_NONE;
  return d;
}

JsonArray *jsonread_array(JsonObject *o, const char *member)
{
  JsonNode *node = json_object_get_member(o, member);
  return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

JsonObject *jsonread_object(JsonObject *o, const char *member)
{
  JsonNode *node = json_object_get_member(o, member);
  return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

void jsonread_set_text(JsonObject *o, const char *member, const char *s)
{
  if (s)
    json_object_set_string_member(o, member, s);
  else if (json_object_has_member(o, member))
    json_object_remove_member(o, member);
}

void jsonread_set_time(JsonObject *o, const char *member, CivilTime t)
{
  char buf[CIVIL_BUF];
  jsonread_set_text(o, member, t == CIVIL_NONE ? NULL : civil_format(t, 'T', buf));
}

void jsonread_set_day(JsonObject *o, const char *member, CivilDay d)
{
  char buf[CIVIL_BUF];
  jsonread_set_text(o, member, d == CIVIL_DAY_NONE ? NULL : civil_format_day(d, buf));
}
