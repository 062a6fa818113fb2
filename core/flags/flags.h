/* Flags: reasons to look, with their evidence. Never proof, and everything that shows them says so.
 *
 * Score: for a rule's quantity x with threshold h, 100 (1 - 2^(-x/h)), times 0.6 for each doubt
 * that applies (core/stats/score.h). */
#ifndef CORE_FLAGS_FLAGS_H
#define CORE_FLAGS_FLAGS_H

#include "core/flags/rule.h"

/* Innocent explanations. */
typedef enum {
  DOUBT_SITE_ADDRESS = 1 << 0,
  DOUBT_CARRIER = 1 << 1,
  DOUBT_STAFF = 1 << 2,       /* staff, or became staff */
  DOUBT_WHOLE_CLASS = 1 << 3, /* >= 30 % of the cohort did it in the same hour */
  DOUBT_EXAM_WEEK = 1 << 4,   /* first or last week of the class */
  DOUBT_SHORT_HISTORY = 1 << 5,
  DOUBT_LOG_EDGE = 1 << 6,
} FlagDoubt;
#define N_DOUBTS 7
const char *doubt_text(FlagDoubt doubt); /* a sentence */

typedef enum { BASELINE_OWN, BASELINE_COHORT, BASELINE_PROGRAM, N_BASELINES } BaselineKind;
const char *baseline_name(BaselineKind k); /* "own", "cohort", "program" */

typedef struct {
  const char *name; /* "pages", "threshold", "seconds": static or interned (g_intern_string) */
  double value;
} FlagTerm;

typedef struct {
  double value;     /* NaN: not known */
  guint32 n;        /* how many values it rests on */
  const char *what; /* "median pages per active day": static or interned */
} FlagBaseline;

#define FLAG_MAX_TERMS 10

typedef struct {
  char *id; /* stable: rule, subject and start, such as "burst-u534-20200411T2114" */
  RuleId rule;
  double score;     /* 0..100, doubts counted */
  double raw_score; /* before doubts */
  SubjectType subject;
  guint32 key; /* user, address, cohort or catalog entry id; day: days since the first day */
  CivilTime from, to;
  guint32 n_users, *users; /* the suspects only */
  guint32 n_ips, *ips;
  guint16 cohort;        /* COHORT_NONE when it is about none */
  guint32 lesson;        /* catalog entry, or CATALOG_NONE */
  guint64 events;        /* rows that are the evidence */
  guint32 n_rows, *rows; /* these rows, ascending; at most FLAG_MAX_ROWS of them */
  guint n_terms;
  FlagTerm terms[FLAG_MAX_TERMS];
  FlagBaseline baselines[N_BASELINES];
  guint doubts;       /* FlagDoubt bits */
  char *text;         /* one sentence with the numbers; safe */
  GPtrArray *related; /* of char*: ids of flags of the same story */
} Flag;

#define FLAG_MAX_ROWS 5000

typedef struct {
  GPtrArray *flags; /* of Flag*, score descending, then id */
  RuleSettings settings;
  guint32 count[N_RULES];
  gint64 microseconds[N_RULES];      /* time of the last run of each rule */
  guint8 *flagged_user, *flagged_ip; /* for Dataset: subjects of security flags >= 50 */
} FlagSet;

/* Runs every rule that is on (in parallel where that helps). */
FlagSet *flag_set_new(const Study *study, const RuleSettings *settings);
void flag_set_free(FlagSet *set);
/* Runs one rule again with other settings; everything else stays. */
void flag_set_rerun(FlagSet *set, const Study *study, RuleId rule, const RuleSettings *settings);
/* The flag of that id, or NULL. */
const Flag *flag_set_find(const FlagSet *set, const char *id);
/* Id of the subject as in the log ("534", "198.51.100.7", "java-iii", "2019-03-03"); free with
 * g_free. */
char *flag_subject_id(const Flag *f, const Dataset *ds);
/* "user 534", "address 198.51.100.7", ...; safe; free with g_free. */
char *flag_subject_label(const Flag *f, const Dataset *ds);

/* --- for rules ----------------------------------------------------------------------------------
 */

typedef struct RuleContext {
  const Study *study;
  RuleId rule;
  const double *value; /* parameters in the order of the table */
} RuleContext;

typedef struct FlagSink FlagSink;
/* Takes over `f` (allocated with flag_new, all pointers owned); fills id, doubts that every rule
 * shares, score from raw_score. */
Flag *flag_new(RuleId rule, SubjectType subject, guint32 key);
void flag_add_term(Flag *f, const char *name, double value);
void flag_set_rows(Flag *f, const guint32 *rows, guint32 n);
void flag_free(Flag *f);
void flag_sink_add(FlagSink *sink, const RuleContext *c, Flag *f);

#endif
