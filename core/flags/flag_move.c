/* Moving flags: from a log to the same log when it has grown. Ids of users, addresses and cohorts
 * are the same in both; numbers of rows, days and catalog entries are not. */
#include <string.h>

#include "core/flags/flags.h"

static guint32 move_entry(guint32 entry, const Catalog *from, const Catalog *to)
{
  if (entry >= from->n_entries)
    return entry;
  guint32 found = catalog_find(to, from->entries[entry].name);
  return found != CATALOG_NONE ? found : entry;
}

static void move_flag(Flag *f, const Dataset *from, const Dataset *to)
{
  for (guint32 i = 0; i < f->n_rows; i++)
    f->rows[i] = access_log_row_in(from->log, f->rows[i], to->log);
  if (f->lesson != CATALOG_NONE)
    f->lesson = move_entry(f->lesson, from->catalog, to->catalog);
  if (f->subject == SUBJECT_LESSON)
    f->key = move_entry(f->key, from->catalog, to->catalog);
  else if (f->subject == SUBJECT_DAY)
    f->key += (guint32)(from->log->first_day - to->log->first_day);
}

/* Users and addresses that are new are not flagged. */
static guint8 *widen(guint8 *marks, guint32 n_from, guint32 n_to)
{
  guint8 *wide = g_new0(guint8, (gsize)n_to + 1);
  memcpy(wide, marks, n_from);
  g_free(marks);
  return wide;
}

void flag_set_move(FlagSet *set, const Dataset *from, const Dataset *to)
{
  for (guint i = 0; i < set->flags->len; i++)
    move_flag(g_ptr_array_index(set->flags, i), from, to);
  set->flagged_user =
      widen(set->flagged_user, strpool_count(from->log->users), strpool_count(to->log->users));
  set->flagged_ip =
      widen(set->flagged_ip, ip_table_count(from->log->ips), ip_table_count(to->log->ips));
}
