/* Random numbers: the published sequences, and distributions against exact probabilities.
 *
 * The first outputs of xoshiro256** from state {1, 2, 3, 4} and of splitmix64 from 1234567 are the
 * vectors that implementations of both exchange; recomputed with whole numbers in Python. Every
 * seed is fixed, so a result is the same at each run. */
#include "tests/stats/near.h"

#include "core/stats/poisson.h"
#include "core/stats/prng.h"
#include "core/stats/special.h"

static void sequences_are_the_published_ones(void **state)
{
  static const guint64 xoshiro[] = {
      G_GUINT64_CONSTANT(11520),
      G_GUINT64_CONSTANT(0),
      G_GUINT64_CONSTANT(1509978240),
      G_GUINT64_CONSTANT(1215971899390074240),
      G_GUINT64_CONSTANT(1216172134540287360),
      G_GUINT64_CONSTANT(607988272756665600),
      G_GUINT64_CONSTANT(16172922978634559625),
      G_GUINT64_CONSTANT(8476171486693032832),
      G_GUINT64_CONSTANT(10595114339597558777),
      G_GUINT64_CONSTANT(2904607092377533576),
  };
  static const guint64 splitmix[] = {
      G_GUINT64_CONSTANT(6457827717110365317),  G_GUINT64_CONSTANT(3203168211198807973),
      G_GUINT64_CONSTANT(9817491932198370423),  G_GUINT64_CONSTANT(4593380528125082431),
      G_GUINT64_CONSTANT(16408922859458223821),
  };
  Prng g = {{1, 2, 3, 4}}, h;
  guint64 seed = 1234567;

  (void)state;
  for (guint i = 0; i < G_N_ELEMENTS(xoshiro); i++)
    assert_true(prng_next(&g) == xoshiro[i]);
  for (guint i = 0; i < G_N_ELEMENTS(splitmix); i++)
    assert_true(prng_splitmix(&seed) == splitmix[i]);
  prng_seed(&h, 1234567);
  for (guint i = 0; i < 4; i++)
    assert_true(h.s[i] == splitmix[i]);
}

/* p value of observed against expected counts, cells with few expected joined to the next. */
static double fit(const guint64 *seen, const double *expected, gsize n)
{
  double chi2 = 0.0, df = -1.0, s = 0.0, e = 0.0;

  for (gsize i = 0; i < n; i++) {
    s += (double)seen[i];
    e += expected[i];
    if (e < 10.0 && i + 1 < n)
      continue;
    if (e > 0.0) {
      chi2 += (s - e) * (s - e) / e;
      df += 1.0;
    }
    s = e = 0.0;
  }
  return special_chi2_upper(chi2, df);
}

static void uniform_numbers(void **state)
{
  guint64 seen[7] = {0}, dice[6] = {0};
  double expected[7], sum = 0.0, sides[6];
  Prng g;

  (void)state;
  prng_seed(&g, 5);
  for (guint i = 0; i < 70000; i++) {
    seen[prng_below(&g, 7)]++;
    dice[prng_range(&g, -2, 3) + 2]++;
    double u = prng_double(&g);
    assert_true(u >= 0.0 && u < 1.0);
    sum += u;
  }
  for (guint i = 0; i < 7; i++)
    expected[i] = 10000.0;
  for (guint i = 0; i < 6; i++)
    sides[i] = 70000.0 / 6.0;
  assert_true(fit(seen, expected, 7) > 0.001);
  assert_true(fit(dice, sides, 6) > 0.001);
  assert_near(sum / 70000, 0.5, 0.01);
  assert_true(prng_below(&g, 0) == 0 && prng_below(&g, 1) == 0);
  assert_true(prng_range(&g, 4, 4) == 4 && prng_range(&g, 4, 1) == 4);
  /* A bound just above half of the range rejects nearly every second draw. */
  for (guint i = 0; i < 1000; i++)
    assert_true(prng_below(&g, (G_GUINT64_CONSTANT(1) << 63) + 1) <= G_GUINT64_CONSTANT(1) << 63);
  prng_range(&g, G_MININT64, G_MAXINT64);
}

static void check_binomial(guint64 n, double p, guint64 seed)
{
  enum { DRAWS = 40000 };
  guint64 *seen = g_new0(guint64, n + 1);
  double *expected = g_new0(double, n + 1);
  Prng g;

  prng_seed(&g, seed);
  for (guint i = 0; i < DRAWS; i++) {
    guint64 k = prng_binomial(&g, n, p);
    assert_true(k <= n);
    seen[k]++;
  }
  for (guint64 k = 0; k <= n; k++)
    expected[k] = DRAWS * exp(special_log_gamma((double)n + 1) - special_log_gamma((double)k + 1) -
                              special_log_gamma((double)(n - k) + 1) + (double)k * log(p) +
                              (double)(n - k) * log1p(-p));
  assert_true(fit(seen, expected, n + 1) > 0.001);
  g_free(seen);
  g_free(expected);
}

