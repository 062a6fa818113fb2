/* Commands that walk along the path, and jump to somebody or something by name. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/command.h"
#include "tui/app/menu_keys.h"
#include "tui/model/path.h"
#include "tui/model/visit.h"

/* --- the breadcrumb ----------------------------------------------------------------------------
 */

gboolean cmd_crumbs(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  s->crumb = s->crumb < 0 ? (int)path_level_here(s) : -1;
  return TRUE;
}

static gboolean level_of(App *app, const char *text, guint *ret, GError **error)
{
  guint64 n = 0;
  guint last = path_last(app->state);
  if (!g_ascii_string_to_unsigned(text, 10, 0, last, &n, NULL)) {
    g_autofree char *safe = text_safe(text, -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                "no level \"%s\" of the path; 0 is all, %u is here", safe, last);
    return FALSE;
  }
  *ret = (guint)n;
  return TRUE;
}

gboolean cmd_level(App *app, int argc, char **argv, GError **error)
{
  guint level = 0;
  if (!level_of(app, argc > 1 ? argv[1] : "", &level, error))
    return FALSE;
  path_goto(app->state, level);
  return TRUE;
}

gboolean cmd_sibling(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  guint level = path_level_here(s);
  gboolean next = argc > 1 && strcmp(argv[1], "next") == 0;
  if (!next && (argc < 2 || strcmp(argv[1], "previous") != 0)) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "sibling takes: next, previous, and a level of the path");
    return FALSE;
  }
  if (argc > 2 && !level_of(app, argv[2], &level, error))
    return FALSE;
  GError *local = NULL;
  if (path_sibling(s, level, next ? 1 : -1, &local)) {
    state_clear_message(s);
    return TRUE;
  }
  if (!local)
    state_message(s, next ? "that was the last of the list" : "that was the first of the list");
  else
    g_propagate_error(error, local);
  return local == NULL;
}

void crumbs_key(App *app, Key key)
{
  State *s = app->state;
  int last = (int)path_last(s), at = MIN(s->crumb, last);
  s->crumb = at;
  if (key == 'h' || key == K_LEFT) {
    s->crumb = MAX(at - 1, 0);
  } else if (key == 'l' || key == K_RIGHT) {
    s->crumb = MIN(at + 1, last);
  } else if (key == 'j' || key == K_DOWN || key == 'k' || key == K_UP) {
    gboolean next = key == 'j' || key == K_DOWN;
    if (at == 0 || at == last) {
      state_message(s, "only steps between the first and the last have others beside them");
      return;
    }
    g_autofree char *line = g_strdup_printf("sibling %s %d", next ? "next" : "previous", at);
    app_run(app, line);
  } else if (key == K_ENTER) {
    g_autofree char *line = g_strdup_printf("level %d", at);
    s->crumb = -1;
    if (at < last)
      app_run(app, line);
  } else if (key == K_ESC || key == 'q' || key == '`' || key == key_ctrl('c')) {
    s->crumb = -1;
  } else {
    state_message(s, "h l along the path, j k to others beside, Enter goes there, Esc leaves");
  }
}

/* --- by name -----------------------------------------------------------------------------------
 */

/* The key of an id, or of a name that only one has. */
static gboolean find_key(const Dataset *ds, Dimension dim, const char *name, guint32 *ret,
                         GError **error)
{
  if (dimension_find(ds, dim, name, ret))
    return TRUE;
  g_autofree char *text = g_strdup_printf("%s=\"%s\"", dimension_info(dim)->name, name);
  if (strchr(name, '"'))
    g_strdelimit(text, "\"", ' ');
  Scope *scope = scope_parse(text, error);
  Selection *sel = scope ? scope_select(scope, ds, error) : NULL;
  scope_free(scope);
  if (!sel)
    return FALSE; /* the error names the closest */
  RankRequest req = {.by = dim, .measures = MEASURE_BIT(MEASURE_HITS)};
  Ranking *r = rank(ds, sel, &req);
  gboolean one = r->n == 1;
  if (one)
    *ret = r->rows[0].key;
  else
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "\"%s\" is the name of %u; say its id", name,
                r->n);
  ranking_free(r);
  selection_free(sel);
  return one;
}

gboolean cmd_goto(App *app, int argc, char **argv, GError **error)
{
  gboolean long_form = strcmp(argv[0], "goto") == 0;
  const char *type = long_form ? (argc > 1 ? argv[1] : "") : argv[0];
  g_autofree char *name = g_strjoinv(" ", argv + MIN(argc, long_form ? 2 : 1));
  for (int p = 0; p < N_PANES; p++) {
    Dimension dim = pane_dimension((PaneId)p);
    guint32 key = 0;
    if (strcmp(dimension_info(dim)->name, type) != 0)
      continue;
    if (!*name) {
      g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "which %s? name it, or its id", type);
      return FALSE;
    }
    if (!find_key(app->state->ds, dim, name, &key, error))
      return FALSE;
    g_autofree char *id = dimension_id(app->state->ds, dim, key);
    Entity *e = entity_new(pane_entity_type((PaneId)p), id);
    gboolean ok = visit_entity(app->state, e, error);
    entity_free(e);
    return ok;
  }
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "goto takes: user, cohort, lesson, program or ip, and an id or a name");
  return FALSE;
}
