# Tests of this folder.
EXTRA_DIST += %D%/school.h %D%/full.h

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

check_PROGRAMS += %D%/test_sample
TESTS += %D%/test_sample
tests_catalog_test_sample_SOURCES = %D%/test_sample.c
tests_catalog_test_sample_CPPFLAGS = $(TEST_CPPFLAGS)
tests_catalog_test_sample_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_full_log
TESTS += %D%/test_full_log
tests_catalog_test_full_log_SOURCES = %D%/test_full_log.c
tests_catalog_test_full_log_CPPFLAGS = $(TEST_CPPFLAGS)
tests_catalog_test_full_log_LDADD = $(TEST_LIBS)
