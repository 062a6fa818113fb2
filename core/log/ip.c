/* Addresses: text in, canonical entry out; blocks of addresses.
 *
 * Rows repeat the same few spellings, so every spelling met once is remembered with its entry and
 * only a new one is parsed. The canonical text of an entry is one of the spellings. */
#include "core/log/ip.h"

#include "core/base/strpool.h"

#include <arpa/inet.h>
#include <string.h>

#define IP_FULL G_MAXUINT32

typedef struct {
  guint32 text;     /* spelling that is the canonical text */
  guint8 family;    /* IpFamily */
  guint8 bytes[16]; /* IPv4 in the first four, the others 0 */
} Entry;

struct IpTable {
  StrPool *texts;    /* all spellings; 0 is the empty text */
  guint32 *entry_of; /* spelling -> entry */
  gsize entry_of_cap;
  GArray *entries; /* of Entry; 0 is the missing address */
};

static void remember(IpTable *t, guint32 text, guint32 entry)
{
  if (text >= t->entry_of_cap) {
    t->entry_of_cap = MAX((gsize)text + 1, t->entry_of_cap * 2);
    t->entry_of = g_realloc_n(t->entry_of, t->entry_of_cap, sizeof *t->entry_of);
  }
  t->entry_of[text] = entry;
}

static guint32 add_entry(IpTable *t, guint32 text, IpFamily family, const guint8 *bytes)
{
  Entry e = {.text = text, .family = (guint8)family};
  memcpy(e.bytes, bytes, sizeof e.bytes);
  guint32 id = t->entries->len;
  g_array_append_val(t->entries, e);
  remember(t, text, id);
  return id;
}

static const Entry *entry_at(const IpTable *t, guint32 id)
{
  return &g_array_index(t->entries, Entry, id);
}

IpTable *ip_table_new(void)
{
  static const guint8 zero[16];
  IpTable *t = g_new0(IpTable, 1);
  t->texts = strpool_new();
  t->entry_of_cap = 64;
  t->entry_of = g_new(guint32, t->entry_of_cap);
  t->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  add_entry(t, strpool_intern(t->texts, "", 0), IP_MISSING, zero);
  return t;
}

void ip_table_free(IpTable *t)
{
  if (!t)
    return;
  strpool_free(t->texts);
  g_free(t->entry_of);
  g_array_free(t->entries, TRUE);
  g_free(t);
}

IpTable *ip_table_copy(const IpTable *t)
{
  IpTable *copy = g_new0(IpTable, 1);
  copy->texts = strpool_copy(t->texts);
  copy->entry_of_cap = strpool_count(t->texts);
  copy->entry_of = g_memdup2(t->entry_of, copy->entry_of_cap * sizeof *t->entry_of);
  copy->entries = g_array_sized_new(FALSE, FALSE, sizeof(Entry), t->entries->len);
  g_array_append_vals(copy->entries, t->entries->data, t->entries->len);
  return copy;
}

void ip_table_set_limit(IpTable *t, guint32 max_texts)
{
  strpool_set_limits(t->texts, max_texts, G_MAXUINT32);
}

gsize ip_table_bytes_held(const IpTable *t)
{
  return sizeof *t + strpool_bytes(t->texts) + t->entry_of_cap * sizeof *t->entry_of +
         t->entries->len * sizeof(Entry);
}

/* --- parsing ------------------------------------------------------------------------------------
 */

/* Four decimal numbers, no leading zeros: with one, some programs would read octal. */
static gboolean parse_ipv4(const char *s, gsize len, guint8 *out)
{
  guint8 bytes[4];
  gsize i = 0;
  for (int part = 0; part < 4; part++) {
    if (part > 0 && (i >= len || s[i++] != '.'))
      return FALSE;
    gsize start = i;
    unsigned v = 0;
    while (i < len && i - start < 3 && g_ascii_isdigit(s[i]))
      v = v * 10 + (unsigned)(s[i++] - '0');
    if (i == start || v > 255 || (s[start] == '0' && i - start > 1))
      return FALSE;
    bytes[part] = (guint8)v;
  }
  if (i != len)
    return FALSE;
  memcpy(out, bytes, sizeof bytes);
  return TRUE;
}

static const guint8 mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/* IP_OPAQUE when the text is no address; `out` is then untouched. `*ret_mapped` tells an IPv4
 * address that was written as IPv6. */
