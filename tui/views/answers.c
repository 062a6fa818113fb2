/* Answers: the eight questions, each with findings, tables and accounting; Enter goes behind. */
#include "core/base/text.h"
#include "tui/model/answerdoc.h"
#include "tui/views/terms.h"
#include "tui/views/view.h"

/* Short names for the line of questions. */
static const char *const short_titles[N_QUESTIONS] = {
    "traffic", "outliers", "quiet", "suspicious", "cross-access", "graduates", "least used", "else",
};

static AnswerDoc *doc(const State *s)
{
  return s->view_data[VIEW_ANSWERS];
}

static void doc_drop(gpointer data)
{
  answerdoc_clear(data);
}

static void doc_free(gpointer data)
{
  answerdoc_clear(data);
  g_free(data);
}

static gboolean prepare(State *s, Rect body, GError **error)
{
  (void)error;
  if (!s->view_data[VIEW_ANSWERS]) {
    s->view_data[VIEW_ANSWERS] = g_new0(AnswerDoc, 1);
    s->view_data_free[VIEW_ANSWERS] = doc_free;
    s->view_data_drop[VIEW_ANSWERS] = doc_drop;
  }
  AnswerDoc *d = doc(s);
  answerdoc_refresh(d, s->answers[d->question], s->learned, body.w);
  s->page = MAX(body.h - 2, 1);
  answerdoc_scroll(d, s->page);
  return TRUE;
}

/* --- draw --------------------------------------------------------------------------------------
 */

static void draw_questions(const State *s, Canvas *c, Rect r)
{
  guint here = doc(s)->question;
  canvas_hline(c, r.x, r.y + 1, r.w, c->glyphs->hline, ROLE_BORDER);
  int total = 1;
  for (guint i = 0; i < N_QUESTIONS; i++)
    total += canvas_text_width(short_titles[i]) + 4;
  int x = r.x + 1;
  for (guint i = 0; i < N_QUESTIONS; i++) {
    /* on narrow screens only the chosen one has its name */
    g_autofree char *text = total <= r.w || i == here
                                ? g_strdup_printf(" %u %s ", i + 1, short_titles[i])
                                : g_strdup_printf(" %u ", i + 1);
    x += canvas_text(c, x, r.y, text,
                     i == here       ? ROLE_CHIP_FOCUS
                     : s->answers[i] ? ROLE_CRUMB
                                     : ROLE_DIM);
    x++;
  }
}

static void draw_table_line(Canvas *c, Rect r, int y, const AnswerDoc *d, const Table *t,
                            const DocLine *line)
{
  const DocTable *layout = &g_array_index(d->tables, DocTable, line->table);
  int x = r.x + 3;
  for (guint i = 0; i < layout->n; i++) {
    const TableColumn *column = table_column(t, layout->column[i]);
    gboolean left = column->type == CELL_TEXT;
    if (line->type == LINE_HEAD) {
      canvas_text_fit(c, x, y, layout->width[i], column->title, ROLE_HEADER,
                      left ? FIT_LEFT : FIT_RIGHT);
    } else {
      g_autofree char *cell = table_cell_text(t, line->row, layout->column[i]);
      canvas_text_fit(c, x, y, layout->width[i], cell, i ? ROLE_NUMBER : ROLE_NORMAL,
                      left ? FIT_CUT_MIDDLE : FIT_RIGHT);
    }
    x += layout->width[i] + 2;
  }
}

static void draw_line(const State *s, Canvas *c, Rect r, int y, const DocLine *line)
{
  const AnswerDoc *d = doc(s);
  const Answer *a = s->answers[d->question];
  switch (line->type) {
  case LINE_TITLE:
    canvas_text(c, r.x + 1, y, line->text, ROLE_STRONG);
    break;
  case LINE_SCOPE:
    canvas_text(c, r.x + 1, y, line->text, ROLE_DIM);
    break;
  case LINE_FINDING:
    if (line->first)
      canvas_put(c, r.x + 1, y, c->glyphs->bullet, ROLE_KEY);
    canvas_text(c, r.x + 3, y, line->text, ROLE_NORMAL);
    break;
  case LINE_TABLE:
    canvas_text_fit(c, r.x + 1, y, r.w - 2, line->text, ROLE_TITLE_FOCUS, FIT_LEFT);
    break;
  case LINE_HEAD:
  case LINE_ROW: {
    const AnswerTable *table = g_ptr_array_index(a->tables, line->table);
    draw_table_line(c, r, y, d, table->table, line);
    break;
  }
  case LINE_MORE:
  case LINE_NOTE:
    canvas_text(c, r.x + 3, y, line->text, ROLE_DIM);
    break;
  default:
    break;
  }
}

