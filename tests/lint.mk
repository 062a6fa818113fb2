# Style, banned functions and static analysis.
EXTRA_DIST += .clang-tidy tests/.clang-tidy tui/.clang-tidy tests/lint.sh tests/lint/house.awk tests/lint/test_house.sh
TESTS += tests/lint/test_house.sh
# All such names of the project: automake wants them outside of conditions.
.PHONY: lint format sample bench bench-data bench-detect bench-peers check-long docs screenshots
# Generated headers must be there: the analyzer reads what the compiler reads.
lint: $(BUILT_SOURCES)
	@SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)' \
	  LINT_CPPFLAGS='$(GLIB_CFLAGS) $(JSON_CFLAGS) $(ARCHIVE_CFLAGS) $(MAXMINDDB_CFLAGS) $(MARIADB_CFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(VTERM_CFLAGS)' \
	  $(SHELL) $(top_srcdir)/tests/lint.sh
format:
	cd $(top_srcdir) && git ls-files '*.[ch]' | xargs clang-format -i
# The same tests with more patience: the monkey takes 100,000 steps, and the
# log of every screen test is run again.
check-long:
	$(MAKE) check MONKEY_STEPS=100000 REPLAY_EVERY=1
