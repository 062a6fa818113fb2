/* Cells of the panes: numbers and texts of a row by column. */
#include <math.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/model/pane.h"

QuietIndex *quiet_index_new(Quiet *quiet, guint32 n_users)
{
  if (!quiet)
    return NULL;
  QuietIndex *q = g_new0(QuietIndex, 1);
  q->quiet = quiet;
  q->n_users = n_users;
  q->place = g_new(guint32, n_users + 1);
  memset(q->place, 0xff, sizeof(guint32) * (n_users + 1));
  for (guint i = 0; i < quiet->n; i++)
    q->place[quiet->students[i].user] = i;
  return q;
}

void quiet_index_free(QuietIndex *q)
{
  if (!q)
    return;
  quiet_free(q->quiet);
  g_free(q->place);
  g_free(q);
}

/* The user as a student of the class that the list is of, else of a running class. */
static const QuietStudent *student_of(const Pane *p, guint32 user)
{
  const QuietIndex *q = p->quiet;
  if (!q || user >= q->n_users || q->place[user] == G_MAXUINT32)
    return NULL;
  const QuietStudent *student = &q->quiet->students[q->place[user]];
  if (!p->running || student->in == p->running)
    return student;
  for (guint i = 0; i < q->quiet->n; i++) /* in two running classes: rare */
    if (q->quiet->students[i].user == user && q->quiet->students[i].in == p->running)
      return &q->quiet->students[i];
  return NULL;
}

static double week_value(const Pane *p, guint32 user, ColumnId column)
{
  const QuietStudent *student = student_of(p, user);
  if (!student)
    return NAN;
  return column == COLUMN_WEEK         ? student->week_hits
         : column == COLUMN_CLASS_WEEK ? student->in->week_median
                                       : student->in->earlier_median;
}

double pane_row_value(const Pane *p, const Dataset *ds, const RankRow *row, ColumnId column)
{
  const Cohort *cohort =
      p->dim == DIM_COHORT ? cohort_table_get(ds->log->cohorts, (guint16)row->key) : NULL;
  switch (column) {
  case COLUMN_START:
    return cohort && cohort->start != CIVIL_DAY_NONE ? cohort->start : NAN;
  case COLUMN_END:
    return cohort && cohort->end != CIVIL_DAY_NONE ? cohort->end : NAN;
  case COLUMN_FIRST:
    return row->hits ? civil_day_of(row->first) : NAN;
  case COLUMN_LAST:
    return row->hits ? civil_day_of(row->last) : NAN;
  case COLUMN_QUIET:
    if (!row->hits)
      return NAN;
    return ds->log->first_day + (double)ds->log->n_days - 1 - civil_day_of(row->last);
  case COLUMN_WEEK:
  case COLUMN_CLASS_WEEK:
  case COLUMN_EARLIER:
    return week_value(p, row->key, column);
  case COLUMN_SHARE:
    return (double)row->hits / (double)MAX(p->ranking->hits, 1);
  case COLUMN_LIFT:
    return row->lift;
  default:
    return column_info(column)->measure < N_MEASURES
               ? rank_value(row, (Measure)column_info(column)->measure)
               : NAN;
  }
}

double pane_value(const Pane *p, const Dataset *ds, guint place, ColumnId column)
{
  return pane_row_value(p, ds, pane_row(p, place), column);
}

char *pane_cell(const Pane *p, const Dataset *ds, guint place, ColumnId column)
{
  const RankRow *row = pane_row(p, place);
  char buf[CIVIL_BUF];
  if (column == COLUMN_LABEL)
    return dimension_label(ds, p->dim, row->key);
  if (column == COLUMN_COHORT) {
    g_autofree char *label = dimension_label(ds, DIM_COHORT, ds->user_cohort[row->key]);
    return g_strconcat(label, ds->user_n_cohorts[row->key] > 1 ? " +" : "", NULL);
  }
  if (column == COLUMN_PROGRAM)
    return dimension_label(ds, DIM_PROGRAM,
                           cohort_table_get(ds->log->cohorts, (guint16)row->key)->program);
  if (column == COLUMN_KIND)
    return g_strdup(kind_name((Kind)ds->catalog->kind_of_entry[row->key]));
  double v = pane_shown_value(p, ds, row, column);
  if (isnan(v))
    return g_strdup("");
  switch (pane_shown_type(p, column)) {
  case COLUMN_IS_COUNT:
    return text_grouped((gint64)v);
  case COLUMN_IS_REAL:
    return g_strdup_printf("%.1f", v);
  case COLUMN_IS_SHARE:
    return v > 0 && v < 0.0005 ? g_strdup("<0.1%") : g_strdup_printf("%.1f%%", 100 * v);
  case COLUMN_IS_DATE:
    return g_strdup(civil_format_day((CivilDay)v, buf));
  default:
    return g_strdup("");
  }
}
