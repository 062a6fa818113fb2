/* Commands of the lists: how a column is shown, the length of a step in time, pins. */
#include "tui/views/panes_command.h"

#include <string.h>

#include "core/base/error.h"
#include "tui/model/timestep.h"

static gboolean wrong(GError **error, const char *what, const char *word, const char *known)
{
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no %s \"%s\" here; there are: %s", what, word,
              known);
  return FALSE;
}

static void tell(State *s, const Pane *p)
{
  g_autofree char *text = pane_style_text(p, p->column);
  if (text)
    state_message(s, "%s", text);
  else
    state_message(s, "%s: the number alone", column_info(p->column)->name);
}

static gboolean set_style(State *s, Pane *p, const char *word, GError **error)
{
  CellStyle style = cell_style_next((CellStyle)p->style[p->column], p->column);
  if (word && (!cell_style_parse(word, &style) || !cell_style_applies(style, p->column))) {
    GString *known = g_string_new(NULL);
    for (int i = 0; i < N_STYLES; i++)
      if (cell_style_applies((CellStyle)i, p->column))
        g_string_append_printf(known, "%s%s", i ? ", " : "", cell_style_info((CellStyle)i)->name);
    wrong(error, "style", word, known->str);
    g_string_free(known, TRUE);
    return FALSE;
  }
  if (style == STYLE_NUMBER && p->style[p->column] == STYLE_NUMBER)
    state_message(s, "this column stays as it is; h and l move to others");
  p->style[p->column] = (guint8)style;
  if (!s->message)
    tell(s, p);
  return TRUE;
}

static gboolean set_base(State *s, Pane *p, const char *word, GError **error)
{
  CellBase base = cell_base_next((CellBase)p->base[p->column], p->column, p->id);
  if (word && (!cell_base_parse(word, &base) || !cell_base_applies(base, p->column, p->id))) {
    GString *known = g_string_new(NULL);
    for (int i = 0; i < N_BASES; i++)
      if (cell_base_applies((CellBase)i, p->column, p->id))
        g_string_append_printf(known, "%s%s", i ? ", " : "", cell_base_info((CellBase)i)->name);
    wrong(error, "base", word, known->str);
    g_string_free(known, TRUE);
    return FALSE;
  }
  if (base == BASE_NONE && p->base[p->column] == BASE_NONE)
    state_message(s, "this column is no part of anything; h and l move to others");
  p->base[p->column] = (guint8)base;
  if (!s->message)
    tell(s, p);
  return TRUE;
}

static gboolean set_scale(State *s, Pane *p, const char *word, GError **error)
{
  if (word && strcmp(word, "log") != 0 && strcmp(word, "linear") != 0)
    return wrong(error, "scale", word, "linear, log");
  p->log_scale = word ? strcmp(word, "log") == 0 : !p->log_scale;
  state_message(s, p->log_scale ? "bars, shades and trends: log scale, three decades"
                                : "bars, shades and trends: linear scale");
  return TRUE;
}

static gboolean set_pin(State *s, Pane *p, const char *word, GError **error)
{
  if (word && strcmp(word, "clear") == 0) {
    pane_unpin_all(p);
    return TRUE;
  }
  switch (pane_pin(p, s->ds)) {
  case 1:
    state_message(s, "pinned: it stays at the top; p again lets it go");
    return TRUE;
  case 0:
    state_message(s, "no longer pinned");
    return TRUE;
  case -1:
    state_message(s, "the list is empty");
    return TRUE;
  default:
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "%d rows are pinned, which is the most; p on one of them lets it go",
                PANE_PINS_MAX);
    return FALSE;
  }
}

gboolean panes_command(State *s, int argc, char **argv, gboolean *handled, GError **error)
{
  Pane *p = state_pane(s);
  const char *word = argc > 1 ? argv[1] : NULL;
  *handled = p != NULL;
  if (!p)
    return TRUE;
  if (strcmp(argv[0], "style") == 0)
    return set_style(s, p, word, error);
  if (strcmp(argv[0], "base") == 0)
    return set_base(s, p, word, error);
  if (strcmp(argv[0], "scale") == 0)
    return set_scale(s, p, word, error);
  if (strcmp(argv[0], "pin") == 0)
    return set_pin(s, p, word, error);
  if (strcmp(argv[0], "bucket") == 0)
    return timestep_set(s, VIEW_PROGRAMS, word, error);
  *handled = FALSE;
  return TRUE;
}
