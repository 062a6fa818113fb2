/* The five linked panes: programs, cohorts, lessons, users, addresses. */
#include "tui/views/view.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/layout.h"
#include "tui/views/cells.h"
#include "tui/views/detail.h"
#include "tui/views/panes_command.h"
#include "tui/views/signs.h"

/* What the panes view keeps between prepare and draw. */
typedef struct {
  PaneLayout layout;
  CellColumns columns[N_PANES];
  Strip strip;
} PanesData;

static PanesData *panes_data(const State *s)
{
  return s->view_data[VIEW_PROGRAMS];
}

static void panes_data_free(gpointer data)
{
  PanesData *d = data;
  strip_clear(&d->strip);
  g_free(d);
}

/* --- prepare -----------------------------------------------------------------------------------
 */

static WorkPart part_of(const State *s, PaneId id)
{
  return view_pane(s->view) == id ? WORK_FOCUS : (WorkPart)(WORK_PANE + (int)id);
}

static void ask_pane(State *s, PanesData *d, PaneId id)
{
  Pane *p = &s->panes[id];
  if (rect_is_empty(d->layout.pane[id]))
    return;
  CellColumns *columns = &d->columns[id];
  cells_fit(s, p, d->layout.pane[id], columns);
  p->bucket = s->bucket[VIEW_PROGRAMS];
  Scope *scope = state_scope_for_pane(s, id);
  pane_ask(p, s->work, part_of(s, id), s->generation, scope, columns->column, columns->n);
  scope_free(scope);
}

static gboolean take_pane(State *s, PanesData *d, PaneId id, GError **error)
{
  if (rect_is_empty(d->layout.pane[id]))
    return TRUE;
  if (!pane_take(&s->panes[id], s->work, part_of(s, id), s->ds, s->generation, error))
    return FALSE;
  if (!s->panes[id].late) /* an old list must not move the place in the new one */
    pane_scroll(&s->panes[id], d->layout.pane[id].h - 2);
  return TRUE;
}

static void ask_detail(State *s, const PanesData *d, PaneId focus)
{
  guint32 key = 0;
  if (rect_is_empty(d->layout.detail) || !pane_cursor_key(&s->panes[focus], &key))
    return;
  int next = state_next_pane(s, focus);
  Scope *scope = state_scope_for_pane(s, focus);
  /* after a user comes the timeline: tell what the user reads instead */
  detail_ask(&s->detail, s->work, s->ds, s->generation, scope, s->panes[focus].dim, key,
             next < 0 ? DIM_LESSON : pane_dimension((PaneId)next), s->bucket[VIEW_PROGRAMS]);
  scope_free(scope);
}

/* Trends are of the rows in sight: they come when it is known which these are. */
static void prepare_trends(State *s, PanesData *d)
{
  for (int id = 0; id < N_PANES; id++) {
    Rect r = d->layout.pane[id];
    if (rect_is_empty(r) || !cells_have_trend(&s->panes[id], &d->columns[id]))
      continue;
    Scope *scope = state_scope_for_pane(s, (PaneId)id);
    pane_sparks_ask(&s->panes[id], s->work, s->ds, scope, r.h - 2);
    scope_free(scope);
  }
  work_wait(s->work, N_WORK);
  for (int id = 0; id < N_PANES; id++)
    pane_sparks_take(&s->panes[id], s->work);
}

/* All that follows the list with the cursor. */
static gboolean prepare_others(State *s, PanesData *d, PaneId focus, GError **error)
{
  for (int id = 0; id < N_PANES; id++)
    if (id != (int)focus)
      ask_pane(s, d, (PaneId)id);
  ask_detail(s, d, focus);
  if (!rect_is_empty(d->layout.strip))
    strip_ask(&d->strip, s);
  work_wait(s->work, N_WORK);
  for (int id = 0; id < N_PANES; id++)
    if (id != (int)focus && !take_pane(s, d, (PaneId)id, error))
      return FALSE;
  detail_take(&s->detail, s->work);
  strip_take(&d->strip, s);
  prepare_trends(s, d);
  return TRUE;
}

/* The list with the cursor is still being computed, so nobody knows what the others should show. */
static void mark_late(State *s, PanesData *d)
{
  for (int id = 0; id < N_PANES; id++) {
    if (!rect_is_empty(d->layout.pane[id]))
      cells_fit(s, &s->panes[id], d->layout.pane[id], &d->columns[id]);
    s->panes[id].late = TRUE;
  }
  s->detail.late = d->strip.late = TRUE;
}

