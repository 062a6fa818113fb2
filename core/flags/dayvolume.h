/* Day volume: days on which the whole site, or one class, lies outside its usual volume; and days
 * without any row.
 *
 * Weekends are no outliers of a school: weekdays that are usually quiet have a band of their own,
 * apart from the busy ones. Both bands are exponentially weighted and are read as they stood before
 * the day, so that a day does not hide itself, and a day outside moves them no further than their
 * edge, so that it does not hide the next. The first and the last day of the log may be cut
 * short, and never count as low. */
#ifndef CORE_FLAGS_DAYVOLUME_H
#define CORE_FLAGS_DAYVOLUME_H

#include "core/flags/study.h"

typedef struct {
  double span; /* of the bands, in days of the same sort (30) */
  double k;    /* half width in deviations (3.5) */
  guint days;  /* earlier days of the same sort that a band rests on, at least (7) */
  guint hits;  /* a day above has so many hits at least, a day below was expected to (100) */
  guint gap;   /* a gap was expected to have so many hits (20) */
} DayOptions;

typedef struct {
  guint16 cohort; /* COHORT_NONE: the whole site */
  guint32 day;    /* since the first day of the log */
  guint32 hits;
  gboolean above;    /* else below */
  gboolean quiet;    /* the weekday is one of the quiet ones */
  gboolean site_too; /* of a cohort: the site was outside that day, too, in the same direction */
  double mid, sd;    /* of the band */
  double edge;       /* the end of the band that was crossed */
  guint32 n_days;    /* that the band rests on */
  guint32 users;     /* of the day */
  guint32 top_user, top_hits; /* who made most of its hits; G_MAXUINT32 without any */
} DayOutlier;

/* Days in a row without a single row of the log. */
typedef struct {
  CivilDay from, to;
  CivilTime before, after; /* the rows around it */
  double expected;         /* hits, by the bands */
} LogGap;

typedef struct {
  DayOptions options;
  guint n;
  DayOutlier *days; /* the site first, then by cohort; each by day */
  guint n_gaps;
  LogGap *gaps;              /* those that were expected to have hits; by day */
  gboolean quiet_weekday[7]; /* 0 = Monday: usually below a third of the busiest weekday */
} DayVolume;

void day_options_init(DayOptions *o);
/* `o` NULL: the defaults. */
DayVolume *day_volume_new(const Study *study, const DayOptions *o);
void day_volume_free(DayVolume *v);
/* Rows of the day that an outlier is about, appended to `ret` (guint32). */
void day_volume_rows(const Study *study, const DayOutlier *d, GArray *ret);

#endif
