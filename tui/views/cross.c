/* Cross-access: who reads the lessons of another track, per month, and where the rate fell. */
#include <math.h>

#include "core/base/text.h"
#include "tui/model/crosschart.h"
#include "tui/model/scroll.h"
#include "tui/views/view.h"

static CrossChart *chart(const State *s)
{
  return s->view_data[VIEW_CROSS];
}

static void chart_drop(gpointer data)
{
  crosschart_clear(data);
}

static void chart_free(gpointer data)
{
  crosschart_clear(data);
  g_free(data);
}

static const Role series_roles[] = {ROLE_SERIES1, ROLE_SERIES2, ROLE_SERIES3, ROLE_SERIES4};

static const char *track_name(const State *s, int track)
{
  return g_ptr_array_index(s->ds->log->cohorts->tracks, (guint)track);
}

/* The letter of a direction in the chart: that of the track its students are of. */
static gunichar series_letter(const State *s, const CrossDirection *d)
{
  return g_unichar_toupper(g_utf8_get_char(track_name(s, d->from)));
}

static int list_height(Rect body)
{
  return CLAMP(body.h / 3, 3, 20);
}

static gboolean prepare(State *s, Rect body, GError **error)
{
  (void)error;
  if (!s->view_data[VIEW_CROSS]) {
    s->view_data[VIEW_CROSS] = g_new0(CrossChart, 1);
    s->view_data_free[VIEW_CROSS] = chart_free;
    s->view_data_drop[VIEW_CROSS] = chart_drop;
  }
  CrossChart *c = chart(s);
  if (!s->ds)
    return TRUE;
  crosschart_refresh(c, state_learned_dataset(s), s->crossing, s->learned);
  s->page = MAX(list_height(body) - 2, 1);
  guint n = c->rows ? c->rows->len : 0;
  c->cursor = n ? MIN(c->cursor, n - 1) : 0;
  scroll_to(c->cursor, n, s->page, &c->top);
  return TRUE;
}

/* --- the chart ---------------------------------------------------------------------------------
 */

static void draw_axis(const State *s, Canvas *cv, Rect r, int plot_x, int step, double max)
{
  const CrossChart *c = chart(s);
  guint n = crosschart_n_months(c);
  for (int line = 0; line < r.h - 2; line++) {
    canvas_put(cv, plot_x - 1, r.y + line, cv->glyphs->vline, ROLE_AXIS);
    if (line % 4 && line != r.h - 3)
      continue;
    double v = max * (r.h - 3 - line) / MAX(r.h - 3, 1);
    char buf[16];
    if (c->counts)
      g_snprintf(buf, sizeof buf, "%.0f", v);
    else
      g_snprintf(buf, sizeof buf, "%.0f%%", 100 * v);
    canvas_text_fit(cv, plot_x - 6, r.y + line, 5, buf, ROLE_AXIS, FIT_RIGHT);
  }
  canvas_hline(cv, plot_x, r.y + r.h - 2, (int)n * step, cv->glyphs->hline, ROLE_AXIS);
  for (guint m = 0; m < n; m++) {
    int month = c->crossing->directions[0].months[m].month;
    int x = plot_x + (int)m * step;
    if (((month % 12) + 12) % 12 == 0 || m == 0) {
      char buf[CIVIL_BUF];
      civil_format_month(month, buf);
      buf[m == 0 ? 7 : 4] = '\0';
      canvas_text(cv, x, r.y + r.h - 1, buf, ROLE_AXIS);
    }
  }
}

static void draw_points(const State *s, Canvas *cv, Rect r, int plot_x, int step, double max)
{
  const CrossChart *c = chart(s);
  int bottom = r.y + r.h - 3, height = r.h - 3;
  for (guint d = 0; d < c->crossing->n_directions; d++) {
    const CrossDirection *dir = &c->crossing->directions[d];
    if (dir->verdict != CROSS_FELL)
      continue;
    int x = plot_x + (int)dir->change.split * step;
    canvas_vline(cv, x, r.y, r.h - 2, cv->glyphs->vline,
                 series_roles[d % G_N_ELEMENTS(series_roles)]);
  }
  for (guint d = 0; d < c->crossing->n_directions; d++) {
    const CrossDirection *dir = &c->crossing->directions[d];
    gunichar letter = series_letter(s, dir);
    for (guint m = 0; m < dir->n_months; m++) {
      double v = crosschart_value(c, d, m);
      if (isnan(v))
        continue;
      gboolean small = crosschart_is_small(c, d, m);
      int y = bottom - (int)lround(max > 0 ? MIN(v / max, 1) * height : 0);
      int x = plot_x + (int)m * step;
      const CanvasCell *cell = canvas_cell(cv, x, y);
      gboolean taken = d > 0 && cell && g_unichar_isupper(cell->ch);
      canvas_put(cv, x, y,
                 taken   ? '*'
                 : small ? g_unichar_tolower(letter)
                         : letter,
                 series_roles[d % G_N_ELEMENTS(series_roles)]);
    }
  }
  int x = plot_x + (int)c->month * step;
  canvas_ground(cv, rect_make(x, r.y, 1, r.h - 1), ROLE_CURSOR_DIM);
}

