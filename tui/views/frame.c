/* Frame: the whole screen. */
#include "tui/views/frame.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/layout.h"
#include "tui/model/wrap.h"
#include "tui/views/overlay.h"

static void prepare(State *s)
{
  FrameLayout f = layout_frame(s->width, s->height);
  const View *view = view_get(s->view);
  gint64 start = g_get_monotonic_time();
  g_autoptr(GError) error = NULL;
  queue_judge(&s->queue, s->ds, s->flags, s->learned, s->casebook);
  /* keys work in a window that is too small to draw in: what they act on must not be out of date */
  Rect body = f.too_small ? rect_make(0, 2, 80, 20) : f.body;
  if (view && view->prepare && s->ds) {
    work_begin(s->work, s->ds, s->focus_only ? -1 : s->frame_us);
    state_ask_totals(s);
    gboolean ok = view->prepare(s, body, &error);
    work_wait(s->work, N_WORK);
    if (!state_take_totals(s, error ? NULL : &error) || !ok)
      state_error(s, error);
    if (!s->focus_only)
      work_end(s->work);
  } else if (view && view->prepare && !view->prepare(s, body, &error)) {
    state_error(s, error);
  }
  if (s->menu)
    overlay_prepare(s, f.body);
  s->refresh_us = g_get_monotonic_time() - start;
}

void frame_prepare(State *s)
{
  s->focus_only = FALSE;
  prepare(s);
}

gboolean frame_focus_late(const State *s)
{
  return view_is_pane(s->view) && s->panes[view_pane(s->view)].late;
}

void frame_prepare_focus(State *s)
{
  s->focus_only = TRUE;
  prepare(s);
  s->focus_only = FALSE;
}

/* --- the first line: path and totals ------------------------------------------------------------
 */

static char *totals(const State *s, gboolean shorter)
{
  g_autofree char *in = s->total_late ? g_strdup("...") : text_grouped(s->total_hits);
  g_autofree char *all = text_grouped(s->ds->log->n_rows);
  g_autofree char *users = s->total_late ? g_strdup("...") : text_grouped(s->total_users);
  if (!s->total_late && s->total_hits == s->ds->log->n_rows && chips_count(s->chips) == 0)
    return shorter ? g_strdup_printf("%s hits ", all)
                   : g_strdup_printf("all %s hits  %s users ", all, users);
  return shorter ? g_strdup_printf("%s of %s ", in, all)
                 : g_strdup_printf("%s of %s hits  %s user%s ", in, all, users,
                                   !s->total_late && s->total_users == 1 ? "" : "s");
}

/* The steps of the path: all, what was drilled into, the view. Of char*. */
static GPtrArray *path_crumbs(const State *s)
{
  GPtrArray *crumbs = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(crumbs, g_strdup("All"));
  guint depth = chips_depth(s->chips);
  for (guint i = 0; s->ds && i < depth; i++) {
    g_autofree char *label = scope_term_label(chips_get(s->chips, i)->term, s->ds);
    const char *value = strchr(label, '=');
    g_ptr_array_add(crumbs, g_strdup(value ? value + 1 : label));
  }
  const View *view = view_get(s->view);
  g_ptr_array_add(crumbs, g_utf8_strdown(view ? view->title : "", -1));
  return crumbs;
}

/* Widths of the crumbs in `room`: when it is too small, the longest gives way, letter by letter. */
static int *crumb_widths(const GPtrArray *crumbs, int room)
{
  int *widths = g_new(int, crumbs->len), used = 0;
  for (guint i = 0; i < crumbs->len; i++)
    used += (widths[i] = canvas_text_width(g_ptr_array_index(crumbs, i))) + 3;
  while (used > room) {
    guint widest = 0;
    for (guint i = 1; i < crumbs->len; i++)
      if (widths[i] > widths[widest])
        widest = i;
    if (widths[widest] <= 4)
      break;
    widths[widest]--;
    used--;
  }
  return widths;
}

