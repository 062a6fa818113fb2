/* json_get: values out of JSON on standard input, for shell tests.
 *
 *   json_get [--lines] PATH...    each value found by a JSONPath, one a line ("null" for null)
 *
 * With --lines every line is a document of its own. Fails when anything is no JSON. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

static void print_values(JsonNode *found)
{
  JsonArray *values = json_node_get_array(found);
  for (guint i = 0; i < json_array_get_length(values); i++) {
    JsonNode *value = json_array_get_element(values, i);
    if (JSON_NODE_HOLDS_VALUE(value) && json_node_get_value_type(value) == G_TYPE_STRING) {
      puts(json_node_get_string(value));
    } else {
      char *text = json_to_string(value, FALSE);
      puts(text);
      g_free(text);
    }
  }
}

static gboolean get(const char *text, int n, char **paths)
{
  GError *error = NULL;
  JsonNode *root = json_from_string(text, &error);
  if (!root) {
    fprintf(stderr, "json_get: %s\n", error ? error->message : "nothing there");
    g_clear_error(&error);
    return FALSE;
  }
  gboolean ok = TRUE;
  for (int i = 0; ok && i < n; i++) {
    JsonNode *found = json_path_query(paths[i], root, &error);
    ok = found != NULL;
    if (ok) {
      print_values(found);
      json_node_unref(found);
    } else {
      fprintf(stderr, "json_get: %s\n", error->message);
      g_clear_error(&error);
    }
  }
  json_node_unref(root);
  return ok;
}

int main(int argc, char **argv)
{
  GString *text = g_string_new(NULL);
  char block[65536];
  size_t n;
  gboolean lines = argc > 1 && strcmp(argv[1], "--lines") == 0, ok = TRUE;
  int first = lines ? 2 : 1;
  while ((n = fread(block, 1, sizeof block, stdin)) > 0)
    g_string_append_len(text, block, (gssize)n);
  if (lines) {
    char **all = g_strsplit(text->str, "\n", -1);
    for (guint i = 0; ok && all[i]; i++)
      if (*all[i])
        ok = get(all[i], argc - first, argv + first);
    g_strfreev(all);
  } else {
    ok = get(text->str, argc - first, argv + first);
  }
  g_string_free(text, TRUE);
  return ok ? 0 : 1;
}
