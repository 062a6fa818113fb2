/* Comparison: two programs, cohorts, lessons, users or addresses side by side. */
#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/model/scroll.h"
#include "tui/model/timestep.h"
#include "tui/views/compare_open.h"
#include "tui/views/terms.h"
#include "tui/views/view.h"

typedef struct {
  Rect facts, shared, chart, list;
  int label, value; /* widths in the table of totals */
  guint n_facts;
} CompareLayout;

static CompareLayout lay_out(const Versus *v, Rect body)
{
  CompareLayout l = {.label = 11};
  int chart_h = body.h >= 44 ? 9 : body.h >= 26 ? 5 : 3;
  guint most = v->dim == DIM_USER ? 10 : 8; /* lines of the longer table */
  l.n_facts = (guint)CLAMP(body.h - 12, 4, (int)most);
  l.value = CLAMP((body.w / 2 - l.label - 4) / 2, 6, 24);
  int left_w = l.label + 2 * l.value + 4;
  l.facts = rect_make(body.x, body.y + 1, MIN(left_w, body.w), (int)l.n_facts + 1);
  l.shared =
      rect_make(body.x + left_w + 1, body.y + 1, MAX(body.w - left_w - 1, 0), (int)l.n_facts + 1);
  int y = l.facts.y + l.facts.h;
  l.chart = rect_make(body.x, y, body.w, chart_h);
  y += chart_h;
  l.list = rect_make(body.x, y, body.w, MAX(body.y + body.h - y, 0));
  return l;
}

static gboolean prepare(State *s, Rect body, GError **error)
{
  Versus *v = &s->versus;
  if (!s->ds)
    return TRUE;
  if (!versus_refresh(v, s->ds, s->generation, s->chips, error))
    return FALSE;
  CompareLayout l = lay_out(v, body);
  guint n = versus_count(v);
  s->page = MAX(l.list.h - 2, 1);
  guint at = v->cursor < VERSUS_SIDES ? 0 : v->cursor - VERSUS_SIDES;
  scroll_to(at, n > VERSUS_SIDES ? n - VERSUS_SIDES : 0, s->page, &v->top);
  return TRUE;
}

/* --- totals and what is shared -----------------------------------------------------------------
 */

static Role side_role(guint side)
{
  return side ? ROLE_SERIES2 : ROLE_SERIES1;
}

static void draw_totals(const Versus *v, Canvas *c, const CompareLayout *l)
{
  Rect r = l->facts;
  g_autoptr(GPtrArray) facts = versus_totals(v);
  for (guint s = 0; s < 2; s++)
    canvas_text_fit(c, r.x + 1 + l->label + (int)s * (l->value + 1), r.y, l->value, v->label[s],
                    side_role(s), FIT_RIGHT | FIT_CUT_MIDDLE);
  for (guint i = 0; i < facts->len && i < l->n_facts; i++) {
    const VersusFact *f = g_ptr_array_index(facts, i);
    int y = r.y + 1 + (int)i;
    canvas_text_fit(c, r.x + 1, y, l->label, f->name, ROLE_DIM, FIT_LEFT);
    for (guint s = 0; s < 2; s++)
      canvas_text_fit(c, r.x + 1 + l->label + (int)s * (l->value + 1), y, l->value, f->text[s],
                      ROLE_NUMBER, FIT_RIGHT);
  }
}

static void draw_shared(const Versus *v, Canvas *c, const CompareLayout *l)
{
  Rect r = l->shared;
  if (r.w < 16)
    return;
  g_autoptr(GPtrArray) facts = versus_shared(v);
  canvas_text_fit(c, r.x, r.y, r.w - 1, "on both sides", ROLE_HEADER, FIT_LEFT);
  for (guint i = 0; i < facts->len && i < l->n_facts; i++) {
    const VersusFact *f = g_ptr_array_index(facts, i);
    int y = r.y + 1 + (int)i;
    canvas_text_fit(c, r.x, y, 10, f->name, ROLE_DIM, FIT_LEFT);
    canvas_text_fit(c, r.x + 11, y, r.w - 12, f->text[0], ROLE_NORMAL, FIT_LEFT);
  }
}

/* --- weeks -------------------------------------------------------------------------------------
 */

#define CHART_LABEL 12

/* Cells of the chart: on the axis of the course a week each, the first ones; on the calendar means
 * of neighbouring weeks when there are more than cells. Hits per user and week. */
