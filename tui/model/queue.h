/* Review queue: the flags to look at, filtered, sorted, with what has been decided about them.
 * Model; no drawing.
 *
 * The filters of the explorer apply as well: a flag counts when a row of its evidence passes them
 * (of a flag without rows: a row of one of its users). Only where the flags of one thing are asked
 * for, all of them are listed. */
#ifndef TUI_MODEL_QUEUE_H
#define TUI_MODEL_QUEUE_H

#include "core/casebook/judge.h"
#include "tui/model/chips.h"

/* Scores from which a flag has weight, and much of it. */
#define FLAG_SCORE_MID  50
#define FLAG_SCORE_HIGH 75

#define QUEUE_ANY      (-1)
#define QUEUE_EXCEPTED ((int)N_STATUSES) /* in place of a status: what exceptions cover */

typedef enum {
  QUEUE_SCORE,
  QUEUE_RULE,
  QUEUE_WHO,
  QUEUE_WHEN,
  QUEUE_EVIDENCE,
  QUEUE_STATUS,
  N_QUEUE_COLUMNS
} QueueColumn;

typedef struct {
  int status; /* FlagStatus, QUEUE_ANY or QUEUE_EXCEPTED */
  int rule;   /* RuleId or QUEUE_ANY */
  int audience;
  int min_score;
  char *text;    /* found in rule, subject or sentence (smart-case), or NULL */
  Entity *about; /* only flags that have to do with it, or NULL */
} QueueFilter;

typedef struct {
  /* chosen by the user */
  QueueFilter filter;
  char *before; /* the filter as it was before the flags of one thing were asked for, or NULL */
  QueueColumn column; /* column cursor */
  QueueColumn sort;
  gboolean ascending;
  char *cursor_id; /* id of the flag under the cursor, or NULL */
  guint cursor, top;
  /* derived */
  Judgement *judged; /* of every flag of the set */
  guint n_judged;
  guint *visible; /* places in judged */
  guint n_visible;
  guint counts[N_STATUSES]; /* that pass all of the filter but its status */
  guint n_excepted;         /* the same, covered by an exception */
  guint n_outside;          /* that only the filters of the explorer leave out */
  guint *exception_flags;   /* flags that each exception covers, in the order of the case book */
  guint8 *user_score;       /* per user: highest score of an open security flag, 0 = none */
  guint8 *ip_score;         /* the same per address, for flags about addresses */
  char *judge_stamp, *stamp;
} Queue;

void queue_init(Queue *q);
void queue_clear(Queue *q);
/* Forgets what was derived: flags or dataset are about to change. */
void queue_drop(Queue *q);

/* Statuses and scores of all flags; `learned` changes with the flags. Cheap when nothing changed.
 * NULL flags: nothing. */
void queue_judge(Queue *q, const Dataset *ds, const FlagSet *flags, guint64 learned,
                 const Casebook *book);
/* The list. FALSE with an error when the filters of the explorer do not resolve. */
gboolean queue_refresh(Queue *q, const Dataset *ds, const FlagSet *flags, guint64 learned,
                       guint64 generation, const Casebook *book, const Chips *chips,
                       GError **error);
void queue_scroll(Queue *q, int height);
void queue_move_to(Queue *q, gint64 to);
/* NULL when the list is empty. */
const Judgement *queue_current(const Queue *q);
const Judgement *queue_at(const Queue *q, guint place);
/* The judgement of a flag by its id, or NULL. */
const Judgement *queue_find(const Queue *q, const char *id);
/* The column under the column cursor; again: the other way round. */
void queue_sort(Queue *q, QueueColumn column);

/* Does the flag have to do with the entity: suspect, address, cohort, lesson, row of evidence? */
gboolean flag_is_about(const Flag *f, const Entity *e, const Dataset *ds);

/* --- filters as text ----------------------------------------------------------------------------
 */

void queue_filter_init(QueueFilter *f); /* audience security, status open */
void queue_filter_clear(QueueFilter *f);
/* `status=open rule=burst audience=any score=40 words`, on top of what is in force; `reset` first
 * goes back to the start; `about=user:64`. FALSE with CORE_ERROR_USAGE, nothing changed. */
gboolean queue_filter_change(QueueFilter *f, const char *text, GError **error);
/* All of it, as queue_filter_change reads it behind `reset`; free with g_free. */
char *queue_filter_print(const QueueFilter *f);
/* For people: "security, open, score >= 40, about user 64"; safe; free with g_free. */
char *queue_filter_label(const QueueFilter *f);
/* Only flags about `about` (taken; NULL: as before again). */
void queue_set_about(Queue *q, Entity *about);

const char *queue_column_name(QueueColumn c);

#endif
