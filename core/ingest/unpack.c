/* Unpacking: gzip through GIO, everything else through libarchive.
 *
 * GIO, because libarchive throws away up to 64 KiB of good text in front of a truncation: a small
 * log cut short would come out empty. */
#include "core/ingest/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <gio/gio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"

static const Container containers[] = {
    {"gzip", {0x1f, 0x8b}, 2, FALSE},
    {"zstd", {0x28, 0xb5, 0x2f, 0xfd}, 4, FALSE},
    {"xz", {0xfd, '7', 'z', 'X', 'Z', 0x00}, 6, FALSE},
    {"bzip2", {'B', 'Z', 'h'}, 3, FALSE},
    {"zip", {'P', 'K', 0x03, 0x04}, 4, TRUE},
    {"zip", {'P', 'K', 0x05, 0x06}, 4, TRUE}, /* without any file */
};

const Container *container_recognise(const guint8 *start, gsize len)
{
  for (gsize i = 0; i < G_N_ELEMENTS(containers); i++) {
    const Container *c = &containers[i];
    if (len >= c->n_magic && memcmp(start, c->magic, c->n_magic) == 0)
      return c;
  }
  return NULL;
}

#define BLOCK_SIZE (256 * 1024)
#define N_BLOCKS   4
#define WAIT_USEC  (50 * G_TIME_SPAN_MILLISECOND)

/* Blocks go round: the decoder fills `head`, the reader empties `tail`. */
struct Unpack {
  Raw *raw;
  const Container *container;
  guint member;
  guint8 *in; /* of BLOCK_SIZE: bytes on their way into the decoder */
  GThread *thread;
  GMutex lock;
  GCond changed;
  guint8 *block[N_BLOCKS];
  gsize length[N_BLOCKS];
  guint head, tail; /* count up; the place is the remainder */
  gsize tail_at;    /* the reader's place in its block */
  gboolean finished, stop;
  char *damage;
  GError *error; /* of reading, not of decoding */
};

static gboolean unpack_wait(void *data)
{
  Unpack *u = data;
  g_mutex_lock(&u->lock);
  gboolean go_on = !u->stop;
  g_mutex_unlock(&u->lock);
  return go_on;
}

/* The block to fill next; NULL when the reader has gone. */
static guint8 *acquire_block(Unpack *u)
{
  g_mutex_lock(&u->lock);
  while (!u->stop && u->head - u->tail == N_BLOCKS)
    g_cond_wait(&u->changed, &u->lock);
  guint8 *block = u->stop ? NULL : u->block[u->head % N_BLOCKS];
  g_mutex_unlock(&u->lock);
  return block;
}

static void publish_block(Unpack *u, gsize len)
{
  if (len == 0)
    return;
  g_mutex_lock(&u->lock);
  u->length[u->head % N_BLOCKS] = len;
  u->head++;
  g_cond_broadcast(&u->changed);
  g_mutex_unlock(&u->lock);
}

static gssize read_stored(Unpack *u)
{
  return raw_read(u->raw, u->in, BLOCK_SIZE, unpack_wait, u, &u->error);
}

/* --- gzip ------------------------------------------------------------------------------------ */

typedef struct {
  GConverter *inflate;
  gsize at, end; /* undecoded bytes of u->in */
} Gzip;

/* After the end of one gzip member: TRUE when another follows (files joined with cat). */
static gboolean next_member(Unpack *u, Gzip *z)
{
  if (z->end - z->at < 2) {
    memmove(u->in, u->in + z->at, z->end - z->at);
    z->end -= z->at;
    z->at = 0;
    gssize n = raw_read(u->raw, u->in + z->end, BLOCK_SIZE - z->end, unpack_wait, u, &u->error);
    if (n > 0)
      z->end += (gsize)n;
  }
  if (z->end - z->at < 2 || u->in[z->at] != 0x1f || u->in[z->at + 1] != 0x8b) {
    /* tapes are filled up with zeros; anything else was meant to be read */
    for (gsize i = z->at; i < z->end && u->damage == NULL; i++)
      if (u->in[i] != 0)
        u->damage = g_strdup("other bytes follow the gzip");
    return FALSE;
  }
  g_converter_reset(z->inflate);
  return TRUE;
}

