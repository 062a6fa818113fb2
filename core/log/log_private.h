/* The inside of a log and of its builder; for core/log and its tests only. */
#ifndef CORE_LOG_LOG_PRIVATE_H
#define CORE_LOG_LOG_PRIVATE_H

#include "core/log/log.h"

/* Rows are gathered in blocks: a column that grew by reallocation would for a moment be held twice.
 * A block is never moved, and joining two builders moves only pointers. */
#define BLOCK_ROWS_MAX 65536
#define BLOCK_ROWS_MIN 1024

typedef enum { COL_TIME, COL_PATH, COL_USER, COL_COHORT, COL_IP, COL_AGENT, N_COLUMNS } ColumnId;

/* Bytes of one value of each column. */
extern const guint8 log_column_width[N_COLUMNS];

typedef struct {
  guint32 n_rows, cap;
  void *column[N_COLUMNS]; /* COL_AGENT is NULL while all its values are 0 */
} RowBlock;

struct LogBuilder {
  GPtrArray *blocks; /* of RowBlock*; only the last may have room */
  guint32 n_rows, max_rows;
  StrPool *paths, *users, *agents; /* agents: NULL until one is seen */
  IpTable *ips;
  CohortTable *cohorts;
};

/* The log with what it owns. `log` is first: a pointer to it is a pointer to this. */
typedef struct {
  AccessLog log;
  gatomicrefcount refs;
} LogOwner;

/* Order of rows by time, equal times in the order they have: positions of `time`. NULL when that is
 * already so. */
guint32 *log_sort_order(const CivilTime *time, guint32 n_rows);
/* `order` applied to a column of n_rows values of `width` bytes; `from` is freed. */
void *log_apply_order(void *from, guint width, const guint32 *order, guint32 n_rows);
/* Gives the log the rows of `b` in time order; its dictionaries say whether there are agents.
 * `consume`: the builder loses them, so that at no time two whole copies are held. */
void log_take_columns(AccessLog *log, const LogBuilder *b, gboolean consume);
/* Fills the indexes and the days of a log whose columns and dictionaries are set. */
void log_build_indexes(AccessLog *log);

#endif
