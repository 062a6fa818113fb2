/* Geography: country, city and network of addresses, from the user's own .mmdb file.
 *
 * Optional twice over: the program may be built without libmaxminddb, and without a file nothing is
 * known. Every address of the log is looked up once; the file is closed again. Databases of
 * countries, cities and networks (AS) in the layouts of MaxMind, DB-IP and IPinfo are understood;
 * what a file does not have stays unknown. */
#ifndef CORE_FLAGS_GEO_H
#define CORE_FLAGS_GEO_H

#include "core/base/strpool.h"
#include "core/log/ip.h"

#define GEO_UNKNOWN 0

/* Places in `names`. */
typedef struct {
  guint32 country, city, network;
} GeoPlace;

typedef struct {
  StrPool *names; /* safe text; GEO_UNKNOWN is "" */
  guint32 n_ips;
  GeoPlace *place_of_ip;
  guint32 n_countries, n_networks; /* addresses of which that is known */
  char *type;                      /* what the file says it is, such as "GeoLite2-City"; safe */
} Geo;

/* NULL with CORE_ERROR_INPUT for a file that cannot be read or is damaged, with CORE_ERROR_USAGE
 * when the program was built without libmaxminddb. */
Geo *geo_new(const char *file, const IpTable *ips, GError **error);
void geo_free(Geo *g);
const char *geo_name(const Geo *g, guint32 name);
/* "Germany, Berlin, AS64500 Example": what is known of an address; "" when nothing is, as of one
 * that has come since. Free with g_free. */
char *geo_text(const Geo *g, guint32 ip);

#endif
