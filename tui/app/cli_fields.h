/* Fields of a row: the columns of `rows` and of the rows in `timeline`. One table. */
#ifndef TUI_APP_CLI_FIELDS_H
#define TUI_APP_CLI_FIELDS_H

#include "tui/app/cli.h"

/* What fields read from. */
typedef struct {
  const Dataset *ds;
  char **lessons; /* id of each catalog entry, as `rank --by lesson` has it */
} RowSource;

typedef struct {
  const char *name, *title;
  CellType type;
  ColumnRole role;
  Cell (*get)(const RowSource *source, guint32 row); /* borrows from the source */
  const char *definition;
} RowField;

typedef struct {
  GPtrArray *list; /* of const RowField*; NULL until they are chosen */
  RowSource source;
} RowFields;

/* The fields that --fields names, else `usual`, else (NULL) those that the log has: chosen by
 * cli_fields_bind. FALSE with CORE_ERROR_USAGE for an unknown name. */
gboolean cli_fields_parse(const Options *o, const char *usual, RowFields *ret, GError **error);
/* Makes them ready to read from a dataset. */
void cli_fields_bind(RowFields *f, const Dataset *ds);
void cli_fields_clear(RowFields *f);
/* A table without rows that holds their columns. */
Table *cli_fields_columns(const RowFields *f);
void cli_fields_fill(const RowFields *f, guint32 row, Cell *cells);
/* Name of field `i`, NULL after the last. */
const char *cli_field_name(guint i);
void cli_fields_help(GString *out);

#endif
