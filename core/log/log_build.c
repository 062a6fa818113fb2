/* Building a log: rows in blocks, dictionaries, joining of builders, finishing. */
#include "core/log/log_private.h"

#include "core/base/error.h"

#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

const guint8 log_column_width[N_COLUMNS] = {
    [COL_TIME] = sizeof(CivilTime), [COL_PATH] = sizeof(guint32), [COL_USER] = sizeof(guint32),
    [COL_COHORT] = sizeof(guint16), [COL_IP] = sizeof(guint32),   [COL_AGENT] = sizeof(guint32),
};

/* --- blocks -------------------------------------------------------------------------------------
 */

static void block_free(gpointer data)
{
  RowBlock *block = data;
  for (int c = 0; c < N_COLUMNS; c++)
    g_free(block->column[c]);
  g_free(block);
}

static RowBlock *block_new(guint32 cap)
{
  RowBlock *block = g_new0(RowBlock, 1);
  block->cap = cap;
  for (int c = 0; c < N_COLUMNS; c++)
    if (c != COL_AGENT)
      block->column[c] = g_malloc_n(cap, log_column_width[c]);
  return block;
}

/* Gives back the room behind the last row. */
static void block_trim(RowBlock *block)
{
  if (block->n_rows == block->cap)
    return;
  block->cap = block->n_rows;
  for (int c = 0; c < N_COLUMNS; c++)
    if (block->column[c])
      block->column[c] = g_realloc_n(block->column[c], MAX(block->cap, 1), log_column_width[c]);
}

static RowBlock *last_block(const LogBuilder *b)
{
  return b->blocks->len ? b->blocks->pdata[b->blocks->len - 1] : NULL;
}

/* A block with room for a row: small for a small log, then doubled up to the maximum. */
static RowBlock *block_with_room(LogBuilder *b)
{
  RowBlock *block = last_block(b);
  if (block && block->n_rows < block->cap)
    return block;
  guint32 cap = MIN(block ? MAX(block->cap * 2, BLOCK_ROWS_MIN) : BLOCK_ROWS_MIN, BLOCK_ROWS_MAX);
  block = block_new(cap);
  g_ptr_array_add(b->blocks, block);
  return block;
}

/* --- rows ---------------------------------------------------------------------------------------
 */

LogBuilder *log_builder_new(void)
{
  LogBuilder *b = g_new0(LogBuilder, 1);
  b->blocks = g_ptr_array_new_with_free_func(block_free);
  b->max_rows = G_MAXUINT32 - 1;
  b->paths = strpool_new();
  b->users = strpool_new();
  b->ips = ip_table_new();
  b->cohorts = cohort_table_new();
  strpool_intern(b->paths, "", 0); /* PATH_MISSING */
  return b;
}

void log_builder_free(LogBuilder *b)
{
  if (!b)
    return;
  g_ptr_array_free(b->blocks, TRUE);
  strpool_free(b->paths);
  strpool_free(b->users);
  strpool_free(b->agents);
  ip_table_free(b->ips);
  cohort_table_free(b->cohorts);
  g_free(b);
}

guint32 log_builder_path(LogBuilder *b, const char *s, gsize len)
{
  return len == 0 ? PATH_MISSING : strpool_intern(b->paths, s, len);
}

guint32 log_builder_user(LogBuilder *b, const char *s, gsize len)
{
  return strpool_intern(b->users, s, len);
}

guint32 log_builder_ip(LogBuilder *b, const char *s, gsize len)
{
  return ip_table_intern(b->ips, s, len);
}

/* The pool of agents, with the missing one as id 0. */
static StrPool *builder_agents(LogBuilder *b)
{
  if (!b->agents) {
    b->agents = strpool_new();
    strpool_intern(b->agents, "", 0);
  }
  return b->agents;
}

guint32 log_builder_agent(LogBuilder *b, const char *s, gsize len)
{
  return len == 0 ? 0 : strpool_intern(builder_agents(b), s, len);
}

