/* Judging: what a case book says about each flag, its status and whether it is excepted. */
#ifndef CORE_CASEBOOK_JUDGE_H
#define CORE_CASEBOOK_JUDGE_H

#include "core/casebook/casebook.h"
#include "core/flags/flags.h"

typedef struct {
  const Flag *flag;
  FlagStatus status;
  /* The last review of this flag, else of one of the same rule and subject whose time overlaps:
   * thresholds move the ends of an episode, it stays the same episode. NULL: never looked at. */
  const Review *review;
  const FlagException *exception; /* the first one that covers it, or NULL */
} Judgement;

/* One for each flag, in the order of flags->flags. Borrows from both; free with g_free. */
Judgement *casebook_judge(const Casebook *b, const FlagSet *flags, const Dataset *ds);

/* Whether every condition of the exception holds for the flag. */
gboolean exception_covers(const FlagException *x, const Flag *f, const Dataset *ds);

/* What a review says about the flag, ready to be added: borrows from `set` and `f`, but for
 * `parameters` and `subject` (free with g_free). */
Review review_of_flag(const FlagSet *set, const Flag *f, const Dataset *ds, FlagStatus status,
                      const char *reason);

/* --- exceptions as text -------------------------------------------------------------------------
 */

/* `user=64 ip=198.51.100.0/24 rule=burst until=2020-01-31 because the lab`: everything behind
 * `because` is the reason. Values with spaces stand in double quotes. FALSE with CORE_ERROR_USAGE;
 * free with exception_clear. Names are not looked up. */
gboolean exception_parse(FlagException *ret, const char *text, GError **error);
void exception_clear(FlagException *x);
/* The conditions as they are typed, without the reason; free with g_free. Safe. */
char *exception_print(const FlagException *x);

#endif
