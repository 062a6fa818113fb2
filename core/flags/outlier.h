/* Lesson outliers: cohorts that dwelt on a lesson which the other cohorts of the program did not.
 *
 * Looked at are the hits on lessons that students made while their own class ran. For a lesson and
 * a cohort the others are the cohorts of the same program whose class overlaps the life of the
 * lesson, its first to its last hit by anyone. The unit is the student: a rank-sum test compares
 * each student's share of hits on the lesson with that of the other students, so that one heavy
 * reader is one person. All tests of the log together are corrected for their number (Benjamini,
 * Hochberg). Beside it stands the lift: hits over those expected if every cohort divided its hits
 * alike, (hits of all on the lesson) x (hits of the cohort) / (hits of all).
 *
 * What passes can still be an accident of who happens to be seen: one reader carries it, or the
 * cohort was seen only in those weeks of its course in which everybody reads the lesson. Both are
 * tried: without the heaviest reader, and against the others in the same weeks of their course. A
 * cohort of whose class the log has only a part must also have read the lesson far more, by
 * student, than the others did in their whole class; else it may just have come to it earlier.
 *
 * Students of probable cohorts are left out: that they are a class is a guess. */
#ifndef CORE_FLAGS_OUTLIER_H
#define CORE_FLAGS_OUTLIER_H

#include "core/flags/study.h"

typedef struct {
  double q;       /* below this false discovery rate (0.05) */
  double lift;    /* at least so many times the expected hits (2) */
  guint hits;     /* of the cohort on the lesson, at least (25) */
  guint students; /* a cohort takes part with so many students who read in class (5) */
} OutlierOptions;

typedef enum {
  OUTLIER_YES,
  OUTLIER_ONE_READER, /* the lift falls below the threshold without the heaviest reader */
  OUTLIER_WEEKS,      /* ... when others are taken in the same weeks of their course; or a class
                         seen in part has not read more, by student, than others in all */
  N_OUTLIER_VERDICTS
} OutlierVerdict;

/* Hits against expected hits. */
typedef struct {
  double expected, lift; /* NaN when nothing is expected */
} OutlierLift;

typedef struct {
  guint8 program;
  guint32 lesson; /* catalog entry */
  guint16 cohort;
  OutlierVerdict verdict;
  guint32 hits;              /* of the cohort on the lesson, in class */
  guint32 students, readers; /* who read anything in class, and who read this */
  double per_student;        /* hits / students */
  double excess;             /* hits beyond the expected ones */
  double share;              /* hits / hits of the cohort on lessons */
  OutlierLift all, less;     /* of everybody; without the heaviest reader */
  double weight; /* geometric mean of how often hits and the lift without the heaviest reader hold
                    their thresholds; 1 at both */
  guint32 heaviest;      /* that user ... */
  guint32 heaviest_hits; /* ... and the user's hits on the lesson */
  double effect; /* chance that a student of the cohort has the greater share than one of others */
  double p, q;
  guint others; /* cohorts of the program that it is tested against */
  guint seen; /* of these, cohorts whose class the log covers for the most part; without any, all */
  double seen_median, seen_least; /* hits per student of these cohorts */
  guint glossed;                  /* of these, how many glossed over it (OUTLIER_GLOSSED_TEXT) */
  guint16 first_week, last_week;  /* weeks of its course in which the cohort was seen ... */
  guint16 weeks;                  /* ... of so many */
  guint week_others;    /* cohorts that were seen in all of these weeks, as far as they had them */
  OutlierLift in_weeks; /* against them, in these weeks; NaN without any */
  double week_median;   /* hits per student of these cohorts in these weeks */
} OutlierCase;

typedef struct {
  guint8 program;
  guint32 n_tests;   /* pairs of lesson and cohort that were tested */
  guint32 n_lessons; /* lessons in these */
  guint32 n_cohorts; /* cohorts in these */
} OutlierProgram;

typedef struct {
  OutlierOptions options;
  guint64 hits;     /* that were looked at */
  guint32 n_tests;  /* of all programs */
  GArray *programs; /* of OutlierProgram: those with a student who read in class */
  GArray *cases;    /* of OutlierCase: over all three thresholds, whatever the verdict; by program,
                       then weight, greatest first */
} Outliers;

void outlier_options_init(OutlierOptions *o);
/* `o` NULL: the defaults. */
Outliers *outliers_new(const Study *study, const OutlierOptions *o);
void outliers_free(Outliers *x);
/* A class is seen for the most part when the log covers this share of its weeks. */
#define OUTLIER_SEEN_SHARE 0.75
/* What "glossed over" means. */
#define OUTLIER_GLOSSED_TEXT "half of their students or more opened it once or never"
/* "finding", "one-reader", "course-weeks" */
const char *outlier_verdict_name(OutlierVerdict v);

#endif
