/* Detail and strip: what is known about the row under the cursor, and hits over time. */
#include "tui/views/detail.h"

#include <string.h>

#include "core/base/text.h"
#include "core/query/series.h"
#include "tui/model/evidence.h"
#include "tui/model/timestep.h"
#include "tui/model/wrap.h"
#include "tui/views/view.h"

static void draw_detail_line(Canvas *c, Rect r, int *y, const char *label, const char *text)
{
  if (*y >= r.y + r.h)
    return;
  canvas_text_fit(c, r.x + 1, *y, 7, label ? label : "", ROLE_DIM, FIT_LEFT);
  canvas_text_fit(c, r.x + 9, *y, r.w - 10, text, ROLE_NORMAL, FIT_LEFT);
  (*y)++;
}

/* Long texts run over several lines where there is room. */
static void draw_detail_text(Canvas *c, Rect r, int *y, const char *label, const char *text)
{
  g_autoptr(GPtrArray) lines = text_wrap(text, r.w - 10);
  for (guint i = 0; i < lines->len && *text; i++)
    draw_detail_line(c, r, y, i ? NULL : label, g_ptr_array_index(lines, i));
}

static void draw_detail_top(Canvas *c, const Detail *d, Rect r, int y, int most)
{
  guint32 max = d->n_top ? d->top_hits[0] : 0;
  for (guint i = 0; i < d->n_top && i < (guint)most && y < r.y + r.h; i++, y++) {
    int bar = MIN(r.w / 6, 12);
    int label_w = r.w - 2 - 8 - bar - 1;
    g_autofree char *hits = text_grouped(d->top_hits[i]);
    canvas_text_fit(c, r.x + 1, y, label_w, d->top_label[i], ROLE_NORMAL, FIT_CUT_MIDDLE);
    canvas_text_fit(c, r.x + 1 + label_w, y, 8, hits, ROLE_NUMBER, FIT_RIGHT);
    canvas_bar(c, r.x + label_w + 10, y, bar, d->top_hits[i], max, ROLE_BAR);
  }
}

static void draw_detail_spark(Canvas *c, const Detail *d, int x, int y, int w)
{
  guint n = (guint)MIN(w, (int)d->n_spark);
  if (w <= 0)
    return;
  g_autofree double *cells = g_new0(double, n + 1);
  for (guint i = 0; i < n; i++)
    cells[i] = timestep_mean(d->spark, d->n_spark, i, n);
  canvas_spark(c, x, y, (int)n, cells, n, 0, ROLE_SPARK);
}

/* Flags of weight that have to do with a user or an address: "burst 75 open, sweep 61 watch". */
static char *flags_text(const State *s, Dimension dim, guint32 key)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < s->queue.n_judged; i++) {
    const Judgement *j = &s->queue.judged[i];
    if (j->flag->score < FLAG_SCORE_MID || j->exception || j->status == STATUS_DISMISSED ||
        !evidence_concerns(j->flag, dim, key))
      continue;
    g_string_append_printf(out, "%s%s %.0f %s", out->len ? ", " : "", rule_get(j->flag->rule)->name,
                           j->flag->score, status_name(j->status));
  }
  return g_string_free(out, FALSE);
}

/* Where an address is, when the user has given a file that knows. */
static void draw_place(const State *s, Canvas *c, Rect r, int *y)
{
  const Pane *p = &s->panes[view_pane(s->view)];
  guint32 key = 0;
  if (p->id != PANE_IPS || !s->study || !s->study->geo || !pane_cursor_key(p, &key))
    return;
  g_autofree char *place = geo_text(s->study->geo, key);
  if (*place)
    draw_detail_text(c, r, y, "place", place);
}

/* What rules and people say about the row. */
static void draw_said(const State *s, Canvas *c, Rect r, int *y)
{
  const Pane *p = &s->panes[view_pane(s->view)];
  guint32 key = 0;
  Entity *e = pane_cursor_key(p, &key) ? view_entity(s) : NULL;
  if (!e)
    return;
  const guint8 *score = p->id == PANE_USERS ? s->queue.user_score
                        : p->id == PANE_IPS ? s->queue.ip_score
                                            : NULL;
  if (score && score[key] >= FLAG_SCORE_MID) {
    g_autofree char *flags = flags_text(s, p->dim, key);
    draw_detail_text(c, r, y, "flags", flags);
  }
  g_autoptr(GPtrArray) notes = g_ptr_array_new();
  casebook_notes_on(s->casebook, e, notes);
  for (guint i = 0; i < notes->len; i++) {
    const Note *n = g_ptr_array_index(notes, i);
    g_autofree char *words = text_safe(n->text, -1), *author = text_safe(n->by.author, -1);
    g_autofree char *text = g_strdup_printf("%s: %s", author, words);
    draw_detail_text(c, r, y, "note", text);
  }
  entity_free(e);
}

