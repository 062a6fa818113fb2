/* Overview: what was read, the accounting of rows, switches of silent filters, rhythms. */
#include <string.h>

#include "tui/model/overview.h"
#include "tui/model/timestep.h"

#include "core/base/text.h"
#include "tui/views/view.h"

typedef struct {
  Overview model;
  guint cursor; /* place in the switches */
} OverviewData;

static OverviewData *overview_data(const State *s)
{
  return s->view_data[VIEW_OVERVIEW];
}

static void overview_data_free(gpointer data)
{
  OverviewData *d = data;
  overview_clear(&d->model);
  g_free(d);
}

static gboolean prepare(State *s, Rect body, GError **error)
{
  (void)body;
  if (!s->view_data[VIEW_OVERVIEW]) {
    s->view_data[VIEW_OVERVIEW] = g_new0(OverviewData, 1);
    s->view_data_free[VIEW_OVERVIEW] = overview_data_free;
  }
  if (!s->ds)
    return TRUE;
  s->page = 1;
  return overview_refresh(&overview_data(s)->model, s->ds, s->study, s->likely_staff_hits,
                          s->generation, s->chips, s->keep_likely_staff, s->bucket[VIEW_OVERVIEW],
                          error);
}

/* --- draw --------------------------------------------------------------------------------------
 */

static void head(Canvas *c, Rect r, int *y, const char *title)
{
  canvas_hline(c, r.x, *y, r.w, c->glyphs->hline, ROLE_BORDER);
  canvas_printf(c, r.x + 1, (*y)++, ROLE_TITLE, " %s ", title);
}

static void fact(Canvas *c, Rect r, int *y, const char *label, Role role, const char *text)
{
  canvas_text_fit(c, r.x + 1, *y, 9, label, ROLE_DIM, FIT_LEFT);
  canvas_text_fit(c, r.x + 11, *y, r.w - 12, text, role, FIT_LEFT);
  (*y)++;
}

/* Is there room for it as a fact? */
static gboolean fits(Rect r, const char *text)
{
  return canvas_text_width(text) <= r.w - 12;
}

/* Why rows were rejected, each reason with the first place where. */
static void draw_rejects(const State *s, Canvas *c, Rect r, int *y)
{
  for (int reason = 0; s->report && reason < N_REJECT_REASONS; reason++) {
    if (s->report->rejected_by[reason] == 0)
      continue;
    guint64 line = 0;
    for (guint i = 0; i < s->report->rejects->len && line == 0; i++) {
      const Reject *reject = g_ptr_array_index(s->report->rejects, i);
      if ((int)reject->reason == reason)
        line = reject->line;
    }
    g_autofree char *n = text_grouped((gint64)s->report->rejected_by[reason]);
    g_autofree char *text = g_strdup_printf("%s %s, first in line %" G_GUINT64_FORMAT, n,
                                            reject_name((RejectReason)reason), line);
    fact(c, r, y, "", ROLE_WARNING, text);
  }
}

static void draw_source(const State *s, Canvas *c, Rect r, int *y)
{
  const AccessLog *log = s->ds->log;
  head(c, r, y, "WHAT WAS READ");
  char from[CIVIL_BUF] = "", to[CIVIL_BUF] = "";
  g_autofree char *rows = text_grouped(log->n_rows);
  g_autofree char *source = text_safe(s->source ? s->source : "", -1);
  fact(c, r, y, "log", ROLE_NORMAL, source);
  if (s->report)
    for (guint i = 0; i < s->report->files->len; i++) {
      const InputFile *f = g_ptr_array_index(s->report->files, i);
      g_autofree char *n = text_grouped((gint64)f->rows);
      g_autofree char *base = g_path_get_basename(f->name);
      g_autofree char *text =
          g_strdup_printf("%s: %s rows, %s%s%s", base, n, form_name(f->form),
                          f->container ? ", " : "", f->container ? f->container : "");
      g_autofree char *brief = g_strdup_printf("%s: %s rows", base, n);
      g_autofree char *safe = text_safe(text, -1), *safe_brief = text_safe(brief, -1);
      fact(c, r, y, i ? "" : "files", ROLE_NORMAL, fits(r, safe) ? safe : safe_brief);
    }
  guint64 rejected = s->report ? s->report->rejected : 0;
  g_autofree char *bad = text_grouped((gint64)rejected);
  g_autofree char *read =
      g_strdup_printf("%s read, %s rejected%s%s", rows, bad, rejected ? "; `check` lists them" : "",
                      s->partial ? "; PARTIAL, loading was stopped" : "");
  fact(c, r, y, "rows", rejected || s->partial ? ROLE_WARNING : ROLE_GOOD, read);
  draw_rejects(s, c, r, y);
  if (log->n_rows) {
    g_autofree char *span = g_strdup_printf("%s to %s", civil_format(log->time[0], ' ', from),
                                            civil_format(log->time[log->n_rows - 1], ' ', to));
    g_autofree char *days =
        g_strdup_printf("%s to %s", civil_format_day(civil_day_of(log->time[0]), from),
                        civil_format_day(civil_day_of(log->time[log->n_rows - 1]), to));
    fact(c, r, y, "from", ROLE_NORMAL, fits(r, span) ? span : days);
    const char *clock = "the log's own clock; nothing is converted";
    fact(c, r, y, "", ROLE_DIM, fits(r, clock) ? clock : "by the log's own clock");
  }
  g_autofree char *users = text_grouped(strpool_count(log->users));
  g_autofree char *ips = text_grouped(ip_table_count(log->ips) - 1);
  g_autofree char *paths = text_grouped(strpool_count(log->paths) - 1);
  g_autofree char *lessons = text_grouped(s->ds->catalog->kind_entries[KIND_LESSON]);
  g_autofree char *who = g_strdup_printf("%s users, %s IPs", users, ips);
  g_autofree char *what = g_strdup_printf("%s paths, %s lessons", paths, lessons);
  g_autofree char *all = g_strdup_printf("%s, %s", who, what);
  fact(c, r, y, "distinct", ROLE_NORMAL, fits(r, all) ? all : who);
  if (!fits(r, all))
    fact(c, r, y, "", ROLE_NORMAL, what);
}

