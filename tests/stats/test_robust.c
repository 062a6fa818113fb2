/* Medians, quantiles, MAD, robust z and fences, against hand-made and textbook values. */
#include "tests/stats/near.h"

#include "core/stats/prng.h"
#include "core/stats/robust.h"

/* Definition 7 on 1..10 and on four values; the numbers of R's quantile(). */
static void quantiles_are_type_7(void **state)
{
  double ten[] = {7, 1, 10, 3, 5, 2, 9, 4, 8, 6}, four[] = {40, 10, 30, 20}, one[] = {5};

  (void)state;
  assert_near(robust_quantile(ten, 10, 0.25), 3.25, 1e-15);
  assert_near(robust_quantile(ten, 10, 0.75), 7.75, 1e-15);
  assert_near(robust_quantile(ten, 10, 0.95), 9.55, 1e-15);
  assert_near(robust_median(ten, 10), 5.5, 1e-15);
  assert_near(robust_quantile(four, 4, 1.0 / 3), 20, 1e-12);
  assert_near(robust_quantile(four, 4, 0.4), 22, 1e-12);
  assert_true(robust_quantile(four, 4, 0) == 10 && robust_quantile(four, 4, 1) == 40);
  assert_true(robust_quantile(four, 4, -3) == 10 && robust_quantile(four, 4, 7) == 40);
  assert_true(robust_median(one, 1) == 5);
  assert_nan(robust_quantile(four, 4, NAN));
  assert_nan(robust_median(NULL, 0));
}

static void missing_values_are_left_out(void **state)
{
  double v[] = {NAN, 3, NAN, 1, 2, NAN}, none[] = {NAN, NAN};
  RobustSummary s;

  (void)state;
  assert_int_equal(robust_sort(v, 6), 3);
  assert_true(v[0] == 1 && v[1] == 2 && v[2] == 3);
  assert_true(isnan(v[3]) && isnan(v[4]) && isnan(v[5]));
  assert_true(robust_median(v, 6) == 2);
  s = robust_summarise(none, 2);
  assert_int_equal(s.n, 0);
  assert_nan(s.median);
  assert_nan(s.mad);
  assert_nan(robust_z(&s, 1));
}

static void share_at_most(void **state)
{
  static const double sorted[] = {1, 2, 2, 2, 5};

  (void)state;
  assert_near(robust_share_at_most(sorted, 5, 0.5), 0, 0);
  assert_near(robust_share_at_most(sorted, 5, 2), 0.8, 1e-15);
  assert_near(robust_share_at_most(sorted, 5, 4.9), 0.8, 1e-15);
  assert_near(robust_share_at_most(sorted, 5, 5), 1, 0);
  assert_nan(robust_share_at_most(sorted, 0, 5));
}

/* 1 1 2 2 4 6 9: median 2, distances 1 1 0 0 2 4 7, their median 1, their mean 15/7. */
static void summary_by_hand(void **state)
{
  double v[] = {9, 1, 2, 6, 1, 4, 2}, low, high;
  RobustSummary s = robust_summarise(v, 7);

  (void)state;
  assert_int_equal(s.n, 7);
  assert_true(s.median == 2 && s.mad == 1 && s.q1 == 1.5 && s.q3 == 5);
  assert_near(s.mean_ad, 15.0 / 7, 1e-15);
  assert_near(robust_z(&s, 9), 0.6745 * 7, 2e-5);
  assert_near(robust_z(&s, 1), -0.6745, 2e-5);
  robust_fences(&s, 1.5, &low, &high);
  assert_true(low == 1.5 - 5.25 && high == 10.25);
  robust_fences(&s, 5, NULL, &high);
  assert_true(high == 22.5);
}

static void without_spread(void **state)
{
  double most[] = {3, 3, 3, 3, 8}, all[] = {3, 3, 3};
  RobustSummary s = robust_summarise(most, 5);

  (void)state;
  assert_true(s.mad == 0 && s.mean_ad == 1);
  assert_near(robust_z(&s, 8), 5 / 1.2533141373155003, 1e-12);
  s = robust_summarise(all, 3);
  assert_true(robust_z(&s, 3) == 0.0);
  assert_nan(robust_z(&s, 4));
}

/* On normal values both scales estimate the deviation, which the constants are for. */
static void scales_agree_on_normal_values(void **state)
{
  enum { N = 20000 };
  double *v = g_new(double, N);
  RobustSummary s;
  Prng g;

  (void)state;
  prng_seed(&g, 3);
  for (guint i = 0; i < N; i++)
    v[i] = 50 + 4 * prng_normal(&g);
  s = robust_summarise(v, N);
  assert_near(s.median, 50, 0.002);
  assert_near(ROBUST_MAD_TO_SD * s.mad, 4, 0.03);
  assert_near(ROBUST_MEAN_AD_TO_SD * s.mean_ad, 4, 0.03);
  assert_near(s.q3 - s.q1, 2 * 0.6745 * 4, 0.03);
  g_free(v);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quantiles_are_type_7), cmocka_unit_test(missing_values_are_left_out),
      cmocka_unit_test(share_at_most),        cmocka_unit_test(summary_by_hand),
      cmocka_unit_test(without_spread),       cmocka_unit_test(scales_agree_on_normal_values),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
