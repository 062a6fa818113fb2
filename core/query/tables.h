/* Tables for scans: what a row's small numbers lead to, laid out for one lookup a row.
 *
 * Owns the arrays that turn path, cohort and day into every coarser thing, and the natural orders
 * of the dimensions. Private to core/query; everything here is read-only once made, except the
 * orders, which are made on first use behind g_once. */
#ifndef CORE_QUERY_TABLES_H
#define CORE_QUERY_TABLES_H

#include "core/query/dimension.h"

/* Phase of a row of one cohort: base + (row >= class_row) + (row >= after_row). Rows stand in time
 * order, so that the dates become row numbers and no time need be read. */
typedef struct {
  guint32 base; /* PHASE_BEFORE for a dated cohort, else the phase of all its rows */
  guint32 class_row, after_row;
} PhaseRows;

/* Start of a cohort in days since the first day of the log; without a date a day that never
 * comes, so that all its rows lie before the start. */
#define START_NEVER G_MAXINT32

struct DatasetTables {
  guint32 n_cohorts, n_users, n_ips, n_agents, n_paths;
  /* by cohort */
  guint8 *program;
  guint8 *track; /* place in the tracks of the cohort table, TRACK_NONE without */
  guint8 *staff;
  PhaseRows *phase;
  gint32 *start;
  guint32 n_course_weeks; /* keys of DIM_COURSE_WEEK, "none" included */
  /* by path */
  guint8 *kind;
  guint32 *module;
  guint32 *lesson; /* number of the lesson, from 1 to n_lessons; 0 for other kinds of paths */
  guint32 n_lessons;
  /* by day of the log */
  guint32 *month, *week;
  guint8 *weekday;
  guint32 n_months, n_weeks;
  /* first row of each hour of the log, 24 a day and one behind the last; NULL where rows are so few
   * that the table would be longer than the log */
  guint32 *hour_start;
  CivilDay first_day;   /* of the log; 0 for an empty one */
  CivilTime first_time; /* its first second */
  CivilDay first_monday;
  int first_month;
  /* natural order of the keys of a dimension: key -> rank; made on first use */
  gsize order_once[N_DIMENSIONS];
  guint32 *order[N_DIMENSIONS];
};

#define TRACK_NONE 255

DatasetTables *dataset_tables_new(const AccessLog *log, const Catalog *catalog);
void dataset_tables_free(DatasetTables *t);

/* Rank of each key in the natural order of the dimension; the array has dimension_count entries
 * and belongs to the dataset. NULL for dimensions whose keys already are in natural order. */
const guint32 *dimension_order(const Dataset *ds, Dimension d);
/* Id without a copy, NULL for missing: owned by the log, or written into `buf` of CIVIL_BUF bytes.
 * Entries that share a name are not told apart. Raw bytes. */
const char *dimension_text(const Dataset *ds, Dimension d, guint32 key, char *buf);
/* Name where people use another word than the id (program, cohort, weekday), or NULL. Owned by
 * the log. Raw bytes. */
const char *dimension_name(const Dataset *ds, Dimension d, guint32 key);
/* TRUE when `word` is the id or the name of the key, upper or lower case. */
gboolean dimension_is_called(const Dataset *ds, Dimension d, guint32 key, const char *word);
/* Key for an id exactly as dimension_id writes it. */
gboolean dimension_find_id(const Dataset *ds, Dimension d, const char *id, guint32 *ret);
/* Key that stands for "missing"; FALSE when nothing can be missing. */
gboolean dimension_missing(const Dataset *ds, Dimension d, guint32 *ret);

/* Day of a row since the first day of the log. */
static inline guint32 tables_day(const DatasetTables *t, CivilTime time)
{
  return (guint32)((guint64)(time - t->first_time) / 86400);
}

static inline guint32 tables_phase(const PhaseRows *p, guint32 row)
{
  return p->base + (row >= p->class_row) + (row >= p->after_row);
}

#endif
