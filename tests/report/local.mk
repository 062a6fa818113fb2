check_PROGRAMS += %D%/test_write
TESTS += %D%/test_write
tests_report_test_write_SOURCES = %D%/test_write.c
tests_report_test_write_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_write_LDADD = $(TEST_LIBS)
