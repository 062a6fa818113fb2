# Tests of this folder.
check_PROGRAMS += %D%/test_build
TESTS += %D%/test_build
tests_answers_test_build_SOURCES = %D%/test_build.c tests/query/fixture.c
tests_answers_test_build_CPPFLAGS = $(TEST_CPPFLAGS)
tests_answers_test_build_LDADD = $(TEST_LIBS)

ANSWER_BED = %D%/answer_bed.c %D%/answer_bed.h tests/flags/bed.c tests/flags/bed.h
check_PROGRAMS += %D%/test_q3458
TESTS += %D%/test_q3458
tests_answers_test_q3458_SOURCES = %D%/test_q3458.c $(ANSWER_BED)
tests_answers_test_q3458_CPPFLAGS = $(TEST_CPPFLAGS)
tests_answers_test_q3458_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_q3458_full
TESTS += %D%/test_q3458_full
tests_answers_test_q3458_full_SOURCES = %D%/test_q3458_full.c $(ANSWER_BED) \
	tests/flags/truth.c tests/flags/truth.h
tests_answers_test_q3458_full_CPPFLAGS = $(TEST_CPPFLAGS)
tests_answers_test_q3458_full_LDADD = $(TEST_LIBS)

ANSWER_LOOK = %D%/look.c %D%/look.h $(ANSWER_BED)

check_PROGRAMS += %D%/test_lessons
TESTS += %D%/test_lessons
tests_answers_test_lessons_SOURCES = %D%/test_lessons.c $(ANSWER_LOOK)
tests_answers_test_lessons_CPPFLAGS = $(TEST_CPPFLAGS)
tests_answers_test_lessons_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_usage
TESTS += %D%/test_usage
tests_answers_test_usage_SOURCES = %D%/test_usage.c $(ANSWER_LOOK)
tests_answers_test_usage_CPPFLAGS = $(TEST_CPPFLAGS)
tests_answers_test_usage_LDADD = $(TEST_LIBS)

# Against SQL.
check_PROGRAMS += %D%/test_sql
TESTS += %D%/test_sql
tests_answers_test_sql_SOURCES = %D%/test_sql.c %D%/both.c %D%/both.h %D%/look.c %D%/look.h tests/flags/bed.c \
	tests/flags/bed.h tests/oracle/oracle.c tests/oracle/oracle.h tests/query/fixture.c \
	tests/query/fixture.h
tests_answers_test_sql_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_answers_test_sql_LDADD = $(TEST_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += %D%/test_q1267_full
TESTS += %D%/test_q1267_full
tests_answers_test_q1267_full_SOURCES = %D%/test_q1267_full.c $(ANSWER_LOOK) \
	tests/flags/truth.c tests/flags/truth.h
tests_answers_test_q1267_full_CPPFLAGS = $(TEST_CPPFLAGS)
tests_answers_test_q1267_full_LDADD = $(TEST_LIBS)
