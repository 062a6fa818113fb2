/* The table of views. */
#include "tui/views/view.h"

static const View *const views[N_VIEWS] = {
    [VIEW_OVERVIEW] = &view_overview, [VIEW_PROGRAMS] = &view_programs,
    [VIEW_COHORTS] = &view_cohorts,   [VIEW_LESSONS] = &view_lessons,
    [VIEW_USERS] = &view_users,       [VIEW_IPS] = &view_ips,
    [VIEW_TIMELINE] = &view_timeline, [VIEW_FLAGS] = &view_flags,
    [VIEW_MATRIX] = &view_matrix,     [VIEW_CROSS] = &view_cross,
    [VIEW_ANSWERS] = &view_answers,   [VIEW_COMPARE] = &view_compare,
};

const View *view_get(ViewId id)
{
  return (int)id >= 0 && id < N_VIEWS ? views[id] : NULL;
}

gboolean view_parse(const char *name, ViewId *ret)
{
  for (int v = 0; v < N_VIEWS; v++)
    if (views[v] && (g_ascii_strcasecmp(views[v]->name, name) == 0 ||
                     (name[0] && !name[1] && (gunichar)name[0] == views[v]->key))) {
      *ret = (ViewId)v;
      return TRUE;
    }
  return FALSE;
}

Entity *view_entity(const State *s)
{
  const View *view = view_get(s->view);
  guint n = 0;
  if (!s->ds || !view || !view->entity)
    return NULL;
  guint place = view->place(s, &n);
  return place < n ? view->entity(s, place) : NULL;
}

const char *view_whole_log_text(const State *s)
{
  return chips_count(s->chips) ? "  of the whole log: the filters above do not apply here" : "";
}

gint64 view_moved(Move m, gint64 amount, gint64 cursor, gint64 n, int page)
{
  switch (m) {
  case MOVE_UP:
    return cursor - amount;
  case MOVE_DOWN:
    return cursor + amount;
  case MOVE_PAGE_UP:
    return cursor - page * amount;
  case MOVE_PAGE_DOWN:
    return cursor + page * amount;
  case MOVE_HALF_UP:
    return cursor - MAX(page / 2, 1) * amount;
  case MOVE_HALF_DOWN:
    return cursor + MAX(page / 2, 1) * amount;
  case MOVE_FIRST:
    return 0;
  case MOVE_LAST:
    return n - 1;
  case MOVE_TO:
    return amount;
  default:
    return cursor;
  }
}
