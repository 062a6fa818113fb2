/* Digests: SHA-256 of inputs, so that a report says exactly which files it speaks of. */
#ifndef CORE_REPORT_DIGEST_H
#define CORE_REPORT_DIGEST_H

#include <glib.h>

/* Hexadecimal digits of what lies at `path`, as stored (packed files are not unpacked); free with
 * g_free. NULL for what is no ordinary file, as a pipe can be read only once, and for what cannot
 * be read. Any number of threads at a time. */
char *digest_file(const char *path);
char *digest_bytes(GBytes *bytes);

#endif
