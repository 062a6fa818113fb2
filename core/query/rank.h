/* Rankings: rows of a selection grouped by one dimension. The first of the four requests. */
#ifndef CORE_QUERY_RANK_H
#define CORE_QUERY_RANK_H

#include "core/query/scope.h"

typedef enum {
  MEASURE_HITS,
  MEASURE_USERS,    /* distinct users */
  MEASURE_IPS,      /* distinct addresses, a missing one not counted */
  MEASURE_LESSONS,  /* distinct entries of kind lesson */
  MEASURE_DAYS,     /* distinct days */
  MEASURE_COHORTS,  /* distinct cohorts, none not counted */
  MEASURE_SHARE,    /* hits / all hits of the selection, 0..1 */
  MEASURE_PER_USER, /* hits / users */
  MEASURE_LIFT,     /* share here / share in the baseline selection; NaN without a baseline */
  MEASURE_FIRST,    /* time of the first hit */
  MEASURE_LAST,
  N_MEASURES
} Measure;

typedef struct {
  const char *name;       /* "per-user": in commands and output columns */
  const char *title;      /* "h/user": column head, short */
  const char *definition; /* one sentence, with the unit */
  gboolean is_time, is_real;
} MeasureInfo;

const MeasureInfo *measure_info(Measure m);
gboolean measure_parse(const char *name, Measure *ret);

#define MEASURE_BIT(m) (1u << (m))

typedef struct {
  guint32 key;
  guint32 hits, users, ips, lessons, days, cohorts; /* 0 when not asked for */
  double share, lift;
  CivilTime first, last;
} RankRow;

typedef struct {
  gboolean by_key; /* natural order of the key, else a measure */
  Measure measure;
  gboolean ascending;
} RankSort;

typedef struct {
  Dimension by;
  guint measures;            /* MEASURE_BIT()s; hits are always counted */
  RankSort sort[4];          /* n_sort 0: hits, most first */
  guint n_sort;              /* ties always fall back to the natural order of the key */
  const Selection *baseline; /* for lift, or NULL */
  const gint *stop;          /* looked at now and then, atomically: not 0 ends the work. Or NULL */
} RankRequest;

typedef struct {
  Dimension by;
  guint measures;
  guint32 n;
  RankRow *rows; /* only keys with hits */
  guint64 hits;  /* of the selection */
} Ranking;

/* NULL when it was stopped, and only then. */
Ranking *rank(const Dataset *ds, const Selection *sel, const RankRequest *req);
void ranking_free(Ranking *r);
/* The measures (MEASURE_BIT()s) of a whole selection, as if it were the only row of a ranking: key
 * 0, share 1, no lift; without rows all is 0 and both times are CIVIL_NONE. FALSE when it was
 * stopped (see RankRequest); `stop` may be NULL. */
gboolean rank_totals(const Dataset *ds, const Selection *sel, guint measures, const gint *stop,
                     RankRow *ret);
/* Value of a measure as a number (times as seconds). */
double rank_value(const RankRow *row, Measure m);
/* Puts n places in r->rows in order of values found elsewhere: values[place * n_sort + s]. NaN goes
 * last either way, ties fall back to the natural order of the key. */
void ranking_order(const Dataset *ds, const Ranking *r, const double *values,
                   const gboolean *ascending, guint n_sort, guint32 *places, guint32 n);
/* Sorts in place, as RankRequest does. */
void ranking_sort(const Dataset *ds, Ranking *r, const RankSort *sort, guint n_sort);

#endif
