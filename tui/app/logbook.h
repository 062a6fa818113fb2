/* Log book: every command that changed the state, with its time; enough to do it all again.
 *
 * Moves of the cursor are kept until a command follows that acts on what it stands on. In the
 * lists they become one `at ID`, which means the same after another sort or in a longer log;
 * elsewhere they stay what they are, equal ones counted. */
#ifndef TUI_APP_LOGBOOK_H
#define TUI_APP_LOGBOOK_H

#include "core/base/civil.h"
#include "tui/model/state.h"

typedef struct {
  CivilTime time;
  GPtrArray *moves;  /* of char*: lines that lead to where the command was given; may be empty */
  char *line;        /* the command, or NULL: moves only */
  char *about;       /* what the cursor stood on, for people; or NULL */
  int width, height; /* of the window */
} LogLine;

typedef struct {
  GPtrArray *lines; /* of LogLine* */
  guint64 dropped;  /* lines that had to go because there were too many */
  GArray *pending;  /* of Pending */
  gboolean row_moved, column_moved;
} Logbook;

Logbook *logbook_new(void);
void logbook_free(Logbook *b);
/* A move of the cursor: `line` as it was given. */
void logbook_move(Logbook *b, const State *s, const char *line);
/* The moves so far, as lines, before a command is run; free with g_ptr_array_unref. */
GPtrArray *logbook_take_moves(Logbook *b, State *s, char **ret_about);
/* A command has changed the state. Takes `moves` and `about`. */
void logbook_add(Logbook *b, const State *s, CivilTime time, const char *line, GPtrArray *moves,
                 char *about);
/* "at 34 2 ; drill": the line as a prompt takes it; free with g_free. */
char *logbook_text(const LogLine *l);
/* Everything as a script; free with g_free. Moves that nothing has followed yet come last. */
char *logbook_script(Logbook *b, State *s, CivilTime now, const char *title);

#endif
