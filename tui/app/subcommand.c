/* Subcommands: the table. A new one is a row here, a value in CommandId, and its bit at the
 * options it takes. */
#include "tui/app/subcommand.h"

#include <string.h>

#include "tui/app/cli_commands.h"

#define FILES   "[LOG [COHORTS]]"
#define RESULTS "table,csv,json,jsonl,md"
#define ABOUT_LOG                                                                                  \
  " LOG is one file or more (merged), or - for standard input: raw text, CSV or TSV with a "       \
  "header, "                                                                                       \
  "or a web server log; plain, gz, zst, xz or zip; or a database, mysql://USER@HOST/DATABASE. A "  \
  "file with start and end dates and no times is the cohort table. Without LOG: the one in the "   \
  "settings file, else a sample."

static void help_explorer(GString *out)
{
  option_help_paragraph(out, "Settings: $XDG_CONFIG_HOME/cohortscope/config holds lines of `option "
                             "= value`; lines of `log = FILE` name the log to open when none is "
                             "named.");
  option_help_paragraph(
      out, "Exit codes: 0 fine, 1 usage, 2 input not readable (or only in part) or "
           "output not written, 3 too many rejected rows, 4 findings with --fail-on, 130 "
           "interrupted.");
}

static const Subcommand table[N_COMMANDS] = {
    [COMMAND_EXPLORE] = {NULL, FILES, "the explorer",
                         "Explore the access log of a learning platform in the terminal." ABOUT_LOG,
                         NULL, NULL, help_explorer},
    [COMMAND_RANK] = {"rank", FILES, "Rows grouped by one dimension, with measures.",
                      "Group the rows of a scope by one dimension and count them. Every key with "
                      "hits is listed, the missing one too." ABOUT_LOG,
                      RESULTS, cli_rank, cli_rank_help},
    [COMMAND_SERIES] =
        {"series", FILES, "Counts over time, a line per key if asked.",
         "Count the rows of a scope over time. A step without hits is a 0." ABOUT_LOG, RESULTS,
         cli_series, cli_series_help},
    [COMMAND_MATRIX] = {"matrix", FILES, "Two dimensions crossed.",
                        "Cross two dimensions. For people a grid; csv, json and jsonl have a line "
                        "per cell: row, column, value. There, cells without hits are left out for "
                        "hits, users and share, and listed for lift and residual." ABOUT_LOG,
                        RESULTS, cli_matrix, cli_matrix_help},
    [COMMAND_TIMELINE] = {"timeline", FILES, "Sessions and rows of one user or address.",
                          "List the sessions of one user (or of one address) with their rows and "
                          "the gaps between them." ABOUT_LOG,
                          RESULTS, cli_timeline, cli_rows_help},
    [COMMAND_ROWS] = {"rows", FILES, "The rows of a scope, in order.",
                      "Write the rows of a scope, with lesson, cohort, program and phase filled "
                      "in." ABOUT_LOG,
                      RESULTS, cli_rows, cli_rows_help},
    [COMMAND_FLAGS] = {"flags", FILES, "What is worth a look, most urgent first.",
                       "Run the rules over a log and list what they found, the highest score "
                       "first. A flag is a reason to look, not a proof. With --scope, flags with "
                       "evidence among its rows." ABOUT_LOG,
                       RESULTS, cli_flags, cli_flags_help},
    [COMMAND_REPORT] = {"report", FILES, "The eight questions answered, for people or programs.",
                        "Answer the eight questions about a log: findings in sentences, tables, "
                        "and what was looked at. md is Markdown, html one file that needs nothing "
                        "else, json for programs." ABOUT_LOG,
                        "md,html,json", cli_report, cli_report_help},
    [COMMAND_SLIDE] =
        {"slide", FILES, "One slide for a presentation, with what matters most.",
         "Write one slide in the form of PowerPoint (.pptx), to be dropped into a "
         "presentation: a message, at most six findings, a table of the programs, and "
         "where the numbers are from." ABOUT_LOG,
         NULL, cli_slide, cli_slide_help},
    [COMMAND_CHECK] =
        {"check", FILES, "What was read, what was rejected and why.",
         "Read a log and tell what was found in it: files, forms and columns, counts, "
         "and every kind of line that could not be read." ABOUT_LOG,
         "table,json", cli_check, NULL},
};

const Subcommand *subcommand_info(CommandId c)
{
  return &table[c];
}

gboolean subcommand_parse(const char *name, CommandId *ret)
{
  for (int c = 0; c < N_COMMANDS; c++) {
    if (table[c].name && strcmp(table[c].name, name) == 0) {
      *ret = (CommandId)c;
      return TRUE;
    }
  }
  return FALSE;
}
