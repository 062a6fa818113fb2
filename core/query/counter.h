/* Counters of distinct values per group: exact, with whatever table suits the sizes.
 *
 * Owns the tables. One counter serves one thread; those of several threads are joined afterwards.
 * Private to core/query/count.c. */
#ifndef CORE_QUERY_COUNTER_H
#define CORE_QUERY_COUNTER_H

#include "core/query/rank.h"

typedef enum {
  METHOD_BYTES, /* a byte per group and value: setting one needs no reading */
  METHOD_STAMP, /* days: rows come in time order, so the last day of each group is enough */
  METHOD_BITS,  /* a bit per group and value */
  METHOD_PAIRS  /* no table: pairs of group and value are kept and sorted by group at the end */
} CounterMethod;

typedef struct {
  Measure measure; /* users, ips, lessons, days or cohorts */
  CounterMethod method;
  guint32 n_groups, n_values;
  gboolean skip_zero; /* value 0 means "none" and is not counted */
  gsize line;         /* bytes or words per group */
  guint8 *bytes;
  guint64 *bits;
  guint32 *stamps; /* last day + 1 of each group */
  guint64 *pairs;  /* group << 32 | value; hardly twice the same in a row */
  gsize n_pairs, pairs_room;
  guint64 *recent; /* pairs seen of late, by hash: most rows repeat one of them */
  guint32 *result; /* n_groups */
} Counter;

/* Chooses the method for `n_rows` rows. Call counter_alloc before the first block. */
void counter_init(Counter *c, const Dataset *ds, Measure m, guint32 n_groups, guint32 n_rows);
void counter_alloc(Counter *c);
/* Frees all but the result. */
void counter_clear(Counter *c);
/* Bytes that counter_alloc takes; pairs grow beyond that, by 8 bytes a row at worst. */
gsize counter_size(const Counter *c);
/* Values of a block of rows, of which the distinct ones are counted. */
void counter_values(const Dataset *ds, Measure m, const guint32 *rows, guint32 begin, guint32 n,
                    guint32 *ret);
/* Takes note of n pairs of group and value. */
void counter_block(Counter *c, const guint32 *groups, const guint32 *values, guint32 n);
/* The same, all of one value. */
void counter_same(Counter *c, const guint32 *groups, guint32 value, guint32 n);
/* Adds what another counter of the same measure saw. For METHOD_STAMP no day may be seen by both.
 */
void counter_join(Counter *c, const Counter *other);
/* Fills `result`. */
void counter_finish(Counter *c);

#endif
