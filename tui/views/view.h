/* Views: one vtable per screen of the explorer, all in one table.
 *
 * prepare computes what draw will show (it may change the state); draw reads only. */
#ifndef TUI_VIEWS_VIEW_H
#define TUI_VIEWS_VIEW_H

#include "tui/draw/canvas.h"
#include "tui/model/state.h"

typedef enum {
  MOVE_UP,
  MOVE_DOWN,
  MOVE_PAGE_UP,
  MOVE_PAGE_DOWN,
  MOVE_HALF_UP,
  MOVE_HALF_DOWN,
  MOVE_FIRST,
  MOVE_LAST,
  MOVE_LEFT,
  MOVE_RIGHT,
  MOVE_TO /* amount: place in the list, from 0 */
} Move;

typedef struct {
  const char *name;  /* "cohorts": in `view cohorts` */
  const char *title; /* "Cohorts" */
  gunichar key;
  /* FALSE with an error when the scope does not resolve. */
  gboolean (*prepare)(State *s, Rect body, GError **error);
  void (*draw)(const State *s, Canvas *c, Rect body);
  void (*move)(State *s, Move move, gint64 amount);
  /* Enter; NULL: nothing to enter. */
  gboolean (*enter)(State *s, GError **error);
  /* A command that means something of its own here ("sort", "fold"); FALSE when it is not one of
   * the view's. *handled is set then. */
  gboolean (*command)(State *s, int argc, char **argv, gboolean *handled, GError **error);
  /* What stands at a place of the list, for notes, marks and cases (free with entity_free), or
   * NULL: nothing that has a name. And the place of the cursor, and how many there are. NULL: a
   * view without such a list. */
  Entity *(*entity)(const State *s, guint place);
  guint (*place)(const State *s, guint *ret_n);
  /* "COHORTS 3/48": the left of the status line. Free with g_free. */
  char *(*status)(const State *s);
  /* Text of the cell or row under the cursor, or of the whole table (tab-separated). */
  char *(*copy)(const State *s, gboolean whole);
  /* Adds definitions of what is shown to the help. */
  void (*explain)(const State *s, Menu *m);
  /* Keys worth knowing here: "Enter drill|BS up|s sort". */
  const char *hints;
} View;

extern const View view_overview, view_programs, view_cohorts, view_lessons, view_users, view_ips,
    view_timeline, view_flags, view_matrix, view_cross, view_answers, view_compare;

/* The view of an id, or NULL when there is none. */
const View *view_get(ViewId id);
gboolean view_parse(const char *name, ViewId *ret);
/* What is under the cursor of the view in front, or NULL; free with entity_free. */
Entity *view_entity(const State *s);
/* Behind the status of a view that looks at the whole log: that the filters above do not apply; ""
 * when there are none. Static. */
const char *view_whole_log_text(const State *s);
/* Where the cursor goes in a list of `n` rows of which `page` are in sight. */
gint64 view_moved(Move move, gint64 amount, gint64 cursor, gint64 n, int page);

#endif