static void draw_path(const State *s, Canvas *c, Rect r)
{
  g_autoptr(GPtrArray) crumbs = path_crumbs(s);
  g_autofree char *right = s->ds ? totals(s, r.w < 70) : g_strdup("");
  int right_w = canvas_text_width(right), room = r.w - right_w - 2, x = r.x + 1;
  g_autofree int *widths = crumb_widths(crumbs, room);
  canvas_clip_push(c, rect_make(r.x, r.y, MAX(room, 0), 1));
  for (guint i = 0; i < crumbs->len; i++) {
    if (i) {
      canvas_put(c, x + 1, r.y, c->glyphs->crumb, ROLE_DIM);
      x += 3;
    }
    canvas_text_fit(c, x, r.y, widths[i], g_ptr_array_index(crumbs, i),
                    i + 1 == crumbs->len ? ROLE_CRUMB_HERE : ROLE_CRUMB, FIT_CUT_MIDDLE);
    if ((int)i == MIN(s->crumb, (int)crumbs->len - 1) && !s->menu && !s->prompt.active) {
      canvas_ground(c, rect_make(x, r.y, widths[i], 1), ROLE_CURSOR);
      canvas_cursor(c, x, r.y, TRUE);
    }
    x += widths[i];
  }
  canvas_clip_pop(c);
  canvas_text(c, r.x + r.w - right_w, r.y, right, ROLE_STRONG);
}

static void draw_chips(const State *s, Canvas *c, Rect r)
{
  int x = r.x + 1;
  guint n = chips_count(s->chips);
  if (n == 0) {
    canvas_text_fit(c, x, r.y, r.w - 1,
                    !s->is_sample ? "no filters: every row counts"
                    : r.w < 80    ? "sample log of an invented school, no filters"
                                  : "sample log of an invented school, no filters; Enter goes in, "
                                    "7 flags, A answers",
                    ROLE_DIM, FIT_LEFT);
    return;
  }
  for (guint i = 0; s->ds && i < n; i++) {
    const Chip *chip = chips_get(s->chips, i);
    g_autofree char *label = scope_term_label(chip->term, s->ds);
    g_autofree char *text = g_strdup_printf("[%u %s]", i + 1, label);
    int w = MIN(canvas_text_width(text), 40), left = r.x + r.w - x;
    int reserve = i + 1 < n ? 8 : 0; /* for "+2 more" */
    if (w > left - reserve && left - reserve >= 14)
      w = left - reserve;
    if (w > left - reserve) {
      canvas_printf(c, x, r.y, ROLE_DIM, "+%u more", n - i);
      return;
    }
    canvas_text_fit(c, x, r.y, w, text, chip->term->off ? ROLE_CHIP_OFF : ROLE_CHIP,
                    FIT_CUT_MIDDLE);
    x += w + 1;
  }
}

/* --- the last lines -----------------------------------------------------------------------------
 */

static Rect rect_above(Rect r)
{
  return rect_make(r.x, r.y - 1, r.w, 1);
}

static Role message_role(const State *s)
{
  return s->message_is_error ? ROLE_ERROR : s->prompt.active ? ROLE_DIM : ROLE_GOOD;
}

/* FALSE when there is a message that found no room. */
static gboolean draw_prompt(const State *s, Canvas *c, Rect r)
{
  const Prompt *p = &s->prompt;
  /* a long label leaves room for what is typed */
  int label_w = MIN(canvas_text_width(p->label), r.w * 3 / 5);
  canvas_text_fit(c, r.x + 1, r.y, label_w, p->label, ROLE_PROMPT, FIT_LEFT | FIT_CUT_MIDDLE);
  int x = r.x + 1 + label_w;
  g_autofree char *left = g_strndup(p->text->str, p->caret);
  int caret = canvas_text_width(left), room = MAX(r.x + r.w - x - 1, 1);
  int shift = caret >= room ? caret - room + 1 : 0;
  canvas_clip_push(c, rect_make(x, r.y, room, 1));
  canvas_text(c, x - shift, r.y, p->text->str, ROLE_INPUT);
  canvas_clip_pop(c);
  canvas_cursor(c, x + caret - shift, r.y, TRUE);
  int w = s->message ? canvas_text_width(s->message) : 0;
  if (x + canvas_text_width(p->text->str) + 2 + w >= r.x + r.w)
    return w == 0;
  if (w)
    canvas_text(c, r.x + r.w - w - 1, r.y, s->message, message_role(s));
  return TRUE;
}

static char *loading_text(const State *s)
{
  g_autofree char *rows = text_grouped((gint64)s->loading.rows);
  g_autofree char *rate = text_grouped((gint64)s->loading.rows_per_second);
  if (s->loading.total_bytes && s->loading.bytes <= s->loading.total_bytes)
    return g_strdup_printf("loading %d%%  %s rows, %s rows/s, C-c stops ",
                           (int)(100 * s->loading.bytes / s->loading.total_bytes), rows, rate);
  return g_strdup_printf("loading  %s rows, %s rows/s, C-c stops ", rows, rate);
}

