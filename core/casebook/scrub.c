/* Scrubbing: names of users and addresses in words that people have typed. */
#include "core/casebook/scrub.h"

#include <string.h>

#include "core/base/text.h"

typedef struct {
  const Dataset *ds;
  GHashTable *users;
  Pseudonyms *p;
  gboolean listing; /* the word before announces users, or was one of a list of them */
} Scrub;

static gboolean is_word(char c)
{
  return g_ascii_isalnum(c) || c == '_' || (c & 0x80);
}

/* "user", "users", "id", ... */
static gboolean announces(const char *word, gsize len)
{
  static const char *const words[] = {"user",     "users",   "id",       "ids", "student",
                                      "students", "account", "accounts", "uid", "#"};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    if (strlen(words[i]) == len && g_ascii_strncasecmp(words[i], word, len) == 0)
      return TRUE;
  return FALSE;
}

static gboolean joins(const char *word, gsize len)
{
  return (len == 3 && g_ascii_strncasecmp(word, "and", 3) == 0) ||
         (len == 2 && g_ascii_strncasecmp(word, "or", 2) == 0);
}

static gboolean is_number(const char *s, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isdigit(s[i]))
      return FALSE;
  return len > 0;
}

static gboolean is_user(const Scrub *x, const char *s, gsize len)
{
  guint32 user = strpool_find(x->ds->log->users, s, len);
  if (user == STRPOOL_NONE)
    return FALSE;
  return !is_number(s, len) || x->listing ||
         (x->users && g_hash_table_contains(x->users, GUINT_TO_POINTER(user + 1)));
}

/* An address of the log, or one that only looks like it; a block as well. */
static gboolean is_address(const Scrub *x, const char *s, gsize len)
{
  guint32 ip = len ? ip_table_find(x->ds->log->ips, s, len) : G_MAXUINT32;
  if (ip != G_MAXUINT32 && ip_table_family(x->ds->log->ips, ip) == IP_OPAQUE)
    return !is_number(s, len);
  IpBlock block;
  char *text = g_strndup(s, len);
  gboolean found = strpbrk(text, ".:") && ip_block_parse(text, &block);
  g_free(text);
  return found;
}

/* The longest name that begins at `s` and ends where a word does; its length, or 0. Flag ids say u
 * or a before the name (`marked`): then that letter is passed over. */
static gsize find_name(const Scrub *x, const char *s, gboolean marked, ColumnRole *ret_role,
                       gsize *ret_skip)
{
  gsize end = 0;
  while (s[end] && !g_ascii_isspace(s[end]))
    end++;
  for (; end > 0; end--) {
    gboolean ends = is_word(s[end - 1]) && !is_word(s[end]);
    if (!ends && s[end - 1] != ':') /* "2001:db8::" ends in colons */
      continue;
    for (gsize skip = 0; skip <= (marked && end > 1 ? 1 : 0); skip++) {
      *ret_skip = skip;
      if ((!skip || s[0] == 'a') && is_address(x, s + skip, end - skip)) {
        *ret_role = COLUMN_ADDRESS;
        return end;
      }
      if ((!skip || s[0] == 'u') && (skip || is_user(x, s, end)) &&
          strpool_find(x->ds->log->users, s + skip, end - skip) != STRPOOL_NONE) {
        *ret_role = COLUMN_USER;
        return end;
      }
    }
  }
  return 0;
}

char *scrub_text(const char *text, const Dataset *ds, GHashTable *users, Pseudonyms *p)
{
  if (!p)
    return text_safe(text, -1);
  Scrub x = {.ds = ds, .users = users, .p = p};
  GString *out = g_string_new(NULL);
  for (const char *s = text; *s;) {
    ColumnRole role = COLUMN_PLAIN;
    gsize skip = 0, len = 0;
    gboolean starts = is_word(*s) && (s == text || !is_word(s[-1]));
    gsize name = starts || *s == ':' ? find_name(&x, s, s > text && s[-1] == '-', &role, &skip) : 0;
    if (name) {
      char *id = g_strndup(s + skip, name - skip);
      g_string_append(out, pseudonym_of(p, role, id));
      g_free(id);
      x.listing = x.listing || role == COLUMN_USER;
      s += name;
      continue;
    }
    while (starts && is_word(s[len]))
      len++;
    if (len)
      x.listing = announces(s, len) || (x.listing && (joins(s, len) || is_number(s, len)));
    else if (!strchr(" ,&+=:#", *s))
      x.listing = FALSE;
    else if (*s == '#')
      x.listing = TRUE;
    g_string_append_len(out, s, (gssize)MAX(len, 1));
    s += MAX(len, 1);
  }
  char *safe = text_safe(out->str, (gssize)out->len);
  g_string_free(out, TRUE);
  return safe;
}
