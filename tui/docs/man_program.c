/* cohortscope(1): subcommands, options, scopes, keys and commands, each from its table. */
#include "tui/docs/docs.h"

#include <string.h>

#include "core/query/scope.h"
#include "tui/app/cli.h"
#include "tui/app/command.h"
#include "tui/app/keymap.h"
#include "tui/docs/roff.h"
#include "tui/docs/words.h"
#include "tui/views/view.h"

static const char *command_words(CommandId c)
{
  const char *name = subcommand_info(c)->name;
  return name ? name : "the explorer";
}

/* --- synopsis and subcommands ---------------------------------------------------------------- */

static void write_synopsis(GString *out)
{
  roff_section(out, "Synopsis");
  for (int c = 0; c < N_COMMANDS; c++) {
    const Subcommand *s = subcommand_info((CommandId)c);
    g_string_append_printf(out, "%s\\fBcohortscope%s%s\\fR [\\fIOPTIONS\\fR] %s\n",
                           c ? ".br\n" : "", s->name ? " " : "", s->name ? s->name : "",
                           s->operands);
  }
}

static void write_subcommands(GString *out)
{
  roff_section(out, "Subcommands");
  roff_paragraph(out, "Without one of these words the explorer starts. Every subcommand counts "
                      "every row unless `--scope` says otherwise, and tells which rows it "
                      "counted.");
  for (int c = 0; c < N_COMMANDS; c++) {
    const Subcommand *s = subcommand_info((CommandId)c);
    if (!s->name)
      continue;
    roff_named(out, s->name, NULL, s->summary);
    const char *log = strstr(s->about, " LOG is one file");
    char *about = log ? g_strndup(s->about, (gsize)(log - s->about)) : g_strdup(s->about);
    roff_more(out, about);
    g_free(about);
  }
}

/* --- options --------------------------------------------------------------------------------- */

static char *option_heads(OptionId id)
{
  const OptionInfo *info = option_info(id);
  GString *out = g_string_new(NULL);
  if (info->letter)
    g_string_append_printf(out, "\\fB\\-%c\\fR, ", info->letter);
  char *name = roff_escape(info->name);
  g_string_append_printf(out, "\\fB\\-\\-%s\\fR", name);
  g_free(name);
  if (info->alias) {
    char *alias = roff_escape(info->alias);
    g_string_append_printf(out, ", \\fB\\-\\-%s\\fR", alias);
    g_free(alias);
  }
  if (info->argument)
    g_string_append_printf(out, " \\fI%s\\fR", info->argument);
  return g_string_free(out, FALSE);
}

/* "In rank, series.": only of options that not every subcommand takes. */
static void append_where(GString *text, guint commands)
{
  static const struct {
    guint commands;
    const char *words;
  } usual[] = {{COMMAND_ALL, NULL},
               {COMMAND_EXPORTS, "every subcommand"},
               {COMMAND_BIT(COMMAND_EXPLORE), "the explorer"}};
  for (guint i = 0; i < G_N_ELEMENTS(usual); i++) {
    if (usual[i].commands != commands)
      continue;
    if (usual[i].words)
      g_string_append_printf(text, " (In %s.)", usual[i].words);
    return;
  }
  g_string_append(text, " (In ");
  guint n = 0;
  for (int c = 0; c < N_COMMANDS; c++)
    if (commands & COMMAND_BIT(c))
      g_string_append_printf(text, "%s%s", n++ ? ", " : "", command_words((CommandId)c));
  g_string_append(text, ".)");
}

static void write_option(GString *out, OptionId id)
{
  const OptionInfo *info = option_info(id);
  GString *text = g_string_new(info->help);
  char *heads = option_heads(id);
  if (info->words && id != OPT_FORMAT) {
    char *list = g_strjoinv(", ", (char **)(gpointer)info->words);
    g_string_append_printf(text, " One of %s.", list);
    g_free(list);
  }
  if (info->fallback)
    g_string_append_printf(text, " Default: %s.", info->fallback);
  append_where(text, info->commands);
  roff_entry(out, heads, text->str);
  g_free(heads);
  g_string_free(text, TRUE);
}

