# Screens: scripts, and what they must leave on the screen.
SCREEN_FILES = $(wildcard $(srcdir)/tests/screens/*.script) $(wildcard $(srcdir)/tests/screens/*.screen) $(wildcard $(srcdir)/tests/screens/*.keys)
EXTRA_DIST += tests/screens/lib.sh tests/screens/run.sh tests/screens/replay.sh \
	tests/screens/coverage.sh $(SCREEN_FILES)
TESTS += tests/screens/run.sh tests/screens/replay.sh tests/screens/coverage.sh

# Random keys: 10,000 steps in make check, 100,000 in make check-long.
check_PROGRAMS += tests/screens/monkey
TESTS += tests/screens/monkey
tests_screens_monkey_SOURCES = tests/screens/monkey.c
tests_screens_monkey_CPPFLAGS = $(TEST_CPPFLAGS)
tests_screens_monkey_LDADD = $(TEST_LIBS)
