/* Exponentially weighted band against values of pandas and against the plain definition. */
#include "tests/stats/near.h"

#include "core/stats/ewm.h"
#include "core/stats/prng.h"

/* pandas.Series([533, 230, 168, 783, 614]).ewm(span=30), mean() and std(). */
static void busy_user_with_k_3(void **state)
{
  static const double counts[] = {533, 230, 168, 783, 614};
  static const double mid[] = {533, 376.45, 302.284709, 434.739290, 475.525441};
  static const double sd[] = {0, 214.253355, 192.738756, 292.489456, 262.780177};
  EwmBand today[5], yesterday[5];

  (void)state;
  ewm_series(counts, 5, 30, 3, today, yesterday);
  for (guint i = 0; i < 5; i++) {
    assert_near(today[i].mid, mid[i], 1e-8);
    if (i > 0)
      assert_near(today[i].sd, sd[i], 1e-8);
  }
  assert_nan(today[0].sd);
  assert_nan(today[0].upper);
  assert_near(today[1].upper, 1019.210064, 1e-9);
  assert_near(ewm_percent_b(&today[1], counts[1]), 0.386077, 1e-6);
  /* The band of the day before knows nothing of the value: today's moved one step. */
  assert_nan(yesterday[0].mid);
  assert_nan(yesterday[1].upper);
  for (guint i = 2; i < 5; i++) {
    assert_true(yesterday[i].mid == today[i - 1].mid);
    assert_true(yesterday[i].upper == today[i - 1].upper);
  }
}

/* pandas.Series([458, 0, 0, 652]).ewm(span=30), bands at 2 deviations. */
static void quiet_days_with_k_2(void **state)
{
  static const double counts[] = {458, 0, 0, 652};
  static const double mid[] = {458, 221.366667, 142.605702, 282.962394};
  EwmBand today[4];

  (void)state;
  ewm_series(counts, 4, 30, 2, today, NULL);
  for (guint i = 0; i < 4; i++)
    assert_near(today[i].mid, mid[i], 1e-8);
  assert_near(today[1].upper, 869.076478, 1e-9);
  assert_near(ewm_percent_b(&today[1], counts[1]), 0.329116, 1e-6);
  assert_near(ewm_percent_b(&today[3], counts[3]), 0.774800, 1e-6);
}

/* The definition, with all weights written out: mean, and deviation with its correction. */
static void direct(const double *x, gsize n, double span, double *ret_mean, double *ret_sd)
{
  double a = 2.0 / (span + 1.0), w, sum = 0.0, sum2 = 0.0, mean = 0.0, squares = 0.0;

  for (gsize i = 0; i < n; i++) {
    w = isnan(x[i]) ? 0.0 : pow(1.0 - a, (double)(n - 1 - i));
    sum += w;
    sum2 += w * w;
    mean += w * (isnan(x[i]) ? 0.0 : x[i]);
  }
  mean /= sum;
  for (gsize i = 0; i < n; i++)
    if (!isnan(x[i]))
      squares += pow(1.0 - a, (double)(n - 1 - i)) * (x[i] - mean) * (x[i] - mean);
  *ret_mean = mean;
  *ret_sd = sqrt(squares / sum * (sum * sum) / (sum * sum - sum2));
}

static void stream_equals_definition(void **state)
{
  double x[300], mean, sd;
  Prng g;
  Ewm e;

  (void)state;
  prng_seed(&g, 12);
  ewm_init(&e, 12);
  for (gsize i = 0; i < G_N_ELEMENTS(x); i++) {
    x[i] = i % 7 == 5 ? NAN : 1e6 + (double)prng_below(&g, 100);
    ewm_push(&e, x[i]);
    if (i < 2)
      continue;
    direct(x, i + 1, 12, &mean, &sd);
    assert_near(ewm_mean(&e), mean, 1e-12);
    assert_near(ewm_sd(&e), sd, 1e-6);
  }
  assert_int_equal(e.n, 300 - 43);
}

/* pandas keeps the last band where a value is missing, and ages what came before:
 * 10, NaN, 20, NaN, 5. */
static void missing_values_age_the_rest(void **state)
{
  static const double x[] = {10, NAN, 20, NAN, 5};
  EwmBand today[5];

  (void)state;
  ewm_series(x, 5, 30, 1, today, NULL);
  assert_near(today[1].mid, 10, 1e-12);
  assert_near(today[2].mid, 15.332963374, 1e-10);
  assert_near(today[3].mid, 15.332963374, 1e-10);
  assert_near(today[3].sd, 7.07106781187, 1e-10);
  assert_near(today[4].mid, 11.4204185071, 1e-10);
  assert_near(today[4].sd, 7.82555006489, 1e-10);
}

static void edges(void **state)
{
  EwmBand band;
  Ewm e;

  (void)state;
  ewm_init(&e, 30);
  assert_nan(ewm_mean(&e));
  assert_nan(ewm_sd(&e));
  band = ewm_band(&e, 3);
  assert_false(ewm_above(&band, 1e9));
  for (guint i = 0; i < 8; i++)
    ewm_push(&e, 4);
  ewm_push(&e, INFINITY);
  band = ewm_band(&e, 3.5);
  assert_true(band.sd == 0.0 && band.upper == 4.0);
  assert_true(ewm_above(&band, 5));
  assert_false(ewm_above(&band, 4));
  assert_nan(ewm_percent_b(&band, 5));
  ewm_init(&e, 0); /* taken as 1: only the last value counts */
  ewm_push(&e, 3);
  ewm_push(&e, 9);
  assert_true(ewm_mean(&e) == 9.0);
  assert_nan(ewm_sd(&e));
}

/* Why the classic %b is a column and not a rule: after silence a value inside its own band cannot
 * rise above mid + k sd for k >= (span - 1) / sqrt(2 span), however big it is. */
static void own_band_hides_the_first_peak(void **state)
{
  double x[400] = {0}, k = 29.0 / sqrt(60.0);
  EwmBand today[400], yesterday[400];

  (void)state;
  x[399] = 1e6;
  ewm_series(x, 400, 30, k + 1e-6, today, yesterday);
  assert_false(ewm_above(&today[399], x[399]));
  assert_true(ewm_above(&yesterday[399], x[399]));
  ewm_series(x, 400, 30, k - 0.01, today, NULL);
  assert_true(ewm_above(&today[399], x[399]));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(busy_user_with_k_3),
      cmocka_unit_test(quiet_days_with_k_2),
      cmocka_unit_test(stream_equals_definition),
      cmocka_unit_test(missing_values_age_the_rest),
      cmocka_unit_test(edges),
      cmocka_unit_test(own_band_hides_the_first_peak),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
