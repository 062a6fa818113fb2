/* Rules: the table. Defaults are those that a person would defend without looking at any one log;
 * assets/rules.conf is printed from here. */
#include "core/flags/rules.h"

#include "core/base/text.h"

#include <string.h>

#define PARAMETERS(...)                                                                            \
  .parameters = {__VA_ARGS__},                                                                     \
  .n_parameters = sizeof((RuleParameter[]){__VA_ARGS__}) / sizeof(RuleParameter)

#define MANY 1e6 /* a limit that no sensible setting meets */

/* What can excuse a pace or an amount: staff try out what they teach, and a class is led. The
 * school's address alone cannot: one account that reads like no other there is still one account.
 */
#define DOUBTS_PACE   (DOUBT_STAFF | DOUBT_WHOLE_CLASS)
#define DOUBTS_AMOUNT (DOUBT_STAFF | DOUBT_WHOLE_CLASS | DOUBT_EXAM_WEEK)

static const Rule rules[N_RULES] = {
    [RULE_BURST] = {.name = "burst",
                    .version = 1,
                    .audience = AUDIENCE_SECURITY,
                    .subject = SUBJECT_USER,
                    .question = "Did one account fetch many pages in seconds?",
                    .help = "Distinct pages of one user within a minute, or within a few seconds.",
                    .doubts = DOUBTS_PACE,
                    .run = rule_burst,
                    PARAMETERS(
                        {"pages", 20, 2, MANY, "pages", "distinct pages within the longer window"},
                        {"seconds", 60, 1, 3600, "seconds", "the longer window"},
                        {"fast-pages", 15, 2, MANY, "pages",
                         "distinct pages within the shorter window"},
                        {"fast-seconds", 10, 1, 3600, "seconds", "the shorter window"})},
    [RULE_METRONOME] =
        {.name = "metronome",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Does one account turn pages like a clock?",
         .help = "A run of gaps between pages that hardly vary: no person reads so evenly.",
         .doubts = DOUBTS_PACE,
         .run = rule_metronome,
         PARAMETERS({"gaps", 15, 4, MANY, "gaps", "consecutive gaps between pages"},
                    {"distinct", 10, 2, MANY, "pages", "distinct pages in the run"},
                    {"mean", 2, 1, 3600, "seconds", "shortest mean gap: quicker is a burst"},
                    {"spread", 0.15, 0.01, 1, "ratio",
                     "deviation of the gaps over their mean, freed of whole-second rounding"})},
    [RULE_GROUPED_CRAWL] =
        {.name = "grouped-crawl",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Does one account fetch several pages at a time, at a fixed beat?",
         .help = "Pages a few seconds apart form groups; the groups begin like a clock.",
         .doubts = DOUBTS_PACE,
         .run = rule_grouped_crawl,
         PARAMETERS({"gaps", 6, 4, MANY, "gaps", "consecutive gaps between the starts of groups"},
                    {"join", 3, 0, 60, "seconds", "pages at most so far apart are one group"},
                    {"size", 2, 2, 100, "pages", "median size of the groups"},
                    {"distinct", 10, 2, MANY, "pages", "distinct pages in the run"},
                    {"spread", 0.15, 0.01, 1, "ratio",
                     "deviation of the gaps over their mean, freed of whole-second rounding"})},
    [RULE_SWEEP] = {.name = "sweep",
                    .version = 1,
                    .audience = AUDIENCE_SECURITY,
                    .subject = SUBJECT_USER,
                    .question = "Did one account go through most of a curriculum in a day?",
                    .help = "Share of the live lessons of a track, or of the own cohort, that one "
                            "user opened within a "
                            "day.",
                    .doubts = DOUBTS_AMOUNT,
                    .run = rule_sweep,
                    PARAMETERS(
                        {"share", 0.6, 0.05, 1, "ratio",
                         "of the live lessons of a track, or of the own cohort"},
                        {"lessons", 40, 5, MANY, "lessons", "distinct live lessons at least"},
                        {"hours", 24, 1, 168, "hours", "within so long"},
                        {"days", 90, 7, 730, "days",
                         "a lesson is live when it was read in so many days before ..."},
                        {"readers", 5, 1, 1000, "users",
                         "... by so many students of the track in class"})},
    [RULE_VOLUME] =
        {.name = "volume",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Did one account read far more on a day than it ever does?",
         .help = "Hits of a user-day above the band of the user's earlier days, or far above all "
                 "user-days.",
         .doubts = DOUBTS_AMOUNT,
         .run = rule_volume,
         PARAMETERS({"hits", 100, 10, MANY, "hits", "a day above the user's band has so many ..."},
                    {"half", 150, 10, MANY, "hits", "... and scores 50 at so many"},
                    {"span", 30, 2, 365, "days", "span of the exponentially weighted band"},
                    {"k", 3.5, 1, 10, "deviations", "half width of the band"},
                    {"days", 7, 2, 365, "days", "active days that the band rests on, at least"},
                    {"high", 200, 10, MANY, "hits", "a day beyond the fence has more than so many"},
                    {"fence", 5, 1, 20, "quartile ranges",
                     "fence above the third quartile of all "
                     "user-days"})},
    [RULE_OFF_HOURS] =
        {.name = "off-hours",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Does one account read through the night, unlike its class?",
         .help = "Many pages in one night, or reading night after night, against the user's own "
                 "nights and the cohort's.",
         .doubts = DOUBTS_AMOUNT,
         .run = rule_off_hours,
         PARAMETERS({"from", 0, 0, 23, "hour", "the night begins"},
                    {"to", 5, 1, 24, "hour", "the night ends"},
                    {"pages", 30, 5, MANY, "pages", "distinct pages in one night"},
                    {"percentile", 0.95, 0.5, 1, "ratio", "of the cohort's nights, to be exceeded"},
                    {"own", 3, 1, 100, "times", "the user's own usual night, to be exceeded"},
                    {"nights", 4, 2, 28, "nights", "or so many nights ..."},
                    {"days", 28, 2, 365, "days", "... within so many days ..."},
                    {"night-pages", 8, 1, MANY, "pages", "... of so many distinct pages each ..."},
                    {"ratio", 5, 1, 1000, "times",
                     "... while the user's share of night pages is so "
                     "many times the cohort's"})},
    [RULE_MANY_IPS] = {.name = "many-ips",
                       .version = 1,
                       .audience = AUDIENCE_SECURITY,
                       .subject = SUBJECT_USER,
                       .question = "Is one account used from many networks?",
                       .help = "Private address blocks of one user within a day, or in all.",
                       .doubts = DOUBT_STAFF | DOUBT_CARRIER,
                       .run = rule_many_ips,
                       PARAMETERS(
                           {"blocks", 6, 2, 1000, "blocks", "private blocks within the window"},
                           {"hours", 24, 1, 168, "hours", "the window"},
                           {"total", 12, 2, 10000, "blocks", "or so many in all ..."},
                           {"kept", 3, 1, 365, "days", "... each used on so many days ..."},
                           {"fence", 3, 1, 20, "quartile ranges",
                            "... and so far above the third quartile "
                            "of the cohort"})},
    [RULE_TWO_PLACES] = {.name = "two-places",
                         .version = 1,
                         .audience = AUDIENCE_SECURITY,
                         .subject = SUBJECT_USER,
                         .question = "Is one account used in two places at once?",
                         .help = "Two addresses that take turns within minutes, on several days.",
                         .doubts = DOUBT_STAFF | DOUBT_CARRIER | DOUBT_SITE_ADDRESS,
                         .run = rule_two_places,
                         PARAMETERS(
                             {"changes", 4, 1, 1000, "changes", "changes of address in a day"},
                             {"minutes", 10, 1, 240, "minutes", "longest gap across a change"},
                             {"days", 5, 1, 365, "days", "such days"})},
    [RULE_NEW_PLACE] =
        {.name = "new-place",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Did an account suddenly read a lot from somewhere it never was?",
         .help = "Much reading within a day from a country or network that is new to a known user.",
         .doubts = DOUBT_STAFF | DOUBT_CARRIER,
         .run = rule_new_place,
         PARAMETERS({"days", 30, 1, 3650, "days", "of history before it"},
                    {"pages", 40, 5, MANY, "pages", "from there within the window"},
                    {"hours", 24, 1, 168, "hours", "the window"})},
    [RULE_SHARED_IP] =
        {.name = "shared-ip",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_IP,
         .question = "Do many accounts use one private network?",
         .help = "A private block with users of several cohorts; two or three users are a "
                 "household.",
         .doubts = DOUBT_STAFF,
         .run = rule_shared_ip,
         PARAMETERS({"users", 4, 2, 1000, "users", "who stay there in the same weeks"},
                    {"cohorts", 2, 1, 100, "cohorts", "of these users"},
                    {"days", 3, 1, 365, "days", "of use that make a stay ..."},
                    {"weeks", 8, 1, 520, "weeks", "... within so many weeks"})},
    [RULE_LINKED_IDS] =
        {.name = "linked-ids",
         .version = 1,
         .audience = AUDIENCE_DATA,
         .subject = SUBJECT_USER,
         .question = "Are two ids one person?",
         .help = "One id stops, another of the cohort starts in the same private block.",
         .doubts = DOUBT_STAFF,
         .run = rule_linked_ids,
         PARAMETERS({"hours", 24, 1, 720, "hours",
                     "between the last hit of one and the first of "
                     "the other"},
                    {"silent", 30, 1, 3650, "days", "the first id stays silent"})},
    [RULE_DORMANT_RETURN] =
        {.name = "dormant-return",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Did an account wake up after a long sleep and read a lot?",
         .help = "Months without a hit, then heavy reading within days.",
         .doubts = DOUBT_STAFF,
         .run = rule_dormant_return,
         PARAMETERS({"days", 180, 14, 3650, "days", "without a hit"},
                    {"pages", 40, 5, MANY, "pages", "within the window after it"},
                    {"window", 7, 1, 90, "days", "the window"},
                    {"fence", 0, 0, 20, "quartile ranges",
                     "and more pages than so far above the third quartile of all returns"})},
    [RULE_PROBE] =
        {.name = "probe",
         .version = 1,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Did an account ask for what no lesson links to?",
         .help = "Hits of kind probe: path traversal, administration pages, other people's pages.",
         .doubts = DOUBT_STAFF,
         .run = rule_probe,
         PARAMETERS(
             {"hits", 4, 1, MANY, "hits", "score 50 at so many, a new path counting double"})},
    [RULE_AGENT] = {.name = "agent",
                    .version = 1,
                    .audience = AUDIENCE_SECURITY,
                    .subject = SUBJECT_USER,
                    .question = "Does an account come with tools instead of a browser?",
                    .help = "User agents of automation, empty ones, or many families a day.",
                    .doubts = DOUBT_STAFF,
                    .run = rule_agent,
                    PARAMETERS(
                        {"hits", 10, 1, MANY, "hits", "score 50 at so many with such an agent"},
                        {"families", 4, 2, 100, "families", "of agents in a day"})},
    [RULE_NO_COHORT] = {.name = "no-cohort",
                        .version = 1,
                        .audience = AUDIENCE_DATA,
                        .subject = SUBJECT_USER,
                        .question = "Which accounts belong to no class?",
                        .help = "Users with rows that carry no cohort, probable classes left out.",
                        .run = rule_no_cohort,
                        PARAMETERS({"hits", 50, 1, MANY, "hits", "score 50 at so many"})},
    [RULE_OUTSIDE_DATES] =
        {.name = "outside-dates",
         .version = 1,
         .audience = AUDIENCE_DATA,
         .subject = SUBJECT_USER,
         .question = "Who reads long before the class begins, or in a deleted one?",
         .help = "Hits well before the own cohort's start, or of a cohort that is marked deleted.",
         .run = rule_outside_dates,
         PARAMETERS({"days", 7, 0, 3650, "days", "before the start"},
                    {"hits", 10, 1, MANY, "hits", "score 50 at so many"})},
    [RULE_CROSS_PROGRAM] =
        {.name = "cross-program",
         .version = 1,
         .run = rule_cross_program,
         .audience = AUDIENCE_SECURITY,
         .subject = SUBJECT_USER,
         .question = "Who reads lessons of the other track?",
         .help = "Distinct lessons whose home is a track in which the student is not enrolled.",
         .doubts = DOUBT_STAFF,
         PARAMETERS({"lessons", 3, 1, 1000, "lessons", "distinct"},
                    {"days", 90, 1, 3650, "days", "within so many"})},
    [RULE_LOW_ACTIVITY] = {.name = "low-activity",
                           .version = 1,
                           .run = rule_low_activity,
                           .audience = AUDIENCE_TEACHING,
                           .subject = SUBJECT_USER,
                           .question = "Which students hardly used the curriculum in class?",
                           .help = "Hits per class day against the cohort.",
                           PARAMETERS({"hits", 10, 0, MANY, "hits", "in class, at most"},
                                      {"share", 0.1, 0, 1, "ratio",
                                       "or below this share of the cohort's median"},
                                      {"z", -3, -10, 0, "deviations", "or a robust z below this"})},
    [RULE_GONE_QUIET] =
        {.name = "gone-quiet",
         .version = 1,
         .run = rule_gone_quiet,
         .audience = AUDIENCE_TEACHING,
         .subject = SUBJECT_USER,
         .question = "Who has gone quiet in a class that is running?",
         .help = "No hit for days after active weeks, or a week far below the cohort's.",
         PARAMETERS({"days", 7, 1, 90, "class days", "without a hit"},
                    {"weeks", 2, 1, 52, "weeks", "active before that"},
                    {"share", 0.1, 0, 1, "ratio",
                     "or a week below this share of the cohort's "
                     "median"})},
    [RULE_LESSON_OUTLIER] =
        {.name = "lesson-outlier",
         .version = 1,
         .audience = AUDIENCE_TEACHING,
         .subject = SUBJECT_LESSON,
         .question = "Which cohort dwelt on a lesson that others glossed over?",
         .help = "Rank-sum test of the students' shares, this cohort against the others.",
         .run = rule_lesson_outlier,
         PARAMETERS(
             {"q", 0.05, 0.0001, 0.5, "ratio", "false discoveries among the findings"},
             {"lift", 2, 1, 100, "times", "observed over expected hits, heaviest reader out"},
             {"hits", 25, 1, MANY, "hits", "of the cohort on the lesson"})},
    [RULE_DAY_VOLUME] =
        {.name = "day-volume",
         .version = 1,
         .run = rule_day_volume,
         .audience = AUDIENCE_DATA,
         .subject = SUBJECT_DAY,
         .question = "On which days was the site, or a cohort, far outside its usual volume?",
         .help = "Hits of a day outside the band of the days before.",
         PARAMETERS({"span", 30, 2, 365, "days", "span of the exponentially weighted band"},
                    {"k", 3.5, 1, 10, "deviations", "half width of the band"},
                    {"days", 7, 2, 365, "days", "that the band rests on, at least"},
                    {"hits", 100, 1, MANY, "hits", "above the band, at least"})},
    [RULE_BECAME_STAFF] = {.name = "became-staff",
                           .version = 1,
                           .run = rule_became_staff,
                           .audience = AUDIENCE_DATA,
                           .subject = SUBJECT_USER,
                           .question = "Which students became staff?",
                           .help = "Rows of a student cohort, later rows of a staff cohort.",
                           PARAMETERS({"hits", 20, 1, MANY, "hits",
                                       "score 50 at so many of the smaller part"})},
};

const Rule *rule_get(RuleId id)
{
  return &rules[id];
}

gboolean rule_parse(const char *name, RuleId *ret)
{
  for (guint i = 0; i < N_RULES; i++)
    if (text_same_word(rules[i].name, name)) {
      *ret = (RuleId)i;
      return TRUE;
    }
  return FALSE;
}

const char *audience_name(Audience a)
{
  static const char *const names[N_AUDIENCES] = {"security", "teaching", "data"};
  return names[a];
}

const char *subject_type_name(SubjectType t)
{
  static const char *const names[N_SUBJECTS] = {"user", "ip", "cohort", "lesson", "day"};
  return names[t];
}

double rule_value(const RuleContext *c, const char *name)
{
  const Rule *r = &rules[c->rule];
  for (guint i = 0; i < r->n_parameters; i++)
    if (strcmp(r->parameters[i].name, name) == 0)
      return c->value[i];
  g_return_val_if_reached(0); /* a name that is not in the table: a slip of the programmer */
}
