# Fuzz targets: a short seeded run in make check, libFuzzer with --enable-fuzzing (and CC=clang):
#   tests/fuzz/fuzz_load_libfuzzer -max_len=65536 my-corpus tests/fuzz/load
FUZZ_DRIVER = %D%/fuzz_driver.c %D%/fuzz.h
EXTRA_DIST += \
	%D%/load/cohorts-among-logs %D%/load/columns-names %D%/load/columns-numbers \
	%D%/load/columns-reversed %D%/load/combined %D%/load/combined-query %D%/load/gzip \
	%D%/load/narrow %D%/load/nul %D%/load/raw %D%/load/raw-forced %D%/load/tsv \
	%D%/load/usual-order %D%/load/wide %D%/load/with-cohorts %D%/load/xz %D%/load/zip \
	%D%/load/zstd

check_PROGRAMS += %D%/fuzz_load
check_SCRIPTS += %D%/run_load.sh
TESTS += %D%/run_load.sh
EXTRA_DIST += %D%/run_load.sh
tests_fuzz_fuzz_load_SOURCES = %D%/fuzz_load.c $(FUZZ_DRIVER)
tests_fuzz_fuzz_load_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_load_LDADD = $(TEST_LIBS)

EXTRA_DIST += \
	%D%/small/book %D%/small/columns %D%/small/day %D%/small/keyboard %D%/small/keys \
	%D%/small/last %D%/small/queue %D%/small/range %D%/small/rules %D%/small/scope \
	%D%/small/scope-fields %D%/small/session %D%/small/text %D%/small/week
check_PROGRAMS += %D%/fuzz_small
check_SCRIPTS += %D%/run_small.sh
TESTS += %D%/run_small.sh
EXTRA_DIST += %D%/run_small.sh
tests_fuzz_fuzz_small_SOURCES = %D%/fuzz_small.c tests/query/fixture.c tests/query/fixture.h \
	$(FUZZ_DRIVER)
tests_fuzz_fuzz_small_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_small_LDADD = $(TEST_LIBS)

if FUZZING
noinst_PROGRAMS += %D%/fuzz_load_libfuzzer
tests_fuzz_fuzz_load_libfuzzer_SOURCES = %D%/fuzz_load.c %D%/fuzz.h
tests_fuzz_fuzz_load_libfuzzer_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_load_libfuzzer_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_load_libfuzzer_LDADD = $(TEST_LIBS)
endif
