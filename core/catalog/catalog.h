/* Catalog: from raw paths to lessons, modules and kinds.
 *
 * Every path of the log belongs to exactly one entry. An entry is a canonical name together with
 * its kind; entries of kind `lesson` are what people call lessons. The rules are data:
 * lesson-kinds.conf and lesson-aliases.conf. Analysis notes: canonical names, kinds. */
#ifndef CORE_CATALOG_CATALOG_H
#define CORE_CATALOG_CATALOG_H

#include "core/log/log.h"

typedef enum {
  KIND_LESSON,
  KIND_HOME,
  KIND_TOC,
  KIND_SEARCH,
  KIND_ASSET,
  KIND_PROBE,
  KIND_STRAY,
  KIND_MISSING,
  N_KINDS
} Kind;

typedef struct {
  gboolean raw_paths;            /* entries are raw paths; kinds stay those of the canonical name */
  guint min_users;               /* a lesson has at least so many users who are not staff (5) ... */
  guint min_hits;                /* ... who made at least so many hits on it (10) */
  const GPtrArray *kinds_conf;   /* of SettingLine */
  const GPtrArray *aliases_conf; /* of SettingLine: old = new */
} CatalogOptions;

typedef struct {
  char *name; /* canonical name; "/" for the home page, "(missing)" for no path */
  Kind kind;
  guint32 module;  /* into modules */
  guint32 n_paths; /* raw paths merged into it */
  guint32 hits;    /* over the whole log */
  guint32 users;   /* distinct, staff left out, over the whole log */
  guint32 nearest; /* of a stray: the lesson with the closest name, or CATALOG_NONE */
} CatalogEntry;

#define CATALOG_NONE G_MAXUINT32

typedef struct {
  guint32 n_paths;
  const guint32 *entry_of_path; /* one entry per path id */
  guint32 n_entries;
  const CatalogEntry *entries;
  const guint8 *kind_of_entry; /* the same as entries[].kind, dense for scans */
  const guint32 *module_of_entry;
  guint32 n_modules;
  const char *const *modules; /* names; module 0 is "" (home, missing) */
  guint64 kind_hits[N_KINDS]; /* hits over the whole log */
  guint32 kind_entries[N_KINDS];
} Catalog;

/* Fills the defaults (5 users, 10 hits, no raw paths); the conf arrays stay NULL = compiled-in. */
void catalog_options_init(CatalogOptions *o);
/* NULL with CORE_ERROR_USAGE when a settings line cannot be understood. */
Catalog *catalog_new(const AccessLog *log, const CatalogOptions *o, GError **error);
void catalog_free(Catalog *c);
/* Entry of that name (any kind; a lesson first), or CATALOG_NONE. */
guint32 catalog_find(const Catalog *c, const char *name);
/* Raw path ids merged into `entry`, most hits first, appended to `ret` (guint32). */
void catalog_paths_of(const Catalog *c, const AccessLog *log, guint32 entry, GArray *ret);
/* `lesson`, `home`, ... and back (FALSE when unknown). */
const char *kind_name(Kind k);
gboolean kind_parse(const char *s, Kind *ret);

/* Canonical form of one raw path: the steps that need no other path (percent-decoding, case,
 * separators, numbers). Free with g_free. Exposed for tests and for the "why" of a lesson. */
char *catalog_canonical(const char *path, gsize len);

#endif
