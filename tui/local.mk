# libtui.a: the explorer and the command line, drawn into a grid of cells, without curses.
# Only draw/terminal.c speaks curses, in a library of its own with the flags for it.
noinst_LIBRARIES += tui/libtui.a tui/libterminal.a
tui_libtui_a_SOURCES =
tui_libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tui_libterminal_a_SOURCES = tui/draw/terminal.c
tui_libterminal_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
TUI_LIBS = tui/libtui.a $(CORE_LIBS)

include tui/model/local.mk
include tui/app/local.mk
include tui/draw/local.mk
include tui/views/local.mk
include tui/docs/local.mk

bin_PROGRAMS += cohortscope
cohortscope_SOURCES = tui/main.c
cohortscope_LDADD = tui/libtui.a tui/libterminal.a tui/libtui.a $(CORE_LIBS) $(CURSES_LIBS)
