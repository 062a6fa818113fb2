/* Export tables: what is on the screen, in scope or marked, as something that can be written. */
#ifndef TUI_APP_EXPORT_TABLE_H
#define TUI_APP_EXPORT_TABLE_H

#include "core/report/write.h"
#include "tui/model/state.h"

/* The list of a pane: every row listed, or those marked alone; every column that was measured.
 * Free with table_free. */
Table *export_pane(const State *s, const Pane *p, gboolean marked);
/* How many rows of the pane are marked. */
guint export_count_marked(const State *s, const Pane *p);
/* The text that `copy-table` gives, as a table; NULL when the view has none. */
Table *export_view(State *s);
/* The rows of the log that are marked, ascending; of guint32. Free with g_array_unref. */
GArray *export_marked_rows(const State *s);

/* Rows of the log with their canonical columns, one after another. `rows` NULL: those of the
 * selection. Returns how many were written. */
guint32 export_rows(const State *s, const Selection *sel, const GArray *rows, const WriteOptions *o,
                    Sink *sink);
/* The same as a table, for formats that need all of it at once. */
Table *export_rows_table(const State *s, const Selection *sel, const GArray *rows);
/* A page with one table. */
void export_html(const Table *t, const char *title, const char *about, Pseudonyms *p, Sink *sink);

#endif
