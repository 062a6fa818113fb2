/* Raw input: regular files, memory and streams behind one face. */
#include "core/ingest/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define WAIT_MS  50 /* how often a silent stream asks whether to go on */
#define PEEK_MAX 8

struct Raw {
  char *name;
  int fd; /* -1 for memory */
  gboolean own_fd;
  gboolean seekable;
  GBytes *bytes;
  guint64 size;
  _Atomic guint64 position; /* also read by the thread that shows progress */
  guint8 peeked[PEEK_MAX];
  gsize n_peeked, peeked_at;
};

static void set_errno_error(GError **error, const char *name, const char *verb, int err)
{
  static const struct {
    int err;
    const char *advice;
  } advice[] = {
      {ENOENT, "check the name"},
      {ENOTDIR, "check the name"},
      {EACCES, "you need the right to read it: ask its owner, or run chmod +r on it"},
      {EPERM, "you need the right to read it: ask its owner"},
      {EMFILE, "too many files at once: name fewer, or raise the limit with ulimit -n"},
      {EIO, "the device reports an error: copy the file elsewhere and try again"},
  };
  const char *what = "try to read it with another program, such as head";
  for (gsize i = 0; i < G_N_ELEMENTS(advice); i++) {
    if (advice[i].err == err)
      what = advice[i].advice;
  }
  char *safe = text_safe(name, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "cannot %s %s: %s; %s", verb, safe,
              g_strerror(err), what);
  g_free(safe);
}

static Raw *raw_new(const char *name, int fd, gboolean own_fd)
{
  Raw *raw = g_new0(Raw, 1);
  raw->name = g_strdup(name);
  raw->fd = fd;
  raw->own_fd = own_fd;
  return raw;
}

/* A regular file on a descriptor is read from where the descriptor stands (`program < file`). */
static void adopt_regular(Raw *raw, const struct stat *st)
{
  if (!S_ISREG(st->st_mode) || st->st_size < 0)
    return;
  raw->seekable = TRUE;
  raw->size = (guint64)st->st_size;
}

