/* Visits: from the name of a thing to the screen that shows it. */
#include "tui/model/visit.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tui/model/row_entity.h"

/* "user=64"; quoted where that is needed. Free with g_free. */
static char *term_text(ScopeField field, const char *value)
{
  ScopeTerm *term = scope_term_new(field, value, FALSE);
  char *text = scope_term_print(term);
  scope_term_free(term);
  return text;
}

static gboolean follow(State *s, ViewId view, ScopeField field, const char *value, GError **error)
{
  g_autofree char *scope = term_text(field, value);
  return state_follow(s, view, scope, error);
}

static gboolean visit_row(State *s, const Entity *e, GError **error)
{
  char from[CIVIL_BUF], to[CIVIL_BUF];
  gint64 found = row_find(s->ds, e, 0);
  if (found < 0) {
    g_autofree char *label = entity_label(e);
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "this log has no %s", label);
    return FALSE;
  }
  guint32 row = (guint32)found;
  CivilDay day = civil_day_of(e->time);
  g_autofree char *user = dimension_id(s->ds, DIM_USER, s->ds->log->user[row]);
  g_autofree char *term = term_text(FIELD_USER, user);
  g_autofree char *scope = g_strdup_printf("%s time=%s..%s", term, civil_format_day(day - 7, from),
                                           civil_format_day(day + 7, to));
  if (!state_follow(s, VIEW_TIMELINE, scope, error) ||
      !timeline_refresh(&s->timeline, s->ds, s->generation, s->chips, error))
    return FALSE;
  timeline_open_rows(&s->timeline, &row, 1);
  return TRUE;
}

static gboolean visit_flag(State *s, const Entity *e, GError **error)
{
  if (!s->flags || !flag_set_find(s->flags, e->id)) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s",
                s->flags ? "that flag is not found with the thresholds of now"
                         : "the flags are not computed yet");
    return FALSE;
  }
  state_goto(s, VIEW_FLAGS);
  queue_set_about(&s->queue, entity_copy(e));
  return TRUE;
}

static gboolean visit_cell(State *s, const Entity *e, GError **error)
{
  g_autofree char *scope = g_strdup_printf("%s %s", e->id, e->other);
  return state_follow(s, VIEW_USERS, scope, error);
}

static gboolean visit_note(State *s, const Entity *e, GError **error)
{
  guint64 number = 0;
  const Note *note = NULL;
  if (g_ascii_string_to_unsigned(e->id, 10, 1, G_MAXUINT32, &number, NULL))
    note = casebook_note(s->casebook, (guint)number);
  if (!note || note->on->type == ENTITY_NOTE) {
    g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "there is no note %s", e->id);
    return FALSE;
  }
  return visit_entity(s, note->on, error);
}

gboolean visit_entity(State *s, const Entity *e, GError **error)
{
  switch (e->type) {
  case ENTITY_PROGRAM:
    return follow(s, VIEW_COHORTS, FIELD_PROGRAM, e->id, error);
  case ENTITY_COHORT:
    return follow(s, VIEW_USERS, FIELD_COHORT, e->id, error);
  case ENTITY_LESSON:
    return follow(s, VIEW_USERS, FIELD_LESSON, e->id, error);
  case ENTITY_USER:
    return follow(s, VIEW_TIMELINE, FIELD_USER, e->id, error);
  case ENTITY_IP:
    return follow(s, VIEW_TIMELINE, FIELD_IP, e->id, error);
  case ENTITY_ROW:
    return visit_row(s, e, error);
  case ENTITY_FLAG:
    return visit_flag(s, e, error);
  case ENTITY_CELL:
    return visit_cell(s, e, error);
  default:
    return visit_note(s, e, error);
  }
}

/* --- names -------------------------------------------------------------------------------------
 */

static char *named(const State *s, const char *word, Dimension d, const Entity *e)
{
  guint32 key = 0;
  if (!s->ds || !dimension_find(s->ds, d, e->id, &key))
    return entity_label(e);
  g_autofree char *name = dimension_label(s->ds, d, key);
  return g_strdup_printf("%s %s", word, name);
}

static char *term_label(const State *s, const char *text)
{
  ScopeTerm *term = s->ds ? scope_term_parse(text, NULL) : NULL;
  char *label = term ? scope_term_label(term, s->ds) : g_strdup(text);
  if (term)
    scope_term_free(term);
  return label;
}

static char *flag_title(const State *s, const Entity *e)
{
  const Flag *f = s->flags && s->ds ? flag_set_find(s->flags, e->id) : NULL;
  if (!f)
    return entity_label(e);
  g_autofree char *who = flag_subject_label(f, s->ds);
  return g_strdup_printf("flag %s %.0f, %s", rule_get(f->rule)->name, f->score, who);
}

static char *note_title(const State *s, const Entity *e)
{
  guint64 number = 0;
  const Note *note = NULL;
  if (g_ascii_string_to_unsigned(e->id, 10, 1, G_MAXUINT32, &number, NULL))
    note = casebook_note(s->casebook, (guint)number);
  if (!note)
    return entity_label(e);
  g_autofree char *words = text_safe(note->text, -1);
  return g_strdup_printf("note %s: %s", e->id, words);
}

char *visit_title(const State *s, const Entity *e)
{
  if (e->type == ENTITY_PROGRAM)
    return named(s, "program", DIM_PROGRAM, e);
  if (e->type == ENTITY_COHORT)
    return named(s, "cohort", DIM_COHORT, e);
  if (e->type == ENTITY_FLAG)
    return flag_title(s, e);
  if (e->type == ENTITY_NOTE)
    return note_title(s, e);
  if (e->type != ENTITY_CELL)
    return entity_label(e);
  g_autofree char *row = term_label(s, e->id), *column = term_label(s, e->other);
  return g_strdup_printf("%s, %s", row, column);
}
