/* Roster: the school's own list of who is in which class, so that students without a single hit
 * can be seen, too.
 *
 * A text file with a line a student: user, cohort, name. A header names the columns in any order
 * (user, cohort, name and the usual other spellings); without one they stand in this order. Comma,
 * semicolon, tab or `|` between them; quotes as in CSV. */
#ifndef CORE_ANSWERS_ROSTER_H
#define CORE_ANSWERS_ROSTER_H

#include <glib.h>

#define ROSTER_BYTES_MAX ((goffset)16 * 1024 * 1024)

typedef struct {
  char *user;
  char *cohort; /* id or name as written; "" when not given */
  char *name;   /* "" when not given */
} RosterLine;

typedef struct {
  GPtrArray *lines; /* of RosterLine*; each user once, the first line counts */
  guint skipped;    /* lines without a user, and users named again */
} Roster;

/* NULL with CORE_ERROR_INPUT: what cannot be read, where, and what to do. */
Roster *roster_read(const char *file, GError **error);
/* The same from memory; `file` is for messages. */
Roster *roster_parse(const char *text, gsize len, const char *file, GError **error);
void roster_free(Roster *r);

#endif
