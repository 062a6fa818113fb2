# Tests of this folder.
check_PROGRAMS += %D%/test_build
TESTS += %D%/test_build
tests_answers_test_build_SOURCES = %D%/test_build.c tests/query/fixture.c
tests_answers_test_build_CPPFLAGS = $(TEST_CPPFLAGS)
tests_answers_test_build_LDADD = $(TEST_LIBS)
