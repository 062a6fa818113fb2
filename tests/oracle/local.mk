# The program against SQL.
check_PROGRAMS += %D%/test_oracle
TESTS += %D%/test_oracle
tests_oracle_test_oracle_SOURCES = %D%/test_oracle.c %D%/oracle.c %D%/oracle.h %D%/draw.c \
	tests/query/fixture.c tests/query/fixture.h
tests_oracle_test_oracle_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS)
tests_oracle_test_oracle_LDADD = $(TEST_LIBS) $(SQLITE_LIBS)
