/* Commands that write down: notes, marks, the watchlist. */
#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/app/cases.h"
#include "tui/app/command.h"
#include "tui/model/evidence.h"
#include "tui/model/notemenu.h"
#include "tui/model/visit.h"
#include "tui/views/view.h"

/* --- notes -------------------------------------------------------------------------------------
 */

gboolean cmd_note(App *app, int argc, char **argv, GError **error)
{
  Entity *e = cases_entity(app, error);
  if (!e)
    return FALSE;
  guint n =
      casebook_add_note(app->state->casebook, e, argc > 1 ? argv[1] : "", cases_stamp(app), error);
  g_autofree char *label = visit_title(app->state, e);
  entity_free(e);
  if (n)
    cases_changed(app, "note %u on %s", n, label);
  return n > 0;
}

char *note_label(App *app, const char *words, GError **error)
{
  (void)words;
  Entity *e = cases_entity(app, error);
  if (!e)
    return NULL;
  g_autofree char *label = visit_title(app->state, e);
  entity_free(e);
  return g_strdup_printf("note on %s: ", label);
}

/* The note of that number, or NULL with an error. */
static const Note *find_note(App *app, const char *number, GError **error)
{
  guint64 n = 0;
  const Note *note = NULL;
  if (number && g_ascii_string_to_unsigned(number, 10, 1, G_MAXUINT32, &n, NULL))
    note = casebook_note(app->state->casebook, (guint)n);
  if (!note) {
    g_autofree char *safe = text_safe(number ? number : "", -1);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "no note \"%s\"; `notes` lists them", safe);
  }
  return note;
}

char *note_proposal(App *app, const char *words)
{
  const Note *note = find_note(app, words, NULL);
  return note ? g_strdup(note->text) : NULL;
}

gboolean cmd_note_edit(App *app, int argc, char **argv, GError **error)
{
  g_auto(GStrv) words = g_strsplit(argc > 1 ? argv[1] : "", " ", 2);
  const Note *note = find_note(app, words[0], error);
  if (!note)
    return FALSE;
  guint n = note->number;
  const char *text = words[0] && words[1] ? words[1] : "";
  if (!casebook_edit_note(app->state->casebook, n, text, cases_stamp(app), error))
    return FALSE;
  cases_changed(app, *text ? "note %u is changed" : "note %u is deleted; u brings it back", n);
  return TRUE;
}

gboolean cmd_note_go(App *app, int argc, char **argv, GError **error)
{
  const Note *note = find_note(app, argc > 1 ? argv[1] : NULL, error);
  if (!note)
    return FALSE;
  Entity *on = entity_copy(note->on);
  gboolean ok = visit_entity(app->state, on, error);
  entity_free(on);
  return ok;
}

gboolean cmd_notes(App *app, int argc, char **argv, GError **error)
{
  const GPtrArray *notes = casebook_records(app->state->casebook, RECORD_NOTE);
  if (argc > 1) {
    const Note *note = find_note(app, argv[1], error);
    if (note) {
      g_autofree char *on = visit_title(app->state, note->on);
      state_show_menu(app->state, note_menu_new(note, on));
    }
    return note != NULL;
  }
  Menu *m = menu_new(MENU_CHOICE, "Notes");
  for (guint i = notes->len; i-- > 0;) {
    const Note *n = g_ptr_array_index(notes, i);
    char day[CIVIL_BUF];
    g_autofree char *number = g_strdup_printf("%u", n->number);
    g_autofree char *on = visit_title(app->state, n->on);
    g_autofree char *words = text_safe(n->text, -1), *author = text_safe(n->by.author, -1);
    g_autofree char *label = g_strdup_printf("%s: %s", on, words);
    g_autofree char *right =
        g_strdup_printf("%.10s %s", civil_format(n->by.time, ' ', day), author);
    g_autofree char *command = g_strdup_printf("notes %u", n->number);
    menu_add(m, number, label, right, command);
  }
  if (notes->len == 0)
    menu_add(m, NULL, "there are none; a writes one on what is under the cursor", NULL, NULL);
  m->typing = TRUE;
  state_show_menu(app->state, m);
  return TRUE;
}