static IpFamily parse_address(const char *s, gsize len, guint8 out[16], gboolean *ret_mapped)
{
  char text[INET6_ADDRSTRLEN];
  guint8 bytes[16] = {0};
  *ret_mapped = FALSE;
  if (parse_ipv4(s, len, bytes)) {
    memcpy(out, bytes, sizeof bytes);
    return IP_V4;
  }
  if (len >= sizeof text || !memchr(s, ':', len) || memchr(s, '\0', len))
    return IP_OPAQUE;
  memcpy(text, s, len);
  text[len] = '\0';
  if (inet_pton(AF_INET6, text, bytes) != 1)
    return IP_OPAQUE;
  if (memcmp(bytes, mapped_prefix, sizeof mapped_prefix) == 0) {
    memset(out, 0, 16);
    memcpy(out, bytes + 12, 4);
    *ret_mapped = TRUE;
    return IP_V4;
  }
  memcpy(out, bytes, sizeof bytes);
  return IP_V6;
}

/* RFC 5952 for IPv6, which is what inet_ntop writes. */
static const char *format_address(IpFamily family, const guint8 *bytes, char buf[INET6_ADDRSTRLEN])
{
  if (!inet_ntop(family == IP_V4 ? AF_INET : AF_INET6, bytes, buf, INET6_ADDRSTRLEN))
    buf[0] = '\0';
  return buf;
}

/* The canonical spelling of `s`: in `buf` for an address, `s` itself for anything else. */
static const char *canonical_text(const char *s, gsize *len, IpFamily family, const guint8 *bytes,
                                  char buf[INET6_ADDRSTRLEN])
{
  if (family == IP_OPAQUE)
    return s;
  format_address(family, bytes, buf);
  *len = strlen(buf);
  return buf;
}

/* --- the dictionary -----------------------------------------------------------------------------
 */

/* A spelling that was not met before. */
static guint32 intern_new(IpTable *t, const char *s, gsize len)
{
  guint8 bytes[16] = {0};
  gboolean mapped;
  IpFamily family = parse_address(s, len, bytes, &mapped);
  char buf[INET6_ADDRSTRLEN];
  gsize text_len = len;
  const char *text = canonical_text(s, &text_len, family, bytes, buf);
  guint32 before = strpool_count(t->texts);
  guint32 canonical_id = strpool_intern(t->texts, text, text_len);
  if (canonical_id == STRPOOL_NONE)
    return IP_FULL;
  guint32 id =
      canonical_id < before ? t->entry_of[canonical_id] : add_entry(t, canonical_id, family, bytes);
  if (text_len != len || memcmp(text, s, len) != 0) {
    guint32 spelling = strpool_intern(t->texts, s, len);
    if (spelling != STRPOOL_NONE) /* when full, this spelling is parsed each time */
      remember(t, spelling, id);
  }
  return id;
}

guint32 ip_table_intern(IpTable *t, const char *s, gsize len)
{
  if (len == 0)
    return IP_NONE;
  guint32 text = strpool_find(t->texts, s, len);
  return text != STRPOOL_NONE ? t->entry_of[text] : intern_new(t, s, len);
}

guint32 ip_table_find(const IpTable *t, const char *s, gsize len)
{
  if (len == 0)
    return IP_NONE;
  guint32 text = strpool_find(t->texts, s, len);
  if (text == STRPOOL_NONE) {
    guint8 bytes[16] = {0};
    char buf[INET6_ADDRSTRLEN];
    gboolean mapped;
    IpFamily family = parse_address(s, len, bytes, &mapped);
    const char *canonical = canonical_text(s, &len, family, bytes, buf);
    text = strpool_find(t->texts, canonical, len);
  }
  return text != STRPOOL_NONE ? t->entry_of[text] : IP_FULL;
}

guint32 ip_table_count(const IpTable *t)
{
  return t->entries->len;
}

const char *ip_table_text(const IpTable *t, guint32 id)
{
  g_return_val_if_fail(id < t->entries->len, "");
  return strpool_get(t->texts, entry_at(t, id)->text, NULL);
}

IpFamily ip_table_family(const IpTable *t, guint32 id)
{
  g_return_val_if_fail(id < t->entries->len, IP_MISSING);
  return (IpFamily)entry_at(t, id)->family;
}

