tui_libtui_a_SOURCES += %D%/canvas.c %D%/canvas.h %D%/canvas_dump.c %D%/glyphs.c %D%/glyphs.h \
	%D%/key.c %D%/key.h %D%/keyin.c %D%/keyin.h %D%/osc52.c %D%/osc52.h %D%/rect.h \
	%D%/roles.h %D%/theme.c %D%/theme.h
tui_libterminal_a_SOURCES += %D%/rescue.c %D%/rescue.h %D%/signals.c %D%/signals.h \
	%D%/terminal.h %D%/terminal_events.c %D%/terminal_lines.c %D%/terminal_state.h %D%/tty.c %D%/tty.h
