/* Records: what a case book holds, and how each kind is written to its file. One table.
 *
 * Members of the file that this program does not know are kept and written back. */
#ifndef CORE_CASEBOOK_RECORDS_H
#define CORE_CASEBOOK_RECORDS_H

#include "core/casebook/entity.h"

#define RECORD_NUMBER_MAX 1000000000

/* Who did it and when, on that person's own clock. */
typedef struct {
  char *author;
  CivilTime time;
} By;

/* First member of every record: the object it was read from, or NULL. */
typedef struct {
  JsonObject *json;
} RecordHead;

typedef struct {
  RecordHead head;
  guint number;
  Entity *on;
  char *text;
  By by;
  CivilTime edited; /* CIVIL_NONE: as it was written */
} Note;

typedef enum {
  STATUS_OPEN,
  STATUS_WATCH,
  STATUS_CONFIRMED,
  STATUS_DISMISSED,
  N_STATUSES
} FlagStatus;

/* A status given to a flag. All of them are kept; the last one counts. */
typedef struct {
  RecordHead head;
  guint number;
  char *flag; /* its id */
  FlagStatus status;
  char *reason; /* may be empty */
  By by;
  /* what was looked at, so that the status holds for the same episode after a change of
   * thresholds */
  char *rule;
  guint rule_version;
  char *parameters; /* "pages=20 seconds=60" */
  double score;
  char *subject; /* "user 534" */
  CivilTime from, to;
} Review;

/* Flags that are no news: all of the conditions given must hold. */
typedef struct {
  RecordHead head;
  guint number;
  char *block;    /* address or block that holds every address of the flag, or NULL */
  char *user;     /* the only suspect, or NULL */
  char *rule;     /* or NULL: every rule */
  CivilDay until; /* flags that begin on this day or before; CIVIL_DAY_NONE: all */
  char *reason;   /* may be empty */
  By by;
} FlagException;

typedef struct {
  RecordHead head;
  Entity *on;
  By by;
} Watch;

typedef struct {
  RecordHead head;
  Entity *on;
} Mark;

typedef struct {
  Entity *on;
  By by;
} CaseMember;

typedef struct {
  RecordHead head;
  guint number;
  char *title;
  gboolean closed;
  By by;
  GPtrArray *members; /* of CaseMember*, in the order in which they were added */
} Case;

/* The sections of the file, in order. */
typedef enum {
  RECORD_NOTE,
  RECORD_REVIEW,
  RECORD_EXCEPTION,
  RECORD_WATCH,
  RECORD_MARK,
  RECORD_CASE,
  N_RECORD_TYPES
} RecordType;

const char *status_name(FlagStatus s); /* "open" */
gboolean status_parse(const char *name, FlagStatus *ret);

const char *record_section(RecordType t); /* "notes" */
/* A new object that holds the record, with what else its own object held. */
JsonObject *record_write(RecordType t, gconstpointer record);
/* NULL when it cannot be understood. */
gpointer record_read(RecordType t, JsonObject *o);
void record_free(RecordType t, gpointer record);
/* What tells it from its like; free with g_free. */
char *record_key(RecordType t, gconstpointer record);
/* 0 for kinds that have none: watches and marks. */
guint record_number(RecordType t, gconstpointer record);
void record_renumber(RecordType t, gpointer record, guint number);

#endif
