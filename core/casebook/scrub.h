/* Scrubbing: names of users and addresses in words that people have typed, replaced by pseudonyms.
 *
 * An address is found wherever it stands. So is a user id with a letter in it; a plain number is
 * taken for a user only behind such a word as "user" (and in a list that goes on from there), or
 * when it is one of the users whom the text is known to be about: "40 pages" stays 40 pages. Names
 * of persons cannot be known. */
#ifndef CORE_CASEBOOK_SCRUB_H
#define CORE_CASEBOOK_SCRUB_H

#include "core/query/dataset.h"
#include "core/report/pseudonym.h"

/* `users`: set of user ids + 1 (GUINT_TO_POINTER) whom it is about, or NULL. `p` NULL: only made
 * safe. Free with g_free. */
char *scrub_text(const char *text, const Dataset *ds, GHashTable *users, Pseudonyms *p);

#endif
