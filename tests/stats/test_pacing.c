/* Pacing: clocks are found, readers are not, and the search agrees with trying every window. */
#include "tests/stats/near.h"

#include "core/stats/pacing.h"
#include "core/stats/prng.h"

/* Gaps between the whole-second stamps of a clock that ticks every `period` seconds. */
static void clock_gaps(double start, double period, double jitter, Prng *g, guint32 *gaps, gsize n)
{
  double last = floor(start);

  for (gsize i = 0; i < n; i++) {
    double next;
    start += period + (jitter > 0 ? jitter * prng_normal(g) : 0);
    next = fmax(last, floor(start));
    gaps[i] = (guint32)(next - last);
    last = next;
  }
}

static void statistic_by_hand(void **state)
{
  static const guint32 even[] = {30, 30, 30}, two[] = {7, 8, 7, 8}, wide[] = {10, 20, 30, 40};
  static const guint32 zero[] = {0, 0}, huge[] = {5, PACING_MAX_GAP + 1};

  (void)state;
  assert_true(pacing_statistic(even, 3) == 0.0);
  /* Mean 7.5, variance 1/4. */
  assert_near(pacing_statistic(two, 4), sqrt(0.25 - 1.0 / 6) / 7.5, 1e-12);
  /* Mean 25, variance 125. */
  assert_near(pacing_statistic(wide, 4), sqrt(125 - 1.0 / 6) / 25, 1e-12);
  assert_nan(pacing_statistic(zero, 2));
  assert_nan(pacing_statistic(huge, 2));
  assert_nan(pacing_statistic(even, 0));
}

/* A steady clock with a free phase, cut to seconds: the variance of its gaps is about 1/6 on
 * average over periods, whatever the period, so that what is left is about nothing. */
static void stamps_add_a_sixth(void **state)
{
  enum { CLOCKS = 3000, GAPS = 60 };
  guint32 gaps[GAPS];
  double total = 0;
  Prng g;

  (void)state;
  prng_seed(&g, 6);
  for (guint c = 0; c < CLOCKS; c++) {
    double sum = 0, squares = 0;
    clock_gaps(1000 * prng_double(&g), 2 + 60 * prng_double(&g), 0, &g, gaps, GAPS);
    for (guint i = 0; i < GAPS; i++) {
      sum += gaps[i];
      squares += (double)gaps[i] * gaps[i];
    }
    total += squares / GAPS - sum / GAPS * (sum / GAPS);
  }
  assert_near(total / CLOCKS, 1.0 / 6, 0.03);
}

static void clocks_in_a_stream_of_reading(void **state)
{
  enum { N = 3000, AT = 1200, LENGTH = 40 };
  static const double periods[] = {2.5, 7.5, 30.0, 61.3};
  guint32 gaps[N];
  PacingRun run;
  Prng g;

  (void)state;
  prng_seed(&g, 33);
  for (guint p = 0; p < G_N_ELEMENTS(periods); p++) {
    for (guint i = 0; i < N; i++)
      gaps[i] = (guint32)prng_exponential(&g, 90) + 1;
    assert_false(pacing_longest_run(gaps, N, 15, 0.15, &run));
    clock_gaps(0.4, periods[p], 0, &g, gaps + AT, LENGTH);
    assert_true(pacing_longest_run(gaps, N, 15, 0.15, &run));
    /* A neighbour may happen to fit. */
    assert_true(run.first <= AT && run.first + run.n >= AT + LENGTH && run.n <= LENGTH + 4);
    assert_near(run.mean, periods[p], 0.05);
    assert_near(run.statistic, pacing_statistic(gaps + run.first, run.n), 1e-12);
    assert_true(run.statistic < 0.15);
  }
}

/* People: log-normal gaps, spread as widely as the gaps of reading. */
static void readers_are_not_clocks(void **state)
{
  guint32 *gaps = g_new(guint32, 200000);
  PacingRun run;
  Prng g;

  (void)state;
  prng_seed(&g, 34);
  for (guint i = 0; i < 200000; i++)
    gaps[i] = (guint32)exp(3 + 0.8 * prng_normal(&g));
  assert_false(pacing_longest_run(gaps, 200000, 15, 0.15, &run));
  g_free(gaps);
}

