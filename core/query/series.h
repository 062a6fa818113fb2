/* Series: a measure over time, one line or one per key. The second of the four requests. */
#ifndef CORE_QUERY_SERIES_H
#define CORE_QUERY_SERIES_H

#include "core/query/rank.h"

typedef enum {
  BUCKET_HOUR,
  BUCKET_DAY,
  BUCKET_WEEK,
  BUCKET_MONTH,
  BUCKET_COURSE_WEEK,
  N_BUCKETS
} Bucket;

const char *bucket_name(Bucket b);
gboolean bucket_parse(const char *name, Bucket *ret);

typedef struct {
  Bucket bucket;
  Measure measure; /* hits, users, ips, lessons, days, cohorts */
  gboolean has_by; /* one line per key of `by`, else one line */
  Dimension by;
  guint max_lines; /* the lines with most hits; 0 = all */
} SeriesRequest;

typedef struct {
  guint32 key;     /* of `by`; 0 without */
  guint64 hits;    /* of the key in the selection, in a bucket or not */
  guint32 *values; /* n_buckets */
} SeriesLine;

/* Buckets run without gaps from the first to the last hit of the selection: a day without hits is
 * a 0, not a missing row. Course weeks run from the first to the last that has a hit; rows before
 * the start of their cohort, or without a start date, are in no bucket and are counted beside.
 * An empty selection has no bucket. */
typedef struct {
  Bucket bucket;
  guint32 n_buckets;
  guint64 left_out;  /* rows of the selection that are in no bucket */
  CivilTime *starts; /* start of each bucket; for course weeks the number of the week */
  guint n_lines;
  SeriesLine *lines; /* most hits first */
} Series;

/* NULL with CORE_ERROR_USAGE for a measure that is none of the above, and with CORE_ERROR_LIMIT for
 * more than 100,000 hours or more than 2^25 values in all. */
Series *series_new(const Dataset *ds, const Selection *sel, const SeriesRequest *req,
                   GError **error);
void series_free(Series *s);
/* Label of a bucket: "2019-02-14T10", "2019-02-14", "2019-W07", "2019-02", "7". Free with g_free.
 */
char *series_label(const Series *s, guint32 bucket);

/* Punch card: hits by weekday (0 Monday) and hour. */
void series_punch_card(const Dataset *ds, const Selection *sel, guint32 ret[7][24]);

#endif
