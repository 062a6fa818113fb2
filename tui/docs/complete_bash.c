/* Completion for bash. */
#include "tui/docs/docs.h"

#include "tui/docs/words.h"

/* Ends of the script that no table knows. */
static const char head[] =
    "# bash completion for cohortscope. Written by `make docs` from the tables of the program.\n";

static const char tail[] =
    "# Words of COMP_WORDS that stand behind an option: 0 when the option takes a value.\n"
    "_cohortscope_takes_value() { # SUBCOMMAND OPTION\n"
    "  local kind words\n"
    "  _cohortscope_value \"$1\" \"$2\"\n"
    "  [[ $kind ]]\n"
    "}\n"
    "\n"
    "# Leaves in `sub` the subcommand, and in `operands` how many words that are no options stand\n"
    "# before the one to complete.\n"
    "_cohortscope_find_subcommand() {\n"
    "  local i word\n"
    "  sub= operands=0\n"
    "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "    word=${COMP_WORDS[i]}\n"
    "    case $word in\n"
    "      =) ((i++)) ;;\n"
    "      -?*)\n"
    "        if [[ ${COMP_WORDS[i + 1]} != = ]] && _cohortscope_takes_value any \"$word\"; then\n"
    "          ((i++))\n"
    "        fi\n"
    "        ;;\n"
    "      *)\n"
    "        if ((operands == 0)) && _cohortscope_is_subcommand \"$word\"; then\n"
    "          sub=$word\n"
    "        fi\n"
    "        ((operands++))\n"
    "        ;;\n"
    "    esac\n"
    "  done\n"
    "}\n"
    "\n"
    "_cohortscope_complete_value() { # KIND WORDS CURRENT\n"
    "  local cur=$3 bare last prefix\n"
    "  case $1 in\n"
    "    files)\n"
    "      compopt -o filenames 2>/dev/null\n"
    "      mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "      ;;\n"
    "    one) mapfile -t COMPREPLY < <(compgen -W \"$2\" -- \"$cur\") ;;\n"
    "    list)\n"
    "      compopt -o nospace 2>/dev/null\n"
    "      last=${cur##*,}\n"
    "      prefix=${cur%\"$last\"}\n"
    "      mapfile -t COMPREPLY < <(compgen -P \"$prefix\" -W \"$2\" -- \"$last\")\n"
    "      ;;\n"
    "    scope)\n"
    "      compopt -o nospace 2>/dev/null\n"
    "      bare=${cur#[\\'\\\"]}\n"
    "      last=${bare##* }\n"
    "      prefix=${bare%\"$last\"}\n"
    "      if [[ $last == -* ]]; then\n"
    "        prefix+=- last=${last#-}\n"
    "      fi\n"
    "      mapfile -t COMPREPLY < <(compgen -P \"$prefix\" -S = -W \"$2\" -- \"$last\")\n"
    "      ;;\n"
    "  esac\n"
    "}\n"
    "\n"
    "_cohortscope() {\n"
    "  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "  local sub operands kind words\n"
    "  COMPREPLY=()\n"
    "  # bash takes `--format=csv` apart into three words\n"
    "  if [[ $cur == = ]]; then\n"
    "    cur=\n"
    "  elif [[ $before == = ]] && ((COMP_CWORD > 1)); then\n"
    "    before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "  fi\n"
    "  _cohortscope_find_subcommand\n"
    "  _cohortscope_value \"$sub\" \"$before\"\n"
    "  if [[ $kind ]]; then\n"
    "    _cohortscope_complete_value \"$kind\" \"$words\" \"$cur\"\n"
    "  elif [[ $cur == -* ]]; then\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$(_cohortscope_options \"$sub\")\" -- \"$cur\")\n"
    "  else\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "    if ((operands == 0)); then\n"
    "      local more\n"
    "      mapfile -t more < <(compgen -W \"$_cohortscope_subcommands\" -- \"$cur\")\n"
    "      COMPREPLY+=(\"${more[@]}\")\n"
    "    fi\n"
    "  fi\n"
    "}\n"
    "\n"
    "complete -F _cohortscope cohortscope\n";

static const char *kind_word(WordsKind kind)
{
  static const char *const words[] = {[WORDS_NONE] = "any",
                                      [WORDS_FILES] = "files",
                                      [WORDS_ONE] = "one",
                                      [WORDS_LIST] = "list",
                                      [WORDS_SCOPE] = "scope"};
  return words[kind];
}

