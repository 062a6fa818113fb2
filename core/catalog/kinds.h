/* Kinds by rule: what a raw path is, before anybody counts its readers.
 *
 * Owns the table read from lesson-kinds.conf: `kind = type pattern ...`. A path that no line
 * claims is judged by its readers (lesson or stray), which is the catalog's work. */
#ifndef CORE_CATALOG_KINDS_H
#define CORE_CATALOG_KINDS_H

#include "core/catalog/catalog.h"

typedef struct KindRules KindRules;

/* The kind of a path that is judged by its readers. */
#define KIND_BY_READERS N_KINDS

/* `lines` of SettingLine, NULL = the compiled-in file. A later line wins over an earlier one, so
 * that a user's lines, which come last, have the last word. NULL with CORE_ERROR_USAGE naming file
 * and line when one cannot be understood. */
KindRules *kind_rules_new(const GPtrArray *lines, GError **error);
void kind_rules_free(KindRules *rules);
/* Kind of a raw path. The missing path (length 0) is KIND_MISSING, whatever the rules say. */
Kind kind_rules_test(const KindRules *rules, const char *path, gsize len);

#endif