/* --- marks -------------------------------------------------------------------------------------
 */

static gboolean set_marks(App *app, const GPtrArray *on, gboolean mark, GError **error)
{
  State *s = app->state;
  guint64 before = casebook_version(s->casebook);
  if (!casebook_set_marks(s->casebook, on, mark, error))
    return FALSE;
  if (casebook_version(s->casebook) != before) {
    guint n = casebook_records(s->casebook, RECORD_MARK)->len;
    cases_changed(app, "%u mark%s", n, n == 1 ? "" : "s");
  }
  return TRUE;
}

static void entity_unref(gpointer e)
{
  entity_free(e);
}

static GPtrArray *entities(void)
{
  return g_ptr_array_new_with_free_func(entity_unref);
}

static gboolean clear_marks(App *app, GError **error)
{
  g_autoptr(GPtrArray) on = entities();
  const GPtrArray *marks = casebook_records(app->state->casebook, RECORD_MARK);
  for (guint i = 0; i < marks->len; i++)
    g_ptr_array_add(on, entity_copy(((const Mark *)g_ptr_array_index(marks, i))->on));
  return set_marks(app, on, FALSE, error);
}

gboolean cmd_mark(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  if (argc > 1 && strcmp(argv[1], "clear") == 0)
    return clear_marks(app, error);
  Entity *e = cases_entity(app, error);
  if (!e)
    return FALSE;
  g_autoptr(GPtrArray) on = entities();
  g_ptr_array_add(on, e);
  if (!set_marks(app, on, !casebook_is_marked(s->casebook, e), error))
    return FALSE;
  g_free(s->last_mark);
  s->last_mark = entity_key(e);
  const View *view = view_get(s->view);
  if (argc > 1 && strcmp(argv[1], "down") == 0 && view->move)
    view->move(s, MOVE_DOWN, 1);
  return TRUE;
}

/* From the last mark to the cursor, in the list as it is shown. */
gboolean cmd_mark_range(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  State *s = app->state;
  const View *view = view_get(s->view);
  guint n = 0, here = view->place ? view->place(s, &n) : 0;
  gint64 there = -1;
  for (guint i = 0; view->entity && s->last_mark && i < n && there < 0; i++) {
    Entity *e = view->entity(s, i);
    g_autofree char *key = e ? entity_key(e) : NULL;
    if (e && strcmp(key, s->last_mark) == 0)
      there = i;
    entity_free(e);
  }
  if (there < 0) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "mark the other end first, with m, in this list");
    return FALSE;
  }
  g_autoptr(GPtrArray) on = entities();
  for (guint i = MIN(here, (guint)there); i <= MAX(here, (guint)there) && i < n; i++) {
    Entity *e = view->entity(s, i);
    if (e && (e->type == ENTITY_ROW || s->view != VIEW_TIMELINE))
      g_ptr_array_add(on, e);
    else
      entity_free(e);
  }
  return set_marks(app, on, TRUE, error);
}

/* The next place of the list that is marked, round its end. */
static gboolean step_mark(App *app, int step, GError **error)
{
  State *s = app->state;
  const View *view = view_get(s->view);
  guint n = 0, here = view->place ? view->place(s, &n) : 0;
  gboolean row = FALSE;
  if (s->view == VIEW_TIMELINE && timeline_step_mark(&s->timeline, step))
    return TRUE;
  for (guint i = 1; view->entity && i <= n && casebook_records(s->casebook, RECORD_MARK)->len;
       i++) {
    guint to = (guint)((here + (gint64)step * i + 2 * (gint64)n) % n);
    Entity *e = view->entity(s, to);
    row = e && casebook_is_marked(s->casebook, e);
    entity_free(e);
    if (row) {
      view->move(s, MOVE_TO, to);
      return TRUE;
    }
  }
  g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                      "nothing is marked here; m marks, `marks` lists all");
  return FALSE;
}

gboolean cmd_next_mark(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  return step_mark(app, 1, error);
}

