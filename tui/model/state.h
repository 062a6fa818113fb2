/* State: everything the explorer knows between two keys. Changed by commands only; read by views.
 *
 * The derived parts (rankings, sessions, details) are brought up to date by the prepare
 * functions of the views before a frame is drawn; nothing changes while drawing. */
#ifndef TUI_MODEL_STATE_H
#define TUI_MODEL_STATE_H

#include "core/answers/answers.h"
#include "core/flags/crossing.h"
#include "core/ingest/load.h"
#include "tui/model/detail.h"
#include "tui/model/menu.h"
#include "tui/model/pane.h"
#include "tui/model/queue.h"
#include "tui/model/stacks.h"
#include "tui/model/timeline.h"
#include "tui/model/versus.h"

/* In the order of their keys: 0 is the overview, 1..5 the linked panes, then 6 7 8 9 A |. */
typedef enum {
  VIEW_OVERVIEW,
  VIEW_PROGRAMS,
  VIEW_COHORTS,
  VIEW_LESSONS,
  VIEW_USERS,
  VIEW_IPS,
  VIEW_TIMELINE,
  VIEW_FLAGS,
  VIEW_MATRIX,
  VIEW_CROSS,
  VIEW_ANSWERS,
  VIEW_COMPARE,
  N_VIEWS
} ViewId;

/* What the user is typing. `command` is the command line that Enter completes and runs. */
typedef struct {
  gboolean active;
  char *label;   /* shown before the text: "/" */
  char *command; /* "search" */
  GString *text;
  guint caret;   /* in bytes */
  gboolean live; /* the command is previewed after each key */
  char *before;  /* what a live prompt replaces again when it is cancelled */
  guint before_cursor;
  int recall; /* place in the history of prompts, -1 = the line being typed */
} Prompt;

typedef struct {
  gboolean active;
  guint64 rows, bytes, total_bytes;
  double rows_per_second;
} Loading;

/* Where one is: enough to come back. */
typedef struct {
  Chips *chips;
  ViewId view;
  char *cursor_id[N_PANES];
  guint top[N_PANES];
  gboolean timeline_by_ip;
  char *timeline_subject;
  guint timeline_cursor;
  char *queue, *queue_cursor; /* filter of the flags, id of the one under the cursor */
  char *flag;                 /* that is looked into, or NULL */
  Dimension versus_dim;       /* what is compared */
  char *versus_id[2];
  guint versus_cursor;
  VersusList versus_list;
} Place;

typedef struct State {
  /* data */
  Dataset *ds;        /* NULL until the first rows are there */
  guint64 generation; /* grows with each new dataset */
  LoadReport *report; /* NULL while loading */
  char *source;       /* name of the log for people */
  gboolean is_sample;
  Loading loading;
  gboolean partial; /* loading was cancelled */
  gboolean raw_paths;
  char *follow; /* "following access.log, +12 rows 14:03:22"; NULL: nothing is followed */
  gboolean follow_trouble;
  /* what has been learned from it; NULL until computed */
  Dataset *learned_ds; /* that all this is of, when rows have come since; NULL: `ds` */
  Study *study;
  Crossing *crossing;
  QuietIndex *quiet;
  FlagSet *flags;
  Answer *answers[N_QUESTIONS];
  char *complaint; /* why a part could not be computed, or NULL */
  guint64 learned; /* grows whenever one of these changes */
  gboolean learning;
  gint64
      likely_staff_hits; /* of graduates who became staff, after their class; -1: not known yet */
  gboolean keep_likely_staff; /* the sixth answer counts graduates who became staff */
  /* what people have written down about it */
  Casebook *casebook;  /* never NULL */
  gboolean book_saved; /* it has a file; else it is in memory only: the log is not whole yet */
  Stacks *stacks;      /* saved filters; never NULL */
  char *author;        /* of what is written now */
  CivilTime now;       /* --now, or CIVIL_NONE: the clock of this machine */
  /* what is asked */
  Chips *chips;
  ViewId view;
  Pane panes[N_PANES];
  Timeline timeline;
  Detail detail;
  Queue queue;
  Versus versus;
  char *last_mark;           /* entity_key of what was marked last: the other end of a range */
  char *flag;                /* id of the flag whose evidence the timeline shows, or NULL */
  GPtrArray *back, *forward; /* of Place* */
  GPtrArray *undo, *redo;    /* of Place*: changes of the filters */
  GString *undo_order, *redo_order; /* a letter a change: see history.c, newest last */
  guint origin_depth;               /* of the path where it led: Backspace there returns */
  Place *origin; /* where a link was followed from: the top of that path, or NULL */
  /* per view, owned by the view: see view.h */
  gpointer view_data[N_VIEWS];
  void (*view_data_free[N_VIEWS])(gpointer);
  /* lets go of what was computed from the dataset and what was learned from it; NULL: of nothing */
  void (*view_data_drop[N_VIEWS])(gpointer);
  /* on top */
  Prompt prompt;
  Menu *menu;
  char *search;  /* the last search, for n and N */
  char *message; /* one line, until the next key */
  gboolean message_is_error;
  gboolean quit, suspend;
  char *copy; /* text for the clipboard, taken by the loop */
  gboolean redraw_all;
  /* how it looks */
  Bucket bucket[N_VIEWS]; /* step of time strips and trends; all lists share that of programs */
  int width, height;
  gboolean maximised;
  gboolean detail_closed;
  int crumb;                       /* level of the path that has the focus, or -1 */
  guint theme;                     /* ThemeId */
  gboolean ascii, mouse;           /* asked for; the loop sees to them */
  int page;                        /* rows in sight of the list with the cursor */
  guint32 total_hits, total_users; /* of everything in force */
  char *total_stamp, *total_wanted;
  gboolean total_late; /* they are still being computed */
  Work *work;          /* what computes the above; never NULL */
  gint64 frame_us;     /* how long a frame may wait for it; -1: as long as it takes */
  gboolean focus_only; /* prepare the list with the cursor alone */
  gboolean show_times; /* the status line tells how long the last change took */
  gint64 refresh_us;   /* time of the last recomputation */
  CivilDay today;      /* --now, or the last day of the log */
  gboolean today_given;
} State;