/* Fills one block as far as the stored bytes go. FALSE at the end. */
static gboolean inflate_block(Unpack *u, Gzip *z, guint8 *out, gsize *ret_len)
{
  gsize len = 0;
  gboolean more = TRUE;
  while (more && len < BLOCK_SIZE) {
    if (z->at == z->end) {
      gssize n = read_stored(u);
      z->at = 0;
      z->end = n > 0 ? (gsize)n : 0;
      if (n <= 0) {
        u->damage = n == 0 ? g_strdup("truncated gzip") : NULL;
        more = FALSE;
        break;
      }
    }
    gsize used = 0, made = 0;
    GError *e = NULL;
    GConverterResult r =
        g_converter_convert(z->inflate, u->in + z->at, z->end - z->at, out + len, BLOCK_SIZE - len,
                            G_CONVERTER_NO_FLAGS, &used, &made, &e);
    z->at += used;
    len += made;
    if (r == G_CONVERTER_FINISHED) {
      more = next_member(u, z);
    } else if (r == G_CONVERTER_ERROR) {
      if (g_error_matches(e, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)) {
        z->at = z->end;
      } else {
        u->damage = g_strdup("damaged gzip");
        more = FALSE;
      }
      g_clear_error(&e);
    }
  }
  *ret_len = len;
  return more;
}

static void run_gzip(Unpack *u)
{
  Gzip z = {.inflate = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP))};
  guint8 *out;
  gboolean more = TRUE;
  while (more && (out = acquire_block(u)) != NULL) {
    gsize len;
    more = inflate_block(u, &z, out, &len);
    publish_block(u, len);
  }
  g_object_unref(z.inflate);
}

/* --- libarchive ------------------------------------------------------------------------------ */

typedef struct {
  Raw *raw;
  guint8 *in;
  WaitFunc wait;
  void *wait_data;
  GError **error;
} Stored;

static la_ssize_t on_read(struct archive *a, void *data, const void **buf)
{
  Stored *s = data;
  *buf = s->in;
  gssize n = raw_read(s->raw, s->in, BLOCK_SIZE, s->wait, s->wait_data, s->error);
  if (n < 0)
    archive_set_error(a, EIO, "cannot be read");
  return n;
}

static la_int64_t on_seek(struct archive *a, void *data, la_int64_t offset, int whence)
{
  Stored *s = data;
  (void)a;
  gint64 base = whence == SEEK_SET   ? 0
                : whence == SEEK_CUR ? (gint64)raw_position(s->raw)
                                     : (gint64)raw_size(s->raw);
  if (offset < -base)
    return ARCHIVE_FATAL;
  raw_seek(s->raw, (guint64)(base + offset));
  return (la_int64_t)raw_position(s->raw);
}

/* NULL, with a failed status, when there is no memory. */
static struct archive *open_archive(Stored *s, int *ret_status)
{
  struct archive *a = archive_read_new();
  if (a == NULL) {
    *ret_status = ARCHIVE_FATAL;
    return NULL;
  }
  archive_read_support_filter_all(a);
  archive_read_support_format_raw(a);
  archive_read_support_format_zip(a);
  archive_read_support_format_empty(a);
  archive_read_set_read_callback(a, on_read);
  if (raw_is_seekable(s->raw))
    archive_read_set_seek_callback(a, on_seek);
  archive_read_set_callback_data(a, s);
  *ret_status = archive_read_open1(a);
  return a;
}

/* Folders, and the shadow entries that some systems put into a zip, are no logs. */
static gboolean is_log_entry(struct archive_entry *e)
{
  const char *path = archive_entry_pathname(e);
  if (archive_entry_filetype(e) == AE_IFDIR)
    return FALSE;
  return path == NULL || !(g_str_has_prefix(path, "__MACOSX/") || g_str_has_suffix(path, "/"));
}

static gboolean status_ok(int status)
{
  return status == ARCHIVE_OK || status == ARCHIVE_WARN;
}

static int next_entry(struct archive *a, struct archive_entry **ret)
{
  int status;
  do {
    status = archive_read_next_header(a, ret);
  } while (status_ok(status) && !is_log_entry(*ret));
  return status;
}

static char *damage_text(const Unpack *u, struct archive *a)
{
  const char *why = a != NULL ? archive_error_string(a) : "no memory";
  char *safe = text_safe(why != NULL ? why : "unknown damage", -1);
  char *text = g_strdup_printf("damaged %s (%s)", u->container->name, safe);
  g_free(safe);
  return text;
}

static void run_archive(Unpack *u)
{
  Stored s = {u->raw, u->in, unpack_wait, u, &u->error};
  int status;
  struct archive *a = open_archive(&s, &status);
  struct archive_entry *entry = NULL;
  for (guint i = 0; status_ok(status) && i <= u->member; i++)
    status = next_entry(a, &entry);
  guint8 *out;
  while (status_ok(status) && (out = acquire_block(u)) != NULL) {
    la_ssize_t n = archive_read_data(a, out, BLOCK_SIZE);
    if (n == 0)
      break;
    if (n < 0)
      status = (int)n;
    else
      publish_block(u, (gsize)n);
  }
  if (!status_ok(status) && status != ARCHIVE_EOF && u->error == NULL)
    u->damage = damage_text(u, a);
  archive_read_free(a);
}

