/* The inside of a case book; for core/casebook only. */
#ifndef CORE_CASEBOOK_CASEBOOK_PRIVATE_H
#define CORE_CASEBOOK_CASEBOOK_PRIVATE_H

#include "core/casebook/casebook.h"
#include "core/casebook/store.h"

/* One record before and after: NULL = not there. */
typedef struct {
  RecordType type;
  char *key;
  JsonObject *before, *after;
  guint place; /* among its like, of a record that comes or goes */
} Edit;

typedef struct {
  char *what;                    /* "note 12" */
  GPtrArray *edits;              /* of Edit* */
  guint before_case, after_case; /* the current case */
} Change;

typedef struct {
  GPtrArray *list;    /* of records */
  GHashTable *by_key; /* key -> record */
  GPtrArray *strange; /* of JsonNode*: elements that were not understood, kept for writing */
} Section;

struct Casebook {
  char *folder, *path, *lock_path; /* NULL: in memory only */
  CasebookData data;
  Section sections[N_RECORD_TYPES];
  guint next_number[N_RECORD_TYPES];
  guint current_case;
  JsonObject *root; /* what was read: members that are not known are written back */
  StoreStamp stamp; /* of the file that was read or written last */
  guint64 version;
  GPtrArray *undo, *redo; /* of Change* */
  char *notice;
  int lock; /* held between begin and end; -1 */
};

/* --- casebook_file.c --- */

/* Reads the file into the book. FALSE with an error when it cannot be used; then the book is what
 * it was. A damaged file is put aside and the book keeps what it has. */
gboolean casebook_read(Casebook *b, GError **error);
gboolean casebook_write(Casebook *b, GError **error);
void section_init(Section *s);
void section_clear(Section *s, RecordType t);
/* Puts a record (taken) at `place`; G_MAXUINT: at the end. */
void section_insert(Section *s, RecordType t, gpointer record, guint place);
void section_remove(Section *s, RecordType t, gpointer record);

/* --- casebook_change.c --- */

/* Locks the file and reads in what others have written. Each begin needs an end. */
gboolean casebook_begin(Casebook *b, GError **error);
void change_free(gpointer change);
/* Begins a change; `what` (taken) goes to people: "note 12". */
Change *change_new(Casebook *b, char *what);
/* The record becomes `after` (taken; NULL: it goes). Numbers of new records come from
 * casebook_next_number. */
void change_set(Casebook *b, Change *c, RecordType t, const char *key, JsonObject *after);
guint casebook_next_number(const Casebook *b, RecordType t);
/* Makes the change, saves, remembers it for undo, lets go of the lock. */
gboolean casebook_end(Casebook *b, Change *c, GError **error);
/* Lets go of the lock without a change. */
void casebook_abandon(Casebook *b);

#endif