static void write_formats(GString *out)
{
  for (int c = 0; c < N_COMMANDS; c++) {
    const Subcommand *s = subcommand_info((CommandId)c);
    if (!s->formats)
      continue;
    char **list = g_strsplit(s->formats, ",", -1), *words = g_strjoinv(", ", list);
    roff_named(out, s->name, NULL, words);
    g_free(words);
    g_strfreev(list);
  }
}

static void write_options(GString *out)
{
  static const struct {
    OptionGroup group;
    const char *title;
  } groups[] = {{GROUP_QUESTION, "What is asked"},
                {GROUP_OUTPUT, "What is written"},
                {GROUP_INPUT, "What is read"},
                {GROUP_SCREEN, "The screen"},
                {GROUP_ABOUT, "The program"}};
  roff_section(out, "Options");
  for (guint g = 0; g < G_N_ELEMENTS(groups); g++) {
    roff_subsection(out, groups[g].title);
    for (int id = 0; id < N_OPTIONS; id++)
      if (option_info((OptionId)id)->group == groups[g].group)
        write_option(out, (OptionId)id);
  }
  roff_subsection(out, "Formats of the subcommands");
  write_formats(out);
}

/* --- what stands below the options in the help ------------------------------------------------ */

/* The layout of option_help_entry: a name after two blanks, its text from column 28. */
static gboolean is_entry(const char *line)
{
  return strncmp(line, "  ", 2) == 0 && line[2] != ' ' && line[2] != '\0';
}

static void write_lists_of(GString *out, const char *help, GHashTable *seen)
{
  char **lines = g_strsplit(help, "\n", -1);
  gboolean skip = FALSE;
  GString *text = g_string_new(NULL);
  for (guint i = 0; lines[i]; i++) {
    if (!*lines[i])
      continue;
    if (lines[i][0] != ' ') { /* a heading, perhaps over two lines */
      g_string_assign(text, lines[i]);
      while (lines[i + 1] && *lines[i + 1] && lines[i + 1][0] != ' ')
        g_string_append_printf(text, " %s", lines[++i]);
      skip = !g_str_has_suffix(text->str, ":") || !g_hash_table_add(seen, g_strdup(text->str));
      if (!skip) {
        g_string_truncate(text, text->len - 1);
        roff_subsection(out, text->str);
      }
    } else if (!skip && is_entry(lines[i])) {
      char *name = g_strdup(lines[i] + 2), *gap = strstr(name, "  ");
      g_string_assign(text, "");
      if (gap) {
        *gap++ = '\0';
        g_string_assign(text, g_strchug(gap));
      }
      while (lines[i + 1] && lines[i + 1][0] == ' ' && !is_entry(lines[i + 1])) {
        i++;
        g_string_append_printf(text, "%s%s", text->len ? " " : "", g_strchug(lines[i]));
      }
      roff_named(out, name, NULL, text->str);
      g_free(name);
    }
  }
  g_string_free(text, TRUE);
  g_strfreev(lines);
}

static void write_lists(GString *out)
{
  GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  roff_section(out, "Names");
  for (int c = 1; c < N_COMMANDS; c++) {
    const Subcommand *s = subcommand_info((CommandId)c);
    GString *help = g_string_new(NULL);
    if (s->more)
      s->more(help);
    write_lists_of(out, help->str, seen);
    g_string_free(help, TRUE);
  }
  g_hash_table_destroy(seen);
}

/* --- scopes ---------------------------------------------------------------------------------- */

static void write_field(GString *out, ScopeField f)
{
  static const struct {
    ScopeField field;
    const char *text;
  } texts[] = {
      {FIELD_TIME, "When: `2019`, `2019-08`, `2019-08-14`, `2019-W33`, `2019-08-14T10:00`, ranges "
                   "of them such as `2019-08..2020-02`, or `last30d`, which ends with the log."},
      {FIELD_TRACK, "Track of the program of the row's cohort, as in programs.conf."},
      {FIELD_STAFF, "`yes` or `no`: a row of a staff cohort, as in staff.conf."},
      {FIELD_FLAGGED, "`yes` or `no`: a row of a user or address with an open flag."},
  };
  const char *name = scope_field_name(f), *text = "";
  Dimension d;
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    if (texts[i].field == f)
      text = texts[i].text;
  if (!*text && dimension_parse(name, &d))
    text = dimension_info(d)->definition;
  roff_named(out, name, NULL, text);
}