GPtrArray *unpack_list(Raw *raw, const char *name, GError **error)
{
  GError *read_error = NULL;
  Stored s = {raw, g_malloc(BLOCK_SIZE), NULL, NULL, &read_error};
  int status;
  raw_seek(raw, 0);
  struct archive *a = open_archive(&s, &status);
  struct archive_entry *entry;
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  while (status_ok(status) && status_ok(status = next_entry(a, &entry))) {
    const char *path = archive_entry_pathname(entry);
    if (path != NULL)
      g_ptr_array_add(names, g_strdup(path));
    else
      g_ptr_array_add(names, g_strdup_printf("%u", names->len + 1));
  }
  char *safe = text_safe(name, -1);
  if (read_error != NULL) {
    g_propagate_error(error, read_error);
    g_clear_pointer(&names, g_ptr_array_unref);
  } else if (names->len == 0) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is a zip archive without a file that can be read%s%s; unpack it with another "
                "program and name the log",
                safe, status == ARCHIVE_EOF ? "" : ": ",
                status == ARCHIVE_EOF || a == NULL ? "" : archive_error_string(a));
    g_clear_pointer(&names, g_ptr_array_unref);
  }
  g_free(safe);
  archive_read_free(a);
  g_free(s.in);
  raw_seek(raw, 0);
  return names;
}

/* --- the thread and its reader --------------------------------------------------------------- */

static void *unpack_main(void *data)
{
  Unpack *u = data;
  if (strcmp(u->container->name, "gzip") == 0)
    run_gzip(u);
  else
    run_archive(u);
  g_mutex_lock(&u->lock);
  u->finished = TRUE;
  g_cond_broadcast(&u->changed);
  g_mutex_unlock(&u->lock);
  return NULL;
}

Unpack *unpack_new(Raw *raw, const Container *container, guint member)
{
  Unpack *u = g_new0(Unpack, 1);
  u->raw = raw;
  u->container = container;
  u->member = member;
  u->in = g_malloc(BLOCK_SIZE);
  for (guint i = 0; i < N_BLOCKS; i++)
    u->block[i] = g_malloc(BLOCK_SIZE);
  g_mutex_init(&u->lock);
  g_cond_init(&u->changed);
  u->thread = g_thread_new("unpack", unpack_main, u);
  return u;
}

void unpack_free(Unpack *u)
{
  if (u == NULL)
    return;
  g_mutex_lock(&u->lock);
  u->stop = TRUE;
  g_cond_broadcast(&u->changed);
  g_mutex_unlock(&u->lock);
  g_thread_join(u->thread);
  for (guint i = 0; i < N_BLOCKS; i++)
    g_free(u->block[i]);
  g_free(u->in);
  g_free(u->damage);
  g_clear_error(&u->error);
  g_mutex_clear(&u->lock);
  g_cond_clear(&u->changed);
  g_free(u);
}

/* With the lock held: waits for a block. FALSE when `wait` gave up. */
static gboolean wait_for_block(Unpack *u, WaitFunc wait, void *wait_data)
{
  while (u->head == u->tail && !u->finished) {
    if (g_cond_wait_until(&u->changed, &u->lock, g_get_monotonic_time() + WAIT_USEC))
      continue;
    g_mutex_unlock(&u->lock);
    gboolean go_on = wait == NULL || wait(wait_data);
    g_mutex_lock(&u->lock);
    if (!go_on)
      return FALSE;
  }
  return TRUE;
}

gssize unpack_read(Unpack *u, void *buf, gsize len, WaitFunc wait, void *wait_data, GError **error)
{
  gssize n = 0;
  g_mutex_lock(&u->lock);
  if (!wait_for_block(u, wait, wait_data)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_CANCELLED, "stopped while decompressing");
    n = -1;
  } else if (u->head != u->tail) {
    /* The block at the tail is the reader's alone: no lock is needed to copy from it, but it is
     * short enough not to matter. */
    guint i = u->tail % N_BLOCKS;
    n = (gssize)MIN(len, u->length[i] - u->tail_at);
    memcpy(buf, u->block[i] + u->tail_at, (gsize)n);
    u->tail_at += (gsize)n;
    if (u->tail_at == u->length[i]) {
      u->tail_at = 0;
      u->tail++;
      g_cond_broadcast(&u->changed);
    }
  } else if (u->error != NULL) {
    g_propagate_error(error, g_error_copy(u->error));
    n = -1;
  }
  g_mutex_unlock(&u->lock);
  return n;
}

const char *unpack_damage(Unpack *u)
{
  g_mutex_lock(&u->lock);
  const char *damage = u->finished ? u->damage : NULL;
  g_mutex_unlock(&u->lock);
  return damage;
}
