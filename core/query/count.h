/* Counting: hits, first and last rows and distinct values per group, in one pass over a selection.
 *
 * Owns the inner loops of rankings, series and matrices; they differ only in what a group is.
 * Private to core/query. Distinct values are counted exactly. */
#ifndef CORE_QUERY_COUNT_H
#define CORE_QUERY_COUNT_H

#include "core/query/rank.h"

/* What a group is. `keys` gives the groups of a block of rows as dimension_keys does; a row of
 * group `n_groups` is counted nowhere but there. NULL: all rows are of group 0. */
typedef struct Grouping Grouping;
struct Grouping {
  const Dataset *ds;
  const Selection *sel;
  guint32 n_groups;
  const gint *stop; /* of the request, or NULL */
  void (*keys)(const Grouping *g, const guint32 *rows, guint32 begin, guint32 n, guint32 *ret);
};

/* Arrays of n_groups + 1 entries; those not asked for are NULL. */
typedef struct {
  guint32 *hits;
  guint32 *first_row, *last_row; /* with MEASURE_FIRST or MEASURE_LAST */
  guint32 *distinct[N_MEASURES]; /* users, ips, lessons, days, cohorts */
} Counts;

/* The measures that count distinct values. */
#define MEASURES_DISTINCT                                                                          \
  (MEASURE_BIT(MEASURE_USERS) | MEASURE_BIT(MEASURE_IPS) | MEASURE_BIT(MEASURE_LESSONS) |          \
   MEASURE_BIT(MEASURE_DAYS) | MEASURE_BIT(MEASURE_COHORTS))

/* NULL when it was stopped. */
Counts *counts_new(const Grouping *g, guint measures);
void counts_free(Counts *c);

/* Rows a block holds at most. */
#define COUNT_BLOCK 2048

/* TRUE once whoever asked wants no answer any more. */
static inline gboolean query_stopped(const gint *stop)
{
  return stop && g_atomic_int_get(stop);
}

/* Rows i .. i + n - 1 of a selection, for dimension_keys and its like. */
static inline const guint32 *selection_block(const Selection *sel, guint32 i, guint32 *ret_begin)
{
  *ret_begin = sel->begin + i;
  return sel->rows ? sel->rows + i : NULL;
}

#endif
