/* The access log in memory: columns sorted by time, dictionaries, indexes.
 *
 * A log is immutable once built and reference-counted; any thread may read it. 22 bytes a row
 * (26 with user agents) and 12 for the indexes. Rows of equal time keep the order in which they
 * were read (files in the order given). */
#ifndef CORE_LOG_LOG_H
#define CORE_LOG_LOG_H

#include "core/base/civil.h"
#include "core/base/strpool.h"
#include "core/log/cohorts.h"
#include "core/log/ip.h"

#define PATH_MISSING 0 /* id of the missing path in every log; its text is "" */

typedef struct {
  guint32 n_rows;
  /* columns; row numbers are positions in time order */
  const CivilTime *time;
  const guint32 *path;   /* into paths */
  const guint32 *user;   /* into users */
  const guint16 *cohort; /* into cohorts->cohorts */
  const guint32 *ip;     /* into ips */
  const guint32 *agent;  /* into agents; NULL when the log has no user agents */
  /* dictionaries */
  const StrPool *paths; /* raw paths; id 0 is the missing path */
  const StrPool *users;
  const IpTable *ips;
  const StrPool *agents; /* id 0 is the missing agent; NULL without user agents */
  const CohortTable *cohorts;
  /* rows by user, by address, by cohort: the rows of user u, in time order, are
   * rows_by_user[user_start[u] .. user_start[u + 1]) */
  const guint32 *rows_by_user, *user_start;
  const guint32 *rows_by_ip, *ip_start;
  const guint32 *rows_by_cohort, *cohort_start;
  /* days from first_day to last_day; an empty log has n_rows 0 and n_days 0 */
  CivilDay first_day;
  guint32 n_days;
  const guint32 *day_start; /* first row of each day, n_days + 1 entries */
} AccessLog;

AccessLog *access_log_ref(AccessLog *log);
void access_log_unref(AccessLog *log);
/* First row at or after `t` (binary search); n_rows when there is none. */
guint32 access_log_lower_bound(const AccessLog *log, CivilTime t);
/* Phase and program of one row. */
Phase access_log_phase(const AccessLog *log, guint32 row);
guint8 access_log_program(const AccessLog *log, guint32 row);
/* Bytes of memory held. */
gsize access_log_bytes(const AccessLog *log);

/* --- building ---------------------------------------------------------------------------------
 *
 * A builder belongs to one thread at a time. Several builders (one per thread, one per file) are
 * joined by log_builder_append, which maps the dictionaries. */
typedef struct LogBuilder LogBuilder;

typedef struct {
  CivilTime time;
  guint32 path, user, ip, agent; /* from the functions below; agent 0 without agents */
  guint16 cohort;
} LogRow;

LogBuilder *log_builder_new(void);
void log_builder_free(LogBuilder *b);
/* Ids for the fields of a row. An empty path is PATH_MISSING, an empty cohort COHORT_NONE, an
 * empty address IP_NONE. G_MAXUINT32 (cohort: COHORT_NONE with *ret_full set) when a dictionary
 * is full. */
guint32 log_builder_path(LogBuilder *b, const char *s, gsize len);
guint32 log_builder_user(LogBuilder *b, const char *s, gsize len);
guint32 log_builder_ip(LogBuilder *b, const char *s, gsize len);
guint32 log_builder_agent(LogBuilder *b, const char *s, gsize len);
guint16 log_builder_cohort(LogBuilder *b, const char *id, gboolean *ret_full);
/* The cohort table of the builder, to be filled by the reader of the cohorts file. */
CohortTable *log_builder_cohorts(LogBuilder *b);
/* FALSE when 2^32 - 2 rows are reached. */
gboolean log_builder_add(LogBuilder *b, const LogRow *row);
guint32 log_builder_count(const LogBuilder *b);
/* Moves all rows of `src` behind those of `b` and frees `src`. FALSE with CORE_ERROR_LIMIT when a
 * dictionary would overflow (then both are unchanged and `src` is still the caller's). */
gboolean log_builder_append(LogBuilder *b, LogBuilder *src, GError **error);
/* Sorts (stable), indexes, and hands out the log; the builder is freed. */
AccessLog *log_builder_finish(LogBuilder *b);
/* A log of the rows so far; the builder goes on. Costs a copy. */
AccessLog *log_builder_snapshot(const LogBuilder *b);

/* --- growing ----------------------------------------------------------------------------------
 *
 * A log that grows becomes a new log: readers of the old one are not disturbed. Ids of the
 * dictionaries stay what they are, new ones come behind them. Row numbers change only behind rows
 * that came late. */

/* A builder without rows in which ids mean the same as in `log`. */
LogBuilder *log_builder_on(const AccessLog *log);
/* The rows of `log` and those of `b`, which log_builder_on has made of it and which is freed. Of
 * rows of equal time those of `log` come first. */
AccessLog *access_log_join(const AccessLog *log, LogBuilder *b);
/* The number in `longer`, made of `log` by one or more joins, of row `row` of `log`. */
guint32 access_log_row_in(const AccessLog *log, guint32 row, const AccessLog *longer);

#endif
