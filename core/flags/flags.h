/* Flags: reasons to look, with their evidence. Never proof, and everything that shows them says so.
 *
 * Score: for a rule's quantity x with threshold h, 100 (1 - 2^(-x/h)), times 0.6 for each doubt
 * that applies (core/stats/score.h). */
#ifndef CORE_FLAGS_FLAGS_H
#define CORE_FLAGS_FLAGS_H

#include "core/flags/rule.h"

const char *doubt_text(FlagDoubt doubt); /* a sentence */
const char *doubt_name(FlagDoubt doubt); /* "site-address": short and stable */

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
  char *marked;       /* the same with its names marked, see core/base/marked.h */
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
/* Brings the flags from the dataset that they were found in to that of a log that has grown out of
 * it: numbers of rows, days and catalog entries become those of `to`. No rule is run. */
void flag_set_move(FlagSet *set, const Dataset *from, const Dataset *to);
/* Score of the episode that `f` belongs to: this flag and the best flag of every other security
 * rule about the same subject at an overlapping time, joined like independent chances. */
double flag_set_combined(const FlagSet *set, const Flag *f);
/* The flag of that id, or NULL. */
const Flag *flag_set_find(const FlagSet *set, const char *id);
/* Id of the subject as in the log ("534", "198.51.100.7", "java-iii", "2019-03-03"); free with
 * g_free. */
char *flag_subject_id(const Flag *f, const Dataset *ds);
/* "user 534", "address 198.51.100.7", ...; safe; free with g_free. */
char *flag_subject_label(const Flag *f, const Dataset *ds);
/* The evidence in a few words, for lists: "168 pages in 8 s"; free with g_free. */
char *flag_gist(const Flag *f);
/* The id that the flag would have if its subject were called `subject`: for exports with
 * pseudonyms. Free with g_free. */
char *flag_id_with(const Flag *f, const Dataset *ds, const char *subject);

/* --- for rules ----------------------------------------------------------------------------------
 */

typedef struct RuleContext {
  const Study *study;
  RuleId rule;
  const double *value; /* parameters in the order of the table */
} RuleContext;

/* Value of a parameter by its name in the rule table, which must have it. */
double rule_value(const RuleContext *c, const char *name);

typedef struct FlagSink FlagSink;
/* A flag about `key`, without rows; a user is its own first suspect. */
Flag *flag_new(RuleId rule, SubjectType subject, guint32 key);
/* At most FLAG_MAX_TERMS, later ones are dropped. `name` is static or interned. */
void flag_add_term(Flag *f, const char *name, double value);
/* Copies the evidence (row numbers in any order) and sets events; of more than FLAG_MAX_ROWS the
 * first ones are kept. */
void flag_set_rows(Flag *f, const guint32 *rows, guint32 n);
void flag_add_user(Flag *f, guint32 user); /* one more suspect */
void flag_set_baseline(Flag *f, BaselineKind k, double value, guint32 n, const char *what);
/* Replaces the text; printf. Texts of the log in it are made safe. Users and addresses go in as
 * MARKED_USER and MARKED_ADDRESS (core/base/marked.h) in place of %s. */
void flag_set_text(Flag *f, const char *format, ...) G_GNUC_PRINTF(2, 3);
void flag_free(Flag *f);
/* Takes over `f`, which has subject, raw_score, rows, text and whatever only the rule knows.
 * Fills in what it left empty: from and to (first and last row; CIVIL_NONE means empty), ips (of
 * the rows), cohort (of a user); then the doubts and the score. Doubts that the rule has set itself
 * stay; a rule knows best about its own. Ids come when all flags of the rule are there. */
void flag_sink_add(FlagSink *sink, const RuleContext *c, Flag *f);

#endif
