/* Agents: reading agents.conf, and judging each distinct user agent by it. */
#include "core/flags/agents.h"

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <string.h>

#define WORDS_MAX 10000 /* lines of the settings */
#define AGENT_MAX 2000  /* bytes of a user agent that are looked at */

/* One line: a word, and what an agent with it is. */
typedef struct {
  char *word; /* lower case */
  gboolean is_tool;
  guint16 name;
} Word;

static void word_clear(gpointer data)
{
  g_free(((Word *)data)->word);
}

static guint16 name_of(GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (text_same_word(g_ptr_array_index(names, i), name))
      return (guint16)i;
  g_ptr_array_add(names, text_safe(name, -1));
  return (guint16)(names->len - 1);
}

static gboolean bad_line(const SettingLine *line, const char *what, GError **error)
{
  char *key = text_escaped(line->key, -1, 60), *value = text_escaped(line->value, -1, 60);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "%s:%u: %s in \"%s = %s\"; write tool = WORD, tool = -WORD or family = NAME WORD",
              line->origin, line->line, what, key, value);
  g_free(key);
  g_free(value);
  return FALSE;
}

static void take_off(GArray *words, const char *word)
{
  for (guint i = words->len; i-- > 0;) {
    const Word *w = &g_array_index(words, Word, i);
    if (w->is_tool && text_same_word(w->word, word))
      g_array_remove_index(words, i);
  }
}

static void add_word(GArray *words, const char *word, gboolean is_tool, guint16 name)
{
  Word w = {.word = g_ascii_strdown(word, -1), .is_tool = is_tool, .name = name};
  g_array_append_val(words, w);
}

/* The name of a tool is its word, without what only marks its end. */
static guint16 tool_name(GPtrArray *names, const char *word)
{
  char *name = g_strdup(word);
  for (gsize n = strlen(name); n > 1 && strchr("/( ;", name[n - 1]); n--)
    name[n - 1] = '\0';
  guint16 id = name_of(names, name);
  g_free(name);
  return id;
}

static gboolean add_line(GPtrArray *names, GArray *words, const SettingLine *line, GError **error)
{
  gboolean is_tool = text_same_word(line->key, "tool");
  if (words->len >= WORDS_MAX)
    return bad_line(line, "there is no room for more words", error);
  if (!is_tool && !text_same_word(line->key, "family"))
    return bad_line(line, "an unknown word stands before the =", error);
  const char *space = strpbrk(line->value, " \t");
  if (is_tool && *line->value == '-' && line->value[1]) {
    take_off(words, line->value + 1);
  } else if (is_tool && *line->value) {
    add_word(words, line->value, TRUE, tool_name(names, line->value));
  } else if (!is_tool && space) {
    char *name = g_strndup(line->value, (gsize)(space - line->value));
    add_word(words, space + strspn(space, " \t"), FALSE, name_of(names, name));
    g_free(name);
  } else {
    return bad_line(line, "a word is missing", error);
  }
  return TRUE;
}

static gboolean read_words(GPtrArray *names, GArray *words, const GPtrArray *lines, GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    if (!add_line(names, words, g_ptr_array_index(lines, i), error))
      return FALSE;
  return TRUE;
}

static gboolean is_nothing(const char *s)
{
  return *s == '\0' || strcmp(s, "-") == 0;
}

static void judge(Agents *a, guint32 agent, const char *text, gsize len, const GArray *words)
{
  char *s = g_ascii_strdown(text, (gssize)MIN(len, AGENT_MAX));
  a->empty[agent] = (guint8)is_nothing(g_strstrip(s));
  for (guint i = 0; i < words->len; i++) {
    const Word *w = &g_array_index(words, Word, i);
    if (!strstr(s, w->word))
      continue;
    if (w->is_tool)
      a->tool[agent] = w->name;
    else
      a->family[agent] = w->name;
  }
  g_free(s);
}

static Agents *agents_of(const StrPool *pool, const GPtrArray *lines, GError **error)
{
  Agents *a = g_new0(Agents, 1);
  GArray *words = g_array_new(FALSE, FALSE, sizeof(Word));
  g_array_set_clear_func(words, word_clear);
  a->names = g_ptr_array_new_with_free_func(g_free);
  name_of(a->names, "other");
  if (!read_words(a->names, words, lines, error)) {
    g_array_unref(words);
    agents_free(a);
    return NULL;
  }
  a->n_agents = strpool_count(pool);
  a->family = g_new0(guint16, (gsize)a->n_agents + 1);
  a->tool = g_new0(guint16, (gsize)a->n_agents + 1);
  a->empty = g_new0(guint8, (gsize)a->n_agents + 1);
  for (guint32 i = 0; i < a->n_agents; i++) {
    gsize len;
    const char *text = strpool_get(pool, i, &len);
    judge(a, i, text, len, words);
  }
  g_array_unref(words);
  return a;
}

Agents *agents_new(const StrPool *agents, const GPtrArray *lines, GError **error)
{
  if (lines)
    return agents_of(agents, lines, error);
  GPtrArray *compiled = assets_lines("agents.conf", NULL, error);
  if (!compiled)
    return NULL;
  Agents *a = agents_of(agents, compiled, error);
  g_ptr_array_unref(compiled);
  return a;
}

void agents_free(Agents *a)
{
  if (!a)
    return;
  g_ptr_array_unref(a->names);
  g_free(a->family);
  g_free(a->tool);
  g_free(a->empty);
  g_free(a);
}
