/* Flags: the review queue, and why the flag under the cursor is there. */
#include <string.h>

#include "core/base/text.h"
#include "tui/model/evidence.h"
#include "tui/model/why.h"
#include "tui/views/signs.h"
#include "tui/views/view.h"

#define WHY_LABEL 8

typedef struct {
  Rect list, why;
  GPtrArray *lines; /* of WhyLine* */
  char *title, *stamp;
} FlagsData;

static FlagsData *flags_data(const State *s)
{
  return s->view_data[VIEW_FLAGS];
}

static void flags_data_free(gpointer data)
{
  FlagsData *d = data;
  g_clear_pointer(&d->lines, g_ptr_array_unref);
  g_free(d->title);
  g_free(d->stamp);
  g_free(d);
}

/* --- prepare -----------------------------------------------------------------------------------
 */

/* The list above and why below; side by side where there is room; `o` closes why, `O` gives it
 * most of the screen. */
static void lay_out(const State *s, FlagsData *d, Rect body)
{
  d->list = body;
  d->why = rect_make(0, 0, 0, 0);
  if (s->detail_closed || body.h < 12)
    return;
  if (body.w >= 150 && !s->maximised) {
    d->list.w = body.w * 11 / 20;
    d->why = rect_make(body.x + d->list.w + 1, body.y, body.w - d->list.w - 1, body.h);
    return;
  }
  int list_h = s->maximised ? 5 : MAX(body.h - 14, body.h * 9 / 20);
  d->list.h = list_h;
  d->why = rect_make(body.x, body.y + list_h, body.w, body.h - list_h);
}

static void explain(State *s, FlagsData *d)
{
  const Judgement *j = queue_current(&s->queue);
  g_autofree char *stamp =
      g_strdup_printf("%s|%s|%d", s->queue.judge_stamp, j ? j->flag->id : "", d->why.w);
  if (g_strcmp0(stamp, d->stamp) == 0)
    return;
  g_clear_pointer(&d->lines, g_ptr_array_unref);
  g_clear_pointer(&d->title, g_free);
  if (j) {
    d->lines = why_lines(s, j, d->why.w - WHY_LABEL - 2);
    d->title = why_title(s, j);
  }
  g_free(d->stamp);
  d->stamp = g_steal_pointer(&stamp);
}

static gboolean prepare(State *s, Rect body, GError **error)
{
  if (!s->view_data[VIEW_FLAGS]) {
    s->view_data[VIEW_FLAGS] = g_new0(FlagsData, 1);
    s->view_data_free[VIEW_FLAGS] = flags_data_free;
  }
  FlagsData *d = flags_data(s);
  lay_out(s, d, body);
  s->page = MAX(d->list.h - 2, 1);
  if (!s->ds)
    return TRUE;
  if (!queue_refresh(&s->queue, s->ds, s->flags, s->learned, s->generation, s->casebook, s->chips,
                     error))
    return FALSE;
  queue_scroll(&s->queue, s->page);
  if (!s->focus_only)
    explain(s, d);
  return TRUE;
}

/* --- draw --------------------------------------------------------------------------------------
 */

typedef struct {
  int x[N_QUEUE_COLUMNS], w[N_QUEUE_COLUMNS];
  int text_x, text_w; /* the sentence, where there is room */
} Columns;

/* Gives a column up to `more` of what is left. */
static int widen(int *w, int more, int left)
{
  int given = CLAMP(left, 0, more);
  *w += given;
  return left - given;
}

/* Widths by what the columns hold; what is left goes to the evidence, the subject with its cohort,
 * and the sentence, in this order. */
static Columns fit_columns(Rect r)
{
  Columns k = {.w = {[QUEUE_SCORE] = 3,
                     [QUEUE_RULE] = 14,
                     [QUEUE_WHO] = r.w < 92 ? 11 : 12,
                     [QUEUE_WHEN] = r.w < 92 ? 10 : 19, /* the day says enough there */
                     [QUEUE_EVIDENCE] = r.w < 92 ? 24 : 13,
                     [QUEUE_STATUS] = 9}};
  int used = 3;
  for (int c = 0; c < N_QUEUE_COLUMNS; c++)
    used += k.w[c] + 1;
  int left = r.w - used;
  /* on narrow screens what says least goes first */
  static const struct {
    QueueColumn column;
    int w;
  } steps[] = {{QUEUE_EVIDENCE, 0}, {QUEUE_RULE, 11}, {QUEUE_WHEN, 0}};
  for (guint i = 0; i < G_N_ELEMENTS(steps) && left < 0; i++) {
    left += k.w[steps[i].column] - steps[i].w + (steps[i].w == 0);
    k.w[steps[i].column] = steps[i].w;
  }
  if (left < 0)
    k.w[QUEUE_WHO] = MAX(k.w[QUEUE_WHO] + left, 4);
  left = widen(&k.w[QUEUE_EVIDENCE], 17, left);
  left = widen(&k.w[QUEUE_WHO], 16, left);
  int x = r.x + 1;
  for (int c = 0; c < N_QUEUE_COLUMNS; c++) {
    k.x[c] = x;
    x += k.w[c] + (k.w[c] > 0);
  }
  k.text_w = left > 30 ? left - 3 : 0;
  k.text_x = x + 3;
  return k;
}

