/* Options: the help, written from the tables. */
#include "tui/app/options.h"

#include <string.h>

#define PAGE_WIDTH  78
#define NAME_INDENT 2
#define TEXT_INDENT 28

static const struct {
  OptionGroup group;
  const char *title;
} groups[] = {
    {GROUP_QUESTION, "What is asked"}, {GROUP_OUTPUT, "What is written"},
    {GROUP_INPUT, "What is read"},     {GROUP_SCREEN, "The screen"},
    {GROUP_ABOUT, "The program"},
};

/* Appends `text` in lines of PAGE_WIDTH; the cursor stands at column `at`, further lines start at
 * `indent`. */
static void append_wrapped(GString *out, const char *text, guint at, guint indent)
{
  char **words = g_strsplit(text, " ", -1);
  for (guint i = 0; words[i]; i++) {
    guint len = (guint)strlen(words[i]);
    if (i > 0 && at + 1 + len > PAGE_WIDTH) {
      g_string_append_printf(out, "\n%*s", (int)indent, "");
      at = indent;
    } else if (i > 0) {
      g_string_append_c(out, ' ');
      at++;
    }
    g_string_append(out, words[i]);
    at += len;
  }
  g_string_append_c(out, '\n');
  g_strfreev(words);
}

static void append_entry(GString *out, const char *name, const char *text)
{
  gsize start = out->len;
  g_string_append_printf(out, "%*s%s", NAME_INDENT, "", name);
  guint at = (guint)(out->len - start);
  if (at + 2 > TEXT_INDENT) {
    g_string_append_c(out, '\n');
    at = 0;
  }
  g_string_append_printf(out, "%*s", (int)(TEXT_INDENT - at), "");
  append_wrapped(out, text, TEXT_INDENT, TEXT_INDENT);
}

static void append_option(GString *out, CommandId command, OptionId id)
{
  const OptionInfo *info = option_info(id);
  GString *name = g_string_new(NULL);
  GString *text = g_string_new(info->help);
  if (info->letter)
    g_string_append_printf(name, "-%c, ", info->letter);
  g_string_append_printf(name, "--%s", info->name);
  if (info->alias && option_find(command, info->alias) == (int)id)
    g_string_append_printf(name, ", --%s", info->alias);
  if (info->argument)
    g_string_append_printf(name, " %s", info->argument);
  const char *formats = subcommand_info(command)->formats;
  if (id == OPT_FORMAT && formats) {
    char **list = g_strsplit(formats, ",", -1);
    char *words = g_strjoinv(", ", list);
    g_string_append_printf(text, " One of %s.", words);
    g_strfreev(list);
    g_free(words);
  }
  char *fallback = option_fallback(command, id);
  if (fallback)
    g_string_append_printf(text, " Default: %s.", fallback);
  g_free(fallback);
  append_entry(out, name->str, text->str);
  g_string_free(name, TRUE);
  g_string_free(text, TRUE);
}

static void append_group(GString *out, CommandId command, guint g)
{
  gboolean titled = FALSE;
  for (int id = 0; id < N_OPTIONS; id++) {
    const OptionInfo *info = option_info((OptionId)id);
    if (info->group != groups[g].group || !(info->commands & COMMAND_BIT(command)))
      continue;
    if (!titled)
      g_string_append_printf(out, "\n%s:\n", groups[g].title);
    titled = TRUE;
    append_option(out, command, (OptionId)id);
  }
}

static void append_subcommands(GString *out)
{
  g_string_append(out, "\nSubcommands (each has its own --help):\n");
  for (int c = 0; c < N_COMMANDS; c++) {
    const Subcommand *s = subcommand_info((CommandId)c);
    if (s->name)
      append_entry(out, s->name, s->summary);
  }
}

char *options_help(CommandId command)
{
  const Subcommand *s = subcommand_info(command);
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "Usage: cohortscope%s%s [OPTIONS] %s\n\n", s->name ? " " : "",
                         s->name ? s->name : "", s->operands);
  append_wrapped(out, s->about, 0, 0);
  if (command == COMMAND_EXPLORE)
    append_subcommands(out);
  for (guint g = 0; g < G_N_ELEMENTS(groups); g++)
    append_group(out, command, g);
  if (s->more)
    s->more(out);
  return g_string_free(out, FALSE);
}

void option_help_paragraph(GString *out, const char *text)
{
  g_string_append_c(out, '\n');
  append_wrapped(out, text, 0, 0);
}

void option_help_entry(GString *out, const char *name, const char *text)
{
  append_entry(out, name, text);
}
