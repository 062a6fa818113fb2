/* Canonical names: the steps that need nothing but the path itself.
 *
 * One lesson is logged under many spellings: with and without `.html`, with ordering numbers,
 * percent-encoded, with doubled slashes. Here a path becomes the one name all of them share. */
#include "core/catalog/catalog.h"

#include <string.h>

#include "core/base/text.h"

/* Appends `s` with its %XX sequences decoded. Sequences for control bytes stay as they are, so
 * that a name never gains a byte that a screen would act on; those from 0x80 up only when `high`
 * says so. */
static void append_decoded(GString *out, const char *s, gsize len, gboolean high)
{
  for (gsize i = 0; i < len; i++) {
    if (s[i] == '\0') {
      g_string_append(out, "%00");
      continue;
    }
    if (s[i] == '%' && i + 2 < len && g_ascii_isxdigit(s[i + 1]) && g_ascii_isxdigit(s[i + 2])) {
      int c = g_ascii_xdigit_value(s[i + 1]) * 16 + g_ascii_xdigit_value(s[i + 2]);
      if (c >= 0x20 && c != 0x7f && (c < 0x80 || high)) {
        g_string_append_c(out, (char)c);
        i += 2;
        continue;
      }
    }
    g_string_append_c(out, s[i]);
  }
}

/* The path without query and fragment, decoded. Bytes above ASCII are decoded only when the whole
 * then is valid, harmless UTF-8: a canonical name is no worse text than the path was. */
static GString *decode(const char *path, gsize len)
{
  gsize n = 0;
  while (n < len && path[n] != '?' && path[n] != '#')
    n++;
  GString *out = g_string_sized_new(n + 1);
  append_decoded(out, path, n, TRUE);
  if (!text_is_safe(out->str, out->len)) {
    g_string_truncate(out, 0);
    append_decoded(out, path, n, FALSE);
  }
  return out;
}

/* Length of an ordering number at the start of a segment, `^[0-9]+(\.[0-9]+)*[._-]+` with `_`
 * already written `-`: "1.1-" of "1.1-intro"; 0 when there is none. */
static gsize ordering_number(const char *s, gsize len)
{
  gsize i = 0, last_dot = 0;
  while (i < len && g_ascii_isdigit(s[i]))
    i++;
  if (i == 0)
    return 0;
  while (i + 1 < len && s[i] == '.' && g_ascii_isdigit(s[i + 1])) {
    last_dot = i;
    i++;
    while (i < len && g_ascii_isdigit(s[i]))
      i++;
  }
  gsize end = i;
  while (end < len && (s[end] == '.' || s[end] == '-'))
    end++;
  /* "5.01" and "5.2nd": no separator behind the last number, so the dot before it is one */
  return end > i ? end : last_dot ? last_dot + 1 : 0;
}

/* Joins the segments without the empty ones. A segment that is nothing but its number keeps it. */
static void join_segments(GString *name, gboolean strip_numbers)
{
  char *s = name->str;
  gsize len = name->len, out = 0;
  for (gsize i = 0; i < len;) {
    gsize end = i;
    while (end < len && s[end] != '/')
      end++;
    if (end > i) {
      gsize skip = strip_numbers ? ordering_number(s + i, end - i) : 0;
      if (skip == end - i)
        skip = 0;
      if (out > 0)
        s[out++] = '/';
      memmove(s + out, s + i + skip, end - i - skip);
      out += end - i - skip;
    }
    i = end + 1;
  }
  g_string_truncate(name, out);
}

static gboolean drop_suffix(GString *name, const char *suffix)
{
  gsize n = strlen(suffix);
  if (name->len < n || memcmp(name->str + name->len - n, suffix, n) != 0)
    return FALSE;
  g_string_truncate(name, name->len - n);
  return TRUE;
}

char *catalog_canonical(const char *path, gsize len)
{
  GString *name = decode(path, len);
  for (gsize i = 0; i < name->len; i++)
    name->str[i] = name->str[i] == '_' ? '-' : g_ascii_tolower(name->str[i]);
  join_segments(name, FALSE);
  if (drop_suffix(name, ".html"))
    join_segments(name, FALSE); /* "x/.html" */
  drop_suffix(name, "/index");
  join_segments(name, TRUE);
  return g_string_free(name, FALSE);
}
