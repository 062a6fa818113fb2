/* Cohorts and programs: the tables, joining two of them, and the phase of a hit. */
#include "core/log/cohorts.h"

#include "core/base/text.h"

#include <string.h>

static void cohort_clear(gpointer data)
{
  Cohort *c = data;
  g_free(c->id);
  g_free(c->name);
  g_free(c->slack);
}

static void program_clear(gpointer data)
{
  Program *p = data;
  g_free(p->id);
  g_free(p->name);
  g_free(p->track);
}

static CohortTable *table_alloc(guint n_cohorts, guint n_programs)
{
  CohortTable *t = g_new0(CohortTable, 1);
  t->cohorts = g_array_sized_new(FALSE, TRUE, sizeof(Cohort), n_cohorts);
  t->programs = g_array_sized_new(FALSE, TRUE, sizeof(Program), n_programs);
  g_array_set_clear_func(t->cohorts, cohort_clear);
  g_array_set_clear_func(t->programs, program_clear);
  t->tracks = g_ptr_array_new_with_free_func(g_free);
  t->by_id = g_hash_table_new(g_str_hash, g_str_equal); /* keys are the ids of `cohorts` */
  return t;
}

CohortTable *cohort_table_new(void)
{
  CohortTable *t = table_alloc(64, 8);
  Cohort none = {.start = CIVIL_DAY_NONE, .end = CIVIL_DAY_NONE, .created = CIVIL_NONE};
  Program no_program = {.track = g_strdup("")};
  g_array_append_val(t->cohorts, none);
  g_array_append_val(t->programs, no_program);
  return t;
}

void cohort_table_free(CohortTable *t)
{
  if (!t)
    return;
  g_hash_table_destroy(t->by_id);
  g_array_free(t->cohorts, TRUE);
  g_array_free(t->programs, TRUE);
  g_ptr_array_free(t->tracks, TRUE);
  g_free(t);
}

CohortTable *cohort_table_copy(const CohortTable *t)
{
  CohortTable *copy = table_alloc(t->cohorts->len, t->programs->len);
  for (guint i = 0; i < t->cohorts->len; i++) {
    Cohort c = g_array_index(t->cohorts, Cohort, i);
    c.id = g_strdup(c.id);
    c.name = g_strdup(c.name);
    c.slack = g_strdup(c.slack);
    g_array_append_val(copy->cohorts, c);
    if (c.id)
      g_hash_table_insert(copy->by_id, c.id, GUINT_TO_POINTER(i));
  }
  for (guint i = 0; i < t->programs->len; i++) {
    Program p = g_array_index(t->programs, Program, i);
    p.id = g_strdup(p.id);
    p.name = g_strdup(p.name);
    p.track = g_strdup(p.track);
    g_array_append_val(copy->programs, p);
  }
  for (guint i = 0; i < t->tracks->len; i++)
    g_ptr_array_add(copy->tracks, g_strdup(t->tracks->pdata[i]));
  return copy;
}

gsize cohort_table_bytes(const CohortTable *t)
{
  gsize bytes = sizeof *t + t->cohorts->len * sizeof(Cohort) + t->programs->len * sizeof(Program);
  for (guint i = 1; i < t->cohorts->len; i++) {
    const Cohort *c = cohort_table_get(t, (guint16)i);
    bytes += strlen(c->id) + strlen(c->name) + 2 + (c->slack ? strlen(c->slack) + 1 : 0) +
             3 * sizeof(gpointer); /* an entry of the hash table */
  }
  return bytes;
}

guint16 cohort_table_find(const CohortTable *t, const char *id)
{
  return (guint16)GPOINTER_TO_UINT(g_hash_table_lookup(t->by_id, id));
}

guint16 cohort_table_intern(CohortTable *t, const char *id)
{
  if (!id || !*id)
    return COHORT_NONE;
  guint16 known = cohort_table_find(t, id);
  if (known != COHORT_NONE || t->cohorts->len > COHORT_MAX)
    return known;
  Cohort c = {.id = g_strdup(id),
              .name = g_strconcat("cohort ", id, NULL),
              .start = CIVIL_DAY_NONE,
              .end = CIVIL_DAY_NONE,
              .created = CIVIL_NONE};
  guint16 index = (guint16)t->cohorts->len;
  g_array_append_val(t->cohorts, c);
  g_hash_table_insert(t->by_id, c.id, GUINT_TO_POINTER(index));
  return index;
}

/* An id is looked for before a name: "2" is program 2, even if another one is called so. */
static guint8 find_program(const CohortTable *t, const char *id_or_name)
{
  for (guint i = 1; i < t->programs->len; i++)
    if (text_same_word(cohort_table_get_program(t, (guint8)i)->id, id_or_name))
      return (guint8)i;
  for (guint i = 1; i < t->programs->len; i++)
    if (text_same_word(cohort_table_get_program(t, (guint8)i)->name, id_or_name))
      return (guint8)i;
  return PROGRAM_NONE;
}