static void draw_chart(const State *s, Canvas *cv, Rect r)
{
  const CrossChart *c = chart(s);
  guint n = crosschart_n_months(c);
  int plot_x = r.x + 7, room = r.w - 8;
  if (r.h < 5 || n == 0)
    return;
  int step = CLAMP(room / (int)n, 1, 4);
  double max = crosschart_max(c);
  canvas_clip_push(cv, r);
  draw_axis(s, cv, r, plot_x, step, max);
  draw_points(s, cv, r, plot_x, step, max);
  canvas_clip_pop(cv);
}

/* --- words -------------------------------------------------------------------------------------
 */

/* What was found for one direction, with its letter of the chart; short where lines are. */
static char *verdict_text(const State *s, const CrossDirection *d, int width)
{
  const char *from = track_name(s, d->from), *to = track_name(s, d->to);
  char letter[8] = "";
  letter[g_unichar_to_utf8(series_letter(s, d), letter)] = '\0';
  if (d->verdict == CROSS_FELL) {
    char month[CIVIL_BUF];
    civil_format_month(d->months[d->change.split].month, month);
    g_autofree char *core = g_strdup_printf("%s  %s students on %s lessons: fell by %.0f%% in %s",
                                            letter, from, to, 100 * d->change.fall, month);
    g_autofree char *rates =
        g_strdup_printf(width < 100 ? ", from %.1f%% to %.1f%%"
                                    : ", from %.1f%% to %.1f%% of the active students a month",
                        100 * d->change.rate_before, 100 * d->change.rate_after);
    g_autofree char *p =
        g_strdup_printf(" (p %s%.2g)", d->change.p <= 0.0001 ? "<= " : "= ", d->change.p);
    return g_strconcat(core, rates, width < 100 ? "" : p, NULL);
  }
  g_autofree char *crossing = text_grouped((gint64)d->crossing_months);
  g_autofree char *months = text_grouped((gint64)d->student_months);
  return g_strdup_printf(
      "%s  %s students on %s lessons: %s (%s of %s student-months)", letter, from, to,
      d->verdict == CROSS_NO_EVENTS ? "nobody crossed" : "no cut-off visible", crossing, months);
}

static void draw_month(const State *s, Canvas *cv, Rect r, int *y)
{
  const CrossChart *c = chart(s);
  char month[CIVIL_BUF];
  civil_format_month(c->crossing->directions[0].months[c->month].month, month);
  int x = r.x + 1 + canvas_text(cv, r.x + 1, *y, month, ROLE_STRONG);
  for (guint d = 0; d < c->crossing->n_directions; d++) {
    const CrossDirection *dir = &c->crossing->directions[d];
    const CrossMonth *m = &dir->months[c->month];
    char letter[8] = "";
    letter[g_unichar_to_utf8(series_letter(s, dir), letter)] = '\0';
    x += canvas_printf(cv, x, *y, series_roles[d % G_N_ELEMENTS(series_roles)], "   %s", letter);
    x += canvas_printf(cv, x, *y, ROLE_NORMAL, " %u of %u active", m->crossing, m->active);
  }
  g_autofree char *rule =
      g_strdup_printf("   who read %u lessons or more", c->crossing->options.lessons);
  if (x + canvas_text_width(rule) < r.x + r.w)
    canvas_text(cv, x, *y, rule, ROLE_DIM);
  (*y)++;
}

static void draw_list(const State *s, Canvas *cv, Rect r)
{
  const CrossChart *c = chart(s);
  char month[CIVIL_BUF];
  civil_format_month(c->crossing->directions[0].months[c->month].month, month);
  canvas_hline(cv, r.x, r.y, r.w, cv->glyphs->hline_focus, ROLE_BORDER_FOCUS);
  g_autofree char *title =
      c->everybody
          ? g_strdup_printf(" WHO CROSSES, all months: %u ", c->rows->len)
          : g_strdup_printf(" WHO READ LESSONS OF THE OTHER TRACK in %s: %u ", month, c->rows->len);
  canvas_text_fit(cv, r.x + 1, r.y, MIN(canvas_text_width(title), r.w - 2), title, ROLE_TITLE_FOCUS,
                  FIT_LEFT);
  for (int line = 0; line + 1 < r.h && c->top + (guint)line < c->rows->len; line++) {
    const CrossRow *row = &g_array_index(c->rows, CrossRow, c->top + (guint)line);
    const Crosser *who = &c->crossing->crossers[row->crosser];
    const CrossDirection *d = &c->crossing->directions[who->direction];
    g_autofree char *user = dimension_label(s->ds, DIM_USER, who->user);
    g_autofree char *cohort =
        dimension_label(s->ds, DIM_COHORT, s->study->cohort_of_user[who->user]);
    int y = r.y + 1 + line;
    char from[CIVIL_BUF], to[CIVIL_BUF];
    canvas_printf(cv, r.x + 1, y, ROLE_NORMAL, "user %-6.20s %-12.30s %s -> %s", user, cohort,
                  track_name(s, d->from), track_name(s, d->to));
    if (r.w > 58)
      canvas_printf(cv, r.x + 38, y, ROLE_NUMBER, "%5u hit%-2s%4u lesson%s", row->hits,
                    row->hits == 1 ? "" : "s", row->lessons, row->lessons == 1 ? "" : "s");
    if (r.w >= 78)
      canvas_printf(cv, r.x + 63, y, ROLE_DIM, "%s %s",
                    civil_format_day(civil_day_of(who->first), from),
                    r.w >= 90 ? civil_format_day(civil_day_of(who->last), to) : "");
    if (c->top + (guint)line == c->cursor) {
      canvas_cursor_row(cv, r.x, y, r.w);
    }
  }
  if (c->rows->len == 0)
    canvas_text(cv, r.x + 2, r.y + 1, "nobody", ROLE_DIM);
}

