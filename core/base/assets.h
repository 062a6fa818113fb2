/* Assets: the settings files of assets/, compiled in, and the user's own on top.
 *
 * The compiled-in text is always there; `$XDG_CONFIG_HOME/cohortscope/NAME` may add to it or
 * override it. The core does not look at the environment: the caller passes the folder. */
#ifndef CORE_BASE_ASSETS_H
#define CORE_BASE_ASSETS_H

#include <glib.h>

/* The compiled-in file `name` (such as "programs.conf"), or NULL when there is none. The caller
 * unrefs. The bytes are static: nothing is copied. */
GBytes *assets_get(const char *name);

/* One line of a settings file: `key = value` (or a bare `key`, value ""), trimmed. */
typedef struct {
  char *key;
  char *value;
  char *origin; /* "assets/programs.conf" or the path of the user's file */
  guint line;   /* from 1 */
} SettingLine;

/* Lines of the compiled-in file, then those of `user_file` (NULL or absent: none), comments (`#`)
 * and blank lines dropped. Elements are SettingLine*, freed with the array. NULL with an error
 * when the user's file exists and cannot be read. */
GPtrArray *assets_lines(const char *name, const char *user_file, GError **error);
/* The bytes of a settings file of another form, without a byte-order mark; bounded, and never waits
 * for a pipe. An absent file leaves `out` empty. */
gboolean assets_user_file(const char *path, GByteArray *out, GError **error);
/* Lines of a text already in memory; `origin` is used in messages. Never fails. */
GPtrArray *assets_parse(const char *text, gsize len, const char *origin);

#endif
