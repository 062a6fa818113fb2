/* Commands about cases: what belongs together, and its report. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/model/visit.h"

static const Case *current_case(App *app, GError **error)
{
  const Case *c = casebook_current_case(app->state->casebook);
  if (!c)
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "no case is open; `case new TITLE` begins one, `case` lists them");
  return c;
}

/* --- lists -------------------------------------------------------------------------------------
 */

static void list_cases(App *app)
{
  const Casebook *b = app->state->casebook;
  const GPtrArray *cases = casebook_records(b, RECORD_CASE);
  const Case *current = casebook_current_case(b);
  Menu *m = menu_new(MENU_CHOICE, "Cases");
  menu_add(m, "n", "begin a new one", NULL, "ask case new");
  for (guint i = cases->len; i-- > 0;) {
    const Case *c = g_ptr_array_index(cases, i);
    g_autofree char *title = text_safe(c->title, -1);
    g_autofree char *label = g_strdup_printf("case %u: %s", c->number, title);
    g_autofree char *right =
        g_strdup_printf("%u item%s%s", c->members->len, c->members->len == 1 ? "" : "s",
                        c == current ? ", open here"
                        : c->closed  ? ", closed"
                                     : "");
    g_autofree char *command = g_strdup_printf("case %u", c->number);
    menu_add(m, NULL, label, right, command);
  }
  if (current)
    menu_add(m, "0", "work without a case", NULL, "case none");
  state_show_menu(app->state, m);
}

static void show_case(App *app, const Case *c)
{
  const State *s = app->state;
  g_autofree char *words = text_safe(c->title, -1);
  g_autofree char *title =
      g_strdup_printf("Case %u%s: %s", c->number, c->closed ? ", closed" : "", words);
  Menu *m = menu_new(MENU_CHOICE, title);
  menu_add(m, "e", "write its report (.md or .html)", NULL, "ask case export");
  menu_add(m, "r", "another title", NULL, "ask case rename");
  menu_add(m, "x", c->closed ? "open it again" : "close it", NULL,
           c->closed ? "case reopen" : "case close");
  menu_add(m, "l", "all cases", NULL, "case");
  menu_add(m, NULL,
           c->members->len ? "What it holds"
                           : "It holds nothing yet: c adds what is under "
                             "the cursor",
           NULL, NULL);
  for (guint i = 0; i < c->members->len; i++) {
    const CaseMember *member = g_ptr_array_index(c->members, i);
    char day[CIVIL_BUF];
    g_autofree char *label = visit_title(s, member->on);
    g_autofree char *author = text_safe(member->by.author, -1);
    g_autofree char *right =
        g_strdup_printf("%.10s %s", civil_format(member->by.time, ' ', day), author);
    g_autofree char *command = g_strdup_printf("case item %u", i + 1);
    menu_add(m, NULL, label, right, command);
  }
  state_show_menu(app->state, m);
}

/* --- members -----------------------------------------------------------------------------------
 */

static const CaseMember *find_member(App *app, const char *number, GError **error)
{
  const Case *c = current_case(app, error);
  guint64 n = 0;
  if (!c)
    return NULL;
  if (!number || !g_ascii_string_to_unsigned(number, 10, 1, MAX(c->members->len, 1), &n, NULL) ||
      n > c->members->len) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "the case has %u item%s", c->members->len,
                c->members->len == 1 ? "" : "s");
    return NULL;
  }
  return g_ptr_array_index(c->members, n - 1);
}

static gboolean item_menu(App *app, const char *number, GError **error)
{
  const CaseMember *member = find_member(app, number, error);
  if (!member)
    return FALSE;
  g_autofree char *label = visit_title(app->state, member->on);
  g_autofree char *go = g_strdup_printf("case go %s", number);
  g_autofree char *drop = g_strdup_printf("case remove %s", number);
  Menu *m = menu_new(MENU_CHOICE, label);
  menu_add(m, "g", "go there", NULL, go);
  menu_add(m, "d", "take it out of the case", NULL, drop);
  state_show_menu(app->state, m);
  return TRUE;
}

static gboolean go_to_item(App *app, const char *number, GError **error)
{
  const CaseMember *member = find_member(app, number, error);
  if (!member)
    return FALSE;
  Entity *on = entity_copy(member->on);
  gboolean ok = visit_entity(app->state, on, error);
  entity_free(on);
  return ok;
}

static gboolean remove_item(App *app, const char *number, GError **error)
{
  const CaseMember *member = find_member(app, number, error);
  if (!member)
    return FALSE;
  Entity *on = entity_copy(member->on);
  g_autofree char *label = visit_title(app->state, on);
  guint n = current_case(app, NULL)->number;
  gboolean ok = casebook_remove_from_case(app->state->casebook, n, on, error);
  entity_free(on);
  if (ok)
    cases_changed(app, "%s is out of case %u", label, n);
  return ok;
}

/* What `c` adds: what is under the cursor, or `note N`. */
static Entity *new_member(App *app, const char *words, GError **error)
{
  if (g_str_has_prefix(words, "note "))
    return entity_new(ENTITY_NOTE, words + 5);
  return cases_entity(app, error);
}

static gboolean add_to_case(App *app, guint number, const Entity *on, GError **error)
{
  State *s = app->state;
  const Case *c = casebook_case(s->casebook, number);
  g_autofree char *label = visit_title(s, on);
  if (c && case_find(c, on) >= 0) {
    state_message(s, "%s is in case %u already", label, number);
    return TRUE;
  }
  if (!casebook_add_to_case(s->casebook, number, on, cases_stamp(app), error))
    return FALSE;
  cases_changed(app, "%s is in case %u (:case)", label, number);
  return TRUE;
}

