# Tests of this folder.
QUERY_FIXTURE = %D%/fixture.c %D%/fixture.h

check_PROGRAMS += %D%/test_period %D%/test_rank %D%/test_scope %D%/test_select %D%/test_series
TESTS += %D%/test_period %D%/test_rank %D%/test_scope %D%/test_select %D%/test_series

tests_query_test_period_SOURCES = %D%/test_period.c
tests_query_test_period_CPPFLAGS = $(TEST_CPPFLAGS)
tests_query_test_period_LDADD = $(TEST_LIBS)

tests_query_test_scope_SOURCES = %D%/test_scope.c
tests_query_test_scope_CPPFLAGS = $(TEST_CPPFLAGS)
tests_query_test_scope_LDADD = $(TEST_LIBS)

tests_query_test_select_SOURCES = %D%/test_select.c $(QUERY_FIXTURE)
tests_query_test_select_CPPFLAGS = $(TEST_CPPFLAGS)
tests_query_test_select_LDADD = $(TEST_LIBS)

tests_query_test_rank_SOURCES = %D%/test_rank.c $(QUERY_FIXTURE)
tests_query_test_rank_CPPFLAGS = $(TEST_CPPFLAGS)
tests_query_test_rank_LDADD = $(TEST_LIBS)

tests_query_test_series_SOURCES = %D%/test_series.c $(QUERY_FIXTURE)
tests_query_test_series_CPPFLAGS = $(TEST_CPPFLAGS)
tests_query_test_series_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_compare
TESTS += %D%/test_compare
tests_query_test_compare_SOURCES = %D%/test_compare.c $(QUERY_FIXTURE)
tests_query_test_compare_CPPFLAGS = $(TEST_CPPFLAGS)
tests_query_test_compare_LDADD = $(TEST_LIBS)
