/* The command that compares: two rows by their names, by marks, or a mark and the cursor. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/command.h"
#include "tui/views/view.h"

/* What can be compared; a name is taken for the first of these that has one like it. */
static const PaneId kinds[] = {PANE_COHORTS, PANE_USERS, PANE_PROGRAMS, PANE_LESSONS, PANE_IPS};

static gboolean show(State *s, Dimension dim, const guint32 keys[2], GError **error)
{
  g_autofree char *a = dimension_id(s->ds, dim, keys[0]), *b = dimension_id(s->ds, dim, keys[1]);
  if (keys[0] == keys[1]) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "both are the same; name two");
    return FALSE;
  }
  state_goto(s, VIEW_COMPARE);
  versus_set(&s->versus, dim, a ? a : "", b ? b : "");
  return TRUE;
}

/* A name, or one said as in a filter: "user=341". */
static gboolean find_one(const State *s, Dimension dim, const char *name, guint32 *ret_key)
{
  const char *field = dimension_info(dim)->name;
  gsize len = strlen(field);
  if (strncmp(name, field, len) == 0 && name[len] == '=')
    name += len + 1;
  return dimension_find(s->ds, dim, name, ret_key);
}

/* Both names in one dimension. */
static gboolean find_both(const State *s, Dimension dim, char **names, guint32 keys[2])
{
  return find_one(s, dim, names[0], &keys[0]) && find_one(s, dim, names[1], &keys[1]);
}

static gboolean by_names(State *s, int argc, char **argv, GError **error)
{
  guint32 keys[2];
  Pane *p = state_pane(s);
  gboolean kind = argc == 4, known = !kind;
  if (argc == 3 && p && find_both(s, p->dim, argv + 1, keys))
    return show(s, p->dim, keys, error);
  for (guint i = 0; i < G_N_ELEMENTS(kinds) && argc <= 4; i++) {
    Dimension dim = pane_dimension(kinds[i]);
    if (kind && strcmp(argv[1], dimension_info(dim)->name) != 0)
      continue;
    known = TRUE;
    if (argc >= 3 && find_both(s, dim, argv + argc - 2, keys))
      return show(s, dim, keys, error);
  }
  if (argc < 3 || argc > 4 || !known) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "compare takes two names, with program, cohort, lesson, user or ip before");
    return FALSE;
  }
  g_autofree char *a = text_safe(argv[argc - 2], -1), *b = text_safe(argv[argc - 1], -1);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
              "no two of one kind are called \"%s\" and \"%s\"", a, b);
  return FALSE;
}

/* Keys of what is marked of one kind; at most `max` of them are kept, all are counted. */
static guint marked(const State *s, PaneId kind, guint32 *keys, guint max)
{
  const GPtrArray *marks = casebook_records(s->casebook, RECORD_MARK);
  guint n = 0;
  for (guint i = 0; i < marks->len; i++) {
    const Entity *e = ((const Mark *)g_ptr_array_index(marks, i))->on;
    guint32 key;
    if (e->type != pane_entity_type(kind) ||
        !dimension_find(s->ds, pane_dimension(kind), e->id, &key))
      continue;
    if (n < max)
      keys[n] = key;
    n++;
  }
  return n;
}

static gboolean by_marks(State *s, GError **error)
{
  Pane *p = state_pane(s);
  guint32 keys[2], cursor = 0;
  for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
    if (p && p->id != kinds[k])
      continue;
    guint n = marked(s, kinds[k], keys, 2);
    if (n == 1 && p && pane_cursor_key(p, &cursor)) {
      keys[1] = cursor;
      n = 2;
    }
    if (n == 2 && keys[0] != keys[1])
      return show(s, pane_dimension(kinds[k]), keys, error);
    if (n > 2) {
      g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE,
                  "%u are marked; two can be compared: `mark clear` takes all marks away", n);
      return FALSE;
    }
  }
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "mark one with m, go to the other, then | (or :compare A B)");
  return FALSE;
}

gboolean cmd_compare(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  Versus *v = &s->versus;
  const char *word = argc == 2 ? argv[1] : "";
  if (argc > 2)
    return by_names(s, argc, argv, error);
  if (s->view == VIEW_COMPARE && v->c && strcmp(word, "list") == 0) {
    versus_next_list(v);
    return TRUE;
  }
  if (s->view == VIEW_COMPARE && v->c && strcmp(word, "swap") == 0) {
    g_autofree char *a = g_strdup(v->id[0]), *b = g_strdup(v->id[1]);
    versus_set(v, v->dim, b, a);
    return TRUE;
  }
  if (argc > 1) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "compare takes two names; `list` and `swap` where two are compared");
    return FALSE;
  }
  return by_marks(s, error);
}
