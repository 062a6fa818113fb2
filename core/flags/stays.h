/* Stays: who used which network, how much, and how many people each network has.
 *
 * A stay is one user in one network over the whole log. Networks come in two sizes: a block
 * (core/flags/places.h), in which the addresses of one line may change; and a line, which is one
 * IPv4 address or one IPv6 block: neighbours of one provider are in one block, but not on one line.
 */
#ifndef CORE_FLAGS_STAYS_H
#define CORE_FLAGS_STAYS_H

#include "core/flags/places.h"

/* A network with so many users is a public one, whatever its address: a cafe, a library, housing
 * of the school, a mobile network. */
#define STAYS_PUBLIC_USERS 10

typedef enum { STAYS_BLOCKS, STAYS_LINES } StaysUnit;

typedef struct {
  guint32 user, net;
  guint32 hits, days;
  CivilTime first, last;
} NetStay;

typedef struct {
  guint32 n_nets, n_users, n_stays;
  guint32 *net_of_ip; /* network of each address; that of IP_NONE is 0 */
  guint32 *ip_start;  /* ips[ip_start[n] .. ip_start[n + 1]) are the addresses of network n */
  guint32 *ips;
  guint32 *start;      /* stays[start[n] .. start[n + 1]) are those of network n, by user */
  NetStay *stays;      /* by network */
  guint32 *user_start; /* of_user[user_start[u] .. user_start[u + 1]): places in `stays` */
  guint32 *of_user;
  guint8 *is_private; /* by network: an ordinary private one, see stays_new */
} Stays;

/* A network is private when it is neither a school's nor a carrier's, is no missing address, has
 * fewer than STAYS_PUBLIC_USERS users, and is not one that several people only came by: when two
 * users or more have a median of five hits there or fewer, nobody lives there. */
Stays *stays_new(const Dataset *ds, const Places *places, StaysUnit unit);
void stays_free(Stays *s);
/* Distinct users of a network. */
static inline guint32 stays_users(const Stays *s, guint32 net)
{
  return s->start[net + 1] - s->start[net];
}
/* What its addresses are; of a network all are the same. */
static inline PlaceKind stays_kind(const Stays *s, const Places *places, guint32 net)
{
  return (PlaceKind)places->kind_of_ip[s->ips[s->ip_start[net]]];
}

#endif