static void write_scopes(GString *out)
{
  roff_section(out, "Scopes");
  roff_paragraph(out, "A scope says which rows count. It is a list of terms; a row counts when it "
                      "meets all of them.");
  roff_lines(out, "program=3 cohort=Darden,Easley phase=class -kind=asset\n"
                  "lesson~^sql time=2019-08..2020-02 hour=22..4");
  roff_named(out, "FIELD=VALUE,VALUE", NULL,
             "One of the values. An id or a name, upper or lower case; `none` is what is missing.");
  roff_named(out, "-FIELD=VALUE", NULL, "None of the values.");
  roff_named(out, "FIELD~PATTERN", NULL,
             "A regular expression (of Perl's kind, upper and lower case alike), up to the next "
             "blank.");
  roff_named(out, "FIELD=FROM..TO", NULL,
             "Of times and numbers, both ends included; of hours and weekdays it may run over "
             "midnight or Sunday.");
  roff_paragraph(out, "A value that holds a blank, a comma, a quote or two dots stands in double "
                      "quotes, and a double quote in it is written twice. The fields:");
  for (int f = 0; f < N_FIELDS; f++)
    write_field(out, (ScopeField)f);
}

/* --- keys and commands ----------------------------------------------------------------------- */

static void write_views(GString *out)
{
  roff_subsection(out, "Views");
  for (int v = 0; v < N_VIEWS; v++) {
    const View *view = view_get((ViewId)v);
    if (!view)
      continue;
    char *key = g_strdup_printf("%c", (char)view->key);
    roff_named(out, key, view->name, view->title);
    g_free(key);
  }
}

static gboolean runs(const Binding *b, const char *command)
{
  size_t len = strlen(command);
  return strncmp(b->command, command, len) == 0 &&
         (b->command[len] == '\0' || b->command[len] == ' ');
}

/* "Keys: 1 (programs), C-f." */
static void append_keys(GString *text, const Keymap *k, const char *command)
{
  GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;
  for (guint i = 0; i < k->bindings->len; i++) {
    const Binding *b = g_ptr_array_index(k->bindings, i);
    if (!runs(b, command))
      continue;
    const char *rest = b->command + strlen(command);
    char *key = key_label(b->key);
    char *shown =
        *rest ? g_strdup_printf("`%s` (%s)", key, rest + 1) : g_strdup_printf("`%s`", key);
    if (!g_hash_table_contains(seen, shown)) {
      g_string_append_printf(text, "%s%s", n++ ? ", " : " Keys: ", shown);
      g_hash_table_add(seen, g_strdup(shown));
    }
    g_free(shown);
    g_free(key);
  }
  if (n)
    g_string_append_c(text, '.');
  g_hash_table_destroy(seen);
}

static char *sentence(const char *text)
{
  char *s = g_strdup(text);
  s[0] = g_ascii_toupper(s[0]);
  return s;
}

static void write_commands(GString *out)
{
  Keymap *keys = keymap_new(NULL, command_known, NULL);
  const char *group = NULL;
  for (const Command *c = command_table(); keys && c->name; c++) {
    if (g_strcmp0(group, c->group) != 0) {
      char *title = g_strconcat("Commands: ", c->group, NULL);
      roff_subsection(out, title);
      g_free(title);
    }
    group = c->group;
    char *help = sentence(c->help);
    GString *text = g_string_new(help);
    if (!g_str_has_suffix(help, "."))
      g_string_append_c(text, '.');
    append_keys(text, keys, c->name);
    roff_named(out, c->name, c->args, text->str);
    g_string_free(text, TRUE);
    g_free(help);
  }
  keymap_free(keys);
}

