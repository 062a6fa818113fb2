/* Versus: the comparison that the explorer shows. Model; no drawing. */
#ifndef TUI_MODEL_VERSUS_H
#define TUI_MODEL_VERSUS_H

#include "core/query/compare.h"
#include "tui/model/chips.h"

typedef enum { VERSUS_ROWS, VERSUS_IPS, VERSUS_MEETINGS, N_VERSUS_LISTS } VersusList;

typedef struct {
  /* chosen by the user */
  Dimension dim;
  char *id[2]; /* as dimension_id; NULL: nothing chosen yet */
  VersusList list;
  gboolean calendar; /* calendar weeks where there are course weeks too */
  guint cursor, top; /* 0 and 1: the sides; from 2 on the list */
  guint week;        /* under the cursor */
  /* derived */
  Comparison *c; /* NULL: nothing chosen, or not in this log */
  char *label[2];
  char *stamp;
} Versus;

#define VERSUS_SIDES 2 /* entries before those of the list */

void versus_clear(Versus *v);
/* Forgets what was derived: the dataset is about to change. */
void versus_drop(Versus *v);
/* Chooses the sides by their ids; cursor and list start anew when they change. */
void versus_set(Versus *v, Dimension dim, const char *a, const char *b);
/* The list of a pane that shows such rows. */
PaneId versus_pane(Dimension dim);
gboolean versus_refresh(Versus *v, const Dataset *ds, guint64 generation, const Chips *chips,
                        GError **error);
/* Entries that the cursor can be on. */
guint versus_count(const Versus *v);
void versus_next_list(Versus *v);
/* The row of the list at an entry, NULL for sides and meetings. */
const CompareRow *versus_row(const Versus *v, guint entry);
/* Whether weeks of the course are shown. */
gboolean versus_on_course(const Versus *v);
/* Weeks of the axis in force and the hits of a side in each. */
guint versus_weeks(const Versus *v);
const guint32 *versus_week_hits(const Versus *v, guint side);
/* Whether the log ends before that week of the course begins. */
gboolean versus_is_to_come(const Versus *v, const Dataset *ds, guint side, guint week);

/* A line of the table of totals, or of what is shared. */
typedef struct {
  const char *name, *definition;
  char *text[2]; /* shared: text[0] only; safe */
} VersusFact;

/* Both free with g_ptr_array_unref; the most telling first. */
GPtrArray *versus_totals(const Versus *v);
GPtrArray *versus_shared(const Versus *v);

#endif
