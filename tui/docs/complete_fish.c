/* Completion for fish. */
#include "tui/docs/docs.h"

#include <string.h>

#include "tui/docs/words.h"

static char *quoted(const char *text)
{
  GString *out = g_string_new(NULL);
  for (const char *p = text; *p; p++) {
    if (*p == '\'' || *p == '\\')
      g_string_append_c(out, '\\');
    g_string_append_c(out, *p);
  }
  return g_string_free(out, FALSE);
}

/* " -n '...'": where the commands of a set are meant; the explorer is the absence of a word. */
static char *condition(guint commands)
{
  gboolean explorer = (commands & COMMAND_BIT(COMMAND_EXPLORE)) != 0;
  guint named = explorer ? COMMAND_ALL & ~commands : commands;
  if (commands == COMMAND_ALL)
    return g_strdup("");
  GString *out = g_string_new(explorer ? " -n 'not __fish_seen_subcommand_from"
                                       : " -n '__fish_seen_subcommand_from");
  for (int c = 0; c < N_COMMANDS; c++)
    if (named & COMMAND_BIT(c))
      g_string_append_printf(out, " %s", subcommand_info((CommandId)c)->name);
  g_string_append_c(out, '\'');
  return g_string_free(out, FALSE);
}

static char *values_of(CommandId c, OptionId id)
{
  GPtrArray *words = g_ptr_array_new();
  WordsKind kind = words_of_option(c, id, words);
  char *text = words_join(words, kind == WORDS_SCOPE ? "= " : " "), *out = NULL;
  if (option_info(id)->type == OPTION_FLAG)
    out = g_strdup("");
  else if (kind == WORDS_FILES)
    out = g_strdup(" -r -F");
  else if (kind == WORDS_ONE)
    out = g_strdup_printf(" -x -a '%s'", text);
  else if (kind == WORDS_SCOPE)
    out = g_strdup_printf(" -x -a '%s='", text);
  else if (kind == WORDS_LIST)
    out = g_strdup_printf(" -x -a '(__fish_append , %s)'", text);
  else
    out = g_strdup(" -x");
  g_free(text);
  g_ptr_array_free(words, TRUE);
  return out;
}

/* The names of an option in a command, as switches. */
static char *names_of(CommandId c, OptionId id)
{
  const OptionInfo *info = option_info(id);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GString *out = g_string_new(NULL);
  if (info->letter)
    g_string_append_printf(out, " -s %c", info->letter);
  words_option_names(c, id, names);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf(out, " -l %s", (char *)g_ptr_array_index(names, i) + 2);
  g_ptr_array_free(names, TRUE);
  return g_string_free(out, FALSE);
}

/* One line for all commands in which the option looks the same. */
static void write_option(GString *out, OptionId id, CommandId first, guint *done)
{
  const OptionInfo *info = option_info(id);
  char *names = names_of(first, id), *values = values_of(first, id);
  guint same = 0;
  for (int c = (int)first; c < N_COMMANDS; c++) {
    if (!(info->commands & COMMAND_BIT(c)))
      continue;
    char *n = names_of((CommandId)c, id), *v = values_of((CommandId)c, id);
    if (strcmp(n, names) == 0 && strcmp(v, values) == 0)
      same |= COMMAND_BIT(c);
    g_free(n);
    g_free(v);
  }
  *done |= same;
  char *sentence = words_first_sentence(info->help), *help = quoted(sentence);
  char *where = condition(same);
  g_string_append_printf(out, "complete -c cohortscope%s%s%s -d '%s'\n", where, names, values,
                         help);
  g_free(where);
  g_free(help);
  g_free(sentence);
  g_free(values);
  g_free(names);
}

void docs_fish(GString *out)
{
  g_string_append(out, "# fish completion for cohortscope. Written by `make docs` from the tables "
                       "of the program.\n\n");
  char *where = condition(COMMAND_BIT(COMMAND_EXPLORE));
  for (int c = 0; c < N_COMMANDS; c++) {
    const Subcommand *s = subcommand_info((CommandId)c);
    char *help = s->name ? quoted(s->summary) : NULL;
    if (s->name)
      g_string_append_printf(out, "complete -c cohortscope%s -a %s -d '%s'\n", where, s->name,
                             help);
    g_free(help);
  }
  g_free(where);
  g_string_append_c(out, '\n');
  for (int id = 0; id < N_OPTIONS; id++) {
    guint done = 0;
    for (int c = 0; c < N_COMMANDS; c++)
      if (option_info((OptionId)id)->commands & COMMAND_BIT(c) & ~done)
        write_option(out, (OptionId)id, (CommandId)c, &done);
  }
}