/* "3 notes  case 2  " */
static char *written_text(const State *s)
{
  const Case *open = casebook_current_case(s->casebook);
  guint notes = casebook_records(s->casebook, RECORD_NOTE)->len;
  GString *out = g_string_new(NULL);
  if (notes)
    g_string_append_printf(out, "%u note%s  ", notes, notes == 1 ? "" : "s");
  if (open)
    g_string_append_printf(out, "case %u  ", open->number);
  return g_string_free(out, FALSE);
}

/* What the log, the case book and the clock have to say, at the right. Free with g_free. */
static char *log_text(const State *s)
{
  guint64 rejected = s->report ? s->report->rejected : 0;
  g_autofree char *bad = text_grouped((gint64)rejected);
  g_autofree char *time =
      s->show_times ? g_strdup_printf("  %d ms", (int)(s->refresh_us / 1000)) : g_strdup("");
  g_autofree char *written = written_text(s);
  g_autofree char *follow = s->follow ? g_strdup_printf("%s  ", s->follow) : g_strdup("");
  return g_strdup_printf("%s%s%s%s%s%s%s ", follow, written,
                         s->partial ? "PARTIAL: loading was stopped  " : "", rejected ? bad : "",
                         rejected ? " rows rejected (0 tells)  " : "",
                         s->raw_paths ? "raw paths (~)" : "", time);
}

static void draw_status(const State *s, Canvas *c, Rect r)
{
  const View *view = view_get(s->view);
  g_autofree char *left = s->ds && view && view->status ? view->status(s) : g_strdup("");
  int x = r.x + 1 + canvas_text(c, r.x + 1, r.y, left, ROLE_STATUS);
  gboolean bad = s->partial || (s->report && s->report->rejected) || s->follow_trouble;
  Role role = s->loading.active ? ROLE_PROGRESS : bad ? ROLE_WARNING : ROLE_DIM;
  g_autofree char *right = s->loading.active ? loading_text(s) : s->ds ? log_text(s) : g_strdup("");
  int right_w = canvas_text_width(right);
  /* a message that needs the room gets it */
  if (s->message && x + 2 + canvas_text_width(s->message) > r.x + r.w - right_w)
    right_w = 0;
  if (right_w)
    canvas_text(c, r.x + r.w - right_w, r.y, right, role);
  if (s->message)
    canvas_text_fit(c, x + 2, r.y, MAX(r.x + r.w - right_w - x - 3, 0), s->message, message_role(s),
                    FIT_LEFT);
}

/* Does the message stand beside what the line of status says first? */
static gboolean message_fits(const State *s, int width)
{
  const View *view = view_get(s->view);
  g_autofree char *left = s->ds && view && view->status ? view->status(s) : g_strdup("");
  return canvas_text_width(left) + canvas_text_width(s->message) + 4 <= width;
}

static void draw_message(const State *s, Canvas *c, Rect r, const char *text, FitFlags fit)
{
  canvas_text_fit(c, r.x + 1, r.y, r.w - 2, text, message_role(s), fit);
}

/* Where two lines are not enough the end of the message stays: that says what to do. */
static void draw_message_in_two(const State *s, Canvas *c, Rect first, Rect second)
{
  g_autoptr(GPtrArray) lines = text_wrap(s->message, first.w - 2);
  draw_message(s, c, first, g_ptr_array_index(lines, 0), FIT_LEFT);
  g_ptr_array_remove_index(lines, 0);
  g_ptr_array_add(lines, NULL);
  g_autofree char *rest = g_strjoinv(" ", (char **)lines->pdata);
  draw_message(s, c, second, rest, FIT_LEFT | FIT_CUT_MIDDLE);
}

/* What Enter leads to, by its name. NULL: the hint means nothing here. */
static char *hint_text(const State *s, const char *hint)
{
  int next = view_is_pane(s->view) ? state_next_pane(s, view_pane(s->view)) : -1;
  if (strcmp(hint, "Enter 4 users") == 0)
    return s->view == VIEW_COHORTS && next == PANE_LESSONS ? g_strdup(hint) : NULL;
  if (!view_is_pane(s->view) || strcmp(hint, "Enter drill") != 0)
    return g_strdup(hint);
  return g_strdup_printf("Enter %s", next < 0 ? "timeline" : pane_name((PaneId)next));
}

