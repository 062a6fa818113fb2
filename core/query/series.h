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
  guint32 key; /* of `by`; 0 without */
  guint64 hits;
  guint32 *values; /* n_buckets */
} SeriesLine;

/* Buckets run without gaps from the first to the last hit of the selection: a day without hits is
 * a 0, not a missing row. For hours the run is limited to 100,000 buckets (CORE_ERROR_LIMIT). */
typedef struct {
  Bucket bucket;
  guint32 n_buckets;
  CivilTime *starts; /* start of each bucket; for course weeks the number of the week */
  guint n_lines;
  SeriesLine *lines; /* most hits first */
} Series;

Series *series_new(const Dataset *ds, const Selection *sel, const SeriesRequest *req,
                   GError **error);
void series_free(Series *s);
/* Label of a bucket: "2019-02-14T10", "2019-02-14", "2019-W07", "2019-02", "7". Free with g_free.
 */
char *series_label(const Series *s, guint32 bucket);

/* Punch card: hits by weekday (0 Monday) and hour. */
void series_punch_card(const Dataset *ds, const Selection *sel, guint32 ret[7][24]);

#endif
