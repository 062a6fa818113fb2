/* Episodes: stretches of one user's pages that a rule found, those close in time made into one.
 *
 * Places are those of the page arrays (core/flags/pages.h). */
#ifndef CORE_FLAGS_EPISODE_H
#define CORE_FLAGS_EPISODE_H

#include "core/flags/flags.h"

#define EPISODE_GAP 600 /* seconds between two findings that are still one story */

typedef struct {
  guint32 first, end;           /* places first .. end - 1 */
  double quantity;              /* the best of the findings in it, in multiples of the threshold */
  guint32 best_first, best_end; /* the places of that one */
  double measure[3];            /* of that one: whatever its rule wants to say about it */
} Episode;

/* Adds a finding to `episodes` (of Episode, of one user, in order of time): joined to the last one
 * when it begins within EPISODE_GAP after its end. */
void episode_add(GArray *episodes, const Pages *p, const Episode *found);
/* Distinct pages of the places first .. end - 1; the window comes and goes back empty. */
guint32 episode_distinct(const Pages *p, PageWindow *w, guint32 first, guint32 end);
/* A flag about the user with the pages of the episode as evidence, from its first page to its
 * last. */
Flag *episode_flag(const RuleContext *c, const Pages *p, guint32 user, const Episode *e);
/* "35 minutes", "20 seconds", "5.0 hours", "3 days"; free with g_free. */
char *episode_duration(gint64 seconds);
/* The user at the beginning of a sentence, marked: "User 341"; free with g_free. */
char *episode_user(const RuleContext *c, guint32 user);
/* "2019-03-03 at 14:05"; free with g_free. */
char *episode_when(CivilTime t);

#endif
