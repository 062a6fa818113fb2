/* Timeline: punch card, weeks, sessions with their gaps and rows of one user or address. */
#include <math.h>

#include "core/base/text.h"
#include "tui/layout.h"
#include "tui/model/evidence.h"
#include "tui/model/notemenu.h"
#include "tui/model/row_entity.h"
#include "tui/model/timestep.h"
#include "tui/model/trace.h"
#include "tui/model/visit.h"
#include "tui/views/signs.h"
#include "tui/views/steps.h"
#include "tui/views/view.h"

#define ROW_MAX 120 /* columns of a row of the log */

/* --- prepare -----------------------------------------------------------------------------------
 */

static gboolean prepare(State *s, Rect body, GError **error)
{
  if (!s->ds)
    return TRUE;
  if (!timeline_refresh(&s->timeline, s->ds, s->generation, s->chips, error))
    return FALSE;
  trace_refresh(s);
  if (s->bucket[VIEW_TIMELINE] != BUCKET_DAY)
    steps_refresh(s, s->bucket[VIEW_TIMELINE]);
  TimelineLayout l = layout_timeline(body);
  s->page = MAX(l.list.h - 1, 1);
  timeline_scroll(&s->timeline, s->page);
  return TRUE;
}

/* --- draw --------------------------------------------------------------------------------------
 */

/* Own place among the peers in the same time; the medians of the others where there is room. */
static void draw_peers(const State *s, Canvas *c, Rect r)
{
  const Timeline *t = &s->timeline;
  gboolean wide = r.w >= 110 && !isnan(t->peer_hits);
  int x = r.x + 1, y = r.y + 1;
  x += canvas_text(c, x, y, t->in_time ? "cohort, this time: hits " : "in the cohort: hits ",
                   ROLE_DIM);
  x += canvas_printf(c, x, y, ROLE_NORMAL, "%u of %u", t->rank_hits, t->n_peers);
  if (wide)
    x += canvas_printf(c, x, y, ROLE_DIM, " (median of the others %.0f)", t->peer_hits);
  x += canvas_text(c, x, y, "  lessons ", ROLE_DIM);
  x += canvas_printf(c, x, y, ROLE_NORMAL, "%u of %u", t->rank_lessons, t->n_peers);
  if (wide)
    x += canvas_printf(c, x, y, ROLE_DIM, " (%.0f)", t->peer_lessons);
  if (!isnan(t->night_share)) {
    x += canvas_text(c, x, y, "  night 22-06 ", ROLE_DIM);
    x += canvas_printf(c, x, y, ROLE_NORMAL, "%.0f%%", 100 * t->night_share);
    if (!isnan(t->peer_night_share))
      x += canvas_printf(c, x, y, ROLE_DIM, " (peers %.0f%%)", 100 * t->peer_night_share);
  }
  guint8 score = s->queue.user_score ? s->queue.user_score[t->key] : 0;
  if (score && x + 9 <= r.x + r.w) {
    x += canvas_text(c, x, y, "  risk ", ROLE_DIM);
    canvas_printf(c, x, y, score >= FLAG_SCORE_MID ? ROLE_FLAG_MID : ROLE_NORMAL, "%u", score);
  }
}

static void draw_head(const State *s, Canvas *c, Rect r)
{
  const Timeline *t = &s->timeline;
  const Dataset *ds = s->ds;
  g_autofree char *label = dimension_label(ds, t->by_ip ? DIM_IP : DIM_USER, t->key);
  g_autofree char *hits = text_grouped(t->sessions->n_rows);
  int x = r.x + 1;
  x += canvas_printf(c, x, r.y, ROLE_STRONG, "%s %s", t->by_ip ? "address" : "user", label);
  if (!t->by_ip) {
    g_autofree char *cohort = dimension_label(ds, DIM_COHORT, t->cohort);
    const Cohort *co = cohort_table_get(ds->log->cohorts, t->cohort);
    g_autofree char *program = dimension_label(ds, DIM_PROGRAM, co->program);
    if (t->cohort == COHORT_NONE)
      x += canvas_text(c, x, r.y, "  no cohort", ROLE_DIM);
    else
      x += canvas_printf(c, x, r.y, ROLE_NORMAL, "  %s (%s)%s", cohort, program,
                         ds->user_n_cohorts[t->key] > 1 ? " and others" : "");
  } else {
    x += canvas_printf(c, x, r.y, ROLE_NORMAL, "  %u user%s", t->n_users,
                       t->n_users == 1 ? "" : "s");
  }
  /* what matters less is left out where the line is short */
  const struct {
    guint32 n;
    const char *one, *many;
  } counts[] = {{t->n_lessons, "lesson", "lessons"},
                {t->n_ips, "IP", "IPs"},
                {t->n_days, "day", "days"},
                {t->sessions->n, "session", "sessions"}};
  x += canvas_printf(c, x, r.y, ROLE_NUMBER, "  %s hits", hits);
  for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
    g_autofree char *text =
        g_strdup_printf("  %u %s", counts[i].n, counts[i].n == 1 ? counts[i].one : counts[i].many);
    if (x + canvas_text_width(text) <= r.x + r.w)
      x += canvas_text(c, x, r.y, text, ROLE_NUMBER);
  }
  x = r.x + 1;
  if (t->n_peers > 0) {
    draw_peers(s, c, r);
  } else if (t->sessions->n_rows) {
    char a[CIVIL_BUF], b[CIVIL_BUF];
    canvas_printf(c, x, r.y + 1, ROLE_DIM, "%s to %s, no cohort to compare with",
                  civil_format(ds->log->time[t->sessions->rows[0]], ' ', a),
                  civil_format(ds->log->time[t->sessions->rows[t->sessions->n_rows - 1]], ' ', b));
  }
}