void late_draw(Canvas *c, int x, int y, gboolean late)
{
  if (late)
    canvas_text(c, x, y, "computing ", ROLE_PROGRESS);
}

/* In the strip at the foot of the screen the list stands at the right. Returns what is left. */
static Rect draw_top_beside(Canvas *c, const Detail *d, Rect r, int title_w)
{
  Rect left = r;
  if (r.w < 70)
    return left;
  left.w = r.w * 3 / 5;
  Rect right = rect_make(r.x + left.w, r.y, r.w - left.w, r.h);
  canvas_clip_push(c, right);
  draw_detail_top(c, d, right, r.y + 1, r.h - 1);
  canvas_clip_pop(c);
  g_autofree char *title = g_utf8_strdown(d->top_title, -1);
  if (title_w + 2 < left.w)
    canvas_printf(c, right.x + 1, r.y, ROLE_TITLE, " top %s ", title);
  return left;
}

/* The facts, as many as there are lines for; in a low strip the last line is that of the trend. */
static void draw_facts(Canvas *c, const Detail *d, Rect r, int *y, gboolean low)
{
  for (guint i = 0; i < d->lines->len; i++) {
    const DetailLine *line = g_ptr_array_index(d->lines, i);
    if (low && *y >= r.y + r.h - 1 && d->n_spark > 1)
      break;
    if (low)
      draw_detail_line(c, r, y, line->label, line->text);
    else
      draw_detail_text(c, r, y, line->label, line->text);
  }
  if (d->n_spark > 1 && *y < r.y + r.h) {
    static const char *const labels[N_BUCKETS] = {"hourly", "daily", "weekly", "monthly", "course"};
    canvas_text_fit(c, r.x + 1, *y, 8, labels[d->bucket], ROLE_DIM, FIT_LEFT);
    draw_detail_spark(c, d, r.x + 9, *y, r.w - 10);
    (*y)++;
  }
}

void detail_draw(const State *s, Canvas *c, Rect r)
{
  const Detail *d = &s->detail;
  gboolean low = r.h < 12;
  if (rect_is_empty(r))
    return;
  canvas_clip_push(c, r);
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline, ROLE_BORDER);
  if (d->title && s->panes[view_pane(s->view)].n_visible) {
    g_autofree char *title = g_strdup_printf(" %s ", d->title);
    int y = r.y + 1, w = MIN(r.w - 2, canvas_text_width(title));
    canvas_text_fit(c, r.x + 1, r.y, w, title, ROLE_TITLE, FIT_CUT_MIDDLE);
    late_draw(c, r.x + 1 + w, r.y, d->late);
    Rect left = low ? draw_top_beside(c, d, r, canvas_text_width(title)) : r;
    draw_said(s, c, left, &y);
    draw_place(s, c, left, &y);
    draw_facts(c, d, left, &y, low);
    if (!low && ++y + 1 < r.y + r.h) {
      g_autofree char *lower = g_utf8_strdown(d->top_title, -1);
      canvas_printf(c, r.x + 1, y++, ROLE_HEADER, "top %s", lower);
      draw_detail_top(c, d, r, y, DETAIL_TOP);
    }
  }
  canvas_clip_pop(c);
}

