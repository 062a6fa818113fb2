/* Cohort rows: the first row of a cohort counts, a second one is rejected. */
#include "core/ingest/cohort_rows.h"

#include "core/ingest/rows.h"

/* A table without ids is known by its names, and so are the cohorts of its log. */
static Field cohort_id(const Record *record)
{
  const Field *id = &record->field[ROLE_COHORT];
  return field_id(field_is_missing(id) ? &record->field[ROLE_NAME] : id);
}

RejectReason cohort_row_check(const Record *record)
{
  Field id = cohort_id(record);
  return field_is_missing(&id) || field_has_control_bytes(&id) ? REJECT_COHORT : REJECT_NONE;
}

static void notice(Batch *out, FactProblems problems, const Field *id)
{
  if (problems & FACT_BAD_DATE)
    batch_notice(out, REJECT_DATE, id->s, id->len);
  if (problems & FACT_DATE_ORDER)
    batch_notice(out, REJECT_DATES_ORDER, id->s, id->len);
  if (problems & FACT_FULL)
    batch_notice(out, REJECT_LIMIT, id->s, id->len);
}

RejectReason cohort_row_add(Batch *out, const Record *record)
{
  CohortTable *table = log_builder_cohorts(out->builder);
  Field id = cohort_id(record);
  char *text = g_strndup(id.s, id.len);
  guint16 index = cohort_table_intern(table, text);
  g_free(text);
  if (index == COHORT_NONE)
    return REJECT_LIMIT;
  if (cohort_table_get(table, index)->in_table)
    return REJECT_DUPLICATE_COHORT;
  notice(out, cohort_fill(table, index, record->field + ROLE_FIRST_FACT), &id);
  out->rows++;
  return REJECT_NONE;
}
