# Tests of this folder.
check_PROGRAMS += %D%/test_civil
TESTS += %D%/test_civil
tests_base_test_civil_SOURCES = %D%/test_civil.c
tests_base_test_civil_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_civil_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_strpool
TESTS += %D%/test_strpool
tests_base_test_strpool_SOURCES = %D%/test_strpool.c
tests_base_test_strpool_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_strpool_LDADD = $(TEST_LIBS)
