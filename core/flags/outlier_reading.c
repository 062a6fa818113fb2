/* Lesson outliers: counting what students read in class, in one pass over their rows. */
#include "core/flags/outlier_private.h"

#include <string.h>

#define WEEK_SECONDS (7 * CIVIL_DAY)

/* A cell and the entry it belongs to, before sorting. */
typedef struct {
  guint32 entry;
  ReadingCell cell;
} RawCell;

/* The week being counted: hits by entry, and which entries have any. */
typedef struct {
  guint32 *hits;
  GArray *touched; /* of guint32 */
  guint32 student, week;
  GArray *cells; /* of RawCell */
} Week;

static void week_close(Week *w)
{
  for (guint i = 0; i < w->touched->len; i++) {
    guint32 entry = g_array_index(w->touched, guint32, i);
    RawCell c = {entry, {w->student, w->week, w->hits[entry]}};
    g_array_append_val(w->cells, c);
    w->hits[entry] = 0;
  }
  g_array_set_size(w->touched, 0);
}

static void week_count(Week *w, guint32 week, guint32 entry)
{
  if (week != w->week) {
    week_close(w);
    w->week = week;
  }
  if (w->hits[entry]++ == 0)
    g_array_append_val(w->touched, entry);
}

/* Reads the rows of a user as a student of the cohort; `sums` counts hits by week, from 1. */
static guint32 read_rows(const Study *s, const ReadingCohort *c, guint32 user, Week *w,
                         guint32 *sums)
{
  const AccessLog *log = s->ds->log;
  const Catalog *catalog = s->ds->catalog;
  CivilTime start = civil_day_start(c->start), end = civil_day_start(c->end) + CIVIL_DAY;
  guint32 total = 0;
  for (guint32 i = log->user_start[user]; i < log->user_start[user + 1]; i++) {
    guint32 row = log->rows_by_user[i], entry = catalog->entry_of_path[log->path[row]];
    CivilTime t = log->time[row];
    if (log->cohort[row] != c->cohort || t < start || t >= end ||
        catalog->kind_of_entry[entry] != KIND_LESSON)
      continue;
    guint32 week = (guint32)MIN(1 + (t - start) / WEEK_SECONDS, (gint64)c->weeks);
    week_count(w, week, entry);
    sums[week]++;
    total++;
  }
  week_close(w);
  w->week = 0;
  return total;
}

/* --- cohorts ---------------------------------------------------------------------------------- */

static guint week_of(const ReadingCohort *c, CivilDay day)
{
  return (guint)CLAMP(1 + ((gint64)day - c->start) / 7, 1, (gint64)c->weeks);
}

/* FALSE when no class day lies within the log. */
static gboolean cohort_begin(const AccessLog *log, guint16 cohort, ReadingCohort *ret)
{
  const Cohort *c = cohort_table_get(log->cohorts, cohort);
  CivilDay last = log->first_day + (CivilDay)log->n_days - 1;
  if (c->staff || c->program == PROGRAM_NONE || c->start == CIVIL_DAY_NONE ||
      c->end == CIVIL_DAY_NONE || c->end < c->start || c->start > last || c->end < log->first_day)
    return FALSE;
  *ret = (ReadingCohort){.cohort = cohort, .program = c->program, .start = c->start, .end = c->end};
  ret->weeks = (guint)MIN(1 + ((gint64)c->end - c->start) / 7, READING_MAX_WEEK);
  ret->first_week = week_of(ret, MAX(c->start, log->first_day));
  ret->last_week = week_of(ret, MIN(c->end, last));
  return TRUE;
}

static void add_student(Reading *r, const Study *s, ReadingCohort *c, guint32 user, Week *w,
                        GArray *students, GArray *sums)
{
  guint32 first = sums->len;
  g_array_set_size(sums, first + c->weeks + 1); /* zeros */
  guint32 *by_week = &g_array_index(sums, guint32, first);
  w->student = students->len;
  guint32 hits = read_rows(s, c, user, w, by_week);
  if (hits == 0) {
    g_array_set_size(sums, first);
    return;
  }
  for (guint week = 1; week <= c->weeks; week++)
    by_week[week] += by_week[week - 1];
  ReadingStudent student = {user, r->n_cohorts, hits, first};
  g_array_append_val(students, student);
  c->n++;
  c->hits += hits;
}

static int compare_programs(gconstpointer a, gconstpointer b)
{
  const ReadingCohort *x = a, *y = b;
  if (x->program != y->program)
    return x->program < y->program ? -1 : 1;
  return x->cohort < y->cohort ? -1 : x->cohort > y->cohort;
}

