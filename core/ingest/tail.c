/* Tail: looking at a file again and again. */
#include "core/ingest/tail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/text.h"

struct Tail {
  char *path;
  int fd; /* of the file being read; -1: none */
  guint64 place, size;
  guint64 told; /* size that TAIL_MORE was told for */
  gint64 written, written_ns;
  gboolean gone;
  /* what the text looks like: its beginning, and the bytes in front of the place */
  guint8 head[TAIL_WINDOW], back[TAIL_WINDOW];
  gsize n_head, n_back;
};

Tail *tail_new(const char *path)
{
  Tail *t = g_new0(Tail, 1);
  t->path = g_strdup(path);
  t->fd = -1;
  return t;
}

void tail_rest(Tail *t)
{
  if (t->fd >= 0)
    close(t->fd);
  t->fd = -1;
  t->told = 0;
}

void tail_free(Tail *t)
{
  if (t == NULL)
    return;
  tail_rest(t);
  g_free(t->path);
  g_free(t);
}

guint64 tail_place(const Tail *t)
{
  return t->place;
}

guint64 tail_size(const Tail *t)
{
  return t->size;
}

gboolean tail_is_gone(const Tail *t)
{
  return t->gone;
}

void tail_look_again(Tail *t)
{
  t->told = 0;
}

static void set_errno_error(const Tail *t, const char *verb, int err, GError **error)
{
  char *safe = text_safe(t->path, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "cannot %s %s: %s; trying again", verb, safe,
              g_strerror(err));
  g_free(safe);
}

static gssize read_at(const Tail *t, int fd, void *buf, gsize len, guint64 offset, GError **error)
{
  for (;;) {
    ssize_t n = pread(fd, buf, len, (off_t)offset);
    if (n >= 0)
      return n;
    if (errno != EINTR) {
      set_errno_error(t, "read", errno, error);
      return -1;
    }
  }
}

gssize tail_pread(gconstpointer tail, void *buf, gsize len, guint64 offset, GError **error)
{
  const Tail *t = tail;
  if (t->fd < 0 || offset >= t->size)
    return 0;
  return read_at(t, t->fd, buf, (gsize)MIN((guint64)len, t->size - offset), offset, error);
}

/* --- is it the same text? ------------------------------------------------------------------------
 */

/* Exactly `len` bytes; FALSE when there are fewer, or with an error. */
static gboolean read_exactly(TailRead read, gconstpointer data, guint8 *buf, gsize len,
                             guint64 offset, GError **error)
{
  for (gsize have = 0; have < len;) {
    gssize n = read(data, buf + have, len - have, offset + have, error);
    if (n <= 0)
      return FALSE;
    have += (gsize)n;
  }
  return TRUE;
}

gboolean tail_set_place(Tail *t, guint64 place, TailRead read, gconstpointer data, GError **error)
{
  guint8 head[TAIL_WINDOW], back[TAIL_WINDOW];
  gsize n = (gsize)MIN(place, (guint64)TAIL_WINDOW);
  TailRead from = read != NULL ? read : tail_pread;
  gconstpointer what = read != NULL ? data : t;
  GError *e = NULL;
  if (!read_exactly(from, what, head, n, 0, &e) ||
      !read_exactly(from, what, back, n, place - n, &e)) {
    if (e != NULL) {
      g_propagate_error(error, e);
      return FALSE;
    }
    n = 0; /* cut off meanwhile: the next look sees that */
  }
  memcpy(t->head, head, n);
  memcpy(t->back, back, n);
  t->n_head = t->n_back = n;
  t->place = place;
  return TRUE;
}

typedef struct {
  const Tail *tail;
  int fd;
} Candidate;

static gssize read_candidate(gconstpointer data, void *buf, gsize len, guint64 offset,
                             GError **error)
{
  const Candidate *c = data;
  return read_at(c->tail, c->fd, buf, len, offset, error);
}

