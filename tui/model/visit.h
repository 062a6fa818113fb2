/* Visits: from the name of a thing to the screen that shows it. */
#ifndef TUI_MODEL_VISIT_H
#define TUI_MODEL_VISIT_H

#include "tui/model/state.h"

/* Goes to where the entity is shown: the timeline of a user, of an address or around a row, the
 * users of a cohort, lesson or cell, the cohorts of a program, the flag in its list. Backspace
 * comes back. FALSE with an error when this log has no such thing. */
gboolean visit_entity(State *s, const Entity *e, GError **error);

/* Name of an entity for people: names of cohorts and programs, rule and subject of a flag, the
 * words of a note. Safe; free with g_free. */
char *visit_title(const State *s, const Entity *e);

#endif
