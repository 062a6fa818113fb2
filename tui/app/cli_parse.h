/* What several subcommands read from their options, and the columns they share. */
#ifndef TUI_APP_CLI_PARSE_H
#define TUI_APP_CLI_PARSE_H

#include "tui/app/cli.h"

/* The dimension that an option names. FALSE with CORE_ERROR_USAGE that lists them, or when the
 * option has no value. */
gboolean cli_parse_dimension(const Options *o, OptionId id, Dimension *ret, GError **error);
/* The measures that --measure names, or those of `fallback`, appended to `ret` (Measure). FALSE
 * with CORE_ERROR_USAGE for an unknown one, one named twice, or one outside `allowed`
 * (MEASURE_BIT()s; `what` says for what). */
gboolean cli_parse_measures(const Options *o, const char *fallback, guint allowed, const char *what,
                            GArray *ret, GError **error);

/* The columns that identify a key: its id, named after the dimension, then the name of a program
 * or cohort; with `kind` also the kind of a lesson or path. Returns how many were added. */
guint cli_add_key_columns(Table *t, Dimension d, gboolean kind);
/* The same columns under another name than that of the dimension ("row"). */
guint cli_add_key_columns_as(Table *t, Dimension d, gboolean kind, const char *name);
/* Fills them for one key. Texts are put into `owned`, which the caller clears after use. */
void cli_key_cells(const CliRun *run, Dimension d, guint32 key, gboolean kind, Cell *cells,
                   GPtrArray *owned);

/* Head of a grid column that stands for one key: its label; the pseudonym of a user or address
 * when those are asked for. Safe text, free with g_free. */
char *cli_key_title(const CliRun *run, Dimension d, guint32 key);

/* The column of a measure, and a value in it. */
void cli_add_measure_column(Table *t, Measure m);
Cell cli_measure_cell(const RankRow *row, Measure m);

/* For the help: every dimension, every measure among `allowed`. */
void cli_help_dimensions(GString *out);
void cli_help_measures(GString *out, guint allowed);

#endif
