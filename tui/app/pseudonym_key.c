/* Keys of pseudonyms: making, keeping and reading them. */
#include "tui/app/pseudonym_key.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/open.h"

typedef enum { KEY_READ, KEY_ABSENT, KEY_DAMAGED, KEY_FAILED } KeyState;

static KeyState read_key(const char *path, guint8 *ret)
{
  guint8 bytes[PSEUDONYM_KEY_BYTES + 1];
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    return errno == ENOENT ? KEY_ABSENT : KEY_FAILED;
  ssize_t n = read(fd, bytes, sizeof bytes);
  int saved = errno;
  close(fd);
  errno = saved;
  if (n < 0)
    return KEY_FAILED;
  if (n != PSEUDONYM_KEY_BYTES)
    return KEY_DAMAGED;
  memcpy(ret, bytes, PSEUDONYM_KEY_BYTES);
  return KEY_READ;
}

/* Writes a new key beside `path` and links it there, so that a half-written key is never seen and
 * of two programs that do this at once only one wins; the caller reads what is there then. */
static gboolean make_key(const char *path)
{
  guint8 key[PSEUDONYM_KEY_BYTES];
  if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key)
    return FALSE;
  char *beside = g_strdup_printf("%s.%d~", path, (int)getpid());
  unlink(beside);
  int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok = fd >= 0 && write(fd, key, sizeof key) == (ssize_t)sizeof key;
  int saved = errno;
  if (fd >= 0 && close(fd) != 0 && ok) {
    saved = errno;
    ok = FALSE;
  }
  if (ok && link(beside, path) != 0 && errno != EEXIST) {
    saved = errno;
    ok = FALSE;
  }
  if (fd >= 0)
    unlink(beside);
  g_free(beside);
  errno = saved;
  return ok;
}

Pseudonyms *pseudonym_key_open(const AccessLog *log, GError **error)
{
  guint8 key[PSEUDONYM_KEY_BYTES];
  char *data_set = pseudonym_data_set(log);
  char *name = g_strdup_printf("pseudonyms/%s.key", data_set);
  char *path = open_state_path(name, error);
  g_free(data_set);
  g_free(name);
  if (!path)
    return NULL;
  KeyState state = read_key(path, key);
  if (state == KEY_ABSENT)
    state = make_key(path) ? read_key(path, key) : KEY_FAILED;
  int saved = errno;
  char *safe = text_safe(path, -1);
  if (state == KEY_DAMAGED)
    g_set_error(error, CORE_ERROR, CORE_ERROR_INPUT,
                "%s holds no key of pseudonyms; put the right file back, or remove it to get new "
                "pseudonyms",
                safe);
  else if (state != KEY_READ)
    g_set_error(error, CORE_ERROR, CORE_ERROR_OUTPUT,
                "cannot keep the key of the pseudonyms in %s: %s; set XDG_STATE_HOME to a place "
                "you may write to",
                safe, g_strerror(saved));
  g_free(safe);
  g_free(path);
  Pseudonyms *p = state == KEY_READ ? pseudonyms_new(key) : NULL;
  memset(key, 0, sizeof key);
  return p;
}