static gboolean prepare(State *s, Rect body, GError **error)
{
  if (!s->view_data[VIEW_PROGRAMS]) {
    s->view_data[VIEW_PROGRAMS] = g_new0(PanesData, 1);
    s->view_data_free[VIEW_PROGRAMS] = panes_data_free;
  }
  PanesData *d = panes_data(s);
  PaneId focus = view_pane(s->view);
  int parent = state_parent_pane(s, focus);
  d->layout = layout_panes(body, focus, parent, parent < 0 ? state_next_pane(s, focus) : -1,
                           s->maximised, !s->detail_closed);
  if (!s->ds)
    return TRUE;
  ask_pane(s, d, focus);
  work_wait(s->work, WORK_FOCUS);
  if (!take_pane(s, d, focus, error))
    return FALSE;
  s->page = MAX(d->layout.pane[focus].h - 2, 1);
  if (s->panes[focus].late)
    mark_late(s, d);
  else if (!s->focus_only)
    return prepare_others(s, d, focus, error);
  return TRUE;
}

/* --- draw --------------------------------------------------------------------------------------
 */

static void draw_empty(const State *s, Canvas *c, const Pane *p, Rect r)
{
  int y = r.y + 2;
  if (p->filter && *p->filter)
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "no row matches", ROLE_DIM, FIT_LEFT);
  else if (s->loading.active)
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "loading", ROLE_DIM, FIT_LEFT);
  else if (chips_count(s->chips))
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "nothing passes the filters above; x drops the last",
                    ROLE_DIM, FIT_LEFT);
  else
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "the log has no rows; 0 tells what was read", ROLE_DIM,
                    FIT_LEFT);
}

static Entity *pane_entity(const State *s, PaneId id, guint place)
{
  const Pane *p = &s->panes[id];
  if (place >= p->n_visible)
    return NULL;
  g_autofree char *name = dimension_id(s->ds, p->dim, pane_row(p, place)->key);
  return entity_new(pane_entity_type(id), name);
}

/* Marks and notes at the end of the name. */
static void sign_place(const State *s, Canvas *c, PaneId id, guint place, int right, int y)
{
  static const RecordType types[] = {RECORD_MARK, RECORD_NOTE, RECORD_WATCH, RECORD_CASE};
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS(types); i++)
    n += casebook_records(s->casebook, types[i])->len;
  Entity *e = n ? pane_entity(s, id, place) : NULL;
  if (e)
    sign_entity(s, c, right, y, e);
  entity_free(e);
}

static void draw_pane(const State *s, Canvas *c, PaneId id)
{
  const PanesData *d = panes_data(s);
  const Pane *p = &s->panes[id];
  Rect r = d->layout.pane[id];
  if (rect_is_empty(r))
    return;
  gboolean focused = view_is_pane(s->view) && view_pane(s->view) == id;
  canvas_clip_push(c, r);
  cells_draw_head(c, p, &d->columns[id], r, focused);
  if (p->ranking) {
    gboolean chosen = chips_find_drill(s->chips, (int)id) >= 0 || p->cursor_id;
    for (int line = 0; line < r.h - 2; line++) {
      guint place = pane_place_of_line(p, (guint)line);
      if (place >= p->n_visible)
        break;
      int y = r.y + 2 + line;
      cells_draw_row(s, c, p, &d->columns[id], place, r.x + 1, y);
      if (pane_is_pinned(p, place))
        canvas_put(c, r.x, y, c->glyphs->pin, ROLE_KEY);
      sign_place(s, c, id, place, r.x + 1 + d->columns[id].width[0], y);
      if (place == p->cursor && focused) {
        canvas_cursor_row(c, r.x, y, r.w);
      } else if (place == p->cursor && chosen) {
        canvas_put(c, r.x, y, c->glyphs->cursor, ROLE_DIM);
        canvas_ground(c, rect_make(r.x, y, r.w, 1), ROLE_CURSOR_DIM);
      }
    }
    if (p->n_visible == 0)
      draw_empty(s, c, p, r);
    if (p->top > 0)
      canvas_put(c, r.x + r.w - 1, r.y + 2, c->glyphs->more_up, ROLE_DIM);
    if (p->n_visible > p->top + (guint)MAX(r.h - 2, 0))
      canvas_put(c, r.x + r.w - 1, r.y + r.h - 1, c->glyphs->more_down, ROLE_DIM);
  } else if (s->loading.active) {
    draw_empty(s, c, p, r);
  }
  canvas_clip_pop(c);
}

