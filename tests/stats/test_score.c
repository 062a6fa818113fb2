/* Scores and entropy, against values that can be worked out by hand. */
#include "tests/stats/near.h"

#include "core/stats/entropy.h"
#include "core/stats/score.h"

static void score_scale(void **state)
{
  (void)state;
  assert_near(score_of(20, 20), 50, 1e-14);
  assert_near(score_of(40, 20), 75, 1e-14);
  assert_near(score_of(60, 20), 87.5, 1e-14);
  assert_near(score_of(10, 20), 100 * (1 - 0.7071067811865476), 1e-13);
  assert_true(score_of(0, 20) == 0 && score_of(-5, 20) == 0 && score_of(NAN, 20) == 0);
  assert_true(score_of(1, 0) == 100 && score_of(1, NAN) == 100 && score_of(INFINITY, 3) == 100);
}

static void doubts_and_combination(void **state)
{
  static const double two[] = {50, 50}, mixed[] = {80, -10, NAN, 25}, sure[] = {30, 250};

  (void)state;
  assert_near(score_doubted(75, 0), 75, 1e-15);
  assert_near(score_doubted(75, 1), 45, 1e-14);
  assert_near(score_doubted(75, 3), 16.2, 1e-13);
  assert_near(score_combine(two, 2), 75, 1e-14);
  assert_near(score_combine(mixed, 4), 85, 1e-14); /* 1 - 0.2 * 0.75 */
  assert_near(score_combine(sure, 2), 100, 1e-14);
  assert_true(score_combine(NULL, 0) == 0);
}

static void entropy_of_known_spreads(void **state)
{
  static const guint64 even[] = {5, 5, 0, 5, 5}, one[] = {0, 9}, skew[] = {8, 4, 2, 2};
  Entropy e = entropy_of(even, 5);

  (void)state;
  assert_int_equal(e.classes, 4);
  assert_near(entropy_bits(&e), 2, 1e-14);
  assert_near(entropy_evenness(&e), 1, 1e-14);
  assert_near(entropy_effective_number(&e), 4, 1e-14);
  /* 1/2, 1/4, 1/8, 1/8: 0.5 + 0.5 + 0.375 + 0.375 bits. */
  e = entropy_of(skew, 4);
  assert_near(entropy_bits(&e), 1.75, 1e-14);
  assert_near(entropy_evenness(&e), 0.875, 1e-14);
  assert_near(entropy_effective_number(&e), 3.363585661014858, 1e-14);
  e = entropy_of(one, 2);
  assert_true(entropy_bits(&e) == 0 && entropy_evenness(&e) == 0);
  assert_true(entropy_effective_number(&e) == 1);
}

static void entropy_piece_by_piece(void **state)
{
  Entropy none = {0}, e = {0};
  double bits = 0;

  (void)state;
  assert_nan(entropy_bits(&none));
  assert_nan(entropy_evenness(&none));
  assert_nan(entropy_effective_number(&none));
  for (guint64 c = 1; c <= 100; c++)
    entropy_add(&e, c * 1000000);
  for (guint c = 1; c <= 100; c++)
    bits -= c / 5050.0 * log2(c / 5050.0);
  assert_near(entropy_bits(&e), bits, 1e-12);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(score_scale),
      cmocka_unit_test(doubts_and_combination),
      cmocka_unit_test(entropy_of_known_spreads),
      cmocka_unit_test(entropy_piece_by_piece),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
