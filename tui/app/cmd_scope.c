/* Commands that narrow down: search, filters in words, time. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/command.h"
#include "tui/app/prompt.h"

/* --- search --------------------------------------------------------------------------------------
 */

static gboolean search(App *app, gboolean back)
{
  State *s = app->state;
  Pane *p = state_pane(s);
  if (!s->search || !*s->search) {
    state_message(s, "nothing searched yet; / asks");
    return TRUE;
  }
  guint from = p->cursor;
  gint64 at = p->ranking ? pane_search(p, s->ds, s->search, from, back, FALSE) : -1;
  if (at < 0) {
    g_autofree char *safe = text_safe(s->search, -1);
    state_message(s, "no row matches \"%s\"", safe);
    return TRUE;
  }
  guint n = 0, nth = 0;
  for (guint i = 0; i < p->n_visible; i++) {
    g_autofree char *label = dimension_label(s->ds, p->dim, pane_row(p, i)->key);
    if (text_matches(label, s->search)) {
      n++;
      if (i <= (guint)at)
        nth++;
    }
  }
  gboolean wrapped = back ? (guint)at >= from : (guint)at <= from;
  state_message(s, "match %u of %u%s", nth, n, wrapped && n > 1 ? ", went round the end" : "");
  pane_move_to(p, s->ds, at);
  return TRUE;
}

gboolean cmd_search(App *app, int argc, char **argv, GError **error)
{
  (void)error;
  State *s = app->state;
  Pane *p = state_pane(s);
  if (argc > 1) {
    g_free(s->search);
    s->search = g_strdup(argv[1]);
  }
  /* a live prompt has moved the cursor to the first match already */
  if (p->n_visible && s->search && *s->search) {
    g_autofree char *label = dimension_label(s->ds, p->dim, pane_row(p, p->cursor)->key);
    if (text_matches(label, s->search))
      return TRUE;
  }
  return search(app, FALSE);
}

gboolean cmd_search_next(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  return search(app, FALSE);
}

gboolean cmd_search_previous(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  return search(app, TRUE);
}

/* --- chips --------------------------------------------------------------------------------------
 */

/* Are its names known in this log? */
static gboolean term_resolves(App *app, const ScopeTerm *term, GError **error)
{
  Scope *probe = scope_new();
  g_ptr_array_add(probe->terms, scope_term_copy(term));
  gboolean ok = scope_check(probe, app->state->ds, error);
  scope_free(probe);
  return ok;
}

/* Adds a chip after checking that its names are known. Takes the term. */
static gboolean add_chip(App *app, ScopeTerm *term, gboolean merge, GError **error)
{
  State *s = app->state;
  if (!term_resolves(app, term, error)) {
    scope_term_free(term);
    return FALSE;
  }
  state_remember(s);
  if (term->field == FIELD_TIME && !term->negated)
    chips_set_field(s->chips, FIELD_TIME, term);
  else
    chips_add(s->chips, term, merge);
  return TRUE;
}

/* The term that keeps names which hold `text`, in smart case. A pattern holds no space. */
static ScopeTerm *term_of_text(ScopeField field, const char *text)
{
  GString *pattern = g_string_new(NULL);
  g_autofree char *plain = g_regex_escape_string(text, -1);
  for (const char *c = text; *c; c++)
    if (g_ascii_isupper(*c) && !pattern->len)
      g_string_append(pattern, "(?-i)");
  g_string_append(pattern, plain);
  g_string_replace(pattern, " ", "\\s", 0);
  ScopeTerm *term = scope_term_new(field, pattern->str, FALSE);
  term->regex = TRUE;
  g_string_free(pattern, TRUE);
  return term;
}

/* The last filter that cmd_filter has put on a field; G_MAXUINT without any. */
static guint last_pattern(const Chips *c, ScopeField field)
{
  for (guint i = chips_count(c); i-- > chips_depth(c);) {
    const ScopeTerm *t = chips_get(c, i)->term;
    if (t->field == field && t->regex && !t->negated)
      return i;
  }
  return G_MAXUINT;
}

