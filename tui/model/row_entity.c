/* Rows of the log by name. */
#include "tui/model/row_entity.h"

#include "core/query/dimension.h"

Entity *row_entity(const Dataset *ds, guint32 row)
{
  const AccessLog *log = ds->log;
  g_autofree char *user = dimension_id(ds, DIM_USER, log->user[row]);
  g_autofree char *path = dimension_id(ds, DIM_PATH, log->path[row]);
  return entity_row(log->time[row], user, path);
}

gboolean row_is(const Dataset *ds, guint32 row, const Entity *e)
{
  if (ds->log->time[row] != e->time)
    return FALSE;
  Entity *here = row_entity(ds, row);
  gboolean same = entity_equal(here, e);
  entity_free(here);
  return same;
}

gint64 row_find(const Dataset *ds, const Entity *e, guint32 from)
{
  const AccessLog *log = ds->log;
  for (guint32 row = MAX(access_log_lower_bound(log, e->time), from);
       row < log->n_rows && log->time[row] == e->time; row++)
    if (row_is(ds, row, e))
      return row;
  return -1;
}
