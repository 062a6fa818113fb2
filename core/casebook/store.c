/* Store: files that appear whole, and a lock between programs. */
#include "core/casebook/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/text.h"

#define MODE_FILE   0600
#define MODE_FOLDER 0700
#define LOCK_STEP   10 /* milliseconds between two tries */
#define ASIDE_MAX   1000
#define WRITING_MAX 60             /* seconds that nobody takes to write a file */
#define ABANDONED   (24 * 60 * 60) /* ... even with a number that another program has now */

/* "cannot write /home/.../casebook.json: No space left on device; ..." from errno. */
static void set_error(GError **error, int code, const char *verb, const char *path,
                      const char *advice)
{
  int number = errno;
  char *safe = text_safe(path, -1);
  g_set_error(error, CORE_ERROR, code, "cannot %s %s: %s; %s", verb, safe, g_strerror(number),
              advice);
  g_free(safe);
}

gboolean store_make_folder(const char *folder, GError **error)
{
  if (g_mkdir_with_parents(folder, MODE_FOLDER) == 0) {
    if (chmod(folder, MODE_FOLDER) != 0)
      errno = 0; /* somebody else's folder that we may write to: its mode is theirs to choose */
    return TRUE;
  }
  set_error(error, CORE_ERROR_OUTPUT, "make the folder", folder,
            "notes cannot be kept; set XDG_STATE_HOME to a place you may write to");
  return FALSE;
}

/* --- reading -----------------------------------------------------------------------------------
 */

static gboolean read_all(int fd, char *to, gsize len, gsize *ret_len)
{
  gsize got = 0;
  while (got < len) {
    ssize_t n = read(fd, to + got, len - got);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    if (n == 0)
      break;
    got += (gsize)n;
  }
  *ret_len = got;
  return TRUE;
}

/* Opens an ordinary file of a size that is allowed; -1 with an error, or without one when there is
 * no such file. */
static int open_file(const char *path, gsize *ret_size, GError **error)
{
  struct stat st;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT)
    return -1;
  if (fd < 0 || fstat(fd, &st) != 0) {
    set_error(error, CORE_ERROR_INPUT, "read", path, "look at its owner and its mode");
  } else if (!S_ISREG(st.st_mode)) {
    char *safe = text_safe(path, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT, "%s is no ordinary file; move it away", safe);
    g_free(safe);
  } else if (st.st_size > (off_t)STORE_MAX_BYTES) {
    char *safe = text_safe(path, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "%s is larger than %u MiB, which no notes are; move it away", safe,
                STORE_MAX_BYTES >> 20);
    g_free(safe);
  } else {
    *ret_size = (gsize)st.st_size;
    return fd;
  }
  if (fd >= 0)
    close(fd);
  return -1;
}

StoreResult store_load(const char *path, char **ret_text, gsize *ret_len, GError **error)
{
  GError *local = NULL;
  gsize size = 0;
  int fd = open_file(path, &size, &local);
  if (fd < 0) {
    if (!local)
      return STORE_ABSENT;
    g_propagate_error(error, local);
    return STORE_FAILED;
  }
  char *text = g_malloc(size + 1);
  gsize len = 0;
  gboolean ok = read_all(fd, text, size, &len);
  if (!ok)
    set_error(error, CORE_ERROR_INPUT, "read", path, "look at the disk");
  close(fd);
  if (!ok) {
    g_free(text);
    return STORE_FAILED;
  }
  text[len] = '\0';
  *ret_text = text;
  *ret_len = len;
  return STORE_READ;
}

/* --- writing -----------------------------------------------------------------------------------
 */

static gboolean write_all(int fd, const char *text, gsize len)
{
  while (len > 0) {
    ssize_t n = write(fd, text, len);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    text += n;
    len -= (gsize)n;
  }
  return TRUE;
}

/* The rename itself reaches the disk when the folder does; a file system that cannot do that does
 * no harm. */
static void sync_folder(const char *path)
{
  char *folder = g_path_get_dirname(path);
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
  g_free(folder);
}

/* A file is written as `path.PROCESS.XXXXXX` first. */
static char *name_beside(const char *path)
{
  return g_strdup_printf("%s.%ld.XXXXXX", path, (long)getpid());
}

/* The process that wrote a file of that name beside `base`; 0: none of ours. */
static long writer_of(const char *name, const char *base)
{
  gsize n = strlen(base);
  char *end = NULL;
  if (strncmp(name, base, n) != 0 || name[n] != '.' || !g_ascii_isdigit(name[n + 1]))
    return 0;
  gint64 pid = g_ascii_strtoll(name + n + 1, &end, 10);
  gboolean ours = *end == '.' && strlen(end + 1) == 6 && pid > 0 && pid <= G_MAXINT;
  for (const char *p = end + 1; ours && *p; p++)
    ours = g_ascii_isalnum(*p);
  return ours ? (long)pid : 0;
}