gboolean cmd_filter(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  Pane *p = state_pane(s);
  ScopeField field = scope_field_of(p->dim);
  g_clear_pointer(&p->filter, g_free); /* of the prompt, which has shown what would be left */
  if (argc > 1 && *argv[1]) {
    ScopeTerm *term = term_of_text(field, argv[1]);
    g_autofree char *label = scope_term_label(term, s->ds);
    if (!add_chip(app, term, FALSE, error))
      return FALSE;
    state_message(s, "%s; x drops it, u undoes", label);
    return TRUE;
  }
  guint last = last_pattern(s->chips, field);
  if (last == G_MAXUINT) {
    state_message(s, "no filter by name here");
    return TRUE;
  }
  state_remember(s);
  chips_remove(s->chips, last);
  return TRUE;
}

static gboolean keep_or_exclude(App *app, gboolean negated, GError **error)
{
  State *s = app->state;
  Pane *p = state_pane(s);
  guint32 key = 0;
  if (!pane_cursor_key(p, &key))
    return TRUE;
  Dimension dim = p->dim;
  /* the cell under the column cursor, when it names something of its own */
  if (p->column == COLUMN_COHORT && dim == DIM_USER) {
    key = s->ds->user_cohort[key];
    dim = DIM_COHORT;
  } else if (p->column == COLUMN_PROGRAM && dim == DIM_COHORT) {
    key = cohort_table_get(s->ds->log->cohorts, (guint16)key)->program;
    dim = DIM_PROGRAM;
  } else if (p->column == COLUMN_KIND && dim == DIM_LESSON) {
    key = s->ds->catalog->kind_of_entry[key];
    dim = DIM_KIND;
  }
  ScopeTerm *term = scope_term_for_key(s->ds, dim, key, negated);
  g_autofree char *label = scope_term_label(term, s->ds);
  if (!add_chip(app, term, negated, error))
    return FALSE;
  state_message(s, "%s; x drops it, u undoes", label);
  return TRUE;
}

gboolean cmd_keep(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  return keep_or_exclude(app, FALSE, error);
}

gboolean cmd_exclude(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  return keep_or_exclude(app, TRUE, error);
}

static gboolean chip_number(App *app, const char *text, guint *ret, GError **error)
{
  guint64 n = 0;
  if (!g_ascii_string_to_unsigned(text, 10, 1, MAX(chips_count(app->state->chips), 1), &n, NULL) ||
      n > chips_count(app->state->chips)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no filter number \"%s\"; there are %u", text,
                chips_count(app->state->chips));
    return FALSE;
  }
  *ret = (guint)n - 1;
  return TRUE;
}

/* `N up` or `N down`: the chip changes places with its neighbour. */
static gboolean move_chip(App *app, const char *words, GError **error)
{
  State *s = app->state;
  g_auto(GStrv) parts = g_strsplit(words, " ", 2);
  guint i = 0;
  if (!chip_number(app, parts[0] ? parts[0] : "", &i, error))
    return FALSE;
  gboolean up = g_strcmp0(parts[1], "up") == 0;
  if (!up && g_strcmp0(parts[1], "down") != 0) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE, "scope move takes: N up, N down");
    return FALSE;
  }
  Chips *moved = chips_copy(s->chips);
  if (!chips_move(moved, i, up ? -1 : 1)) {
    chips_free(moved);
    state_message(s, "it is the %s of %s", up ? "first" : "last",
                  i < chips_depth(s->chips) ? "the path, which comes before typed filters"
                                            : "the typed filters");
    return TRUE;
  }
  state_remember(s);
  chips_free(s->chips);
  s->chips = moved;
  return TRUE;
}

/* The term in place of the typed ones of its field that list values: what ticking values means. A
 * term without values (`cohort=`) drops them. */
