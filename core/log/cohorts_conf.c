/* programs.conf and staff.conf: what the settings say about cohorts and programs.
 *
 * Both files are understood as a whole before anything is changed. */
#include "core/log/cohorts.h"

#include "core/base/assets.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <string.h>

#define WEEKS_MAX 520

/* One line of programs.conf. Name and track point into parts that the caller keeps. */
typedef struct {
  const char *id, *name, *track;
  int weeks;
} ProgramLine;

/* "FILE:LINE: WHAT; HINT". */
static void line_error(GError **error, const SettingLine *l, const char *what, const char *shown,
                       const char *hint)
{
  char *origin = text_safe(l->origin, -1), *safe = text_escaped(shown, -1, 80);
  g_set_error(error, CORE_ERROR, CORE_ERROR_USAGE, "%s:%u: %s \"%s\"; %s", origin, l->line, what,
              safe, hint);
  g_free(origin);
  g_free(safe);
}

/* --- programs -----------------------------------------------------------------------------------
 */

/* One `track=web` or `weeks=20`. */
static gboolean parse_program_part(ProgramLine *p, char *part, const SettingLine *l, GError **error)
{
  char *equals = strchr(part, '=');
  const char *value = "";
  if (equals) {
    *equals = '\0';
    value = g_strstrip(equals + 1);
  }
  g_strchomp(part);
  if (equals && strcmp(part, "track") == 0) {
    p->track = value;
    return TRUE;
  }
  if (equals && strcmp(part, "weeks") == 0) {
    guint64 weeks;
    if (!g_ascii_string_to_unsigned(value, 10, 0, WEEKS_MAX, &weeks, NULL)) {
      line_error(error, l, "not a number of weeks:", value, "write a whole number from 0 to 520");
      return FALSE;
    }
    p->weeks = (int)weeks;
    return TRUE;
  }
  line_error(error, l, "not a setting of a program:", part,
             "write: id = name, track=TRACK, weeks=NUMBER");
  return FALSE;
}

static void parts_free(gpointer data)
{
  g_strfreev(data);
}

/* `texts` keeps the parts of the value, into which *ret points. */
static gboolean parse_program(const SettingLine *l, ProgramLine *ret, GPtrArray *texts,
                              GError **error)
{
  ProgramLine p = {.id = l->key, .track = ""};
  char **parts = g_strsplit(l->value, ",", -1);
  g_ptr_array_add(texts, parts);
  if (!*l->key || !parts[0] || !*g_strstrip(parts[0])) {
    line_error(error, l, "a program needs an id and a name, not", *l->key ? l->key : l->value,
               "write: id = name, track=TRACK, weeks=NUMBER");
    return FALSE;
  }
  p.name = parts[0];
  for (guint i = 1; parts[i]; i++)
    if (!parse_program_part(&p, g_strstrip(parts[i]), l, error))
      return FALSE;
  *ret = p;
  return TRUE;
}

static gboolean parse_programs(const GPtrArray *lines, GArray *out, GPtrArray *texts,
                               GError **error)
{
  for (guint i = 0; i < lines->len; i++) {
    const SettingLine *l = lines->pdata[i];
    ProgramLine p;
    if (!parse_program(l, &p, texts, error))
      return FALSE;
    guint k = 0; /* a later line, such as the user's own, takes the place of an earlier one */
    while (k < out->len && strcmp(g_array_index(out, ProgramLine, k).id, p.id) != 0)
      k++;
    if (k >= PROGRAM_MAX) {
      line_error(error, l, "one program too many:", p.id, "keep at most 255 of them");
      return FALSE;
    }
    if (k == out->len)
      g_array_append_val(out, p);
    else
      g_array_index(out, ProgramLine, k) = p;
  }
  return TRUE;
}

/* Index of the program with exactly that id (any case), or PROGRAM_NONE. */
static guint8 program_by_id(const CohortTable *t, const char *id)
{
  for (guint i = 1; i < t->programs->len; i++)
    if (text_same_word(g_array_index(t->programs, Program, i).id, id))
      return (guint8)i;
  return PROGRAM_NONE;
}

/* Gives all cohorts of program `from` to `to` and drops `from`. */
static void fold_program(CohortTable *t, guint8 from, guint8 to)
{
  for (guint i = 1; i < t->cohorts->len; i++) {
    guint8 *program = &g_array_index(t->cohorts, Cohort, i).program;
    if (*program == from)
      *program = to;
    *program = (guint8)(*program - (*program > from));
  }
  g_array_remove_index(t->programs, from);
}

static gboolean is_configured(const GArray *conf, const char *id)
{
  for (guint i = 0; i < conf->len; i++)
    if (text_same_word(g_array_index(conf, ProgramLine, i).id, id))
      return TRUE;
  return FALSE;
}