static void draw_punch(const State *s, Canvas *c, Rect r)
{
  const Timeline *t = &s->timeline;
  if (rect_is_empty(r))
    return;
  int per = r.w >= 5 + 24 * 3 ? 1 : 2; /* hours in a slot */
  int slots = 24 / per;
  guint32 max = 0;
  for (int d = 0; d < 7; d++)
    for (int k = 0; k < slots; k++) {
      guint32 sum = 0;
      for (int h = 0; h < per; h++)
        sum += t->punch[d][k * per + h];
      max = MAX(max, sum);
    }
  for (int k = 0; k < slots; k++)
    if (per == 1 ? k % 2 == 0 : TRUE)
      canvas_printf(c, r.x + 5 + k * 3, r.y, ROLE_AXIS, "%02d", k * per);
  for (int d = 0; d < 7; d++) {
    canvas_text(c, r.x + 1, r.y + 1 + d, civil_weekday_name(d), ROLE_AXIS);
    for (int k = 0; k < slots; k++) {
      guint32 sum = 0;
      for (int h = 0; h < per; h++)
        sum += t->punch[d][k * per + h];
      canvas_heat(c, r.x + 5 + k * 3, r.y + 1 + d, 2, glyph_heat_level(sum, max));
    }
  }
}

/* A calendar: one column per week, one line per weekday; the latest weeks when not all fit. */
static void draw_weeks(const State *s, Canvas *c, Rect r)
{
  const Timeline *t = &s->timeline;
  if (rect_is_empty(r) || t->weeks->len == 0)
    return;
  guint room = (guint)r.w;
  guint32 row = 0;
  guint here = t->weeks->len - 1;
  if (timeline_cursor_row(t, &row)) {
    CivilDay monday = civil_week_start(civil_day_of(s->ds->log->time[row]));
    here = (guint)((monday - g_array_index(t->weeks, TimelineWeek, 0).monday) / 7);
  }
  guint first = 0;
  if (t->weeks->len > room)
    first = MIN(here > room / 2 ? here - room / 2 : 0, t->weeks->len - room);
  guint32 max = 0;
  for (guint i = 0; i < t->weeks->len; i++)
    for (int d = 0; d < 7; d++)
      max = MAX(max, g_array_index(t->weeks, TimelineWeek, i).day_hits[d]);
  int label_until = -1;
  for (guint i = first; i < t->weeks->len && i - first < room; i++) {
    const TimelineWeek *week = &g_array_index(t->weeks, TimelineWeek, i);
    int x = r.x + (int)(i - first);
    for (int d = 0; d < 7; d++)
      canvas_heat(c, x, r.y + 1 + d, 1, glyph_heat_level(week->day_hits[d], max));
    if (i == here)
      canvas_ground(c, rect_make(x, r.y + 1, 1, 7), ROLE_CURSOR_DIM);
    int month = civil_month_of(week->monday), before = civil_month_of(week->monday - 7);
    if ((i == first || month != before) && x > label_until && x + 7 <= r.x + r.w) {
      char buf[CIVIL_BUF];
      canvas_text(c, x, r.y, civil_format_month(month, buf), ROLE_AXIS);
      label_until = x + 7;
    }
  }
}