guint8 cohort_table_program(CohortTable *t, const char *id_or_name)
{
  if (!id_or_name || !*id_or_name)
    return PROGRAM_NONE;
  guint8 known = find_program(t, id_or_name);
  if (known != PROGRAM_NONE || t->programs->len > PROGRAM_MAX)
    return known;
  Program p = {.id = g_strdup(id_or_name), .name = g_strdup(id_or_name), .track = g_strdup("")};
  g_array_append_val(t->programs, p);
  return (guint8)(t->programs->len - 1);
}

const Cohort *cohort_table_get(const CohortTable *t, guint16 index)
{
  g_return_val_if_fail(index < t->cohorts->len, NULL);
  return &g_array_index(t->cohorts, Cohort, index);
}

const Program *cohort_table_get_program(const CohortTable *t, guint8 index)
{
  g_return_val_if_fail(index < t->programs->len, NULL);
  return &g_array_index(t->programs, Program, index);
}

int cohort_table_track(const CohortTable *t, guint8 program)
{
  const char *track = cohort_table_get_program(t, program)->track;
  for (guint i = 0; i < t->tracks->len; i++)
    if (strcmp(t->tracks->pdata[i], track) == 0)
      return (int)i;
  return -1;
}

/* --- joining ------------------------------------------------------------------------------------
 */

static gboolean merge_fits(const CohortTable *t, const CohortTable *src)
{
  guint cohorts = t->cohorts->len, programs = t->programs->len;
  for (guint i = 1; i < src->cohorts->len; i++)
    cohorts += cohort_table_find(t, cohort_table_get(src, (guint16)i)->id) == COHORT_NONE;
  for (guint i = 1; i < src->programs->len; i++)
    programs += find_program(t, cohort_table_get_program(src, (guint8)i)->id) == PROGRAM_NONE;
  return cohorts <= COHORT_MAX + 1 && programs <= PROGRAM_MAX + 1;
}

/* A program without a track and a length is one that only the data named. */
static void merge_program(CohortTable *t, guint8 index, const Program *from)
{
  Program *to = &g_array_index(t->programs, Program, index);
  if (*to->track || to->weeks || (!*from->track && !from->weeks))
    return;
  g_free(to->name);
  g_free(to->track);
  to->name = g_strdup(from->name);
  to->track = g_strdup(from->track);
  to->weeks = from->weeks;
  if (*to->track && cohort_table_track(t, index) < 0)
    g_ptr_array_add(t->tracks, g_strdup(to->track));
}

static void merge_cohort(Cohort *to, const Cohort *from, guint8 program)
{
  if (from->in_table && !to->in_table) {
    g_free(to->name);
    to->name = g_strdup(from->name);
  }
  if (!to->slack)
    to->slack = g_strdup(from->slack);
  /* The two dates belong together: one of each table would be no class of either. */
  if (to->start == CIVIL_DAY_NONE && to->end == CIVIL_DAY_NONE) {
    to->start = from->start;
    to->end = from->end;
  }
  if (to->program == PROGRAM_NONE)
    to->program = program;
  if (to->created == CIVIL_NONE)
    to->created = from->created;
  to->staff |= from->staff;
  to->deleted |= from->deleted;
  to->in_table |= from->in_table;
}

gboolean cohort_table_merge(CohortTable *t, const CohortTable *src, guint16 *ret_map)
{
  if (!merge_fits(t, src))
    return FALSE;
  guint8 programs[PROGRAM_MAX + 1] = {PROGRAM_NONE};
  for (guint i = 1; i < src->programs->len; i++) {
    const Program *p = cohort_table_get_program(src, (guint8)i);
    programs[i] = cohort_table_program(t, p->id);
    merge_program(t, programs[i], p);
  }
  ret_map[0] = COHORT_NONE;
  for (guint i = 1; i < src->cohorts->len; i++) {
    const Cohort *from = cohort_table_get(src, (guint16)i);
    ret_map[i] = cohort_table_intern(t, from->id);
    merge_cohort(&g_array_index(t->cohorts, Cohort, ret_map[i]), from, programs[from->program]);
  }
  return TRUE;
}

/* --- phases -------------------------------------------------------------------------------------
 */

Phase cohort_phase(const Cohort *c, CivilDay day)
{
  if (!c || !c->id)
    return PHASE_NONE;
  if (c->staff)
    return PHASE_STAFF;
  if (c->start == CIVIL_DAY_NONE || c->end == CIVIL_DAY_NONE)
    return PHASE_UNDATED;
  return day < c->start ? PHASE_BEFORE : day <= c->end ? PHASE_CLASS : PHASE_AFTER;
}

int cohort_course_week(const Cohort *c, CivilDay day)
{
  if (!c || c->start == CIVIL_DAY_NONE || day == CIVIL_DAY_NONE)
    return 0;
  gint64 days = (gint64)day - c->start;
  return days >= 0 ? (int)(days / 7) + 1 : (int)((days - 6) / 7);
}

const char *phase_name(Phase p)
{
  static const char *const names[N_PHASES] = {"before", "class",   "after",
                                              "staff",  "undated", "none"};
  return (guint)p < N_PHASES ? names[p] : "";
}