static guint chart_values(const Versus *v, const Dataset *ds, guint side, guint room, double *ret)
{
  guint n = versus_weeks(v), cells = MIN(n, room);
  const guint32 *hits = versus_week_hits(v, side);
  guint32 users = MAX(v->c->side[side].total.users, 1);
  for (guint i = 0; i < cells; i++) {
    ret[i] = (versus_on_course(v) ? hits[i] : timestep_mean(hits, n, i, cells)) / users;
    if (versus_is_to_come(v, ds, side, i))
      ret[i] = NAN; /* blank, and not a week without hits */
  }
  return cells;
}

/* The cell of the week under the cursor. */
static guint cell_of_week(const Versus *v, guint cells)
{
  guint n = versus_weeks(v);
  if (versus_on_course(v) || n <= cells)
    return MIN(v->week, cells ? cells - 1 : 0);
  guint i = (guint)((guint64)v->week * cells / n);
  while (i + 1 < cells && (guint64)(i + 1) * n / cells <= v->week)
    i++;
  return i;
}

static char *week_name(const Versus *v, guint week)
{
  char buf[CIVIL_BUF];
  if (versus_on_course(v))
    return g_strdup_printf("course week %u", week + 1);
  return g_strdup_printf("week of %s",
                         civil_format_day(v->c->first_monday + 7 * (CivilDay)week, buf));
}

/* The line below: the week under the cursor, in numbers. */
static void draw_week(const Versus *v, Canvas *c, Rect r, int y)
{
  guint n = versus_weeks(v);
  if (!n)
    return;
  g_autofree char *name = week_name(v, v->week);
  int x = r.x + 1 + canvas_text(c, r.x + 1, y, name, ROLE_AXIS);
  for (guint s = 0; s < 2; s++) {
    guint32 hits = versus_week_hits(v, s)[v->week];
    g_autofree char *count = text_grouped(hits);
    x += canvas_printf(c, x, y, side_role(s), "  %s", v->label[s]);
    x += canvas_printf(c, x, y, ROLE_NORMAL, " %s hit%s", count, hits == 1 ? "" : "s");
    if (v->dim != DIM_USER)
      x += canvas_printf(c, x, y, ROLE_DIM, ", %.1f a user",
                         (double)hits / MAX(v->c->side[s].total.users, 1));
  }
  const char *more =
      v->c->n_course ? versus_on_course(v) ? "  b calendar weeks" : "  b course weeks" : "";
  if (x + (int)strlen(more) < r.x + r.w)
    canvas_text(c, x, y, more, ROLE_HINT);
}

static void draw_chart(const State *s, Canvas *c, Rect r)
{
  const Versus *v = &s->versus;
  guint room = (guint)CLAMP(r.w - CHART_LABEL - 2, 1, CANVAS_MAX);
  double values[2][CANVAS_MAX] = {{0}}, max = 0;
  guint cells = 0;
  for (guint side = 0; side < 2; side++) {
    cells = chart_values(v, s->ds, side, room, values[side]);
    for (guint i = 0; i < cells; i++)
      max = fmax(max, values[side][i]);
  }
  int h = MAX((r.h - 1) / 2, 1), wide = cells ? MAX((int)room / (int)cells, 1) : 1;
  wide = MIN(wide, 4);
  guint here = cell_of_week(v, cells);
  for (guint side = 0; side < 2; side++) {
    int y = r.y + (int)side * h, x = r.x + 1 + CHART_LABEL;
    canvas_text_fit(c, r.x + 1, y + h - 1, CHART_LABEL - 1, v->label[side], side_role(side),
                    FIT_CUT_MIDDLE);
    for (guint i = 0; i < cells; i++)
      canvas_column(c, x + (int)i * wide, y, wide, h, values[side][i], max, side_role(side));
    if (cells)
      canvas_ground(c, rect_make(x + (int)here * wide, y, wide, h), ROLE_CURSOR_DIM);
    if (v->cursor == side) {
      canvas_cursor_row(c, r.x, y + h - 1, CHART_LABEL);
    }
  }
  draw_week(v, c, r, r.y + 2 * h);
}

/* --- all of it ---------------------------------------------------------------------------------
 */

