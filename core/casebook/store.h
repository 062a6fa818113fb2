/* Store: the files of a data set in the state folder. Private to their owner, written as a whole
 * or not at all.
 *
 * The folder is 0700 and its files are 0600: they name people and say what is thought of them. */
#ifndef CORE_CASEBOOK_STORE_H
#define CORE_CASEBOOK_STORE_H

#include <glib.h>

#define STORE_MAX_BYTES (64u << 20) /* of one file */

/* Makes the folder and those above it that are missing. FALSE with CORE_ERROR_OUTPUT. */
gboolean store_make_folder(const char *folder, GError **error);

typedef enum { STORE_READ, STORE_ABSENT, STORE_FAILED } StoreResult;

/* The whole file, with a NUL behind its end. STORE_FAILED with CORE_ERROR_INPUT (not readable, not
 * a file) or CORE_ERROR_LIMIT. Outputs are set for STORE_READ only; free *ret_text with g_free. */
StoreResult store_load(const char *path, char **ret_text, gsize *ret_len, GError **error);
/* Writes beside `path`, flushes to the disk, renames. FALSE with CORE_ERROR_OUTPUT; then the file
 * is what it was. The folder must exist; what is no ordinary file (a device, a pipe) is refused.
 * What a program that was killed has left beside it goes: after a minute, or after a day when its
 * number is that of another program now. */
gboolean store_save(const char *path, const char *text, gsize len, GError **error);
/* Renames a file that cannot be used to the first free of `path.damaged`, `path.damaged-2`, ...
 * Returns the new name (free with g_free), or NULL with CORE_ERROR_OUTPUT. */
char *store_move_aside(const char *path, GError **error);

/* Which file is at a path now; compares equal as long as nobody has written it anew. */
typedef struct {
  guint64 device, inode, size;
  gint64 seconds, nanoseconds; /* of the last write */
  gboolean exists;
} StoreStamp;

StoreStamp store_stamp(const char *path);
gboolean store_stamp_equal(const StoreStamp *a, const StoreStamp *b);

/* Waits at most `timeout_ms` until no other program holds the lock `path`, and takes it. Returns a
 * descriptor for store_unlock, or -1 with CORE_ERROR_OUTPUT. A program that dies lets go. */
int store_lock(const char *path, guint timeout_ms, GError **error);
void store_unlock(int fd);

#endif
