/* String pool: a dictionary of byte strings to dense 32-bit ids.
 *
 * Owns its strings; each distinct string is stored once, followed by a NUL byte that is not part
 * of it. Ids start at 0 in order of first appearance and never change. */
#ifndef CORE_BASE_STRPOOL_H
#define CORE_BASE_STRPOOL_H

#include <glib.h>

typedef struct StrPool StrPool;

#define STRPOOL_NONE G_MAXUINT32

StrPool *strpool_new(void);
void strpool_free(StrPool *pool);
/* A pool with the same strings and ids, without room reserved for growing. */
StrPool *strpool_copy(const StrPool *pool);
/* Lowers the limits below, so that a full pool can be tried out. Strings already in stay. */
void strpool_set_limits(StrPool *pool, guint32 max_strings, guint32 max_bytes);
/* TRUE when every string of `src` is in `pool` or still fits into it. */
gboolean strpool_has_room_for(const StrPool *pool, const StrPool *src);
/* Id of the string, added when new. Returns STRPOOL_NONE, with nothing added, when the pool is
 * full (2^32 - 2 strings or 2^32 - 1 bytes, a NUL each included). `s` may hold any bytes. */
guint32 strpool_intern(StrPool *pool, const char *s, gsize len);
/* Id of the string, or STRPOOL_NONE when it is not in the pool. */
guint32 strpool_find(const StrPool *pool, const char *s, gsize len);
guint32 strpool_count(const StrPool *pool);
/* NUL-terminated bytes owned by the pool, valid until the next strpool_intern on it (the storage
 * may move). `ret_len` may be NULL. */
const char *strpool_get(const StrPool *pool, guint32 id, gsize *ret_len);
/* Bytes of memory held. */
gsize strpool_bytes(const StrPool *pool);
/* Gives back memory that was reserved for growing. */
void strpool_trim(StrPool *pool);

#endif
