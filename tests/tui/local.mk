# Tests of tui/ that need no terminal.
check_PROGRAMS += %D%/test_canvas %D%/test_key %D%/test_theme
TESTS += %D%/test_canvas %D%/test_key %D%/test_theme
tests_tui_test_canvas_SOURCES = %D%/test_canvas.c
tests_tui_test_canvas_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_canvas_LDADD = $(TEST_LIBS)
tests_tui_test_key_SOURCES = %D%/test_key.c
tests_tui_test_key_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_key_LDADD = $(TEST_LIBS)
tests_tui_test_theme_SOURCES = %D%/test_theme.c
tests_tui_test_theme_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_theme_LDADD = $(TEST_LIBS)
