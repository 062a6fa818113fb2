check_PROGRAMS += %D%/test_write
TESTS += %D%/test_write
tests_report_test_write_SOURCES = %D%/test_write.c
tests_report_test_write_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_write_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_sink
TESTS += %D%/test_sink
tests_report_test_sink_SOURCES = %D%/test_sink.c
tests_report_test_sink_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_sink_LDADD = $(TEST_LIBS)