static void draw_phases(const State *s, Canvas *c, Rect r, int *y)
{
  const Overview *o = &overview_data(s)->model;
  head(c, r, y, "EVERY ROW HAS ONE PHASE");
  guint64 sum = 0;
  guint32 n = s->ds->log->n_rows;
  for (int p = 0; p < N_PHASES; p++) {
    sum += o->phase_hits[p];
    g_autofree char *hits = text_grouped((gint64)o->phase_hits[p]);
    canvas_text_fit(c, r.x + 1, *y, 9, phase_name((Phase)p), ROLE_NORMAL, FIT_LEFT);
    canvas_text_fit(c, r.x + 10, *y, 11, hits, ROLE_NUMBER, FIT_RIGHT);
    canvas_bar(c, r.x + 22, *y, MIN(r.w - 24, 20), (double)o->phase_hits[p], n, ROLE_BAR);
    (*y)++;
  }
  g_autofree char *total = text_grouped((gint64)sum);
  canvas_text_fit(c, r.x + 1, *y, 9, "= all", ROLE_STRONG, FIT_LEFT);
  canvas_text_fit(c, r.x + 10, *y, 11, total, ROLE_STRONG, FIT_RIGHT);
  canvas_text(c, r.x + 22, *y, sum == n ? "adds up" : "DOES NOT ADD UP",
              sum == n ? ROLE_GOOD : ROLE_ERROR);
  (*y)++;
}

static void draw_switches(const State *s, Canvas *c, Rect r, int *y)
{
  const OverviewData *d = overview_data(s);
  head(c, r, y, "LEAVE OUT?  Enter switches");
  for (guint i = 0; i < d->model.switches->len; i++) {
    const Switch *w = &g_array_index(d->model.switches, Switch, i);
    g_autofree char *hits = text_grouped((gint64)w->hits);
    canvas_put(c, r.x + 2, *y, w->on ? c->glyphs->check : c->glyphs->uncheck,
               w->on ? ROLE_WARNING : ROLE_DIM);
    canvas_text_fit(c, r.x + 4, *y, MIN(31, r.w - 17), w->label, ROLE_NORMAL, FIT_LEFT);
    canvas_text_fit(c, r.x + 4 + MIN(31, r.w - 17), *y, 10, hits, ROLE_NUMBER, FIT_RIGHT);
    if (i == d->cursor) {
      canvas_cursor_row(c, r.x, *y, r.w);
    }
    (*y)++;
  }
}

/* Flags of weight that nobody has decided about, by whom they concern. */
static void count_flags(const State *s, guint n[N_AUDIENCES])
{
  for (guint i = 0; i < s->queue.n_judged; i++) {
    const Judgement *j = &s->queue.judged[i];
    gboolean undecided = j->status == STATUS_OPEN || j->status == STATUS_WATCH;
    if (undecided && !j->exception && j->flag->score >= FLAG_SCORE_MID)
      n[rule_get(j->flag->rule)->audience]++;
  }
}

