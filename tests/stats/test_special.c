/* Incomplete gamma, normal and Poisson tails, against 40-digit values.
 *
 * Reference numbers: mpmath 1.3 (gammainc regularized, erfc) with 40 digits; the Poisson tails
 * also by adding up single probabilities there. Critical values of chi-square and the Garwood
 * limits are those of printed tables (Pearson and Hartley, Biometrika tables, 8 and 40). */
#include "tests/stats/near.h"

#include "core/stats/poisson.h"
#include "core/stats/special.h"

static void gamma_matches_reference(void **state)
{
  static const struct {
    double a, x, p, q;
  } rows[] = {
      {0.5, 0.25, 0.52049987781304654, 0.47950012218695346},
      {3, 2.5, 0.45618688411667048, 0.54381311588332952},
      {10, 25, 0.99977852336175122, 0.00022147663824878358},
      {100, 60, 1.4815276326460468e-6, 0.99999851847236735},
      {1500, 1400, 0.0042310803485171198, 0.99576891965148288},
      {5000, 5300, 0.99998445488421448, 1.5545115785517565e-5},
  };

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    assert_near(special_gamma_p(rows[i].a, rows[i].x), rows[i].p, 1e-11);
    assert_near(special_gamma_q(rows[i].a, rows[i].x), rows[i].q, 1e-11);
  }
  assert_near(special_gamma_q(2e6, 2001000), 0.239713439053064, 1e-7);
  assert_near(special_gamma_p(2e6, 2001000), 1 - 0.239713439053064, 1e-7);
}

static void gamma_at_the_edges(void **state)
{
  (void)state;
  assert_true(special_gamma_p(2, 0) == 0.0 && special_gamma_q(2, 0) == 1.0);
  assert_true(special_gamma_p(2, INFINITY) == 1.0 && special_gamma_q(2, INFINITY) == 0.0);
  assert_nan(special_gamma_p(0, 1));
  assert_nan(special_gamma_p(1, -1));
  assert_nan(special_gamma_q(NAN, 1));
  assert_nan(special_gamma_q(1, NAN));
  for (int i = -2; i <= 21; i++)
    for (int j = 1; j <= 20; j++) {
      double a = exp2(i), x = a * 0.2 * j;
      assert_near(special_gamma_p(a, x) + special_gamma_q(a, x), 1.0, 1e-9);
    }
}

static void normal_and_chi2_tails(void **state)
{
  static const struct {
    double x, df, p;
  } table[] = {
      {3.841459, 1, 0.05},   {6.634897, 1, 0.01},    {5.991465, 2, 0.05},
      {18.307038, 10, 0.05}, {29.588298, 10, 0.001}, {124.342113, 100, 0.05},
  };

  (void)state;
  assert_near(special_normal_upper(1.96), 0.024997895148220434, 1e-13);
  assert_near(special_normal_upper(5), 2.8665157187919391e-7, 1e-13);
  assert_near(special_normal_upper(10), 7.6198530241605261e-24, 1e-13);
  assert_near(special_normal_upper(-1.96), 1 - 0.024997895148220434, 1e-13);
  for (guint i = 0; i < G_N_ELEMENTS(table); i++)
    assert_near(special_chi2_upper(table[i].x, table[i].df), table[i].p, 1e-6);
  assert_true(special_chi2_upper(0, 3) == 1.0 && special_chi2_upper(-1, 3) == 1.0);
  assert_nan(special_chi2_upper(1, 0));
}

static void poisson_tails(void **state)
{
  (void)state;
  assert_near(poisson_at_least(20, 6.5), 1.6086219344269747e-5, 1e-12);
  assert_near(poisson_at_most(2, 6.5), 0.043035946898983011, 1e-12);
  assert_near(poisson_exactly(4, 6.5), 0.11182220518393866, 1e-12);
  assert_near(poisson_at_least(150, 40), 2.0587951899818662e-40, 1e-11);
  assert_true(poisson_at_least(0, 3) == 1.0 && poisson_at_least(1, 0) == 0.0);
  assert_true(poisson_at_most(0, 0) == 1.0 && poisson_exactly(0, 0) == 1.0);
  assert_true(poisson_exactly(2, 0) == 0.0);
  assert_nan(poisson_at_least(1, -1));
  assert_nan(poisson_at_most(1, NAN));
  assert_nan(poisson_exactly(1, NAN));
}

/* Two routes to one number: the tail as an integral, and as a sum of single probabilities. */
static void poisson_tails_are_sums(void **state)
{
  (void)state;
  for (int i = -2; i <= 6; i++) {
    double mean = 0.9 * exp2(i), below = 0.0;
    for (guint64 k = 0; k < 90; k++) {
      assert_near(poisson_at_least(k, mean) + below, 1.0, 1e-12);
      below += poisson_exactly(k, mean);
      assert_near(poisson_at_most(k, mean), below, 1e-12);
    }
  }
}

static void poisson_interval_is_garwood(void **state)
{
  static const struct {
    guint64 k;
    double low, high;
  } table[] = {{0, 0, 3.688879}, {1, 0.025318, 5.571643}, {10, 4.795389, 18.390356}};
  double low, high;

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
    poisson_interval(table[i].k, 0.95, &low, &high);
    assert_near(low, table[i].low, 2e-5);
    assert_near(high, table[i].high, 1e-6);
  }
  poisson_interval(200, 0.99, &low, &high);
  assert_near(poisson_at_least(200, low), 0.005, 1e-9);
  assert_near(poisson_at_most(200, high), 0.005, 1e-9);
  poisson_interval(3, 1.0, &low, &high);
  assert_nan(low);
  assert_nan(high);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gamma_matches_reference), cmocka_unit_test(gamma_at_the_edges),
      cmocka_unit_test(normal_and_chi2_tails),   cmocka_unit_test(poisson_tails),
      cmocka_unit_test(poisson_tails_are_sums),  cmocka_unit_test(poisson_interval_is_garwood),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
