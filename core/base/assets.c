/* Assets: reading of settings files, compiled in and the user's own. */
#include "core/base/assets.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include "assets/resources.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define PREFIX        "/cohortscope/"
#define MARK          "\xef\xbb\xbf"           /* byte-order mark, left by some editors */
#define USER_FILE_MAX ((gsize)4 * 1024 * 1024) /* a settings file is typed by hand */

static GResource *resource_get(void)
{
  static gsize ready = 0;
  if (g_once_init_enter(&ready)) {
    cohortscope_register_resource();
    g_once_init_leave(&ready, 1);
  }
  return cohortscope_get_resource();
}

GBytes *assets_get(const char *name)
{
  char *path = g_strconcat(PREFIX, name, NULL);
  GBytes *bytes = g_resource_lookup_data(resource_get(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_free(path);
  return bytes;
}

static void setting_line_free(gpointer data)
{
  SettingLine *l = data;
  g_free(l->key);
  g_free(l->value);
  g_free(l->origin);
  g_free(l);
}

static GPtrArray *lines_new(void)
{
  return g_ptr_array_new_with_free_func(setting_line_free);
}

/* One line; comments and blank lines add nothing. */
static void parse_line(GPtrArray *lines, const char *s, gsize len, const char *origin, guint number)
{
  char *line = g_strstrip(g_strndup(s, len));
  if (*line && *line != '#') {
    SettingLine *l = g_new0(SettingLine, 1);
    char *equals = strchr(line, '=');
    l->value = g_strstrip(g_strdup(equals ? equals + 1 : ""));
    if (equals)
      *equals = '\0';
    l->key = g_strstrip(g_strdup(line));
    l->origin = g_strdup(origin);
    l->line = number;
    g_ptr_array_add(lines, l);
  }
  g_free(line);
}

static void parse_text(GPtrArray *lines, const char *text, gsize len, const char *origin)
{
  const char *p = text, *end = text + len;
  if (len >= 3 && memcmp(p, MARK, 3) == 0)
    p += 3;
  for (guint number = 1; p < end; number++) {
    const char *eol = memchr(p, '\n', (gsize)(end - p));
    if (!eol)
      eol = end;
    parse_line(lines, p, (gsize)(eol - p), origin, number);
    p = eol + (eol < end);
  }
}

GPtrArray *assets_parse(const char *text, gsize len, const char *origin)
{
  GPtrArray *lines = lines_new();
  if (len > 0)
    parse_text(lines, text, len, origin);
  return lines;
}

/* Reads to the end of `fd`, at most USER_FILE_MAX bytes and one. FALSE with errno set. */
static gboolean read_all(int fd, GByteArray *out)
{
  guint8 block[4096];
  while (out->len <= USER_FILE_MAX) {
    ssize_t n = read(fd, block, sizeof block);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    if (n == 0)
      return TRUE;
    g_byte_array_append(out, block, (guint)n);
  }
  return TRUE;
}

gboolean assets_user_file(const char *path, GByteArray *out, GError **error)
{
  /* Not to wait forever for somebody to write into a pipe. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return TRUE;
  gboolean ok = fd >= 0 && read_all(fd, out);
  int why = errno;
  if (fd >= 0)
    close(fd);
  char *shown = text_safe(path, -1);
  if (!ok)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s: cannot be read: %s; correct its permissions or move it away", shown,
                g_strerror(why));
  else if (out->len > USER_FILE_MAX) {
    ok = FALSE;
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "%s: larger than 4 MiB, which no settings file is; move it away", shown);
  }
  g_free(shown);
  if (ok && out->len >= 3 && memcmp(out->data, MARK, 3) == 0)
    g_byte_array_remove_range(out, 0, 3);
  return ok;
}

GPtrArray *assets_lines(const char *name, const char *user_file, GError **error)
{
  GByteArray *user = g_byte_array_new();
  GPtrArray *lines = NULL;
  if (!user_file || assets_user_file(user_file, user, error)) {
    lines = lines_new();
    GBytes *bytes = assets_get(name);
    if (bytes) {
      gsize len;
      const char *text = g_bytes_get_data(bytes, &len);
      char *origin = g_strconcat("assets/", name, NULL);
      parse_text(lines, text, len, origin);
      g_free(origin);
      g_bytes_unref(bytes);
    }
    if (user->len > 0)
      parse_text(lines, (const char *)user->data, user->len, user_file);
  }
  g_byte_array_free(user, TRUE);
  return lines;
}