static void binomial_fits_its_law(void **state)
{
  Prng g;

  (void)state;
  check_binomial(12, 0.3, 1);    /* inversion */
  check_binomial(500, 0.01, 2);  /* inversion, many trials */
  check_binomial(60, 0.4, 3);    /* rejection */
  check_binomial(60, 0.85, 4);   /* mirrored */
  check_binomial(3000, 0.25, 5); /* rejection, many trials */
  prng_seed(&g, 6);
  assert_true(prng_binomial(&g, 0, 0.5) == 0 && prng_binomial(&g, 9, 0) == 0);
  assert_true(prng_binomial(&g, 9, NAN) == 0 && prng_binomial(&g, 9, 1.5) == 9);
}

static void poisson_fits_its_law(void **state)
{
  static const double means[] = {0.4, 7.0, 10.0, 33.0, 250.0};
  enum { DRAWS = 40000, TOP = 400 };
  Prng g;

  (void)state;
  for (guint m = 0; m < G_N_ELEMENTS(means); m++) {
    guint64 seen[TOP] = {0};
    double expected[TOP];
    prng_seed(&g, 100 + m);
    for (guint i = 0; i < DRAWS; i++) {
      guint64 k = prng_poisson(&g, means[m]);
      assert_true(k < TOP);
      seen[k]++;
    }
    for (guint k = 0; k < TOP; k++)
      expected[k] = DRAWS * poisson_exactly(k, means[m]);
    assert_true(fit(seen, expected, TOP) > 0.001);
  }
  assert_true(prng_poisson(&g, 0) == 0 && prng_poisson(&g, NAN) == 0);
}

static void normal_and_exponential_quarters(void **state)
{
  /* Quartiles of both laws: a quarter of the draws falls into each part. */
  static const double normal_cuts[] = {-0.674489750196082, 0, 0.674489750196082};
  static const double wait_cuts[] = {0.287682072451781, 0.693147180559945, 1.386294361119891};
  guint64 normal[4] = {0}, wait[4] = {0};
  double quarter[4] = {10000, 10000, 10000, 10000};
  Prng g;

  (void)state;
  prng_seed(&g, 77);
  for (guint i = 0; i < 40000; i++) {
    double z = prng_normal(&g), w = prng_exponential(&g, 3.0) / 3.0;
    normal[(z > normal_cuts[0]) + (z > normal_cuts[1]) + (z > normal_cuts[2])]++;
    wait[(w > wait_cuts[0]) + (w > wait_cuts[1]) + (w > wait_cuts[2])]++;
  }
  assert_true(fit(normal, quarter, 4) > 0.001);
  assert_true(fit(wait, quarter, 4) > 0.001);
}

static void picking_and_shuffling(void **state)
{
  double weights[] = {1, 0, 3, -2, NAN, 6}, none[] = {0, -1};
  double expected[] = {10000, 0, 30000, 0, 0, 60000}, sixth[6];
  guint64 picked[7] = {0}, orders[6] = {0};
  Prng g;

  (void)state;
  prng_seed(&g, 9);
  for (guint i = 0; i < 100000; i++)
    picked[prng_pick(&g, weights, 6)]++;
  assert_true(picked[1] == 0 && picked[3] == 0 && picked[4] == 0 && picked[6] == 0);
  assert_true(fit(picked, expected, 6) > 0.001);
  assert_int_equal(prng_pick(&g, none, 2), 2);
  assert_int_equal(prng_pick(&g, none, 0), 0);
  for (guint i = 0; i < 60000; i++) {
    guint16 v[3] = {0, 1, 2};
    prng_shuffle(&g, v, 3, sizeof v[0]);
    assert_true((v[0] | v[1] << 2 | v[2] << 4) != 0 && v[0] + v[1] + v[2] == 3);
    orders[2 * v[0] + (v[1] > v[2])]++;
  }
  for (guint i = 0; i < 6; i++)
    sixth[i] = 10000;
  assert_true(fit(orders, sixth, 6) > 0.001);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sequences_are_the_published_ones),
      cmocka_unit_test(uniform_numbers),
      cmocka_unit_test(binomial_fits_its_law),
      cmocka_unit_test(poisson_fits_its_law),
      cmocka_unit_test(normal_and_exponential_quarters),
      cmocka_unit_test(picking_and_shuffling),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
