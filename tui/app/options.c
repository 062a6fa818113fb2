/* Options: reading the command line and the settings file by the table. */
#include "tui/app/options.h"

#include <string.h>

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/option_value.h"

int option_find(CommandId command, const char *name)
{
  int by_alias = -1;
  for (int id = 0; id < N_OPTIONS; id++) {
    const OptionInfo *info = option_info((OptionId)id);
    if (!(info->commands & COMMAND_BIT(command)))
      continue;
    if (strcmp(info->name, name) == 0)
      return id;
    if (info->alias && strcmp(info->alias, name) == 0)
      by_alias = id;
  }
  return by_alias;
}

static int find_anywhere(const char *name)
{
  for (int c = 0; c < N_COMMANDS; c++) {
    int id = option_find((CommandId)c, name);
    if (id >= 0)
      return id;
  }
  return -1;
}

static int find_letter(char letter)
{
  for (int id = 0; id < N_OPTIONS; id++)
    if (option_info((OptionId)id)->letter == letter)
      return id;
  return -1;
}

static char *command_words(guint commands)
{
  GString *out = g_string_new(NULL);
  for (guint c = 0; c < N_COMMANDS; c++) {
    const char *name = subcommand_info((CommandId)c)->name;
    if (commands & COMMAND_BIT(c))
      g_string_append_printf(out, "%s%s", out->len ? ", " : "", name ? name : "the explorer");
  }
  return g_string_free(out, FALSE);
}

static const char *command_text(CommandId c)
{
  const char *name = subcommand_info(c)->name;
  return name ? name : "";
}

static gboolean fail_unknown(CommandId command, const char *name, GError **error)
{
  GPtrArray *names = g_ptr_array_new();
  for (int id = 0; id < N_OPTIONS; id++)
    if (option_info((OptionId)id)->commands & COMMAND_BIT(command))
      g_ptr_array_add(names, (gpointer)option_info((OptionId)id)->name);
  g_ptr_array_add(names, NULL);
  const char *closest = text_closest(name, (const char *const *)names->pdata);
  char *shown = text_escaped(name, -1, 60);
  const char *space = subcommand_info(command)->name ? " " : "";
  int elsewhere = find_anywhere(name);
  if (elsewhere >= 0) {
    char *words = command_words(option_info((OptionId)elsewhere)->commands);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "--%s is an option of %s; see cohortscope%s%s --help", shown, words, space,
                command_text(command));
    g_free(words);
  } else if (closest) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "unknown option --%s; did you mean --%s?",
                shown, closest);
  } else {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "unknown option --%s; see cohortscope%s%s --help", shown, space,
                command_text(command));
  }
  g_free(shown);
  g_ptr_array_free(names, TRUE);
  return FALSE;
}

/* --- the command line ------------------------------------------------------------------------ */

typedef struct {
  int argc;
  char *const *argv;
  int place;           /* of the next argument */
  gboolean plain;      /* after `--` everything is an operand */
  const char *cluster; /* what is left of `-qn5`, or NULL */
} Words;

typedef enum { WORD_END, WORD_OPERAND, WORD_LONG, WORD_SHORT, WORD_BAD } WordKind;

typedef struct {
  WordKind kind;
  const char *text; /* the operand; or the value attached to an option, NULL without */
  char *name;       /* of a long option; owned */
  char letter;      /* of a short one */
} Word;

static WordKind next_word(Words *w, Word *ret)
{
  *ret = (Word){.kind = WORD_END};
  if (w->cluster && *w->cluster) {
    ret->letter = *w->cluster++;
    ret->text = *w->cluster ? w->cluster : NULL;
    return ret->kind = WORD_SHORT;
  }
  w->cluster = NULL;
  if (w->place >= w->argc)
    return WORD_END;
  const char *arg = w->argv[w->place++];
  if (!w->plain && strcmp(arg, "--") == 0) {
    w->plain = TRUE;
    return next_word(w, ret);
  }
  if (w->plain || arg[0] != '-' || arg[1] == '\0') {
    ret->text = arg;
    return ret->kind = WORD_OPERAND;
  }
  if (arg[1] != '-') {
    w->cluster = arg + 1;
    return next_word(w, ret);
  }
  const char *equals = strchr(arg, '=');
  ret->name = equals ? g_strndup(arg + 2, (gsize)(equals - arg - 2)) : g_strdup(arg + 2);
  ret->text = equals ? equals + 1 : NULL;
  return ret->kind = WORD_LONG;
}

