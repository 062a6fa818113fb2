/* Became staff: ids that read as students first and as staff later.
 *
 * Somebody of the staff who tries out what students see leaves student rows as well, in between or
 * after; here most of the student rows come before the first row of staff. */
#ifndef CORE_FLAGS_BECAMESTAFF_H
#define CORE_FLAGS_BECAMESTAFF_H

#include "core/flags/study.h"

#define BECAME_MIN_ROWS  5   /* as a student, before the first row of staff */
#define BECAME_MIN_SHARE 0.5 /* of all rows as a student come before it */

typedef struct {
  guint32 user;
  guint16 cohort;        /* as a student */
  guint32 before, after; /* rows of student cohorts before and after the first row of staff */
  guint32 staff;         /* rows of staff cohorts */
  CivilTime first, last; /* of the rows as a student */
  CivilTime staff_first;
} BecameStaff;

/* By user id; free with g_array_unref. */
GArray *became_staff_find(const Study *study);

#endif
