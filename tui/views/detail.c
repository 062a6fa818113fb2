/* Detail and strip: what is known about the row under the cursor, and hits over time. */
#include "tui/views/detail.h"

#include <string.h>

#include "core/base/text.h"
#include "core/query/series.h"
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
  int w = MAX(r.w - 10, 8);
  const char *at = text;
  while (*at && *y < r.y + r.h) {
    const char *end = at, *last_space = NULL;
    int used = 0;
    while (*end) {
      int cw = canvas_char_width(g_utf8_get_char(end));
      if (used + cw > w)
        break;
      if (*end == ' ')
        last_space = end;
      used += cw;
      end = g_utf8_next_char(end);
    }
    if (*end && last_space && last_space > at)
      end = last_space;
    g_autofree char *piece = g_strndup(at, (gsize)(end - at));
    draw_detail_line(c, r, y, at == text ? label : NULL, piece);
    at = end;
    while (*at == ' ')
      at++;
  }
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

#define SCORE_SHOWN 50

/* Flags of weight that have to do with a user or an address: "burst 75 open, sweep 61 watch". */
static char *flags_text(const State *s, const Entity *e)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < s->queue.n_judged; i++) {
    const Judgement *j = &s->queue.judged[i];
    if (j->flag->score < SCORE_SHOWN || j->exception || j->status == STATUS_DISMISSED ||
        !flag_is_about(j->flag, e, s->ds))
      continue;
    g_string_append_printf(out, "%s%s %.0f %s", out->len ? ", " : "", rule_get(j->flag->rule)->name,
                           j->flag->score, status_name(j->status));
  }
  return g_string_free(out, FALSE);
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
  if (score && score[key] >= SCORE_SHOWN) {
    g_autofree char *flags = flags_text(s, e);
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

void detail_draw(const State *s, Canvas *c, Rect r)
{
  const Detail *d = &s->detail;
  const Pane *p = &s->panes[view_pane(s->view)];
  if (rect_is_empty(r))
    return;
  canvas_clip_push(c, r);
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline, ROLE_BORDER);
  if (d->title && p->n_visible) {
    g_autofree char *title = g_strdup_printf(" %s ", d->title);
    canvas_text_fit(c, r.x + 1, r.y, MIN(r.w - 2, canvas_text_width(title)), title, ROLE_TITLE,
                    FIT_CUT_MIDDLE);
    gboolean strip = r.h < 12;
    /* in the strip at the foot of the screen, facts at the left and the list at the right */
    Rect left = r;
    int y = r.y + 1;
    if (strip && r.w >= 70) {
      left.w = r.w * 3 / 5;
      Rect right = rect_make(r.x + left.w, r.y, r.w - left.w, r.h);
      canvas_clip_push(c, rect_make(right.x, right.y, right.w, right.h));
      draw_detail_top(c, d, right, r.y + 1, r.h - 1);
      canvas_clip_pop(c);
      g_autofree char *top_title = g_strdup_printf(" top %s ", d->top_title);
      g_autofree char *lower = g_utf8_strdown(top_title, -1);
      if (canvas_text_width(title) + 2 < left.w)
        canvas_text(c, right.x + 1, r.y, lower, ROLE_TITLE);
    }
    draw_said(s, c, left, &y);
    for (guint i = 0; i < d->lines->len; i++) {
      const DetailLine *line = g_ptr_array_index(d->lines, i);
      if (strip && y >= r.y + r.h - 1 && d->n_spark > 1)
        break;
      if (strip)
        draw_detail_line(c, left, &y, line->label, line->text);
      else
        draw_detail_text(c, left, &y, line->label, line->text);
    }
    if (d->n_spark > 1 && y < r.y + r.h) {
      canvas_text_fit(c, left.x + 1, y, 8, "weekly", ROLE_DIM, FIT_LEFT);
      canvas_spark(c, left.x + 9, y, MIN((int)d->n_spark, left.w - 10), d->spark, d->n_spark, 0,
                   ROLE_SPARK);
      y++;
    }
    if (!strip && y + 2 < r.y + r.h) {
      y++;
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
  char from[CIVIL_BUF], to[CIVIL_BUF];
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline, ROLE_BORDER);
  canvas_text(c, r.x + 1, r.y, " HITS PER DAY, all of scope ", ROLE_TITLE);
  if (!d->n)
    return;
  /* three lines of height: each column is a bar of up to three cells */
  int w = r.w - 2, h = r.h - 2;
  guint n = d->n;
  double max = 0;
  g_autofree double *columns = g_new0(double, (gsize)MAX(w, 1));
  g_autofree guint *days = g_new0(guint, (gsize)MAX(w, 1));
  guint used = MIN((guint)w, n);
  for (guint i = 0; i < n; i++) {
    guint at = (guint)((guint64)i * used / n);
    columns[at] += d->hits[i];
    days[at]++;
  }
  for (guint i = 0; i < used; i++) {
    columns[i] /= MAX(days[i], 1);
    max = MAX(max, columns[i]);
  }
  for (guint i = 0; i < used; i++)
    for (int line = 0; line < h; line++) {
      double low = max * (h - 1 - line) / h, part = columns[i] - low;
      if (part > 0 || line == h - 1)
        canvas_put(c, r.x + 1 + (int)i, r.y + 1 + line,
                   glyph_spark(c->glyphs, MIN(MAX(part, 0), max / h), max / h), ROLE_SPARK);
    }
  canvas_text(c, r.x + 1, r.y + r.h - 1, civil_format_day(d->from, from), ROLE_AXIS);
  canvas_text(c, r.x + 1 + (int)used - 10, r.y + r.h - 1,
              civil_format_day(d->from + (CivilDay)n - 1, to), ROLE_AXIS);
  g_autofree char *top = text_grouped((gint64)max);
  canvas_printf(c, r.x + 14, r.y + r.h - 1, ROLE_AXIS,
                "most %s a day%s; times are the log's own clock", top,
                n > used ? " (mean of the days in a column)" : "");
}

/* --- hits over time ------------------------------------------------------------------------------
 */

void strip_clear(Strip *d)
{
  g_clear_pointer(&d->hits, g_free);
  g_clear_pointer(&d->stamp, g_free);
  d->n = 0;
}

void strip_refresh(Strip *d, const State *s)
{
  g_autofree char *scope_text = chips_print(s->chips);
  g_autofree char *stamp = g_strdup_printf("%" G_GUINT64_FORMAT "|%s", s->generation, scope_text);
  if (g_strcmp0(stamp, d->stamp) == 0)
    return;
  strip_clear(d);
  d->stamp = g_steal_pointer(&stamp);
  Scope *scope = state_scope(s);
  Selection *sel = scope_select(scope, s->ds, NULL);
  scope_free(scope);
  SeriesRequest req = {.bucket = BUCKET_DAY, .measure = MEASURE_HITS};
  Series *series = sel ? series_new(s->ds, sel, &req, NULL) : NULL;
  if (series && series->n_lines) {
    d->n = series->n_buckets;
    d->hits = g_new(double, d->n + 1);
    for (guint i = 0; i < d->n; i++)
      d->hits[i] = series->lines[0].values[i];
    d->from = civil_day_of(series->starts[0]);
  }
  if (series)
    series_free(series);
  selection_free(sel);
}