static void draw(const State *s, Canvas *c, Rect body)
{
  const AnswerDoc *d = doc(s);
  if (!d)
    return;
  draw_questions(s, c, body);
  Rect r = rect_make(body.x, body.y + 2, body.w, body.h - 2);
  if (!s->answers[d->question]) {
    canvas_text_fit(c, r.x + 2, r.y, r.w - 3, state_why_not_learned(s), ROLE_DIM, FIT_LEFT);
    return;
  }
  for (int i = 0; i < r.h; i++) {
    const DocLine *line = answerdoc_line(d, d->top + (guint)i);
    if (!line)
      break;
    draw_line(s, c, r, r.y + i, line);
    if (d->top + (guint)i == d->cursor && line->first) {
      canvas_cursor_row(c, r.x, r.y + i, r.w);
      /* a finding runs over several lines: the cursor covers all of them */
      for (int more = i + 1; more < r.h; more++) {
        const DocLine *next = answerdoc_line(d, d->top + (guint)more);
        if (!next || next->type != LINE_FINDING || next->first || line->type != LINE_FINDING)
          break;
        draw_line(s, c, r, r.y + more, next);
        canvas_ground(c, rect_make(r.x, r.y + more, r.w, 1), ROLE_CURSOR);
        i = more;
      }
    }
  }
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void choose(AnswerDoc *d, int question)
{
  d->question = (guint)CLAMP(question, 0, N_QUESTIONS - 1);
  d->cursor = d->top = d->shift = 0;
  d->all_rows = FALSE;
}

static void move(State *s, Move m, gint64 amount)
{
  AnswerDoc *d = doc(s);
  if (!d || !d->lines)
    return;
  if (m == MOVE_LEFT || m == MOVE_RIGHT) {
    choose(d, (int)d->question + (m == MOVE_LEFT ? -1 : 1));
    return;
  }
  gint64 to = view_moved(m, amount, d->cursor, d->lines->len, s->page);
  answerdoc_move(d, to, to < (gint64)d->cursor ? -1 : 1);
  if (m == MOVE_FIRST)
    d->top = 0;
}

static gboolean enter(State *s, GError **error)
{
  AnswerDoc *d = doc(s);
  const DocLine *line = d ? answerdoc_line(d, d->cursor) : NULL;
  ViewId view;
  if (!line || !line->link) {
    state_message(s, "nothing lies behind this line");
    return TRUE;
  }
  if (!view_parse(line->link->view, &view))
    view = VIEW_LESSONS;
  return state_follow(s, view, line->link->scope, error);
}

static gboolean command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  AnswerDoc *d = doc(s);
  (void)error;
  *handled = d != NULL;
  if (!d)
    return TRUE;
  if (g_strcmp0(argv[0], "fold") == 0)
    d->all_rows = !d->all_rows;
  else if (g_strcmp0(argv[0], "shift") == 0)
    d->shift = argc > 1 && g_strcmp0(argv[1], "left") == 0 ? d->shift - (d->shift > 0)
                                                           : MIN(d->shift + 1, DOC_COLUMNS_MAX);
  else if (g_strcmp0(argv[0], "question") == 0 && argc > 1)
    choose(d, (int)g_ascii_strtoull(argv[1], NULL, 10) - 1);
  else
    *handled = FALSE;
  return TRUE;
}

static char *status(const State *s)
{
  const AnswerDoc *d = doc(s);
  return g_strdup_printf("QUESTION %u/%d%s", d ? d->question + 1 : 1, N_QUESTIONS,
                         view_whole_log_text(s));
}

/* The table under the cursor, or the finding. */
static char *copy(const State *s, gboolean whole)
{
  const AnswerDoc *d = doc(s);
  const DocLine *line = d ? answerdoc_line(d, d->cursor) : NULL;
  if (!line || !s->answers[d->question])
    return NULL;
  const Answer *a = s->answers[d->question];
  GString *out = g_string_new(NULL);
  if (line->type == LINE_ROW) {
    const Table *t = ((const AnswerTable *)g_ptr_array_index(a->tables, line->table))->table;
    for (guint c = 0; whole && c < table_n_columns(t); c++)
      g_string_append_printf(out, "%s%s", c ? "\t" : "", table_column(t, c)->name);
    if (whole)
      g_string_append_c(out, '\n');
    for (guint row = whole ? 0 : line->row; row < (whole ? t->n_rows : line->row + 1); row++) {
      for (guint c = 0; c < table_n_columns(t); c++) {
        g_autofree char *cell = table_cell_text(t, row, c);
        g_string_append_printf(out, "%s%s", c ? "\t" : "", cell);
      }
      g_string_append_c(out, '\n');
    }
  } else {
    for (guint i = 0; i < a->findings->len; i++) {
      const Finding *f = g_ptr_array_index(a->findings, i);
      if (whole || f->link == line->link)
        g_string_append_printf(out, "%s\n", f->text);
    }
  }
  return g_string_free(out, FALSE);
}

/* Columns of the table under the cursor, or of the first one. */
static void explain(const State *s, Menu *m)
{
  const AnswerDoc *d = doc(s);
  const DocLine *line = d ? answerdoc_line(d, d->cursor) : NULL;
  const Answer *a = d ? s->answers[d->question] : NULL;
  guint at = line && line->type == LINE_ROW ? line->table : 0;
  if (!a || at >= a->tables->len)
    return;
  const Table *t = ((const AnswerTable *)g_ptr_array_index(a->tables, at))->table;
  g_autofree char *head = g_strdup_printf("What the numbers mean: %s", t->title);
  menu_add(m, NULL, head, NULL, NULL);
  for (guint c = 0; c < table_n_columns(t); c++)
    if (*table_column(t, c)->definition)
      terms_add(s, m, table_column(t, c)->title, table_column(t, c)->definition, "cancel");
}

const View view_answers = {.name = "answers",
                           .title = "Answers",
                           .key = 'A',
                           .prepare = prepare,
                           .draw = draw,
                           .move = move,
                           .enter = enter,
                           .command = command,
                           .status = status,
                           .copy = copy,
                           .explain = explain,
                           .hints =
                               "Enter behind it|h l question|j k move|v all rows|< > columns|y "
                               "copy|: command|? help"};
