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

# whole reports
REPORTING = %D%/log_beds.c %D%/log_beds.h %D%/reporting.c %D%/reporting.h tests/flags/bed.c tests/flags/bed.h
check_PROGRAMS += %D%/test_report
TESTS += %D%/test_report
tests_report_test_report_SOURCES = %D%/test_report.c $(REPORTING)
tests_report_test_report_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_report_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_parts
TESTS += %D%/test_parts
tests_report_test_parts_SOURCES = %D%/test_parts.c $(REPORTING)
tests_report_test_parts_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_parts_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_slide
TESTS += %D%/test_slide
tests_report_test_slide_SOURCES = %D%/test_slide.c %D%/slide_file.c %D%/slide_file.h $(REPORTING)
tests_report_test_slide_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_slide_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_slide_numbers
TESTS += %D%/test_slide_numbers
tests_report_test_slide_numbers_SOURCES = %D%/test_slide_numbers.c %D%/slide_file.c %D%/slide_file.h $(REPORTING)
tests_report_test_slide_numbers_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_slide_numbers_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_slide_measure
TESTS += %D%/test_slide_measure
tests_report_test_slide_measure_SOURCES = %D%/test_slide_measure.c
tests_report_test_slide_measure_CPPFLAGS = $(TEST_CPPFLAGS)
tests_report_test_slide_measure_LDADD = $(TEST_LIBS)

# the command line, by its binary
REPORT_CLI_TESTS = %D%/test_cli_report.sh %D%/test_cli_slide.sh %D%/test_full.sh
TESTS += $(REPORT_CLI_TESTS)
EXTRA_DIST += $(REPORT_CLI_TESTS)