static gboolean choose_values(App *app, const char *text, GError **error)
{
  State *s = app->state;
  gboolean none = g_str_has_suffix(text, "=");
  g_autofree char *probe = none ? g_strconcat(text, "none", NULL) : g_strdup(text);
  ScopeTerm *term = scope_term_parse(probe, error);
  if (!term || (!none && !term_resolves(app, term, error))) {
    if (term)
      scope_term_free(term);
    return FALSE;
  }
  state_remember(s);
  for (guint i = chips_count(s->chips); i-- > chips_depth(s->chips);) {
    const ScopeTerm *old = chips_get(s->chips, i)->term;
    if (old->field == term->field && !old->regex)
      chips_remove(s->chips, i);
  }
  if (none)
    scope_term_free(term);
  else
    chips_add(s->chips, term, FALSE);
  return TRUE;
}

/* The term as a further step of the path, as if one had drilled into it. */
static gboolean extend_path(App *app, const char *text, GError **error)
{
  State *s = app->state;
  ScopeTerm *term = scope_term_parse(text, error);
  if (!term || !term_resolves(app, term, error)) {
    if (term)
      scope_term_free(term);
    return FALSE;
  }
  for (int p = 0; p < N_PANES; p++)
    if (scope_field_of(pane_dimension((PaneId)p)) == term->field) {
      state_remember(s);
      chips_drill(s->chips, (PaneId)p, term);
      return TRUE;
    }
  scope_term_free(term);
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "a path is made of program=, cohort=, lesson=, user= and ip=");
  return FALSE;
}

static gboolean add_typed(App *app, const char *text, GError **error)
{
  ScopeTerm *term = scope_term_parse(text, error);
  return term && add_chip(app, term, FALSE, error);
}

static gboolean set_typed(App *app, const char *text, GError **error)
{
  State *s = app->state;
  Scope *scope = scope_parse(text, error);
  if (!scope || !scope_check(scope, s->ds, error)) {
    scope_free(scope);
    return FALSE;
  }
  state_remember(s);
  chips_clear(s->chips);
  for (guint t = 0; t < scope->terms->len; t++)
    chips_add(s->chips, scope_term_copy(g_ptr_array_index(scope->terms, t)), FALSE);
  scope_free(scope);
  return TRUE;
}

static gboolean switch_chip(App *app, const char *number, GError **error)
{
  guint i = 0;
  if (!chip_number(app, number, &i, error))
    return FALSE;
  state_remember(app->state);
  ScopeTerm *term = chips_get(app->state->chips, i)->term;
  term->off = !term->off;
  return TRUE;
}

static gboolean negate_chip(App *app, const char *number, GError **error)
{
  guint i = 0;
  if (!chip_number(app, number, &i, error))
    return FALSE;
  state_remember(app->state);
  ScopeTerm *term = chips_get(app->state->chips, i)->term;
  term->negated = !term->negated;
  return TRUE;
}

static gboolean drop_chip(App *app, const char *number, GError **error)
{
  guint i = 0;
  if (!chip_number(app, number, &i, error))
    return FALSE;
  state_remember(app->state);
  chips_remove(app->state->chips, i);
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*run)(App *app, const char *words, GError **error);
} verbs[] = {
    {"add", add_typed},  {"set", set_typed},  {"off", switch_chip},      {"negate", negate_chip},
    {"drop", drop_chip}, {"move", move_chip}, {"choose", choose_values}, {"path", extend_path},
};

gboolean cmd_scope(App *app, int argc, char **argv, GError **error)
{
  g_auto(GStrv) words = g_strsplit(argc > 1 ? argv[1] : "", " ", 2);
  for (guint i = 0; words[0] && i < G_N_ELEMENTS(verbs); i++)
    /* `set` alone drops them all */
    if (strcmp(words[0], verbs[i].name) == 0 && (words[1] || verbs[i].run == set_typed))
      return verbs[i].run(app, words[1] ? words[1] : "", error);
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "scope takes: add TERM, set TERMS, off N, negate N, drop N, move N up|down, "
                      "choose TERM, path TERM");
  return FALSE;
}

