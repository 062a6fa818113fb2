tui_libtui_a_SOURCES += \
	%D%/answers.c \
	%D%/cells.c %D%/cells.h \
	%D%/compare.c %D%/compare_enter.c %D%/compare_list.c %D%/compare_open.h \
	%D%/cross.c \
	%D%/detail.c %D%/detail.h \
	%D%/flags.c \
	%D%/frame.c %D%/frame.h \
	%D%/matrix.c \
	%D%/overlay.c %D%/overlay.h \
	%D%/overview.c \
	%D%/panes.c \
	%D%/panes_command.c %D%/panes_command.h \
	%D%/signs.c %D%/signs.h \
	%D%/steps.c %D%/steps.h \
	%D%/terms.c %D%/terms.h \
	%D%/timeline.c \
	%D%/view.c %D%/view.h \
	tui/layout.c tui/layout.h
