/* Residuals and chi-square, and q values, against published tables.
 *
 * Party by sex, General Social Survey: A. Agresti, "An introduction to categorical data analysis"
 * (2nd ed., 2007), tables 2.5 and 2.6: X2 = 30.1 (30.07), df 2, standardised residuals 4.50, 0.70,
 * -5.32; further digits with mpmath. The 15 p values: Benjamini and Hochberg (1995), section 3.2,
 * where the procedure rejects four at 5 %; q values recomputed with fractions in Python. */
#include "tests/stats/near.h"

#include "core/stats/contingency.h"
#include "core/stats/multiple.h"
#include "core/stats/prng.h"

static const guint32 PARTY[] = {762, 327, 468, 484, 239, 477};
static const double ROWS[] = {1557, 1200}, COLUMNS[] = {1246, 566, 945};

static void residuals_of_a_published_table(void **state)
{
  static const double adjusted[] = {4.5020535,  0.69945173,  -5.3159455,
                                    -4.5020535, -0.69945173, 5.3159455};
  static const double pearson[] = {2.1988558,  0.41137017,  -2.8432397,
                                   -2.5046695, -0.46858295, 3.2386734};

  (void)state;
  for (guint i = 0; i < 6; i++) {
    double row = ROWS[i / 3], column = COLUMNS[i % 3];
    assert_near(contingency_adjusted(PARTY[i], row, column, 2757), adjusted[i], 1e-7);
    assert_near(contingency_residual(PARTY[i], row, column, 2757), pearson[i], 1e-7);
  }
  assert_near(contingency_lift(762, 1557, 1246, 2757), 1.08289184349, 1e-11);
  assert_near(contingency_expected(1200, 566, 2757), 246.354733405876, 1e-12);
}

static void chi_square_of_a_published_table(void **state)
{
  ContingencyTest t = contingency_test(PARTY, 2, 3);

  (void)state;
  assert_near(t.chi2, 30.0701490957547, 1e-12);
  assert_true(t.df == 2);
  assert_near(t.p, 2.95358918321176e-7, 1e-10);
  assert_near(t.cramer_v, 0.104435802356, 1e-10);
  assert_near(t.min_expected, 246.354733405876, 1e-12);
}

/* An empty row and an empty column change nothing; they are no category. */
static void empty_lines_do_not_count(void **state)
{
  static const guint32 padded[] = {762, 327, 0, 468, 0, 0, 0, 0, 484, 239, 0, 477};
  static const guint32 one_row[] = {3, 4, 5, 0, 0, 0};
  ContingencyTest t = contingency_test(padded, 3, 4);

  (void)state;
  assert_near(t.chi2, 30.0701490957547, 1e-12);
  assert_true(t.df == 2);
  t = contingency_test(one_row, 2, 3);
  assert_true(t.df == 0);
  assert_nan(t.chi2);
  assert_nan(t.p);
  t = contingency_test(NULL, 0, 0);
  assert_nan(t.p);
}

static void cells_without_expectation(void **state)
{
  (void)state;
  assert_nan(contingency_lift(0, 0, 5, 10));
  assert_nan(contingency_residual(0, 5, 0, 10));
  assert_nan(contingency_adjusted(5, 10, 5, 10)); /* the row is the whole table */
  assert_nan(contingency_expected(0, 0, 0));
  assert_nan(contingency_adjusted(0, 0, 0, 0));
}

/* Shuffled pairs have no association: the adjusted residual then has mean 0 and variance 1. */
static void adjusted_residuals_are_standard(void **state)
{
  enum { ROUNDS = 4000, PAIRS = 200 };
  guint8 side[PAIRS];
  double sum = 0, squares = 0;
  Prng g;

  (void)state;
  prng_seed(&g, 8);
  for (guint i = 0; i < PAIRS; i++)
    side[i] = i < 70;
  for (guint round = 0; round < ROUNDS; round++) {
    guint both = 0;
    double z;
    prng_shuffle(&g, side, PAIRS, 1);
    for (guint i = 0; i < 50; i++)
      both += side[i];
    z = contingency_adjusted(both, 50, 70, PAIRS);
    sum += z;
    squares += z * z;
  }
  assert_true(fabs(sum / ROUNDS) < 0.06);
  assert_near(squares / ROUNDS, 1, 0.08);
}

static void q_values_of_a_published_list(void **state)
{
  static const double p[] = {0.0344, 0.0001, 0.7590, 0.0095, NAN,    0.4262, 0.0278, 0.0004,
                             1.0000, 0.0459, 0.0019, 0.3240, 0.0201, 0.6528, 0.0298, 0.5719};
  static const double q[] = {
      0.0645, 0.0015, 0.8132142857, 0.035625, NAN,    0.5811818182, 0.0638571429, 0.003,
      1.0,    0.0765, 0.0095,       0.486,    0.0603, 0.7532307692, 0.0638571429, 0.714875};
  double got[16];
  guint found = 0;

  (void)state;
  multiple_q_values(p, 16, got);
  for (guint i = 0; i < 16; i++) {
    if (i == 4) {
      assert_nan(got[i]);
      continue;
    }
    assert_near(got[i], q[i], 1e-9);
    found += got[i] <= 0.05;
  }
  assert_int_equal(found, 4);
}

static void q_values_in_place(void **state)
{
  double p[] = {0.9, 0.02, 0.02}, none[] = {NAN};

  (void)state;
  multiple_q_values(p, 3, p);
  assert_near(p[0], 0.9, 1e-15);
  assert_near(p[1], 0.03, 1e-15);
  assert_near(p[2], 0.03, 1e-15);
  multiple_q_values(none, 1, none);
  assert_nan(none[0]);
  multiple_q_values(NULL, 0, NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(residuals_of_a_published_table),
      cmocka_unit_test(chi_square_of_a_published_table),
      cmocka_unit_test(empty_lines_do_not_count),
      cmocka_unit_test(cells_without_expectation),
      cmocka_unit_test(adjusted_residuals_are_standard),
      cmocka_unit_test(q_values_of_a_published_list),
      cmocka_unit_test(q_values_in_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