/* Data may name a program by its name: such an entry becomes, or joins, the one with the id. */
static void apply_program(CohortTable *t, const ProgramLine *line, const GArray *conf)
{
  guint8 index = program_by_id(t, line->id);
  guint8 named = is_configured(conf, line->name) ? PROGRAM_NONE : program_by_id(t, line->name);
  if (index == PROGRAM_NONE && named != PROGRAM_NONE) {
    Program *p = &g_array_index(t->programs, Program, named);
    g_free(p->id);
    p->id = g_strdup(line->id);
    index = named;
  } else if (index != PROGRAM_NONE && named != PROGRAM_NONE) {
    fold_program(t, named, index);
    index = (guint8)(index - (index > named));
  } else if (index == PROGRAM_NONE) {
    /* Not cohort_table_program: another program may be called what this one has for an id. */
    if (t->programs->len > PROGRAM_MAX)
      return; /* full of programs of the data; none of them is this one */
    Program p = {.id = g_strdup(line->id), .name = g_strdup(""), .track = g_strdup("")};
    g_array_append_val(t->programs, p);
    index = (guint8)(t->programs->len - 1);
  }
  Program *p = &g_array_index(t->programs, Program, index);
  g_free(p->name);
  g_free(p->track);
  p->name = g_strdup(line->name);
  p->track = g_strdup(line->track);
  p->weeks = line->weeks;
}

static void collect_tracks(CohortTable *t)
{
  g_ptr_array_set_size(t->tracks, 0);
  for (guint i = 1; i < t->programs->len; i++)
    if (*g_array_index(t->programs, Program, i).track && cohort_table_track(t, (guint8)i) < 0)
      g_ptr_array_add(t->tracks, g_strdup(g_array_index(t->programs, Program, i).track));
}

/* --- staff --------------------------------------------------------------------------------------
 */

static gboolean rule_end_is_start(const Cohort *c, const char *value)
{
  (void)value;
  return c->start != CIVIL_DAY_NONE && c->start == c->end;
}

static gboolean rule_name(const Cohort *c, const char *value)
{
  return text_same_word(c->name, value);
}

static gboolean rule_id(const Cohort *c, const char *value)
{
  return strcmp(c->id, value) == 0;
}

static const struct {
  const char *key;
  const char *only_value; /* or NULL: any but the empty one */
  gboolean (*matches)(const Cohort *c, const char *value);
} staff_rules[] = {{"end", "start", rule_end_is_start},
                   {"name", NULL, rule_name},
                   {"id", NULL, rule_id},
                   /* forgets the rules above it, which so may be the compiled-in ones */
                   {"none", "", NULL}};

/* Index into staff_rules, or -1. */
static int staff_rule_of(const SettingLine *l)
{
  for (gsize i = 0; i < G_N_ELEMENTS(staff_rules); i++)
    if (strcmp(staff_rules[i].key, l->key) == 0 &&
        (staff_rules[i].only_value ? strcmp(staff_rules[i].only_value, l->value) == 0
                                   : *l->value != '\0'))
      return (int)i;
  return -1;
}

static gboolean check_staff(const GPtrArray *lines, GError **error)
{
  for (guint i = 0; i < lines->len; i++) {
    const SettingLine *l = lines->pdata[i];
    if (staff_rule_of(l) < 0) {
      line_error(error, l, "not a rule for staff:", l->key,
                 "write end = start, name = NAME, id = ID, or none");
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean cohort_is_staff(const Cohort *c, const GPtrArray *lines)
{
  gboolean staff = FALSE;
  for (guint i = 0; i < lines->len; i++) {
    const SettingLine *l = lines->pdata[i];
    int rule = staff_rule_of(l);
    staff = staff_rules[rule].matches && (staff || staff_rules[rule].matches(c, l->value));
  }
  return staff;
}

gboolean cohort_table_configure(CohortTable *t, const GPtrArray *programs_conf,
                                const GPtrArray *staff_conf, GError **error)
{
  GArray *programs = g_array_new(FALSE, FALSE, sizeof(ProgramLine));
  GPtrArray *texts = g_ptr_array_new_with_free_func(parts_free);
  gboolean ok = (!programs_conf || parse_programs(programs_conf, programs, texts, error)) &&
                (!staff_conf || check_staff(staff_conf, error));
  if (ok) {
    for (guint i = 0; i < programs->len; i++)
      apply_program(t, &g_array_index(programs, ProgramLine, i), programs);
    collect_tracks(t);
  }
  for (guint i = 1; ok && staff_conf && i < t->cohorts->len; i++) {
    Cohort *c = &g_array_index(t->cohorts, Cohort, i);
    c->staff = cohort_is_staff(c, staff_conf);
  }
  g_array_free(programs, TRUE);
  g_ptr_array_free(texts, TRUE);
  return ok;
}