/* Is any window of `min` or more gaps steady? By trying all. */
static gboolean any_window(const guint32 *gaps, gsize n, gsize min, gsize max, double threshold,
                           gsize *ret_longest)
{
  *ret_longest = 0;
  for (gsize i = 0; i < n; i++)
    for (gsize len = min; i + len <= n && len <= max; len++)
      if (pacing_statistic(gaps + i, len) < threshold)
        *ret_longest = MAX(*ret_longest, len);
  return *ret_longest > 0;
}

static void search_agrees_with_trying_all(void **state)
{
  enum { N = 80 };
  guint32 gaps[N];
  guint found = 0;
  Prng g;

  (void)state;
  prng_seed(&g, 35);
  for (guint round = 0; round < 2000; round++) {
    gsize shortest, longest;
    PacingRun run, best = {0};
    PacingSearch s;
    gsize end = 0;
    for (guint i = 0; i < N; i++)
      gaps[i] = i % 40 < 20 ? 5 + (guint32)prng_below(&g, 40)
                            : 9 + (guint32)prng_below(&g, 5 + 2 * (round % 9));
    if (round % 3 == 0)
      gaps[prng_below(&g, N)] = PACING_MAX_GAP + 1;
    pacing_search_init(&s, gaps, N, 6, 0.15);
    while (pacing_search_next(&s, &run)) {
      assert_true(run.n >= 6 && run.first >= end && run.first + run.n <= N);
      assert_near(run.statistic, pacing_statistic(gaps + run.first, run.n), 1e-9);
      assert_true(run.statistic < 0.15);
      end = run.first + run.n;
      if (run.n > best.n)
        best = run;
    }
    assert_false(pacing_search_next(&s, &run)); /* stays at its end */
    assert_true(pacing_longest_run(gaps, N, 6, 0.15, &run) == (best.n > 0));
    if (best.n > 0)
      assert_true(run.first == best.first && run.n == best.n);
    /* Whoever has six steady gaps is found; nobody is found without a steady window. */
    if (any_window(gaps, N, 6, 6, 0.15, &shortest))
      assert_true(best.n >= 6);
    any_window(gaps, N, 6, N, 0.15, &longest);
    assert_true(best.n <= longest);
    found += best.n > 0;
  }
  assert_true(found > 200 && found < 2000);
}

static void two_clocks_are_two_runs(void **state)
{
  guint32 gaps[60];
  PacingSearch s;
  PacingRun run;

  (void)state;
  for (guint i = 0; i < 60; i++)
    gaps[i] = i < 30 ? 30 : 4;
  pacing_search_init(&s, gaps, 60, 15, 0.15);
  assert_true(pacing_search_next(&s, &run));
  assert_int_equal(run.first, 0);
  assert_int_equal(run.n, 30);
  assert_true(pacing_search_next(&s, &run));
  assert_int_equal(run.first, 30);
  assert_int_equal(run.n, 30);
  assert_true(run.mean == 4 && run.statistic == 0);
  assert_false(pacing_search_next(&s, &run));
  gaps[10] = PACING_MAX_GAP + 1; /* a night between them */
  assert_true(pacing_longest_run(gaps, 60, 15, 0.15, &run));
  assert_int_equal(run.first, 30);
  pacing_search_init(&s, gaps, 60, 15, 0.15);
  assert_true(pacing_search_next(&s, &run));
  assert_int_equal(run.first, 11);
  assert_int_equal(run.n, 19);
  assert_false(pacing_longest_run(gaps, 0, 15, 0.15, &run));
  assert_false(pacing_longest_run(gaps, 8, 15, 0.15, &run));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(statistic_by_hand),
      cmocka_unit_test(stamps_add_a_sixth),
      cmocka_unit_test(clocks_in_a_stream_of_reading),
      cmocka_unit_test(readers_are_not_clocks),
      cmocka_unit_test(search_agrees_with_trying_all),
      cmocka_unit_test(two_clocks_are_two_runs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
