/* Web server logs: a cursor moves over the line, one field at a time. */
#include "core/ingest/combined.h"

#include <string.h>

struct Combined {
  char *query_user;
  gsize query_len;
  char time[20];  /* the time as civil_parse_time reads it */
  GString *texts; /* request, agent and user, without escapes */
};

typedef struct {
  const char *at, *end;
} Cursor;

Combined *combined_new(const char *query_user)
{
  Combined *c = g_new0(Combined, 1);
  c->query_user = g_strdup(query_user);
  c->query_len = query_user != NULL ? strlen(query_user) : 0;
  c->texts = g_string_sized_new(1024);
  return c;
}

void combined_free(Combined *c)
{
  if (c == NULL)
    return;
  g_free(c->query_user);
  g_string_free(c->texts, TRUE);
  g_free(c);
}

static gboolean skip_byte(Cursor *c, char byte)
{
  if (c->at == c->end || *c->at != byte)
    return FALSE;
  c->at++;
  return TRUE;
}

/* Everything up to `byte`, and behind it. */
static gboolean take_until(Cursor *c, char byte, Field *ret)
{
  const char *stop = c->at < c->end ? memchr(c->at, byte, (gsize)(c->end - c->at)) : NULL;
  if (stop == NULL)
    return FALSE;
  *ret = (Field){c->at, (gsize)(stop - c->at)};
  c->at = stop + 1;
  return TRUE;
}

/* The two names in front of the time: a user name may hold spaces, ` [` ends it. */
static gboolean take_user(Cursor *c, Field *ret)
{
  const char *start = c->at;
  for (const char *p = start; p + 1 < c->end; p++) {
    if (p[0] == ' ' && p[1] == '[') {
      *ret = (Field){start, (gsize)(p - start)};
      c->at = p + 2;
      return TRUE;
    }
  }
  return FALSE;
}

/* A quoted text, with `\"` and `\\` undone, behind the texts so far. */
static gboolean take_quoted(Cursor *c, GString *texts, gsize *ret_at, gsize *ret_len)
{
  if (!skip_byte(c, '"'))
    return FALSE;
  *ret_at = texts->len;
  while (c->at < c->end && *c->at != '"') {
    if (*c->at == '\\' && c->at + 1 < c->end && (c->at[1] == '"' || c->at[1] == '\\'))
      c->at++;
    g_string_append_c(texts, *c->at++);
  }
  *ret_len = texts->len - *ret_at;
  return skip_byte(c, '"');
}

/* `10/Oct/2000:13:55:36 -0700` to `2000-10-10 13:55:36`. */
static RejectReason convert_time(const Field *f, char out[20])
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *s = f->s;
  if (f->len < 20 || s[2] != '/' || s[6] != '/' || s[11] != ':')
    return REJECT_DATE;
  int month = 0;
  while (month < 12 && g_ascii_strncasecmp(months + 3 * month, s + 3, 3) != 0)
    month++;
  if (month == 12)
    return REJECT_DATE;
  memcpy(out, s + 7, 4);
  out[4] = out[7] = '-';
  out[5] = (char)('0' + (month + 1) / 10);
  out[6] = (char)('0' + (month + 1) % 10);
  memcpy(out + 8, s, 2);
  out[10] = ' ';
  memcpy(out + 11, s + 12, 8);
  return REJECT_NONE;
}

/* The target of `GET /path?query HTTP/1.1`. What is no request (a probe in another protocol) is
 * its own path, so that it stays visible. */
static Field request_target(const char *s, gsize len)
{
  const char *end = s + len, *start = memchr(s, ' ', len);
  if (start == NULL)
    return len == 1 && s[0] == '-' ? (Field){s, 0} : (Field){s, len};
  start++;
  const char *stop = end;
  for (const char *p = end; p > start; p--) {
    if (p[-1] == ' ') {
      stop = p - 1;
      break;
    }
  }
  return (Field){start, (gsize)(MAX(stop, start) - start)};
}