static void draw_title(const State *s, Canvas *c, Rect r)
{
  const Queue *q = &s->queue;
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline_focus, ROLE_BORDER_FOCUS);
  g_autofree char *label = queue_filter_label(&q->filter);
  GString *right = g_string_new(NULL);
  g_autofree char *chip = g_strdup_printf("[%s]", label);
  int x = r.x + 1 + canvas_text(c, r.x + 1, r.y, " 7 FLAGS ", ROLE_TITLE_FOCUS), right_w = 0;
  /* counts of nothing give way to the filter */
  for (gboolean all = TRUE; right_w == 0; all = FALSE) {
    g_string_truncate(right, 0);
    for (int k = 0; k < N_STATUSES; k++)
      if (all || q->counts[k])
        g_string_append_printf(right, " %u %s ", q->counts[k], status_name((FlagStatus)k));
    if (q->n_excepted)
      g_string_append_printf(right, " %u excepted ", q->n_excepted);
    right_w = canvas_text_width(right->str);
    if (!all)
      break;
    if (x + canvas_text_width(chip) + right_w + 1 > r.x + r.w)
      right_w = 0;
  }
  if (x + right_w + 12 > r.x + r.w)
    right_w = 0;
  canvas_text_fit(c, x, r.y, MIN(canvas_text_width(chip), r.x + r.w - right_w - x - 1), chip,
                  ROLE_CHIP, FIT_LEFT);
  if (right_w)
    canvas_text(c, r.x + r.w - right_w, r.y, right->str, ROLE_TITLE);
  g_string_free(right, TRUE);
}

static void draw_header(const State *s, Canvas *c, Rect r, const Columns *k)
{
  const Queue *q = &s->queue;
  for (int i = 0; i < N_QUEUE_COLUMNS; i++) {
    char mark[8] = "";
    if ((int)q->sort == i)
      mark[g_unichar_to_utf8(q->ascending ? c->glyphs->sort_up : c->glyphs->sort_down, mark)] = 0;
    const char *name = i == QUEUE_SCORE ? "sc" : queue_column_name((QueueColumn)i);
    g_autofree char *text = g_strconcat(name, mark, NULL);
    canvas_text_fit(c, k->x[i], r.y + 1, k->w[i], text,
                    (int)q->column == i ? ROLE_COLUMN : ROLE_HEADER,
                    i == QUEUE_SCORE ? FIT_RIGHT : FIT_LEFT);
  }
  if (k->text_w)
    canvas_text_fit(c, k->text_x, r.y + 1, k->text_w, "what", ROLE_HEADER, FIT_LEFT);
}

/* The subject; a user's cohort beside it where there is room. */
static void draw_who(const State *s, Canvas *c, int x, int y, int w, const Flag *f)
{
  g_autofree char *who = flag_subject_label(f, s->ds);
  canvas_text_fit(c, x, y, w, who, ROLE_NORMAL, FIT_CUT_MIDDLE);
  int used = MAX(canvas_text_width(who) + 2, 10); /* names under each other */
  if (f->subject != SUBJECT_USER || w - used < 6)
    return;
  guint16 cohort = s->ds->user_cohort[f->key];
  if (cohort == COHORT_NONE)
    return;
  g_autofree char *name = dimension_label(s->ds, DIM_COHORT, cohort);
  canvas_text_fit(c, x + used, y, w - used, name, ROLE_DIM, FIT_LEFT);
}

