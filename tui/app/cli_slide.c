/* `slide`: the answers to the questions on one slide of a presentation. */
#include "config.h"

#include <unistd.h>

#include "core/base/error.h"
#include "core/report/slide.h"
#include "tui/app/cli.h"
#include "tui/app/cli_answers.h"
#include "tui/app/cli_commands.h"

/* A presentation is of no use on a screen. */
static gboolean has_place(const Options *o, GError **error)
{
  if (option_text(o, OPT_OUTPUT) || !isatty(STDOUT_FILENO))
    return TRUE;
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "a slide is a file for a presentation and not for a terminal: name it with "
                      "--output FILE.pptx, or send it through a pipe with --output -");
  return FALSE;
}

int cli_slide(const Options *o)
{
  CliRun run = {.options = o};
  CliAnswers answers;
  GError *error = NULL;
  gint64 start = g_get_monotonic_time();
  cli_answers_init(&answers, &run, o);
  cli_answers_want_all(&answers);
  if (has_place(o, &error) && cli_rule_settings(&run, &answers.rules, &error) &&
      cli_begin(&run, o, &error)) {
    cli_tell_time(&run, "reading", g_get_monotonic_time() - start);
    if (cli_answers_make(&answers, &error)) {
      Report report = cli_answers_report(&answers);
      slide_write(&report, run.sink, &error);
    }
    cli_tell_time(&run, "all of it", g_get_monotonic_time() - start);
  }
  cli_answers_clear(&answers);
  return cli_end(&run, error);
}

void cli_slide_help(GString *out)
{
  option_help_paragraph(
      out, "The slide is 16:9, with text, shapes and a table that can be changed in Google Slides, "
           "PowerPoint and LibreOffice Impress. It names cohorts and lessons, and no user or "
           "address. Definitions, what was left out, and caveats stand in the notes for the "
           "speaker. The same log gives the same file.");
}
