/* Rows: the rows of a selection themselves, with what they mean spelled out. The fourth of the
 * four requests; sessions (session.h) are its other half. */
#ifndef CORE_QUERY_ROWS_H
#define CORE_QUERY_ROWS_H

#include "core/query/scope.h"

typedef enum {
  ROWS_BY_TIME, /* as in the log */
  ROWS_BY_USER  /* by user (dataset_user_order), each user's rows by time */
} RowOrder;

/* One row. Strings belong to the dataset, are as raw as the log, and are NULL where the log has
 * nothing; they stay valid as long as the dataset. */
typedef struct {
  guint32 row; /* number of the row in the log */
  CivilTime time;
  const char *path;   /* raw */
  const char *lesson; /* canonical name, of every kind */
  const char *kind;
  const char *module;
  const char *user;
  const char *cohort; /* id */
  const char *cohort_name;
  const char *program; /* id */
  const char *program_name;
  const char *phase;
  const char *ip;
  const char *agent;
} RowView;

typedef struct RowIter RowIter;

/* Reads neither more nor less than the selection, which must outlive the iterator. */
RowIter *rows_open(const Dataset *ds, const Selection *sel, RowOrder order);
void rows_close(RowIter *it);
/* The next row; FALSE at the end. */
gboolean rows_next(RowIter *it, RowView *ret);
/* Row numbers in order, one for each row of the selection. */
guint32 rows_count(const RowIter *it);
guint32 rows_number(const RowIter *it, guint32 place);
/* The view of any row of the log. */
void rows_view(const Dataset *ds, guint32 row, RowView *ret);

/* The canonical columns, in the order in which they are written. */
typedef enum {
  ROW_TIME,
  ROW_PATH,
  ROW_LESSON,
  ROW_KIND,
  ROW_MODULE,
  ROW_USER,
  ROW_COHORT,
  ROW_COHORT_NAME,
  ROW_PROGRAM,
  ROW_PHASE,
  ROW_IP,
  ROW_AGENT,
  N_ROW_COLUMNS
} RowColumn;

typedef struct {
  const char *name;  /* "cohort_name": in output */
  const char *title; /* for people */
  const char *definition;
} RowColumnInfo;

const RowColumnInfo *row_column_info(RowColumn c);
/* Text of a column of a view, NULL for missing. The time is written into `buf` of CIVIL_BUF bytes
 * as 2019-02-14T10:00:00. */
const char *row_column_text(const RowView *v, RowColumn c, char *buf);

#endif
