/* Rows: records checked, and written into a log builder. */
#ifndef CORE_INGEST_ROWS_H
#define CORE_INGEST_ROWS_H

#include "core/ingest/batch.h"

#define REJECT_NONE N_REJECT_REASONS /* the record is a row */

typedef struct Rows Rows;

Rows *rows_new(const Layout *layout);
void rows_free(Rows *r);
/* From now on rows go into `out`. */
void rows_start(Rows *r, Batch *out);
/* Whether the record is a row, and its time. Changes nothing but what is remembered of dates. */
RejectReason rows_check(Rows *r, const Record *record, CivilTime *ret_time);
/* Adds a record that was checked: REJECT_NONE, or REJECT_LIMIT when a dictionary is full. */
RejectReason rows_add(Rows *r, const Record *record, CivilTime time);

#endif