/* Whether a name or letter takes a value, whatever the subcommand: used before that is known. */
static gboolean takes_value(const Word *word)
{
  int id = word->kind == WORD_LONG ? find_anywhere(word->name) : find_letter(word->letter);
  return id >= 0 && option_info((OptionId)id)->type != OPTION_FLAG;
}

/* The first operand that names a subcommand is it; otherwise the first operand is a log. */
static CommandId find_command(int argc, char *const *argv)
{
  Words words = {.argc = argc, .argv = argv, .place = 1};
  Word word;
  CommandId command = COMMAND_EXPLORE;
  for (gboolean more = TRUE; more && next_word(&words, &word) != WORD_END;) {
    if (word.kind == WORD_OPERAND) {
      if (!words.plain)
        subcommand_parse(word.text, &command);
      more = FALSE;
    } else if (takes_value(&word)) {
      words.cluster = NULL;
      words.place += word.text ? 0 : 1;
    }
    g_free(word.name);
  }
  return command;
}

/* `--format combined` names a form of input, all other values a form of output. */
static int divert_format(int id, const char *text)
{
  return id == OPT_FORMAT && text && g_ascii_strcasecmp(text, "combined") == 0 ? OPT_FORM : id;
}

static gboolean read_option(Options *o, Words *words, const Word *word, GError **error)
{
  int id;
  if (word->kind == WORD_LONG) {
    id = option_find(o->command, word->name);
    if (id < 0)
      return fail_unknown(o->command, word->name, error);
  } else {
    id = find_letter(word->letter);
    if (id < 0 || !(option_info((OptionId)id)->commands & COMMAND_BIT(o->command))) {
      char *shown = text_escaped(&word->letter, 1, 1);
      g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                  "unknown option -%s; see cohortscope%s%s --help", shown,
                  o->command == COMMAND_EXPLORE ? "" : " ", command_text(o->command));
      g_free(shown);
      return FALSE;
    }
  }
  const OptionInfo *info = option_info((OptionId)id);
  const char *text = word->text;
  if (info->type == OPTION_FLAG) {
    if (word->kind == WORD_LONG && text) {
      g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--%s takes no value", info->name);
      return FALSE;
    }
    return option_value_read(info, NULL, &o->values[id], error);
  }
  words->cluster = NULL;
  if (!text && words->place < words->argc)
    text = words->argv[words->place++];
  if (!text) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--%s needs a value: --%s %s", info->name,
                info->name, info->argument);
    return FALSE;
  }
  id = divert_format(id, text);
  return option_value_read(option_info((OptionId)id), text, &o->values[id], error);
}

static gboolean read_command_line(Options *o, int argc, char *const *argv, GError **error)
{
  Words words = {.argc = argc, .argv = argv, .place = 1};
  Word word;
  gboolean ok = TRUE, named = FALSE;
  while (ok && next_word(&words, &word) != WORD_END) {
    if (word.kind != WORD_OPERAND)
      ok = read_option(o, &words, &word, error);
    else if (o->command != COMMAND_EXPLORE && !named && !words.plain)
      named = TRUE;
    else
      g_ptr_array_add(o->operands, g_strdup(word.text));
    g_free(word.name);
  }
  return ok;
}

/* --- the settings file ----------------------------------------------------------------------- */

static gboolean fail_setting(const SettingLine *line, GError **error)
{
  GPtrArray *names = g_ptr_array_new();
  for (int id = 0; id < N_OPTIONS; id++)
    if (option_info((OptionId)id)->setting)
      g_ptr_array_add(names, (gpointer)option_info((OptionId)id)->name);
  g_ptr_array_add(names, (gpointer) "log");
  g_ptr_array_add(names, NULL);
  const char *closest = text_closest(line->key, (const char *const *)names->pdata);
  char *shown = text_escaped(line->key, -1, 60);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s:%u: unknown setting \"%s\"%s%s%s",
              line->origin, line->line, shown, closest ? "; did you mean " : "",
              closest ? closest : "; remove the line, or give it as an option", closest ? "?" : "");
  g_free(shown);
  g_ptr_array_free(names, TRUE);
  return FALSE;
}

static char *expand_home(const char *path)
{
  return g_str_has_prefix(path, "~/") ? g_build_filename(g_get_home_dir(), path + 2, NULL)
                                      : g_strdup(path);
}

/* One line of the file. An option that the command line gave (`fixed`) stays as it is, but the
 * line must still make sense. */