/* What the rules and the answers found, and where to read it. */
static void draw_attention(const State *s, Canvas *c, Rect r, int *y)
{
  head(c, r, y, "NEEDS ATTENTION");
  if (s->learning || s->loading.active) {
    canvas_text_fit(c, r.x + 1, (*y)++, r.w - 2, "being computed", ROLE_DIM, FIT_LEFT);
    return;
  }
  guint n[N_AUDIENCES] = {0};
  count_flags(s, n);
  g_autofree char *of_weight = g_strdup_printf("flags of %d or more (7)", FLAG_SCORE_MID);
  for (int a = 0; a < N_AUDIENCES; a++) {
    canvas_text_fit(c, r.x + 1, *y, 10, audience_name((Audience)a), ROLE_NORMAL, FIT_LEFT);
    g_autofree char *count = text_grouped(n[a]);
    canvas_text_fit(c, r.x + 11, *y, 6, count, n[a] ? ROLE_WARNING : ROLE_GOOD, FIT_RIGHT);
    canvas_text_fit(c, r.x + 18, *y, r.w - 19, of_weight, ROLE_DIM, FIT_LEFT);
    (*y)++;
  }
  if (s->quiet) {
    g_autofree char *quiet = text_grouped(s->quiet->quiet->n_quiet);
    canvas_text_fit(c, r.x + 1, *y, 10, "quiet", ROLE_NORMAL, FIT_LEFT);
    canvas_text_fit(c, r.x + 11, *y, 6, quiet, s->quiet->quiet->n_quiet ? ROLE_WARNING : ROLE_GOOD,
                    FIT_RIGHT);
    canvas_text_fit(c, r.x + 18, *y, r.w - 19, "students of running classes (A 3)", ROLE_DIM,
                    FIT_LEFT);
    (*y)++;
  }
}

static void draw_rhythm(const State *s, Canvas *c, Rect r, int *y)
{
  const Overview *o = &overview_data(s)->model;
  head(c, r, y, "WEEKDAY x HOUR, hits in scope");
  guint32 max = 0;
  for (int d = 0; d < 7; d++)
    for (int h = 0; h < 24; h++)
      max = MAX(max, o->punch[d][h]);
  int cell = r.w >= 5 + 48 ? 2 : 1;
  for (int h = 0; h < 24; h += 3)
    canvas_printf(c, r.x + 5 + h * cell, *y, ROLE_AXIS, "%02d", h);
  (*y)++;
  for (int d = 0; d < 7; d++, (*y)++) {
    canvas_text(c, r.x + 1, *y, civil_weekday_name(d), ROLE_AXIS);
    for (int h = 0; h < 24; h++)
      canvas_heat(c, r.x + 5 + h * cell, *y, cell, glyph_heat_level(o->punch[d][h], max));
  }
}

static void draw_trend(Canvas *c, const guint32 *hits, guint n, int x, int y, int w)
{
  guint cells = MIN(n, (guint)MAX(w, 1));
  g_autofree double *values = g_new0(double, cells + 1);
  for (guint i = 0; i < cells; i++)
    values[i] = timestep_mean(hits, n, i, cells);
  canvas_spark(c, x, y, (int)cells, values, cells, 0, ROLE_SPARK);
}

static void draw_steps(const State *s, Canvas *c, Rect r, int *y)
{
  const Overview *o = &overview_data(s)->model;
  g_autofree char *step = g_utf8_strup(timestep_title(s->bucket[VIEW_OVERVIEW]), -1);
  g_autofree char *title = g_strdup_printf("HITS BY %s, in scope", step);
  head(c, r, y, title);
  int room = r.y + r.h - *y;
  guint32 max = 0;
  if (!o->n_steps)
    return;
  const guint32 *hits = o->series->lines[0].values;
  for (guint i = 0; i < o->n_steps; i++)
    max = MAX(max, hits[i]);
  if (room >= (int)o->n_steps && r.w >= 36) {
    for (guint i = 0; i < o->n_steps; i++, (*y)++) {
      g_autofree char *label = series_label(o->series, i), *count = text_grouped(hits[i]);
      canvas_text_fit(c, r.x + 1, *y, 10, label, ROLE_AXIS, FIT_LEFT);
      canvas_text_fit(c, r.x + 11, *y, 7, count, ROLE_NUMBER, FIT_RIGHT);
      canvas_bar(c, r.x + 19, *y, r.w - 21, hits[i], max, ROLE_BAR);
    }
    return;
  }
  draw_trend(c, hits, o->n_steps, r.x + 1, (*y)++, r.w - 2);
  g_autofree char *from = series_label(o->series, 0), *most = text_grouped(max);
  g_autofree char *to = series_label(o->series, o->n_steps - 1);
  canvas_printf(c, r.x + 1, (*y)++, ROLE_AXIS, "%s to %s, most: %s", from, to, most);
}

