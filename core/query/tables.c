/* Tables for scans: how they are filled from the log, the cohorts and the catalog. */
#include "core/query/tables.h"

/* Row number from which on the rows lie on `day` or later. */
static guint32 row_of_day(const AccessLog *log, gint64 day)
{
  gint64 place = day - log->first_day;
  if (place <= 0)
    return 0;
  return place >= log->n_days ? log->n_rows : log->day_start[place];
}

static void fill_phase(PhaseRows *p, const AccessLog *log, const Cohort *c, guint32 index)
{
  p->class_row = p->after_row = G_MAXUINT32; /* no row number is that large */
  if (index == COHORT_NONE) {
    p->base = PHASE_NONE;
    return;
  }
  /* The day only matters when the cohort has both dates and is not staff. */
  p->base = cohort_phase(c, c->start);
  if (p->base == PHASE_STAFF || p->base == PHASE_UNDATED)
    return;
  p->base = PHASE_BEFORE;
  p->class_row = row_of_day(log, c->start);
  p->after_row = MAX(row_of_day(log, (gint64)c->end + 1), p->class_row);
}

/* Last course week that rows of a cohort can have, by its last row. */
static guint32 last_course_week(const AccessLog *log, guint32 cohort, gint32 start)
{
  if (!log->n_rows)
    return 0;
  guint32 begin = log->cohort_start[cohort], end = log->cohort_start[cohort + 1];
  if (begin == end || start == START_NEVER)
    return 0;
  gint64 day = civil_day_of(log->time[log->rows_by_cohort[end - 1]]);
  gint64 place = day - log->first_day - start;
  return place < 0 ? 0 : (guint32)(1 + place / 7);
}

static void fill_cohorts(DatasetTables *t, const AccessLog *log)
{
  guint32 n = t->n_cohorts = log->cohorts->cohorts->len;
  t->program = g_new0(guint8, n);
  t->track = g_new0(guint8, n);
  t->staff = g_new0(guint8, n);
  t->phase = g_new0(PhaseRows, n);
  t->start = g_new0(gint32, n);
  t->n_course_weeks = 1;
  for (guint32 i = 0; i < n; i++) {
    const Cohort *c = cohort_table_get(log->cohorts, (guint16)i);
    int track = i == COHORT_NONE ? -1 : cohort_table_track(log->cohorts, c->program);
    t->program[i] = i == COHORT_NONE ? PROGRAM_NONE : c->program;
    t->track[i] = track < 0 ? TRACK_NONE : (guint8)track;
    t->staff[i] = i != COHORT_NONE && c->staff;
    fill_phase(&t->phase[i], log, c, i);
    t->start[i] =
        i == COHORT_NONE || c->start == CIVIL_DAY_NONE ? START_NEVER : c->start - t->first_day;
    guint32 weeks = last_course_week(log, i, t->start[i]);
    t->n_course_weeks = MAX(t->n_course_weeks, weeks + 1);
  }
}

static void fill_paths(DatasetTables *t, const AccessLog *log, const Catalog *catalog)
{
  guint32 n = t->n_paths = MIN(strpool_count(log->paths), catalog->n_paths);
  t->kind = g_new(guint8, n);
  t->module = g_new(guint32, n);
  t->lesson = g_new(guint32, n);
  guint32 *number = g_new0(guint32, (gsize)catalog->n_entries + 1);
  for (guint32 i = 0; i < n; i++) {
    guint32 entry = catalog->entry_of_path[i];
    t->kind[i] = catalog->kind_of_entry[entry];
    t->module[i] = catalog->module_of_entry[entry];
    if (t->kind[i] == KIND_LESSON && !number[entry])
      number[entry] = ++t->n_lessons;
    t->lesson[i] = number[entry];
  }
  g_free(number);
}

static void fill_days(DatasetTables *t, const AccessLog *log)
{
  t->first_time = civil_day_start(t->first_day);
  t->first_monday = civil_week_start(t->first_day);
  t->first_month = civil_month_of(t->first_day);
  gsize n = MAX(log->n_days, 1);
  t->month = g_new0(guint32, n);
  t->week = g_new0(guint32, n);
  t->weekday = g_new0(guint8, n);
  CivilDay next = civil_month_start(t->first_month + 1);
  guint32 month = 0, since_monday = (guint32)(t->first_day - t->first_monday);
  for (guint32 i = 0; i < log->n_days; i++) {
    if (t->first_day + (CivilDay)i >= next)
      next = civil_month_start(t->first_month + (int)++month + 1);
    t->month[i] = month;
    t->week[i] = (i + since_monday) / 7;
    t->weekday[i] = (i + since_monday) % 7;
  }
  t->n_months = log->n_days ? month + 1 : 0;
  t->n_weeks = log->n_days ? t->week[log->n_days - 1] + 1 : 0;
}

static void fill_hours(DatasetTables *t, const AccessLog *log)
{
  gsize n = (gsize)log->n_days * 24;
  if (n == 0 || n > log->n_rows)
    return;
  t->hour_start = g_new(guint32, n + 1);
  guint32 row = 0;
  for (gsize h = 0; h <= n; h++) {
    CivilTime start = t->first_time + (gint64)h * 3600;
    while (row < log->n_rows && log->time[row] < start)
      row++;
    t->hour_start[h] = row;
  }
}

DatasetTables *dataset_tables_new(const AccessLog *log, const Catalog *catalog)
{
  DatasetTables *t = g_new0(DatasetTables, 1);
  t->n_users = strpool_count(log->users);
  t->n_ips = ip_table_count(log->ips);
  t->first_day = log->n_days ? log->first_day : 0;
  t->n_agents = log->agents ? strpool_count(log->agents) : 0;
  fill_cohorts(t, log);
  fill_paths(t, log, catalog);
  fill_days(t, log);
  fill_hours(t, log);
  return t;
}

void dataset_tables_free(DatasetTables *t)
{
  if (!t)
    return;
  g_free(t->program);
  g_free(t->track);
  g_free(t->staff);
  g_free(t->phase);
  g_free(t->start);
  g_free(t->kind);
  g_free(t->module);
  g_free(t->lesson);
  g_free(t->month);
  g_free(t->week);
  g_free(t->weekday);
  g_free(t->hour_start);
  for (guint d = 0; d < N_DIMENSIONS; d++)
    g_free(t->order[d]);
  g_free(t);
}
