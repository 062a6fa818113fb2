/* The functions behind the subcommands, for the table in subcommand.c. Each returns the exit code
 * of the program. */
#ifndef TUI_APP_CLI_COMMANDS_H
#define TUI_APP_CLI_COMMANDS_H

#include "tui/app/options.h"

int cli_rank(const Options *o);
void cli_rank_help(GString *out);
int cli_series(const Options *o);
void cli_series_help(GString *out);
int cli_matrix(const Options *o);
void cli_matrix_help(GString *out);
int cli_timeline(const Options *o);
int cli_rows(const Options *o);
void cli_rows_help(GString *out);
int cli_flags(const Options *o);
void cli_flags_help(GString *out);
int cli_report(const Options *o);
void cli_report_help(GString *out);
int cli_slide(const Options *o);
void cli_slide_help(GString *out);
int cli_check(const Options *o);

#endif
