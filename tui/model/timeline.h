/* Timeline: everything one user (or one address) did, in order. Model; no drawing.
 *
 * Keeps the filters on user, address and time; every other filter only highlights the rows that
 * it would keep, because a timeline with holes lies about gaps. */
#ifndef TUI_MODEL_TIMELINE_H
#define TUI_MODEL_TIMELINE_H

#include "core/query/session.h"
#include "tui/model/chips.h"

typedef enum { ITEM_GAP, ITEM_SESSION, ITEM_ROW } ItemType;

typedef struct {
  ItemType type;
  guint32 session; /* place in sessions->sessions */
  guint32 place;   /* of a row: place in sessions->rows */
} TimelineItem;

typedef struct {
  CivilDay monday;
  guint32 hits, day_hits[7];
} TimelineWeek;

typedef struct {
  /* chosen by the user */
  gboolean by_ip;      /* subject is an address */
  char *subject;       /* id of the user, or address; NULL: none chosen yet */
  guint cursor, top;   /* places in items */
  GHashTable *folded;  /* set of session numbers + 1 */
  gboolean all_folded; /* then `folded` is the set of those that are open */
  /* derived */
  guint32 key; /* user or address id; valid when `valid` */
  gboolean valid;
  Sessions *sessions;
  guint8 *kept;  /* per place in sessions->rows: the other filters keep it; NULL: all */
  GArray *items; /* of TimelineItem */
  guint32 punch[7][24];
  GArray *weeks; /* of TimelineWeek, without holes */
  guint32 n_lessons, n_ips, n_users, n_days;
  guint16 cohort;                           /* of the user */
  guint32 rank_hits, rank_lessons, n_peers; /* within the user's cohort; 1 = most */
  double night_share, peer_night_share;     /* hits from 22:00 to 05:59; median of the peers */
  char *stamp;
} Timeline;

void timeline_init(Timeline *t);
void timeline_clear(Timeline *t);
/* Forgets what was derived: the dataset is about to change. */
void timeline_drop(Timeline *t);
/* Chooses whom it is about; the cursor goes to the first row. */
void timeline_set_subject(Timeline *t, gboolean by_ip, const char *id);
gboolean timeline_refresh(Timeline *t, const Dataset *ds, guint64 generation, const Chips *chips,
                          GError **error);
void timeline_scroll(Timeline *t, int height);
void timeline_move(Timeline *t, gint64 to);
/* Folds or unfolds the session under the cursor; `all`: every session. */
void timeline_fold(Timeline *t, gboolean fold, gboolean all);
gboolean timeline_is_folded(const Timeline *t, guint32 session);
/* Puts the cursor on the first row at or after a time (for evidence). */
void timeline_seek(Timeline *t, const Dataset *ds, CivilTime time);
/* Opens the sessions that hold any of these rows (ascending), folds the others, and puts the cursor
 * on the first of the rows. Without any of them nothing is folded. */
void timeline_open_rows(Timeline *t, const guint32 *rows, guint32 n);
/* Row number of the log under the cursor; FALSE on a gap. */
gboolean timeline_cursor_row(const Timeline *t, guint32 *ret);

#endif