static void draw_row(const State *s, Canvas *c, int y, const Columns *k, const Judgement *j)
{
  const Flag *f = j->flag;
  g_autofree char *when = why_when(f);
  g_autofree char *evidence = flag_gist(f);
  g_autofree char *score = g_strdup_printf("%.0f", f->score);
  Role status = j->exception                    ? ROLE_DIM
                : j->status == STATUS_CONFIRMED ? ROLE_ERROR
                : j->status == STATUS_WATCH     ? ROLE_WARNING
                : j->status == STATUS_DISMISSED ? ROLE_DIM
                                                : ROLE_NORMAL;
  canvas_text_fit(c, k->x[QUEUE_SCORE], y, k->w[QUEUE_SCORE], score, sign_score_role(f->score),
                  FIT_RIGHT);
  canvas_text_fit(c, k->x[QUEUE_RULE], y, k->w[QUEUE_RULE], rule_get(f->rule)->name, ROLE_NORMAL,
                  FIT_LEFT);
  draw_who(s, c, k->x[QUEUE_WHO], y, k->w[QUEUE_WHO], f);
  if (k->w[QUEUE_WHEN] < 16 && strlen(when) > 10 && f->from != CIVIL_NONE)
    when[10] = 0; /* the day alone */
  canvas_text_fit(c, k->x[QUEUE_WHEN], y, k->w[QUEUE_WHEN], when, ROLE_NUMBER, FIT_LEFT);
  canvas_text_fit(c, k->x[QUEUE_EVIDENCE], y, k->w[QUEUE_EVIDENCE], evidence, ROLE_NUMBER,
                  FIT_LEFT);
  canvas_text_fit(c, k->x[QUEUE_STATUS], y, k->w[QUEUE_STATUS],
                  j->exception ? "excepted" : status_name(j->status), status, FIT_LEFT);
  if (k->text_w)
    canvas_text_fit(c, k->text_x, y, k->text_w, f->text, ROLE_DIM, FIT_LEFT);
  Entity *e = entity_new(ENTITY_FLAG, f->id);
  sign_entity(s, c, k->x[QUEUE_STATUS] + k->w[QUEUE_STATUS] + 3, y, e);
  entity_free(e);
}

/* Why the list is empty, and what to do about it. */
static void draw_empty(const State *s, Canvas *c, Rect r)
{
  const Queue *q = &s->queue;
  g_autofree char *text = NULL;
  if (!s->flags)
    text = g_strdup(state_why_not_learned(s));
  else if (q->n_outside)
    text = g_strdup_printf("no flag passes; the filters of the second line leave out %u: X drops "
                           "them",
                           q->n_outside);
  else
    text = g_strdup("no flag passes the filter; f chooses another, ! lists all again");
  canvas_text_fit(c, r.x + 2, r.y + 2, r.w - 3, text, ROLE_DIM, FIT_LEFT);
}

static void draw_list(const State *s, Canvas *c, Rect r)
{
  const Queue *q = &s->queue;
  Columns k = fit_columns(r);
  canvas_clip_push(c, r);
  draw_title(s, c, r);
  draw_header(s, c, r, &k);
  for (int line = 0; line < r.h - 2; line++) {
    guint place = q->top + (guint)line;
    const Judgement *j = queue_at(q, place);
    if (!j)
      break;
    int y = r.y + 2 + line;
    draw_row(s, c, y, &k, j);
    if (place == q->cursor) {
      canvas_cursor_row(c, r.x, y, r.w);
    }
  }
  if (q->n_visible == 0)
    draw_empty(s, c, r);
  if (q->top > 0)
    canvas_put(c, r.x + r.w - 1, r.y + 1, c->glyphs->more_up, ROLE_DIM);
  if (q->n_visible > q->top + (guint)MAX(r.h - 2, 0))
    canvas_put(c, r.x + r.w - 1, r.y + r.h - 1, c->glyphs->more_down, ROLE_DIM);
  canvas_clip_pop(c);
}

