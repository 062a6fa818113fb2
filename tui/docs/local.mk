# Manual pages and completions: written from the tables, committed, compared by a test. "make docs"
# writes them anew after a change of a table.
check_PROGRAMS += %D%/gen_docs
tui_docs_gen_docs_SOURCES = %D%/gen_docs.c %D%/docs.h %D%/complete_bash.c %D%/complete_fish.c \
	%D%/complete_zsh.c %D%/man_files.c %D%/man_logs.c %D%/man_program.c %D%/roff.c %D%/roff.h %D%/words.c \
	%D%/words.h
tui_docs_gen_docs_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tui_docs_gen_docs_LDADD = $(TUI_LIBS)
docs: tui/docs/gen_docs$(EXEEXT)
	tui/docs/gen_docs$(EXEEXT) $(top_srcdir)/assets
