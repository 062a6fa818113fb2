/* What every test of this folder starts with: cmocka, and numbers compared with a stated error. */
#ifndef TESTS_STATS_NEAR_H
#define TESTS_STATS_NEAR_H

#include <math.h>
#include <stdio.h>

#include <glib.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

/* Equal within `error`, relative to the expected value (absolute where that is 0). */
static inline gboolean is_near(double got, double want, double error)
{
  return fabs(got - want) <= error * (want == 0.0 ? 1.0 : fabs(want));
}

#define assert_near(got, want, error)                                                              \
  do {                                                                                             \
    double near_got = (got), near_want = (want);                                                   \
    if (!is_near(near_got, near_want, (error)))                                                    \
      fail_msg("%s is %.17g, not %.17g", #got, near_got, near_want);                               \
  } while (0)

#define assert_nan(got)                                                                            \
  do {                                                                                             \
    double nan_got = (got);                                                                        \
    if (!isnan(nan_got))                                                                           \
      fail_msg("%s is %.17g, not NaN", #got, nan_got);                                             \
  } while (0)

#endif
