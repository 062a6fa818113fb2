/* Rules: the functions that find cases, one per line of the rule table (core/flags/rule.c).
 *
 * Each looks at the whole study, builds flags and hands them to the sink; it keeps nothing between
 * runs and may run beside the others in a thread of its own. Which file owns a function is said
 * beside it. */
#ifndef CORE_FLAGS_RULES_H
#define CORE_FLAGS_RULES_H

#include "core/flags/flags.h"

/* rules_pace.c */
void rule_burst(const RuleContext *c, FlagSink *sink);
void rule_metronome(const RuleContext *c, FlagSink *sink);
void rule_grouped_crawl(const RuleContext *c, FlagSink *sink);
/* rules_sweep.c, rules_volume.c, rules_night.c */
void rule_sweep(const RuleContext *c, FlagSink *sink);
void rule_volume(const RuleContext *c, FlagSink *sink);
void rule_off_hours(const RuleContext *c, FlagSink *sink);
/* addresses */
void rule_many_ips(const RuleContext *c, FlagSink *sink);
void rule_two_places(const RuleContext *c, FlagSink *sink);
void rule_new_place(const RuleContext *c, FlagSink *sink);
void rule_shared_ip(const RuleContext *c, FlagSink *sink);
/* people */
void rule_linked_ids(const RuleContext *c, FlagSink *sink);
void rule_dormant_return(const RuleContext *c, FlagSink *sink);
void rule_probe(const RuleContext *c, FlagSink *sink);
void rule_agent(const RuleContext *c, FlagSink *sink);
void rule_no_cohort(const RuleContext *c, FlagSink *sink);
void rule_outside_dates(const RuleContext *c, FlagSink *sink);
void rule_cross_program(const RuleContext *c, FlagSink *sink);
void rule_became_staff(const RuleContext *c, FlagSink *sink);
/* teaching and data */
void rule_low_activity(const RuleContext *c, FlagSink *sink);
void rule_gone_quiet(const RuleContext *c, FlagSink *sink);
void rule_lesson_outlier(const RuleContext *c, FlagSink *sink);
void rule_day_volume(const RuleContext *c, FlagSink *sink);

#endif
