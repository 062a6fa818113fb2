/* Completion for zsh. */
#include "tui/docs/docs.h"

#include <string.h>

#include "core/query/scope.h"
#include "tui/docs/words.h"

/* For a text between brackets between single quotes. */
static char *quoted(const char *text)
{
  GString *out = g_string_new(NULL);
  for (const char *p = text; *p; p++) {
    if (*p == '\'')
      g_string_append(out, "'\\''");
    else if (strchr("[]", *p))
      g_string_append_printf(out, "\\%c", *p);
    else
      g_string_append_c(out, *p);
  }
  return g_string_free(out, FALSE);
}

/* ":DIM:(program cohort)", what _arguments takes behind the name of an option. */
static char *action_of(CommandId c, OptionId id)
{
  const OptionInfo *info = option_info(id);
  GPtrArray *words = g_ptr_array_new();
  WordsKind kind = words_of_option(c, id, words);
  char *text = words_join(words, " "), *out = NULL;
  const char *argument = info->argument ? info->argument : "VALUE";
  switch (kind) {
  case WORDS_FILES:
    out = g_strdup_printf(":%s:_files", argument);
    break;
  case WORDS_ONE:
    out = g_strdup_printf(":%s:(%s)", argument, text);
    break;
  case WORDS_LIST:
    out = g_strdup_printf(":%s:_values -s , %s %s", argument, argument, text);
    break;
  case WORDS_SCOPE:
    out = g_strdup_printf(":%s:_cohortscope_scope", argument);
    break;
  default:
    out = g_strdup_printf(":%s: ", argument);
  }
  g_free(text);
  g_ptr_array_free(words, TRUE);
  return out;
}

static void write_option(GString *out, CommandId c, OptionId id)
{
  const OptionInfo *info = option_info(id);
  gboolean flag = info->type == OPTION_FLAG;
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  char *sentence = words_first_sentence(info->help), *help = quoted(sentence);
  char *action = flag ? g_strdup("") : action_of(c, id);
  if (info->letter)
    g_ptr_array_add(names, g_strdup_printf("-%c", info->letter));
  words_option_names(c, id, names);
  char *all = words_join(names, " ");
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index(names, i);
    const char *equals = flag ? "" : name[1] == '-' ? "=" : "+";
    g_string_append_printf(out, "        '(%s)%s%s[%s]%s'\n", all, name, equals, help, action);
  }
  g_free(all);
  g_free(action);
  g_free(help);
  g_free(sentence);
  g_ptr_array_free(names, TRUE);
}

static void write_command(GString *out, CommandId c)
{
  const char *name = subcommand_info(c)->name;
  g_string_append_printf(out, "    %s)\n      specs=(\n", name ? name : "''");
  for (int id = 0; id < N_OPTIONS; id++)
    if (option_info((OptionId)id)->commands & COMMAND_BIT(c))
      write_option(out, c, (OptionId)id);
  if (!name)
    g_string_append(out, "        '1: :_cohortscope_first'\n");
  g_string_append(out, "        '*:log or cohort table:_files'\n      )\n      ;;\n");
}

static void write_first(GString *out)
{
  g_string_append(out, "_cohortscope_first() {\n  local -a subcommands=(\n");
  for (int c = 0; c < N_COMMANDS; c++) {
    const Subcommand *s = subcommand_info((CommandId)c);
    if (!s->name)
      continue;
    char *help = quoted(s->summary);
    g_string_append_printf(out, "    '%s:%s'\n", s->name, help);
    g_free(help);
  }
  g_string_append(out, "  )\n  _describe -t subcommands subcommand subcommands\n  _files\n}\n\n");
}

static void write_scope(GString *out)
{
  g_string_append(out, "_cohortscope_scope() {\n  compset -P '*[ -]'\n  compadd -S = --");
  for (int f = 0; f < N_FIELDS; f++)
    g_string_append_printf(out, " %s", scope_field_name((ScopeField)f));
  g_string_append(out, "\n}\n\n");
}

static void write_main(GString *out)
{
  g_string_append(out, "_cohortscope() {\n  local sub= word\n  local -a specs\n"
                       "  for word in $words[2,CURRENT-1]; do\n    case $word in\n      (");
  guint n = 0;
  for (int c = 0; c < N_COMMANDS; c++)
    if (subcommand_info((CommandId)c)->name)
      g_string_append_printf(out, "%s%s", n++ ? "|" : "", subcommand_info((CommandId)c)->name);
  g_string_append(out, ") sub=$word; break ;;\n    esac\n  done\n  case $sub in\n");
  for (int c = 0; c < N_COMMANDS; c++)
    write_command(out, (CommandId)c);
  g_string_append(out, "  esac\n  _arguments -s -S $specs\n}\n\n_cohortscope \"$@\"\n");
}

void docs_zsh(GString *out)
{
  g_string_append(out, "#compdef cohortscope\n"
                       "# Written by `make docs` from the tables of the program.\n\n");
  write_scope(out);
  write_first(out);
  write_main(out);
}
