/* Cohort rows: the records of a cohort table, into the cohort table of a log builder. */
#ifndef CORE_INGEST_COHORT_ROWS_H
#define CORE_INGEST_COHORT_ROWS_H

#include "core/ingest/batch.h"

/* As rows_check and rows_add, see rows.h. */
RejectReason cohort_row_check(const Record *record);
RejectReason cohort_row_add(Batch *out, const Record *record);

#endif
