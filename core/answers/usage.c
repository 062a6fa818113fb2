/* Usage: one pass over the rows for lessons, one over the users for what reached them. */
#include "core/answers/usage.h"

#include <math.h>
#include <stdlib.h>

#include "core/query/rank.h"

const char *usage_state_name(UsageState s)
{
  static const char *const names[] = {"in-use", "faded", "retired"};
  return names[s];
}

/* --- lessons ------------------------------------------------------------------------------------
 */

static UsageState state_of(const LessonUsage *x)
{
  if (x->idle < USAGE_IDLE_DAYS)
    return USAGE_IN_USE;
  return x->hits >= USAGE_RETIRED_HITS && x->users >= USAGE_RETIRED_USERS ? USAGE_RETIRED
                                                                          : USAGE_FADED;
}

static int compare_entries(const void *a, const void *b)
{
  const LessonUsage *x = a, *y = b;
  return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static void count_lessons(Usage *u, const Dataset *ds)
{
  Scope *scope = scope_parse("kind=lesson staff=no", NULL);
  Selection *sel = scope_select(scope, ds, NULL);
  RankRequest req = {.by = DIM_LESSON,
                     .measures = MEASURE_BIT(MEASURE_USERS) | MEASURE_BIT(MEASURE_FIRST) |
                                 MEASURE_BIT(MEASURE_LAST)};
  Ranking *r = rank(ds, sel, &req);
  u->n = r->n;
  u->lessons = g_new0(LessonUsage, (gsize)r->n + 1);
  for (guint32 i = 0; i < r->n; i++) {
    const RankRow *row = &r->rows[i];
    LessonUsage *x = &u->lessons[i];
    *x = (LessonUsage){.entry = row->key,
                       .hits = row->hits,
                       .users = row->users,
                       .first = civil_day_of(row->first),
                       .last = civil_day_of(row->last)};
    x->idle = u->last_day - x->last;
    x->state = state_of(x);
    x->live_to = x->state == USAGE_IN_USE ? u->last_day : x->last;
  }
  qsort(u->lessons, u->n, sizeof *u->lessons, compare_entries);
  ranking_free(r);
  selection_free(sel);
  scope_free(scope);
}

/* --- students and programs ----------------------------------------------------------------------
 */

/* A student's time in class, from the first to the last hit there. */
typedef struct {
  guint8 program;
  CivilDay from, to;
} Stay;

typedef struct {
  const Study *study;
  const Usage *usage;
  guint32 *place_of_entry;           /* 1 + place in the lessons; 0: none */
  GArray *stays;                     /* of Stay */
  guint32 students[PROGRAM_MAX + 1]; /* with a hit in class, by program */
  guint32 *hits, *readers;           /* by program, then place of the lesson */
} Tally;

/* Finds out who was in class when. */
static void find_stays(Tally *t)
{
  const Study *s = t->study;
  const AccessLog *log = s->ds->log;
  for (guint32 user = 0; user < s->people->n_users; user++) {
    Stay stay = {.program = study_program_of(s, user)};
    guint n = 0;
    for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
      guint32 row = log->rows_by_user[i];
      if (probable_cohort(s->probable, log, row) != s->cohort_of_user[user] ||
          probable_phase(s->probable, log, row) != PHASE_CLASS)
        continue;
      stay.to = civil_day_of(log->time[row]);
      stay.from = n++ ? stay.from : stay.to;
    }
    if (n == 0 || stay.program == PROGRAM_NONE)
      continue;
    g_array_append_val(t->stays, stay);
    t->students[stay.program]++;
  }
}

/* Counts the rows of a user: hits by the program of the row's cohort; readers in class. */
static void count_user(Tally *t, guint32 user, guint32 *stamp)
{
  const Study *s = t->study;
  const AccessLog *log = s->ds->log;
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 row = log->rows_by_user[i];
    guint32 place = t->place_of_entry[s->ds->catalog->entry_of_path[log->path[row]]];
    if (!place)
      continue;
    guint16 cohort = probable_cohort(s->probable, log, row);
    const Cohort *c = cohort_table_get(log->cohorts, cohort);
    if (c->program == PROGRAM_NONE || c->staff)
      continue;
    gsize cell = (gsize)c->program * t->usage->n + place - 1;
    t->hits[cell]++;
    if (stamp[place - 1] != user + 1 && cohort == s->cohort_of_user[user] &&
        probable_phase(s->probable, log, row) == PHASE_CLASS) {
      stamp[place - 1] = user + 1;
      t->readers[cell]++;
    }
  }
}

static guint32 students_between(const GArray *stays, guint8 program, CivilDay from, CivilDay to)
{
  guint32 n = 0;
  for (guint i = 0; i < stays->len; i++) {
    const Stay *s = &g_array_index(stays, Stay, i);
    n += s->program == program && s->from <= to && s->to >= from;
  }
  return n;
}