static void draw(const State *s, Canvas *c, Rect body)
{
  const Versus *v = &s->versus;
  if (!s->ds)
    return;
  if (!v->c) {
    canvas_text_fit(c, body.x + 2, body.y + 1, body.w - 4,
                    "nothing to compare yet: mark a row of a list with m, go to another, press |",
                    ROLE_DIM, FIT_LEFT);
    return;
  }
  CompareLayout l = lay_out(v, body);
  canvas_hline(c, body.x, body.y, body.w, c->glyphs->hline_focus, ROLE_BORDER_FOCUS);
  g_autofree char *what = g_utf8_strup(dimension_info(v->dim)->title, -1);
  int x = body.x + 1;
  x += canvas_printf(c, x, body.y, ROLE_TITLE_FOCUS, " | %s ", what);
  x += canvas_printf(c, x, body.y, ROLE_TITLE_FOCUS, " %s", v->label[0]);
  x += canvas_text(c, x, body.y, " and ", ROLE_TITLE);
  x += canvas_printf(c, x, body.y, ROLE_TITLE_FOCUS, "%s ", v->label[1]);
  static const char *const right = " hits per user and week, one scale ";
  int w = (int)strlen(right);
  if (x + w + 1 < body.x + body.w)
    canvas_text(c, body.x + body.w - w - 1, body.y, right, ROLE_TITLE);
  draw_totals(v, c, &l);
  draw_shared(v, c, &l);
  draw_chart(s, c, l.chart);
  compare_draw_list(s, c, l.list);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void move(State *s, Move m, gint64 amount)
{
  Versus *v = &s->versus;
  gint64 n = versus_count(v), weeks = versus_weeks(v);
  if (!v->c)
    return;
  if (m == MOVE_LEFT || m == MOVE_RIGHT)
    v->week = (guint)CLAMP((gint64)v->week + (m == MOVE_LEFT ? -amount : amount), 0, weeks - 1);
  else
    v->cursor = (guint)CLAMP(view_moved(m, amount, v->cursor, n, s->page), 0, n - 1);
}

static gboolean command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  Versus *v = &s->versus;
  (void)error;
  (void)argc;
  *handled = strcmp(argv[0], "bucket") == 0;
  if (!*handled || !v->c)
    return TRUE;
  if (!v->c->n_course) {
    state_message(s,
                  "weeks of the calendar; weeks of the course are known of cohorts with a start");
    return TRUE;
  }
  v->calendar = !v->calendar;
  v->week = 0;
  return TRUE;
}

static Entity *entity(const State *s, guint place)
{
  const Versus *v = &s->versus;
  if (!v->c || place >= versus_count(v))
    return NULL;
  if (place < VERSUS_SIDES)
    return entity_new(pane_entity_type(versus_pane(v->dim)), *v->id[place] ? v->id[place] : NULL);
  const CompareRow *row = versus_row(v, place);
  if (!row)
    return NULL;
  Dimension dim = v->list == VERSUS_IPS ? DIM_IP : v->c->by;
  g_autofree char *id = dimension_id(s->ds, dim, row->key);
  return entity_new(pane_entity_type(versus_pane(dim)), id);
}

static guint place(const State *s, guint *ret_n)
{
  *ret_n = versus_count(&s->versus);
  return s->versus.cursor;
}

static char *status(const State *s)
{
  const Versus *v = &s->versus;
  guint n = versus_count(v);
  if (n <= VERSUS_SIDES || v->cursor < VERSUS_SIDES)
    return g_strdup("COMPARE");
  return g_strdup_printf("COMPARE %u/%u", v->cursor - VERSUS_SIDES + 1, n - VERSUS_SIDES);
}

static void explain(const State *s, Menu *m)
{
  const Versus *v = &s->versus;
  if (!v->c)
    return;
  GPtrArray *tables[2] = {versus_totals(v), versus_shared(v)};
  terms_head(m);
  for (guint t = 0; t < 2; t++) {
    for (guint i = 0; i < tables[t]->len; i++) {
      const VersusFact *f = g_ptr_array_index(tables[t], i);
      g_autofree char *name = g_strconcat(f->name, t ? " on both sides" : "", NULL);
      terms_add(s, m, name, f->definition, "cancel");
    }
    g_ptr_array_unref(tables[t]);
  }
  compare_explain_list(s, m);
}

const View view_compare = {.name = "compare",
                           .title = "Compare",
                           .key = '|',
                           .prepare = prepare,
                           .draw = draw,
                           .move = move,
                           .enter = compare_enter,
                           .command = command,
                           .entity = entity,
                           .place = place,
                           .status = status,
                           .copy = compare_copy,
                           .explain = explain,
                           .hints = "Enter open|BS back|j k move|h l week|b axis|v other lists|m "
                                    "mark|a note|y copy|: command|? help"};
