/* Dimensions: the ways to group rows. One table; rankings, matrices, scopes, columns of screens
 * and command-line options all read it. A key is a small number, dense per dimension. */
#ifndef CORE_QUERY_DIMENSION_H
#define CORE_QUERY_DIMENSION_H

#include "core/query/dataset.h"

typedef enum {
  DIM_PROGRAM, /* of the row's cohort; key 0 = none */
  DIM_COHORT,  /* key 0 = none */
  DIM_LESSON,  /* catalog entry, of every kind */
  DIM_MODULE,
  DIM_PATH, /* raw path */
  DIM_USER,
  DIM_IP,
  DIM_KIND,
  DIM_PHASE,
  DIM_WEEKDAY, /* 0 = Monday */
  DIM_HOUR,
  DIM_DAY,         /* days since the first day of the log */
  DIM_WEEK,        /* weeks since the Monday of the first day */
  DIM_MONTH,       /* months since the first month */
  DIM_COURSE_WEEK, /* of the row's cohort; key 0 = before the start or unknown */
  DIM_AGENT,
  N_DIMENSIONS
} Dimension;

typedef struct {
  const char *name;       /* "course-week": in commands, scopes and output columns */
  const char *title;      /* "Course weeks" */
  const char *definition; /* one sentence for the help of the column */
} DimensionInfo;

const DimensionInfo *dimension_info(Dimension d);
/* FALSE when unknown. */
gboolean dimension_parse(const char *name, Dimension *ret);
/* Number of keys; every key of a row is below it. */
guint32 dimension_count(const Dataset *ds, Dimension d);
/* Key of one row. */
guint32 dimension_key(const Dataset *ds, Dimension d, guint32 row);
/* Keys of `n` rows: rows[i], or begin + i when `rows` is NULL. The fast path of every scan. */
void dimension_keys(const Dataset *ds, Dimension d, const guint32 *rows, guint32 begin, guint32 n,
                    guint32 *ret_keys);
/* Id as in the log and in machine output ("8", "java-iii", "2019-02-14", "3", "class"); NULL for
 * missing. A page whose name another kind of page bears first is told apart: "java-iii (stray)".
 * Weekdays are "mon".."sun". Free with g_free. Raw bytes of the log: make safe before showing. */
char *dimension_id(const Dataset *ds, Dimension d, guint32 key);
/* Label for people ("Hampton", "Data Science", "(none)", "Mon"). Free with g_free. Safe text. */
char *dimension_label(const Dataset *ds, Dimension d, guint32 key);
/* Key for an id or, case-insensitive, a name; FALSE when there is none. */
gboolean dimension_find(const Dataset *ds, Dimension d, const char *id_or_name, guint32 *ret);
/* Place of a key in the natural order of all keys. */
guint32 dimension_place(const Dataset *ds, Dimension d, guint32 key);
/* Natural order of two keys (numbers by value, names by text, time by time): <0, 0, >0. */
int dimension_compare(const Dataset *ds, Dimension d, guint32 a, guint32 b);

#endif
