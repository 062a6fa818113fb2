/* Commands that move: the cursor, between panes and views, in and out. */
#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/command.h"
#include "tui/app/prompt.h"
#include "tui/views/view.h"

#define STEPS_MAX 1000 /* moves at once */

static const struct {
  const char *name;
  Move move;
} moves[] = {
    {"up", MOVE_UP},           {"down", MOVE_DOWN},
    {"left", MOVE_LEFT},       {"right", MOVE_RIGHT},
    {"page-up", MOVE_PAGE_UP}, {"page-down", MOVE_PAGE_DOWN},
    {"half-up", MOVE_HALF_UP}, {"half-down", MOVE_HALF_DOWN},
    {"first", MOVE_FIRST},     {"last", MOVE_LAST},
    {"row", MOVE_TO},
};

gboolean cmd_move(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  gint64 amount = 1;
  if (argc > 1 && !g_ascii_string_to_signed(argv[1], 10, 0, G_MAXINT32, &amount, error))
    return FALSE;
  const View *view = view_get(s->view);
  for (guint i = 0; i < G_N_ELEMENTS(moves); i++) {
    if (g_strcmp0(moves[i].name, argv[0]) != 0 || !view || !view->move)
      continue;
    Move m = moves[i].move;
    /* not every view has rows of one line: there N moves are what one move N times is */
    gboolean stepwise =
        m == MOVE_LEFT || m == MOVE_RIGHT || (!view_is_pane(s->view) && m != MOVE_TO);
    for (gint64 n = stepwise ? MIN(amount, STEPS_MAX) : 1; n > 0; n--)
      view->move(s, m, m == MOVE_TO ? amount - 1 : stepwise ? 1 : amount);
  }
  return TRUE;
}

/* The row of that id, or of that name. */
static gint64 find_row(const State *s, const Pane *p, const char *name)
{
  gint64 by_name = -1;
  for (guint i = 0; i < p->n_visible; i++) {
    g_autofree char *id = dimension_id(s->ds, p->dim, pane_row(p, i)->key);
    if (g_strcmp0(id ? id : "none", name) == 0)
      return i;
    g_autofree char *label = dimension_label(s->ds, p->dim, pane_row(p, i)->key);
    if (by_name < 0 && g_ascii_strcasecmp(label, name) == 0)
      by_name = i;
  }
  return by_name;
}

gboolean cmd_at(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  Pane *p = state_pane(s);
  guint64 line = 0;
  if (argc > 2 && !g_ascii_string_to_unsigned(argv[2], 10, 1, G_MAXINT32, &line, error))
    return FALSE;
  gint64 place = argc > 1 ? find_row(s, p, argv[1]) : -1;
  if (place < 0) {
    g_autofree char *safe = text_safe(argc > 1 ? argv[1] : "", -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no row \"%s\" in this list", safe);
    return FALSE;
  }
  pane_move_to(p, s->ds, place);
  if (line)
    p->top = (guint)(place - MIN(place, (gint64)line - 1));
  return TRUE;
}

gboolean cmd_column(App *app, int argc, char **argv, GError **error)
{
  Pane *p = state_pane(app->state);
  ColumnId column;
  if (argc < 2 || !column_parse(argv[1], &column) || !column_applies(column, p->id)) {
    g_autofree char *safe = text_safe(argc > 1 ? argv[1] : "", -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no column \"%s\" in this list; C lists them",
                safe);
    return FALSE;
  }
  p->column = column;
  return TRUE;
}

gboolean cmd_view(App *app, int argc, char **argv, GError **error)
{
  ViewId view;
  if (argc < 2 || !view_parse(argv[1], &view)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "no view \"%s\"; views are overview, programs, cohorts, lessons, users, ips, "
                "timeline, flags, matrix, cross, answers, compare",
                argc > 1 ? argv[1] : "");
    return FALSE;
  }
  state_goto(app->state, view);
  return TRUE;
}

static gboolean step_pane(App *app, int step)
{
  State *s = app->state;
  if (!view_is_pane(s->view))
    state_goto(s, VIEW_PROGRAMS);
  else
    state_goto(s, pane_view((PaneId)(((int)view_pane(s->view) + step + N_PANES) % N_PANES)));
  return TRUE;
}

gboolean cmd_next_pane(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  return step_pane(app, 1);
}

gboolean cmd_previous_pane(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  return step_pane(app, -1);
}

gboolean cmd_drill(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  const View *view = view_get(app->state->view);
  return view && view->enter ? view->enter(app->state, error) : TRUE;
}

gboolean cmd_up_level(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  if (!state_up(app->state))
    state_message(app->state, "this is the top; Q quits");
  return TRUE;
}

gboolean cmd_back(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  if (!state_back(app->state))
    state_message(app->state, "nothing to go back to");
  return TRUE;
}

gboolean cmd_forward(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  if (!state_forward(app->state))
    state_message(app->state, "nothing to go forward to");
  return TRUE;
}

gboolean cmd_close(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  if (s->menu) {
    g_clear_pointer(&s->menu, menu_free);
    return TRUE;
  }
  if (s->ds && state_up(s))
    return TRUE;
  Menu *m = menu_new(MENU_CHOICE, "Quit cohortscope?");
  menu_add(m, "Enter", "quit", NULL, "quit");
  menu_add(m, "Esc", "stay", NULL, "cancel");
  state_show_menu(s, m);
  return TRUE;
}

gboolean cmd_quit(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  app->state->quit = TRUE;
  return TRUE;
}

gboolean cmd_suspend(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  app->state->suspend = TRUE;
  return TRUE;
}

gboolean cmd_redraw(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  app->state->redraw_all = TRUE;
  return TRUE;
}

gboolean cmd_cancel(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  if (s->menu)
    g_clear_pointer(&s->menu, menu_free);
  else if (s->prompt.active)
    prompt_close(app, FALSE);
  else if (s->crumb >= 0)
    s->crumb = -1;
  else if (app->loader) {
    loader_cancel(app->loader);
    state_message(s, "stopping; the rows read so far are kept");
  }
  return TRUE;
}
