/* Rules: the one table behind every flag. Name, audience, parameters with defaults, help, and the
 * function that finds cases. Parameters can be changed while looking; only that rule runs again. */
#ifndef CORE_FLAGS_RULE_H
#define CORE_FLAGS_RULE_H

#include "core/flags/study.h"

typedef enum { AUDIENCE_SECURITY, AUDIENCE_TEACHING, AUDIENCE_DATA, N_AUDIENCES } Audience;

typedef enum {
  SUBJECT_USER,
  SUBJECT_IP,
  SUBJECT_COHORT,
  SUBJECT_LESSON,
  SUBJECT_DAY,
  N_SUBJECTS
} SubjectType;

typedef enum {
  RULE_BURST,
  RULE_METRONOME,
  RULE_GROUPED_CRAWL,
  RULE_SWEEP,
  RULE_VOLUME,
  RULE_OFF_HOURS,
  RULE_MANY_IPS,
  RULE_TWO_PLACES,
  RULE_NEW_PLACE,
  RULE_SHARED_IP,
  RULE_LINKED_IDS,
  RULE_DORMANT_RETURN,
  RULE_PROBE,
  RULE_AGENT,
  RULE_NO_COHORT,
  RULE_OUTSIDE_DATES,
  RULE_CROSS_PROGRAM,
  RULE_LOW_ACTIVITY,
  RULE_GONE_QUIET,
  RULE_LESSON_OUTLIER,
  RULE_DAY_VOLUME,
  RULE_BECAME_STAFF,
  N_RULES
} RuleId;

#define RULE_MAX_PARAMETERS 10

typedef struct {
  const char *name; /* "pages" */
  double value;     /* the default */
  double min, max;
  const char *unit; /* "pages", "seconds" */
  const char *help;
} RuleParameter;

/* Innocent explanations. Which of them can excuse a case depends on the rule: a site address does
 * not excuse one account that fetches sixty pages in a minute, a whole class at it does. */
typedef enum {
  DOUBT_SITE_ADDRESS = 1 << 0,  /* at least half of the evidence comes from a site address */
  DOUBT_CARRIER = 1 << 1,       /* ... from a carrier block, or as one that changes by itself */
  DOUBT_STAFF = 1 << 2,         /* staff by then, or within a month after */
  DOUBT_WHOLE_CLASS = 1 << 3,   /* >= 30 % of the cohort did it in the same hour */
  DOUBT_EXAM_WEEK = 1 << 4,     /* first or last week of the class */
  DOUBT_SHORT_HISTORY = 1 << 5, /* less than two weeks of history before it */
  DOUBT_LOG_EDGE = 1 << 6,      /* within a week of the first or last day of the log */
  DOUBT_PUBLIC = 1 << 7,        /* a line with so many users that it is a public place */
} FlagDoubt;
#define N_DOUBTS 8

struct FlagSink;
struct RuleContext;

typedef struct {
  const char *name; /* "burst" */
  guint version;    /* grows when the meaning changes */
  Audience audience;
  SubjectType subject;
  const char *question; /* "Did one account fetch many pages in seconds?" */
  const char *help;     /* one line: what fires it */
  guint doubts;         /* FlagDoubt bits: innocent explanations that can excuse such a case */
  RuleParameter parameters[RULE_MAX_PARAMETERS];
  guint n_parameters;
  void (*run)(const struct RuleContext *c, struct FlagSink *sink); /* NULL: not built in, off */
} Rule;

const Rule *rule_get(RuleId id);
gboolean rule_parse(const char *name, RuleId *ret);
const char *audience_name(Audience a);        /* "security" */
const char *subject_type_name(SubjectType t); /* "user", "ip", "cohort", "lesson", "day" */

/* A sentence about what the log or the settings lack for this rule, so that it says less or
 * nothing; NULL when nothing is missing. */
const char *rule_lacks(const Study *s, RuleId rule);

/* The values in force. Compiled-in rules.conf, the user's own on top, then changes made live. */
typedef struct {
  gboolean on[N_RULES];
  double value[N_RULES][RULE_MAX_PARAMETERS];
} RuleSettings;

void rule_settings_init(RuleSettings *s);
/* `rule.parameter = value` and `rule = off` lines. FALSE with CORE_ERROR_USAGE naming file, line
 * and the closest word; then nothing is changed. */
gboolean rule_settings_apply(RuleSettings *s, const GPtrArray *lines, GError **error);
/* "pages=15 seconds=30", "off", "on": as typed at `:rule burst ...`. Nothing changes on error. */
gboolean rule_settings_change(RuleSettings *s, RuleId rule, const char *text, GError **error);
/* The compiled-in file and the user's own (NULL or absent: none). Same errors. */
gboolean rule_settings_load(RuleSettings *s, const char *user_file, GError **error);
/* "pages=20 seconds=60": the parameters of one rule as rule_settings_change reads them; free with
 * g_free. */
char *rule_settings_print_rule(const RuleSettings *s, RuleId rule);

#endif