static void draw(const State *s, Canvas *c, Rect body)
{
  if (!s->ds || !overview_data(s)->model.switches)
    return;
  canvas_clip_push(c, body);
  int half = body.w >= 76 ? body.w / 2 : body.w;
  Rect left = rect_make(body.x, body.y, half - (half < body.w), body.h);
  Rect right = half < body.w ? rect_make(body.x + half, body.y, body.w - half, body.h) : left;
  int y = body.y;
  draw_switches(s, c, half < body.w ? right : left, &y);
  int y_left = half < body.w ? body.y : y;
  draw_source(s, c, left, &y_left);
  draw_phases(s, c, left, &y_left);
  if (body.h >= 24)
    draw_attention(s, c, left, &y_left);
  if (half >= body.w)
    y = y_left;
  draw_rhythm(s, c, right, &y);
  if (half < body.w && body.h > 30)
    draw_steps(s, c, right, &y);
  else
    draw_steps(s, c, left, &y_left);
  canvas_clip_pop(c);
  if (half < body.w)
    canvas_vline(c, body.x + half - 1, body.y, body.h, c->glyphs->vline, ROLE_BORDER);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void move(State *s, Move m, gint64 amount)
{
  OverviewData *d = overview_data(s);
  if (!d || !d->model.switches || m == MOVE_LEFT || m == MOVE_RIGHT)
    return;
  gint64 n = d->model.switches->len;
  d->cursor = (guint)CLAMP(view_moved(m, amount, d->cursor, n, 4), 0, n - 1);
}

#define STAFF_QUESTION 6 /* the one whose answer leaves out graduates who became staff */

/* The switch that is no filter: it writes one answer anew, which takes less than a frame or two. */
static gboolean switch_likely_staff(State *s, GError **error)
{
  if (s->learning || !s->study) {
    state_message(s, "the answers are being computed: try again in a moment");
    return TRUE;
  }
  AnswerOptions options;
  answer_options_init(&options);
  options.keep_likely_staff = !s->keep_likely_staff;
  Answer *answer = answer_new(STAFF_QUESTION, s->study, s->flags, &options, error);
  if (!answer)
    return FALSE;
  if (s->answers[STAFF_QUESTION - 1])
    answer_free(s->answers[STAFF_QUESTION - 1]);
  s->answers[STAFF_QUESTION - 1] = answer;
  s->keep_likely_staff = options.keep_likely_staff;
  s->learned++;
  state_message(s, "answer %d %s graduates who became staff", STAFF_QUESTION,
                s->keep_likely_staff ? "counts" : "leaves out");
  return TRUE;
}

static gboolean enter(State *s, GError **error)
{
  OverviewData *d = overview_data(s);
  if (!d || !d->model.switches || d->cursor >= d->model.switches->len)
    return TRUE;
  const Switch *w = &g_array_index(d->model.switches, Switch, d->cursor);
  if (!w->term)
    return switch_likely_staff(s, error);
  state_remember(s);
  for (guint i = chips_count(s->chips); i-- > 0;) {
    g_autofree char *text = scope_term_print(chips_get(s->chips, i)->term);
    if (g_strcmp0(text, w->term) == 0) {
      chips_remove(s->chips, i);
      return TRUE;
    }
  }
  ScopeTerm *term = scope_term_parse(w->term, error);
  if (!term)
    return FALSE;
  chips_add(s->chips, term, FALSE);
  return TRUE;
}

static gboolean command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  *handled = strcmp(argv[0], "bucket") == 0;
  return !*handled || timestep_set(s, VIEW_OVERVIEW, argc > 1 ? argv[1] : NULL, error);
}

/* In a low window the list of what needs attention has no room: here it is in a line. */
static char *status(const State *s)
{
  guint n[N_AUDIENCES] = {0};
  if (s->height >= 28 || !s->flags || s->learning || s->message)
    return g_strdup("OVERVIEW");
  count_flags(s, n);
  guint quiet = s->quiet ? s->quiet->quiet->n_quiet : 0;
  GString *out = g_string_new("OVERVIEW ");
  for (int a = 0; a < N_AUDIENCES; a++)
    g_string_append_printf(out, "%s %u %s", a ? "," : "", n[a], audience_name((Audience)a));
  g_string_append_printf(out, " flags (7), %u quiet (A 3)", quiet);
  return g_string_free(out, FALSE);
}

const View view_overview = {.name = "overview",
                            .title = "Overview",
                            .key = '0',
                            .prepare = prepare,
                            .draw = draw,
                            .move = move,
                            .enter = enter,
                            .command = command,
                            .status = status,
                            .hints =
                                "Enter switch a filter|j k move|1 programs|2 cohorts|BS back|: "
                                "command|? help"};