gboolean cmd_previous_mark(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  return step_mark(app, -1, error);
}

/* A list of entities to go to; `visit SECTION N` goes to the Nth of them. */
static void entity_menu(App *app, const char *title, const char *section, const GPtrArray *on,
                        const char *none)
{
  Menu *m = menu_new(MENU_CHOICE, title);
  for (guint i = 0; i < on->len; i++) {
    g_autofree char *label = visit_title(app->state, g_ptr_array_index(on, i));
    g_autofree char *command = g_strdup_printf("visit %s %u", section, i + 1);
    menu_add(m, NULL, label, NULL, command);
  }
  if (on->len == 0)
    menu_add(m, NULL, none, NULL, NULL);
  m->typing = TRUE;
  state_show_menu(app->state, m);
}

static GPtrArray *section_entities(const State *s, RecordType t)
{
  const GPtrArray *records = casebook_records(s->casebook, t);
  GPtrArray *on = g_ptr_array_new();
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add(on, t == RECORD_MARK ? ((Mark *)g_ptr_array_index(records, i))->on
                                         : ((Watch *)g_ptr_array_index(records, i))->on);
  return on;
}

gboolean cmd_marks(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  g_autoptr(GPtrArray) on = section_entities(app->state, RECORD_MARK);
  entity_menu(app, "Marks", "marks", on, "there are none; m marks what is under the cursor");
  return TRUE;
}

gboolean cmd_watchlist(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv, (void)error;
  g_autoptr(GPtrArray) on = section_entities(app->state, RECORD_WATCH);
  entity_menu(app, "Watchlist", "watchlist", on,
              "nobody is watched; w watches the user or address under the cursor");
  return TRUE;
}

gboolean cmd_visit(App *app, int argc, char **argv, GError **error)
{
  State *s = app->state;
  gboolean marks = argc > 1 && strcmp(argv[1], "marks") == 0;
  g_autoptr(GPtrArray) on = section_entities(s, marks ? RECORD_MARK : RECORD_WATCH);
  guint64 n = 0;
  if (argc < 3 || (!marks && strcmp(argv[1], "watchlist") != 0) ||
      !g_ascii_string_to_unsigned(argv[2], 10, 1, MAX(on->len, 1), &n, NULL) || n > on->len) {
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "visit takes marks or watchlist, and a number in it");
    return FALSE;
  }
  Entity *e = entity_copy(g_ptr_array_index(on, n - 1));
  gboolean ok = visit_entity(s, e, error);
  entity_free(e);
  return ok;
}

/* --- watchlist ---------------------------------------------------------------------------------
 */

/* The user or address that `w` is about. */
static Entity *watched_entity(App *app, GError **error)
{
  State *s = app->state;
  Entity *e = NULL;
  if (s->view == VIEW_FLAGS) {
    const Judgement *j = cases_flag(app, error);
    e = j ? evidence_subject(j->flag, s->ds) : NULL;
  } else {
    e = cases_entity(app, error);
  }
  if (e && e->type == ENTITY_ROW) {
    Entity *user = entity_new(ENTITY_USER, e->id);
    entity_free(e);
    e = user;
  }
  if (e && e->type != ENTITY_USER && e->type != ENTITY_IP) {
    entity_free(e);
    e = NULL;
    g_set_error_literal(error, CORE_ERROR, CORE_ERROR_USAGE,
                        "only users and addresses can be watched");
  }
  return e;
}

gboolean cmd_watch(App *app, int argc, char **argv, GError **error)
{
  (void)argc, (void)argv;
  State *s = app->state;
  Entity *e = watched_entity(app, error);
  if (!e)
    return FALSE;
  gboolean on = !casebook_is_watched(s->casebook, e);
  g_autofree char *label = entity_label(e);
  gboolean ok = casebook_set_watch(s->casebook, e, on, cases_stamp(app), error);
  entity_free(e);
  if (ok)
    cases_changed(app, "%s is %s", label, on ? "watched" : "no longer watched");
  return ok;
}
