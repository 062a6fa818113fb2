/* Cases: the case book of the log at hand, and who writes into it. */
#ifndef TUI_APP_CASES_H
#define TUI_APP_CASES_H

#include "tui/app/app.h"

/* Opens the case book of a log that is whole; says so when notes cannot be kept. */
void cases_open(App *app);
/* Who writes, and when on the clock of this machine (or --now). */
Stamp cases_stamp(const App *app);
/* A change was saved: it can be undone, and `format` says what it was (and, where nothing is
 * saved, that). */
void cases_changed(App *app, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The flag that a command is about: in the list the one under the cursor; in the timeline the one
 * whose evidence it shows, else the highest one that the row under the cursor is evidence of. NULL
 * with an error. */
const Judgement *cases_flag(App *app, GError **error);
/* What is under the cursor, or NULL with an error; free with entity_free. */
Entity *cases_entity(App *app, GError **error);

/* `case export FILE [--pseudonyms]`. */
gboolean case_export(App *app, const char *words, GError **error);

/* What prompts start with, for the words behind the command; free with g_free; NULL: nothing. */
char *exception_proposal(App *app, const char *kind);
char *rule_proposal(App *app, const char *name);
char *note_proposal(App *app, const char *number);
char *case_title_proposal(App *app, const char *words);
char *export_proposal(App *app, const char *words);
char *slide_proposal(App *app, const char *words);
char *setting_proposal(App *app, const char *words);
/* What the prompt of a note is labelled with; NULL with an error: nothing to write about. */
char *note_label(App *app, const char *words, GError **error);

#endif
