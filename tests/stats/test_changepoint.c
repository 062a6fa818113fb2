/* Change point: the classic series, exact significance of small ones, false alarms.
 *
 * Coal mines: accidents with ten or more deaths in Britain, 1851 to 1962, by year (R. Jarrett,
 * Biometrika 66, 1979). B. Carlin, A. Gelfand, A. Smith, Applied Statistics 41 (1992), find the
 * change after year 41 (1891), from about 3.1 to 0.9 a year. The gain and the interval were
 * recomputed with mpmath. */
#include "tests/stats/near.h"

#include "core/stats/changepoint.h"
#include "core/stats/prng.h"

static const guint32 COAL[] = {4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1,
                               4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3,
                               0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0,
                               0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2,
                               0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1};
#define N_COAL G_N_ELEMENTS(COAL)

static double *ones(gsize n)
{
  double *e = g_new(double, n);

  for (gsize i = 0; i < n; i++)
    e[i] = 1.0;
  return e;
}

static void coal_mines(void **state)
{
  g_autofree double *years = ones(N_COAL);
  ChangeRequest req = {COAL, years, N_COAL, NULL, CHANGE_FALL, 999, 1};
  ChangePoint cp;

  (void)state;
  assert_int_equal(N_COAL, 112);
  assert_true(changepoint_find(&req, &cp));
  assert_int_equal(cp.split, 41);
  assert_near(cp.gain, 34.9941723736255644, 1e-12);
  assert_int_equal(cp.low, 36);
  assert_int_equal(cp.high, 43);
  assert_int_equal(cp.in_interval, 8);
  assert_int_equal(cp.events_before, 127);
  assert_int_equal(cp.events_after, 64);
  assert_near(cp.rate_before, 127.0 / 41, 1e-14);
  assert_near(cp.rate_after, 64.0 / 71, 1e-14);
  assert_near(cp.fall, 1 - (64.0 / 71) / (127.0 / 41), 1e-14);
  assert_near(cp.p, 1.0 / 1000, 1e-14); /* no simulation comes near */
  req.direction = CHANGE_EITHER;
  assert_true(changepoint_find(&req, &cp));
  assert_int_equal(cp.split, 41);
  req.direction = CHANGE_RISE; /* no year after which the rest was worse than what came before */
  assert_false(changepoint_find(&req, &cp));
}

/* Twice the exposure where twice the events are: no change at all. */
static void exposure_is_divided_out(void **state)
{
  static const guint32 events[] = {10, 10, 10, 20, 20, 20};
  static const double exposure[] = {5, 5, 5, 10, 10, 10};
  ChangeRequest req = {events, exposure, 6, NULL, CHANGE_EITHER, 199, 4};
  ChangePoint cp;

  (void)state;
  assert_true(changepoint_find(&req, &cp));
  assert_near(cp.gain, 0, 1e-9);
  assert_near(cp.p, 1, 1e-12);
  assert_near(cp.rate_before, 2, 1e-12);
  assert_near(cp.rate_after, 2, 1e-12);
  req.direction = CHANGE_FALL; /* rates are equal: nothing falls */
  assert_false(changepoint_find(&req, &cp));
}

static void only_allowed_splits(void **state)
{
  g_autofree double *years = ones(N_COAL);
  guint8 allowed[N_COAL] = {0};
  ChangeRequest req = {COAL, years, N_COAL, allowed, CHANGE_FALL, 99, 1};
  ChangePoint cp = {.split = 7};

  (void)state;
  assert_false(changepoint_find(&req, &cp));
  assert_int_equal(cp.split, 7); /* untouched */
  allowed[0] = 1;                /* not a split */
  assert_false(changepoint_find(&req, &cp));
  for (guint i = 44; i < 60; i++)
    allowed[i] = 1;
  assert_true(changepoint_find(&req, &cp));
  assert_true(cp.split >= 44 && cp.split < 60);
  assert_true(cp.low >= 44 && cp.high < 60);
  assert_true(cp.in_interval <= 16);
}

static guint64 choose_rest(const guint32 *deal, gsize n)
{
  guint64 ways = 1, placed = 0;

  for (gsize i = 0; i < n; i++)
    for (guint32 k = 1; k <= deal[i]; k++)
      ways = ways * ++placed / k;
  return ways;
}

/* Significance by going through every way to deal `total` events to four periods. */
static double exact_p(const double *exposure, guint32 total, ChangeDirection direction, double gain)
{
  double all = exposure[0] + exposure[1] + exposure[2] + exposure[3], p = 0;
  guint32 d[4];

  for (d[0] = 0; d[0] <= total; d[0]++)
    for (d[1] = 0; d[0] + d[1] <= total; d[1]++)
      for (d[2] = 0; d[0] + d[1] + d[2] <= total; d[2]++) {
        ChangeRequest req = {d, exposure, 4, NULL, direction, 0, 0};
        ChangePoint cp;
        double chance = (double)choose_rest((d[3] = total - d[0] - d[1] - d[2], d), 4);
        for (guint i = 0; i < 4; i++)
          chance *= pow(exposure[i] / all, d[i]);
        if (changepoint_find(&req, &cp) && cp.gain >= gain - 1e-9)
          p += chance;
      }
  return p;
}

