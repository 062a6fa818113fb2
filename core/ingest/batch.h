/* Batch: what one stretch of a file gave. Batches of consecutive stretches are joined. */
#ifndef CORE_INGEST_BATCH_H
#define CORE_INGEST_BATCH_H

#include "core/ingest/cohort_facts.h"

typedef struct {
  LogBuilder *builder;
  CohortFacts *facts; /* of a wide log, by the cohort indexes of `builder` */
  GPtrArray *rejects; /* of Reject*; lines count from the start of the stretch */
  guint64 rejected_by[N_REJECT_REASONS];
  guint64 lines, rows, rejected, blank, continued;
  gboolean borrowed; /* builder and facts are the caller's */
} Batch;

Batch *batch_new(void);
/* A batch that fills a builder and facts that stay the caller's. */
Batch *batch_new_on(LogBuilder *builder, CohortFacts *facts);
/* Frees the batch, and its builder and facts unless they are the caller's. */
void batch_free(Batch *b);
/* Counts the line batch->lines as lost; `s` is what it holds. */
void batch_reject(Batch *b, RejectReason reason, const char *s, gsize len);
/* Counts something about the line, which is kept. */
void batch_notice(Batch *b, RejectReason reason, const char *s, gsize len);
/* Joins a later stretch. FALSE with CORE_ERROR_LIMIT, nothing joined, when a dictionary would
 * overflow. Either way `part` stays the caller's, without its rows after success. */
gboolean batch_append(Batch *b, Batch *part, GError **error);

Reject *reject_new(RejectReason reason, guint64 line, const char *s, gsize len);
void reject_free(void *reject);

#endif
