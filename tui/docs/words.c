/* Words: which option takes names of which kind. */
#include "tui/docs/words.h"

#include <string.h>

#include "core/flags/rule.h"
#include "core/query/rank.h"
#include "core/query/series.h"
#include "tui/app/cli_fields.h"

static void add_dimensions(GPtrArray *ret)
{
  for (int d = 0; d < N_DIMENSIONS; d++)
    g_ptr_array_add(ret, (gpointer)dimension_info((Dimension)d)->name);
}

static void add_measures(GPtrArray *ret)
{
  for (int m = 0; m < N_MEASURES; m++)
    g_ptr_array_add(ret, (gpointer)measure_info((Measure)m)->name);
}

static void add_sort_keys(GPtrArray *ret)
{
  add_measures(ret);
  g_ptr_array_add(ret, (gpointer) "key");
}

static void add_buckets(GPtrArray *ret)
{
  for (int b = 0; b < N_BUCKETS; b++)
    g_ptr_array_add(ret, (gpointer)bucket_name((Bucket)b));
}

static void add_rules(GPtrArray *ret)
{
  for (int r = 0; r < N_RULES; r++)
    g_ptr_array_add(ret, (gpointer)rule_get((RuleId)r)->name);
  for (int a = 0; a < N_AUDIENCES; a++)
    g_ptr_array_add(ret, (gpointer)audience_name((Audience)a));
}

static void add_row_fields(GPtrArray *ret)
{
  for (guint i = 0; cli_field_name(i); i++)
    g_ptr_array_add(ret, (gpointer)cli_field_name(i));
}

static void add_scope_fields(GPtrArray *ret)
{
  for (int f = 0; f < N_FIELDS; f++)
    g_ptr_array_add(ret, (gpointer)scope_field_name((ScopeField)f));
}

static const struct {
  OptionId id;
  WordsKind kind;
  void (*add)(GPtrArray *ret);
} table[] = {
    {OPT_BY, WORDS_ONE, add_dimensions},        {OPT_ROWS, WORDS_ONE, add_dimensions},
    {OPT_COLUMNS, WORDS_ONE, add_dimensions},   {OPT_BUCKET, WORDS_ONE, add_buckets},
    {OPT_MEASURE, WORDS_LIST, add_measures},    {OPT_SORT, WORDS_LIST, add_sort_keys},
    {OPT_FIELDS, WORDS_LIST, add_row_fields},   {OPT_RULE, WORDS_LIST, add_rules},
    {OPT_SCOPE, WORDS_SCOPE, add_scope_fields}, {OPT_BASELINE, WORDS_SCOPE, add_scope_fields},
};

/* The formats of a subcommand stand in its own row, in one text. */
static void add_formats(const char *formats, GPtrArray *ret)
{
  char **list = g_strsplit(formats, ",", -1);
  for (guint i = 0; list[i]; i++)
    g_ptr_array_add(ret, (gpointer)g_intern_string(list[i]));
  g_strfreev(list);
}

WordsKind words_of_option(CommandId command, OptionId id, GPtrArray *ret)
{
  const OptionInfo *info = option_info(id);
  const char *formats = subcommand_info(command)->formats;
  if (id == OPT_FORMAT && formats) {
    add_formats(formats, ret);
    return WORDS_ONE;
  }
  for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
    if (table[i].id == id) {
      table[i].add(ret);
      return table[i].kind;
    }
  }
  if (info->words) {
    for (guint i = 0; info->words[i]; i++)
      g_ptr_array_add(ret, (gpointer)info->words[i]);
    return WORDS_ONE;
  }
  return info->type == OPTION_FILE ? WORDS_FILES : WORDS_NONE;
}

void words_option_names(CommandId command, OptionId id, GPtrArray *ret)
{
  const OptionInfo *info = option_info(id);
  g_ptr_array_add(ret, g_strconcat("--", info->name, NULL));
  if (info->alias && option_find(command, info->alias) == (int)id)
    g_ptr_array_add(ret, g_strconcat("--", info->alias, NULL));
}

char *words_first_sentence(const char *text)
{
  const char *end = strstr(text, ". ");
  size_t len = end ? (size_t)(end - text) : strlen(text);
  if (len > 0 && text[len - 1] == '.')
    len--;
  return g_strndup(text, len);
}

char *words_join(const GPtrArray *words, const char *separator)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf(out, "%s%s", i ? separator : "", (char *)g_ptr_array_index(words, i));
  return g_string_free(out, FALSE);
}
