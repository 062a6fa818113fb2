# Tests of this folder.
check_PROGRAMS += %D%/test_cohorts
TESTS += %D%/test_cohorts
tests_log_test_cohorts_SOURCES = %D%/test_cohorts.c
tests_log_test_cohorts_CPPFLAGS = $(TEST_CPPFLAGS)
tests_log_test_cohorts_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_ip
TESTS += %D%/test_ip
tests_log_test_ip_SOURCES = %D%/test_ip.c
tests_log_test_ip_CPPFLAGS = $(TEST_CPPFLAGS)
tests_log_test_ip_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_log
TESTS += %D%/test_log
tests_log_test_log_SOURCES = %D%/test_log.c
tests_log_test_log_CPPFLAGS = $(TEST_CPPFLAGS)
tests_log_test_log_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_fingerprint
TESTS += %D%/test_fingerprint
tests_log_test_fingerprint_SOURCES = %D%/test_fingerprint.c
tests_log_test_fingerprint_CPPFLAGS = $(TEST_CPPFLAGS)
tests_log_test_fingerprint_LDADD = $(TEST_LIBS)
