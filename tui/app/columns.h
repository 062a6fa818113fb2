/* Columns named on a command line. */
#ifndef TUI_APP_COLUMNS_H
#define TUI_APP_COLUMNS_H

#include "tui/app/app.h"

/* The column that the first argument names (`+` or `-` in front is passed over), else the one under
 * the cursor. FALSE with CORE_ERROR_USAGE that lists those of the pane. */
gboolean column_argument(Pane *p, int argc, char **argv, ColumnId *ret, GError **error);

#endif
