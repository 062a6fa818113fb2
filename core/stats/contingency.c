/* Contingency tables: residuals of one cell, chi-square of a whole table. */
#include "core/stats/contingency.h"

#include <math.h>

#include "core/stats/special.h"

double contingency_expected(double row, double column, double total)
{
  return total > 0.0 ? row * column / total : NAN;
}

double contingency_lift(double observed, double row, double column, double total)
{
  double expected = contingency_expected(row, column, total);

  return expected > 0.0 ? observed / expected : NAN;
}

double contingency_residual(double observed, double row, double column, double total)
{
  double expected = contingency_expected(row, column, total);

  return expected > 0.0 ? (observed - expected) / sqrt(expected) : NAN;
}

double contingency_adjusted(double observed, double row, double column, double total)
{
  double spread = (1.0 - row / total) * (1.0 - column / total);

  return spread > 0.0 ? contingency_residual(observed, row, column, total) / sqrt(spread) : NAN;
}

/* Sums of rows and columns into `rows` and `columns` (zeroed); returns the total. */
static double sum_margins(const guint32 *cells, gsize n_rows, gsize n_columns, double *rows,
                          double *columns)
{
  double total = 0.0;

  for (gsize r = 0; r < n_rows; r++)
    for (gsize c = 0; c < n_columns; c++) {
      double cell = cells[r * n_columns + c];
      rows[r] += cell;
      columns[c] += cell;
      total += cell;
    }
  return total;
}

static double count_used(const double *sums, gsize n)
{
  double used = 0.0;

  for (gsize i = 0; i < n; i++)
    used += sums[i] > 0.0 ? 1.0 : 0.0;
  return used;
}

ContingencyTest contingency_test(const guint32 *cells, gsize n_rows, gsize n_columns)
{
  ContingencyTest t = {.chi2 = NAN, .p = NAN, .cramer_v = NAN, .min_expected = NAN};
  double *rows = g_new0(double, n_rows), *columns = g_new0(double, n_columns);
  double total = sum_margins(cells, n_rows, n_columns, rows, columns);
  double used_rows = count_used(rows, n_rows), used_columns = count_used(columns, n_columns);

  if (used_rows >= 2.0 && used_columns >= 2.0) {
    t.df = (used_rows - 1.0) * (used_columns - 1.0);
    t.chi2 = 0.0;
    t.min_expected = INFINITY;
    for (gsize r = 0; r < n_rows; r++)
      for (gsize c = 0; c < n_columns; c++) {
        double expected = contingency_expected(rows[r], columns[c], total);
        double difference = cells[r * n_columns + c] - expected;
        if (!(expected > 0.0))
          continue;
        t.chi2 += difference * difference / expected;
        t.min_expected = fmin(t.min_expected, expected);
      }
    t.p = special_chi2_upper(t.chi2, t.df);
    t.cramer_v = sqrt(t.chi2 / (total * (fmin(used_rows, used_columns) - 1.0)));
  }
  g_free(rows);
  g_free(columns);
  return t;
}