static void write_explorer(GString *out)
{
  roff_section(out, "The explorer");
  roff_paragraph(out, "The explorer starts on the programs with every row counted. Moving the "
                      "cursor shows in the panes to the right what the row holds; Enter goes into "
                      "it and Backspace comes back. Every filter is a chip in the second line of "
                      "the screen. `?` lists the keys of the view, `:` every command by name. No "
                      "key needs Alt, a function key or the mouse.");
  write_views(out);
  write_commands(out);
}

static void write_scripts(GString *out)
{
  roff_section(out, "Scripts");
  roff_paragraph(out, "`--script FILE` runs the commands above, one a line, without a terminal, "
                      "once the log is read. `#` begins a comment. Besides the commands:");
  roff_named(out, "key", "NAME...", "Presses keys, named as in keys.conf.");
  roff_named(out, "type", "TEXT", "Types a text.");
  roff_named(out, "resize", "WxH", "Changes the size of the screen.");
  roff_named(out, "screen", "FILE",
             "Writes the screen: its text, the role of each cell, and the cursor. `-` is standard "
             "output.");
  roff_named(out, "text", "FILE", "Writes the text of the screen.");
  roff_named(out, "svg", "FILE", "Writes a picture of the screen.");
}

/* --- the rest -------------------------------------------------------------------------------- */

static void write_exit_codes(GString *out)
{
  static const struct {
    ExitCode code;
    const char *text;
  } codes[] = {
      {EXIT_OK, "Fine."},
      {EXIT_USAGE, "The command line or a settings file cannot be understood."},
      {EXIT_INPUT, "Input cannot be read, or only in part; or output cannot be written."},
      {EXIT_REJECTS, "More rows were rejected than `--max-rejects` allows; nothing is answered."},
      {EXIT_FINDINGS, "There are flags of the score of `--fail-on`, or more."},
      {EXIT_INTERRUPTED, "Interrupted; what was written is partial."},
  };
  roff_section(out, "Exit status");
  for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
    char *number = g_strdup_printf("%d", (int)codes[i].code);
    roff_named(out, number, NULL, codes[i].text);
    g_free(number);
  }
}

static void write_surroundings(GString *out)
{
  roff_section(out, "Environment");
  roff_named(out, "XDG_CONFIG_HOME, XDG_STATE_HOME", NULL,
             "Where settings and saved things live, in a folder `cohortscope`; ~/.config and "
             "~/.local/state without them. See cohortscope(5).");
  roff_named(out, "NO_COLOR", NULL, "When not empty, no colours, unless `--color` says otherwise.");
  roff_named(out, "MYSQL_PWD", NULL,
             "The password of a database, where nothing else names one. See cohortscope(5).");
  roff_named(out, "TERM, LANG, LC_ALL, LC_CTYPE", NULL,
             "What the terminal can do, and whether it shows more than ASCII.");
  roff_section(out, "Examples");
  roff_paragraph(out, "Look around in the sample that comes with the program, then in a log of "
                      "one's own:");
  roff_lines(out, "cohortscope\ncohortscope logs.csv.gz cohorts.csv");
  roff_paragraph(out, "The ten lessons that class three reads most, as CSV:");
  roff_lines(out, "cohortscope rank logs.csv cohorts.csv --by lesson --limit 10 \\\n"
                  "  --scope 'cohort=3 phase=class kind=lesson' --format csv");
  roff_paragraph(out, "What is worth a look, one JSON object a line:");
  roff_lines(out, "cohortscope flags logs.csv cohorts.csv --format jsonl");
  roff_paragraph(out, "What was read of a database, and what could not be:");
  roff_lines(out, "cohortscope check mysql://ana@db.example.org/school --password-file ~/.school");
  roff_section(out, "See also");
  roff_paragraph(out, "`cohortscope`(5)");
}

void docs_man_program(GString *out)
{
  roff_title(out, "cohortscope", "1", "explore the access log of a learning platform");
  write_synopsis(out);
  roff_section(out, "Description");
  roff_paragraph(out, subcommand_info(COMMAND_EXPLORE)->about);
  write_subcommands(out);
  write_options(out);
  write_scopes(out);
  write_lists(out);
  write_explorer(out);
  write_scripts(out);
  write_exit_codes(out);
  write_surroundings(out);
}
