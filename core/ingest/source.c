/* Source: plain text straight from the raw input, the rest through the unpacker. */
#include "core/ingest/source.h"

#include <string.h>

#include "core/base/text.h"
#include "core/ingest/unpack.h"

#define SLURP_MAX ((gsize)256 * 1024 * 1024) /* an archive on a pipe */

struct Source {
  Raw *raw;
  const Container *container;
  guint member;
  Unpack *unpack; /* started at the first read */
  WaitFunc wait;
  void *wait_data;
  char *head; /* text looked at before it is read */
  gsize head_len, head_at;
  gboolean ended;
};

void origin_free(Origin *o)
{
  if (o == NULL)
    return;
  g_free(o->name);
  g_free(o->path);
  if (o->bytes != NULL)
    g_bytes_unref(o->bytes);
  g_free(o);
}

Source *source_open(const Origin *origin, WaitFunc wait, void *wait_data, GError **error)
{
  Raw *raw = origin->path != NULL    ? raw_open_file(origin->path, error)
             : origin->bytes != NULL ? raw_open_memory(origin->bytes, origin->name)
                                     : raw_open_fd(origin->fd, origin->name);
  if (raw == NULL)
    return NULL;
  guint8 start[8];
  gssize n = raw_peek(raw, start, sizeof start, wait, wait_data, error);
  if (n < 0) {
    raw_free(raw);
    return NULL;
  }
  Source *s = g_new0(Source, 1);
  s->raw = raw;
  s->container = container_recognise(start, (gsize)n);
  s->member = origin->member;
  s->wait = wait;
  s->wait_data = wait_data;
  return s;
}

void source_free(Source *s)
{
  if (s == NULL)
    return;
  unpack_free(s->unpack);
  raw_free(s->raw);
  g_free(s->head);
  g_free(s);
}

const char *source_container(const Source *s)
{
  return s->container != NULL ? s->container->name : NULL;
}

gboolean source_is_archive(const Source *s)
{
  return s->container != NULL && s->container->archive;
}

static GPtrArray *list_members(Raw *raw, const Origin *origin, GBytes *bytes, GError **error)
{
  GPtrArray *names = unpack_list(raw, origin->name, error);
  if (names == NULL)
    return NULL;
  GPtrArray *members = g_ptr_array_new_with_free_func((GDestroyNotify)origin_free);
  for (guint i = 0; i < names->len; i++) {
    Origin *o = g_new0(Origin, 1);
    o->name = names->len == 1 ? g_strdup(origin->name)
                              : g_strdup_printf("%s: %s", origin->name, (char *)names->pdata[i]);
    o->path = bytes == NULL ? g_strdup(origin->path) : NULL;
    o->bytes = bytes != NULL ? g_bytes_ref(bytes) : NULL;
    o->fd = -1;
    o->member = i;
    g_ptr_array_add(members, o);
  }
  g_ptr_array_unref(names);
  return members;
}

GPtrArray *source_members(Source *s, const Origin *origin, GError **error)
{
  if (raw_is_seekable(s->raw) && (origin->path != NULL || origin->bytes != NULL))
    return list_members(s->raw, origin, origin->bytes, error);
  GBytes *bytes = raw_slurp(s->raw, SLURP_MAX, s->wait, s->wait_data, error);
  if (bytes == NULL)
    return NULL;
  Raw *memory = raw_open_memory(bytes, origin->name);
  GPtrArray *members = list_members(memory, origin, bytes, error);
  raw_free(memory);
  g_bytes_unref(bytes);
  return members;
}

gboolean source_is_seekable(const Source *s)
{
  return s->container == NULL && raw_is_seekable(s->raw);
}

gboolean source_is_reopenable(const Source *s)
{
  return raw_is_seekable(s->raw);
}

guint64 source_size(const Source *s)
{
  return raw_size(s->raw);
}

guint64 source_position(const Source *s)
{
  return raw_position(s->raw);
}

/* Next bytes behind the head. */
static gssize read_text(Source *s, void *buf, gsize len, GError **error)
{
  if (s->container == NULL)
    return raw_read(s->raw, buf, len, s->wait, s->wait_data, error);
  if (s->unpack == NULL)
    s->unpack = unpack_new(s->raw, s->container, s->member);
  return unpack_read(s->unpack, buf, len, s->wait, s->wait_data, error);
}

gssize source_peek(Source *s, gsize want, const char **ret, GError **error)
{
  s->head = g_realloc(s->head, MAX(want, s->head_len));
  while (s->head_len < want && !s->ended) {
    gssize n = read_text(s, s->head + s->head_len, want - s->head_len, error);
    if (n < 0)
      return -1;
    s->ended = n == 0;
    s->head_len += (gsize)n;
  }
  *ret = s->head;
  return (gssize)s->head_len;
}

gssize source_read(Source *s, void *buf, gsize len, GError **error)
{
  if (s->head_at < s->head_len) {
    gsize n = MIN(len, s->head_len - s->head_at);
    memcpy(buf, s->head + s->head_at, n);
    s->head_at += n;
    return (gssize)n;
  }
  g_clear_pointer(&s->head, g_free);
  s->head_len = s->head_at = 0;
  return s->ended ? 0 : read_text(s, buf, len, error);
}

gssize source_pread(const Source *s, void *buf, gsize len, guint64 offset, GError **error)
{
  return raw_pread(s->raw, buf, len, offset, error);
}

const char *source_damage(const Source *s)
{
  return s->unpack != NULL ? unpack_damage(s->unpack) : NULL;
}
