/* Cohort facts: what the rows of a wide log or of a cohort table say about each cohort.
 *
 * The first row that says something counts. Rows that say something else are noticed, not
 * believed. The outcome does not depend on how a file was cut into pieces. */
#ifndef CORE_INGEST_COHORT_FACTS_H
#define CORE_INGEST_COHORT_FACTS_H

#include "core/ingest/record.h"
#include "core/log/log.h"

typedef struct CohortFacts CohortFacts;

CohortFacts *cohort_facts_new(void);
void cohort_facts_free(CohortFacts *f);
/* Notes what the record at `line` says about cohort `index` of the builder that goes with `f`. */
void cohort_facts_see(CohortFacts *f, guint16 index, const Record *r, guint64 line);
/* The facts of a later piece of the same log, whose builder is not yet joined to that of `f`:
 * adds `lines` to its line numbers, and learns its cohorts under the indexes of `table`. */
void cohort_facts_merge(CohortFacts *f, CohortTable *table, const CohortFacts *piece,
                        const CohortTable *piece_table, guint64 lines);

typedef enum {
  FACT_BAD_DATE = 1 << 0,   /* a start or end date that is none */
  FACT_DATE_ORDER = 1 << 1, /* ends before it starts: both dates dropped */
  FACT_FULL = 1 << 2,       /* more programs than can be numbered */
} FactProblems;

/* Fills in a cohort of the table from the facts of a record. */
FactProblems cohort_fill(CohortTable *table, guint16 index, const Field fact[N_FACTS]);

/* Called for each cohort about which something was noticed. `line`: where it was first described;
 * `odd_line`: the first row that says something else, or 0. */
typedef void (*FactNotice)(void *data, const Cohort *c, FactProblems problems, guint64 line,
                           guint64 odd_line);
/* Writes what is known into the table, cohorts that a table already described excepted. May be
 * called again later. */
void cohort_facts_apply(CohortFacts *f, CohortTable *table);
void cohort_facts_report(const CohortFacts *f, const CohortTable *table, FactNotice notice,
                         void *data);

#endif
