/* The five linked panes: programs, cohorts, lessons, users, addresses. */
#include "tui/views/view.h"

#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/layout.h"
#include "tui/views/detail.h"
#include "tui/views/signs.h"

/* What the panes view keeps between prepare and draw. */
typedef struct {
  PaneLayout layout;
  ColumnId columns[N_PANES][N_COLUMNS];
  guint n_columns[N_PANES];
  int label_width[N_PANES];
  int hits_width; /* of the column of hits: no wider than the log needs */
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

static int column_width(const PanesData *d, ColumnId c)
{
  return c == COLUMN_HITS ? d->hits_width : column_info(c)->width;
}

static const int label_min[N_PANES] = {12, 11, 20, 8, 15};

/* --- prepare -----------------------------------------------------------------------------------
 */

/* Within one class its name says nothing new; while it runs, who has gone quiet does. */
static void choose_for_class(const State *s, guint32 *shown, guint32 *hidden)
{
  int at = chips_find_drill(s->chips, PANE_COHORTS);
  guint32 key = 0;
  if (at < 0 || !s->ds)
    return;
  const ScopeTerm *term = chips_get(s->chips, (guint)at)->term;
  if (!(*shown & (1u << COLUMN_COHORT)))
    *hidden |= 1u << COLUMN_COHORT;
  if (!s->quiet || term->values->len != 1 ||
      !dimension_find(s->ds, DIM_COHORT, g_ptr_array_index(term->values, 0), &key))
    return;
  for (guint i = 0; i < s->quiet->quiet->n_classes; i++)
    if (s->quiet->quiet->running[i].in->cohort == key)
      *shown |= ~*hidden & ((1u << COLUMN_HITS) | (1u << COLUMN_LAST) | (1u << COLUMN_QUIET) |
                            (1u << COLUMN_WEEK) | (1u << COLUMN_CLASS_WEEK));
}

static void fit_columns(const State *s, PanesData *d, const Pane *p)
{
  Rect r = d->layout.pane[p->id];
  int width = r.w - 2; /* the cursor mark at the left, what is more at the right */
  int label = MIN(label_min[p->id], MAX(width - 10, 4));
  if (width >= 60 && p->id == PANE_LESSONS)
    label = width * 2 / 5;
  guint32 shown = p->shown, hidden = p->hidden;
  if (p->id == PANE_USERS)
    choose_for_class(s, &shown, &hidden);
  d->n_columns[p->id] = columns_fit(p->id, width, label, shown, hidden, d->columns[p->id]);
  int used = 0;
  for (guint i = 1; i < d->n_columns[p->id]; i++)
    used += column_width(d, d->columns[p->id][i]) + 1;
  d->label_width[p->id] = MAX(width - used, 1);
}

static gboolean refresh_pane(State *s, PanesData *d, PaneId id, GError **error)
{
  Pane *p = &s->panes[id];
  if (rect_is_empty(d->layout.pane[id]))
    return TRUE;
  fit_columns(s, d, p);
  Scope *scope = state_scope_for_pane(s, id);
  gboolean ok =
      pane_refresh(p, s->ds, s->generation, scope, d->columns[id], d->n_columns[id], error);
  scope_free(scope);
  if (!ok)
    return FALSE;
  pane_scroll(p, d->layout.pane[id].h - 2);
  return TRUE;
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
  g_autofree char *most = text_grouped(s->ds->log->n_rows);
  d->hits_width = CLAMP((int)strlen(most), 6, column_info(COLUMN_HITS)->width);
  if (!refresh_pane(s, d, focus, error))
    return FALSE;
  s->page = MAX(d->layout.pane[focus].h - 2, 1);
  if (s->focus_only)
    return TRUE;
  for (int id = 0; id < N_PANES; id++)
    if (id != (int)focus && !refresh_pane(s, d, (PaneId)id, error))
      return FALSE;
  guint32 key = 0;
  if (!rect_is_empty(d->layout.detail) && pane_cursor_key(&s->panes[focus], &key)) {
    int next = state_next_pane(s, focus);
    Scope *scope = state_scope_for_pane(s, focus);
    /* after a user comes the timeline: tell what the user reads instead */
    detail_refresh(&s->detail, s->ds, s->generation, scope, s->panes[focus].dim, key,
                   next < 0 ? DIM_LESSON : pane_dimension((PaneId)next));
    scope_free(scope);
  }
  if (!rect_is_empty(d->layout.strip))
    strip_refresh(&d->strip, s);
  return TRUE;
}

/* --- draw --------------------------------------------------------------------------------------
 */

static void draw_title(const State *s, Canvas *c, const Pane *p, Rect r, gboolean focused)
{
  const Glyphs *g = c->glyphs;
  Role role = focused ? ROLE_TITLE_FOCUS : ROLE_TITLE;
  canvas_hline(c, r.x, r.y, r.w, focused ? g->hline_focus : g->hline,
               focused ? ROLE_BORDER_FOCUS : ROLE_BORDER);
  int x = r.x + 1;
  x += canvas_printf(c, x, r.y, role, " %d %s ", (int)p->id + 1, pane_title(p->id));
  if (p->filter && *p->filter) {
    g_autofree char *filter = text_safe(p->filter, -1);
    x += canvas_printf(c, x, r.y, ROLE_CHIP, " & %s ", filter);
  }
  GString *right = g_string_new(NULL);
  if (p->unlisted_hits && r.w >= 44) {
    g_autofree char *n = text_grouped((gint64)p->unlisted_hits);
    g_string_append_printf(right, " not listed: %s hits, * lists ", n);
  } else if (p->n_sort && r.w >= 40) {
    g_string_append(right, " sort");
    for (guint i = 0; i < p->n_sort; i++) {
      const char *name = column_info(p->sort[i].column)->name;
      g_string_append_printf(right, " %s", name);
    }
    g_string_append_c(right, ' ');
  }
  int w = canvas_text_width(right->str);
  if (x + w + 1 < r.x + r.w)
    canvas_text(c, r.x + r.w - w - 1, r.y, right->str, ROLE_TITLE);
  g_string_free(right, TRUE);
  (void)s;
}

static void draw_header(Canvas *c, const PanesData *d, const Pane *p, Rect r, gboolean focused)
{
  int x = r.x + 1;
  for (guint i = 0; i < d->n_columns[p->id]; i++) {
    ColumnId column = d->columns[p->id][i];
    const ColumnInfo *info = column_info(column);
    int w = i == 0 ? d->label_width[p->id] : column_width(d, column);
    const char *title = i == 0 ? dimension_info(p->dim)->name : info->title;
    gboolean sorted = FALSE, ascending = FALSE;
    for (guint k = 0; k < p->n_sort; k++)
      if (p->sort[k].column == column) {
        sorted = TRUE;
        ascending = p->sort[k].ascending;
      }
    char mark[8] = "";
    if (sorted)
      mark[g_unichar_to_utf8(ascending ? c->glyphs->sort_up : c->glyphs->sort_down, mark)] = 0;
    g_autofree char *text = g_strconcat(title, mark, NULL);
    gboolean left = info->type == COLUMN_IS_TEXT || info->type == COLUMN_IS_SPARK;
    canvas_text_fit(c, x, r.y + 1, w, text,
                    focused && column == p->column ? ROLE_COLUMN : ROLE_HEADER,
                    left ? FIT_LEFT : FIT_RIGHT);
    x += w + 1;
  }
}

static void draw_cell(const State *s, Canvas *c, const Pane *p, guint place, ColumnId column, int x,
                      int y, int w)
{
  const ColumnInfo *info = column_info(column);
  if (column == COLUMN_SPARK) {
    double values[PANE_SPARK_MAX];
    const guint16 *spark = p->spark ? p->spark + (gsize)p->visible[place] * p->n_spark : NULL;
    for (guint i = 0; spark && i < p->n_spark; i++)
      values[i] = spark[i];
    if (spark)
      canvas_spark(c, x, y, w, values, p->n_spark, 0, ROLE_SPARK);
    return;
  }
  g_autofree char *text = pane_cell(p, s->ds, place, column);
  gboolean left = info->type == COLUMN_IS_TEXT;
  gboolean none = column == COLUMN_LABEL && text[0] == '(';
  Role role = none                                              ? ROLE_DIM
              : column == COLUMN_LABEL || column == COLUMN_HITS ? ROLE_NORMAL
                                                                : ROLE_NUMBER;
  if (s->search && *s->search && column == COLUMN_LABEL && text_matches(text, s->search) &&
      s->prompt.active && s->prompt.live)
    role = ROLE_MATCH;
  FitFlags fit = left ? FIT_LEFT : FIT_RIGHT;
  if (column == COLUMN_LABEL && p->id == PANE_LESSONS)
    fit |= FIT_CUT_MIDDLE;
  canvas_text_fit(c, x, y, w, text, role, fit);
}

static void draw_empty(const State *s, Canvas *c, const Pane *p, Rect r)
{
  int y = r.y + 2;
  if (p->filter && *p->filter)
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "no row matches; & and Enter on an empty line clears",
                    ROLE_DIM, FIT_LEFT);
  else if (s->loading.active)
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "loading", ROLE_DIM, FIT_LEFT);
  else if (chips_count(s->chips))
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "nothing passes the filters above; x drops the last",
                    ROLE_DIM, FIT_LEFT);
  else
    canvas_text_fit(c, r.x + 2, y, r.w - 3, "the log has no rows", ROLE_DIM, FIT_LEFT);
}