/* The path of a target: without scheme and host, query and fragment. */
static Field target_path(Field t)
{
  const char *scheme = t.len > 0 && t.s[0] != '/' ? g_strstr_len(t.s, (gssize)t.len, "://") : NULL;
  const char *end = t.s + t.len;
  if (scheme != NULL) {
    const char *slash = memchr(scheme + 3, '/', (gsize)(end - scheme - 3));
    t.s = slash != NULL ? slash : end;
    t.len = (gsize)(end - t.s);
  }
  for (gsize i = 0; i < t.len; i++) {
    if (t.s[i] == '?' || t.s[i] == '#')
      t.len = i;
  }
  return t;
}

/* Value of the query parameter that names the user, percent-decoded behind the texts. */
static gboolean query_value(Combined *c, Field t, gsize *ret_at, gsize *ret_len)
{
  const char *end = t.s + t.len, *p = memchr(t.s, '?', t.len);
  while (p != NULL) {
    p++;
    const char *stop = memchr(p, '&', (gsize)(end - p));
    gsize len = (gsize)((stop != NULL ? stop : end) - p);
    if (len > c->query_len && p[c->query_len] == '=' &&
        memcmp(p, c->query_user, c->query_len) == 0) {
      char *value = g_uri_unescape_segment(p + c->query_len + 1, p + len, NULL);
      *ret_at = c->texts->len;
      *ret_len = value != NULL ? strlen(value) : 0;
      g_string_append(c->texts, value != NULL ? value : "");
      g_free(value);
      return TRUE;
    }
    p = stop;
  }
  return FALSE;
}

/* A dash stands for what the server does not know. */
static Field known(const char *s, gsize len)
{
  return (Field){s, len == 1 && s[0] == '-' ? 0 : len};
}

RejectReason combined_parse(Combined *c, const char *s, gsize len, Record *ret)
{
  while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == '\r'))
    len--;
  Cursor at = {s, s + len};
  Field host, ident, user, time, rest;
  gsize req_at, req_len, ref_at, ref_len, agent_at = 0, agent_len = 0, user_at = 0, user_len = 0;
  /* Nothing is longer than the line: with this much room the texts never move. */
  g_string_set_size(c->texts, 2 * len + 1);
  g_string_truncate(c->texts, 0);
  if (!take_until(&at, ' ', &host) || !take_until(&at, ' ', &ident) || !take_user(&at, &user) ||
      !take_until(&at, ']', &time) || !skip_byte(&at, ' ') ||
      !take_quoted(&at, c->texts, &req_at, &req_len))
    return REJECT_FIELDS;
  RejectReason reason = convert_time(&time, c->time);
  if (reason != REJECT_NONE)
    return reason;
  if (skip_byte(&at, ' ') && take_until(&at, ' ', &rest) && take_until(&at, ' ', &rest) &&
      take_quoted(&at, c->texts, &ref_at, &ref_len) && skip_byte(&at, ' ') &&
      !take_quoted(&at, c->texts, &agent_at, &agent_len))
    return REJECT_FIELDS;
  Field target = request_target(c->texts->str + req_at, req_len);
  memset(ret, 0, sizeof *ret);
  if (c->query_user == NULL)
    ret->field[ROLE_USER] = known(user.s, user.len);
  else if (query_value(c, target, &user_at, &user_len))
    ret->field[ROLE_USER] = (Field){c->texts->str + user_at, user_len};
  ret->field[ROLE_PATH] = target_path(target);
  ret->field[ROLE_IP] = known(host.s, host.len);
  ret->field[ROLE_AGENT] = known(c->texts->str + agent_at, agent_len);
  ret->field[ROLE_TIME] = (Field){c->time, 19};
  for (guint r = 0; r < N_ROLES; r++) {
    if (ret->field[r].len > FIELD_BYTES_MAX)
      return REJECT_TOO_LONG;
    if (ret->field[r].s == NULL)
      ret->field[r].s = "";
  }
  return REJECT_NONE;
}
