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
check_PROGRAMS += %D%/test_options
TESTS += %D%/test_options
tests_tui_test_options_SOURCES = %D%/test_options.c
tests_tui_test_options_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_options_LDADD = $(TEST_LIBS)

# The command line, by its binary.
check_PROGRAMS += %D%/json_get
tests_tui_json_get_SOURCES = %D%/json_get.c
tests_tui_json_get_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_json_get_LDADD = $(JSON_LIBS) $(GLIB_LIBS)
CLI_TESTS = %D%/test_cli.sh %D%/test_cli_flags.sh %D%/test_cli_sample.sh %D%/test_cli_full.sh
TESTS += $(CLI_TESTS)
EXTRA_DIST += $(CLI_TESTS) %D%/cli_lib.sh

# the model of the explorer
check_PROGRAMS += %D%/test_model
TESTS += %D%/test_model
tests_tui_test_model_SOURCES = %D%/test_model.c
tests_tui_test_model_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_model_LDADD = $(TEST_LIBS)

# the language of commands
check_PROGRAMS += %D%/test_stacks
TESTS += %D%/test_stacks
tests_tui_test_stacks_SOURCES = %D%/test_stacks.c
tests_tui_test_stacks_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_stacks_LDADD = $(TEST_LIBS)
# the lists
check_PROGRAMS += %D%/test_pane
TESTS += %D%/test_pane
tests_tui_test_pane_SOURCES = %D%/test_pane.c tests/query/fixture.c tests/query/fixture.h
tests_tui_test_pane_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_pane_LDADD = $(TEST_LIBS)
TESTS += %D%/test_session.sh %D%/test_export.sh %D%/test_place.sh
EXTRA_DIST += %D%/test_session.sh %D%/test_export.sh %D%/test_place.sh %D%/explorer_lib.sh

# what is computed behind the screen
check_PROGRAMS += %D%/test_work
TESTS += %D%/test_work
tests_tui_test_work_SOURCES = %D%/test_work.c
tests_tui_test_work_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_work_LDADD = $(TEST_LIBS)
check_PROGRAMS += %D%/test_settings_files
TESTS += %D%/test_settings_files
tests_tui_test_settings_files_SOURCES = %D%/test_settings_files.c tests/query/fixture.c tests/query/fixture.h
tests_tui_test_settings_files_CPPFLAGS = $(TEST_CPPFLAGS)
tests_tui_test_settings_files_LDADD = $(TEST_LIBS)
