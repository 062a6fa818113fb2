# Benchmarks: "make bench" runs them all, prints their tables and leaves them in bench/results.md.
# The log of the requests can be one's own: make bench BENCH_LOG=logs.csv BENCH_COHORTS=cohorts.csv
# "make bench-peers" fetches what loading is compared with; "make bench-data" invents large logs.
EXTRA_PROGRAMS += %D%/detect %D%/bench_query %D%/bench_keys %D%/bench_follow
CLEANFILES += %D%/detect$(EXEEXT) %D%/bench_query$(EXEEXT) %D%/bench_keys$(EXEEXT) \
	%D%/bench_follow$(EXEEXT)
EXTRA_DIST += %D%/bench.sh %D%/bench_load.sh %D%/bench_answers.sh %D%/pandas.sh

# Precision, recall and rank of what was planted.
tests_bench_detect_SOURCES = %D%/detect.c $(FLAGS_BED) $(FLAGS_TRUTH) $(FLAGS_MMDB)
tests_bench_detect_CPPFLAGS = $(TEST_CPPFLAGS)
tests_bench_detect_LDADD = $(TEST_LIBS)
bench-detect: tests/bench/detect$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) tests/bench/detect$(EXEEXT)

# Times of requests to the core over one log.
tests_bench_bench_query_SOURCES = %D%/bench_query.c
tests_bench_bench_query_CPPFLAGS = $(AM_CPPFLAGS)
tests_bench_bench_query_LDADD = $(CORE_LIBS)

# Times until new rows are part of a log that is followed.
tests_bench_bench_follow_SOURCES = %D%/bench_follow.c
tests_bench_bench_follow_CPPFLAGS = $(AM_CPPFLAGS)
tests_bench_bench_follow_LDADD = $(CORE_LIBS)

# Bytes and times of keys, memory of the explorer.
tests_bench_bench_keys_SOURCES = %D%/bench_keys.c %D%/samples.h $(PTYTERM)
tests_bench_bench_keys_CPPFLAGS = $(TEST_CPPFLAGS) $(VTERM_CFLAGS)
tests_bench_bench_keys_LDADD = $(PTY_LIBS)

BENCH_LOG = bench/query/logs.csv
BENCH_COHORTS = bench/query/cohorts.csv
bench/query/logs.csv: tests/data/generate$(EXEEXT)
	tests/data/generate$(EXEEXT) --seed 1 --rows 1M --form csv --out bench/query
CLEANFILES += bench/query/logs.csv bench/query/cohorts.csv bench/query/truth.json

bench: cohortscope$(EXEEXT) tests/bench/bench_query$(EXEEXT) tests/bench/bench_keys$(EXEEXT) \
		tests/bench/bench_follow$(EXEEXT) \
		tests/bench/detect$(EXEEXT) tests/data/generate$(EXEEXT) $(BENCH_LOG)
	@$(AM_TESTS_ENVIRONMENT) BENCH_LOG='$(BENCH_LOG)' BENCH_COHORTS='$(BENCH_COHORTS)' \
	  $(SHELL) $(top_srcdir)/tests/bench/bench.sh
bench-peers:
	$(MKDIR_P) bench/peers
	npm install --prefix bench/peers --no-audit --no-fund @duckdb/node-api
