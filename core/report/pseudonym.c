/* Pseudonyms: HMAC of a role and a name, remembered per name. */
#include "core/report/pseudonym.h"

#include <string.h>

#include "core/base/marked.h"

#define DIGITS       12 /* hexadecimal: 48 bits, so that 100,000 names rarely meet */
#define FIRST_ROWS   100
#define DIGEST_BYTES 16 /* of the name of a data set */

typedef struct {
  ColumnRole role;
  const char *word, *prefix;
} RolePrefix;

static const RolePrefix roles[] = {
    {COLUMN_USER, "user", "u-"},
    {COLUMN_ADDRESS, "address", "a-"},
};

struct Pseudonyms {
  guint8 key[PSEUDONYM_KEY_BYTES];
  GHashTable *known[G_N_ELEMENTS(roles)]; /* name -> pseudonym */
};

Pseudonyms *pseudonyms_new(const guint8 key[PSEUDONYM_KEY_BYTES])
{
  Pseudonyms *p = g_new0(Pseudonyms, 1);
  memcpy(p->key, key, PSEUDONYM_KEY_BYTES);
  for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
    p->known[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return p;
}

void pseudonyms_free(Pseudonyms *p)
{
  if (!p)
    return;
  for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
    g_hash_table_destroy(p->known[i]);
  memset(p->key, 0, sizeof p->key);
  g_free(p);
}

const char *pseudonym_of(Pseudonyms *p, ColumnRole role, const char *name)
{
  guint place = 0;
  while (place < G_N_ELEMENTS(roles) && roles[place].role != role)
    place++;
  if (place == G_N_ELEMENTS(roles))
    return name;
  const char *known = g_hash_table_lookup(p->known[place], name);
  if (known)
    return known;
  GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA256, p->key, PSEUDONYM_KEY_BYTES);
  /* The role comes first, so that a user and an address of one spelling stay apart. */
  g_hmac_update(hmac, (const guchar *)roles[place].word, (gssize)strlen(roles[place].word) + 1);
  g_hmac_update(hmac, (const guchar *)name, (gssize)strlen(name));
  char *made = g_strdup_printf("%s%.*s", roles[place].prefix, DIGITS, g_hmac_get_string(hmac));
  g_hmac_unref(hmac);
  g_hash_table_insert(p->known[place], g_strdup(name), made);
  return made;
}

static const char *pseudonym_of_name(gpointer p, ColumnRole role, const char *name)
{
  return pseudonym_of(p, role, name);
}

char *pseudonyms_marked(Pseudonyms *p, const char *marked)
{
  return marked_text(marked, p ? pseudonym_of_name : NULL, p);
}

char *pseudonym_data_set(const AccessLog *log)
{
  GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
  guint32 n = MIN(log->n_rows, FIRST_ROWS);
  for (guint32 row = 0; row < n; row++) {
    gsize len;
    gint64 time = GINT64_TO_LE(log->time[row]);
    g_checksum_update(sum, (const guchar *)&time, sizeof time);
    const char *user = strpool_get(log->users, log->user[row], &len);
    g_checksum_update(sum, (const guchar *)user, (gssize)len);
    g_checksum_update(sum, (const guchar *)"", 1);
    const char *path = strpool_get(log->paths, log->path[row], &len);
    g_checksum_update(sum, (const guchar *)path, (gssize)len);
    g_checksum_update(sum, (const guchar *)"", 1);
  }
  char *name = g_strndup(g_checksum_get_string(sum), 2 * DIGEST_BYTES);
  g_checksum_free(sum);
  return name;
}