static Entity *pane_entity(const State *s, PaneId id, guint place)
{
  static const EntityType types[N_PANES] = {[PANE_PROGRAMS] = ENTITY_PROGRAM,
                                            [PANE_COHORTS] = ENTITY_COHORT,
                                            [PANE_LESSONS] = ENTITY_LESSON,
                                            [PANE_USERS] = ENTITY_USER,
                                            [PANE_IPS] = ENTITY_IP};
  const Pane *p = &s->panes[id];
  if (place >= p->n_visible)
    return NULL;
  g_autofree char *name = dimension_id(s->ds, p->dim, pane_row(p, place)->key);
  return entity_new(types[id], name);
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
  draw_title(s, c, p, r, focused);
  if (p->ranking) {
    draw_header(c, d, p, r, focused);
    gboolean chosen = focused || chips_find_drill(s->chips, (int)id) >= 0 || p->cursor_id;
    for (int line = 0; line < r.h - 2; line++) {
      guint place = p->top + (guint)line;
      if (place >= p->n_visible)
        break;
      int y = r.y + 2 + line, x = r.x + 1;
      for (guint i = 0; i < d->n_columns[id]; i++) {
        int w = i == 0 ? d->label_width[id] : column_width(d, d->columns[id][i]);
        draw_cell(s, c, p, place, d->columns[id][i], x, y, w);
        x += w + 1;
      }
      sign_place(s, c, id, place, r.x + 1 + d->label_width[id], y);
      if (place == p->cursor && chosen) {
        canvas_put(c, r.x, y, c->glyphs->cursor, focused ? ROLE_KEY : ROLE_DIM);
        canvas_ground(c, rect_make(r.x, y, r.w, 1), focused ? ROLE_CURSOR : ROLE_CURSOR_DIM);
        if (focused)
          canvas_cursor(c, r.x, y, TRUE);
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
  guint n = d ? d->n_columns[p->id] : 0;
  for (guint i = 0; i < n; i++)
    if (d->columns[p->id][i] == p->column) {
      p->column = d->columns[p->id][CLAMP((int)i + step, 0, (int)n - 1)];
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
  for (guint i = 0; i < d->n_columns[p->id]; i++)
    g_string_append_printf(out, "%s%s", i ? "\t" : "",
                           i ? column_info(d->columns[p->id][i])->name
                             : dimension_info(p->dim)->name);
  g_string_append_c(out, '\n');
  for (guint place = 0; place < p->n_visible; place++) {
    for (guint i = 0; i < d->n_columns[p->id]; i++) {
      g_autofree char *cell = pane_cell(p, s->ds, place, d->columns[p->id][i]);
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