static void draw(const State *s, Canvas *cv, Rect body)
{
  const CrossChart *c = chart(s);
  if (!s->ds || !c)
    return;
  canvas_hline(cv, body.x, body.y, body.w, cv->glyphs->hline, ROLE_BORDER);
  canvas_printf(cv, body.x + 1, body.y, ROLE_TITLE,
                body.w < 100 ? " 9 CROSS-ACCESS  %s of the active students; small: fewer than %d "
                             : " 9 CROSS-ACCESS  %s of the students active in a month; a small "
                               "letter: fewer than %d were active ",
                c->counts ? "number" : "share", CROSSCHART_SMALL);
  if (!s->crossing || !crosschart_n_months(c)) {
    canvas_text_fit(cv, body.x + 2, body.y + 2, body.w - 3,
                    s->crossing ? "there are no two tracks with lessons of their own "
                                  "(programs.conf says which there are)"
                                : state_why_not_learned(s),
                    ROLE_DIM, FIT_LEFT);
    return;
  }
  int list_h = list_height(body), words_h = 1 + (int)c->crossing->n_directions;
  Rect plot = rect_make(body.x, body.y + 1, body.w, body.h - 1 - list_h - words_h);
  draw_chart(s, cv, plot);
  int y = plot.y + plot.h;
  draw_month(s, cv, body, &y);
  for (guint d = 0; d < c->crossing->n_directions; d++) {
    g_autofree char *text = verdict_text(s, &c->crossing->directions[d], body.w);
    canvas_text_fit(cv, body.x + 1, y++, body.w - 2, text,
                    series_roles[d % G_N_ELEMENTS(series_roles)], FIT_LEFT);
  }
  draw_list(s, cv, rect_make(body.x, body.y + body.h - list_h, body.w, list_h));
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void move(State *s, Move m, gint64 amount)
{
  CrossChart *c = chart(s);
  if (!c || !c->rows)
    return;
  gint64 n = crosschart_n_months(c);
  if ((m == MOVE_LEFT || m == MOVE_RIGHT) && n > 0) {
    c->month = (guint)CLAMP((gint64)c->month + (m == MOVE_LEFT ? -1 : 1), 0, n - 1);
    c->month_set = TRUE;
    return;
  }
  if (c->rows->len)
    c->cursor = (guint)CLAMP(view_moved(m, amount, c->cursor, c->rows->len, s->page), 0,
                             (gint64)c->rows->len - 1);
}

static gboolean enter(State *s, GError **error)
{
  CrossChart *c = chart(s);
  if (!c || !c->rows || c->cursor >= c->rows->len)
    return TRUE;
  const CrossRow *row = &g_array_index(c->rows, CrossRow, c->cursor);
  const Crosser *who = &c->crossing->crossers[row->crosser];
  ScopeTerm *user = scope_term_for_key(s->ds, DIM_USER, who->user, FALSE);
  g_autofree char *text = scope_term_print(user);
  scope_term_free(user);
  if (!state_follow(s, VIEW_TIMELINE, text, error))
    return FALSE;
  CivilDay from = civil_month_start(c->crossing->directions[0].months[c->month].month);
  timeline_refresh(&s->timeline, s->ds, s->generation, s->chips, NULL);
  timeline_seek(&s->timeline, s->ds, c->everybody ? who->first : civil_day_start(from));
  return TRUE;
}

static gboolean command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  CrossChart *c = chart(s);
  (void)argc;
  (void)error;
  *handled = c != NULL;
  if (c && g_strcmp0(argv[0], "fold") == 0)
    c->everybody = !c->everybody;
  else if (c && g_strcmp0(argv[0], "base") == 0)
    c->counts = !c->counts;
  else
    *handled = FALSE;
  return TRUE;
}

static char *status(const State *s)
{
  const CrossChart *c = chart(s);
  guint n = c && c->rows ? c->rows->len : 0;
  return g_strdup_printf("STUDENT %u/%u%s", n ? c->cursor + 1 : 0, n, view_whole_log_text(s));
}

const View view_cross = {.name = "cross",
                         .title = "Cross-access",
                         .key = '9',
                         .prepare = prepare,
                         .draw = draw,
                         .move = move,
                         .enter = enter,
                         .command = command,
                         .status = status,
                         .hints = "Enter timeline|h l month|j k student|v all months|% share or "
                                  "number|: command|? help"};