guint16 log_builder_cohort(LogBuilder *b, const char *id, gboolean *ret_full)
{
  guint16 index = cohort_table_intern(b->cohorts, id);
  if (ret_full)
    *ret_full = index == COHORT_NONE && id && *id;
  return index;
}

CohortTable *log_builder_cohorts(LogBuilder *b)
{
  return b->cohorts;
}

guint32 log_builder_count(const LogBuilder *b)
{
  return b->n_rows;
}

gboolean log_builder_add(LogBuilder *b, const LogRow *row)
{
  if (b->n_rows >= b->max_rows)
    return FALSE;
  RowBlock *block = block_with_room(b);
  guint32 i = block->n_rows++;
  b->n_rows++;
  ((CivilTime *)block->column[COL_TIME])[i] = row->time;
  ((guint32 *)block->column[COL_PATH])[i] = row->path;
  ((guint32 *)block->column[COL_USER])[i] = row->user;
  ((guint16 *)block->column[COL_COHORT])[i] = row->cohort;
  ((guint32 *)block->column[COL_IP])[i] = row->ip;
  if (row->agent && !block->column[COL_AGENT])
    block->column[COL_AGENT] = g_new0(guint32, block->cap);
  if (block->column[COL_AGENT])
    ((guint32 *)block->column[COL_AGENT])[i] = row->agent;
  return TRUE;
}

/* --- joining ------------------------------------------------------------------------------------
 */

static gboolean append_fits(const LogBuilder *b, const LogBuilder *src)
{
  return (guint64)b->n_rows + src->n_rows <= b->max_rows &&
         strpool_has_room_for(b->paths, src->paths) && strpool_has_room_for(b->users, src->users) &&
         (!src->agents || !b->agents || strpool_has_room_for(b->agents, src->agents)) &&
         ip_table_has_room_for(b->ips, src->ips);
}

static guint32 *map_strings(StrPool *pool, const StrPool *src)
{
  guint32 n = strpool_count(src);
  guint32 *map = g_new(guint32, MAX(n, 1));
  for (guint32 id = 0; id < n; id++) {
    gsize len;
    const char *s = strpool_get(src, id, &len);
    map[id] = strpool_intern(pool, s, len);
  }
  return map;
}

static void map_column(void *column, guint32 n_rows, const guint32 *map)
{
  guint32 *ids = column;
  for (guint32 i = 0; ids && i < n_rows; i++)
    ids[i] = map[ids[i]];
}

/* Writes the ids of `b` into the rows of `src`. */
static void map_rows(LogBuilder *b, LogBuilder *src, const guint16 *cohort_map)
{
  guint32 *paths = map_strings(b->paths, src->paths), *users = map_strings(b->users, src->users);
  guint32 *agents = src->agents ? map_strings(builder_agents(b), src->agents) : NULL;
  guint32 *ips = g_new(guint32, ip_table_count(src->ips));
  ip_table_merge(b->ips, src->ips, ips);
  for (guint k = 0; k < src->blocks->len; k++) {
    RowBlock *block = src->blocks->pdata[k];
    map_column(block->column[COL_PATH], block->n_rows, paths);
    map_column(block->column[COL_USER], block->n_rows, users);
    map_column(block->column[COL_IP], block->n_rows, ips);
    map_column(block->column[COL_AGENT], block->n_rows, agents);
    guint16 *cohort = block->column[COL_COHORT];
    for (guint32 i = 0; i < block->n_rows; i++)
      cohort[i] = cohort_map[cohort[i]];
  }
  g_free(paths);
  g_free(users);
  g_free(agents);
  g_free(ips);
}

