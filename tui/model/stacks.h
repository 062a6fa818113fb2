/* Stacks: whole stacks of filters under a name, kept for a data set in a file of its own.
 *
 * Every change reads the file anew under a lock and writes it as a whole, private to its owner, so
 * that two programs lose nothing. Changes can be undone by name. */
#ifndef TUI_MODEL_STACKS_H
#define TUI_MODEL_STACKS_H

#include "tui/model/chips.h"

#define STACKS_MAX     200
#define STACK_NAME_MAX 60 /* characters */

typedef struct {
  char *name;
  Chips *chips;
  /* rows that they keep, for whoever counts them: -1 when the log has not all that they name */
  gint64 rows;
  guint64 generation, learned; /* of the state when they were counted; 0: not yet */
} Stack;

typedef struct {
  GPtrArray *list;        /* of Stack*, in the order in which they were saved first */
  char *path;             /* NULL: in memory only */
  GPtrArray *undo, *redo; /* of changes, newest last */
} Stacks;

Stacks *stacks_new(void);
void stacks_free(Stacks *k);
/* Where they are kept from now on, and reads what is there. FALSE with an error when the file
 * cannot be used; then they are in memory only. */
gboolean stacks_open(Stacks *k, const char *path, GError **error);
const Stack *stacks_find(const Stacks *k, const char *name);
/* Saves a copy under the name, in place of one of that name. FALSE with CORE_ERROR_USAGE for a
 * name that cannot be used or when there are too many, CORE_ERROR_OUTPUT. */
gboolean stacks_put(Stacks *k, const char *name, const Chips *chips, GError **error);
/* FALSE with CORE_ERROR_USAGE when there is none of that name; it names the closest. */
gboolean stacks_drop(Stacks *k, const char *name, GError **error);
/* The last change and back again; *ret_name (free with g_free) is the stack. FALSE when there is
 * nothing to do (no error) or the file cannot be written (error). */
gboolean stacks_undo(Stacks *k, char **ret_name, GError **error);
gboolean stacks_redo(Stacks *k, char **ret_name, GError **error);

/* A chip a line: `cohorts on cohort=34`, `typed off phase=class`. Free with g_free. */
char *stacks_print_chips(const Chips *c);

#endif
