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
 *   a name one edit away; a name that ends in "/" and the stray (the module was left out); the
 *   name fewest edits away, at most 1 + a third of the stray's length; the longest name that the
 *   stray continues ("x/y" of "x/y/z").
 * Edits: Levenshtein (1966), bytes, by the bit-parallel method of Myers (J. ACM 46, 1999) in the
 * form of Hyyro (2003). A stray over 64 bytes is looked up by its beginning only. All calls
 * together make a bounded number of comparisons; beyond it they find only beginnings. */
guint32 nearest_find(NearestIndex *index, const char *stray);

#endif
