/* cohortscope(5): settings files, saved things. */
#include "tui/docs/docs.h"

#include <string.h>

#include "core/base/assets.h"
#include "core/casebook/casebook.h"
#include "core/flags/rule.h"
#include "tui/docs/roff.h"
#include "tui/draw/key.h"
#include "tui/views/view.h"

/* --- settings -------------------------------------------------------------------------------- */

static void write_config(GString *out)
{
  roff_subsection(out, "config");
  roff_paragraph(out, "Lines of `option = value`; `#` begins a comment. The command line wins "
                      "over this file. `log = FILE`, once or more, names what is opened when no "
                      "log is named. The options that may stand here:");
  for (int id = 0; id < N_OPTIONS; id++) {
    const OptionInfo *info = option_info((OptionId)id);
    if (!info->setting)
      continue;
    GString *text = g_string_new(info->help);
    if (info->fallback)
      g_string_append_printf(text, " Default: %s.", info->fallback);
    char *name = g_strconcat(info->name, " =", NULL);
    roff_named(out, name, info->argument ? info->argument : "yes | no", text->str);
    g_free(name);
    g_string_free(text, TRUE);
  }
}

/* The comment at the head of a settings file, without its marks: it is the manual of the file. */
static char *head_comment(const char *name)
{
  GBytes *bytes = assets_get(name);
  GString *out = g_string_new(NULL);
  if (bytes) {
    gsize len;
    const char *data = g_bytes_get_data(bytes, &len);
    char *text = g_strndup(data, len);
    char **lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] && lines[i][0] == '#'; i++)
      g_string_append_printf(out, "%s\n", lines[i][1] == ' ' ? lines[i] + 2 : lines[i] + 1);
    g_strfreev(lines);
    g_free(text);
    g_bytes_unref(bytes);
  }
  return g_string_free(out, FALSE);
}

static void write_commented(GString *out, const char *name)
{
  char *head = head_comment(name);
  roff_subsection(out, name);
  roff_lines(out, head);
  g_free(head);
}

static void write_keys(GString *out)
{
  write_commented(out, "keys.conf");
  GString *names = g_string_new("Places:");
  for (int v = 0; v < N_VIEWS; v++)
    if (view_get((ViewId)v))
      g_string_append_printf(names, " %s", view_get((ViewId)v)->name);
  g_string_append(names, " panes all. A key is a character, `Space`, `C-` with a letter, or one "
                         "of");
  for (Key k = K_FIRST_NAMED; k < K_AFTER_NAMED; k++) {
    char *label = key_label(k);
    g_string_append_printf(names, " %s", label);
    g_free(label);
  }
  g_string_append(names, ". The commands are in cohortscope(1).");
  roff_paragraph(out, names->str);
  g_string_free(names, TRUE);
}

static void write_rule(GString *out, const Rule *rule)
{
  GString *text = g_string_new(rule->question);
  g_string_append_printf(text, " %s (For %s, version %u.)", rule->help,
                         audience_name(rule->audience), rule->version);
  roff_named(out, rule->name, "= on | off", text->str);
  for (guint i = 0; i < rule->n_parameters; i++) {
    const RuleParameter *p = &rule->parameters[i];
    char value[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(value, sizeof value, "%g", p->value);
    g_string_printf(text, "`%s.%s = %s` %s: %s", rule->name, p->name, value, p->unit, p->help);
    if (i == 0)
      roff_more(out, text->str);
    else {
      g_string_append(out, ".br\n");
      char *escaped = roff_escape(text->str);
      g_string_append_printf(out, "%s\n", escaped);
      g_free(escaped);
    }
  }
  g_string_free(text, TRUE);
}

static void write_rules(GString *out)
{
  write_commented(out, "rules.conf");
  for (int r = 0; r < N_RULES; r++)
    write_rule(out, rule_get((RuleId)r));
}

static void write_settings(GString *out)
{
  static const char *const files[] = {"programs.conf",     "staff.conf",
                                      "lesson-kinds.conf", "lesson-aliases.conf",
                                      "lesson-homes.conf", "agents.conf"};
  roff_section(out, "Settings");
  roff_paragraph(out, "Text files in $XDG_CONFIG_HOME/cohortscope/ (~/.config/cohortscope/ when "
                      "that is not set). None is needed: the program holds defaults, and a line "
                      "in a file of the same name adds to them or wins over them. A line that "
                      "cannot be understood stops the program with the file and the line.");
  write_config(out);
  write_keys(out);
  write_rules(out);
  for (guint i = 0; i < G_N_ELEMENTS(files); i++)
    write_commented(out, files[i]);
}

/* --- saved things ---------------------------------------------------------------------------- */

static void write_saved(GString *out)
{
  roff_section(out, "Saved things");
  roff_paragraph(out, "In $XDG_STATE_HOME/cohortscope/ (~/.local/state/cohortscope/ when that is "
                      "not set), readable by their owner alone. Removing the folder forgets them.");
  roff_named(
      out, "FINGERPRINT/" CASEBOOK_FILE, NULL,
      "Notes, statuses of flags, exceptions, watched people, marks and cases, with who wrote "
      "them and when. The folder is named after the content of the log, so they are found "
      "again when the file has another name.");
  roff_named(out, "FINGERPRINT/session", NULL, "Where one was. `--fresh` starts without it.");
  roff_named(
      out, "pseudonyms/", NULL,
      "The key of the pseudonyms of a log. Without it the same users get other pseudonyms in "
      "the next export.");
  roff_section(out, "See also");
  roff_paragraph(out, "`cohortscope`(1)");
}

void docs_man_files(GString *out)
{
  roff_title(out, "cohortscope", "5", "logs, settings and saved things of cohortscope");
  roff_section(out, "Description");
  roff_paragraph(out, "What cohortscope(1) reads and keeps: the forms of a log, the text files "
                      "that change how it is read and shown, and what the explorer saves.");
  docs_man_logs(out);
  write_settings(out);
  write_saved(out);
}
