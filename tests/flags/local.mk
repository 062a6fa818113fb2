# Tests of this folder.
FLAGS_BED = %D%/bed.c %D%/bed.h
FLAGS_MMDB = %D%/mmdb.c %D%/mmdb.h
EXTRA_DIST += %D%/make_mmdb.pl

check_PROGRAMS += %D%/test_places
TESTS += %D%/test_places
tests_flags_test_places_SOURCES = %D%/test_places.c $(FLAGS_BED)
tests_flags_test_places_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_places_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_settings
TESTS += %D%/test_settings
tests_flags_test_settings_SOURCES = %D%/test_settings.c
tests_flags_test_settings_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_settings_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_pace
TESTS += %D%/test_pace
tests_flags_test_pace_SOURCES = %D%/test_pace.c $(FLAGS_BED)
tests_flags_test_pace_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_pace_LDADD = $(TEST_LIBS)
check_PROGRAMS += %D%/test_outlier
TESTS += %D%/test_outlier
tests_flags_test_outlier_SOURCES = %D%/test_outlier.c $(FLAGS_BED)
tests_flags_test_outlier_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_outlier_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_outlier_full
TESTS += %D%/test_outlier_full
tests_flags_test_outlier_full_SOURCES = %D%/test_outlier_full.c $(FLAGS_BED) \
	%D%/truth.c %D%/truth.h
tests_flags_test_outlier_full_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_outlier_full_LDADD = $(TEST_LIBS)

# What was planted in the sample and in the full log.
FLAGS_TRUTH = %D%/truth.c %D%/truth.h
check_PROGRAMS += %D%/test_detect
TESTS += %D%/test_detect
tests_flags_test_detect_SOURCES = %D%/test_detect.c $(FLAGS_BED) $(FLAGS_TRUTH) $(FLAGS_MMDB)
tests_flags_test_detect_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_detect_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_flags
TESTS += %D%/test_flags
tests_flags_test_flags_SOURCES = %D%/test_flags.c $(FLAGS_BED)
tests_flags_test_flags_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_flags_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_class
TESTS += %D%/test_class
tests_flags_test_class_SOURCES = %D%/test_class.c $(FLAGS_BED)
tests_flags_test_class_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_class_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_crossing %D%/test_days
TESTS += %D%/test_crossing %D%/test_days
tests_flags_test_crossing_SOURCES = %D%/test_crossing.c $(FLAGS_BED)
tests_flags_test_crossing_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_crossing_LDADD = $(TEST_LIBS)
tests_flags_test_days_SOURCES = %D%/test_days.c $(FLAGS_BED)
tests_flags_test_days_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_days_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_address
TESTS += %D%/test_address
tests_flags_test_address_SOURCES = %D%/test_address.c $(FLAGS_BED)
tests_flags_test_address_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_address_LDADD = $(TEST_LIBS)

check_PROGRAMS += %D%/test_geo %D%/test_people
TESTS += %D%/test_geo %D%/test_people
tests_flags_test_geo_SOURCES = %D%/test_geo.c $(FLAGS_BED) $(FLAGS_MMDB)
tests_flags_test_geo_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_geo_LDADD = $(TEST_LIBS)
tests_flags_test_people_SOURCES = %D%/test_people.c $(FLAGS_BED)
tests_flags_test_people_CPPFLAGS = $(TEST_CPPFLAGS)
tests_flags_test_people_LDADD = $(TEST_LIBS)