static int compare_reach(gconstpointer a, gconstpointer b)
{
  const ProgramLesson *x = a, *y = b;
  double i = isnan(x->reach) ? 2 : x->reach, j = isnan(y->reach) ? 2 : y->reach;
  if (i != j)
    return i < j ? -1 : 1;
  if (x->hits != y->hits)
    return x->hits < y->hits ? -1 : 1;
  return x->lesson < y->lesson ? -1 : x->lesson > y->lesson;
}

/* The track that a lesson counts for, or -1. */
static int track_of(const Tally *t, guint32 place)
{
  const LessonHome *home = &t->study->homes->entries[t->usage->lessons[place].entry];
  const CohortTable *cohorts = t->study->ds->log->cohorts;
  guint32 most = 0;
  int track = -1;
  if (home->track >= 0)
    return home->track;
  if (home->lead >= 0)
    return home->lead;
  for (guint p = 1; p < cohorts->programs->len; p++) {
    guint32 hits = t->hits[(gsize)p * t->usage->n + place];
    if (hits > most) {
      most = hits;
      track = cohort_table_track(cohorts, (guint8)p);
    }
  }
  return track;
}

/* Readers in class per student; 0 for a program without students. */
static double reading_rate(const Tally *t, guint program, guint32 place)
{
  return t->students[program]
             ? (double)t->readers[(gsize)program * t->usage->n + place] / t->students[program]
             : 0;
}

/* TRUE unless the lesson is left to other programs of the track. */
static gboolean counts_for(const Tally *t, guint program, guint32 place)
{
  const CohortTable *cohorts = t->study->ds->log->cohorts;
  int track = cohort_table_track(cohorts, (guint8)program);
  double all = 0;
  if (track_of(t, place) != track)
    return FALSE;
  for (guint p = 1; p < cohorts->programs->len; p++)
    if (cohort_table_track(cohorts, (guint8)p) == track)
      all += reading_rate(t, p, place);
  return reading_rate(t, program, place) >= USAGE_OWN_SHARE * all;
}

static void fill_program(const Tally *t, ProgramUsage *p)
{
  gsize first = (gsize)p->program * t->usage->n;
  p->lessons = g_array_new(FALSE, FALSE, sizeof(ProgramLesson));
  for (guint32 i = 0; i < t->usage->n; i++) {
    const LessonUsage *l = &t->usage->lessons[i];
    if (!counts_for(t, p->program, i))
      continue;
    ProgramLesson x = {.lesson = i, .hits = t->hits[first + i], .readers = t->readers[first + i]};
    x.students = students_between(t->stays, p->program, l->first, l->live_to);
    x.reach = x.students ? (double)x.readers / x.students : NAN;
    g_array_append_val(p->lessons, x);
  }
  g_array_sort(p->lessons, compare_reach);
}

static void count_programs(Usage *u, const Study *s)
{
  guint n_programs = s->ds->log->cohorts->programs->len;
  Tally t = {.study = s,
             .usage = u,
             .place_of_entry = g_new0(guint32, (gsize)s->ds->catalog->n_entries + 1),
             .stays = g_array_new(FALSE, FALSE, sizeof(Stay)),
             .hits = g_new0(guint32, (gsize)n_programs * u->n + 1),
             .readers = g_new0(guint32, (gsize)n_programs * u->n + 1)};
  for (guint32 i = 0; i < u->n; i++)
    t.place_of_entry[u->lessons[i].entry] = i + 1;
  find_stays(&t);
  guint32 *stamp = g_new0(guint32, (gsize)u->n + 1);
  for (guint32 user = 0; user < s->people->n_users; user++)
    count_user(&t, user, stamp);
  u->programs = g_new0(ProgramUsage, n_programs + 1);
  for (guint p = 1; p < n_programs; p++) {
    ProgramUsage *x = &u->programs[u->n_programs];
    x->program = (guint8)p;
    x->students = t.students[p];
    if (x->students) {
      fill_program(&t, x);
      u->n_programs++;
    }
  }
  g_free(stamp);
  g_free(t.hits);
  g_free(t.readers);
  g_free(t.place_of_entry);
  g_array_unref(t.stays);
}

Usage *usage_new(const Study *study)
{
  const AccessLog *log = study->ds->log;
  Usage *u = g_new0(Usage, 1);
  u->last_day = log->first_day + (CivilDay)log->n_days - 1;
  count_lessons(u, study->ds);
  count_programs(u, study);
  return u;
}

void usage_free(Usage *u)
{
  if (!u)
    return;
  for (guint i = 0; i < u->n_programs; i++)
    g_array_unref(u->programs[i].lessons);
  g_free(u->programs);
  g_free(u->lessons);
  g_free(u);
}