static void write_subcommands(GString *out)
{
  GPtrArray *names = g_ptr_array_new();
  for (int c = 0; c < N_COMMANDS; c++)
    if (subcommand_info((CommandId)c)->name)
      g_ptr_array_add(names, (gpointer)subcommand_info((CommandId)c)->name);
  char *words = words_join(names, " "), *cases = words_join(names, " | ");
  g_string_append_printf(out, "\n_cohortscope_subcommands='%s'\n", words);
  g_string_append_printf(out,
                         "\n_cohortscope_is_subcommand() {\n  case $1 in\n    %s) return 0 ;;\n"
                         "  esac\n  return 1\n}\n",
                         cases);
  g_free(words);
  g_free(cases);
  g_ptr_array_free(names, TRUE);
}

static void write_options(GString *out)
{
  g_string_append(out, "\n_cohortscope_options() { # SUBCOMMAND\n  case $1 in\n");
  for (int c = 0; c < N_COMMANDS; c++) {
    const char *name = subcommand_info((CommandId)c)->name;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (int id = 0; id < N_OPTIONS; id++)
      if (option_info((OptionId)id)->commands & COMMAND_BIT(c))
        words_option_names((CommandId)c, (OptionId)id, names);
    char *words = words_join(names, " ");
    g_string_append_printf(out, "    %s) echo '%s' ;;\n", name ? name : "''", words);
    g_free(words);
    g_ptr_array_free(names, TRUE);
  }
  g_string_append(out, "  esac\n}\n");
}

static void append_pattern(GString *patterns, const char *command, const char *option)
{
  g_string_append_printf(patterns, "%s\"%s %s\"", patterns->len ? " | " : "", command, option);
}

/* One line of the table of values: the names of an option in the commands where it takes the same
 * words. `done` marks those that were written. */
static void write_value(GString *out, OptionId id, CommandId first, guint *done)
{
  const OptionInfo *info = option_info(id);
  GPtrArray *words = g_ptr_array_new();
  WordsKind kind = words_of_option(first, id, words);
  char *text = words_join(words, " ");
  GString *patterns = g_string_new(NULL);
  for (int c = (int)first; c < N_COMMANDS; c++) {
    GPtrArray *other = g_ptr_array_new(), *names = g_ptr_array_new_with_free_func(g_free);
    char *same = NULL;
    if ((info->commands & COMMAND_BIT(c)) && words_of_option((CommandId)c, id, other) == kind)
      same = words_join(other, " ");
    if (g_strcmp0(same, text) == 0) {
      const char *command = subcommand_info((CommandId)c)->name;
      words_option_names((CommandId)c, id, names);
      if (info->letter)
        g_ptr_array_add(names, g_strdup_printf("-%c", info->letter));
      for (guint i = 0; i < names->len; i++)
        append_pattern(patterns, command ? command : "", g_ptr_array_index(names, i));
      *done |= COMMAND_BIT(c);
    }
    g_free(same);
    g_ptr_array_free(names, TRUE);
    g_ptr_array_free(other, TRUE);
  }
  g_string_append_printf(out, "    %s)\n      kind=%s words='%s'\n      ;;\n", patterns->str,
                         kind_word(kind), text);
  g_string_free(patterns, TRUE);
  g_free(text);
  g_ptr_array_free(words, TRUE);
}

/* What is known before the subcommand is: whether an option takes a value at all. */
static void write_any_value(GString *out)
{
  GString *patterns = g_string_new(NULL);
  for (int id = 0; id < N_OPTIONS; id++) {
    const OptionInfo *info = option_info((OptionId)id);
    if (info->type == OPTION_FLAG)
      continue;
    char *name = g_strconcat("--", info->name, NULL);
    append_pattern(patterns, "any", name);
    g_free(name);
    if (info->letter) {
      char letter[3] = {'-', info->letter, '\0'};
      append_pattern(patterns, "any", letter);
    }
  }
  g_string_append_printf(out, "    %s) kind=any ;;\n", patterns->str);
  g_string_free(patterns, TRUE);
}

static void write_values(GString *out)
{
  g_string_append(out,
                  "\n# Leaves in `kind` and `words` what an option takes; `kind` is empty when "
                  "it takes nothing.\n_cohortscope_value() { # SUBCOMMAND OPTION\n"
                  "  kind= words=\n  case \"$1 $2\" in\n");
  for (int id = 0; id < N_OPTIONS; id++) {
    const OptionInfo *info = option_info((OptionId)id);
    guint done = 0;
    for (int c = 0; c < N_COMMANDS && info->type != OPTION_FLAG; c++)
      if (info->commands & COMMAND_BIT(c) & ~done)
        write_value(out, (OptionId)id, (CommandId)c, &done);
  }
  write_any_value(out);
  g_string_append(out, "  esac\n}\n\n");
}

void docs_bash(GString *out)
{
  g_string_append(out, head);
  write_subcommands(out);
  write_options(out);
  write_values(out);
  g_string_append(out, tail);
}
