/* Trend lines and the Mann-Kendall test, against Sen's example and against all permutations. */
#include "tests/stats/near.h"

#include "core/stats/prng.h"
#include "core/stats/trend.h"

/* The example of Sen (1968), section 7: the estimate is 4. */
static const double SEN_X[] = {1, 2, 3, 4, 10, 12, 18};
static const double SEN_Y[] = {9, 15, 19, 20, 45, 55, 78};

static void lines(void **state)
{
  TrendLine t = trend_theil_sen(SEN_X, SEN_Y, 7);

  (void)state;
  assert_int_equal(t.n, 7);
  assert_near(t.slope, 4, 1e-14);
  assert_near(t.intercept, 6, 1e-14); /* y - 4x: 5 7 7 4 5 7 6 */
  /* Sums 50, 241, 598, 2690: slope (7 * 2690 - 50 * 241) / (7 * 598 - 2500). */
  t = trend_least_squares(SEN_X, SEN_Y, 7);
  assert_near(t.slope, (7.0 * 2690 - 50 * 241) / (7 * 598 - 2500), 1e-13);
  assert_near(t.intercept, (241 - 50 * t.slope) / 7, 1e-12);
}

static void one_wild_value(void **state)
{
  double y[21];

  (void)state;
  for (guint i = 0; i < 21; i++)
    y[i] = 100 - 2.0 * i;
  y[20] = 900;
  assert_near(trend_theil_sen(NULL, y, 21).slope, -2, 1e-13);
  assert_true(trend_least_squares(NULL, y, 21).slope > 5);
}

static double score(const double *x, const double *y, const guint *order, guint n)
{
  double s = 0;

  for (guint j = 1; j < n; j++)
    for (guint i = 0; i < j; i++) {
      double a = x[j] - x[i], b = y[order[j]] - y[order[i]];
      s += a * b > 0 ? 1 : a * b < 0 ? -1 : 0;
    }
  return s;
}

static void square_all(const double *x, const double *y, guint *order, guint k, guint n,
                       double *sum, double *count)
{
  if (k == n) {
    double s = score(x, y, order, n);
    *sum += s * s;
    *count += 1;
    return;
  }
  for (guint i = k; i < n; i++) {
    guint t = order[k];
    order[k] = order[i];
    order[i] = t;
    square_all(x, y, order, k + 1, n, sum, count);
    order[i] = order[k];
    order[k] = t;
  }
}

/* The variance with ties in both variables is that of the score over all orders of y. */
static void variance_is_that_of_all_orders(void **state)
{
  static const double xs[][7] = {
      {1, 2, 3, 4, 5, 6, 7}, {1, 1, 2, 3, 3, 3, 4}, {1, 2, 2, 2, 2, 5, 6}};
  static const double ys[][7] = {
      {3, 1, 4, 15, 9, 26, 5}, {2, 2, 7, 1, 8, 2, 8}, {1, 1, 1, 1, 2, 2, 2}};

  (void)state;
  for (guint a = 0; a < 3; a++)
    for (guint b = 0; b < 3; b++) {
      guint order[] = {0, 1, 2, 3, 4, 5, 6};
      double sum = 0, count = 0, s = score(xs[a], ys[b], order, 7), sd;
      TrendTest t = trend_test(xs[a], ys[b], 7);
      square_all(xs[a], ys[b], order, 0, 7, &sum, &count);
      sd = sqrt(sum / count);
      assert_true(count == 5040 && t.s == s);
      assert_near(t.z, s == 0 ? 0 : (fabs(s) - 1) / sd * (s > 0 ? 1 : -1), 1e-12);
      assert_near(t.p, fmin(1, erfc(fabs(t.z) / sqrt(2))), 1e-12);
    }
}

/* 7 of 10 pairs rise, 1 falls, two pairs tie in y: tau-b = 6 / sqrt(10 * 8). */
static void tau_with_ties(void **state)
{
  static const double y[] = {1, 3, 3, 2, 5}, y2[] = {1, 3, 3, 2, 3};
  TrendTest t = trend_test(NULL, y, 5);

  (void)state;
  assert_true(t.s == 5); /* + + + + 0 - + - + + */
  assert_near(t.tau, 5 / sqrt(10 * 9), 1e-14);
  t = trend_test(NULL, y2, 5);
  assert_true(t.s == 3);
  assert_near(t.tau, 3 / sqrt(10 * 7), 1e-14);
  t = trend_test(SEN_X, SEN_Y, 7);
  assert_near(t.tau, 1, 1e-14);
  assert_near(t.z, 20 / sqrt(7 * 6 * 19 / 18.0), 1e-14);
}

static void points_that_are_missing(void **state)
{
  static const double x[] = {1, 2, 5, 3, NAN, 4, 10, 12, 18};
  static const double y[] = {9, 15, NAN, 19, 7, 20, 45, 55, 78};

  (void)state;
  assert_int_equal(trend_theil_sen(x, y, 9).n, 7);
  assert_near(trend_theil_sen(x, y, 9).slope, 4, 1e-14);
  assert_near(trend_theil_sen(x, y, 9).intercept, 6, 1e-14);
  assert_near(trend_least_squares(x, y, 9).slope, (7.0 * 2690 - 50 * 241) / (7 * 598 - 2500),
              1e-13);
  assert_near(trend_test(x, y, 9).tau, 1, 1e-14);
}

static void edges(void **state)
{
  static const double one_x[] = {3, 3, 3}, y[] = {1, 2, 3}, flat[] = {5, 5, 5};
  double *many = g_new0(double, TREND_MAX_POINTS + 1);
  TrendTest t;

  (void)state;
  assert_nan(trend_theil_sen(NULL, y, 1).slope);
  assert_nan(trend_theil_sen(NULL, NULL, 0).slope);
  assert_nan(trend_theil_sen(one_x, y, 3).slope);
  assert_nan(trend_theil_sen(one_x, y, 3).intercept);
  assert_nan(trend_least_squares(one_x, y, 3).slope);
  assert_nan(trend_test(NULL, y, 1).p);
  t = trend_test(NULL, flat, 3);
  assert_true(t.s == 0 && t.z == 0 && t.p == 1);
  assert_nan(t.tau);
  assert_near(trend_theil_sen(NULL, flat, 3).slope, 0, 0);
  assert_nan(trend_theil_sen(NULL, many, TREND_MAX_POINTS + 1).slope);
  assert_nan(trend_test(NULL, many, TREND_MAX_POINTS + 1).p);
  assert_near(trend_theil_sen(NULL, many, TREND_MAX_POINTS).slope, 0, 0);
  g_free(many);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines),
      cmocka_unit_test(one_wild_value),
      cmocka_unit_test(variance_is_that_of_all_orders),
      cmocka_unit_test(tau_with_ties),
      cmocka_unit_test(points_that_are_missing),
      cmocka_unit_test(edges),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
