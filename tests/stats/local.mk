# The pure functions on numbers, against published and independently computed values.
STATS_TESTS = \
	%D%/test_changepoint \
	%D%/test_contingency \
	%D%/test_ewm \
	%D%/test_pacing \
	%D%/test_prng \
	%D%/test_ranktest \
	%D%/test_robust \
	%D%/test_score \
	%D%/test_special \
	%D%/test_trend
check_PROGRAMS += $(STATS_TESTS)
TESTS += $(STATS_TESTS)
tests_stats_test_changepoint_SOURCES = %D%/test_changepoint.c %D%/near.h
tests_stats_test_changepoint_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_changepoint_LDADD = $(TEST_LIBS)
tests_stats_test_contingency_SOURCES = %D%/test_contingency.c %D%/near.h
tests_stats_test_contingency_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_contingency_LDADD = $(TEST_LIBS)
tests_stats_test_ewm_SOURCES = %D%/test_ewm.c %D%/near.h
tests_stats_test_ewm_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_ewm_LDADD = $(TEST_LIBS)
tests_stats_test_pacing_SOURCES = %D%/test_pacing.c %D%/near.h
tests_stats_test_pacing_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_pacing_LDADD = $(TEST_LIBS)
tests_stats_test_prng_SOURCES = %D%/test_prng.c %D%/near.h
tests_stats_test_prng_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_prng_LDADD = $(TEST_LIBS)
tests_stats_test_ranktest_SOURCES = %D%/test_ranktest.c %D%/near.h
tests_stats_test_ranktest_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_ranktest_LDADD = $(TEST_LIBS)
tests_stats_test_robust_SOURCES = %D%/test_robust.c %D%/near.h
tests_stats_test_robust_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_robust_LDADD = $(TEST_LIBS)
tests_stats_test_score_SOURCES = %D%/test_score.c %D%/near.h
tests_stats_test_score_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_score_LDADD = $(TEST_LIBS)
tests_stats_test_special_SOURCES = %D%/test_special.c %D%/near.h
tests_stats_test_special_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_special_LDADD = $(TEST_LIBS)
tests_stats_test_trend_SOURCES = %D%/test_trend.c %D%/near.h
tests_stats_test_trend_CPPFLAGS = $(TEST_CPPFLAGS)
tests_stats_test_trend_LDADD = $(TEST_LIBS)
