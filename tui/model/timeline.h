/* Timeline: everything one user (or one address) did, in order. Model; no drawing.
 *
 * Keeps the filters on user, address and time; every other filter only highlights the rows that
 * it would keep, because a timeline with holes lies about gaps. */
#ifndef TUI_MODEL_TIMELINE_H
#define TUI_MODEL_TIMELINE_H

#include "core/query/series.h"
#include "core/query/session.h"
#include "tui/model/chips.h"

typedef enum { ITEM_GAP, ITEM_SESSION, ITEM_ROW, ITEM_NOTE } ItemType;

/* Packed: the address of a school has a third of all rows. */
typedef struct {
  guint32 type : 2;     /* ItemType */
  guint32 session : 30; /* place in sessions->sessions */
  guint32 place;        /* of a row, or of the row that a note is about: place in sessions->rows */
} TimelineItem;         /* small: the school's own address has hundreds of thousands of them */

/* What rules and people say about a row. */
typedef enum {
  TRACE_FLAG = 1 << 0,     /* evidence of any flag */
  TRACE_EVIDENCE = 1 << 1, /* of the flag that is looked into */
  TRACE_MARK = 1 << 2,
} TraceBit;

typedef struct {
  guint32 place;
  guint number;
} TimelineNote;

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
  GArray *steps; /* of guint32: hits per step of `step_bucket`, from first_step on; or NULL */
  gint64 first_step;
  Bucket step_bucket;
  guint32 n_lessons, n_ips, n_users, n_days;
  guint16 cohort; /* of the user */
  /* within the user's cohort and the time range, over the hits made in that cohort; 1 = most */
  guint32 rank_hits, rank_lessons, n_peers;
  double peer_hits, peer_lessons;       /* medians of the others; NaN without any */
  gboolean in_time;                     /* there is a time range */
  double night_share, peer_night_share; /* hits from 22:00 to 05:59; median of the peers */
  char *stamp;
  struct TimelineCarry *carry; /* where one was before the log grew, until that is found again */
  /* by trace.h */
  guint8 *trace;         /* TraceBits per place in sessions->rows; or NULL */
  guint8 *trace_score;   /* highest score of a flag that the row is evidence of */
  guint *session_flags;  /* per session: flags with evidence in it */
  guint8 *session_score; /* the highest of them */
  GArray *notes;         /* of TimelineNote, by place */
  char *trace_stamp;
} Timeline;

void timeline_init(Timeline *t);
void timeline_clear(Timeline *t);
/* Forgets what was derived: the dataset is about to change. */
void timeline_drop(Timeline *t);
/* The same when the log has grown: cursor and folds go on with the same rows. */
void timeline_carry(Timeline *t, const AccessLog *from, const AccessLog *to);
/* For timeline.c: puts them back, once the sessions are those of the grown log. */
void timeline_arrive(Timeline *t);
void timeline_carry_free(Timeline *t);
/* Lists the lines anew, after folds have changed. */
void timeline_list(Timeline *t);
/* Chooses whom it is about; the cursor goes to the first row. */
void timeline_set_subject(Timeline *t, gboolean by_ip, const char *id);
gboolean timeline_refresh(Timeline *t, const Dataset *ds, guint64 generation, const Chips *chips,
                          GError **error);
/* Fills what is said about the peers (peers.c). */
void timeline_rank_among_peers(Timeline *t, const Dataset *ds, const Chips *chips);
void timeline_scroll(Timeline *t, int height);
void timeline_move(Timeline *t, gint64 to);
/* Folds or unfolds the session under the cursor, or every session. */
void timeline_fold(Timeline *t, gboolean fold);
void timeline_fold_all(Timeline *t, gboolean fold);
gboolean timeline_is_folded(const Timeline *t, guint32 session);
/* The session that holds a place. */
guint32 timeline_session_at(const Timeline *t, guint32 place);
/* Puts the cursor on the first row at or after a time (for evidence). */
void timeline_seek(Timeline *t, const Dataset *ds, CivilTime time);
/* Opens the sessions that hold any of these rows (ascending), folds the others, and puts the cursor
 * on the first of the rows. Without any of them nothing is folded. */
void timeline_open_rows(Timeline *t, const guint32 *rows, guint32 n);
/* To the next marked row of the whole timeline, also in folded sessions, round its end. FALSE
 * without any. */
gboolean timeline_step_mark(Timeline *t, int step);
/* Number of the note that the item at `index` is; the item must be one. */
guint timeline_note_number(const Timeline *t, guint index);
/* Lists the notes (taken; by place) among the rows; the cursor stays on its line. */
void timeline_set_notes(Timeline *t, GArray *notes);
/* Place of a row in the sessions, or -1. */
gint64 timeline_find_place(const Timeline *t, guint32 row);
/* Row number of the log under the cursor; FALSE on a gap. */
gboolean timeline_cursor_row(const Timeline *t, guint32 *ret);

#endif