static GArray *dated_cohorts(const AccessLog *log)
{
  GArray *list = g_array_new(FALSE, FALSE, sizeof(ReadingCohort));
  for (guint c = 1; log->n_days && c < log->cohorts->cohorts->len; c++) {
    ReadingCohort cohort;
    if (cohort_begin(log, (guint16)c, &cohort))
      g_array_append_val(list, cohort);
  }
  g_array_sort(list, compare_programs);
  return list;
}

static void read_cohorts(Reading *r, const Study *s, Week *w)
{
  GArray *list = dated_cohorts(s->ds->log);
  GArray *students = g_array_new(FALSE, FALSE, sizeof(ReadingStudent));
  GArray *sums = g_array_new(FALSE, TRUE, sizeof(guint32));
  r->cohorts = g_new0(ReadingCohort, list->len + 1);
  for (guint i = 0; i < list->len; i++) {
    ReadingCohort c = g_array_index(list, ReadingCohort, i);
    c.first = students->len;
    for (guint32 m = s->member_start[c.cohort]; m < s->member_start[c.cohort + 1]; m++)
      if (!s->is_probable[s->members[m]])
        add_student(r, s, &c, s->members[m], w, students, sums);
    if (c.n)
      r->cohorts[r->n_cohorts++] = c;
  }
  g_array_unref(list);
  r->n_students = students->len;
  r->students = (ReadingStudent *)(void *)g_array_free(students, FALSE);
  r->sums = (guint32 *)(void *)g_array_free(sums, FALSE);
}

/* --- lessons ---------------------------------------------------------------------------------- */

static void sort_cells(Reading *r, const GArray *cells, guint32 n_entries)
{
  r->cell_start = g_new0(gsize, (gsize)n_entries + 2);
  r->cells = g_new(ReadingCell, (gsize)cells->len + 1);
  for (guint i = 0; i < cells->len; i++)
    r->cell_start[g_array_index(cells, RawCell, i).entry + 1]++;
  for (guint32 e = 0; e < n_entries; e++)
    r->cell_start[e + 1] += r->cell_start[e];
  gsize *next = g_memdup2(r->cell_start, sizeof *next * ((gsize)n_entries + 1));
  for (guint i = 0; i < cells->len; i++) {
    const RawCell *c = &g_array_index(cells, RawCell, i);
    r->cells[next[c->entry]++] = c->cell;
  }
  g_free(next);
}

static void find_lives(Reading *r, const Dataset *ds)
{
  const AccessLog *log = ds->log;
  guint32 n = ds->catalog->n_entries;
  r->first_day = g_new(CivilDay, (gsize)n + 1);
  r->last_day = g_new(CivilDay, (gsize)n + 1);
  for (guint32 e = 0; e < n; e++)
    r->first_day[e] = r->last_day[e] = CIVIL_DAY_NONE;
  for (guint32 d = 0; d < log->n_days; d++)
    for (guint32 row = log->day_start[d]; row < log->day_start[d + 1]; row++) {
      guint32 e = ds->catalog->entry_of_path[log->path[row]];
      r->last_day[e] = log->first_day + (CivilDay)d;
      if (r->first_day[e] == CIVIL_DAY_NONE)
        r->first_day[e] = r->last_day[e];
    }
}

Reading *reading_new(const Study *study)
{
  const Catalog *catalog = study->ds->catalog;
  Reading *r = g_new0(Reading, 1);
  Week w = {.hits = g_new0(guint32, (gsize)catalog->n_entries + 1),
            .touched = g_array_new(FALSE, FALSE, sizeof(guint32)),
            .cells = g_array_new(FALSE, FALSE, sizeof(RawCell))};
  read_cohorts(r, study, &w);
  sort_cells(r, w.cells, catalog->n_entries);
  find_lives(r, study->ds);
  g_free(w.hits);
  g_array_unref(w.touched);
  g_array_unref(w.cells);
  return r;
}

void reading_free(Reading *r)
{
  if (!r)
    return;
  g_free(r->cohorts);
  g_free(r->students);
  g_free(r->sums);
  g_free(r->cell_start);
  g_free(r->cells);
  g_free(r->first_day);
  g_free(r->last_day);
  g_free(r);
}

guint32 reading_hits(const Reading *r, guint32 student, guint from, guint to)
{
  const ReadingStudent *s = &r->students[student];
  guint weeks = r->cohorts[s->cohort].weeks;
  if (from > weeks || to < from)
    return 0;
  return r->sums[s->first_sum + MIN(to, weeks)] - r->sums[s->first_sum + from - 1];
}
