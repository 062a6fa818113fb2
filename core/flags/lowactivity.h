/* Low activity: students who hardly used the curriculum while their class ran, and what may explain
 * it.
 *
 * Measured in hits per class day that the log covers, against the other students of the class.
 * Every kind of path counts: leaving out the home page would hide exactly these students. Somebody
 * without a single hit in the whole log cannot be seen from the log; a roster can tell. */
#ifndef CORE_FLAGS_LOWACTIVITY_H
#define CORE_FLAGS_LOWACTIVITY_H

#include "core/flags/classes.h"
#include "core/stats/robust.h"

typedef struct {
  double hits;       /* listed with at most so many hits in class (10) */
  double share;      /* or below this share of the median of the class (0.1) */
  double z;          /* or with a robust z of log(1 + hits per class day) below this (-3) */
  guint min_class;   /* the last two want so many students with hits ... (5) */
  guint min_days;    /* ... and so many class days in the log (5) */
  guint first_days;  /* "first days" of a class (7) */
  guint silent_days; /* class days without a hit that make "stopped" or "late" (10) */
  guint link_hours;  /* an id that goes on as another does so within this time (24) */
} LowOptions;

/* Why somebody is listed. */
typedef enum {
  LOW_FEW_HITS = 1 << 0,
  LOW_SHARE = 1 << 1,
  LOW_Z = 1 << 2,
  LOW_TEST_ID = 1 << 3, /* at most `hits` in the whole log, on one day, from the school's or staff's
                           addresses only; its class need not be in the log */
} LowListed;

/* What may explain it; each has a number as evidence. */
typedef enum {
  REASON_LOG_STARTS_LATE, /* days of the class before the log's first */
  REASON_LOG_ENDS_EARLY,  /* days of the class after the log's last */
  REASON_FIRST_DAYS_ONLY, /* last hit on that day of the class, the first seen being 1 */
  REASON_STOPPED,         /* class days after the last hit */
  REASON_LATE_JOINER,     /* class days before the first hit */
  REASON_ONE_DAY,         /* hits of that day */
  REASON_LINKED_ID,       /* minutes until another id of the class begins at the same address */
  REASON_TEST_ACCOUNT,    /* addresses, all of them the school's or staff's; or rows of staff */
  N_LOW_REASONS
} LowReason;

#define LOW_KNOWN 4 /* addresses and ids that are named */

typedef struct {
  const SchoolClass *in;       /* NULL: its class is not in the log (LOW_TEST_ID) */
  const ClassStudent *student; /* NULL as well */
  guint32 user;
  guint16 cohort;
  gboolean probable, staff; /* probable member; also has rows of staff */
  guint32 hits;             /* in class, all cohorts of the user */
  guint32 outside;          /* all other hits */
  double per_day, share, z; /* hits per class day, of the median; z may be NaN */
  guint listed;             /* LowListed bits */
  guint reasons;            /* 1 << LowReason */
  guint32 evidence[N_LOW_REASONS];
  guint32 linked; /* the user it goes on as, or G_MAXUINT32 */
  /* what is known, over the whole log */
  guint32 days, lessons, n_ips, n_sharers;
  guint32 ips[LOW_KNOWN];     /* most hits first */
  guint32 sharers[LOW_KNOWN]; /* other users of its private blocks, by id */
} LowStudent;

typedef struct {
  guint32 students;       /* with hits in class */
  double median;          /* hits in class */
  RobustSummary log_rate; /* of log(1 + hits per class day) */
} LowBaseline;

typedef struct {
  LowOptions options;
  Classes *classes;       /* owned */
  LowBaseline *baselines; /* one per class */
  guint n;
  LowStudent *students; /* fewest hits first, then by user; LOW_TEST_ID alone at the end */
  GArray *never;        /* of LowStudent: students never seen in the part of their class that the
                           log covers, but outside of it; not judged */
} LowActivity;

void low_options_init(LowOptions *o);
/* `o` NULL: the defaults. */
LowActivity *low_activity_new(const Study *study, const LowOptions *o);
void low_activity_free(LowActivity *l);
/* "stopped (41 class days without a hit until the end), one day (8 hits)"; free with g_free. */
char *low_reasons_text(const LowStudent *s);
/* "stopped,one-day"; free with g_free. */
char *low_reasons_names(const LowStudent *s);

#endif
