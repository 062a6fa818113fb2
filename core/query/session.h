/* Sessions: hits of one user (or address) with no gap over the session gap. Part of the fourth
 * request: the rows of a scope, in user-and-time order. */
#ifndef CORE_QUERY_SESSION_H
#define CORE_QUERY_SESSION_H

#include "core/query/scope.h"

typedef struct {
  guint32 first_place, n; /* places in `rows` */
  CivilTime from, to;     /* first and last hit */
  guint32 lessons;        /* distinct entries of kind lesson */
  guint32 ips;            /* distinct addresses */
  gint64 gap_before;      /* seconds since the session before; -1 for the first */
} Session;

typedef struct {
  guint32 n_rows;
  guint32 *rows; /* row numbers, in time order */
  guint n;
  Session *sessions;
} Sessions;

/* Sessions of the rows of a selection taken as one stream: pass the rows of one user or of one
 * address. `gap` in seconds. */
Sessions *sessions_new(const Dataset *ds, const Selection *sel, guint gap);
void sessions_free(Sessions *s);

#endif
