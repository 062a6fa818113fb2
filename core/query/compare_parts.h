/* Parts of a comparison. Private to core/query/compare*.c. */
#ifndef CORE_QUERY_COMPARE_PARTS_H
#define CORE_QUERY_COMPARE_PARTS_H

#include "core/query/compare.h"

/* Fills rows and shared from the two selections; side[].total is known. */
void compare_fill_rows(Comparison *c, const Dataset *ds, Selection *const sel[2]);
/* Fills sessions, pauses and meetings of two users. */
void compare_fill_meetings(Comparison *c, const Dataset *ds, Selection *const sel[2], guint gap);

#endif
