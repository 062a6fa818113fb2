/* Batch: counting and joining. */
#include "core/ingest/batch.h"

#include "core/base/text.h"

#define EXCERPT_BYTES 60

Reject *reject_new(RejectReason reason, guint64 line, const char *s, gsize len)
{
  while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == '\r'))
    len--;
  Reject *r = g_new0(Reject, 1);
  r->reason = reason;
  r->line = line;
  r->excerpt = text_escaped(s, (gssize)len, EXCERPT_BYTES);
  return r;
}

void reject_free(void *reject)
{
  Reject *r = reject;
  if (r != NULL)
    g_free(r->excerpt);
  g_free(r);
}

Batch *batch_new_on(LogBuilder *builder, CohortFacts *facts)
{
  Batch *b = g_new0(Batch, 1);
  b->builder = builder;
  b->facts = facts;
  b->borrowed = TRUE;
  b->rejects = g_ptr_array_new_with_free_func(reject_free);
  return b;
}

Batch *batch_new(void)
{
  Batch *b = batch_new_on(log_builder_new(), cohort_facts_new());
  b->borrowed = FALSE;
  return b;
}

void batch_free(Batch *b)
{
  if (b == NULL)
    return;
  if (!b->borrowed) {
    log_builder_free(b->builder);
    cohort_facts_free(b->facts);
  }
  g_ptr_array_unref(b->rejects);
  g_free(b);
}

void batch_reject(Batch *b, RejectReason reason, const char *s, gsize len)
{
  b->rejected++;
  batch_notice(b, reason, s, len);
}

void batch_notice(Batch *b, RejectReason reason, const char *s, gsize len)
{
  if (b->rejected_by[reason]++ < REJECT_KEEP)
    g_ptr_array_add(b->rejects, reject_new(reason, b->lines, s, len));
}

/* Examples beyond REJECT_KEEP of a reason are dropped, as if the text had been read in one go. */
static void append_rejects(Batch *b, Batch *part)
{
  guint64 seen[N_REJECT_REASONS];
  for (int i = 0; i < N_REJECT_REASONS; i++) {
    seen[i] = b->rejected_by[i];
    b->rejected_by[i] += part->rejected_by[i];
  }
  for (guint i = 0; i < part->rejects->len; i++) {
    Reject *r = part->rejects->pdata[i];
    if (seen[r->reason]++ >= REJECT_KEEP)
      continue;
    r->line += b->lines;
    part->rejects->pdata[i] = NULL;
    g_ptr_array_add(b->rejects, r);
  }
  g_ptr_array_set_size(part->rejects, 0);
}

gboolean batch_append(Batch *b, Batch *part, GError **error)
{
  /* Joining frees the builder of the part; its cohorts are still needed to join the facts. */
  CohortTable *known = cohort_table_copy(log_builder_cohorts(part->builder));
  gboolean ok = log_builder_append(b->builder, part->builder, error);
  if (ok) {
    part->builder = NULL;
    cohort_facts_merge(b->facts, log_builder_cohorts(b->builder), part->facts, known, b->lines);
    append_rejects(b, part);
    b->lines += part->lines;
    b->rows += part->rows;
    b->rejected += part->rejected;
    b->blank += part->blank;
    b->continued += part->continued;
  }
  cohort_table_free(known);
  return ok;
}
