/* One log in both engines, the program and SQL, and tables compared with what SQL gives. */
#ifndef TESTS_ANSWERS_BOTH_H
#define TESTS_ANSWERS_BOTH_H

#include "core/answers/answers.h"
#include "tests/oracle/oracle.h"

/* Beside the tables of the oracle there are
 *   read      hits on lessons but those of staff: all columns of hits, name and module
 *   present   user, cohort: who was ever in which
 */
typedef struct {
  Dataset *ds;
  Study *study; /* without probable students, which SQL does not know */
  Oracle *oracle;
  guint compared; /* rows, so that a test can tell that it compared any */
} Both;

/* Fixtures of cmocka: a small log drawn at random; the full log, which must be there. */
int both_small(void **state);
int both_full(void **state);
int both_teardown(void **state);

/* Compares a table with the rows of a query, whose columns are `columns` (up to a NULL); the first
 * `n_keys` are texts that name a row. Every row of the table must be there with the same numbers;
 * with `all`, and no other. Fails the test. */
void both_compare(Both *b, const Table *t, const char *sql, const char *const *columns,
                  guint n_keys, gboolean all);
/* The same for the table of that name of every program; `format` has $program and $word in it. */
void both_compare_programs(Both *b, const Answer *a, const char *name, const char *format,
                           const char *word, const char *const *columns, guint n_keys,
                           gboolean all);

#endif
