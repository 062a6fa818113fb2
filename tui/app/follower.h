/* Follower: looks at the logs once a second in a thread of its own and hands over the dataset with
 * the new rows.
 *
 * As with the loader, nothing is shared but what follower_take gives away, and a byte on the wake
 * descriptor says that there is something to take. */
#ifndef TUI_APP_FOLLOWER_H
#define TUI_APP_FOLLOWER_H

#include "core/ingest/follow.h"
#include "tui/app/open.h"

typedef struct Follower Follower;

typedef struct {
  FollowNews *news; /* all that came since the last time; the caller owns it */
  Dataset *dataset; /* of news->log; NULL: no new rows; the caller owns it */
  char *complaint;  /* why the new rows cannot be shown; safe; or NULL */
  gboolean ended;   /* none of the logs can be followed any more */
} FollowerNews;

/* `plan` and `follow` must outlive it; it takes a reference to `log`, the log as it is now. */
Follower *follower_start(const OpenPlan *plan, Follow *follow, AccessLog *log);
/* Descriptor to wait on for reading. */
int follower_fd(const Follower *f);
/* FALSE: nothing new, *ret untouched. */
gboolean follower_take(Follower *f, FollowerNews *ret);
/* While it is held, nothing is looked at and the plan may be changed. Waits for a look under way.
 */
void follower_hold(Follower *f);
void follower_release(Follower *f);
/* Waits until everything that is there now has been looked at. */
void follower_settle(Follower *f);
/* Stops, waits for the thread, frees what nobody took. */
void follower_free(Follower *f);

#endif
