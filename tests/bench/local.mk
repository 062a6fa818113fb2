# Tests of this folder.

# Precision, recall and rank of what was planted.
EXTRA_PROGRAMS += %D%/detect
tests_bench_detect_SOURCES = %D%/detect.c $(FLAGS_BED) $(FLAGS_TRUTH)
tests_bench_detect_CPPFLAGS = $(TEST_CPPFLAGS)
tests_bench_detect_LDADD = $(TEST_LIBS)
bench-detect: tests/bench/detect$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) tests/bench/detect$(EXEEXT)