static void draw(const State *s, Canvas *c, Rect body)
{
  const PanesData *d = panes_data(s);
  (void)body;
  for (int id = 0; id < N_PANES; id++)
    draw_pane(s, c, (PaneId)id);
  /* the line between two columns of panes */
  for (int id = 0; id < N_PANES; id++) {
    Rect r = d->layout.pane[id];
    if (!rect_is_empty(r) && r.x > 0)
      canvas_vline(c, r.x - 1, r.y, r.h, c->glyphs->vline, ROLE_BORDER);
  }
  if (!rect_is_empty(d->layout.detail) && d->layout.detail.x > 0)
    canvas_vline(c, d->layout.detail.x - 1, d->layout.detail.y, d->layout.detail.h,
                 c->glyphs->vline, ROLE_BORDER);
  detail_draw(s, c, d->layout.detail);
  strip_draw(c, &d->strip, d->layout.strip);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void move_column(State *s, Pane *p, int step)
{
  const PanesData *d = panes_data(s);
  const CellColumns *columns = d ? &d->columns[p->id] : NULL;
  for (guint i = 0; columns && i < columns->n; i++)
    if (columns->column[i] == p->column) {
      p->column = columns->column[CLAMP((int)i + step, 0, (int)columns->n - 1)];
      return;
    }
  p->column = COLUMN_LABEL;
}

static void move(State *s, Move m, gint64 amount)
{
  Pane *p = state_pane(s);
  if (!p || !s->ds)
    return;
  if (m == MOVE_LEFT || m == MOVE_RIGHT)
    move_column(s, p, m == MOVE_LEFT ? -1 : 1);
  else
    pane_move_to(p, s->ds, view_moved(m, amount, p->cursor, p->n_visible, s->page));
}

static gboolean enter(State *s, GError **error)
{
  (void)error;
  state_drill(s);
  return TRUE;
}

static char *status(const State *s)
{
  const Pane *p = &s->panes[view_pane(s->view)];
  g_autofree char *n = text_grouped(p->n_visible);
  if (p->n_visible < 2)
    return g_strdup_printf("%s %s", pane_title(p->id), n);
  return g_strdup_printf("%s %u/%s  %u%%", pane_title(p->id), p->cursor + 1, n,
                         (guint)(100.0 * p->cursor / (p->n_visible - 1)));
}

static Entity *entity(const State *s, guint place)
{
  return pane_entity(s, view_pane(s->view), place);
}

static guint place(const State *s, guint *ret_n)
{
  const Pane *p = &s->panes[view_pane(s->view)];
  *ret_n = p->n_visible;
  return p->cursor;
}

static char *copy(const State *s, gboolean whole)
{
  const Pane *p = &s->panes[view_pane(s->view)];
  const PanesData *d = panes_data(s);
  if (!s->ds || !p->n_visible)
    return NULL;
  if (!whole)
    return pane_cell(p, s->ds, p->cursor, p->column);
  GString *out = g_string_new(NULL);
  const CellColumns *columns = &d->columns[p->id];
  for (guint i = 0; i < columns->n; i++) {
    ColumnId column = columns->column[i];
    const char *name = i ? column_info(column)->name : dimension_info(p->dim)->name;
    const char *base = cell_base_info((CellBase)p->base[column])->title;
    g_string_append_printf(out, "%s%s%s%s", i ? "\t" : "", name, *base ? " " : "", base);
  }
  g_string_append_c(out, '\n');
  for (guint place = 0; place < p->n_visible; place++) {
    for (guint i = 0; i < columns->n; i++) {
      g_autofree char *cell = pane_cell(p, s->ds, place, columns->column[i]);
      g_string_append_printf(out, "%s%s", i ? "\t" : "", cell);
    }
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}

#define HINTS                                                                                      \
  "Enter drill|Enter 4 users|BS up|1-9 0 A views|/ search|& filter|s sort|+ keep|- leave out|"     \
  "t time|6 timeline|: command|? help"
#define PANE_VIEW(id, title_, key_)                                                                \
  const View view_##id = {.name = #id,                                                             \
                          .title = (title_),                                                       \
                          .key = (key_),                                                           \
                          .prepare = prepare,                                                      \
                          .draw = draw,                                                            \
                          .move = move,                                                            \
                          .enter = enter,                                                          \
                          .command = panes_command,                                                \
                          .entity = entity,                                                        \
                          .place = place,                                                          \
                          .status = status,                                                        \
                          .copy = copy,                                                            \
                          .hints = HINTS}

PANE_VIEW(programs, "Programs", '1');
PANE_VIEW(cohorts, "Cohorts", '2');
PANE_VIEW(lessons, "Lessons", '3');
PANE_VIEW(users, "Users", '4');
PANE_VIEW(ips, "IPs", '5');
