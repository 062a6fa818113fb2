# Tests of this folder.
INGEST_HELPER = %D%/load_helper.c %D%/load_helper.h

check_PROGRAMS += %D%/test_forms
TESTS += %D%/test_forms
tests_ingest_test_forms_SOURCES = %D%/test_forms.c $(INGEST_HELPER)
tests_ingest_test_forms_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS)
tests_ingest_test_forms_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_bad_input
TESTS += %D%/test_bad_input
tests_ingest_test_bad_input_SOURCES = %D%/test_bad_input.c $(INGEST_HELPER)
tests_ingest_test_bad_input_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS)
tests_ingest_test_bad_input_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_parallel
TESTS += %D%/test_parallel
tests_ingest_test_parallel_SOURCES = %D%/test_parallel.c $(INGEST_HELPER)
tests_ingest_test_parallel_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS)
tests_ingest_test_parallel_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_full_log
TESTS += %D%/test_full_log
tests_ingest_test_full_log_SOURCES = %D%/test_full_log.c $(INGEST_HELPER)
tests_ingest_test_full_log_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS)
tests_ingest_test_full_log_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_tail
TESTS += %D%/test_tail
tests_ingest_test_tail_SOURCES = %D%/test_tail.c $(INGEST_HELPER)
tests_ingest_test_tail_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS)
tests_ingest_test_tail_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_follow
TESTS += %D%/test_follow
tests_ingest_test_follow_SOURCES = %D%/test_follow.c %D%/following.c %D%/following.h $(INGEST_HELPER)
tests_ingest_test_follow_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS)
tests_ingest_test_follow_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_follow_same
TESTS += %D%/test_follow_same
tests_ingest_test_follow_same_SOURCES = %D%/test_follow_same.c %D%/following.c %D%/following.h $(INGEST_HELPER)
tests_ingest_test_follow_same_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS)
tests_ingest_test_follow_same_LDADD = $(TEST_LIBS)