/* All marks; copied first: each change may bring in those of another program. */
static gboolean add_marks(App *app, guint number, GError **error)
{
  const GPtrArray *marks = casebook_records(app->state->casebook, RECORD_MARK);
  GPtrArray *on = g_ptr_array_new();
  for (guint i = 0; i < marks->len; i++)
    g_ptr_array_add(on, entity_copy(((const Mark *)g_ptr_array_index(marks, i))->on));
  gboolean ok = TRUE;
  for (guint i = 0; i < on->len; i++) {
    ok = ok && add_to_case(app, number, g_ptr_array_index(on, i), error);
    entity_free(g_ptr_array_index(on, i));
  }
  if (ok)
    state_message(app->state, "%u marked things are in case %u", on->len, number);
  g_ptr_array_unref(on);
  return ok;
}

static gboolean case_add(App *app, const char *words, GError **error)
{
  const Case *c = casebook_current_case(app->state->casebook);
  if (!c && !*words) /* the first thing to keep begins a case */
    return app_run(app, "ask case start");
  c = current_case(app, error);
  if (!c)
    return FALSE;
  if (strcmp(words, "marks") == 0)
    return add_marks(app, c->number, error);
  Entity *on = new_member(app, words, error);
  if (!on)
    return FALSE;
  gboolean ok = add_to_case(app, c->number, on, error);
  entity_free(on);
  return ok;
}

/* --- the case itself ---------------------------------------------------------------------------
 */

static guint begin_case(App *app, const char *title, GError **error)
{
  guint n = casebook_new_case(app->state->casebook, title, cases_stamp(app), error);
  if (n)
    cases_changed(app, "case %u is open; c adds to it", n);
  return n;
}

static gboolean new_case(App *app, const char *title, GError **error)
{
  return begin_case(app, title, error) > 0;
}

/* A new case with what is under the cursor. */
static gboolean start_case(App *app, const char *title, GError **error)
{
  Entity *on = cases_entity(app, error);
  guint n = on ? begin_case(app, title, error) : 0;
  gboolean ok = n && add_to_case(app, n, on, error);
  entity_free(on);
  return ok;
}

static gboolean choose_case(App *app, const char *number, GError **error)
{
  State *s = app->state;
  guint64 n = 0;
  const Case *current = casebook_current_case(s->casebook);
  if (!g_ascii_string_to_unsigned(number, 10, 1, G_MAXUINT32, &n, NULL)) {
    g_autofree char *safe = text_safe(number, -1);
    g_set_error(
        error, CORE_ERROR, CORE_ERROR_USAGE,
        "no `case %s`; there are N, new TITLE, add, close, reopen, rename TITLE, export FILE, none",
        safe);
    return FALSE;
  }
  if (!current || current->number != n) {
    if (!casebook_choose_case(s->casebook, (guint)n, error))
      return FALSE;
    cases_changed(app, "case %u is open; c adds to it", (guint)n);
  }
  show_case(app, casebook_case(s->casebook, (guint)n));
  return TRUE;
}

static gboolean set_closed(App *app, gboolean closed, GError **error)
{
  const Case *c = current_case(app, error);
  if (!c)
    return FALSE;
  guint n = c->number;
  if (!casebook_close_case(app->state->casebook, n, closed, error))
    return FALSE;
  cases_changed(app, "case %u is %s", n, closed ? "closed" : "open again");
  return TRUE;
}

static gboolean close_case(App *app, const char *words, GError **error)
{
  (void)words;
  return set_closed(app, TRUE, error);
}

static gboolean reopen_case(App *app, const char *words, GError **error)
{
  (void)words;
  return set_closed(app, FALSE, error);
}

static gboolean rename_case(App *app, const char *title, GError **error)
{
  const Case *c = current_case(app, error);
  if (!c)
    return FALSE;
  guint n = c->number;
  if (!casebook_rename_case(app->state->casebook, n, title, error))
    return FALSE;
  cases_changed(app, "case %u has another title", n);
  return TRUE;
}

static gboolean no_case(App *app, const char *words, GError **error)
{
  (void)words;
  if (!casebook_current_case(app->state->casebook))
    return TRUE;
  if (!casebook_choose_case(app->state->casebook, 0, error))
    return FALSE;
  cases_changed(app, "no case is open");
  return TRUE;
}

char *case_title_proposal(App *app, const char *words)
{
  const Case *c = casebook_current_case(app->state->casebook);
  (void)words;
  return c ? g_strdup(c->title) : NULL;
}

static const struct {
  const char *name;
  gboolean (*run)(App *app, const char *words, GError **error);
} verbs[] = {
    {"new", new_case},     {"start", start_case},   {"add", case_add},
    {"item", item_menu},   {"go", go_to_item},      {"remove", remove_item},
    {"close", close_case}, {"reopen", reopen_case}, {"rename", rename_case},
    {"none", no_case},     {"export", case_export},
};

gboolean cmd_case(App *app, int argc, char **argv, GError **error)
{
  g_auto(GStrv) words = g_strsplit(argc > 1 ? argv[1] : "", " ", 2);
  const char *verb = words[0] ? words[0] : "", *rest = words[0] && words[1] ? words[1] : "";
  if (!*verb) {
    list_cases(app);
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
    if (strcmp(verbs[i].name, verb) == 0)
      return verbs[i].run(app, rest, error);
  return choose_case(app, verb, error);
}
