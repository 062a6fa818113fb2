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

struct FlagSink;
struct RuleContext;

typedef struct {
  const char *name; /* "burst" */
  guint version;    /* grows when the meaning changes */
  Audience audience;
  SubjectType subject;
  const char *question; /* "Did one account fetch many pages in seconds?" */
  const char *help;     /* one line: what fires it */
  guint n_parameters;
  RuleParameter parameters[RULE_MAX_PARAMETERS];
  void (*run)(const struct RuleContext *c, struct FlagSink *sink);
} Rule;

const Rule *rule_get(RuleId id);
gboolean rule_parse(const char *name, RuleId *ret);
const char *audience_name(Audience a);        /* "security" */
const char *subject_type_name(SubjectType t); /* "user", "ip", "cohort", "lesson", "day" */

/* The values in force. Compiled-in rules.conf, the user's own on top, then changes made live. */
typedef struct {
  gboolean on[N_RULES];
  double value[N_RULES][RULE_MAX_PARAMETERS];
} RuleSettings;

void rule_settings_init(RuleSettings *s);
/* `rule.parameter = value` and `rule = off` lines. FALSE with CORE_ERROR_USAGE naming file, line
 * and the closest word; then nothing is changed. */
gboolean rule_settings_apply(RuleSettings *s, const GPtrArray *lines, GError **error);
/* "pages=15 seconds=30", "off", "on": as typed at `:rule burst ...`. */
gboolean rule_settings_change(RuleSettings *s, RuleId rule, const char *text, GError **error);

#endif
