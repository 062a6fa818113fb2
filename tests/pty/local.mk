# Whole programs in a pseudo-terminal with an emulator behind it.
PTYTERM = %D%/ptyterm.c %D%/ptyterm.h
DEMO_RUN = %D%/demo_run.c %D%/demo_run.h $(PTYTERM)
PTY_LIBS = $(TEST_LIBS) $(VTERM_LIBS) -lutil
check_PROGRAMS += %D%/demo_draw %D%/test_endings %D%/test_terminal
TESTS += %D%/test_endings %D%/test_terminal
tests_pty_demo_draw_SOURCES = %D%/demo_draw.c
tests_pty_demo_draw_LDADD = tui/libterminal.a $(TUI_LIBS) $(CURSES_LIBS)
tests_pty_test_endings_SOURCES = %D%/test_endings.c $(DEMO_RUN)
tests_pty_test_endings_CPPFLAGS = $(TEST_CPPFLAGS) $(VTERM_CFLAGS)
tests_pty_test_endings_LDADD = $(PTY_LIBS)
tests_pty_test_terminal_SOURCES = %D%/test_terminal.c $(DEMO_RUN)
tests_pty_test_terminal_CPPFLAGS = $(TEST_CPPFLAGS) $(VTERM_CFLAGS)
tests_pty_test_terminal_LDADD = $(PTY_LIBS)

check_PROGRAMS += %D%/test_explorer
TESTS += %D%/test_explorer
tests_pty_test_explorer_SOURCES = %D%/test_explorer.c $(PTYTERM)
tests_pty_test_explorer_CPPFLAGS = $(TEST_CPPFLAGS) $(VTERM_CFLAGS)
tests_pty_test_explorer_LDADD = $(PTY_LIBS)

check_PROGRAMS += %D%/test_follow
TESTS += %D%/test_follow
tests_pty_test_follow_SOURCES = %D%/test_follow.c $(PTYTERM)
tests_pty_test_follow_CPPFLAGS = $(TEST_CPPFLAGS) $(VTERM_CFLAGS)
tests_pty_test_follow_LDADD = $(PTY_LIBS)

check_PROGRAMS += %D%/test_paste
TESTS += %D%/test_paste
tests_pty_test_paste_SOURCES = %D%/test_paste.c $(PTYTERM)
tests_pty_test_paste_CPPFLAGS = $(TEST_CPPFLAGS) $(VTERM_CFLAGS)
tests_pty_test_paste_LDADD = $(PTY_LIBS)
