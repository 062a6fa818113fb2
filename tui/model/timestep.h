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

#endif
