# Style, banned functions and static analysis.
EXTRA_DIST += tests/lint.sh
.PHONY: lint format
lint:
	@SRCDIR='$(abs_top_srcdir)' CC='$(CC)' LINT_CPPFLAGS='$(DEFS) -I$(abs_top_builddir) -I$(abs_top_srcdir) $(GLIB_CFLAGS) $(JSON_CFLAGS) $(ARCHIVE_CFLAGS) $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS) $(VTERM_CFLAGS) $(CURSES_CFLAGS) -DSRCDIR=\"\"' \
	  $(SHELL) $(top_srcdir)/tests/lint.sh
format:
	cd $(top_srcdir) && git ls-files '*.[ch]' | xargs clang-format -i
