/* Evidence: from a flag to the rows behind it. */
#ifndef TUI_MODEL_EVIDENCE_H
#define TUI_MODEL_EVIDENCE_H

#include "tui/model/state.h"

#define EVIDENCE_AROUND 7 /* days shown before and after */

/* Opens what shows the evidence of a flag: the timeline of the suspect (or of the address) with the
 * days of the flag and a week around them, sessions without evidence folded, the cursor on the
 * first row of the evidence; for flags about cohorts, lessons and days the list that shows them.
 * Backspace comes back. FALSE with an error when the log has no longer what it names. */
gboolean evidence_open(State *s, const Flag *f, GError **error);

/* Is the user, or the address, a suspect of the flag or where it happened? */
gboolean evidence_concerns(const Flag *f, Dimension dim, guint32 key);
/* Is the row of the log evidence of the flag? */
gboolean evidence_has_row(const Flag *f, guint32 row);

/* What a flag is about, for notes, marks and cases. Free with entity_free. */
Entity *evidence_subject(const Flag *f, const Dataset *ds);

#endif