static gboolean read_setting(Options *o, const SettingLine *line, const gboolean *fixed,
                             GError **error)
{
  if (strcmp(line->key, "log") == 0) {
    g_ptr_array_add(o->logs, expand_home(line->value));
    return TRUE;
  }
  int id = -1;
  for (int i = 0; i < N_OPTIONS && id < 0; i++)
    if (option_info((OptionId)i)->setting && strcmp(option_info((OptionId)i)->name, line->key) == 0)
      id = i;
  if (id < 0)
    return fail_setting(line, error);
  const OptionInfo *info = option_info((OptionId)id);
  char *text = info->type == OPTION_FILE ? expand_home(line->value) : g_strdup(line->value);
  GError *problem = NULL;
  OptionValue unused = {.given = FALSE};
  OptionValue *value = fixed[id] ? &unused : &o->values[id];
  gboolean ok = option_value_read(info, text, value, &problem);
  value->setting = TRUE;
  option_value_clear(&unused);
  if (!ok) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s:%u: %s", line->origin, line->line,
                problem->message);
    g_error_free(problem);
  }
  g_free(text);
  return ok;
}

static gboolean read_settings(Options *o, const char *file, GError **error)
{
  if (!file)
    return TRUE;
  GPtrArray *lines = assets_lines("", file, error); /* an absent file has no lines */
  if (!lines)
    return FALSE;
  gboolean ok = TRUE, fixed[N_OPTIONS];
  for (int id = 0; id < N_OPTIONS; id++)
    fixed[id] = o->values[id].given;
  for (guint i = 0; ok && i < lines->len; i++)
    ok = read_setting(o, g_ptr_array_index(lines, i), fixed, error);
  g_ptr_array_unref(lines);
  return ok;
}

/* --- together -------------------------------------------------------------------------------- */

char *option_fallback(CommandId command, OptionId id)
{
  const char *formats = subcommand_info(command)->formats;
  if (id == OPT_FORMAT && formats)
    return g_strndup(formats, strcspn(formats, ","));
  return g_strdup(option_info(id)->fallback);
}

static void fill_defaults(Options *o)
{
  for (int id = 0; id < N_OPTIONS; id++) {
    const OptionInfo *info = option_info((OptionId)id);
    char *fallback = option_fallback(o->command, (OptionId)id);
    if (fallback)
      option_value_read(info, fallback, &o->values[id], NULL);
    else if (info->type == OPTION_TIME)
      o->values[id].number = CIVIL_NONE;
    g_free(fallback);
    o->values[id].given = FALSE;
  }
}

static gboolean check_format(const Options *o, GError **error)
{
  const char *formats = subcommand_info(o->command)->formats;
  if (!formats || !option_given(o, OPT_FORMAT))
    return TRUE;
  char **list = g_strsplit(formats, ",", -1);
  gboolean ok = g_strv_contains((const char *const *)list,
                                option_info(OPT_FORMAT)->words[option_number(o, OPT_FORMAT)]);
  if (!ok)
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "--format: %s cannot write %s, only %s",
                command_text(o->command), option_text(o, OPT_FORMAT), formats);
  g_strfreev(list);
  return ok;
}

Options *options_parse(int argc, char *const *argv, const char *settings_file, GError **error)
{
  Options *o = g_new0(Options, 1);
  o->operands = g_ptr_array_new_with_free_func(g_free);
  o->logs = g_ptr_array_new_with_free_func(g_free);
  o->command = find_command(argc, argv);
  fill_defaults(o);
  gboolean ok = read_command_line(o, argc, argv, error);
  /* Help must be there for whoever has to mend a settings file. */
  if (ok && !option_flag(o, OPT_HELP) && !option_flag(o, OPT_VERSION))
    ok = check_format(o, error) && read_settings(o, settings_file, error);
  if (ok)
    return o;
  options_free(o);
  return NULL;
}

void options_free(Options *o)
{
  if (!o)
    return;
  for (int id = 0; id < N_OPTIONS; id++)
    option_value_clear(&o->values[id]);
  g_ptr_array_free(o->operands, TRUE);
  g_ptr_array_free(o->logs, TRUE);
  g_free(o);
}

gboolean option_given(const Options *o, OptionId id)
{
  return o->values[id].given;
}

gboolean option_on_command_line(const Options *o, OptionId id)
{
  return o->values[id].given && !o->values[id].setting;
}

gboolean option_flag(const Options *o, OptionId id)
{
  return o->values[id].number != 0;
}

const char *option_text(const Options *o, OptionId id)
{
  return o->values[id].text;
}

gint64 option_number(const Options *o, OptionId id)
{
  return o->values[id].number;
}

double option_real(const Options *o, OptionId id)
{
  return o->values[id].real;
}
