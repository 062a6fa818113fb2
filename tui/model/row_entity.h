/* Rows of the log by name: a row as a note or a mark names it, and the rows that such a name is of.
 */
#ifndef TUI_MODEL_ROW_ENTITY_H
#define TUI_MODEL_ROW_ENTITY_H

#include "core/casebook/entity.h"
#include "core/query/dataset.h"

/* The name of a row; free with entity_free. */
Entity *row_entity(const Dataset *ds, guint32 row);
/* Is the row one of those that `e` names? */
gboolean row_is(const Dataset *ds, guint32 row, const Entity *e);
/* The first row from `from` on that `e` names, or -1: equal rows have one name. */
gint64 row_find(const Dataset *ds, const Entity *e, guint32 from);

#endif
