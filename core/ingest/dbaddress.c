/* Addresses of databases: taken apart, and put together again without the password. */
#include "core/ingest/dbaddress.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define ADDRESS_BYTES_MAX 4096
#define HOW               "mysql://USER@HOST:PORT/DATABASE?logs=TABLE&cohorts=TABLE"

static const char *const schemes[] = {"mysql", "mariadb"};

/* The scheme, and what is behind its `://`; NULL when it is none of ours. */
static const char *scheme_of(const char *text, const char **ret_rest)
{
  for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++) {
    gsize len = strlen(schemes[i]);
    if (g_ascii_strncasecmp(text, schemes[i], len) == 0 && strncmp(text + len, "://", 3) == 0) {
      *ret_rest = text + len + 3;
      return schemes[i];
    }
  }
  return NULL;
}

gboolean db_address_is(const char *text)
{
  const char *rest;
  return scheme_of(text, &rest) != NULL;
}

void db_address_free(DbAddress *a)
{
  if (a == NULL)
    return;
  if (a->password != NULL)
    explicit_bzero(a->password, strlen(a->password));
  g_free(a->user);
  g_free(a->password);
  g_free(a->host);
  g_free(a->database);
  g_free(a->socket);
  g_free(a->logs);
  g_free(a->cohorts);
  g_free(a);
}

/* Of an address that cannot be understood: what is certainly no password. That may hold any
 * character, so it reaches from the first colon to the last @. */
static char *mask_unknown(const char *text)
{
  const char *rest = text;
  scheme_of(text, &rest);
  gsize user = strcspn(rest, ":@/?#");
  const char *at = strrchr(rest, '@');
  GString *out = g_string_new_len(text, rest - text);
  if (at == NULL || rest[user] == ':' || rest[user] == '@')
    text_append_safe(out, rest, (gssize)user);
  g_string_append(out, "...");
  if (at != NULL)
    text_append_safe(out, at, (gssize)strcspn(at, "?"));
  return g_string_free(out, FALSE);
}

/* --- parts ----------------------------------------------------------------------------------- */

/* Says what is wrong, never with the words of the address themselves: they may be the password. */
static gboolean fail(const char *what, GError **error)
{
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s", what);
  return FALSE;
}

/* A part of `len` bytes with its %XX escapes undone. */
static gboolean take_part(const char *s, gsize len, const char *wrong, char **ret, GError **error)
{
  char *raw = g_strndup(s, len);
  char *text = g_uri_unescape_string(raw, NULL);
  gboolean ok = text != NULL && text_is_safe(text, strlen(text));
  explicit_bzero(raw, len);
  g_free(raw);
  if (!ok) {
    g_free(text);
    return fail(wrong, error);
  }
  g_free(*ret);
  *ret = text;
  return TRUE;
}

static gboolean take_port(DbAddress *a, const char *s, gsize len, GError **error)
{
  guint64 port = 0;
  char *text = g_strndup(s, len);
  gboolean ok = g_ascii_string_to_unsigned(text, 10, 1, 65535, &port, NULL);
  explicit_bzero(text, len);
  g_free(text);
  if (!ok)
    return fail("has no port (1 to 65535) behind the colon of its host; in a password / is "
                "written %2F, @ %40, : %3A, ? %3F and # %23",
                error);
  a->port = (guint)port;
  return TRUE;
}

static gboolean is_host(const char *s, gsize len, gboolean brackets)
{
  const char *more = brackets ? ":.%_-" : "._-";
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum(s[i]) && !((guint8)s[i] >= 0x80 && !brackets) && !strchr(more, s[i]))
      return FALSE;
  return !brackets || (len > 1 && memchr(s, ':', len) != NULL);
}

/* `host`, `host:port`, `[address]` or `[address]:port`, perhaps empty. */
static gboolean take_host(DbAddress *a, const char *s, gsize len, GError **error)
{
  gboolean brackets = len > 0 && s[0] == '[';
  const char *end = brackets ? memchr(s, ']', len) : memchr(s, ':', len);
  if (brackets && end == NULL)
    return fail("has a host with [ but without ]", error);
  const char *host = s + (brackets ? 1 : 0);
  gsize host_len = end != NULL ? (gsize)(end - host) : len;
  const char *behind = end == NULL ? s + len : brackets ? end + 1 : end;
  gsize rest = len - (gsize)(behind - s);
  if (rest > 0 && *behind != ':')
    return fail("has something between ] and the port of its host", error);
  if (rest > 0 && !take_port(a, behind + 1, rest - 1, error))
    return FALSE;
  if (!is_host(host, host_len, brackets) || !g_utf8_validate(host, (gssize)host_len, NULL))
    return fail("has a host that is no name and no address (an IPv6 address stands in brackets: "
                "[2001:db8::1])",
                error);
  if (host_len == 0 && rest > 0)
    return fail("has a port but no host", error);
  a->host = host_len > 0 ? g_strndup(host, host_len) : NULL;
  return TRUE;
}

static gboolean take_login(DbAddress *a, const char *s, gsize len, GError **error)
{
  const char *colon = memchr(s, ':', len);
  gsize user_len = colon != NULL ? (gsize)(colon - s) : len;
  if (user_len == 0)
    return fail("has no user in front of the @", error);
  if (!take_part(s, user_len, "has a user with a bad %XX escape or a control character", &a->user,
                 error))
    return FALSE;
  return colon == NULL || take_part(colon + 1, len - user_len - 1,
                                    "has a password with a bad %XX escape or a control character",
                                    &a->password, error);
}