static void format_gap(gint64 seconds, char *buf, gsize size)
{
  if (seconds >= 2 * CIVIL_DAY)
    g_snprintf(buf, size, "%d days", (int)(seconds / CIVIL_DAY));
  else if (seconds >= 3600)
    g_snprintf(buf, size, "%d h %02d min", (int)(seconds / 3600), (int)(seconds % 3600 / 60));
  else if (seconds >= 60)
    g_snprintf(buf, size, "%d min %02d s", (int)(seconds / 60), (int)(seconds % 60));
  else
    g_snprintf(buf, size, "%d s", (int)seconds);
}

static void draw_session(const State *s, Canvas *c, Rect r, int y, const TimelineItem *item)
{
  const Timeline *t = &s->timeline;
  const Session *session = &t->sessions->sessions[item->session];
  gboolean folded = timeline_is_folded(t, item->session);
  char day[CIVIL_BUF], from[CIVIL_BUF], to[CIVIL_BUF];
  CivilDay d = civil_day_of(session->from);
  civil_format_day(d, day);
  civil_format(session->from, ' ', from);
  civil_format(session->to, ' ', to);
  canvas_put(c, r.x + 1, y, folded ? c->glyphs->folded : c->glyphs->unfolded, ROLE_DIM);
  int x = r.x + 3;
  x += canvas_printf(c, x, y, ROLE_STRONG, "%s %s %.5s-%.5s", day,
                     civil_weekday_name(civil_weekday(d)), from + 11, to + 11);
  guint32 row = t->sessions->rows[session->first_place];
  x += canvas_printf(c, x, y, ROLE_NORMAL, "  session %u  %u hit%s  %u lesson%s", item->session + 1,
                     session->n, session->n == 1 ? "" : "s", session->lessons,
                     session->lessons == 1 ? "" : "s");
  if (session->ips > 1)
    x += canvas_printf(c, x, y, ROLE_WARNING, "  %u IPs", session->ips);
  else if (!t->by_ip)
    x += canvas_printf(c, x, y, ROLE_DIM, "  %s",
                       ip_table_text(s->ds->log->ips, s->ds->log->ip[row]));
  if (session->gap_before > 0 && session->gap_before < CIVIL_DAY) {
    char gap[40];
    format_gap(session->gap_before, gap, sizeof gap);
    canvas_printf(c, x, y, ROLE_DIM, "  after %s", gap);
  }
  sign_session(s, c, r.x + r.w, y, item->session);
}

static void draw_row(const State *s, Canvas *c, Rect r, int y, const TimelineItem *item)
{
  const Timeline *t = &s->timeline;
  const AccessLog *log = s->ds->log;
  guint32 row = t->sessions->rows[item->place];
  gboolean kept = !t->kept || t->kept[item->place];
  Role role = kept ? ROLE_NORMAL : ROLE_DIM;
  char time[CIVIL_BUF], gap[40] = "";
  civil_format(log->time[row], ' ', time);
  const Session *session = &t->sessions->sessions[item->session];
  if (item->place > session->first_place) {
    char span[32];
    format_gap(log->time[row] - log->time[t->sessions->rows[item->place - 1]], span, sizeof span);
    g_snprintf(gap, sizeof gap, "+%s", span);
  }
  guint32 entry = s->ds->catalog->entry_of_path[log->path[row]];
  Kind kind = (Kind)s->ds->catalog->kind_of_entry[entry];
  gsize len;
  const char *raw = strpool_get(log->paths, log->path[row], &len);
  g_autofree char *path =
      log->path[row] == PATH_MISSING ? g_strdup("(no path)") : text_safe(raw, (gssize)len);
  int gap_w = 13, who_w = r.w >= 76 ? 17 : 0, kind_w = r.w >= 100 ? 9 : 0;
  /* what belongs to a row stays near it on wide screens */
  int path_w = MIN(r.w, ROW_MAX) - 12 - gap_w - who_w - kind_w;
  int x = r.x + 3;
  sign_row(s, c, r.x + 1, y, item->place);
  canvas_text(c, x, y, time + 11, role == ROLE_DIM ? ROLE_DIM : ROLE_NUMBER);
  x += 9;
  canvas_text_fit(c, x, y, path_w - 1, path, kind == KIND_LESSON || !kept ? role : ROLE_MISSING,
                  FIT_CUT_MIDDLE);
  x += path_w;
  if (kind_w) {
    canvas_text_fit(c, x, y, kind_w - 1, kind == KIND_LESSON ? "" : kind_name(kind), ROLE_DIM,
                    FIT_LEFT);
    x += kind_w;
  }
  if (who_w) {
    gboolean changed =
        item->place > 0 && log->ip[row] != log->ip[t->sessions->rows[item->place - 1]];
    g_autofree char *who = t->by_ip ? dimension_label(s->ds, DIM_USER, log->user[row])
                                    : dimension_label(s->ds, DIM_IP, log->ip[row]);
    canvas_text_fit(c, x, y, who_w - 1, who, !t->by_ip && changed ? ROLE_WARNING : ROLE_DIM,
                    FIT_LEFT);
    x += who_w;
  }
  canvas_text_fit(c, x, y, gap_w - 1, gap, ROLE_DIM, FIT_RIGHT);
}

