/* Small .mmdb files for tests. */
#ifndef TESTS_FLAGS_MMDB_H
#define TESTS_FLAGS_MMDB_H

#include <glib.h>

/* Writes a file from lines "NETWORK|country=...|city=...|asn=...|org=..." (NULL-terminated) in the
 * folder for temporary files. NULL, after a visible line, where such files cannot be written or
 * read here. To be removed and freed by mmdb_remove. */
char *mmdb_make(const char *const *lines);
void mmdb_remove(char *file);
/* A file that puts all addresses of the sample into one country, but for the range of a traveller.
 */
char *mmdb_of_sample(void);

#endif
