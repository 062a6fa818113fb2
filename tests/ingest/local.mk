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

check_PROGRAMS += %D%/test_dbaddress
TESTS += %D%/test_dbaddress
tests_ingest_test_dbaddress_SOURCES = %D%/test_dbaddress.c
tests_ingest_test_dbaddress_CPPFLAGS = $(TEST_CPPFLAGS)
tests_ingest_test_dbaddress_LDADD = $(TEST_LIBS)

# against a server of its own
DB_SERVER = %D%/db_server.c %D%/db_server.h
check_PROGRAMS += %D%/test_database
TESTS += %D%/test_database
tests_ingest_test_database_SOURCES = %D%/test_database.c $(DB_SERVER) $(INGEST_HELPER)
tests_ingest_test_database_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS) $(MARIADB_CFLAGS)
tests_ingest_test_database_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_database_errors
TESTS += %D%/test_database_errors
tests_ingest_test_database_errors_SOURCES = %D%/test_database_errors.c $(DB_SERVER) $(INGEST_HELPER)
tests_ingest_test_database_errors_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS) $(MARIADB_CFLAGS)
tests_ingest_test_database_errors_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_database_program
TESTS += %D%/test_database_program
tests_ingest_test_database_program_SOURCES = %D%/test_database_program.c $(DB_SERVER) $(INGEST_HELPER)
tests_ingest_test_database_program_CPPFLAGS = $(TEST_CPPFLAGS) $(ARCHIVE_CFLAGS) $(MARIADB_CFLAGS)
tests_ingest_test_database_program_LDADD = $(TEST_LIBS)