gboolean cmd_drop(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  state_remember(s);
  chips_drop_last(s->chips);
  return TRUE;
}

gboolean cmd_drop_all(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  State *s = app->state;
  state_remember(s);
  chips_clear(s->chips);
  state_message(s, "all filters dropped; u brings them back");
  return TRUE;
}

gboolean cmd_undo(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  if (!state_undo(app->state))
    state_message(app->state, "nothing to undo");
  return TRUE;
}

gboolean cmd_redo(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  if (!state_redo(app->state))
    state_message(app->state, "nothing to redo");
  return TRUE;
}

/* --- time ---------------------------------------------------------------------------------------
 */

gboolean cmd_time(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  if (argc < 2 || !*argv[1]) {
    state_remember(s);
    chips_set_field(s->chips, FIELD_TIME, NULL);
    state_message(s, "all of the log's time");
    return TRUE;
  }
  g_autofree char *text =
      strchr(argv[1], '=') ? g_strdup(argv[1]) : g_strconcat("time=", argv[1], NULL);
  return add_typed(app, text, error);
}

/* The days now in view: those of the rows that the time filter keeps. */
static gboolean window(State *s, CivilDay *from, CivilDay *to)
{
  static const ScopeField time_field[] = {FIELD_TIME};
  Scope *scope = chips_scope_fields(s->chips, time_field, 1, TRUE);
  Selection *sel = scope_select(scope, s->ds, NULL);
  scope_free(scope);
  gboolean any = sel && sel->n > 0;
  if (any) {
    *from = civil_day_of(s->ds->log->time[selection_row(sel, 0)]);
    *to = civil_day_of(s->ds->log->time[selection_row(sel, sel->n - 1)]);
  }
  selection_free(sel);
  return any;
}

static gboolean set_window(App *app, CivilDay from, CivilDay to, GError **error)
{
  State *s = app->state;
  CivilDay first = s->ds->log->first_day, last = first + (CivilDay)s->ds->log->n_days - 1;
  from = CLAMP(from, first, last);
  to = CLAMP(to, from, last);
  if (from == first && to == last) {
    state_remember(s);
    chips_set_field(s->chips, FIELD_TIME, NULL);
    return TRUE;
  }
  char a[CIVIL_BUF], b[CIVIL_BUF];
  g_autofree char *text =
      g_strdup_printf("time=%s..%s", civil_format_day(from, a), civil_format_day(to, b));
  return add_typed(app, text, error);
}

gboolean cmd_zoom(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  CivilDay from, to;
  if (!window(s, &from, &to))
    return TRUE;
  CivilDay middle = from + (to - from) / 2, days = to - from + 1;
  guint32 row = 0;
  if (s->view == VIEW_TIMELINE && timeline_cursor_row(&s->timeline, &row))
    middle = civil_day_of(s->ds->log->time[row]);
  gboolean in = argc < 2 || strcmp(argv[1], "in") == 0;
  CivilDay span = in ? MAX(days / 2, 1) : MIN(days * 2, (CivilDay)s->ds->log->n_days);
  if (in && days == 1) {
    state_message(s, "one day is the narrowest; Z widens");
    return TRUE;
  }
  return set_window(app, middle - span / 2, middle - span / 2 + span - 1, error);
}

gboolean cmd_pan(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  CivilDay from, to;
  if (!window(s, &from, &to))
    return TRUE;
  CivilDay days = to - from + 1, step = MAX(days / 2, 1);
  CivilDay first = s->ds->log->first_day, last = first + (CivilDay)s->ds->log->n_days - 1;
  if (argc > 1 && strcmp(argv[1], "earlier") == 0)
    step = -MIN(step, from - first);
  else
    step = MIN(step, last - to);
  if (step == 0) {
    state_message(s, "that is where the log ends");
    return TRUE;
  }
  return set_window(app, from + step, to + step, error);
}
