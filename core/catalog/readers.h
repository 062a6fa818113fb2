/* Readers of paths: who, other than staff, made hits on which raw path.
 *
 * One pass over the log; every later count of distinct readers (by canonical name, by entry, for
 * any merging of paths) runs over these few pairs instead of the rows. */
#ifndef CORE_CATALOG_READERS_H
#define CORE_CATALOG_READERS_H

#include "core/log/log.h"

typedef struct {
  guint32 n_paths, n_users;
  guint32 *hits;      /* per path, of everybody */
  guint32 *read_hits; /* per path, hits of a staff cohort left out */
  gsize *start;       /* per user, n_users + 1: the pairs of user u are from start[u] on */
  guint32 *pairs;     /* paths, each once per user that read it outside a staff cohort */
} PathReaders;

PathReaders *path_readers_new(const AccessLog *log);
void path_readers_free(PathReaders *r);
/* Distinct readers of each of `n_groups` groups of paths; `group_of_path` maps every path to one.
 * Free with g_free. */
guint32 *path_readers_count(const PathReaders *r, const guint32 *group_of_path, guint32 n_groups);

#endif
