/* Chips: the filters in force, and the path that led here. */
#include "tui/model/chips.h"

static void chip_free(gpointer data)
{
  Chip *chip = data;
  scope_term_free(chip->term);
  g_free(chip);
}

static Chip *chip_new(ScopeTerm *term, int pane)
{
  Chip *chip = g_new0(Chip, 1);
  chip->term = term;
  chip->pane = pane;
  return chip;
}

Chips *chips_new(void)
{
  Chips *c = g_new0(Chips, 1);
  c->chips = g_ptr_array_new_with_free_func(chip_free);
  return c;
}

void chips_free(Chips *c)
{
  if (!c)
    return;
  g_ptr_array_unref(c->chips);
  g_free(c);
}

guint chips_count(const Chips *c)
{
  return c->chips->len;
}

const Chip *chips_get(const Chips *c, guint i)
{
  return g_ptr_array_index(c->chips, i);
}

Chips *chips_copy(const Chips *c)
{
  Chips *copy = chips_new();
  for (guint i = 0; i < c->chips->len; i++) {
    const Chip *chip = chips_get(c, i);
    g_ptr_array_add(copy->chips, chip_new(scope_term_copy(chip->term), chip->pane));
  }
  return copy;
}

static gboolean term_equal(const ScopeTerm *a, const ScopeTerm *b)
{
  if (a->field != b->field || a->negated != b->negated || a->regex != b->regex || a->off != b->off)
    return FALSE;
  if (a->values->len != b->values->len)
    return FALSE;
  for (guint i = 0; i < a->values->len; i++)
    if (g_strcmp0(g_ptr_array_index(a->values, i), g_ptr_array_index(b->values, i)) != 0)
      return FALSE;
  return TRUE;
}

guint chips_depth(const Chips *c)
{
  guint n = 0;
  while (n < c->chips->len && chips_get(c, n)->pane != PANE_TYPED)
    n++;
  return n;
}

int chips_find_drill(const Chips *c, int pane)
{
  guint depth = chips_depth(c);
  for (guint i = 0; i < depth; i++)
    if (chips_get(c, i)->pane == pane)
      return (int)i;
  return -1;
}

void chips_drill(Chips *c, PaneId pane, ScopeTerm *term)
{
  int own = chips_find_drill(c, (int)pane);
  if (own >= 0)
    g_ptr_array_remove_range(c->chips, (guint)own, chips_depth(c) - (guint)own);
  g_ptr_array_insert(c->chips, (gint)chips_depth(c), chip_new(term, (int)pane));
}

int chips_up(Chips *c)
{
  guint depth = chips_depth(c);
  if (depth == 0)
    return -1;
  int pane = chips_get(c, depth - 1)->pane;
  g_ptr_array_remove_index(c->chips, depth - 1);
  return pane;
}

static gboolean has_value(const ScopeTerm *t, const char *value)
{
  for (guint i = 0; i < t->values->len; i++)
    if (g_strcmp0(g_ptr_array_index(t->values, i), value) == 0)
      return TRUE;
  return FALSE;
}

void chips_add(Chips *c, ScopeTerm *term, gboolean merge)
{
  for (guint i = chips_depth(c); i < c->chips->len; i++) {
    ScopeTerm *old = chips_get(c, i)->term;
    if (term_equal(old, term)) {
      scope_term_free(term);
      return;
    }
    if (merge && old->field == term->field && old->negated == term->negated && !old->regex &&
        !term->regex && !old->off) {
      for (guint v = 0; v < term->values->len; v++)
        if (!has_value(old, g_ptr_array_index(term->values, v)))
          g_ptr_array_add(old->values, g_strdup(g_ptr_array_index(term->values, v)));
      scope_term_free(term);
      return;
    }
  }
  g_ptr_array_add(c->chips, chip_new(term, PANE_TYPED));
}

void chips_set_field(Chips *c, ScopeField field, ScopeTerm *term)
{
  for (guint i = c->chips->len; i-- > chips_depth(c);)
    if (chips_get(c, i)->term->field == field)
      g_ptr_array_remove_index(c->chips, i);
  if (term)
    g_ptr_array_add(c->chips, chip_new(term, PANE_TYPED));
}

void chips_remove(Chips *c, guint i)
{
  if (i < c->chips->len)
    g_ptr_array_remove_index(c->chips, i);
}

gboolean chips_move(Chips *c, guint i, int step)
{
  gint64 to = (gint64)i + step;
  guint depth = chips_depth(c);
  if (i >= c->chips->len || to < 0 || to >= (gint64)c->chips->len || (i < depth) != (to < depth))
    return FALSE;
  g_ptr_array_insert(c->chips, (gint)to, g_ptr_array_steal_index(c->chips, i));
  return TRUE;
}

gboolean chips_drop_last(Chips *c)
{
  if (c->chips->len == 0)
    return FALSE;
  g_ptr_array_remove_index(c->chips, c->chips->len - 1);
  return TRUE;
}

void chips_clear(Chips *c)
{
  g_ptr_array_set_size(c->chips, 0);
}

static void add_term(Scope *s, const ScopeTerm *t)
{
  if (!t->off)
    g_ptr_array_add(s->terms, scope_term_copy(t));
}

Scope *chips_scope(const Chips *c)
{
  Scope *s = scope_new();
  for (guint i = 0; i < c->chips->len; i++)
    add_term(s, chips_get(c, i)->term);
  return s;
}

Scope *chips_scope_for_pane(const Chips *c, PaneId pane)
{
  int own = chips_find_drill(c, (int)pane);
  guint depth = chips_depth(c);
  Scope *s = scope_new();
  for (guint i = 0; i < c->chips->len; i++)
    if (own < 0 || i < (guint)own || i >= depth)
      add_term(s, chips_get(c, i)->term);
  return s;
}

Scope *chips_scope_fields(const Chips *c, const ScopeField *fields, guint n, gboolean keep)
{
  Scope *s = scope_new();
  for (guint i = 0; i < c->chips->len; i++) {
    const ScopeTerm *t = chips_get(c, i)->term;
    gboolean listed = FALSE;
    for (guint f = 0; f < n; f++)
      listed = listed || fields[f] == t->field;
    if (listed == keep)
      add_term(s, t);
  }
  return s;
}

char *chips_print(const Chips *c)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < c->chips->len; i++) {
    const Chip *chip = chips_get(c, i);
    g_autofree char *term = scope_term_print(chip->term);
    if (out->len)
      g_string_append_c(out, ' ');
    g_string_append(out, term);
  }
  return g_string_free(out, FALSE);
}
