/* Addresses: a dictionary of IPv4 and IPv6 addresses.
 *
 * Two spellings of one IPv6 address are one entry. A text that is no address (a host name, a
 * pseudonym) is kept as it is: rows are never lost for it. Id 0 is "no address". */
#ifndef CORE_LOG_IP_H
#define CORE_LOG_IP_H

#include <glib.h>

#define IP_NONE 0

typedef enum { IP_MISSING, IP_V4, IP_V6, IP_OPAQUE } IpFamily;

typedef struct IpTable IpTable;

IpTable *ip_table_new(void);
void ip_table_free(IpTable *t);
IpTable *ip_table_copy(const IpTable *t);
/* Lowers the limit of distinct spellings (2^32 - 2), so that a full table can be tried out. */
void ip_table_set_limit(IpTable *t, guint32 max_texts);
/* TRUE when every entry of `src` is in `t` or still fits into it. */
gboolean ip_table_has_room_for(const IpTable *t, const IpTable *src);
/* Adds the entries of `src`, for which there must be room; ret_map[id in src] = id in `t`. */
void ip_table_merge(IpTable *t, const IpTable *src, guint32 *ret_map);
/* Gives back memory that was reserved for growing. */
void ip_table_trim(IpTable *t);
/* Bytes of memory held. */
gsize ip_table_bytes_held(const IpTable *t);
/* Id of the address written in `s`; IP_NONE for an empty text; G_MAXUINT32 when full. */
guint32 ip_table_intern(IpTable *t, const char *s, gsize len);
/* Id, or G_MAXUINT32 when it is not in the table. */
guint32 ip_table_find(const IpTable *t, const char *s, gsize len);
guint32 ip_table_count(const IpTable *t);
/* Canonical text (RFC 5952 for IPv6); "" for IP_NONE. Owned by the table, valid until the next
 * intern. */
const char *ip_table_text(const IpTable *t, guint32 id);
IpFamily ip_table_family(const IpTable *t, guint32 id);
/* The 16 bytes of the address (IPv4 in the first four); NULL when it is no address. */
const guint8 *ip_table_bytes(const IpTable *t, guint32 id);

/* A block of addresses, `198.51.100.0/24`. */
typedef struct {
  IpFamily family;
  guint8 bytes[16];
  guint8 prefix; /* in bits */
} IpBlock;

/* Parses an address or a block; bits behind the prefix are cleared. FALSE, *ret untouched, when
 * malformed. */
gboolean ip_block_parse(const char *s, IpBlock *ret);
/* The block of `prefix4` (IPv4) or `prefix6` (IPv6) bits that holds the address. FALSE for an
 * entry that is no address. */
gboolean ip_table_block(const IpTable *t, guint32 id, guint prefix4, guint prefix6, IpBlock *ret);
gboolean ip_block_contains(const IpBlock *block, const IpTable *t, guint32 id);
/* Text of a block, without the prefix when it is a single address; free with g_free. */
char *ip_block_text(const IpBlock *block);
/* Order for display: missing, IPv4 by number, IPv6 by number, the rest by text. */
int ip_table_compare(const IpTable *t, guint32 a, guint32 b);

#endif
