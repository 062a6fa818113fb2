# The generator of the sample and of the benchmark logs, and the test of what it wrote.
check_PROGRAMS += %D%/generate
tests_data_generate_SOURCES = \
	%D%/calendar.c %D%/calendar.h %D%/curriculum.c %D%/curriculum.h %D%/day.c %D%/day.h \
	%D%/generate.c %D%/habits.c %D%/habits.h %D%/lessons.c %D%/lessons.h %D%/prng.h \
	%D%/scene.c %D%/scene.h %D%/school.c %D%/school.h %D%/setup.c %D%/setup.h \
	%D%/stories.c %D%/stories.h %D%/story_table.c %D%/truth.c %D%/truth.h %D%/write.c %D%/write.h
tests_data_generate_LDADD = $(GLIB_LIBS)

# The committed sample: gzip without name and time, so that the same rows give the same file.
sample: tests/data/generate$(EXEEXT)
	$(MKDIR_P) $(top_srcdir)/assets/sample
	tests/data/generate$(EXEEXT) --seed 1 --rows 60k --form csv --out $(top_srcdir)/assets/sample
	gzip -9nf $(top_srcdir)/assets/sample/logs.csv

# Large logs for the benchmarks; 10 M rows take about 700 MB.
bench-data: tests/data/generate$(EXEEXT)
	tests/data/generate$(EXEEXT) --seed 1 --rows 1M --form all --out bench/1M
	tests/data/generate$(EXEEXT) --seed 1 --rows 10M --form csv --out bench/10M

# The sample as the tests read it.
SAMPLE_LOG = %D%/sample_log.c %D%/sample_log.h
check_PROGRAMS += %D%/test_sample %D%/test_stories %D%/test_classes
TESTS += %D%/test_sample %D%/test_stories %D%/test_classes
tests_data_test_sample_SOURCES = %D%/test_sample.c $(SAMPLE_LOG)
tests_data_test_sample_CPPFLAGS = $(TEST_CPPFLAGS)
tests_data_test_sample_LDADD = $(TEST_LIBS)
tests_data_test_stories_SOURCES = %D%/test_stories.c $(SAMPLE_LOG)
tests_data_test_stories_CPPFLAGS = $(TEST_CPPFLAGS)
tests_data_test_stories_LDADD = $(TEST_LIBS)
tests_data_test_classes_SOURCES = %D%/test_classes.c $(SAMPLE_LOG)
tests_data_test_classes_CPPFLAGS = $(TEST_CPPFLAGS)
tests_data_test_classes_LDADD = $(TEST_LIBS)
