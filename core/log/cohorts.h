/* Cohorts and programs: the small tables beside the log.
 *
 * Owns names, dates and programs of cohorts. Index 0 of both tables is "none" (a row without a
 * cohort, a cohort without a program). A cohort that only the log knows has no dates: its rows
 * have phase `undated`. */
#ifndef CORE_LOG_COHORTS_H
#define CORE_LOG_COHORTS_H

#include "core/base/civil.h"

#define COHORT_NONE  0
#define COHORT_MAX   65535 /* a cohort index fits 16 bits; checked at load */
#define PROGRAM_NONE 0
#define PROGRAM_MAX  255

/* Phase of a hit by its own cohort. Exactly one each: before + class + after + staff + undated +
 * none = all. The end day belongs to the class. */
typedef enum {
  PHASE_BEFORE,  /* date < start */
  PHASE_CLASS,   /* start <= date <= end */
  PHASE_AFTER,   /* date > end */
  PHASE_STAFF,   /* the cohort is staff, by the rules of staff.conf */
  PHASE_UNDATED, /* a cohort id without both dates */
  PHASE_NONE,    /* no cohort id */
  N_PHASES
} Phase;

typedef struct {
  char *id;            /* as in the data, "8" (never "8.0"); NULL at index 0 */
  char *name;          /* never NULL but at index 0: a cohort without a name is "cohort 8" */
  char *slack;         /* or NULL */
  CivilDay start, end; /* CIVIL_DAY_NONE when unknown */
  guint8 program;      /* index into programs */
  gboolean staff;
  gboolean deleted;  /* has a deletion time */
  gboolean in_table; /* FALSE: only the log knows it */
  CivilTime created; /* CIVIL_NONE when unknown */
} Cohort;

typedef struct {
  char *id;    /* as in the data, "2"; NULL at index 0 */
  char *name;  /* "Full Stack Java"; the id when unknown */
  char *track; /* "web", "ds"; "" when unknown */
  int weeks;   /* nominal length, 0 when unknown */
} Program;

typedef struct {
  GArray *cohorts;   /* of Cohort */
  GArray *programs;  /* of Program */
  GPtrArray *tracks; /* of char*, distinct tracks in order; a track index is a place in it */
  GHashTable *by_id; /* cohort id -> index */
} CohortTable;

CohortTable *cohort_table_new(void);
void cohort_table_free(CohortTable *t);
CohortTable *cohort_table_copy(const CohortTable *t);

/* Index of the cohort `id`, added (without dates) when new. COHORT_NONE when the table is full. */
guint16 cohort_table_intern(CohortTable *t, const char *id);
/* Index of the cohort `id`, or COHORT_NONE. */
guint16 cohort_table_find(const CohortTable *t, const char *id);
/* Index of the program with that id or name (case-insensitive), added when new. PROGRAM_NONE for
 * an empty text or a full table. */
guint8 cohort_table_program(CohortTable *t, const char *id_or_name);
const Cohort *cohort_table_get(const CohortTable *t, guint16 index);
const Program *cohort_table_get_program(const CohortTable *t, guint8 index);
/* Index into `tracks` of a program's track, or -1. */
int cohort_table_track(const CohortTable *t, guint8 program);

/* Takes over what `src` knows: cohorts by id, programs by id or name. What `t` knows already stays;
 * dates, names and so on are filled in where they are missing. `ret_map` gets the index in `t` of
 * each cohort of `src` (src->cohorts->len entries). FALSE, with nothing changed, when a table would
 * overflow. */
gboolean cohort_table_merge(CohortTable *t, const CohortTable *src, guint16 *ret_map);
/* Bytes of memory held. */
gsize cohort_table_bytes(const CohortTable *t);

/* Applies programs.conf (names, tracks, weeks) and staff.conf (which cohorts are staff), each a
 * GPtrArray of SettingLine (NULL: nothing changes). Call again after cohorts were added. Program
 * indexes may change when a program was known by name and by id. FALSE with an error for a line
 * that cannot be understood (file and line are named). */
gboolean cohort_table_configure(CohortTable *t, const GPtrArray *programs_conf,
                                const GPtrArray *staff_conf, GError **error);

/* Phase of a hit of `c` on `day`. */
Phase cohort_phase(const Cohort *c, CivilDay day);
/* Course week of `day`, 1 from the start day on; 0 without a start date; negative before it
 * (-1 = the seven days before the start). */
int cohort_course_week(const Cohort *c, CivilDay day);
/* `before`, `class`, `after`, `staff`, `undated`, `none`. */
const char *phase_name(Phase p);

#endif