/* Does the file hold, up to the place, what has been read? */
static gboolean is_same_text(const Tail *t, int fd, guint64 size)
{
  guint8 now[TAIL_WINDOW];
  Candidate c = {t, fd};
  if (size < t->place)
    return FALSE;
  return read_exactly(read_candidate, &c, now, t->n_head, 0, NULL) &&
         memcmp(now, t->head, t->n_head) == 0 &&
         read_exactly(read_candidate, &c, now, t->n_back, t->place - t->n_back, NULL) &&
         memcmp(now, t->back, t->n_back) == 0;
}

static void start_anew(Tail *t)
{
  t->place = t->told = 0;
  t->n_head = t->n_back = 0;
}

/* --- looking -------------------------------------------------------------------------------------
 */

static void take_stat(Tail *t, const struct stat *st)
{
  t->size = (guint64)st->st_size;
  t->written = st->st_mtim.tv_sec;
  t->written_ns = st->st_mtim.tv_nsec;
}

/* The file of that name, opened. -1 with ret_change set. */
static int open_named(Tail *t, struct stat *st, TailChange *ret_change, GError **error)
{
  int fd = open(t->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
    *ret_change = t->gone ? TAIL_QUIET : TAIL_GONE;
    t->gone = TRUE;
    return -1;
  }
  *ret_change = TAIL_FAILED;
  if (fd < 0) {
    set_errno_error(t, "open", errno, error);
    return -1;
  }
  if (fstat(fd, st) != 0 || !S_ISREG(st->st_mode)) {
    char *safe = text_safe(t->path, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "%s is no regular file now; trying again",
                safe);
    g_free(safe);
    close(fd);
    return -1;
  }
  t->gone = FALSE;
  return fd;
}

static TailChange tell_more(Tail *t, TailChange change)
{
  if (t->size <= t->place || t->told == t->size)
    return TAIL_QUIET;
  t->told = t->size;
  return change;
}

/* Takes over the file of that name. */
static TailChange take_named(Tail *t, int fd, const struct stat *st)
{
  gboolean same = is_same_text(t, fd, (guint64)st->st_size);
  gboolean begun = t->place > 0;
  tail_rest(t);
  t->fd = fd;
  take_stat(t, st);
  if (same)
    return tell_more(t, TAIL_MORE);
  start_anew(t);
  return begun ? TAIL_ANEW : tell_more(t, TAIL_MORE);
}

/* The file being read has nothing new: has another one taken its name? */
static TailChange look_at_name(Tail *t, const struct stat *own, GError **error)
{
  struct stat st;
  TailChange change;
  if (stat(t->path, &st) == 0 && st.st_dev == own->st_dev && st.st_ino == own->st_ino) {
    t->gone = FALSE;
    return TAIL_QUIET;
  }
  int fd = open_named(t, &st, &change, error);
  if (fd < 0)
    return change;
  /* what the old one still holds comes first, unless the new one holds it as well */
  if (t->size > t->place && !is_same_text(t, fd, (guint64)st.st_size)) {
    close(fd);
    return TAIL_END;
  }
  return take_named(t, fd, &st);
}

TailChange tail_look(Tail *t, GError **error)
{
  struct stat st;
  TailChange change;
  if (t->fd < 0) {
    int fd = open_named(t, &st, &change, error);
    return fd < 0 ? change : take_named(t, fd, &st);
  }
  if (fstat(t->fd, &st) != 0) {
    set_errno_error(t, "read", errno, error);
    tail_rest(t);
    return TAIL_FAILED;
  }
  gboolean touched = (guint64)st.st_size != t->size || st.st_mtim.tv_sec != t->written ||
                     st.st_mtim.tv_nsec != t->written_ns;
  take_stat(t, &st);
  if (touched && !is_same_text(t, t->fd, t->size)) {
    start_anew(t);
    return TAIL_ANEW;
  }
  change = tell_more(t, TAIL_MORE);
  return change == TAIL_QUIET ? look_at_name(t, &st, error) : change;
}
