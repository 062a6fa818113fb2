/* Command line runs: what the subcommands share.
 *
 * A subcommand reads its own options first (mistakes are told before anything is loaded), calls
 * cli_begin, computes, writes through run->sink, and ends with cli_end, which tells errors and
 * returns the exit code. Results go to standard output or --output; everything else goes to
 * standard error. */
#ifndef TUI_APP_CLI_H
#define TUI_APP_CLI_H

#include "core/flags/flags.h"
#include "core/query/rank.h"
#include "core/report/write.h"
#include "tui/app/open.h"
#include "tui/app/options.h"

typedef enum {
  EXIT_OK = 0,
  EXIT_USAGE = 1,
  EXIT_INPUT = 2, /* in whole or in part; also: the output cannot be written */
  EXIT_REJECTS = 3,
  EXIT_FINDINGS = 4,     /* flags, with --fail-on */
  EXIT_INTERRUPTED = 130 /* Ctrl-C: what was written is partial */
} ExitCode;

/* The exit code for an error of the core. */
int cli_exit_code(const GError *error);
/* `cohortscope: MESSAGE` on standard error. */
void cli_complain(const char *message);

typedef struct {
  const Options *options;
  OpenedLog opened;
  const Dataset *ds; /* of `opened` */
  Scope *scope;
  Selection *sel;
  Study *study;   /* or NULL: cli_begin_study */
  FlagSet *flags; /* or NULL: cli_begin_flags */
  WriteOptions write;
  Sink *sink;
  gboolean people; /* the format is for people: names in place of missing ids, grids */
} CliRun;

/* Opens the output and the log, checks the rejects, selects the rows of --scope. FALSE with an
 * error; cli_end is to be called in either case. */
gboolean cli_begin(CliRun *run, const Options *o, GError **error);
/* The parts of cli_begin, for a subcommand that goes on when the log cannot be read. */
gboolean cli_begin_output(CliRun *run, const Options *o, GError **error);
gboolean cli_begin_pseudonyms(CliRun *run, GError **error);
/* Learns what is known of people, lessons and places, and runs the rules, by the options and the
 * settings files; once a run. FALSE with CORE_ERROR_USAGE or CORE_ERROR_INPUT. cli_begin does it
 * for a scope that speaks of flags. */
gboolean cli_begin_study(CliRun *run, GError **error);
gboolean cli_begin_flags(CliRun *run, GError **error);
/* The thresholds in force: those of the settings files and of --rules. */
gboolean cli_rule_settings(const CliRun *run, RuleSettings *ret, GError **error);
/* Which rows counted: below a `table`, else on standard error unless --quiet. `listed` (NULL or
 * such as "first 10 of 47 cohorts") is added.
 * Called after the result is written. */
void cli_account(CliRun *run, const char *listed);

/* Finishes the output when `error` is NULL, else drops it and tells the error, which is freed.
 * Frees what the run holds. Returns the exit code. */
int cli_end(CliRun *run, GError *error);

/* TableColumn of a table that only holds columns. */
static inline const TableColumn *cli_columns(const Table *t)
{
  return (const TableColumn *)(gconstpointer)t->columns->data;
}

#endif
