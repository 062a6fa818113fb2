# Tests of tui/ that need no terminal.
check_PROGRAMS += %D%/test_canvas
TESTS += %D%/test_canvas
tests_tui_test_canvas_SOURCES = %D%/test_canvas.c
tests_tui_test_canvas_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_canvas_LDADD = $(TEST_LIBS)
