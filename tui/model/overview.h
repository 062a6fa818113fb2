/* Overview: what was read, what it adds up to, and the filters that are easily applied silently.
 * Model; no drawing. */
#ifndef TUI_MODEL_OVERVIEW_H
#define TUI_MODEL_OVERVIEW_H

#include "core/flags/study.h"
#include "core/ingest/load.h"
#include "core/query/series.h"
#include "tui/model/chips.h"

#define OVERVIEW_SWITCHES 8 /* those that every log has */

/* A filter that analyses often apply without saying so, with its count. */
typedef struct {
  char *term;        /* scope term that leaves these rows out: "-kind=home"; NULL: a setting of the
                        sixth answer, which leaves out who became staff */
  const char *label; /* "home page" */
  guint64 hits;      /* rows it would leave out of the whole log */
  gboolean on;       /* in force now */
} Switch;

typedef struct {
  guint64 phase_hits[N_PHASES];
  GArray *switches;     /* of Switch */
  guint32 punch[7][24]; /* of the scope */
  Series *series;       /* hits over time of the scope, in one line; NULL without rows */
  guint n_steps;        /* of it; course weeks end with the longest class */
  char *stamp;
  /* of the whole log, whatever the filters */
  guint64 left_out[OVERVIEW_SWITCHES], site_hits;
  char *site; /* term that leaves out the school's own networks, or NULL */
  char *whole_stamp;
} Overview;

void overview_clear(Overview *o);
/* `study` NULL: not learned yet; then site addresses are not among the switches. `staff_hits`: of
 * graduates who became staff; below zero they are not known yet and not among the switches.
 * `keep_staff`: the sixth answer counts them. */
gboolean overview_refresh(Overview *o, const Dataset *ds, const Study *study, gint64 staff_hits,
                          guint64 generation, const Chips *chips, gboolean keep_staff,
                          Bucket bucket, GError **error);

#endif
