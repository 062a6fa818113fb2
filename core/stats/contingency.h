/* Contingency tables: is a cell fuller than its row and its column together explain?
 *
 * Sources: K. Pearson, Philosophical Magazine 50 (1900), for the chi-square statistic; S. Haberman,
 * Biometrics 29 (1973), for adjusted residuals; A. Agresti, "Categorical data analysis" (3rd ed.,
 * 2013), 3.3.1; H. Cramer, "Mathematical methods of statistics" (1946), for V.
 *
 * All of them take each count as an independent event. Hits are not: one heavy reader makes many.
 * Use them to colour a matrix, and a test over persons (ranktest.h) to claim something. */
#ifndef CORE_STATS_CONTINGENCY_H
#define CORE_STATS_CONTINGENCY_H

#include <glib.h>

/* Of one cell: its count, the totals of its row and column, and the total of the table. */

/* row * column / total, the count under independence; NaN when total is 0. */
double contingency_expected(double row, double column, double total);
/* observed / expected; NaN when nothing is expected. */
double contingency_lift(double observed, double row, double column, double total);
/* Pearson residual (observed - expected) / sqrt(expected); NaN when nothing is expected. */
double contingency_residual(double observed, double row, double column, double total);
/* The same divided by sqrt((1 - row / total) (1 - column / total)): standard normal under
 * independence. NaN when nothing is expected or when the row or column is the whole table. */
double contingency_adjusted(double observed, double row, double column, double total);

typedef struct {
  double chi2;
  double df;           /* (rows - 1) (columns - 1), rows and columns without any count left out */
  double p;            /* chance of such a chi2 or a greater one under independence */
  double cramer_v;     /* sqrt(chi2 / (total (min(rows, columns) - 1))), 0..1 */
  double min_expected; /* p is rough when this is below about 5 */
} ContingencyTest;

/* Test of a whole table, row by row. NaN throughout (df 0) with fewer than two rows or columns that
 * hold a count. */
ContingencyTest contingency_test(const guint32 *cells, gsize n_rows, gsize n_columns);

#endif
