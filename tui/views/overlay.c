/* Overlays: the menu on top of the view. */
#include "tui/views/overlay.h"

#include <string.h>

static Rect overlay_rect(const Menu *m, Rect body)
{
  int widest = canvas_text_width(m->title) + 6;
  for (guint i = 0; i < m->items->len; i++) {
    const MenuItem *item = g_ptr_array_index(m->items, i);
    int w = canvas_text_width(item->label) + (item->right ? canvas_text_width(item->right) + 2 : 0);
    widest = MAX(widest, w + 20);
  }
  int w = CLAMP(widest, MIN(40, body.w), MIN(body.w - 4, 110));
  int h = CLAMP((int)m->items->len + 3, MIN(5, body.h), body.h - (body.h > 16 ? 2 : 0));
  return rect_make(body.x + (body.w - w) / 2, body.y + (body.h - h) / 2, w, h);
}

static int left_width(const Menu *m)
{
  int w = 0;
  for (guint i = 0; i < m->items->len; i++) {
    const MenuItem *item = g_ptr_array_index(m->items, i);
    if (item->left)
      w = MAX(w, canvas_text_width(item->left));
  }
  return MIN(w, 16);
}

void overlay_prepare(State *s, Rect body)
{
  menu_scroll(s->menu, MAX(overlay_rect(s->menu, body).h - 3, 1));
}

static void draw_item(const Menu *m, Canvas *c, Rect r, int y, const MenuItem *item, int left_w)
{
  gboolean ticks =
      m->kind == MENU_FACET || m->kind == MENU_COLUMNS || (m->kind == MENU_FILTERS && !item->value);
  int x = r.x + 2;
  if (!item->command && !item->value && m->kind != MENU_TEXT) {
    canvas_text_fit(c, x, y, r.w - 4, item->label, ROLE_OVERLAY_HEAD, FIT_LEFT);
    return;
  }
  if (ticks) {
    canvas_put(c, x, y, item->checked ? c->glyphs->check : c->glyphs->uncheck, ROLE_OVERLAY);
    x += 2;
  }
  if (left_w) {
    canvas_text_fit(c, x, y, left_w, item->left ? item->left : "", ROLE_KEY, FIT_LEFT);
    x += left_w + 2;
  }
  int right_w = item->right ? canvas_text_width(item->right) : 0;
  int room = r.x + r.w - 2 - x - (right_w ? right_w + 1 : 0);
  canvas_text_fit(c, x, y, MAX(room, 0), item->label, ROLE_OVERLAY,
                  m->kind == MENU_FACET ? FIT_CUT_MIDDLE : FIT_LEFT);
  if (right_w)
    canvas_text(c, r.x + r.w - 2 - right_w, y, item->right, ROLE_DIM);
}

/* How many values are ticked, also those out of sight. */
static void draw_ticked(const Menu *m, Canvas *c, Rect r)
{
  guint n = 0;
  for (guint i = 0; i < m->items->len; i++)
    n += ((const MenuItem *)g_ptr_array_index(m->items, i))->checked;
  if (n)
    canvas_printf(c, r.x + 2, r.y + r.h - 1, ROLE_DIM, " %u of %u ticked ", n, m->items->len);
}

void overlay_draw(const State *s, Canvas *c, Rect body)
{
  const Menu *m = s->menu;
  Rect r = overlay_rect(m, body);
  canvas_fill(c, r, ' ', ROLE_OVERLAY);
  canvas_box(c, r, ROLE_BORDER_FOCUS);
  g_autofree char *title = g_strdup_printf(" %s%s ", m->title, m->negated ? " (leave out)" : "");
  canvas_text_fit(c, r.x + 2, r.y, MIN(canvas_text_width(title), r.w - 4), title, ROLE_TITLE_FOCUS,
                  FIT_LEFT);
  if (m->typing || m->filter->len) {
    g_autofree char *typed = g_strdup_printf(" %s_ ", m->filter->str);
    int w = canvas_text_width(typed);
    canvas_text(c, r.x + r.w - w - 2, r.y, typed, ROLE_INPUT);
  }
  int left_w = left_width(m);
  int page = r.h - 3;
  for (int line = 0; line < page && m->top + (guint)line < m->visible->len; line++) {
    guint at = g_array_index(m->visible, guint, m->top + (guint)line);
    const MenuItem *item = g_ptr_array_index(m->items, at);
    int y = r.y + 1 + line;
    draw_item(m, c, r, y, item, left_w);
    if (m->top + (guint)line == m->cursor && m->kind != MENU_TEXT) {
      canvas_ground(c, rect_make(r.x + 1, y, r.w - 2, 1), ROLE_CURSOR);
      canvas_cursor(c, r.x + 1, y, TRUE);
    }
  }
  if (m->visible->len == 0)
    canvas_text_fit(c, r.x + 2, r.y + 1, r.w - 4, "nothing matches", ROLE_DIM, FIT_LEFT);
  const MenuItem *here = menu_current(m);
  const char *footer = here && here->detail ? here->detail : m->footer;
  if (footer)
    canvas_text_fit(c, r.x + 2, r.y + r.h - 2, r.w - 4, footer, ROLE_DIM, FIT_LEFT);
  if (m->kind == MENU_FACET)
    draw_ticked(m, c, r);
  if (m->visible->len > (guint)MAX(page, 0))
    canvas_printf(c, r.x + r.w - 14, r.y + r.h - 1, ROLE_DIM, " %u/%u ", m->cursor + 1,
                  m->visible->len);
}

const char *overlay_hints(const State *s)
{
  static const char *const hints[] = {
      [MENU_HELP] = "type to narrow|Enter run it|PgDn more|Esc close",
      [MENU_PALETTE] = "type to narrow|Tab complete|Enter run it|Esc close",
      [MENU_FACET] = "Space tick|! leave out|/ find|Enter apply|Esc close",
      [MENU_FILTERS] = "Space on/off|! negate|J K move|d delete|s save|Enter done|Esc close",
      [MENU_COLUMNS] = "Space show, hide|J K move|< > width|Enter done|Esc close",
      [MENU_LOG] = "Enter run it again|y copy|s save|/ find|Esc close",
      [MENU_CHOICE] = "Enter choose|Esc close",
      [MENU_TEXT] = "Esc close",
  };
  return hints[s->menu->kind];
}