gboolean log_builder_append(LogBuilder *b, LogBuilder *src, GError **error)
{
  guint16 *cohort_map = g_new(guint16, src->cohorts->cohorts->len);
  if (!append_fits(b, src) || !cohort_table_merge(b->cohorts, src->cohorts, cohort_map)) {
    g_free(cohort_map);
    g_set_error(error, CORE_ERROR, CORE_ERROR_LIMIT,
                "the inputs together have more rows, users, paths, addresses or cohorts than can "
                "be numbered; load fewer of them at a time");
    return FALSE;
  }
  map_rows(b, src, cohort_map);
  g_free(cohort_map);
  if (last_block(b))
    block_trim(last_block(b));
  if (last_block(src))
    block_trim(last_block(src));
  for (guint k = 0; k < src->blocks->len; k++)
    g_ptr_array_add(b->blocks, src->blocks->pdata[k]);
  g_ptr_array_set_free_func(src->blocks, NULL);
  b->n_rows += src->n_rows;
  log_builder_free(src);
  return TRUE;
}

/* --- finishing ----------------------------------------------------------------------------------
 */

/* One column of all blocks in one array. `consume` frees each piece as soon as it is copied, so
 * that at no time two whole copies of a log are held. */
static void *flatten(const LogBuilder *b, ColumnId c, gboolean consume)
{
  guint width = log_column_width[c];
  char *flat = g_malloc_n(MAX(b->n_rows, 1), width), *to = flat;
  for (guint k = 0; k < b->blocks->len; k++) {
    RowBlock *block = b->blocks->pdata[k];
    gsize bytes = (gsize)block->n_rows * width;
    if (block->column[c])
      memcpy(to, block->column[c], bytes);
    else
      memset(to, 0, bytes);
    to += bytes;
    if (consume)
      g_clear_pointer(&block->column[c], g_free);
  }
  return flat;
}

void log_take_columns(AccessLog *log, const LogBuilder *b, gboolean consume)
{
  guint32 n = log->n_rows = b->n_rows;
  void *column[N_COLUMNS] = {NULL};
  guint32 *order = NULL;
  for (int c = 0; c < N_COLUMNS; c++) {
    if (c == COL_AGENT && !log->agents)
      continue;
    void *flat = flatten(b, (ColumnId)c, consume);
    if (c == COL_TIME) /* the first: it sets the order of the others */
      order = log_sort_order(flat, n);
    column[c] = log_apply_order(flat, log_column_width[c], order, n);
  }
  g_free(order);
  log->time = column[COL_TIME];
  log->path = column[COL_PATH];
  log->user = column[COL_USER];
  log->cohort = column[COL_COHORT];
  log->ip = column[COL_IP];
  log->agent = column[COL_AGENT];
}

static gboolean has_agents(const LogBuilder *b)
{
  return b->agents && strpool_count(b->agents) > 1;
}

AccessLog *log_builder_finish(LogBuilder *b)
{
  LogOwner *owner = g_new0(LogOwner, 1);
  AccessLog *log = &owner->log;
  g_atomic_ref_count_init(&owner->refs);
  strpool_trim(b->paths);
  strpool_trim(b->users);
  ip_table_trim(b->ips);
  log->paths = g_steal_pointer(&b->paths);
  log->users = g_steal_pointer(&b->users);
  log->ips = g_steal_pointer(&b->ips);
  log->cohorts = g_steal_pointer(&b->cohorts);
  if (has_agents(b)) {
    strpool_trim(b->agents);
    log->agents = g_steal_pointer(&b->agents);
  }
  log_take_columns(log, b, TRUE);
  log_builder_free(b);
  log_build_indexes(log);
#ifdef __GLIBC__
  /* Loading leaves many megabytes of small freed pieces, which the C library would keep for a
   * program that never allocates as much again. */
  malloc_trim(0);
#endif
  return log;
}

AccessLog *log_builder_snapshot(const LogBuilder *b)
{
  LogOwner *owner = g_new0(LogOwner, 1);
  AccessLog *log = &owner->log;
  g_atomic_ref_count_init(&owner->refs);
  log->paths = strpool_copy(b->paths);
  log->users = strpool_copy(b->users);
  log->ips = ip_table_copy(b->ips);
  log->cohorts = cohort_table_copy(b->cohorts);
  log->agents = has_agents(b) ? strpool_copy(b->agents) : NULL;
  log_take_columns(log, b, FALSE);
  log_build_indexes(log);
  return log;
}
