/* Comparison: the list below, of lessons, addresses or meetings. */
#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/views/compare_open.h"
#include "tui/views/terms.h"

/* --- columns -----------------------------------------------------------------------------------
 */

typedef enum { LIST_RATE_A, LIST_RATE_B, LIST_LIFT, LIST_CHANCE, LIST_Q, LIST_RESIDUAL } ListColumn;

typedef struct {
  const char *title;
  int width;
  const char *definition;
} ListColumnInfo;

static const ListColumnInfo columns[] = {
    [LIST_RATE_A] = {"", 10, "Hits of it by the first side, divided by all users of that side."},
    [LIST_RATE_B] = {"", 10, "The same of the second side."},
    [LIST_LIFT] = {"lift", 7,
                   "Share of the first side's hits divided by the share of the second's; 2.0 = "
                   "twice as large a part."},
    [LIST_CHANCE] = {"first more", 10,
                     "Chance that a user of the first side has more hits of it than one of the "
                     "second (rank-sum test; ties count half, users without a hit too)."},
    [LIST_Q] = {"q", 6, "False discovery rate of that difference: below 0.05 it is hardly chance."},
    [LIST_RESIDUAL] = {"residual", 8,
                       "Adjusted residual: beyond 2 or 3 the side has more hits (+) or fewer (-) "
                       "than its size explains; hits come in bursts, so it is no test."},
};

static gboolean column_shown(const Versus *v, ListColumn c)
{
  if (v->list == VERSUS_IPS)
    return c == LIST_RATE_A || c == LIST_RATE_B;
  if (c == LIST_CHANCE || c == LIST_Q)
    return v->c->tested;
  return c != LIST_RESIDUAL || !v->c->tested;
}

static char *column_title(const Versus *v, ListColumn c)
{
  return c <= LIST_RATE_B ? g_strdup(v->label[c]) : g_strdup(columns[c].title);
}

static char *cell(const Versus *v, const CompareRow *row, ListColumn c)
{
  switch (c) {
  case LIST_RATE_A:
  case LIST_RATE_B: {
    guint s = c == LIST_RATE_B;
    if (v->dim == DIM_USER || v->list == VERSUS_IPS)
      return text_grouped(row->hits[s]);
    return g_strdup_printf("%.1f", row->rate[s]);
  }
  case LIST_LIFT:
    return isnan(row->lift)   ? g_strdup("")
           : isinf(row->lift) ? g_strdup("only")
                              : g_strdup_printf("%.*f", row->lift < 0.1 ? 2 : 1, row->lift);
  case LIST_CHANCE:
    return isnan(row->chance) ? g_strdup("") : g_strdup_printf("%.0f%%", 100 * row->chance);
  case LIST_Q:
    return isnan(row->q)    ? g_strdup("")
           : row->q < 0.001 ? g_strdup("<0.001")
                            : g_strdup_printf("%.3f", row->q);
  default:
    return isnan(row->residual) ? g_strdup("") : g_strdup_printf("%+.1f", row->residual);
  }
}

void compare_explain_list(const State *s, Menu *m)
{
  const Versus *v = &s->versus;
  for (guint i = 0; i < G_N_ELEMENTS(columns) && v->list != VERSUS_MEETINGS; i++) {
    if (!column_shown(v, (ListColumn)i))
      continue;
    g_autofree char *title = column_title(v, (ListColumn)i);
    terms_add(s, m, title, columns[i].definition, "cancel");
  }
}

/* --- meetings ----------------------------------------------------------------------------------
 */

static char *meeting_text(const State *s, const CompareMeeting *x)
{
  const Versus *v = &s->versus;
  char from[CIVIL_BUF], to[CIVIL_BUF];
  civil_format(x->from, ' ', from);
  civil_format(x->to, ' ', to);
  const char *day = civil_weekday_name(civil_weekday(civil_day_of(x->from)));
  const char *ip = ip_table_text(s->ds->log->ips, s->ds->log->ip[x->row[x->first]]);
  if (x->handover) {
    int wait = (int)(x->to - x->from);
    return g_strdup_printf("%.10s %s %.8s-%.8s  handover, %s to %s after %d %s on %s", from, day,
                           from + 11, to + 11, v->label[x->first], v->label[1 - x->first],
                           wait < 120 ? wait : wait / 60, wait < 120 ? "s" : "min", ip);
  }
  return g_strdup_printf("%.10s %s %.8s-%.8s  overlap, %s first, %s", from, day, from + 11, to + 11,
                         v->label[x->first],
                         x->same_ip ? "on one address" : "on different addresses");
}

/* --- draw --------------------------------------------------------------------------------------
 */

static void draw_title(const Versus *v, Canvas *c, Rect r)
{
  static const char *const titles[N_VERSUS_LISTS] = {
      "LESSONS where they differ most", "ADDRESSES of both", "MEETINGS in time and place"};
  canvas_hline(c, r.x, r.y, r.w, c->glyphs->hline, ROLE_BORDER);
  const char *title = v->list == VERSUS_ROWS && v->c->by == DIM_COHORT
                          ? "COHORTS where they differ most"
                          : titles[v->list];
  int x = r.x + 1 + canvas_printf(c, r.x + 1, r.y, ROLE_TITLE_FOCUS, " %s ", title);
  const char *what = v->list != VERSUS_ROWS ? "hits"
                     : v->dim == DIM_LESSON ? "hits per reader"
                     : v->dim == DIM_USER   ? "hits"
                                            : "hits per user";
  const char *how = v->list == VERSUS_MEETINGS ? ""
                    : v->list == VERSUS_IPS    ? what
                    : v->c->tested ? "hits per user; rank-sum test over the users; v other lists"
                                   : what;
  int w = canvas_text_width(how) + 2;
  if (*how && x + w + 1 < r.x + r.w)
    canvas_printf(c, r.x + r.w - w - 1, r.y, ROLE_TITLE, " %s ", how);
}

