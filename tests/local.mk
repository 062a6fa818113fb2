# Unit tests mirror core/ and tui/; one local.mk per folder.
TEST_LIBS = $(TUI_LIBS) $(CMOCKA_LIBS)
TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JSON_CFLAGS) -DSRCDIR=\"$(abs_top_srcdir)\"
# The full-size log is not part of the project; tests that use it say so when it is absent.
FULL_LOG_DIR = $(abs_top_srcdir)/../shared/data/curriculum
# Test scripts need no run bit.
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = \
	LC_ALL=C.UTF-8 TZ=UTC G_SLICE=always-malloc G_MESSAGES_DEBUG= \
	HOME='$(abs_top_builddir)/tests/home'; export LC_ALL TZ G_SLICE HOME; \
	unset NO_COLOR LINES COLUMNS XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME; \
	COHORTSCOPE='$(abs_top_builddir)/cohortscope$(EXEEXT)'; export COHORTSCOPE; \
	COHORTSCOPE_FULL_LOG="$${COHORTSCOPE_FULL_LOG:-$(FULL_LOG_DIR)}"; export COHORTSCOPE_FULL_LOG; \
	MONKEY_STEPS='$(MONKEY_STEPS)'; export MONKEY_STEPS; \
	REPLAY_EVERY='$(REPLAY_EVERY)'; export REPLAY_EVERY; \
	SRCDIR='$(abs_top_srcdir)'; BUILDDIR='$(abs_top_builddir)'; export SRCDIR BUILDDIR;

if TESTS_ENABLED
# the longest first: what is left at the end keeps one processor only
include tests/data/local.mk
include tests/base/local.mk
include tests/ingest/local.mk
include tests/log/local.mk
include tests/catalog/local.mk
include tests/query/local.mk
include tests/stats/local.mk
include tests/flags/local.mk
include tests/answers/local.mk
include tests/report/local.mk
include tests/casebook/local.mk
include tests/tui/local.mk
include tests/screens/local.mk
include tests/oracle/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
include tests/pty/local.mk
include tests/docs/local.mk
endif
