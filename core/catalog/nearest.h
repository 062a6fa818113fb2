/* The lesson that a stray name was most likely meant to be. */
#ifndef CORE_CATALOG_NEAREST_H
#define CORE_CATALOG_NEAREST_H

#include <glib.h>

typedef struct NearestIndex NearestIndex;

#define NEAREST_NONE G_MAXUINT32

/* Names to choose from, with a weight each (hits) that decides between equals. The strings must
 * outlive the index. */
NearestIndex *nearest_index_new(const char *const *names, const guint32 *weights, guint32 n);
void nearest_index_free(NearestIndex *index);
/* Place in `names` of the first of these that there is, or NEAREST_NONE:
 *   a name at most two edits away; a name that ends in "/" and the stray (segments left out in
 *   front), or begins and ends with its first and last segment (segments left out between); the
 *   name fewest edits away, at most 5 and at most 1 + a quarter of the stray's length; the longest
 *   name that the stray continues ("x/y" of "x/y/z").
 * Edits: Levenshtein (1966), bytes, by the bit-parallel method of Myers (J. ACM 46, 1999) in the
 * form of Hyyro (2003); not tried for a stray over 64 bytes. All calls together make a bounded
 * number of comparisons; beyond it edits are not tried either. */
guint32 nearest_find(NearestIndex *index, const char *stray);

#endif
