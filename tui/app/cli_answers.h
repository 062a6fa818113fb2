/* Answers on the command line: what `report` and `slide` are made of. The questions are worked out
 * side by side, and so are the digests of the files; the one that needs the rules waits for them.
 */
#ifndef TUI_APP_CLI_ANSWERS_H
#define TUI_APP_CLI_ANSWERS_H

#include "core/report/report.h"
#include "tui/app/cli.h"

typedef struct {
  guint number;
  const struct CliAnswers *of;
  const FlagSet *flags; /* or NULL */
  Answer *answer;
  GError *error;
  gint64 microseconds;
} AnswerJob;

typedef struct CliAnswers {
  CliRun *cli;
  gboolean wanted[N_QUESTIONS + 1]; /* by number */
  RuleSettings rules;
  AnswerOptions options;
  AnswerJob jobs[N_QUESTIONS + 1];
  GPtrArray *files;   /* of ReportFile* */
  GPtrArray *answers; /* of Answer*, borrowed from the jobs */
} CliAnswers;

/* Reads the options that questions have; none is wanted yet. Never fails; clear it in any case. */
void cli_answers_init(CliAnswers *c, CliRun *run, const Options *o);
/* All questions that this build answers are wanted. */
void cli_answers_want_all(CliAnswers *c);
/* Everything behind cli_begin. */
gboolean cli_answers_make(CliAnswers *c, GError **error);
/* What was made, as a report; it borrows from both. */
Report cli_answers_report(const CliAnswers *c);
void cli_answers_clear(CliAnswers *c);

/* With --timing: how long a step took. */
void cli_tell_time(const CliRun *run, const char *what, gint64 microseconds);

#endif
