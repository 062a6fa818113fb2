/* Geography: looking up every address once. */
#include "config.h"

#include "core/flags/geo.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <string.h>

#ifdef HAVE_MAXMINDDB
#include <arpa/inet.h>
#include <maxminddb.h>
#include <netinet/in.h>
#endif

#define NAME_MAX_BYTES 200 /* of a name in the file; longer ones are cut */

const char *geo_name(const Geo *g, guint32 name)
{
  return strpool_get(g->names, name, NULL);
}

void geo_free(Geo *g)
{
  if (!g)
    return;
  strpool_free(g->names);
  g_free(g->place_of_ip);
  g_free(g->type);
  g_free(g);
}

char *geo_text(const Geo *g, guint32 ip)
{
  if (ip >= g->n_ips)
    return g_strdup("");
  const GeoPlace *p = &g->place_of_ip[ip];
  const guint32 parts[] = {p->country, p->city, p->network};
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    if (parts[i] != GEO_UNKNOWN)
      g_string_append_printf(out, "%s%s", out->len ? ", " : "", geo_name(g, parts[i]));
  return g_string_free(out, FALSE);
}

#ifdef HAVE_MAXMINDDB

static Geo *geo_empty(guint32 n_ips)
{
  Geo *g = g_new0(Geo, 1);
  g->names = strpool_new();
  strpool_intern(g->names, "", 0);
  g->n_ips = n_ips;
  g->place_of_ip = g_new0(GeoPlace, (gsize)n_ips + 1);
  return g;
}

/* The name as one of the pool; a full pool has no room for it. */
static guint32 intern(Geo *g, const char *s, gsize len)
{
  char *safe = text_safe(s, (gssize)MIN(len, NAME_MAX_BYTES));
  guint32 id = strpool_intern(g->names, safe, strlen(safe));
  g_free(safe);
  return id == STRPOOL_NONE ? GEO_UNKNOWN : id;
}

/* --- one entry of the file -------------------------------------------------------------------- */

/* Where different makers of such files keep the same thing; each path ends with NULL. */
#define PATH_MAX_PARTS 4
typedef const char *Path[PATH_MAX_PARTS];

static const Path country_paths[] = {{"country", "names", "en", NULL},
                                     {"country", "iso_code", NULL},
                                     {"registered_country", "names", "en", NULL},
                                     {"registered_country", "iso_code", NULL},
                                     {"country_name", NULL},
                                     {"country", NULL},
                                     {"country_code", NULL}};
static const Path city_paths[] = {{"city", "names", "en", NULL}, {"city", NULL}};
static const Path organization_paths[] = {
    {"autonomous_system_organization", NULL}, {"as_name", NULL}, {"isp", NULL}, {"org", NULL}};
static const Path number_paths[] = {{"autonomous_system_number", NULL}, {"asn", NULL}};

/* The first of the paths that leads to anything of one of the types. */
static gboolean find_value(MMDB_entry_s *entry, const Path *paths, gsize n, MMDB_entry_data_s *ret)
{
  for (gsize i = 0; i < n; i++)
    if (MMDB_aget_value(entry, ret, paths[i]) == MMDB_SUCCESS && ret->has_data &&
        (ret->type == MMDB_DATA_TYPE_UTF8_STRING || ret->type == MMDB_DATA_TYPE_UINT32))
      return TRUE;
  return FALSE;
}

static guint32 find_name(Geo *g, MMDB_entry_s *entry, const Path *paths, gsize n)
{
  MMDB_entry_data_s data;
  if (!find_value(entry, paths, n, &data) || data.type != MMDB_DATA_TYPE_UTF8_STRING)
    return GEO_UNKNOWN;
  return intern(g, data.utf8_string, data.data_size);
}