static void draw_why(const State *s, Canvas *c, Rect r)
{
  static const Role roles[] = {[WHY_PLAIN] = ROLE_NORMAL,
                               [WHY_STRONG] = ROLE_STRONG,
                               [WHY_FIXED] = ROLE_DIM,
                               [WHY_NOTE] = ROLE_NOTE};
  const FlagsData *d = flags_data(s);
  if (rect_is_empty(r))
    return;
  canvas_clip_push(c, r);
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline, ROLE_BORDER);
  g_autofree char *title = d->title ? g_strdup_printf(" WHY  %s ", d->title) : g_strdup(" WHY ");
  canvas_text_fit(c, r.x + 1, r.y, MIN(canvas_text_width(title), r.w - 2), title, ROLE_TITLE,
                  FIT_CUT_MIDDLE);
  guint n = d->lines ? d->lines->len : 0, room = (guint)MAX(r.h - 1, 0);
  for (guint i = 0; i < n && i < room; i++) {
    /* the last line is always the one that says what a flag is not */
    const WhyLine *line = g_ptr_array_index(d->lines, n > room && i + 1 == room ? n - 1 : i);
    int y = r.y + 1 + (int)i;
    canvas_text_fit(c, r.x + 1, y, WHY_LABEL - 1, line->label ? line->label : "", ROLE_DIM,
                    FIT_LEFT);
    canvas_text_fit(c, r.x + 1 + WHY_LABEL, y, r.w - WHY_LABEL - 2, line->text, roles[line->kind],
                    FIT_LEFT);
  }
  if (n > room)
    canvas_text(c, r.x + r.w - 11, r.y, " O more ", ROLE_TITLE);
  canvas_clip_pop(c);
}

static void draw(const State *s, Canvas *c, Rect body)
{
  const FlagsData *d = flags_data(s);
  (void)body;
  if (!d)
    return;
  draw_list(s, c, d->list);
  draw_why(s, c, d->why);
  if (!rect_is_empty(d->why) && d->why.x > d->list.x)
    canvas_vline(c, d->why.x - 1, d->why.y, d->why.h, c->glyphs->vline, ROLE_BORDER);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void move(State *s, Move m, gint64 amount)
{
  Queue *q = &s->queue;
  if (m == MOVE_LEFT || m == MOVE_RIGHT) {
    int to = (int)q->column + (m == MOVE_LEFT ? -1 : 1);
    q->column = (QueueColumn)CLAMP(to, 0, N_QUEUE_COLUMNS - 1);
  } else {
    queue_move_to(q, view_moved(m, amount, q->cursor, q->n_visible, s->page));
  }
}

static gboolean enter(State *s, GError **error)
{
  const Judgement *j = queue_current(&s->queue);
  return j && s->ds ? evidence_open(s, j->flag, error) : TRUE;
}

static gboolean command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  (void)argc, (void)error;
  *handled = g_strcmp0(argv[0], "sort-column") == 0;
  if (*handled)
    queue_sort(&s->queue, s->queue.column);
  return TRUE;
}

static char *status(const State *s)
{
  const Queue *q = &s->queue;
  const Judgement *j = queue_current(q);
  if (!j)
    return g_strdup("FLAG 0");
  return g_strdup_printf("FLAG %u/%u  %s", q->cursor + 1, q->n_visible,
                         j->exception ? "excepted" : status_name(j->status));
}

static Entity *entity(const State *s, guint place)
{
  const Judgement *j = queue_at(&s->queue, place);
  return j ? entity_new(ENTITY_FLAG, j->flag->id) : NULL;
}

static guint place(const State *s, guint *ret_n)
{
  *ret_n = s->queue.n_visible;
  return s->queue.cursor;
}

static void append_copy(const State *s, GString *out, const Judgement *j)
{
  const Flag *f = j->flag;
  g_autofree char *who = flag_subject_label(f, s->ds);
  char from[CIVIL_BUF], to[CIVIL_BUF];
  g_string_append_printf(out, "%.0f\t%s\t%s\t%s\t%s\t%" G_GUINT64_FORMAT "\t%s\t%s\n", f->score,
                         rule_get(f->rule)->name, who, civil_format(f->from, ' ', from),
                         civil_format(f->to, ' ', to), f->events, status_name(j->status), f->text);
}

static char *copy(const State *s, gboolean whole)
{
  const Queue *q = &s->queue;
  const Judgement *j = queue_current(q);
  if (!j)
    return NULL;
  GString *out = g_string_new(whole ? "score\trule\twho\tfrom\tto\tevents\tstatus\twhat\n" : NULL);
  if (!whole)
    append_copy(s, out, j);
  for (guint i = 0; whole && i < q->n_visible; i++)
    append_copy(s, out, queue_at(q, i));
  return g_string_free(out, FALSE);
}

const View view_flags = {.name = "flags",
                         .title = "Flags",
                         .key = '7',
                         .prepare = prepare,
                         .draw = draw,
                         .move = move,
                         .enter = enter,
                         .command = command,
                         .entity = entity,
                         .place = place,
                         .status = status,
                         .copy = copy,
                         .hints = "Enter evidence|= status|a note|c case|w watch|E except|r rule|f "
                                  "filter|s sort|: command|? help"};
