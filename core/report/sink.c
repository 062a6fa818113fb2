/* Sinks: buffering, the unfinished file beside the real one, and errors of write(2). */
#include "core/report/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define SINK_BUFFER (64 * 1024)

struct Sink {
  int fd;           /* -1 for a string */
  gboolean own_fd;  /* closed by sink_close */
  char *name;       /* for messages; safe text */
  char *path;       /* final name of a file that is renamed at the end, or NULL */
  char *unfinished; /* its name until then */
  GString *out;     /* the buffer, or the caller's string */
  int error;        /* errno of the first failure, 0 = none */
};

static Sink *sink_new(int fd, const char *name)
{
  Sink *s = g_new0(Sink, 1);
  s->fd = fd;
  s->name = text_safe(name, -1);
  s->out = g_string_sized_new(SINK_BUFFER + 4096);
  return s;
}

static void sink_free(Sink *s)
{
  if (s->own_fd && s->fd >= 0)
    close(s->fd);
  if (s->fd >= 0)
    g_string_free(s->out, TRUE);
  g_free(s->name);
  g_free(s->path);
  g_free(s->unfinished);
  g_free(s);
}

Sink *sink_fd(int fd, const char *name)
{
  return sink_new(fd, name);
}

Sink *sink_string(GString *out)
{
  Sink *s = g_new0(Sink, 1);
  s->fd = -1;
  s->name = g_strdup("memory");
  s->out = out;
  return s;
}

static const char *advice(int error)
{
  switch (error) {
  case ENOSPC:
  case EDQUOT:
    return "free some space, or write somewhere else with --output";
  case EACCES:
  case EPERM:
  case EROFS:
    return "choose a place you may write to with --output";
  case ENOENT:
    return "the folder must exist first";
  default:
    return "nothing complete was written";
  }
}

static void set_output_error(GError **error, const char *name, int number)
{
  g_set_error(error, CORE_ERROR, CORE_ERROR_OUTPUT, "cannot write %s: %s; %s", name,
              g_strerror(number), advice(number));
}

/* Creates the file beside `path` under a name that nobody has. */
static int create_unfinished(const char *path, char **ret_name)
{
  for (guint attempt = 0; attempt < 100; attempt++) {
    char *name = g_strdup_printf("%s.%06x~", path, g_random_int() & 0xffffff);
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) {
      int saved = errno;
      if (fd >= 0)
        *ret_name = name;
      else
        g_free(name);
      errno = saved;
      return fd;
    }
    g_free(name);
  }
  return -1;
}

Sink *sink_file(const char *path, GError **error)
{
  struct stat st;
  char *unfinished = NULL;
  gboolean direct = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
  int fd = direct ? open(path, O_WRONLY | O_CLOEXEC) : create_unfinished(path, &unfinished);
  if (fd < 0) {
    int saved = errno;
    char *safe = text_safe(path, -1);
    set_output_error(error, safe, saved);
    g_free(safe);
    return NULL;
  }
  Sink *s = sink_new(fd, path);
  s->own_fd = TRUE;
  if (!direct)
    s->path = g_strdup(path);
  s->unfinished = unfinished;
  return s;
}

static void flush(Sink *s)
{
  if (s->fd < 0)
    return;
  const char *p = s->out->str;
  gsize left = s->out->len;
  while (left > 0 && s->error == 0) {
    ssize_t n = write(s->fd, p, left);
    if (n > 0) {
      p += n;
      left -= (gsize)n;
    } else if (n < 0 && errno != EINTR) {
      s->error = errno;
    }
  }
  g_string_truncate(s->out, 0);
}

gboolean sink_write(Sink *s, const char *bytes, gsize n)
{
  if (s->error != 0)
    return FALSE;
  g_string_append_len(s->out, bytes, (gssize)n);
  if (s->fd >= 0 && s->out->len >= SINK_BUFFER)
    flush(s);
  return s->error == 0;
}

gboolean sink_puts(Sink *s, const char *text)
{
  return sink_write(s, text, strlen(text));
}

gboolean sink_ok(const Sink *s)
{
  return s->error == 0;
}

gboolean sink_close(Sink *s, GError **error)
{
  flush(s);
  if (s->own_fd) {
    if (close(s->fd) != 0 && s->error == 0 && errno != EINTR)
      s->error = errno;
    s->own_fd = FALSE;
  }
  if (s->unfinished && s->error == 0 && rename(s->unfinished, s->path) != 0)
    s->error = errno;
  if (s->unfinished && s->error != 0)
    unlink(s->unfinished);
  gboolean ok = s->error == 0;
  if (s->error == EPIPE)
    g_set_error(error, CORE_ERROR, CORE_ERROR_CANCELLED, "the reader of %s went away", s->name);
  else if (!ok)
    set_output_error(error, s->name, s->error);
  sink_free(s);
  return ok;
}

void sink_abandon(Sink *s)
{
  if (!s)
    return;
  if (s->unfinished)
    unlink(s->unfinished);
  sink_free(s);
}