static void simulated_p_is_the_exact_one(void **state)
{
  static const struct {
    guint32 events[4];
    double exposure[4];
    ChangeDirection direction;
  } cases[] = {
      {{5, 4, 1, 0}, {1, 1, 1, 1}, CHANGE_FALL},
      {{6, 2, 3, 1}, {1, 2, 3, 1.5}, CHANGE_EITHER},
      {{2, 3, 3, 6}, {4, 1, 1, 4}, CHANGE_RISE},
      {{3, 2, 3, 2}, {1, 1, 1, 1}, CHANGE_FALL},
  };

  (void)state;
  for (guint c = 0; c < G_N_ELEMENTS(cases); c++) {
    ChangeRequest req = {cases[c].events, cases[c].exposure, 4, NULL, cases[c].direction, 9999, c};
    ChangePoint cp, again;
    double p;
    assert_true(changepoint_find(&req, &cp));
    p = exact_p(cases[c].exposure, (guint32)(cp.events_before + cp.events_after),
                cases[c].direction, cp.gain);
    assert_true(p > 0.001 && p <= 1.0 + 1e-12);
    assert_true(fabs(cp.p - p) < 4 * sqrt(p * (1 - p) / 9999) + 2e-4);
    assert_true(changepoint_find(&req, &again)); /* the same seed gives the same p */
    assert_true(again.p == cp.p);
  }
}

/* Series without a change: p <= 0.05 must come up in about 5 of 100, although the best of 35
 * splits is picked, and although the exposure grows. The chi-square value would give far more. */
static void false_alarms_are_as_rare_as_stated(void **state)
{
  enum { ROUNDS = 400, MONTHS = 36 };
  guint32 events[MONTHS];
  double exposure[MONTHS];
  guint alarms = 0, chi2_alarms = 0;
  Prng g;

  (void)state;
  prng_seed(&g, 2019);
  for (guint round = 0; round < ROUNDS; round++) {
    ChangeRequest req = {events, exposure, MONTHS, NULL, CHANGE_EITHER, 199, round};
    ChangePoint cp;
    for (guint i = 0; i < MONTHS; i++) {
      exposure[i] = 20 + 3 * i;
      events[i] = (guint32)prng_poisson(&g, 0.04 * exposure[i]);
    }
    assert_true(changepoint_find(&req, &cp));
    alarms += cp.p <= 0.05;
    chi2_alarms += cp.gain > CHANGEPOINT_DROP;
  }
  assert_true(alarms >= 8 && alarms <= 36); /* 20 +- 3.7 sd */
  assert_true(chi2_alarms > 100);
}

static void broken_requests(void **state)
{
  static const guint32 events[] = {1, 2, 3}, none[] = {0, 0, 0};
  static const double good[] = {1, 1, 1}, gap[] = {1, 0, 1}, bad[] = {1, -1, 1},
                      odd[] = {1, NAN, 1};
  static const guint32 skip[] = {4, 0, 1};
  ChangeRequest req = {events, good, 1, NULL, CHANGE_EITHER, 0, 0};
  ChangePoint cp;

  (void)state;
  assert_false(changepoint_find(&req, &cp)); /* one period */
  req.n = 3;
  assert_true(changepoint_find(&req, &cp));
  assert_nan(cp.p); /* not asked for */
  req.exposure = gap;
  assert_false(changepoint_find(&req, &cp)); /* events nobody could have caused */
  req.exposure = bad;
  assert_false(changepoint_find(&req, &cp));
  req.exposure = odd;
  assert_false(changepoint_find(&req, &cp));
  req.exposure = good;
  req.events = none;
  assert_false(changepoint_find(&req, &cp));
  /* A month without exposure: both splits around it say the same, the earlier is taken. */
  req.events = skip;
  req.exposure = gap;
  req.runs = 99;
  assert_true(changepoint_find(&req, &cp));
  assert_int_equal(cp.split, 1);
  assert_int_equal(cp.low, 1);
  assert_int_equal(cp.high, 2);
  assert_near(cp.fall, 0.75, 1e-15);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(coal_mines),
      cmocka_unit_test(exposure_is_divided_out),
      cmocka_unit_test(only_allowed_splits),
      cmocka_unit_test(simulated_p_is_the_exact_one),
      cmocka_unit_test(false_alarms_are_as_rare_as_stated),
      cmocka_unit_test(broken_requests),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
