/* Readers of paths: one pass in user order. */
#include "core/catalog/readers.h"

#define FETCH_AHEAD 24

PathReaders *path_readers_new(const AccessLog *log)
{
  PathReaders *r = g_new0(PathReaders, 1);
  r->n_paths = strpool_count(log->paths);
  r->n_users = strpool_count(log->users);
  r->hits = g_new0(guint32, (gsize)r->n_paths + 1);
  r->read_hits = g_new0(guint32, (gsize)r->n_paths + 1);
  r->start = g_new0(gsize, (gsize)r->n_users + 1);
  guint n_cohorts = log->cohorts->cohorts->len;
  guint8 *staff = g_new0(guint8, n_cohorts + 1);
  for (guint c = 0; c < n_cohorts; c++)
    staff[c] = g_array_index(log->cohorts->cohorts, Cohort, c).staff;
  gsize n = 0, room = 0;
  guint32 *seen = g_new0(guint32, (gsize)r->n_paths + 1); /* 1 + the last user of the path */
  for (guint32 u = 0; u < r->n_users; u++) {
    r->start[u] = n;
    for (guint32 i = log->user_start[u]; i < log->user_start[u + 1]; i++) {
      /* the rows of a user lie far apart: fetch ahead of what is needed */
      guint32 ahead = log->rows_by_user[MIN(i + FETCH_AHEAD, log->n_rows - 1)];
      __builtin_prefetch(&log->path[ahead]);
      __builtin_prefetch(&log->cohort[ahead]);
      guint32 row = log->rows_by_user[i], path = log->path[row];
      r->hits[path]++;
      if (staff[log->cohort[row]])
        continue;
      r->read_hits[path]++;
      if (seen[path] != u + 1) {
        seen[path] = u + 1;
        if (n == room) {
          room = MAX(4096, room * 2);
          r->pairs = g_renew(guint32, r->pairs, room);
        }
        r->pairs[n++] = path;
      }
    }
  }
  r->start[r->n_users] = n;
  g_free(seen);
  g_free(staff);
  return r;
}

void path_readers_free(PathReaders *r)
{
  if (!r)
    return;
  g_free(r->hits);
  g_free(r->read_hits);
  g_free(r->start);
  g_free(r->pairs);
  g_free(r);
}

guint32 *path_readers_count(const PathReaders *r, const guint32 *group_of_path, guint32 n_groups)
{
  guint32 *count = g_new0(guint32, (gsize)n_groups + 1);
  guint32 *seen = g_new0(guint32, (gsize)n_groups + 1);
  for (guint32 u = 0; u < r->n_users; u++)
    for (gsize i = r->start[u]; i < r->start[u + 1]; i++) {
      guint32 group = group_of_path[r->pairs[i]];
      if (seen[group] != u + 1) {
        seen[group] = u + 1;
        count[group]++;
      }
    }
  g_free(seen);
  return count;
}