/* Cells from the right; what is left is the label's. Returns its width. */
static int label_width(const Versus *v, Rect r)
{
  int used = 0;
  for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
    if (column_shown(v, (ListColumn)i))
      used += columns[i].width + 1;
  return CLAMP(r.w - 2 - used, 8, 60);
}

static void draw_heads(const Versus *v, Canvas *c, Rect r, Dimension dim)
{
  int x = r.x + 1, label = label_width(v, r);
  canvas_text_fit(c, x, r.y + 1, label, dimension_info(dim)->name, ROLE_HEADER, FIT_LEFT);
  x += label + 1;
  for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
    if (!column_shown(v, (ListColumn)i))
      continue;
    g_autofree char *title = column_title(v, (ListColumn)i);
    Role role = i == LIST_RATE_A ? ROLE_SERIES1 : i == LIST_RATE_B ? ROLE_SERIES2 : ROLE_HEADER;
    canvas_text_fit(c, x, r.y + 1, columns[i].width, title, role, FIT_RIGHT | FIT_CUT_MIDDLE);
    x += columns[i].width + 1;
  }
}

static void draw_row(const State *s, Canvas *c, Rect r, int y, guint entry, Dimension dim)
{
  const Versus *v = &s->versus;
  const CompareRow *row = versus_row(v, entry);
  int x = r.x + 1, label = label_width(v, r);
  g_autofree char *name = dimension_label(s->ds, dim, row->key);
  canvas_text_fit(c, x, y, label, name, ROLE_NORMAL, FIT_CUT_MIDDLE);
  x += label + 1;
  for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
    if (!column_shown(v, (ListColumn)i))
      continue;
    g_autofree char *text = cell(v, row, (ListColumn)i);
    gboolean chance = v->list == VERSUS_ROWS && v->c->tested && !isnan(row->q) && row->q >= 0.05;
    canvas_text_fit(c, x, y, columns[i].width, text, chance ? ROLE_DIM : ROLE_NUMBER, FIT_RIGHT);
    x += columns[i].width + 1;
  }
}

static void draw_none(const Versus *v, Canvas *c, Rect r)
{
  static const char *const none[N_VERSUS_LISTS] = {
      "neither opened a lesson in this scope", "no address was used by both in this scope",
      "no session overlaps, and none follows the other's on one address"};
  canvas_text_fit(c, r.x + 2, r.y + 2, r.w - 3, none[v->list], ROLE_DIM, FIT_LEFT);
}

void compare_draw_list(const State *s, Canvas *c, Rect r)
{
  const Versus *v = &s->versus;
  guint n = versus_count(v);
  Dimension dim = v->list == VERSUS_IPS ? DIM_IP : v->c->by;
  if (r.h < 2)
    return;
  canvas_clip_push(c, r);
  draw_title(v, c, r);
  if (v->list != VERSUS_MEETINGS)
    draw_heads(v, c, r, dim);
  else
    canvas_text_fit(c, r.x + 1, r.y + 1, r.w - 2, "when                           what",
                    ROLE_HEADER, FIT_LEFT);
  if (n <= VERSUS_SIDES)
    draw_none(v, c, r);
  for (int line = 0; line < r.h - 2; line++) {
    guint entry = VERSUS_SIDES + v->top + (guint)line;
    int y = r.y + 2 + line;
    if (entry >= n)
      break;
    if (v->list == VERSUS_MEETINGS) {
      g_autofree char *text =
          meeting_text(s, &g_array_index(v->c->meetings, CompareMeeting, entry - VERSUS_SIDES));
      canvas_text_fit(c, r.x + 1, y, r.w - 2, text, ROLE_NORMAL, FIT_LEFT);
    } else {
      draw_row(s, c, r, y, entry, dim);
    }
    if (entry == v->cursor) {
      canvas_cursor_row(c, r.x, y, r.w);
    }
  }
  canvas_clip_pop(c);
}

/* --- out ---------------------------------------------------------------------------------------
 */

char *compare_copy(const State *s, gboolean whole)
{
  const Versus *v = &s->versus;
  if (!v->c)
    return NULL;
  GString *out = g_string_new(NULL);
  Dimension dim = v->list == VERSUS_IPS ? DIM_IP : v->c->by;
  for (guint entry = VERSUS_SIDES; entry < versus_count(v); entry++) {
    if (!whole && entry != v->cursor)
      continue;
    const CompareRow *row = versus_row(v, entry);
    g_autofree char *name =
        row ? dimension_label(s->ds, dim, row->key)
            : meeting_text(s, &g_array_index(v->c->meetings, CompareMeeting, entry - VERSUS_SIDES));
    g_string_append(out, name);
    for (guint i = 0; row && i < G_N_ELEMENTS(columns); i++) {
      if (!column_shown(v, (ListColumn)i))
        continue;
      g_autofree char *text = cell(v, row, (ListColumn)i);
      g_string_append_printf(out, "\t%s", text);
    }
    g_string_append_c(out, '\n');
  }
  if (out->len)
    return g_string_free(out, FALSE);
  g_string_free(out, TRUE);
  return NULL;
}
