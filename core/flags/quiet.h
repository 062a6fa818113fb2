/* Quiet: who is no longer seen in a class that is running.
 *
 * Looked at from one day (the last of the log, or the day the user names): rows after it do not
 * count. A week is a week of the course, from the weekday on which the class began; the week in
 * hand counts up to that day, and is held against the same days of the week of the other students,
 * and of classes of the same program when they were in that week. */
#ifndef CORE_FLAGS_QUIET_H
#define CORE_FLAGS_QUIET_H

#include "core/flags/classes.h"

typedef struct {
  guint days;      /* class days without a hit (7) ... */
  guint weeks;     /* ... after so many weeks with hits (2) */
  double share;    /* or a week below this share of the median of the class (0.1) */
  guint week_days; /* a week with fewer class days so far is too young to judge: the week before
                      it is judged instead (3) */
  guint min_class; /* students with hits that a median rests on (5) */
} QuietOptions;

typedef enum {
  QUIET_SILENT = 1 << 0, /* no hit for `days` class days */
  QUIET_WEEK = 1 << 1,   /* the judged week is below the share */
} QuietWhy;

/* A running class. */
typedef struct {
  const SchoolClass *in;
  guint32 students;   /* with hits in class until the day */
  int week;           /* of the course, on the day of looking */
  CivilDay week_from; /* first day of it */
  int judged_week;    /* that one, or the one before */
  CivilDay judged_from, judged_to;
  double week_median;    /* hits of its students in the week in hand */
  double judged_median;  /* ... in the judged week */
  double earlier_median; /* median, over earlier classes of the program, of their medians in the
                            same days of the same week; NaN without any */
  guint earlier_classes;
} QuietClass;

typedef struct {
  const QuietClass *in;
  const ClassStudent *student;
  guint32 user;
  CivilTime last_seen;      /* any row of the user, until the day of looking */
  guint32 days_quiet;       /* calendar days from then to the day of looking */
  guint32 class_days_quiet; /* class days without a hit, up to the last of them */
  guint32 weeks_active;     /* course weeks with hits */
  guint32 hits;             /* in class */
  guint32 week_hits, judged_hits;
  guint why; /* QuietWhy bits; 0: not quiet */
} QuietStudent;

typedef struct {
  QuietOptions options;
  CivilDay today;
  Classes *classes; /* owned */
  guint n_classes;
  QuietClass *running; /* by start */
  guint n;
  QuietStudent *students; /* of running classes, with hits in class: quiet ones first, then by class
                             days quiet, most first */
  guint n_quiet;
} Quiet;

void quiet_options_init(QuietOptions *o);
/* `o` NULL: the defaults. */
Quiet *quiet_new(const Study *study, const QuietOptions *o);
void quiet_free(Quiet *q);

#endif
