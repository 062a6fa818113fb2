/* Commands: the one table of everything that changes the state.
 *
 * Keys, the `:` prompt, scripts and menus all produce command lines; help, completion and the
 * prerequisites come from the table. */
#ifndef TUI_APP_COMMAND_H
#define TUI_APP_COMMAND_H

#include "tui/app/app.h"

/* What must be there for a command to make sense: checked before it runs. */
typedef enum {
  NEEDS_NOTHING = 0,
  NEEDS_DATA = 1 << 0,      /* a dataset */
  NEEDS_ROW = 1 << 1,       /* a row under the cursor of a pane */
  NEEDS_CHIP = 1 << 2,      /* a filter in force */
  NEEDS_PANE = 1 << 3,      /* one of the five lists */
  CHANGES_NOTHING = 1 << 4, /* not worth a line in the log of commands: asking, explaining */
  MOVES_CURSOR = 1 << 5     /* moves the cursor: in the log as the place where it came to stand */
} CommandNeeds;

typedef struct {
  const char *name;
  const char *args;  /* "[COLUMN]", or "" */
  const char *group; /* heading in the help */
  const char *help;  /* one line */
  guint needs;       /* CommandNeeds */
  gboolean (*run)(App *app, int argc, char **argv, GError **error);
} Command;

const Command *command_find(const char *name);
gboolean command_known(const char *name);
/* All commands, ended by one without a name; groups stand together. */
const Command *command_table(void);
/* Splits a line as a shell would and runs it; several commands stand with ` ; ` between them (after
 * notes, reasons and titles everything is text). `NAME!` says that files may be written over.
 * FALSE with CORE_ERROR_USAGE; what came before the fault has been done. */
gboolean command_run(App *app, const char *line, GError **error);
/* Do the prerequisites hold now? `why` (may be NULL) gets a static sentence when not. */
gboolean command_possible(const App *app, const Command *c, const char **why);

/* The functions behind the table, by theme. */
#define COMMAND_FUNCTION(name) gboolean name(App *app, int argc, char **argv, GError **error)
COMMAND_FUNCTION(cmd_move);
COMMAND_FUNCTION(cmd_at);
COMMAND_FUNCTION(cmd_column);
COMMAND_FUNCTION(cmd_log);
COMMAND_FUNCTION(cmd_session);
COMMAND_FUNCTION(cmd_set);
COMMAND_FUNCTION(cmd_view);
COMMAND_FUNCTION(cmd_crumbs);
COMMAND_FUNCTION(cmd_level);
COMMAND_FUNCTION(cmd_sibling);
COMMAND_FUNCTION(cmd_goto);
COMMAND_FUNCTION(cmd_keys);
COMMAND_FUNCTION(cmd_next_pane);
COMMAND_FUNCTION(cmd_previous_pane);
COMMAND_FUNCTION(cmd_drill);
COMMAND_FUNCTION(cmd_up_level);
COMMAND_FUNCTION(cmd_back);
COMMAND_FUNCTION(cmd_forward);
COMMAND_FUNCTION(cmd_close);
COMMAND_FUNCTION(cmd_search);
COMMAND_FUNCTION(cmd_search_next);
COMMAND_FUNCTION(cmd_search_previous);
COMMAND_FUNCTION(cmd_filter);
COMMAND_FUNCTION(cmd_keep);
COMMAND_FUNCTION(cmd_exclude);
COMMAND_FUNCTION(cmd_scope);
COMMAND_FUNCTION(cmd_facet);
COMMAND_FUNCTION(cmd_filters);
COMMAND_FUNCTION(cmd_drop);
COMMAND_FUNCTION(cmd_drop_all);
COMMAND_FUNCTION(cmd_undo);
COMMAND_FUNCTION(cmd_redo);
COMMAND_FUNCTION(cmd_time);
COMMAND_FUNCTION(cmd_zoom);
COMMAND_FUNCTION(cmd_pan);
COMMAND_FUNCTION(cmd_sort);
COMMAND_FUNCTION(cmd_sort_add);
COMMAND_FUNCTION(cmd_columns);
COMMAND_FUNCTION(cmd_column_move);
COMMAND_FUNCTION(cmd_width);
COMMAND_FUNCTION(cmd_kinds);
COMMAND_FUNCTION(cmd_raw_paths);
COMMAND_FUNCTION(cmd_in_view);
COMMAND_FUNCTION(cmd_compare);
COMMAND_FUNCTION(cmd_question);
COMMAND_FUNCTION(cmd_maximise);
COMMAND_FUNCTION(cmd_detail);
COMMAND_FUNCTION(cmd_theme);
COMMAND_FUNCTION(cmd_copy);
COMMAND_FUNCTION(cmd_copy_table);
COMMAND_FUNCTION(cmd_export);
COMMAND_FUNCTION(cmd_slide);
COMMAND_FUNCTION(cmd_queue);
COMMAND_FUNCTION(cmd_flags);
COMMAND_FUNCTION(cmd_next_flag);
COMMAND_FUNCTION(cmd_previous_flag);
COMMAND_FUNCTION(cmd_status);
COMMAND_FUNCTION(cmd_exception);
COMMAND_FUNCTION(cmd_exceptions);
COMMAND_FUNCTION(cmd_exception_drop);
COMMAND_FUNCTION(cmd_rule);
COMMAND_FUNCTION(cmd_rules);
COMMAND_FUNCTION(cmd_note);
COMMAND_FUNCTION(cmd_note_edit);
COMMAND_FUNCTION(cmd_note_go);
COMMAND_FUNCTION(cmd_notes);
COMMAND_FUNCTION(cmd_mark);
COMMAND_FUNCTION(cmd_mark_range);
COMMAND_FUNCTION(cmd_next_mark);
COMMAND_FUNCTION(cmd_previous_mark);
COMMAND_FUNCTION(cmd_marks);
COMMAND_FUNCTION(cmd_watch);
COMMAND_FUNCTION(cmd_watchlist);
COMMAND_FUNCTION(cmd_visit);
COMMAND_FUNCTION(cmd_case);
COMMAND_FUNCTION(cmd_ask);
COMMAND_FUNCTION(cmd_follow);
COMMAND_FUNCTION(cmd_help);
COMMAND_FUNCTION(cmd_palette);
COMMAND_FUNCTION(cmd_where);
COMMAND_FUNCTION(cmd_redraw);
COMMAND_FUNCTION(cmd_suspend);
COMMAND_FUNCTION(cmd_cancel);
COMMAND_FUNCTION(cmd_quit);

#endif
