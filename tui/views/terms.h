/* Terms: what the numbers of a view mean, for its help. */
#ifndef TUI_VIEWS_TERMS_H
#define TUI_VIEWS_TERMS_H

#include "tui/model/state.h"

/* The heading above definitions. */
void terms_head(Menu *m);
/* A definition, in as many lines as it needs; Enter on it runs `command` ("cancel": nothing). */
void terms_add(const State *s, Menu *m, const char *name, const char *definition,
               const char *command);
/* Those of the view in front. */
void terms_explain(const State *s, Menu *m);

#endif
