/* Rank-sum test against published examples and against counting every order.
 *
 * Permeability of placentas: M. Hollander, D. Wolfe, "Nonparametric statistical methods" (1973),
 * p. 69; R prints W = 35, p = 0.1272. Ozone in May and August: New York air of 1973 (Chambers et
 * al., "Graphical methods for data analysis", 1983); R prints W = 127.5, p = 0.0001208, with ties
 * and correction. Ages by sex: the SciPy manual gives U = 17, p = 0.1111 exact. */
#include "tests/stats/near.h"

#include "core/stats/prng.h"
#include "core/stats/ranktest.h"

static void published_exact(void **state)
{
  static const double x[] = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
  static const double y[] = {1.15, 0.88, 0.90, 0.74, 1.21};
  static const double men[] = {19, 22, 16, 29, 24}, women[] = {20, 11, 17, 12};
  RankTest t = ranktest_run(x, 10, y, 5);

  (void)state;
  assert_true(t.exact && t.u == 35);
  assert_near(t.p_greater, 382.0 / 3003, 1e-14);
  assert_near(t.p_greater, 0.1272, 1e-3);
  assert_near(t.p_less, 2693.0 / 3003, 1e-14);
  assert_near(t.effect, 0.7, 1e-15);
  t = ranktest_run(men, 5, women, 4);
  assert_true(t.exact && t.u == 17);
  assert_near(t.p_two_sided, 1.0 / 9, 1e-14);
  t = ranktest_run(women, 4, men, 5);
  assert_true(t.u == 3);
  assert_near(t.p_less, 1.0 / 18, 1e-14);
}

static void published_with_ties(void **state)
{
  static const double may[] = {41, 36, 12, 18, NAN, 28, 23, 19, 8,   NAN, 7,   16, 11, 14,  18, 14,
                               34, 6,  30, 11, 1,   11, 4,  32, NAN, NAN, NAN, 23, 45, 115, 37};
  static const double august[] = {39,  9,  16,  78,  35,  66, 122, 89, 110, NAN, NAN,
                                  44,  28, 65,  NAN, 22,  59, 23,  31, 44,  21,  9,
                                  NAN, 45, 168, 73,  NAN, 76, 118, 84, 85};
  RankTest t = ranktest_run(may, 31, august, 31);

  (void)state;
  assert_false(t.exact);
  assert_int_equal(t.n_a, 26);
  assert_int_equal(t.n_b, 26);
  assert_true(t.u == 127.5);
  assert_near(t.z, -3.84448102728007, 1e-12);
  assert_near(t.p_two_sided, 0.000120807830768774, 1e-10);
  assert_near(t.p_less, 0.000120807830768774 / 2, 1e-10);
  assert_true(t.p_greater > 0.999);
}

/* All ways to choose which n_a of the values are a's, as bit masks, and u by comparing pairs. */
static void count_all(const double *v, guint n, guint n_a, double u, double *ret_ge, double *ret_le)
{
  double ge = 0, le = 0, all = 0;

  for (guint mask = 0; mask < 1u << n; mask++) {
    double w = 0;
    guint members = 0;
    for (guint i = 0; i < n; i++) {
      if (!(mask >> i & 1))
        continue;
      members++;
      for (guint j = 0; j < n; j++)
        w += mask >> j & 1 ? 0 : v[i] > v[j] ? 1 : v[i] == v[j] ? 0.5 : 0;
    }
    if (members != n_a)
      continue;
    all++;
    ge += w >= u;
    le += w <= u;
  }
  *ret_ge = ge / all;
  *ret_le = le / all;
}

static void exact_equals_counting(void **state)
{
  double v[13], ge, le;
  Prng g;

  (void)state;
  prng_seed(&g, 21);
  for (guint n_a = 1; n_a <= 9; n_a++) {
    guint n = n_a + 4;
    RankTest t;
    for (guint i = 0; i < n; i++)
      v[i] = prng_double(&g);
    t = ranktest_run(v, n_a, v + n_a, 4);
    count_all(v, n, n_a, t.u, &ge, &le);
    assert_true(t.exact);
    assert_near(t.p_greater, ge, 1e-13);
    assert_near(t.p_less, le, 1e-13);
    assert_near(t.p_two_sided, fmin(1, 2 * fmin(ge, le)), 1e-13);
  }
}

/* With ties, the normal approximation against counting: close where both groups have 7 values. */
static void ties_are_near_counting(void **state)
{
  double v[14], ge, le;
  Prng g;

  (void)state;
  prng_seed(&g, 22);
  for (guint round = 0; round < 6; round++) {
    RankTest t;
    for (guint i = 0; i < 14; i++)
      v[i] = (double)prng_below(&g, 6) + (i < 7 ? round / 2 : 0);
    t = ranktest_run(v, 7, v + 7, 7);
    count_all(v, 14, 7, t.u, &ge, &le);
    assert_false(t.exact);
    assert_true(fabs(t.p_greater - ge) < 0.03);
    assert_true(fabs(t.p_less - le) < 0.03);
  }
}

/* The greatest exact case, 32 against 32: still 64-bit numbers, still two halves of one law. */
static void exact_at_its_limit(void **state)
{
  double a[32], b[33];
  RankTest t, normal;

  (void)state;
  for (guint i = 0; i < 32; i++)
    a[i] = 2 * i + 7;
  for (guint i = 0; i < 33; i++)
    b[i] = 2 * i;
  t = ranktest_run(a, 32, b, 32);
  assert_true(t.exact);
  normal = ranktest_from_ranks(t.u + 32 * 33 / 2.0, 32, 32, 1e-9); /* as if tied: not exact */
  assert_false(normal.exact);
  assert_true(t.p_greater > 0.05 && fabs(t.p_greater - normal.p_greater) < 0.001);
  assert_true(fabs(t.p_less - normal.p_less) < 0.001);
  /* All a's above all b's: one order of C(64, 32). */
  t = ranktest_from_ranks(32 * 48.5, 32, 32, 0);
  assert_near(t.p_greater, 1 / 1832624140942590534.0, 1e-12);
  assert_true(t.p_less == 1.0);
  assert_false(ranktest_run(a, 32, b, 33).exact);
}

static void ranks_share_places(void **state)
{
  static const double v[] = {5, 1, NAN, 5, 2, 5, 1};
  static const double want[] = {5, 1.5, NAN, 5, 3, 5, 1.5};
  double ranks[7];

  (void)state;
  assert_near(ranktest_ranks(v, 7, ranks), (8 - 2) + (27 - 3), 0);
  for (guint i = 0; i < 7; i++)
    assert_true(i == 2 ? isnan(ranks[i]) : ranks[i] == want[i]);
}

static void edges(void **state)
{
  static const double same[] = {4, 4, 4, 4, 4}, missing[] = {NAN};
  RankTest t = ranktest_run(same, 2, same, 3);

  (void)state;
  assert_true(t.p_greater == 1 && t.p_less == 1 && t.p_two_sided == 1);
  assert_true(t.z == 0 && t.effect == 0.5);
  t = ranktest_run(missing, 1, same, 3);
  assert_nan(t.u);
  assert_nan(t.p_two_sided);
  t = ranktest_run(same, 2, NULL, 0);
  assert_nan(t.p_greater);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_exact),
      cmocka_unit_test(published_with_ties),
      cmocka_unit_test(exact_equals_counting),
      cmocka_unit_test(ties_are_near_counting),
      cmocka_unit_test(exact_at_its_limit),
      cmocka_unit_test(ranks_share_places),
      cmocka_unit_test(edges),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
