/* Facets: the values of a field with their counts, to tick. */
#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/command.h"

static void choose_field(App *app)
{
  static const Dimension dims[] = {DIM_PROGRAM, DIM_COHORT, DIM_LESSON, DIM_MODULE,
                                   DIM_USER,    DIM_IP,     DIM_KIND,   DIM_PHASE,
                                   DIM_WEEKDAY, DIM_HOUR,   DIM_MONTH};
  Menu *m = menu_new(MENU_CHOICE, "Choose values of");
  for (guint i = 0; i < G_N_ELEMENTS(dims); i++) {
    const DimensionInfo *info = dimension_info(dims[i]);
    g_autofree char *command = g_strdup_printf("facet %s", info->name);
    menu_add(m, NULL, info->name, NULL, command);
  }
  state_show_menu(app->state, m);
}

#define FACET_MAX 5000

static gboolean named_dimension(const char *name, Dimension *ret, GError **error)
{
  if (dimension_parse(name, ret))
    return TRUE;
  const char *names[N_DIMENSIONS + 1] = {NULL};
  for (int i = 0; i < N_DIMENSIONS; i++)
    names[i] = dimension_info((Dimension)i)->name;
  const char *closest = text_closest(name, names);
  g_autofree char *safe = text_safe(name, -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no field \"%s\"%s%s; f lists them", safe,
              closest ? ", did you mean " : "", closest ? closest : "");
  return FALSE;
}

/* What the column under the cursor names; FALSE when it holds numbers. */
static gboolean column_dimension(const Pane *p, Dimension *ret)
{
  switch (p->column) {
  case COLUMN_LABEL:
    *ret = p->dim;
    return TRUE;
  case COLUMN_COHORT:
    *ret = DIM_COHORT;
    return TRUE;
  case COLUMN_PROGRAM:
    *ret = DIM_PROGRAM;
    return TRUE;
  case COLUMN_KIND:
    *ret = DIM_KIND;
    return TRUE;
  default:
    return FALSE;
  }
}

/* Ticks a value that a typed filter of the field lists. */
static void tick(const State *s, Menu *m, MenuItem *item, ScopeField field)
{
  for (guint c = chips_depth(s->chips); c < chips_count(s->chips); c++) {
    const ScopeTerm *own = chips_get(s->chips, c)->term;
    for (guint v = 0; own->field == field && v < own->values->len; v++)
      if (g_strcmp0(g_ptr_array_index(own->values, v), item->value) == 0) {
        item->checked = item->was_checked = TRUE;
        m->negated = own->negated;
      }
  }
}

static Menu *values_menu(const State *s, const Ranking *r, ScopeField field)
{
  const char *name = dimension_info(r->by)->name;
  g_autofree char *all = text_grouped(r->n), *first = text_grouped(FACET_MAX);
  g_autofree char *title = r->n > FACET_MAX
                               ? g_strdup_printf("Values of %s, first %s of %s", name, first, all)
                               : g_strdup_printf("Values of %s", name);
  Menu *m = menu_new(MENU_FACET, title);
  m->field = g_strdup(scope_field_name(field));
  for (guint32 i = 0; i < r->n && i < FACET_MAX; i++) {
    g_autofree char *label = dimension_label(s->ds, r->by, r->rows[i].key);
    g_autofree char *hits = text_grouped(r->rows[i].hits);
    MenuItem *item = menu_add(m, NULL, label, hits, NULL);
    ScopeTerm *term = scope_term_for_key(s->ds, r->by, r->rows[i].key, FALSE);
    item->value = g_strdup(g_ptr_array_index(term->values, 0));
    scope_term_free(term);
    tick(s, m, item, field);
  }
  return m;
}

gboolean cmd_facet(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  const Pane *p = state_pane(s);
  Dimension dim;
  if (argc > 1 && !named_dimension(argv[1], &dim, error))
    return FALSE;
  if (argc < 2 && (!p || !column_dimension(p, &dim))) {
    choose_field(app);
    return TRUE;
  }
  /* the field's own typed chip does not narrow its list of values */
  ScopeField field = scope_field_of(dim);
  Scope *scope = chips_scope_fields(s->chips, &field, 1, FALSE);
  Selection *sel = scope_select(scope, s->ds, error);
  scope_free(scope);
  if (!sel)
    return FALSE;
  RankRequest req = {.by = dim, .measures = MEASURE_BIT(MEASURE_HITS)};
  Ranking *r = rank(s->ds, sel, &req);
  selection_free(sel);
  state_show_menu(s, values_menu(s, r, field));
  ranking_free(r);
  return TRUE;
}