void strip_draw(Canvas *c, const Strip *d, Rect r)
{
  if (rect_is_empty(r))
    return;
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline, ROLE_BORDER);
  g_autofree char *step = g_utf8_strup(timestep_title(d->bucket), -1);
  int title_w = canvas_printf(c, r.x + 1, r.y, ROLE_TITLE, " HITS PER %s, all of scope ", step);
  late_draw(c, r.x + 1 + title_w, r.y, d->late);
  if (!d->n || r.w < 3)
    return;
  /* three lines of height: each column is a bar of up to three cells */
  guint room = (guint)(r.w - 2);
  g_autofree double *columns = g_new0(double, room);
  /* steps of equal width, where there are fewer than columns */
  guint used = d->n >= room ? room : d->n * (room / d->n);
  double max = 0;
  for (guint i = 0; i < used; i++) {
    columns[i] = timestep_mean(d->hits, d->n, i, used);
    max = MAX(max, columns[i]);
  }
  for (guint i = 0; i < used; i++)
    canvas_column(c, r.x + 1 + (int)i, r.y + 1, 1, r.h - 2, columns[i], max, ROLE_SPARK);
  int y = r.y + r.h - 1, from_w = canvas_text(c, r.x + 1, y, d->from, ROLE_AXIS);
  int to_x = r.x + 1 + (int)used - canvas_text_width(d->to);
  if (to_x > r.x + 1 + from_w)
    canvas_text(c, to_x, y, d->to, ROLE_AXIS);
  g_autofree char *top = text_grouped((gint64)max);
  g_autofree char *note =
      g_strdup_printf("most %s a %s%s; times are the log's own clock", top,
                      timestep_title(d->bucket), d->n > used ? " (mean of a column)" : "");
  int note_x = MAX(r.x + 14, r.x + 3 + from_w);
  if (note_x + canvas_text_width(note) > to_x - 1) /* a short chart: behind it */
    note_x = to_x + canvas_text_width(d->to) + 2;
  canvas_text(c, note_x, y, note, ROLE_AXIS);
}

/* --- hits over time ------------------------------------------------------------------------------
 */

static void strip_free(gpointer data)
{
  strip_clear(data);
  g_free(data);
}

void strip_clear(Strip *d)
{
  g_clear_pointer(&d->hits, g_free);
  g_clear_pointer(&d->from, g_free);
  g_clear_pointer(&d->to, g_free);
  g_clear_pointer(&d->stamp, g_free);
  g_clear_pointer(&d->wanted, g_free);
  d->n = 0;
}

/* "2019-02-04" for a week, "week 7" for one of the course. */
static char *step_label(const Series *series, guint i)
{
  char buf[CIVIL_BUF];
  if (series->bucket == BUCKET_WEEK)
    return g_strdup(civil_format_day(civil_day_of(series->starts[i]), buf));
  g_autofree char *label = series_label(series, i);
  return series->bucket == BUCKET_COURSE_WEEK ? g_strdup_printf("week %s", label)
                                              : g_steal_pointer(&label);
}

/* The order of the task is the bucket. */
static gpointer strip_run(const Task *t, const Dataset *ds, const Selection *sel,
                          const Selection *base, const gint *stop)
{
  (void)base;
  Bucket bucket = (Bucket)GPOINTER_TO_INT(t->order);
  SeriesRequest req = {.bucket = bucket, .measure = MEASURE_HITS};
  Series *series = series_new(ds, sel, &req, NULL);
  Strip *d = g_new0(Strip, 1);
  (void)stop;
  d->bucket = bucket;
  if (series && series->n_lines && series->n_buckets) {
    d->n = series->n_buckets;
    if (bucket == BUCKET_COURSE_WEEK) /* those of the class */
      d->n = MIN(d->n, pane_class_weeks(ds));
    d->hits = g_new(guint32, d->n + 1);
    memcpy(d->hits, series->lines[0].values, d->n * sizeof *d->hits);
    d->from = step_label(series, 0);
    d->to = step_label(series, d->n - 1);
  }
  if (series)
    series_free(series);
  return d;
}

void strip_ask(Strip *d, const State *s)
{
  Bucket bucket = s->bucket[VIEW_PROGRAMS];
  g_autofree char *scope_text = chips_print(s->chips);
  g_free(d->wanted);
  d->wanted =
      g_strdup_printf("strip|%" G_GUINT64_FORMAT "|%d|%s", s->generation, bucket, scope_text);
  if (g_strcmp0(d->wanted, d->stamp) == 0)
    return;
  Task *t = g_new0(Task, 1);
  *t = (Task){.part = WORK_STRIP,
              .stamp = g_strdup(d->wanted),
              .scope = state_scope(s),
              .order = GINT_TO_POINTER(bucket),
              .run = strip_run,
              .result_free = strip_free};
  work_ask(s->work, t);
}

void strip_take(Strip *d, const State *s)
{
  d->late = d->wanted && g_strcmp0(d->wanted, d->stamp) != 0;
  Task *t = d->late ? work_take(s->work, WORK_STRIP, d->wanted) : NULL;
  if (!t)
    return;
  Strip *made = t->result;
  char *wanted = g_steal_pointer(&d->wanted);
  strip_clear(d);
  if (made) {
    *d = *made;
    g_clear_pointer(&t->result, g_free);
  }
  d->stamp = g_strdup(wanted);
  d->wanted = wanted;
  d->late = FALSE;
  task_free(t);
}