static void draw_list(const State *s, Canvas *c, Rect r)
{
  const Timeline *t = &s->timeline;
  if (rect_is_empty(r))
    return;
  canvas_clip_push(c, r);
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline_focus, ROLE_BORDER_FOCUS);
  int x = r.x + 1 + canvas_text(c, r.x + 1, r.y, " EVENTS ", ROLE_TITLE_FOCUS);
  g_autofree char *flag = sign_flag_title(s);
  if (flag)
    x += canvas_printf(c, x, r.y, ROLE_FLAG_MID, " evidence of %s ", flag);
  g_autofree char *note =
      g_strdup_printf(" sessions end after %u min without a hit%s ", s->ds->session_gap / 60,
                      t->kept ? "; rows outside the other filters are dim" : "");
  int w = canvas_text_width(note);
  if (x + w + 2 < r.x + r.w)
    canvas_text(c, r.x + r.w - w - 1, r.y, note, ROLE_TITLE);
  else if (t->kept && !flag)
    canvas_text(c, r.x + 12, r.y, " dim: outside the other filters ", ROLE_TITLE);
  for (int line = 0; line + 1 < r.h && t->top + (guint)line < t->items->len; line++) {
    guint index = t->top + (guint)line;
    const TimelineItem *item = &g_array_index(t->items, TimelineItem, index);
    int y = r.y + 1 + line;
    if (item->type == ITEM_GAP) {
      char gap[40];
      format_gap(t->sessions->sessions[item->session].gap_before, gap, sizeof gap);
      canvas_put(c, r.x + 1, y, c->glyphs->gap, ROLE_DIM);
      canvas_printf(c, r.x + 3, y, ROLE_DIM, "%s without a hit", gap);
    } else if (item->type == ITEM_SESSION) {
      draw_session(s, c, r, y, item);
    } else if (item->type == ITEM_NOTE) {
      sign_note(s, c, r.x + 3, y, r.w - 4, timeline_note_number(t, index));
    } else {
      draw_row(s, c, r, y, item);
    }
    if (index == t->cursor) {
      canvas_cursor_row(c, r.x, y, r.w);
    }
  }
  if (t->sessions->n_rows == 0)
    canvas_text_fit(c, r.x + 2, r.y + 1, r.w - 3,
                    "no hits in this time range; T clears it, Backspace goes back", ROLE_DIM,
                    FIT_LEFT);
  canvas_clip_pop(c);
}

