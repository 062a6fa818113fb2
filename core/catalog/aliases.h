/* Aliases of lessons: `old = new`, from lesson-aliases.conf. */
#ifndef CORE_CATALOG_ALIASES_H
#define CORE_CATALOG_ALIASES_H

#include <glib.h>

typedef struct Aliases Aliases;

/* `lines` of SettingLine, NULL = the compiled-in file; of two lines for one name the later wins.
 * NULL with CORE_ERROR_USAGE when a line lacks a name or when names lead back to themselves. */
Aliases *aliases_new(const GPtrArray *lines, GError **error);
void aliases_free(Aliases *a);
/* The name that a canonical name goes by: itself when it has no alias. Follows chains. Owned by
 * the caller or by the table. */
const char *aliases_resolve(const Aliases *a, const char *name);

#endif
