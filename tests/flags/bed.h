/* Test bed: a study to try rules on, from rows written by hand, from the sample, or from the full
 * log. */
#ifndef TESTS_FLAGS_BED_H
#define TESTS_FLAGS_BED_H

#include "core/flags/flags.h"

typedef struct {
  Dataset *ds;
  Study *study;
} Bed;

/* Seconds of "2020-03-04 10:00:00". Fails the test when malformed. */
CivilTime bed_time(const char *text);

/* A cohort of the table; `program` is an id of programs.conf, dates may be NULL. */
void bed_cohort(LogBuilder *b, const char *id, const char *name, const char *start, const char *end,
                const char *program);
/* One row; an empty cohort, path or address is a missing one. */
void bed_hit(LogBuilder *b, CivilTime t, const char *user, const char *cohort, const char *path,
             const char *ip);
/* The same with a user agent; empty: none. */
void bed_hit_agent(LogBuilder *b, CivilTime t, const char *user, const char *cohort,
                   const char *path, const char *ip, const char *agent);
/* `n` rows of pages PREFIX/0, PREFIX/1, ..., one every `gap` seconds. */
void bed_pages(LogBuilder *b, CivilTime t, const char *user, const char *cohort, const char *prefix,
               guint n, guint gap, const char *ip);
/* Finishes the log. Every path with a reader is a lesson, unless a rule says otherwise. */
Bed *bed_new(LogBuilder *b);

/* The sample; and the full log, NULL when it is absent (then the test says so and leaves out what
 * needs it). Ordinary settings. */
Bed *bed_sample(void);
Bed *bed_full(void);
/* Any other log; frees the names. */
Bed *bed_files(char *log_file, char *cohorts_file);
/* Name of a file beside the log of bed_sample or bed_full; free with g_free. */
char *bed_sample_file(const char *name);
char *bed_full_file(const char *name);
void bed_free(Bed *bed);
/* Learns the study again, with other options. */
void bed_relearn(Bed *bed, const StudyOptions *o);

guint32 bed_user(const Bed *bed, const char *id);
guint32 bed_ip(const Bed *bed, const char *address);
/* Flags of one rule alone, its parameters changed as typed ("pages=15", or NULL). */
FlagSet *bed_run(const Bed *bed, RuleId rule, const char *change);
/* The only flag of that rule about the user; NULL when there is none; fails when several. */
const Flag *bed_flag_of(const Bed *bed, const FlagSet *set, RuleId rule, const char *user);
double bed_term(const Flag *f, const char *name); /* fails without such a term */

#endif
