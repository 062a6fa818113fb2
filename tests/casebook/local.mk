# Tests of this folder.
CASEBOOK_HELPER = %D%/folder.c %D%/folder.h

check_PROGRAMS += %D%/test_store
TESTS += %D%/test_store
tests_casebook_test_store_SOURCES = %D%/test_store.c $(CASEBOOK_HELPER)
tests_casebook_test_store_CPPFLAGS = $(TEST_CPPFLAGS)
tests_casebook_test_store_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_casebook
TESTS += %D%/test_casebook
tests_casebook_test_casebook_SOURCES = %D%/test_casebook.c $(CASEBOOK_HELPER)
tests_casebook_test_casebook_CPPFLAGS = $(TEST_CPPFLAGS)
tests_casebook_test_casebook_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_judge
TESTS += %D%/test_judge
tests_casebook_test_judge_SOURCES = %D%/test_judge.c $(FLAGS_BED)
tests_casebook_test_judge_CPPFLAGS = $(TEST_CPPFLAGS)
tests_casebook_test_judge_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_case_report
TESTS += %D%/test_case_report
tests_casebook_test_case_report_SOURCES = %D%/test_case_report.c $(FLAGS_BED)
tests_casebook_test_case_report_CPPFLAGS = $(TEST_CPPFLAGS)
tests_casebook_test_case_report_LDADD = $(TEST_LIBS)
