/* Fingerprint: each text is hashed once, each row is one sum and one mix, all rows are added up.
 *
 * The mix is the finalizer of splitmix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014); texts are
 * hashed with FNV-1a of 64 bits (G. Fowler, L. C. Noll, K.-P. Vo). */
#include "core/log/fingerprint.h"

#include <string.h>

typedef enum { PART_PATH, PART_USER, PART_COHORT, PART_IP, PART_TIME, N_PARTS } Part;

/* Odd numbers without pattern (fractions of the roots of 2, 3, 5, 7, 11): a text means something
 * else in each column. */
static const guint64 salt[N_PARTS] = {
    G_GUINT64_CONSTANT(0x6a09e667f3bcc909), G_GUINT64_CONSTANT(0xbb67ae8584caa73b),
    G_GUINT64_CONSTANT(0x3c6ef372fe94f82b), G_GUINT64_CONSTANT(0xa54ff53a5f1d36f1),
    G_GUINT64_CONSTANT(0x510e527fade682d1)};

static inline guint64 mix(guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static guint64 hash_text(const char *s, gsize len, Part part)
{
  guint64 h = G_GUINT64_CONSTANT(0xcbf29ce484222325);
  for (gsize i = 0; i < len; i++)
    h = (h ^ (guint8)s[i]) * G_GUINT64_CONSTANT(0x100000001b3);
  return mix(h + salt[part]);
}

static guint64 *hash_pool(const StrPool *pool, Part part)
{
  guint32 n = strpool_count(pool);
  guint64 *hashes = g_new(guint64, (gsize)n + 1);
  for (guint32 i = 0; i < n; i++) {
    gsize len;
    const char *s = strpool_get(pool, i, &len);
    hashes[i] = hash_text(s, len, part);
  }
  return hashes;
}

static guint64 *hash_ips(const IpTable *ips)
{
  guint32 n = ip_table_count(ips);
  guint64 *hashes = g_new(guint64, (gsize)n + 1);
  for (guint32 i = 0; i < n; i++) {
    const char *s = ip_table_text(ips, i);
    hashes[i] = hash_text(s, strlen(s), PART_IP);
  }
  return hashes;
}

static guint64 *hash_cohorts(const CohortTable *cohorts)
{
  guint n = cohorts->cohorts->len;
  guint64 *hashes = g_new(guint64, (gsize)n + 1);
  for (guint i = 0; i < n; i++) {
    const char *id = cohort_table_get(cohorts, (guint16)i)->id;
    hashes[i] = hash_text(id ? id : "", id ? strlen(id) : 0, PART_COHORT);
  }
  return hashes;
}

guint64 log_fingerprint(const AccessLog *log)
{
  guint64 *path = hash_pool(log->paths, PART_PATH), *user = hash_pool(log->users, PART_USER);
  guint64 *ip = hash_ips(log->ips), *cohort = hash_cohorts(log->cohorts);
  guint64 sum = mix(log->n_rows);
  for (guint32 row = 0; row < log->n_rows; row++)
    sum += mix(path[log->path[row]] + user[log->user[row]] + ip[log->ip[row]] +
               cohort[log->cohort[row]] + (guint64)log->time[row] * salt[PART_TIME]);
  g_free(path);
  g_free(user);
  g_free(ip);
  g_free(cohort);
  return sum;
}

char *log_fingerprint_text(guint64 fingerprint)
{
  return g_strdup_printf("%016" G_GINT64_MODIFIER "x", fingerprint);
}