/* How much of a hint is keys, in bytes: the leading words that name one. */
static gsize hint_keys(const char *hint)
{
  static const char *const names[] = {"Enter", "BS", "Space", "Tab", "Esc", "Up", "PgDn", "1-9"};
  const char *at = hint, *end = hint;
  while (*at) {
    gsize n = strcspn(at, " ");
    gboolean key = g_utf8_strlen(at, (gssize)n) == 1;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
      key = key || (strlen(names[i]) == n && strncmp(at, names[i], n) == 0);
    if (!key)
      break;
    end = at + n;
    at = end + (*end == ' ');
  }
  return (gsize)(end - hint);
}

static void draw_hints(const State *s, Canvas *c, Rect r)
{
  const char *hints = s->prompt.active ? "Enter do it|Esc cancel|Up earlier ones"
                      : s->menu        ? overlay_hints(s)
                      : s->crumb >= 0
                          ? "h l along the path|j k others beside|Enter go there|Esc leave"
                      : view_get(s->view) ? view_get(s->view)->hints
                                          : "";
  g_auto(GStrv) parts = g_strsplit(hints, "|", -1);
  int x = r.x + 1;
  guint n = g_strv_length(parts);
  /* help stays: it is how everything else is found */
  for (guint i = 0; i < n; i++) {
    g_autofree char *hint = hint_text(s, parts[i]);
    int w = hint ? canvas_text_width(hint) : 0;
    gboolean last = i + 1 == n;
    int reserve = last ? 0 : canvas_text_width(parts[n - 1]) + 2;
    if (!hint || x + w + reserve > r.x + r.w)
      continue;
    gsize key_w = hint_keys(hint);
    g_autofree char *key = g_strndup(hint, key_w);
    x += canvas_text(c, x, r.y, key, ROLE_KEY);
    x += canvas_text(c, x, r.y, hint + key_w, ROLE_HINT) + 2;
  }
}

/* The line of status and that of the hints; a message that is too long takes both. */
static void draw_foot(const State *s, Canvas *c, const FrameLayout *f)
{
  gboolean hints = !rect_is_empty(f->hints);
  if (s->prompt.active) {
    if (!draw_prompt(s, c, f->status)) {
      draw_message(s, c, hints ? f->hints : rect_above(f->status), s->message, FIT_LEFT);
      hints = FALSE;
    }
  } else if (!s->message || message_fits(s, f->status.w)) {
    draw_status(s, c, f->status);
  } else if (canvas_text_width(s->message) + 2 <= f->status.w) {
    draw_message(s, c, f->status, s->message, FIT_LEFT);
  } else {
    draw_message_in_two(s, c, hints ? f->status : rect_above(f->status),
                        hints ? f->hints : f->status);
    hints = FALSE;
  }
  if (hints)
    draw_hints(s, c, f->hints);
}

/* --- all of it ----------------------------------------------------------------------------------
 */

static void draw_first_moments(const State *s, Canvas *c, Rect body)
{
  int y = body.y + body.h / 2 - 1;
  g_autofree char *name = text_safe(s->source ? s->source : "", -1);
  g_autofree char *line = g_strdup_printf("reading %s", name);
  canvas_text_fit(c, body.x + 2, y, body.w - 4, line, ROLE_NORMAL, FIT_CENTER | FIT_CUT_MIDDLE);
  if (s->loading.total_bytes && body.w > 24)
    canvas_bar(c, body.x + body.w / 2 - 20, y + 2, 40, (double)s->loading.bytes,
               (double)s->loading.total_bytes, ROLE_BAR);
}

void frame_draw(const State *s, Canvas *c)
{
  canvas_clear(c);
  FrameLayout f = layout_frame(c->width, c->height);
  if (f.too_small) {
    g_autofree char *text = g_strdup_printf("window too small (%dx%d), need %dx%d", c->width,
                                            c->height, LAYOUT_MIN_WIDTH, LAYOUT_MIN_HEIGHT);
    canvas_text_fit(c, 0, 0, c->width, text, ROLE_WARNING, FIT_LEFT);
    return;
  }
  draw_path(s, c, f.path);
  draw_chips(s, c, f.chips);
  const View *view = view_get(s->view);
  if (!s->ds)
    draw_first_moments(s, c, f.body);
  else if (view && view->draw) {
    canvas_clip_push(c, f.body);
    view->draw(s, c, f.body);
    canvas_clip_pop(c);
  }
  if (s->menu)
    overlay_draw(s, c, f.body);
  draw_foot(s, c, &f);
}
