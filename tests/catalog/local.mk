# Tests of this folder.
EXTRA_DIST += %D%/school.h

check_PROGRAMS += %D%/test_canonical
TESTS += %D%/test_canonical
tests_catalog_test_canonical_SOURCES = %D%/test_canonical.c
tests_catalog_test_canonical_CPPFLAGS = $(TEST_CPPFLAGS)
tests_catalog_test_canonical_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_catalog
TESTS += %D%/test_catalog
tests_catalog_test_catalog_SOURCES = %D%/test_catalog.c
tests_catalog_test_catalog_CPPFLAGS = $(TEST_CPPFLAGS)
tests_catalog_test_catalog_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_probable
TESTS += %D%/test_probable
tests_catalog_test_probable_SOURCES = %D%/test_probable.c
tests_catalog_test_probable_CPPFLAGS = $(TEST_CPPFLAGS)
tests_catalog_test_probable_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_homes
TESTS += %D%/test_homes
tests_catalog_test_homes_SOURCES = %D%/test_homes.c
tests_catalog_test_homes_CPPFLAGS = $(TEST_CPPFLAGS)
tests_catalog_test_homes_LDADD = $(TEST_LIBS)
