/* Steps in time: how long a step of trends and strips is, by view. */
#ifndef TUI_MODEL_TIMESTEP_H
#define TUI_MODEL_TIMESTEP_H

#include "tui/model/state.h"

/* What a view starts with. */
Bucket timestep_default(ViewId view);
/* Changes that of a view: the next of day, week, month, course week, or the one that `word` names.
 * FALSE with CORE_ERROR_USAGE. */
gboolean timestep_set(State *s, ViewId view, const char *word, GError **error);
/* "course week" */
const char *timestep_title(Bucket b);
/* What cell `i` of `cells` shows of the hits of `n` steps: the mean of those that lie in it, so
 * that a cell that holds one more does not stand out; with more cells than steps the step that it
 * is a part of. */
double timestep_mean(const guint32 *hits, guint n, guint i, guint cells);

#endif
