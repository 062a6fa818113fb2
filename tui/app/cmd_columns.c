/* Commands about the columns of lists: which, how wide, in which order. */
#include <string.h>

#include "core/base/error.h"
#include "tui/app/columns.h"
#include "tui/app/command.h"
#include "tui/app/menu_keys.h"
#include "tui/views/frame.h"

/* --- order -------------------------------------------------------------------------------------
 */

/* The order in force, written down so that it can be changed. */
static void take_order(Pane *p)
{
  if (p->n_order)
    return;
  for (guint i = 0; i < N_COLUMNS; i++)
    p->order[i] = (guint8)column_at(i);
  p->n_order = N_COLUMNS;
}

/* Past the next column that is shown; the name stays first. FALSE at the end. */
static gboolean move_column(Pane *p, ColumnId column, int step)
{
  take_order(p);
  int from = 0;
  while (p->order[from] != column)
    from++;
  int to = from + step;
  while (to > 0 && to < N_COLUMNS &&
         (!column_applies((ColumnId)p->order[to], p->id) || !(p->displayed & (1u << p->order[to]))))
    to += step;
  if (column == COLUMN_LABEL || to < 1 || to >= N_COLUMNS)
    return FALSE;
  for (int i = from; i != to; i += step)
    p->order[i] = p->order[i + step];
  p->order[to] = (guint8)column;
  return TRUE;
}

gboolean cmd_column_move(App *app, int argc, char **argv, GError **error)
{
  Pane *p = state_pane(app->state);
  ColumnId column;
  const char *where = argc > 1 ? argv[argc - 1] : "";
  gboolean left = strcmp(where, "left") == 0;
  if (!left && strcmp(where, "right") != 0) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "column-move takes a column, and left or right");
    return FALSE;
  }
  if (!column_argument(p, argc - 1, argv, &column, error))
    return FALSE;
  if (!move_column(p, column, left ? -1 : 1))
    state_message(app->state, "it is the %s already", left ? "first" : "last");
  return TRUE;
}

/* --- width -------------------------------------------------------------------------------------
 */

gboolean cmd_width(App *app, int argc, char **argv, GError **error)
{
  Pane *p = state_pane(app->state);
  ColumnId column;
  if (!column_argument(p, argc, argv, &column, error))
    return FALSE;
  int step = strcmp(argv[0], "wider") == 0 ? 1 : -1;
  int extra = p->extra[column] + step, width = column_info(column)->width + extra;
  if (width < COLUMN_LEAST_WIDTH || width > COLUMN_MOST_WIDTH)
    state_message(app->state, step > 0 ? "that is the widest" : "that is the narrowest");
  else
    p->extra[column] = (gint8)extra;
  return TRUE;
}

/* --- which -------------------------------------------------------------------------------------
 */

/* The rest is in the help, where there is room. */
static char *first_sentence(const char *text)
{
  const char *end = strstr(text, ". ");
  return end ? g_strndup(text, (gsize)(end + 1 - text)) : g_strdup(text);
}

static void list_columns(App *app)
{
  State *s = app->state;
  Pane *p = state_pane(s);
  guint at = s->menu && s->menu->kind == MENU_COLUMNS ? s->menu->cursor : 0;
  Menu *m = menu_new(MENU_COLUMNS, "Columns");
  for (guint i = 0; i < N_COLUMNS; i++) {
    ColumnId c = p->n_order ? (ColumnId)p->order[i] : column_at(i);
    if (c == COLUMN_LABEL || !column_applies(c, p->id))
      continue;
    const ColumnInfo *info = column_info(c);
    gboolean here = (p->displayed & (1u << c)) != 0, asked = (p->shown & (1u << c)) != 0;
    g_autofree char *sentence = first_sentence(info->definition);
    MenuItem *item = menu_add(m, info->name, sentence,
                              p->hidden & (1u << c) ? "hidden"
                              : here                ? NULL
                              : asked               ? "no room"
                                                    : NULL,
                              "cancel");
    item->checked = here;
    item->value = g_strdup(info->name);
  }
  state_show_menu(s, m);
  m->cursor = MIN(at, m->visible->len - 1);
}

gboolean cmd_columns(App *app, int argc, char **argv, GError **error)
{
  Pane *p = state_pane(app->state);
  ColumnId column;
  if (argc < 2) {
    list_columns(app);
    return TRUE;
  }
  if (!column_argument(p, argc, argv, &column, error))
    return FALSE;
  guint32 bit = 1u << column;
  gboolean hide = argv[1][0] == '-' || (argv[1][0] != '+' && ((p->shown | p->displayed) & bit));
  p->shown = hide ? p->shown & ~bit : p->shown | bit;
  p->hidden = hide ? p->hidden | bit : p->hidden & ~bit;
  return TRUE;
}

gboolean columns_key(App *app, Key key)
{
  static const MenuVerb verbs[] = {{' ', "columns %s"},
                                   {'K', "column-move %s left"},
                                   {'J', "column-move %s right"},
                                   {'<', "narrower %s"},
                                   {'>', "wider %s"},
                                   {0, NULL}};
  State *s = app->state;
  const MenuItem *item = menu_current(s->menu);
  g_autofree char *name = g_strdup(item ? item->value : NULL);
  if (!name || !menu_run_verb(app, verbs, key, name))
    return FALSE;
  frame_prepare_focus(s); /* what has room now */
  app_run(app, "columns");
  for (guint k = 0; k < s->menu->visible->len; k++) {
    const MenuItem *other =
        g_ptr_array_index(s->menu->items, g_array_index(s->menu->visible, guint, k));
    if (strcmp(other->value, name) == 0)
      s->menu->cursor = k;
  }
  return TRUE;
}