Raw *raw_open_file(const char *name, GError **error)
{
  /* opening a pipe that nobody writes into would wait where no one can stop it; reading asks */
  int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) {
    set_errno_error(error, name, "open", errno);
    return NULL;
  }
  struct stat st;
  if (fstat(fd, &st) != 0) {
    set_errno_error(error, name, "open", errno);
    close(fd);
    return NULL;
  }
  if (S_ISDIR(st.st_mode)) {
    char *safe = text_safe(name, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s is a directory, not a log; name the files in it, for example %s/*.csv", safe,
                safe);
    g_free(safe);
    close(fd);
    return NULL;
  }
  Raw *raw = raw_new(name, fd, TRUE);
  adopt_regular(raw, &st);
  return raw;
}

Raw *raw_open_fd(int fd, const char *name)
{
  Raw *raw = raw_new(name, fd, FALSE);
  struct stat st;
  if (fstat(fd, &st) == 0 && lseek(fd, 0, SEEK_CUR) == 0)
    adopt_regular(raw, &st);
  return raw;
}

Raw *raw_open_memory(GBytes *bytes, const char *name)
{
  Raw *raw = raw_new(name, -1, FALSE);
  raw->bytes = g_bytes_ref(bytes);
  raw->size = g_bytes_get_size(bytes);
  raw->seekable = TRUE;
  return raw;
}

void raw_free(Raw *raw)
{
  if (raw == NULL)
    return;
  if (raw->own_fd)
    close(raw->fd);
  if (raw->bytes != NULL)
    g_bytes_unref(raw->bytes);
  g_free(raw->name);
  g_free(raw);
}

gboolean raw_is_seekable(const Raw *raw)
{
  return raw->seekable;
}

guint64 raw_size(const Raw *raw)
{
  return raw->size;
}

guint64 raw_position(const Raw *raw)
{
  return raw->position;
}

void raw_seek(Raw *raw, guint64 offset)
{
  g_return_if_fail(raw->seekable);
  raw->n_peeked = raw->peeked_at = 0;
  raw->position = MIN(offset, raw->size);
}

gssize raw_pread(const Raw *raw, void *buf, gsize len, guint64 offset, GError **error)
{
  if (offset >= raw->size)
    return 0;
  len = (gsize)MIN((guint64)len, raw->size - offset);
  if (raw->bytes != NULL) {
    memcpy(buf, (const char *)g_bytes_get_data(raw->bytes, NULL) + offset, len);
    return (gssize)len;
  }
  for (;;) {
    ssize_t n = pread(raw->fd, buf, len, (off_t)offset);
    if (n >= 0)
      return n;
    if (errno != EINTR) {
      set_errno_error(error, raw->name, "read", errno);
      return -1;
    }
  }
}

/* Waits until the stream has bytes or has ended. */
static gboolean stream_wait(Raw *raw, WaitFunc wait, void *wait_data, GError **error)
{
  for (;;) {
    struct pollfd p = {.fd = raw->fd, .events = POLLIN};
    int n = poll(&p, 1, WAIT_MS);
    /* A descriptor that cannot be polled is left to read(), which says why. */
    if (n > 0 || (n < 0 && errno != EINTR))
      return TRUE;
    if (wait != NULL && !wait(wait_data)) {
      char *safe = text_safe(raw->name, -1);
      g_set_error(error, CORE_ERROR, CORE_ERROR_CANCELLED, "stopped while waiting for %s", safe);
      g_free(safe);
      return FALSE;
    }
  }
}

static gssize stream_read(Raw *raw, void *buf, gsize len, WaitFunc wait, void *wait_data,
                          GError **error)
{
  for (;;) {
    if (!stream_wait(raw, wait, wait_data, error))
      return -1;
    ssize_t n = read(raw->fd, buf, len);
    if (n >= 0)
      return n;
    if (errno != EINTR && errno != EAGAIN) {
      set_errno_error(error, raw->name, "read", errno);
      return -1;
    }
  }
}

gssize raw_read(Raw *raw, void *buf, gsize len, WaitFunc wait, void *wait_data, GError **error)
{
  gssize n;
  if (raw->peeked_at < raw->n_peeked) {
    n = (gssize)MIN(len, raw->n_peeked - raw->peeked_at);
    memcpy(buf, raw->peeked + raw->peeked_at, (gsize)n);
    raw->peeked_at += (gsize)n;
  } else if (raw->seekable) {
    n = raw_pread(raw, buf, len, raw_position(raw), error);
  } else {
    n = stream_read(raw, buf, len, wait, wait_data, error);
  }
  if (n > 0)
    raw->position += (guint64)n;
  return n;
}

gssize raw_peek(Raw *raw, guint8 *buf, gsize len, WaitFunc wait, void *wait_data, GError **error)
{
  len = MIN(len, PEEK_MAX);
  if (raw->seekable)
    return raw_pread(raw, buf, len, 0, error);
  while (raw->n_peeked < len) {
    gssize n =
        stream_read(raw, raw->peeked + raw->n_peeked, len - raw->n_peeked, wait, wait_data, error);
    if (n < 0)
      return -1;
    if (n == 0)
      break;
    raw->n_peeked += (gsize)n;
  }
  memcpy(buf, raw->peeked, raw->n_peeked);
  return (gssize)raw->n_peeked;
}

GBytes *raw_slurp(Raw *raw, gsize max, WaitFunc wait, void *wait_data, GError **error)
{
  GByteArray *all = g_byte_array_new();
  guint8 *block = g_malloc(65536);
  gssize n;
  while ((n = raw_read(raw, block, 65536, wait, wait_data, error)) > 0) {
    if (all->len + (gsize)n > max) {
      char *safe = text_safe(raw->name, -1);
      char *size = g_format_size(max);
      g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                  "%s is an archive of more than %s on a pipe; store it in a file and name that",
                  safe, size);
      g_free(size);
      g_free(safe);
      n = -1;
      break;
    }
    g_byte_array_append(all, block, (guint)n);
  }
  g_free(block);
  if (n < 0) {
    g_byte_array_unref(all);
    return NULL;
  }
  return g_byte_array_free_to_bytes(all);
}
