/* Flags on their way out: names and sentences, with pseudonyms when those are asked for, and the
 * JSON object that lists, exports and cases share.
 *
 * `p` is NULL where names are written as they are. */
#ifndef CORE_REPORT_FLAG_OUT_H
#define CORE_REPORT_FLAG_OUT_H

#include "core/flags/flags.h"
#include "core/report/jsonout.h"
#include "core/report/pseudonym.h"

/* Id of a flag; of its subject, as in the log; name of a user and of an address. Raw bytes of the
 * log: make safe before showing. Free with g_free. */
char *flag_out_id(const Flag *f, const Dataset *ds, Pseudonyms *p);
char *flag_out_subject(const Flag *f, const Dataset *ds, Pseudonyms *p);
char *flag_out_user(guint32 user, const Dataset *ds, Pseudonyms *p);
char *flag_out_ip(guint32 ip, const Dataset *ds, Pseudonyms *p);
/* The sentence; safe; free with g_free. */
char *flag_out_text(const Flag *f, Pseudonyms *p);
/* The score as it is written: to two decimals. */
double flag_out_score(const Flag *f);

/* One object with the keys id, rule, rule_version, audience, score, subject {type, id}, from, to,
 * users, ips, cohort, cohort_name, lesson, events, text, parameters, terms, baselines, doubts,
 * related, status, in that order, always all of them. `status` NULL is "open". */
void flag_out_json(JsonOut *j, const char *key, const FlagSet *set, const Flag *f,
                   const Dataset *ds, const char *status, Pseudonyms *p);

#endif