const guint8 *ip_table_bytes(const IpTable *t, guint32 id)
{
  IpFamily family = ip_table_family(t, id);
  return family == IP_V4 || family == IP_V6 ? entry_at(t, id)->bytes : NULL;
}

gboolean ip_table_has_room_for(const IpTable *t, const IpTable *src)
{
  /* The spellings of `src` are a bound; those that are not canonical need not fit. */
  return strpool_has_room_for(t->texts, src->texts);
}

void ip_table_merge(IpTable *t, const IpTable *src, guint32 *ret_map)
{
  for (guint32 id = 0; id < src->entries->len; id++) {
    gsize len;
    const char *text = strpool_get(src->texts, entry_at(src, id)->text, &len);
    ret_map[id] = ip_table_intern(t, text, len);
  }
}

void ip_table_trim(IpTable *t)
{
  strpool_trim(t->texts);
  t->entry_of_cap = strpool_count(t->texts);
  t->entry_of = g_realloc_n(t->entry_of, t->entry_of_cap, sizeof *t->entry_of);
}

int ip_table_compare(const IpTable *t, guint32 a, guint32 b)
{
  IpFamily fa = ip_table_family(t, a), fb = ip_table_family(t, b);
  if (fa != fb)
    return fa < fb ? -1 : 1;
  if (fa == IP_V4 || fa == IP_V6)
    return memcmp(entry_at(t, a)->bytes, entry_at(t, b)->bytes, 16);
  return strcmp(ip_table_text(t, a), ip_table_text(t, b));
}

/* --- blocks -------------------------------------------------------------------------------------
 */

static guint family_bits(IpFamily family)
{
  return family == IP_V4 ? 32 : 128;
}

/* Clears what lies behind the prefix. */
static void mask_bytes(guint8 bytes[16], guint prefix)
{
  for (guint i = 0; i < 16; i++) {
    guint bits = prefix > i * 8 ? MIN(prefix - i * 8, 8) : 0;
    bytes[i] &= (guint8)(0xff00 >> bits);
  }
}

gboolean ip_block_parse(const char *s, IpBlock *ret)
{
  const char *slash = strchr(s, '/');
  IpBlock block = {0};
  gboolean mapped;
  block.family = parse_address(s, slash ? (gsize)(slash - s) : strlen(s), block.bytes, &mapped);
  if (block.family == IP_OPAQUE)
    return FALSE;
  guint max = family_bits(block.family), prefix = max;
  if (slash) {
    guint base = mapped ? 96 : 0; /* ::ffff:a.b.c.d/120 is a.b.c.d/24 */
    guint64 v;
    if ((slash[1] == '0' && slash[2]) ||
        !g_ascii_string_to_unsigned(slash + 1, 10, base, base + max, &v, NULL))
      return FALSE;
    prefix = (guint)v - base;
  }
  mask_bytes(block.bytes, prefix);
  block.prefix = (guint8)prefix;
  *ret = block;
  return TRUE;
}

gboolean ip_table_block(const IpTable *t, guint32 id, guint prefix4, guint prefix6, IpBlock *ret)
{
  const guint8 *bytes = ip_table_bytes(t, id);
  if (!bytes)
    return FALSE;
  IpBlock block = {.family = ip_table_family(t, id)};
  guint prefix = block.family == IP_V4 ? prefix4 : prefix6;
  block.prefix = (guint8)MIN(prefix, family_bits(block.family));
  memcpy(block.bytes, bytes, sizeof block.bytes);
  mask_bytes(block.bytes, block.prefix);
  *ret = block;
  return TRUE;
}

gboolean ip_block_contains(const IpBlock *block, const IpTable *t, guint32 id)
{
  IpBlock own;
  return ip_table_family(t, id) == block->family &&
         ip_table_block(t, id, block->prefix, block->prefix, &own) &&
         memcmp(own.bytes, block->bytes, sizeof own.bytes) == 0;
}

char *ip_block_text(const IpBlock *block)
{
  char buf[INET6_ADDRSTRLEN];
  if (block->family != IP_V4 && block->family != IP_V6)
    return g_strdup("");
  format_address(block->family, block->bytes, buf);
  if (block->prefix >= family_bits(block->family))
    return g_strdup(buf);
  return g_strdup_printf("%s/%u", buf, block->prefix);
}
