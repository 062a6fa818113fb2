# Tests of this folder.
check_PROGRAMS += %D%/test_canonical
TESTS += %D%/test_canonical
tests_catalog_test_canonical_SOURCES = %D%/test_canonical.c
tests_catalog_test_canonical_CPPFLAGS = $(TEST_CPPFLAGS)
tests_catalog_test_canonical_LDADD = $(TEST_LIBS)
