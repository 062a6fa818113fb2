/* Digests: reading an ordinary file once more, in large pieces. */
#include "core/report/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((gsize)1 << 18)

static gboolean add_file(GChecksum *sum, int fd)
{
  guchar *piece = g_malloc(PIECE);
  ssize_t n;
  do {
    n = read(fd, piece, PIECE);
    if (n > 0)
      g_checksum_update(sum, piece, n);
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
  GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
  if (add_file(sum, fd))
    text = g_strdup(g_checksum_get_string(sum));
  g_checksum_free(sum);
  close(fd);
  return text;
}

char *digest_bytes(GBytes *bytes)
{
  return g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
}
