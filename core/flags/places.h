/* Places: what kind of network an address belongs to, found from the data and never hard-coded.
 *
 * Site address: used by >= 25 % of a day's active users and by >= 10 of them, on 20 days or more
 * (regular) or on fewer (occasional): the school's own networks. Carrier block: a /16 with >= 10
 * users, >= 2 addresses a user, and a median of <= 5 hits for a (user, address) pair: mobile
 * networks that rotate. Private block: the /24 (IPv6: /48) of any other address. */
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
                           /24 or /48; addresses of one block share a number. Id 0 (no address)
                           has block 0 */
  guint32 n_blocks;
  guint32 *ip_of_block; /* one address of each block, for its text */
} Places;

Places *places_new(const Dataset *ds);
void places_free(Places *p);
/* Text of a block: "198.51.100.0/24", or the address itself; free with g_free. */
char *places_block_text(const Places *p, const Dataset *ds, guint32 block);

#endif
