/* Record: the fields of one row by their roles, as every reader of a form hands them on. */
#ifndef CORE_INGEST_RECORD_H
#define CORE_INGEST_RECORD_H

#include "core/ingest/columns.h"

typedef struct {
  const char *s;
  gsize len;
} Field;

/* A role without a column has length 0. The bytes belong to the reader and live until its next
 * record. */
typedef struct {
  Field field[N_ROLES];
} Record;

/* TRUE for the ways in which tables write that there is no value. */
gboolean field_is_missing(const Field *f);
/* An id as it is meant: spaces around it and the `.0` of a number that was once a fraction are
 * dropped. A text stays a text, however long. */
Field field_id(const Field *f);
gboolean field_has_control_bytes(const Field *f);

#endif