static gboolean take_setting(DbAddress *a, const char *s, gsize len, GError **error)
{
  struct {
    const char *name;
    char **to;
    gboolean may_be_empty;
  } settings[] = {
      {"logs=", &a->logs, FALSE}, {"cohorts=", &a->cohorts, TRUE}, {"socket=", &a->socket, FALSE}};
  for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
    gsize name = strlen(settings[i].name);
    if (len < name || strncmp(s, settings[i].name, name) != 0)
      continue;
    if (len == name && !settings[i].may_be_empty)
      return fail("has a setting without a value behind the ?", error);
    return take_part(s + name, len - name, "has a setting with a bad %XX escape behind the ?",
                     settings[i].to, error);
  }
  return fail("has a setting behind the ? that is none of logs, cohorts and socket", error);
}

static gboolean take_settings(DbAddress *a, const char *s, GError **error)
{
  while (*s != '\0') {
    gsize len = strcspn(s, "&");
    if (!take_setting(a, s, len, error))
      return FALSE;
    s += len + (s[len] == '&');
  }
  return TRUE;
}

static gboolean take_all(DbAddress *a, const char *rest, GError **error)
{
  gsize authority = strcspn(rest, "/?#");
  const char *at = g_strrstr_len(rest, (gssize)authority, "@");
  const char *host = at != NULL ? at + 1 : rest;
  const char *path = rest + authority;
  if (at != NULL && !take_login(a, rest, (gsize)(at - rest), error))
    return FALSE;
  if (!take_host(a, host, (gsize)(path - host), error))
    return FALSE;
  if (strchr(rest, '#') != NULL)
    return fail("has a #, which is written %23", error);
  path += *path == '/';
  gsize len = strcspn(path, "?");
  if (len == 0)
    return fail("names no database", error);
  if (memchr(path, '@', len) != NULL)
    return fail("has an @ behind its host; in a password / is written %2F, @ %40, : %3A", error);
  if (memchr(path, '/', len) != NULL)
    return fail("has a second / behind its host; a table is named with ?logs=TABLE", error);
  if (!take_part(path, len, "has a database with a bad %XX escape or a control character",
                 &a->database, error))
    return FALSE;
  return path[len] == '\0' || take_settings(a, path + len + 1, error);
}

DbAddress *db_address_parse(const char *text, GError **error)
{
  const char *rest;
  const char *scheme = scheme_of(text, &rest);
  if (scheme == NULL || strlen(text) > ADDRESS_BYTES_MAX) {
    fail(scheme == NULL ? "the address of a database begins with mysql:// or mariadb://"
                        : "the address of a database is over 4,096 bytes long",
         error);
    return NULL;
  }
  DbAddress *a = g_new0(DbAddress, 1);
  GError *e = NULL;
  a->scheme = scheme;
  a->logs = g_strdup("logs");
  if (take_all(a, rest, &e))
    return a;
  db_address_free(a);
  char *masked = mask_unknown(text);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s %s; it is written " HOW, masked, e->message);
  g_free(masked);
  g_error_free(e);
  return NULL;
}

/* --- what may be shown ----------------------------------------------------------------------- */

static void append_escaped(GString *out, const char *text)
{
  char *escaped = g_uri_escape_string(text, NULL, TRUE);
  g_string_append(out, escaped);
  g_free(escaped);
}

static GString *compose(const DbAddress *a)
{
  GString *out = g_string_new(a->scheme);
  g_string_append(out, "://");
  if (a->user != NULL) {
    append_escaped(out, a->user);
    g_string_append_c(out, '@');
  }
  gboolean brackets = a->host != NULL && strchr(a->host, ':') != NULL;
  if (a->host != NULL)
    g_string_append_printf(out, "%s%s%s", brackets ? "[" : "", a->host, brackets ? "]" : "");
  if (a->port != 0)
    g_string_append_printf(out, ":%u", a->port);
  g_string_append_c(out, '/');
  append_escaped(out, a->database);
  return out;
}

char *db_address_name(const DbAddress *a)
{
  return g_string_free(compose(a), FALSE);
}

char *db_address_masked(const char *text)
{
  const char *rest;
  if (scheme_of(text, &rest) == NULL)
    return g_strdup(text);
  DbAddress *a = db_address_parse(text, NULL);
  if (a == NULL)
    return mask_unknown(text);
  GString *out = compose(a);
  char mark = '?';
  const char *const names[] = {"logs", "cohorts", "socket"};
  const char *const values[] = {strcmp(a->logs, "logs") != 0 ? a->logs : NULL, a->cohorts,
                                a->socket};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    if (values[i] == NULL)
      continue;
    g_string_append_printf(out, "%c%s=", mark, names[i]);
    append_escaped(out, values[i]);
    mark = '&';
  }
  db_address_free(a);
  return g_string_free(out, FALSE);
}

void db_address_blot(char *word)
{
  const char *rest;
  char *value = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
  char *text = value != NULL ? value + 1 : word;
  if (scheme_of(text, &rest) == NULL)
    return;
  const char *at = strrchr(rest, '@');
  if (at == NULL)
    return;
  gsize end = (gsize)(at - text), place = (gsize)(rest - text) + strcspn(rest, ":@");
  for (gsize i = place + 1; text[place] == ':' && i < end; i++)
    text[i] = '*';
}
