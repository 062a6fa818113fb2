/* `report`: the answers to the questions, for people or programs. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/report.h"
#include "tui/app/cli.h"
#include "tui/app/cli_answers.h"
#include "tui/app/cli_commands.h"

typedef struct {
  ReportFormat format;
  guint table_rows;
} ReportAsk;

static gboolean take_question(CliAnswers *c, const char *word, GError **error)
{
  guint64 n;
  if (g_ascii_string_to_unsigned(word, 10, 1, N_QUESTIONS, &n, NULL)) {
    c->wanted[n] = TRUE;
    return TRUE;
  }
  char *shown = text_escaped(word, -1, 60);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "--question: \"%s\" is no question; numbers from 1 to %d are "
              "(`cohortscope report --help` lists them)",
              shown, N_QUESTIONS);
  g_free(shown);
  return FALSE;
}

static gboolean read_ask(const Options *o, CliAnswers *c, ReportAsk *ask, GError **error)
{
  const char *questions = option_text(o, OPT_QUESTION);
  *ask = (ReportAsk){.table_rows = REPORT_TABLE_ROWS};
  report_format_parse(option_info(OPT_FORMAT)->words[option_number(o, OPT_FORMAT)], &ask->format);
  if (option_given(o, OPT_LIMIT))
    ask->table_rows = (guint)option_number(o, OPT_LIMIT);
  if (!questions)
    cli_answers_want_all(c);
  char **words = g_strsplit(questions ? questions : "", ",", -1);
  gboolean ok = TRUE;
  for (guint i = 0; ok && words[i]; i++)
    ok = take_question(c, g_strstrip(words[i]), error);
  g_strfreev(words);
  return ok;
}

int cli_report(const Options *o)
{
  CliRun run = {.options = o};
  CliAnswers answers;
  ReportAsk ask;
  GError *error = NULL;
  gint64 start = g_get_monotonic_time();
  cli_answers_init(&answers, &run, o);
  if (read_ask(o, &answers, &ask, &error) && cli_rule_settings(&run, &answers.rules, &error) &&
      cli_begin(&run, o, &error)) {
    cli_tell_time(&run, "reading", g_get_monotonic_time() - start);
    if (cli_answers_make(&answers, &error)) {
      gint64 made = g_get_monotonic_time();
      Report report = cli_answers_report(&answers);
      report.table_rows = ask.table_rows;
      report_write(&report, ask.format, run.sink);
      cli_tell_time(&run, "writing", g_get_monotonic_time() - made);
    }
    cli_tell_time(&run, "all of it", g_get_monotonic_time() - start);
  }
  cli_answers_clear(&answers);
  return cli_end(&run, error);
}

void cli_report_help(GString *out)
{
  option_help_paragraph(out, "Questions:");
  for (guint i = 1; i <= N_QUESTIONS; i++) {
    char *number = g_strdup_printf("%u", i);
    option_help_entry(out, number, answer_title(i));
    g_free(number);
  }
}
