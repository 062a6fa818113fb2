/* Chips: the filters in force, and the path that led here.
 *
 * A chip is one scope term. Drill chips are made by Enter on a row of a pane and form the path
 * (breadcrumb), in the order in which they were drilled; typed chips come from prompts, keys such
 * as `+`, and options, and always apply.
 *
 * A pane ignores its own drill chip and those drilled after it, so that the list one came from
 * stays whole and one can move from cohort to cohort without going back up. The order is that of
 * the path, not of the pane numbers: lesson, then cohort, lists the cohorts that read the lesson.
 */
#ifndef TUI_MODEL_CHIPS_H
#define TUI_MODEL_CHIPS_H

#include "core/query/scope.h"

/* The linked panes, in the order of their keys 1..5. */
typedef enum { PANE_PROGRAMS, PANE_COHORTS, PANE_LESSONS, PANE_USERS, PANE_IPS, N_PANES } PaneId;
#define PANE_TYPED ((int)-1)

typedef struct {
  ScopeTerm *term;
  int pane; /* the pane it was drilled from, or PANE_TYPED */
} Chip;

typedef struct {
  GPtrArray *chips; /* of Chip*: the path first, then typed chips */
} Chips;

Chips *chips_new(void);
void chips_free(Chips *c);
Chips *chips_copy(const Chips *c);
guint chips_count(const Chips *c);
const Chip *chips_get(const Chips *c, guint i);
/* Number of drill chips; they are the first ones. */
guint chips_depth(const Chips *c);
/* Place of the drill chip of `pane` in the path, or -1. */
int chips_find_drill(const Chips *c, int pane);

/* Drills: drops the chip of `pane` and those drilled after it, then adds `term` (taken). */
void chips_drill(Chips *c, PaneId pane, ScopeTerm *term);
/* Drops the last drill chip and returns the pane it was drilled from, or -1 at the top. */
int chips_up(Chips *c);
/* Adds a typed chip (taken); a chip with the same field and sign gets the values added to it when
 * `merge`, and one that is equal is not added twice. */
void chips_add(Chips *c, ScopeTerm *term, gboolean merge);
/* Replaces the typed chip of that field (the time range), or drops it when `term` is NULL. */
void chips_set_field(Chips *c, ScopeField field, ScopeTerm *term);
/* Removes chip `i`. */
void chips_remove(Chips *c, guint i);
/* Lets chip `i` change places with the one `step` (-1 or 1) from it. FALSE at the end of the path,
 * or of the typed chips, which stay behind it. */
gboolean chips_move(Chips *c, guint i, int step);
/* Removes the typed chip added last, else the last drill chip. FALSE when there was none. */
gboolean chips_drop_last(Chips *c);
void chips_clear(Chips *c);

/* The scope of everything (for totals): every chip that is on. Free with scope_free. */
Scope *chips_scope(const Chips *c);
/* The scope of a pane: typed chips, and the drill chips before its own. */
Scope *chips_scope_for_pane(const Chips *c, PaneId pane);
/* A scope of the terms on the given fields only, or of all the others. */
Scope *chips_scope_fields(const Chips *c, const ScopeField *fields, guint n, gboolean keep);
/* `scope add` line per chip: what a session file and the log of commands hold. Free with g_free. */
char *chips_print(const Chips *c);

#endif