static void draw(const State *s, Canvas *c, Rect body)
{
  const Timeline *t = &s->timeline;
  if (!s->ds)
    return;
  if (!t->valid) {
    canvas_text_fit(c, body.x + 2, body.y + 1, body.w - 4,
                    "no user chosen: press 4 (users) or 5 (addresses) and Enter or 6 on a row",
                    ROLE_DIM, FIT_LEFT);
    return;
  }
  TimelineLayout l = layout_timeline(body);
  draw_head(s, c, l.head);
  draw_punch(s, c, l.punch);
  if (s->bucket[VIEW_TIMELINE] == BUCKET_DAY)
    draw_weeks(s, c, l.weeks);
  else
    steps_draw(s, c, l.weeks);
  draw_list(s, c, l.list);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void move(State *s, Move m, gint64 amount)
{
  Timeline *t = &s->timeline;
  if (!t->items)
    return;
  if (m == MOVE_LEFT || m == MOVE_RIGHT)
    timeline_fold(t, m == MOVE_LEFT);
  else
    timeline_move(t, view_moved(m, amount, t->cursor, t->items->len, s->page));
}

static void show_note(State *s, guint number)
{
  const Note *note = casebook_note(s->casebook, number);
  g_autofree char *on = note ? visit_title(s, note->on) : NULL;
  if (note)
    state_show_menu(s, note_menu_new(note, on));
}

/* Everything about a row of the log. */
static void show_row(State *s, guint32 row)
{
  static const struct {
    const char *name;
    Dimension dim;
  } fields[] = {{"path", DIM_PATH},       {"lesson", DIM_LESSON}, {"kind", DIM_KIND},
                {"module", DIM_MODULE},   {"user", DIM_USER},     {"cohort", DIM_COHORT},
                {"program", DIM_PROGRAM}, {"phase", DIM_PHASE},   {"address", DIM_IP}};
  char time[CIVIL_BUF];
  Menu *m = menu_new(MENU_TEXT, "Row of the log");
  menu_add(m, "time", civil_format(s->ds->log->time[row], ' ', time), NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_autofree char *label =
        dimension_label(s->ds, fields[i].dim, dimension_key(s->ds, fields[i].dim, row));
    menu_add(m, fields[i].name, label, NULL, NULL);
  }
  for (guint i = 0; i < s->queue.n_judged; i++) {
    const Judgement *j = &s->queue.judged[i];
    if (!evidence_has_row(j->flag, row))
      continue;
    g_autofree char *text = g_strdup_printf("%s %.0f, %s", rule_get(j->flag->rule)->name,
                                            j->flag->score, status_name(j->status));
    menu_add(m, "flag", text, NULL, NULL);
  }
  state_show_menu(s, m);
}

/* Enter on a session folds or opens it; on a row it tells everything about the row. */
static gboolean enter(State *s, GError **error)
{
  Timeline *t = &s->timeline;
  (void)error;
  if (!t->items || t->cursor >= t->items->len)
    return TRUE;
  const TimelineItem *item = &g_array_index(t->items, TimelineItem, t->cursor);
  if (item->type == ITEM_NOTE)
    show_note(s, timeline_note_number(t, t->cursor));
  else if (item->type == ITEM_ROW)
    show_row(s, t->sessions->rows[item->place]);
  else
    timeline_fold(t, !timeline_is_folded(t, item->session));
  return TRUE;
}

static gboolean command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  *handled = TRUE;
  if (g_strcmp0(argv[0], "fold") == 0)
    timeline_fold_all(&s->timeline, !s->timeline.all_folded);
  else if (g_strcmp0(argv[0], "bucket") == 0)
    return timestep_set(s, VIEW_TIMELINE, argc > 1 ? argv[1] : NULL, error);
  else
    *handled = FALSE;
  return TRUE;
}

/* A row; a session stands for whom the timeline is about. */
static Entity *entity(const State *s, guint place)
{
  const Timeline *t = &s->timeline;
  if (!t->valid || place >= t->items->len)
    return NULL;
  const TimelineItem *item = &g_array_index(t->items, TimelineItem, place);
  if (item->type != ITEM_ROW && item->type != ITEM_NOTE)
    return entity_new(t->by_ip ? ENTITY_IP : ENTITY_USER, t->subject);
  return row_entity(s->ds, t->sessions->rows[item->place]);
}

static guint place(const State *s, guint *ret_n)
{
  const Timeline *t = &s->timeline;
  *ret_n = t->valid && t->items ? t->items->len : 0;
  return t->cursor;
}

static char *status(const State *s)
{
  const Timeline *t = &s->timeline;
  guint n = t->items ? t->items->len : 0;
  return g_strdup_printf("LINE %u/%u", n ? t->cursor + 1 : 0, n);
}

static char *copy(const State *s, gboolean whole)
{
  const Timeline *t = &s->timeline;
  if (!t->valid)
    return NULL;
  GString *out = g_string_new(NULL);
  guint32 cursor_row = 0;
  gboolean on_row = timeline_cursor_row(t, &cursor_row);
  for (guint32 i = 0; i < t->sessions->n_rows; i++) {
    guint32 row = t->sessions->rows[i];
    if (!whole && (!on_row || row != cursor_row))
      continue;
    char time[CIVIL_BUF];
    g_autofree char *path = dimension_label(s->ds, DIM_PATH, s->ds->log->path[row]);
    g_autofree char *user = dimension_label(s->ds, DIM_USER, s->ds->log->user[row]);
    g_autofree char *ip = dimension_label(s->ds, DIM_IP, s->ds->log->ip[row]);
    g_string_append_printf(out, "%s\t%s\t%s\t%s\n", civil_format(s->ds->log->time[row], ' ', time),
                           path, user, ip);
  }
  return g_string_free(out, FALSE);
}

const View view_timeline = {
    .name = "timeline",
    .title = "Timeline",
    .key = '6',
    .prepare = prepare,
    .draw = draw,
    .move = move,
    .enter = enter,
    .command = command,
    .entity = entity,
    .place = place,
    .status = status,
    .copy = copy,
    .hints = "Enter open|BS up|! flags|= status|a note|m mark|c case|h l fold|v fold "
             "all|z Z zoom|( ) flag before, next|y copy|: command|? help"};