State *state_new(void);
void state_free(State *s);

static inline gboolean view_is_pane(ViewId v)
{
  return v >= VIEW_PROGRAMS && v <= VIEW_IPS;
}
static inline PaneId view_pane(ViewId v)
{
  return (PaneId)(v - VIEW_PROGRAMS);
}
static inline ViewId pane_view(PaneId p)
{
  return (ViewId)(VIEW_PROGRAMS + (int)p);
}

/* Forgets study, flags and answers. */
void state_forget(State *s);
/* Flags have come or gone: filters on `flagged` may choose other rows. Halt the work before. */
void state_flags_changed(State *s);
/* Views forget what they have derived from the dataset. */
void state_drop_views(State *s);
/* Takes a new dataset (while loading, after --follow, after a setting changed). */
void state_set_dataset(State *s, Dataset *ds);
/* Takes the dataset of the same log with rows that have come since: cursors stay on what they were
 * on, and what has been learned goes on to be shown. */
void state_grow_dataset(State *s, Dataset *ds);
/* The dataset that study, crossing and answers speak of. */
const Dataset *state_learned_dataset(const State *s);
/* Why study, flags and answers are not there; static or owned by the state. */
const char *state_why_not_learned(const State *s);
/* The focused pane, or NULL when the view is none of the five. */
Pane *state_pane(State *s);

void state_message(State *s, const char *format, ...) G_GNUC_PRINTF(2, 3);
void state_error(State *s, const GError *error);
void state_clear_message(State *s);
/* Puts a menu in front, in place of the one there; takes it. */
void state_show_menu(State *s, Menu *m);

/* --- moving through the views ------------------------------------------------------------------
 * Each remembers where one was, for back and forward. */
void state_goto(State *s, ViewId view);
/* Enter on a pane: adds the chip of the row under the cursor and moves on. */
void state_drill(State *s);
/* Backspace: removes what Enter added. FALSE at the top. */
gboolean state_up(State *s);
/* Follows a link: the view with these filters alone. Backspace at its top comes back. FALSE with
 * an error when view or scope are unknown. */
gboolean state_follow(State *s, ViewId view, const char *scope, GError **error);
gboolean state_back(State *s);
gboolean state_forward(State *s);
/* Call before a change of the filters: remembers the place for undo and for back. */
void state_remember(State *s);
/* A change of the case book was made: the next undo takes it back, what was undone is gone. */
void state_book_changed(State *s);
/* The same of the saved filters. */
void state_stacks_changed(State *s);
gboolean state_undo(State *s);
gboolean state_redo(State *s);
/* Opens the users of a cohort and a lesson, as if one had drilled to them. Takes the terms. */
void state_open_cell(State *s, ScopeTerm *cohort, ScopeTerm *lesson);
/* The place where one is; free with place_free. */
Place *state_place(const State *s);
void place_free(Place *p);

/* Ask for the totals, and take them if they are there. FALSE with an error when the scope does not
 * resolve. */
void state_ask_totals(State *s);
gboolean state_take_totals(State *s, GError **error);
/* The scope of everything in force, for totals. Free with scope_free. */
Scope *state_scope(const State *s);
/* The scope of a pane: typed chips, the path before its own chip, and the row under the cursor of
 * the focused pane when that pane lies before this one. Free with scope_free. */
Scope *state_scope_for_pane(const State *s, PaneId pane);
/* The pane that Enter leads to from `pane`, or -1 for the timeline. */
int state_next_pane(const State *s, PaneId pane);
/* The pane shown beside `pane` as where one came from, or -1. */
int state_parent_pane(const State *s, PaneId pane);

#endif
