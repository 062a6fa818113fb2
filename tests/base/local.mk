# Tests of this folder.
check_PROGRAMS += %D%/test_assets
TESTS += %D%/test_assets
tests_base_test_assets_SOURCES = %D%/test_assets.c
tests_base_test_assets_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_assets_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_civil
TESTS += %D%/test_civil
tests_base_test_civil_SOURCES = %D%/test_civil.c
tests_base_test_civil_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_civil_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_marked
TESTS += %D%/test_marked
tests_base_test_marked_SOURCES = %D%/test_marked.c
tests_base_test_marked_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_marked_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_strpool
TESTS += %D%/test_strpool
tests_base_test_strpool_SOURCES = %D%/test_strpool.c
tests_base_test_strpool_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_strpool_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_table
TESTS += %D%/test_table
tests_base_test_table_SOURCES = %D%/test_table.c
tests_base_test_table_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_table_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_text
TESTS += %D%/test_text
tests_base_test_text_SOURCES = %D%/test_text.c
tests_base_test_text_CPPFLAGS = $(TEST_CPPFLAGS)
tests_base_test_text_LDADD = $(TEST_LIBS)
