/* Truth: what was planted in a log, and which of it the flags found.
 *
 * A truth file lists stories: some are to be found by a rule, some only look like it and tempt the
 * rule. A story is found when a flag of its rule names its people (or its lesson and cohort) at a
 * time that overlaps. */
#ifndef TESTS_FLAGS_TRUTH_H
#define TESTS_FLAGS_TRUTH_H

#include "tests/flags/bed.h"

typedef struct {
  char *id, *kind;
  RuleId rule; /* that should find it, or that it tempts; N_RULES: no rule's business */
  gboolean innocent;
  GPtrArray *users; /* of char*: ids */
  GPtrArray *ips;   /* of char* */
  char *cohort;     /* id, or NULL */
  char *lesson;     /* canonical name, or NULL */
  CivilTime first, last;
} Story;

/* Of Story*; freed with the array. Fails the test for a file that is no truth file. */
GPtrArray *truth_load(const char *file);

/* TRUE when the flag, of whatever rule, is about the story. */
gboolean truth_matches(const Story *s, const Bed *bed, const Flag *f);

/* How well one story was found. */
typedef struct {
  const Flag *flag; /* the best flag of its rule about it, or NULL */
  guint rank;       /* its place among the flags of the same audience, from 1; 0 without */
} Found;
Found truth_find(const Story *s, const Bed *bed, const FlagSet *set);

/* One line of the table of results. */
typedef struct {
  guint planted, found, strong; /* stories; with any flag; with one of at least 50 */
  guint flags, right;           /* flags of at least 50; those that some story explains */
  guint best_rank, worst_rank;  /* of found stories; 0 without */
  guint innocents;
  double innocent_score; /* the highest score of the rule on an innocent that tempts it */
} Score;
/* `ret` has N_RULES entries. */
void truth_score(const GPtrArray *stories, const Bed *bed, const FlagSet *set, Score *ret);
/* Flags of an audience with at least that score. */
guint truth_queue(const FlagSet *set, Audience audience, double score);

#endif
