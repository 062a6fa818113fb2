/* Places: what kind of network an address belongs to, found from the data and never hard-coded.
 *
 * Site address: used by >= 25 % of a day's active users and by >= 10 of them, on 20 days or more
 * (regular) or on fewer (occasional): the school's own networks.
 *
 * Carrier block: a network with >= 10 users, >= 2 addresses a user, and a median of <= 5 hits for a
 * (user, address) pair: mobile networks that rotate. Also, half of its hits must come from pairs
 * of <= 20 hits: where people live there are addresses that somebody keeps. The largest block that
 * passes counts, from /16 down to /24: in a log whose addresses were replaced, a /16 may mix what
 * were many networks. IPv4 only (an IPv6 network gives each subscriber a /48 or so of its own).
 *
 * Private block: the /24 (IPv6: /48) of any other address, as long as its addresses look like one
 * household or provider line: when a /24 has >= 4 users who hardly ever use two of its addresses
 * (< 1.5 a user), they are strangers with neighbouring numbers, and each address stands alone. */
#ifndef CORE_FLAGS_PLACES_H
#define CORE_FLAGS_PLACES_H

#include "core/query/dataset.h"

typedef enum { PLACE_PRIVATE, PLACE_SITE_REGULAR, PLACE_SITE_OCCASIONAL, PLACE_CARRIER } PlaceKind;

typedef struct {
  guint32 ip;
  PlaceKind kind;       /* PLACE_SITE_REGULAR or PLACE_SITE_OCCASIONAL */
  guint32 days;         /* on which it passes the test */
  CivilDay first, last; /* of these days */
  guint32 hits, users;  /* over the whole log */
} SiteAddress;

typedef struct {
  IpBlock block;
  guint32 users, ips, hits;
  double median_hits; /* of a (user, address) pair */
} CarrierBlock;

typedef struct {
  guint n_sites;
  SiteAddress *sites; /* most hits first */
  guint n_carriers;
  CarrierBlock *carriers;
  guint32 n_ips;
  guint8 *kind_of_ip;   /* PlaceKind per address id */
  guint32 *block_of_ip; /* number of its block: a site address alone, a carrier /16, or a private
                           block; addresses of one block share a number. Id 0 (no address) has
                           block 0 */
  guint32 n_blocks;
  guint32 *ip_of_block;    /* one address of each block, for its text */
  guint8 *prefix_of_block; /* bits; 255: the single address */
  guint32 *users_of_ip;    /* distinct users of each address, over the whole log */
} Places;

Places *places_new(const Dataset *ds);
void places_free(Places *p);
/* Text of a block: "198.51.100.0/24", or the address itself; free with g_free. */
char *places_block_text(const Places *p, const Dataset *ds, guint32 block);

#endif
