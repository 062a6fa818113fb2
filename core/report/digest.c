/* Digests: reading an ordinary file once more, in large pieces. */
#include "core/report/digest.h"
#include "core/report/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((gsize)1 << 18)

/* One of the two ways; `slow` is NULL where the processor helps. */
typedef struct {
  Sha256 fast;
  GChecksum *slow;
} Digest;

static void digest_begin(Digest *d)
{
  d->slow = sha256_available() ? NULL : g_checksum_new(G_CHECKSUM_SHA256);
  sha256_init(&d->fast);
}

static void digest_add(Digest *d, const guchar *bytes, gsize n)
{
  if (d->slow)
    g_checksum_update(d->slow, bytes, (gssize)n);
  else
    sha256_update(&d->fast, bytes, n);
}

static char *digest_end(Digest *d)
{
  char *text = d->slow ? g_strdup(g_checksum_get_string(d->slow)) : sha256_finish(&d->fast);
  g_clear_pointer(&d->slow, g_checksum_free);
  return text;
}

static gboolean add_file(Digest *d, int fd)
{
  guchar *piece = g_malloc(PIECE);
  ssize_t n;
  do {
    n = read(fd, piece, PIECE);
    if (n > 0)
      digest_add(d, piece, (gsize)n);
  } while (n > 0 || (n < 0 && errno == EINTR));
  g_free(piece);
  return n == 0;
}

char *digest_file(const char *path)
{
  struct stat st;
  char *text = NULL;
  /* Looked at before it is opened: opening a pipe would wait for, or rob, whoever uses it. */
  if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
    return NULL;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return NULL;
  Digest d;
  digest_begin(&d);
  gboolean whole = add_file(&d, fd);
  text = digest_end(&d);
  if (!whole)
    g_clear_pointer(&text, g_free);
  close(fd);
  return text;
}

char *digest_bytes(GBytes *bytes)
{
  Digest d;
  gsize n;
  const guchar *data = g_bytes_get_data(bytes, &n);
  digest_begin(&d);
  digest_add(&d, data, n);
  return digest_end(&d);
}
