/* Case book: what people have written down about one data set.
 *
 * Notes, statuses of flags, exceptions, a watchlist, marks and cases, with who and when. Every
 * change is saved before the call returns: written beside the file and renamed, under a lock, after
 * what another program has written meanwhile was read in. So two programs on one log see each
 * other's changes and lose none. A change that cannot be saved does not happen.
 *
 * The book knows neither clock nor environment: folder, author and time are passed in. Records are
 * owned by the book and valid until its next change. */
#ifndef CORE_CASEBOOK_CASEBOOK_H
#define CORE_CASEBOOK_CASEBOOK_H

#include "core/casebook/records.h"
#include "core/log/log.h"

#define CASEBOOK_FILE     "casebook.json"
#define CASEBOOK_TEXT_MAX 16384 /* bytes of a note, a reason or a title */

typedef struct Casebook Casebook;

/* Who makes a change, and when on that person's clock. */
typedef struct {
  const char *author;
  CivilTime time;
} Stamp;

/* What the file says about the data it belongs to. */
typedef struct {
  char *fingerprint; /* log_fingerprint_text */
  char *beginning;   /* digest of the first rows: the same for a log that has grown */
  char *source;      /* name of the log for people; safe */
  guint64 rows;
  CivilTime first, last;
} CasebookData;

/* `source` as above. */
void casebook_data_fill(CasebookData *d, const AccessLog *log, const char *source);
void casebook_data_clear(CasebookData *d);

/* A book that is in memory only. */
Casebook *casebook_new(void);
/* The book in `folder`, which is made when it is missing; a new one when there is none. A file that
 * cannot be understood is renamed, never written over, and *ret_notice says so; a book of the same
 * log when it was shorter, in a folder beside, is taken over, which is also said there (free with
 * g_free; NULL: nothing to say). NULL with an error when the folder or the file cannot be used, or
 * the file is of a newer program. */
Casebook *casebook_open(const char *folder, const CasebookData *data, char **ret_notice,
                        GError **error);
/* What is in the file of a book, for looking only: nothing is made, locked or put aside, and no
 * change is saved. NULL when there is none or it cannot be read. */
Casebook *casebook_peek(const char *file);
void casebook_free(Casebook *b);
/* Grows with every change, also with those read in from another program. */
guint64 casebook_version(const Casebook *b);
/* Reads in what another program has saved since. TRUE when there was something; errors are left to
 * the next change. */
gboolean casebook_poll(Casebook *b);
/* Something to tell the user (a damaged file was put aside), once; free with g_free. */
char *casebook_take_notice(Casebook *b);

/* --- reading ------------------------------------------------------------------------------------
 */

/* Of one kind, in the order in which they were made; of Note*, Review*, ... */
const GPtrArray *casebook_records(const Casebook *b, RecordType t);
/* By record_key; NULL when there is none. */
gconstpointer casebook_find(const Casebook *b, RecordType t, const char *key);
const Note *casebook_note(const Casebook *b, guint number);
const Case *casebook_case(const Casebook *b, guint number);
/* The case that `c` adds to, or NULL. */
const Case *casebook_current_case(const Casebook *b);
/* Notes about `on` (of const Note*, oldest first), appended to `ret`. Returns how many. */
guint casebook_notes_on(const Casebook *b, const Entity *on, GPtrArray *ret);
gboolean casebook_is_marked(const Casebook *b, const Entity *on);
gboolean casebook_is_watched(const Casebook *b, const Entity *on);
/* The last review of a flag of that id, or NULL. */
const Review *casebook_review(const Casebook *b, const char *flag);
/* Place in its members, or -1. */
int case_find(const Case *c, const Entity *on);

/* --- changing -----------------------------------------------------------------------------------
 * All return 0, FALSE or NULL with an error when nothing was changed. Texts are made safe. */

guint casebook_add_note(Casebook *b, const Entity *on, const char *text, Stamp by, GError **error);
/* An empty text deletes the note. */
gboolean casebook_edit_note(Casebook *b, guint number, const char *text, Stamp by, GError **error);
/* `r` without number, head and `by`. */
guint casebook_add_review(Casebook *b, const Review *r, Stamp by, GError **error);
guint casebook_add_exception(Casebook *b, const FlagException *x, Stamp by, GError **error);
gboolean casebook_remove_exception(Casebook *b, guint number, GError **error);
gboolean casebook_set_watch(Casebook *b, const Entity *on, gboolean watch, Stamp by,
                            GError **error);
/* All of them (of Entity*) in one change. */
gboolean casebook_set_marks(Casebook *b, const GPtrArray *on, gboolean mark, GError **error);
/* The new case becomes the current one. */
guint casebook_new_case(Casebook *b, const char *title, Stamp by, GError **error);
/* 0: no case is the current one. */
gboolean casebook_choose_case(Casebook *b, guint number, GError **error);
gboolean casebook_add_to_case(Casebook *b, guint number, const Entity *on, Stamp by,
                              GError **error);
gboolean casebook_remove_from_case(Casebook *b, guint number, const Entity *on, GError **error);
gboolean casebook_rename_case(Casebook *b, guint number, const char *title, GError **error);
gboolean casebook_close_case(Casebook *b, guint number, gboolean closed, GError **error);

/* --- undo ---------------------------------------------------------------------------------------
 * Changes made through this book, one step a change. What another program has changed since stays:
 * then the step is dropped, with an error. */

/* What the next step would take back or do again ("note 12"), or NULL. */
const char *casebook_undo_what(const Casebook *b);
const char *casebook_redo_what(const Casebook *b);
gboolean casebook_undo(Casebook *b, GError **error);
gboolean casebook_redo(Casebook *b, GError **error);
/* Forgets what could be done again: something else has been changed since. */
void casebook_forget_redo(Casebook *b);

#endif
