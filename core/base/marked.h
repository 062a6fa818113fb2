/* Marked text: sentences in which the names of users and addresses can be told from the words
 * around them, so that an export can put pseudonyms in their place.
 *
 * A name stands between two control characters, which no text that leaves the core may hold. A
 * text of the log that happens to hold such characters does no harm: what stands between them is
 * taken for a name, and a lone one becomes `?` like every other control character. */
#ifndef CORE_BASE_MARKED_H
#define CORE_BASE_MARKED_H

#include "core/base/table.h"

/* Parts of a printf format: "seen at " MARKED_ADDRESS. The name goes in raw. */
#define MARKED_USER    "\001%s\003"
#define MARKED_ADDRESS "\002%s\003"

/* What to write in place of a name; borrowed until the next call. */
typedef const char *(*MarkedName)(gpointer data, ColumnRole role, const char *name);

/* The text without its marks, made safe; `name` NULL keeps the names. Free with g_free. */
char *marked_text(const char *marked, MarkedName name, gpointer data);
/* TRUE when anything in it is marked. */
gboolean marked_has_names(const char *marked);

#endif
