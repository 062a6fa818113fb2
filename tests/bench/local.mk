# Tests of this folder.

# Precision, recall and rank of what was planted.
EXTRA_PROGRAMS += %D%/detect
tests_bench_detect_SOURCES = %D%/detect.c $(FLAGS_BED) $(FLAGS_TRUTH)
tests_bench_detect_CPPFLAGS = $(TEST_CPPFLAGS)
tests_bench_detect_LDADD = $(TEST_LIBS)
CLEANFILES += %D%/detect$(EXEEXT)
bench: bench-detect
bench-detect: tests/bench/detect$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) tests/bench/detect$(EXEEXT)
# Times of requests: "make bench", or with a log of one's own
#   make bench BENCH_LOG=logs.csv BENCH_COHORTS=cohorts.csv
# Without one a log of 1 M rows is invented first.
EXTRA_PROGRAMS += %D%/bench_query
CLEANFILES += %D%/bench_query$(EXEEXT)
tests_bench_bench_query_SOURCES = %D%/bench_query.c
tests_bench_bench_query_CPPFLAGS = $(AM_CPPFLAGS)
tests_bench_bench_query_LDADD = $(CORE_LIBS)

BENCH_LOG = bench/query/logs.csv
BENCH_COHORTS = bench/query/cohorts.csv
bench/query/logs.csv: tests/data/generate$(EXEEXT)
	tests/data/generate$(EXEEXT) --seed 1 --rows 1M --form csv --out bench/query

bench: tests/bench/bench_query$(EXEEXT) $(BENCH_LOG)
	tests/bench/bench_query$(EXEEXT) '$(BENCH_LOG)' '$(BENCH_COHORTS)'
CLEANFILES += bench/query/logs.csv bench/query/cohorts.csv bench/query/truth.json
