/* Study: a dataset together with what has been learned from it about people, lessons and places.
 *
 * Flags and answers ask their questions of a Study. Built once per dataset; immutable after that;
 * any thread may read it. */
#ifndef CORE_FLAGS_STUDY_H
#define CORE_FLAGS_STUDY_H

#include "core/catalog/homes.h"
#include "core/flags/agents.h"
#include "core/flags/geo.h"
#include "core/flags/pages.h"
#include "core/flags/places.h"
#include "core/flags/stays.h"
#include "core/query/dataset.h"

typedef struct {
  const GPtrArray *homes_conf;  /* of SettingLine, or NULL: compiled-in */
  gboolean no_probable;         /* do not take groups without a cohort for students of one */
  const GPtrArray *agents_conf; /* the same */
  const char *mmdb;             /* file with countries or networks of addresses; NULL: none */
  CivilDay today;               /* for running classes; CIVIL_DAY_NONE: the last day of the log */
} StudyOptions;

/* The defaults: compiled-in homes, probable students, the last day of the log. */
void study_options_init(StudyOptions *o);

typedef struct {
  const Dataset *ds; /* not owned */
  People *people;
  Probable *probable;
  Homes *homes;
  Places *places;
  Agents *agents;        /* NULL when the log has no user agents */
  Geo *geo;              /* NULL without an .mmdb file */
  Stays *blocks, *lines; /* who used which network: by block, and by single line */
  Pages *pages;
  CivilDay today;
  /* per user: the cohort as a student (by own rows, else the probable one), COHORT_NONE without;
   * staff-only users have none */
  guint16 *cohort_of_user;
  guint8 *is_probable; /* 1: only the probable cohort says so */
  /* the students of cohort c are members[member_start[c] .. member_start[c + 1]) */
  guint32 *member_start, *members;
} Study;

/* `o` NULL: the defaults. NULL with CORE_ERROR_USAGE for a settings line that cannot be understood,
 * with CORE_ERROR_INPUT for an .mmdb file that cannot be read. */
Study *study_new(const Dataset *ds, const StudyOptions *o, GError **error);
void study_free(Study *s);
/* Program of the user's cohort as a student; PROGRAM_NONE without. */
guint8 study_program_of(const Study *s, guint32 user);
/* Students of a cohort who were here in the days from..to: their first hit is not later and their
 * last hit not earlier. */
guint32 study_present(const Study *s, guint16 cohort, CivilDay from, CivilDay to);

#endif