/* "AS64500 Example Networks" */
static guint32 find_network(Geo *g, MMDB_entry_s *entry)
{
  MMDB_entry_data_s number, name;
  GString *out = g_string_new(NULL);
  if (find_value(entry, number_paths, G_N_ELEMENTS(number_paths), &number)) {
    if (number.type == MMDB_DATA_TYPE_UINT32)
      g_string_append_printf(out, "AS%u", number.uint32);
    else
      g_string_append_len(out, number.utf8_string, MIN(number.data_size, NAME_MAX_BYTES));
  }
  if (find_value(entry, organization_paths, G_N_ELEMENTS(organization_paths), &name) &&
      name.type == MMDB_DATA_TYPE_UTF8_STRING) {
    if (out->len)
      g_string_append_c(out, ' ');
    g_string_append_len(out, name.utf8_string, MIN(name.data_size, NAME_MAX_BYTES));
  }
  guint32 id = intern(g, out->str, out->len);
  g_string_free(out, TRUE);
  return id;
}

static void read_entry(Geo *g, guint32 ip, MMDB_entry_s *entry)
{
  GeoPlace *p = &g->place_of_ip[ip];
  p->country = find_name(g, entry, country_paths, G_N_ELEMENTS(country_paths));
  p->city = find_name(g, entry, city_paths, G_N_ELEMENTS(city_paths));
  p->network = find_network(g, entry);
  g->n_countries += p->country != GEO_UNKNOWN;
  g->n_networks += p->network != GEO_UNKNOWN;
}

/* --- all addresses ---------------------------------------------------------------------------- */

typedef union {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} SocketAddress;

static gboolean address_of(const IpTable *ips, guint32 ip, SocketAddress *ret)
{
  const guint8 *bytes = ip_table_bytes(ips, ip);
  memset(ret, 0, sizeof *ret);
  if (!bytes)
    return FALSE;
  if (ip_table_family(ips, ip) == IP_V4) {
    ret->v4.sin_family = AF_INET;
    memcpy(&ret->v4.sin_addr, bytes, 4);
  } else {
    ret->v6.sin6_family = AF_INET6;
    memcpy(&ret->v6.sin6_addr, bytes, 16);
  }
  return TRUE;
}

/* MMDB_SUCCESS, or why the file cannot be trusted. An IPv6 address in a file of IPv4 addresses is
 * one that the file does not know. */
static int look_up(Geo *g, MMDB_s *db, const IpTable *ips, guint32 ip)
{
  SocketAddress address;
  int status = MMDB_SUCCESS;
  if (!address_of(ips, ip, &address))
    return status;
  MMDB_lookup_result_s found = MMDB_lookup_sockaddr(db, &address.any, &status);
  if (status == MMDB_SUCCESS && found.found_entry)
    read_entry(g, ip, &found.entry);
  return status == MMDB_IPV6_LOOKUP_IN_IPV4_DATABASE_ERROR ? MMDB_SUCCESS : status;
}

static gboolean set_error(GError **error, const char *file, const char *what)
{
  char *name = text_escaped(file, -1, 200);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
              "%s cannot be read as an .mmdb file: %s; give a database of countries, cities or "
              "networks in the MaxMind DB format",
              name, what);
  g_free(name);
  return FALSE;
}

static gboolean look_up_all(Geo *g, MMDB_s *db, const IpTable *ips, const char *file,
                            GError **error)
{
  for (guint32 ip = 1; ip < g->n_ips; ip++) {
    int status = look_up(g, db, ips, ip);
    if (status != MMDB_SUCCESS)
      return set_error(error, file, MMDB_strerror(status));
  }
  return TRUE;
}

Geo *geo_new(const char *file, const IpTable *ips, GError **error)
{
  MMDB_s db;
  int status = MMDB_open(file, MMDB_MODE_MMAP, &db);
  if (status != MMDB_SUCCESS) {
    set_error(error, file, MMDB_strerror(status));
    return NULL;
  }
  Geo *g = geo_empty(ip_table_count(ips));
  g->type = text_safe(db.metadata.database_type ? db.metadata.database_type : "", -1);
  gboolean ok = look_up_all(g, &db, ips, file, error);
  MMDB_close(&db);
  if (!ok) {
    geo_free(g);
    return NULL;
  }
  return g;
}

#else

Geo *geo_new(const char *file, const IpTable *ips, GError **error)
{
  (void)file;
  (void)ips;
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "this program was built without libmaxminddb and cannot read .mmdb files; "
                      "build it again with libmaxminddb-dev installed");
  return NULL;
}

#endif
