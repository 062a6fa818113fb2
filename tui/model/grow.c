/* Growing: the dataset of a log that is followed gives way to the one with the new rows.
 *
 * Users, addresses, paths and cohorts keep their numbers; rows, days and catalog entries may not.
 * Whatever holds such a number is moved here, kept by name, or computed anew. */
#include "tui/model/state.h"

const Dataset *state_learned_dataset(const State *s)
{
  return s->learned_ds ? s->learned_ds : s->ds;
}

/* A cursor that was never moved stands for the first row; now for what is there. */
static void pin_cursor(State *s)
{
  Pane *p = state_pane(s);
  if (p && !p->cursor_id && p->ranking)
    pane_move_to(p, s->ds, p->cursor);
}

/* Flags follow at once; the rest stays beside the dataset that it speaks of. */
static void keep_learned(State *s, Dataset *ds)
{
  queue_drop(&s->queue);
  if (s->study && !s->learned_ds)
    s->learned_ds = dataset_ref(s->ds);
  s->ds->flagged_user = NULL;
  s->ds->flagged_ip = NULL;
  if (!s->flags)
    return;
  flag_set_move(s->flags, s->ds, ds);
  ds->flagged_user = s->flags->flagged_user;
  ds->flagged_ip = s->flags->flagged_ip;
}

void state_grow_dataset(State *s, Dataset *ds)
{
  work_halt(s->work);
  pin_cursor(s);
  for (int i = 0; i < N_PANES; i++)
    pane_drop(&s->panes[i]);
  timeline_carry(&s->timeline, s->ds->log, ds->log);
  detail_clear(&s->detail);
  versus_drop(&s->versus);
  state_drop_views(s);
  keep_learned(s, ds);
  dataset_free(s->ds);
  s->ds = ds;
  s->generation++;
  if (!s->today_given && ds->log->n_days)
    s->today = ds->log->first_day + (CivilDay)ds->log->n_days - 1;
}
