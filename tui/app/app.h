/* App: the state together with what changes it. Commands get one; views never do. */
#ifndef TUI_APP_APP_H
#define TUI_APP_APP_H

#include "core/report/pseudonym.h"
#include "tui/app/analysis.h"
#include "tui/app/follower.h"
#include "tui/app/keymap.h"
#include "tui/app/loader.h"
#include "tui/app/logbook.h"
#include "tui/app/open.h"
#include "tui/model/state.h"

/* What is kept while a log is followed: see following.h. */
typedef struct {
  Follower *follower;          /* NULL: nothing is followed */
  char *names;                 /* of what is, or was, followed */
  gboolean wanted;             /* to be started as soon as the log is whole */
  gboolean grown;              /* rows have come since the log was loaded */
  guint64 rows;                /* that came since it was started */
  gint64 last_rows, unlearned; /* monotonic: when rows came; the first not learned from, or 0 */
} Following;

/* What Tab has offered. */
typedef struct {
  char *line;      /* as it was left by the last Tab */
  GPtrArray *list; /* of char* */
  gsize start;
  int at; /* the candidate in the line; -1: what they have in common */
} Completion;

typedef struct App {
  State *state;
  OpenPlan *plan;
  AccessLog *log; /* that of the dataset; NULL before the first rows */
  Loader *loader; /* NULL when nothing is being read */
  Follow *follow; /* to read on behind the end of the log; NULL before it is whole */
  Following following;
  Analysis *analysis; /* NULL when nothing is being computed */
  AnalysisNews again; /* what was learned anew so far: shown when it is complete */
  gboolean relearning;
  gint64 learned_at, learning_time; /* monotonic: when and how long it took */
  AnalysisOptions analysis_options;
  RuleSettings rules;      /* in force: what files say, then what was changed while looking */
  RuleSettings file_rules; /* what files say */
  Keymap *keymap;
  GHashTable *recall; /* command of a prompt -> GPtrArray of what was typed */
  Logbook *log_book;  /* every command that changed the state */
  Completion completion;
  GPtrArray *recent;        /* of char*: lines from the palette, the newest first */
  gboolean force;           /* the command was given with `!`: it may write over files */
  char *export_folder;      /* where plain file names lie, or NULL: the working folder */
  gboolean want_pseudonyms; /* --pseudonyms: every export has them */
  Pseudonyms *pseudonyms;   /* opened by the first export that has them */
} App;

/* Takes the plan. NULL with CORE_ERROR_USAGE when the user's keys.conf cannot be used. */
App *app_new(OpenPlan *plan, GError **error);
void app_free(App *app);
/* Thresholds from the settings files and `file` (--rules; may be NULL). FALSE with CORE_ERROR_USAGE
 * or CORE_ERROR_INPUT. Without it the defaults are in force. */
gboolean app_read_rules(App *app, const char *file, GError **error);
/* Learns from all rows anew: study, flags, answers. What was learned before is shown meanwhile. */
void app_learn(App *app);
/* Starts reading in a thread; again: the rows at hand are shown until all are there. */
void app_start_loading(App *app);
/* Takes over what the loader has ready. TRUE when the screen changes. */
gboolean app_poll_loader(App *app, GError **error);
/* Takes over what the analysis has ready. TRUE when the screen changes. */
gboolean app_poll_analysis(App *app);
/* The same until there is nothing more to come, where no loop runs: in scripts and tests. FALSE
 * with an error when the log cannot be read. */
gboolean app_wait_loader(App *app, GError **error);
void app_wait_analysis(App *app);
/* Builds the dataset again from the log at hand, after a setting of the catalog changed. */
gboolean app_rebuild(App *app, GError **error);
/* One key, by whoever is in front: prompt, menu, view. */
void app_key(App *app, Key key);
/* A character of pasted text: it is written where one types, and means nothing elsewhere. */
void app_paste(App *app, Key key);
/* One command line, as a key, a prompt or a script gives it. Errors become the message. */
gboolean app_run(App *app, const char *line);

#endif