/* Removes what programs that were killed while they wrote have left beside `path`. `now` is the
 * time of the file system: that of a file just written. */
static void sweep(const char *path, gint64 now)
{
  char *folder = g_path_get_dirname(path), *base = g_path_get_basename(path);
  GDir *dir = g_dir_open(folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    struct stat st;
    long pid = writer_of(name, base);
    char *file = pid ? g_build_filename(folder, name, NULL) : NULL;
    if (file && lstat(file, &st) == 0 && S_ISREG(st.st_mode)) {
      gint64 age = now - st.st_mtim.tv_sec;
      gboolean gone = kill((pid_t)pid, 0) != 0 && errno == ESRCH;
      if (age > ABANDONED || (gone && age > WRITING_MAX))
        unlink(file);
    }
    g_free(file);
  }
  if (dir)
    g_dir_close(dir);
  g_free(folder);
  g_free(base);
}

gboolean store_save(const char *path, const char *text, gsize len, GError **error)
{
  struct stat st;
  if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
    /* a rename would put a file in the place of a device */
    errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
    set_error(error, CORE_ERROR_OUTPUT, "write", path, "it is no ordinary file: give another name");
    return FALSE;
  }
  char *beside = name_beside(path);
  int fd = g_mkstemp_full(beside, O_WRONLY | O_CLOEXEC, MODE_FILE);
  gboolean ok = fd >= 0 && write_all(fd, text, len) && fsync(fd) == 0;
  if (fd >= 0) {
    int saved = errno;
    gboolean closed = close(fd) == 0;
    if (!ok)
      errno = saved;
    ok = ok && closed;
  }
  ok = ok && rename(beside, path) == 0;
  if (!ok) {
    set_error(error, CORE_ERROR_OUTPUT, "write", path, "nothing was changed");
    if (fd >= 0)
      unlink(beside);
  } else {
    sync_folder(path);
    if (stat(path, &st) == 0)
      sweep(path, st.st_mtim.tv_sec);
  }
  g_free(beside);
  return ok;
}

char *store_move_aside(const char *path, GError **error)
{
  for (guint n = 1; n <= ASIDE_MAX; n++) {
    char *name =
        n == 1 ? g_strconcat(path, ".damaged", NULL) : g_strdup_printf("%s.damaged-%u", path, n);
    /* link fails when the name is taken, so that nothing is ever written over */
    if (link(path, name) == 0) {
      unlink(path);
      return name;
    }
    gboolean no_links = errno == EPERM || errno == ENOTSUP || errno == ENOSYS;
    if (no_links && g_access(name, F_OK) != 0 && rename(path, name) == 0)
      return name;
    g_free(name);
    if (errno != EEXIST && !no_links)
      break;
  }
  set_error(error, CORE_ERROR_OUTPUT, "move aside", path, "move it away by hand");
  return NULL;
}

/* --- who wrote last ----------------------------------------------------------------------------
 */

StoreStamp store_stamp(const char *path)
{
  struct stat st;
  StoreStamp s = {0};
  if (stat(path, &st) != 0)
    return s;
  s.exists = TRUE;
  s.device = st.st_dev;
  s.inode = st.st_ino;
  s.size = (guint64)st.st_size;
  s.seconds = st.st_mtim.tv_sec;
  s.nanoseconds = st.st_mtim.tv_nsec;
  return s;
}

gboolean store_stamp_equal(const StoreStamp *a, const StoreStamp *b)
{
  return a->exists == b->exists && a->device == b->device && a->inode == b->inode &&
         a->size == b->size && a->seconds == b->seconds && a->nanoseconds == b->nanoseconds;
}

int store_lock(const char *path, guint timeout_ms, GError **error)
{
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, MODE_FILE);
  if (fd < 0) {
    set_error(error, CORE_ERROR_OUTPUT, "open", path, "nothing was changed");
    return -1;
  }
  for (guint waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += LOCK_STEP) {
    if (errno == EINTR)
      continue;
    if (errno == ENOLCK || errno == ENOTSUP || errno == ENOSYS)
      break; /* a file system without locks: the re-reading before each change has to do */
    if (errno != EWOULDBLOCK || waited >= timeout_ms) {
      set_error(error, CORE_ERROR_OUTPUT, "lock", path,
                "another program is writing; nothing was changed, try again");
      close(fd);
      return -1;
    }
    g_usleep(LOCK_STEP * 1000);
  }
  return fd;
}

void store_unlock(int fd)
{
  if (fd >= 0)
    close(fd); /* lets go of the lock */
}
